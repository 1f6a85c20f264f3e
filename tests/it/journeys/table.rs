//! The table of steps, pinned.

use parvis::{
    journey::table::TABLE,
    model::{Purpose, ScreenName, StepName},
};

#[test]
fn a_column_of_the_table_is_the_order_of_a_journey() {
    let column = |purpose| TABLE.iter().filter(|(_, on)| on.contains(&purpose)).map(|(step, _)| *step).collect::<Vec<_>>();
    let sign_in = [
        StepName::Identify,
        StepName::Prove,
        StepName::Standing,
        StepName::NewPassword,
        StepName::OrgConsent,
        StepName::Stay,
        StepName::AppConsent,
        StepName::Terms,
        StepName::Company,
    ];
    assert_eq!(column(Purpose::SignIn), sign_in);
    assert_eq!(
        column(Purpose::SignUp),
        [
            StepName::Identify,
            StepName::Check,
            StepName::Standing,
            StepName::VerifyEmail,
            StepName::ChooseCredential,
            StepName::Profile,
            StepName::OrgConsent,
            StepName::AppConsent,
            StepName::Terms,
            StepName::Company,
        ]
    );
    let usual = [
        StepName::Identify,
        StepName::Prove,
        StepName::Standing,
        StepName::NewPassword,
        StepName::OrgConsent,
        StepName::AppConsent,
        StepName::Terms,
        StepName::Company,
    ];
    assert_eq!(column(Purpose::Confirm), usual);
    let mut reset = usual.to_vec();
    reset.insert(1, StepName::Check);
    assert_eq!(column(Purpose::Reset), reset);
}

#[test]
fn no_purpose_walks_around_a_door_to_the_application() {
    for door in [StepName::Standing, StepName::OrgConsent, StepName::AppConsent, StepName::Terms] {
        for purpose in [Purpose::SignIn, Purpose::SignUp, Purpose::Confirm, Purpose::Reset] {
            assert!(TABLE.iter().any(|(step, on)| *step == door && on.contains(&purpose)), "{purpose:?} has no {door:?}");
        }
    }
}

#[test]
fn every_step_has_one_row() {
    for (place, (step, _)) in TABLE.iter().enumerate() {
        assert!(TABLE.iter().skip(place + 1).all(|(other, _)| other != step), "{step:?} stands twice");
    }
}

#[test]
fn every_screen_has_an_id_and_an_address_of_its_own() {
    for (place, screen) in ScreenName::ALL.iter().enumerate() {
        assert_eq!(ScreenName::at(screen.path()), Some(*screen));
        assert!(ScreenName::ALL.iter().skip(place + 1).all(|other| other.id() != screen.id()));
    }
}

//! Somebody opens the address of a page that they are not at, and posts to it, in every state that a journey can be in.

use parvis::{
    crypto::Purpose,
    model::{Account, AccountState, Journey, OrgConsentRule, ScreenName, UnknownPolicy},
    storage::Paging,
    values::{BrowserId, JourneyId},
    web::guard::form_token,
};

use crate::{
    harness::{House, Walker, authorize},
    journeys::{
        company, forced, house, invited, org_consent, reset, rules,
        sign_up::{self, NAMES, open_house},
        terms,
    },
};

const CAMILLE: &str = "camille@courriel.test";

/// All that any page asks for, so that no post fails for want of a field.
const EVERYTHING: [(&str, &str); 11] = [
    ("identifier", CAMILLE),
    ("email", CAMILLE),
    ("password", crate::harness::PASSWORD),
    ("new_password", sign_up::CHOSEN),
    ("code", "000000"),
    ("given_name", "Léa"),
    ("family_name", "Morvan"),
    ("accept", "yes"),
    ("stay", "yes"),
    ("signout_all", "yes"),
    ("text_hash", "x"),
];

/// What the button of a page sends that leads on from it.
fn button(screen: ScreenName) -> &'static str {
    match screen {
        ScreenName::OrgConsent | ScreenName::AppConsent | ScreenName::ConsentBoth => "accept",
        ScreenName::SignUpProfile | ScreenName::Company => "create",
        ScreenName::ResetNew | ScreenName::ForcedPassword => "save",
        ScreenName::ResetDone | ScreenName::Terms => "continue",
        ScreenName::Reset | ScreenName::AppReport => "send",
        ScreenName::Stay => "yes",
        _ => "next",
    }
}

/// All of it, in a form of our own, with this button pressed.
fn everything(csrf: &str, action: &str) -> Vec<(String, String)> {
    let fields = EVERYTHING.iter().copied().chain([("action", action), ("csrf", csrf)]);
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

async fn stored(house: &House, id: &str) -> Journey {
    house.tools.store.load::<Journey>(&Journey::key_of(&JourneyId::from(id)), house.tools.now()).await.unwrap().unwrap().into_value()
}

/// From here every address of the journey shows the screen that is owed, but for those on offer beside it; and nothing posted to another is heard.
async fn stays(mut walker: Walker, owed: &str, offered: &[&str]) {
    assert_eq!(walker.shown.screen(), owed, "{:?}", walker.shown.errors());
    let (house, status, id) = (walker.house.clone(), walker.shown.status, id_of(&walker));
    let before = stored(&house, &id).await;
    let browser = BrowserId(house.tools.sealer.digest(Purpose::DeviceCookie, &walker.cookies["__Host-device"]).text());
    for screen in ScreenName::ALL {
        let path = format!("/ui/{id}/{}", screen.path());
        walker.opens(&path).await;
        if offered.contains(&screen.id()) {
            assert_eq!(walker.shown.screen(), screen.id(), "offered at {owed}");
            continue;
        }
        assert_eq!((walker.shown.status, walker.shown.screen()), (status, owed), "{} opened at {owed}", screen.id());
        if screen.id() == owed {
            continue;
        }
        let csrf = form_token(&house.tools, &browser, &format!("{id}/{}", screen.path()));
        walker.posts(&path, &everything(&csrf, button(*screen))).await;
        assert_eq!((walker.shown.screen(), &walker.shown.left_to), (owed, &None), "{} posted at {owed}", screen.id());
    }
    assert_eq!(stored(&house, &id).await.evidence, before.evidence, "{owed}: what was said stays what it was");
}

#[actix_web::test]
async fn no_step_of_a_sign_in_is_skipped_by_its_address() {
    let house = house().await;
    let mut camille = Walker::new(&house);
    camille.opens(&authorize(&[])).await;
    stays(camille.clone(), "S-SIGNIN-ID", &["S-PICKER"]).await;
    camille.answers(&[("action", "next"), ("identifier", CAMILLE)]).await;
    stays(camille.clone(), "S-SIGNIN-PW", &[]).await;
    camille.answers(&[("action", "code")]).await;
    camille.answers(&[("action", "another")]).await;
    stays(camille, "S-SIGNIN-PW", &["S-SIGNIN-OTP"]).await;
}

#[actix_web::test]
async fn no_step_after_a_sign_in_is_skipped_by_its_address() {
    let house = house().await;
    stays(Walker::signed_in(&house, &[]).await, "S-APP-CONSENT", &["S-APP-REPORT"]).await;
    stays(Walker::signed_in(&forced::marked().await, &[]).await, "S-PW-FORCED", &[]).await;
    let house = terms::house_with_terms().await;
    let mut camille = Walker::signed_in(&house, &[]).await;
    camille.answers(&[("action", "accept")]).await;
    stays(camille, "S-TOU", &[]).await;
}

#[actix_web::test]
async fn no_step_that_only_some_are_asked_is_skipped_by_its_address() {
    let house = house().await;
    rules(&house, |tenant| tenant.settings.stay = true).await;
    stays(Walker::signed_in(&house, &[]).await, "S-STAY", &[]).await;
    let mut camille = Walker::signed_in(&house, &[]).await;
    camille.answers(&[("action", "yes")]).await;
    camille.answers(&[("action", "accept")]).await;
    house.waits(601);
    camille.opens("/account/password").await;
    stays(camille, "S-REAUTH", &[]).await;

    let (house, _) = org_consent::house_with_guest().await;
    rules(&house, |tenant| tenant.settings.org_consent = OrgConsentRule::WithApp).await;
    stays(org_consent::lou_signed_in(&house).await, "S-CONSENT-BOTH", &["S-APP-REPORT"]).await;

    let house = open_house().await;
    rules(&house, |tenant| tenant.settings.unknown_address = UnknownPolicy::Tell).await;
    let mut lea = Walker::new(&house);
    lea.opens(&authorize(&[])).await;
    lea.answers(&[("action", "next"), ("identifier", "lea@courriel.test")]).await;
    stays(lea, "S-SIGNIN-UNKNOWN", &["S-SIGNIN-ID"]).await;
    rules(&house, |tenant| (tenant.settings.check_after_mails, tenant.settings.check_bits) = (0, 8)).await;
    let mut lea = Walker::new(&house);
    lea.opens(&authorize(&[])).await;
    lea.answers(&[("action", "signup")]).await;
    lea.answers(&[("action", "next"), ("email", "lea@courriel.test")]).await;
    stays(lea, "S-CHECK", &[]).await;
    assert!(sign_up::mails_to(&house, "lea@courriel.test").await.is_empty(), "no address beside it mails the code");
}

/// A screen that is added is tried where it is owed, too.
#[test]
fn every_screen_stands_in_these_tables() {
    for screen in ScreenName::ALL {
        assert!(include_str!("skipped.rs").contains(&format!("\"{}\"", screen.id())), "{}", screen.id());
    }
}

#[actix_web::test]
async fn no_step_of_an_organisation_is_skipped_by_its_address() {
    let (house, _) = org_consent::house_with_guest().await;
    stays(org_consent::lou_signed_in(&house).await, "S-ORG-CONSENT", &[]).await;
    let house = company::asking_house().await;
    stays(company::at_company(&house, "basile@courriel.test").await, "S-COMPANY", &[]).await;
}

#[actix_web::test]
async fn no_step_of_a_reset_is_skipped_by_its_address() {
    let house = house().await;
    let mut camille = Walker::new(&house);
    camille.opens("/account/reset").await;
    stays(camille, "S-RESET", &[]).await;
    let mut camille = reset::at_code(&house, CAMILLE).await;
    stays(camille.clone(), "S-RESET-CODE", &[]).await;
    let code = reset::code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    stays(camille.clone(), "S-RESET-NEW", &[]).await;
    camille.answers(reset::SAVE).await;
    stays(camille, "S-RESET-DONE", &[]).await;
}

#[actix_web::test]
async fn no_step_of_a_sign_up_is_skipped_by_its_address() {
    let house = open_house().await;
    let mut lea = Walker::new(&house);
    lea.opens(&authorize(&[])).await;
    lea.answers(&[("action", "signup")]).await;
    stays(lea, "S-SIGNUP-EMAIL", &[]).await;
    let mut lea = sign_up::at_code(&house, "lea@courriel.test").await;
    stays(lea.clone(), "S-SIGNUP-CODE", &[]).await;
    let code = sign_up::code_for(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    stays(lea.clone(), "S-SIGNUP-SECRET", &[]).await;
    lea.answers(&[("action", "next"), ("new_password", sign_up::CHOSEN)]).await;
    stays(lea.clone(), "S-SIGNUP-PROFILE", &[]).await;
    lea.answers(NAMES).await;
    stays(lea, "S-APP-CONSENT", &["S-APP-REPORT"]).await;
    let mut camille = sign_up::at_code(&house, CAMILLE).await;
    let code = sign_up::code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    stays(camille, "S-SIGNUP-EXISTS", &[]).await;
}

#[actix_web::test]
async fn no_step_of_an_invitation_is_skipped_by_its_address() {
    let house = invited::inviting_house().await;
    let made = invited::invites(&house, serde_json::json!({})).await;
    let mut wim = invited::begun(&house, &made).await;
    stays(wim.clone(), "S-SIGNUP-CODE", &[]).await;
    let code = sign_up::code_for(&house, invited::WIM).await;
    wim.answers(&[("action", "next"), ("code", &code)]).await;
    stays(wim.clone(), "S-SIGNUP-SECRET", &[]).await;
    wim.answers(&[("action", "next"), ("new_password", sign_up::CHOSEN)]).await;
    stays(wim, "S-SIGNUP-PROFILE", &[]).await;
}

/// Every address of a journey that is over, opened and posted to, says so, and changes nothing of what is kept.
async fn is_over(mut walker: Walker, id: &str, why: &str) {
    let house = walker.house.clone();
    let (journeys, events) = (kept(&house, id).await, house.tools.reads().audit_of(house.tenant, Paging::first(1000)).await.unwrap().len());
    let browser = BrowserId(house.tools.sealer.digest(Purpose::DeviceCookie, &walker.cookies["__Host-device"]).text());
    for screen in ScreenName::ALL {
        let path = format!("/ui/{id}/{}", screen.path());
        walker.opens(&path).await;
        assert_eq!((walker.shown.status, walker.shown.errors(), &walker.shown.left_to), (410, vec!["E-TXN"], &None), "{why}: {} opened", screen.id());
        let csrf = form_token(&house.tools, &browser, &format!("{id}/{}", screen.path()));
        for action in [button(*screen), "leave", "other_account"] {
            walker.posts(&path, &everything(&csrf, action)).await;
            assert_eq!(
                (walker.shown.status, walker.shown.errors(), &walker.shown.left_to),
                (410, vec!["E-TXN"], &None),
                "{why}: {action} posted to {}",
                screen.id()
            );
        }
    }
    assert_eq!(kept(&house, id).await, journeys, "{why}");
    assert_eq!(house.tools.reads().audit_of(house.tenant, Paging::first(1000)).await.unwrap().len(), events, "{why}");
}

async fn kept(house: &House, id: &str) -> Option<Journey> {
    let found = house.tools.store.load::<Journey>(&Journey::key_of(&JourneyId::from(id)), house.tools.now()).await.unwrap();
    found.map(parvis::storage::Loaded::into_value)
}

fn id_of(walker: &Walker) -> String {
    walker.shown.path.split('/').nth(2).unwrap().to_owned()
}

#[actix_web::test]
async fn no_step_of_a_journey_that_is_over_can_be_taken_by_its_address() {
    let house = house().await;
    let mut camille = Walker::signed_in(&house, &[]).await;
    let id = id_of(&camille);
    camille.answers(&[("action", "accept")]).await;
    assert!(camille.shown.answer().contains_key("code"));
    is_over(camille, &id, "finished").await;

    let mut camille = Walker::signed_in(&house, &[("prompt", "consent")]).await;
    let id = id_of(&camille);
    camille.answers(&[("action", "cancel")]).await;
    assert!(camille.shown.answer().contains_key("error"));
    is_over(camille, &id, "refused").await;

    let camille = Walker::signed_in(&house, &[("prompt", "consent")]).await;
    let (id, mut stranger) = (id_of(&camille), Walker::new(&house));
    stranger.opens(&authorize(&[])).await;
    is_over(stranger, &id, "another browser's").await;
    house.waits(Journey::LIFETIME);
    is_over(camille, &id, "a day old").await;

    let house = open_house().await;
    let lea = sign_up::at_profile(&house, "lea@courriel.test").await;
    let id = id_of(&lea);
    house.waits(Journey::LIFETIME);
    is_over(lea, &id, "a sign-up of yesterday").await;
    assert!(sign_up::account_of(&house, "lea@courriel.test").await.is_none());
}

#[actix_web::test]
async fn who_may_not_go_on_gets_no_further_by_any_address() {
    let house = house().await;
    let camille = Walker::at_password(&house, CAMILLE).await;
    let id = id_of(&camille);
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await;
    let mut camille = camille;
    camille.answers(&[("action", "next"), ("password", crate::harness::PASSWORD)]).await;
    assert_eq!((camille.shown.status, camille.shown.screen()), (403, "S-BLOCKED"));
    let browser = BrowserId(house.tools.sealer.digest(Purpose::DeviceCookie, &camille.cookies["__Host-device"]).text());
    let before = stored(&house, &id).await.evidence;
    for screen in ScreenName::ALL {
        let path = format!("/ui/{id}/{}", screen.path());
        camille.opens(&path).await;
        assert_eq!((camille.shown.status, camille.shown.screen()), (403, "S-BLOCKED"), "{} opened", screen.id());
        let csrf = form_token(&house.tools, &browser, &format!("{id}/{}", screen.path()));
        camille.posts(&path, &everything(&csrf, button(*screen))).await;
        assert_eq!((camille.shown.status, camille.shown.screen()), (403, "S-BLOCKED"), "{} posted", screen.id());
    }
    assert_eq!(stored(&house, &id).await.evidence, before);
}

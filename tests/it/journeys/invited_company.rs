//! M-109 from its beginning: what the inviter knows of a company goes with the invitation, and stands in the form of whoever comes.

use parvis::{
    jobs,
    model::{Company, CompanyPlace, CompanyState, InvitationState, Membership, Role, Subject},
    policy::admin::Caller,
    service::admin::{By, Refused, invitations},
    storage::{Loaded, Paging},
    values::ClientId,
};
use serde_json::json;

use super::{
    invited::{camille, invites, inviting_house, mails, new, path, record, with_account},
    rules,
    sign_up::{CHOSEN, account_of, code_for},
};
use crate::harness::{House, Walker, authorize};

const WIM: &str = "wim@morvan.test";

async fn companies(house: &House) -> Vec<Company> {
    house.tools.reads().companies(house.tenant, Paging::first(50)).await.unwrap().into_iter().map(Loaded::into_value).collect()
}

async fn place_of(house: &House, subject: Subject) -> Option<CompanyPlace> {
    house.tools.reads().membership(house.tenant, subject).await.unwrap().unwrap().company
}

async fn asking_house() -> House {
    let house = inviting_house().await;
    rules(&house, |tenant| tenant.settings.company_step = true).await;
    house
}

fn known() -> serde_json::Value {
    json!({"legal_name": " Ateliers  Morvan SAS ", "country": "fr", "reg_no": "732 829 320 00074"})
}

/// Somebody who invites, and may do nothing else.
fn inviter(house: &House) -> By {
    let scopes = "invitation.read invitation.write account.read account.write tenant.read".parse().unwrap();
    let caller = Caller::Person { tenant: house.tenant, of_system: false, scopes, roles: [Role::Inviter].into() };
    By::person(caller, house.camille, &ClientId::from("console"))
}

async fn comes(house: &House, link: &str) -> Walker {
    house.waits(1);
    let mut wim = Walker::new(house);
    wim.opens(link).await;
    wim.answers(&[("action", "accept")]).await;
    let code = code_for(house, WIM).await;
    wim.answers(&[("action", "next"), ("code", &code)]).await;
    wim.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    wim
}

#[actix_web::test]
async fn m_109_what_the_inviter_knows_of_the_company_stands_in_its_form_with_whose_words_they_are() {
    let house = asking_house().await;
    let made = invites(&house, json!({"given_name": "Wim", "family_name": "Janssens", "company": known()})).await;
    let draft = companies(&house).await.remove(0);
    assert_eq!((draft.state, draft.created_by, Some(draft.id)), (CompanyState::Draft, None, made.shown.it.company), "in the commit of the invitation");
    assert_eq!(
        (draft.filled.legal_name.as_str(), draft.filled.country.as_str(), draft.filled.reg_no.as_str()),
        ("Ateliers Morvan SAS", "FR", "73282932000074")
    );

    let mut wim = comes(&house, &path(&made)).await;
    assert!(wim.shown.left_to.is_some(), "the invitation itself asks nothing of it");
    let subject = account_of(&house, WIM).await.unwrap().subject();
    assert_eq!(place_of(&house, subject).await, Some(CompanyPlace { id: draft.id, administrator: false }));

    wim.opens(&authorize(&[])).await;
    wim.answers(&[("action", "accept")]).await;
    assert_eq!(wim.walked(), ["S-INV", "S-SIGNUP-CODE", "S-SIGNUP-SECRET", "S-APP-CONSENT", "S-COMPANY"], "G-3C");
    let html = &wim.shown.html;
    for text in ["Ateliers Morvan SAS", "73282932000074", "Wim", "Janssens"] {
        assert!(html.contains(&format!("value=\"{text}\"")), "{text}");
    }
    assert_eq!(html.matches("Renseigné par Cabinet Aubépine").count(), 3, "name, country and number");
    wim.answers(&[
        ("action", "create"),
        ("legal_name", "Ateliers Morvan SAS"),
        ("country", "FR"),
        ("reg_no", "73282932000074"),
        ("street-address", "3 rue des Cuves"),
        ("postal-code", "58000"),
        ("address-level2", "Nevers"),
    ])
    .await;
    assert!(wim.shown.answer().contains_key("code"), "{:?}", wim.shown.errors());
    let made = companies(&house).await;
    assert_eq!((made.len(), made[0].id, made[0].state, made[0].created_by), (1, draft.id, CompanyState::Active, Some(subject)));
    assert_eq!(place_of(&house, subject).await, Some(CompanyPlace { id: draft.id, administrator: true }));
}

#[actix_web::test]
async fn m_109_whoever_has_an_account_comes_to_the_company_too_and_keeps_the_one_they_have() {
    let house = asking_house().await;
    let subject = with_account(&house).await;
    let redeems = async |more: serde_json::Value| {
        let made = invites(&house, more).await;
        let mut wim = Walker::new(&house);
        wim.opens(&path(&made)).await;
        wim.answers(&[("action", "accept")]).await;
        if wim.shown.left_to.is_none() {
            wim.answers(&[("action", "next"), ("password", super::PASSWORD)]).await;
        }
        assert!(wim.shown.left_to.is_some(), "{} {:?}", wim.shown.screen(), wim.shown.errors());
        record(&house, &made).await.company
    };
    let first = redeems(json!({"company": known()})).await;
    assert!(first.is_some());
    assert_eq!(place_of(&house, subject).await.map(|place| place.id), first, "with a new place");
    house.changes::<Membership>(Membership::key_of(house.tenant, subject), |membership| membership.company = None).await;
    let second = redeems(json!({"company": known()})).await;
    assert_eq!(place_of(&house, subject).await.map(|place| place.id), second, "in the place that they have");
    redeems(json!({"company": known()})).await;
    assert_eq!(place_of(&house, subject).await.map(|place| place.id), second, "and the first company stays");
}

#[actix_web::test]
async fn what_is_wrong_with_a_company_is_refused_by_name_and_nothing_is_made() {
    let house = asking_house().await;
    let tenant = house.tenant.to_string();
    for (company, field) in [
        (json!({"legal_name": "a\u{202e}b"}), "company_legal_name"),
        (json!({"country": "XX"}), "company_country"),
        (json!({"country": "FR", "reg_no": "73282932000075"}), "company_reg_no"),
        (json!({"country": "FR", "phone": "12"}), "company_phone"),
        (json!("00000000-0000-4000-8000-000000000009"), "company"),
    ] {
        let refused = invitations::create(&house.tools, &camille(&house), &tenant, new(WIM, json!({"company": company}))).await;
        assert!(matches!(&refused, Err(Refused::Invalid { field: named, .. }) if *named == field), "{company}: {refused:?}");
    }
    assert!(serde_json::from_value::<invitations::NewInvitation>(json!({"email": WIM, "company": {"name": "x"}})).is_err());
    assert!(companies(&house).await.is_empty() && mails(&house).await.is_empty());
    let made = invites(&house, json!({"company": {}})).await;
    assert!(made.shown.it.company.is_none() && companies(&house).await.is_empty(), "of whom nothing is known nothing is kept");
}

#[actix_web::test]
async fn only_who_may_change_accounts_invites_into_a_company_that_is_there_or_touches_such_a_link() {
    let house = asking_house().await;
    let tenant = house.tenant.to_string();
    let first = invites(&house, json!({"company": known()})).await;
    let id = first.shown.it.company.unwrap();
    assert!(invitations::resend(&house.tools, &inviter(&house), (&tenant, WIM)).await.is_ok(), "a draft is nobody's yet");
    house
        .changes::<Company>(Company::key_of(house.tenant, id), |company| {
            *company = company.clone().made(company.details.clone(), None, house.camille, house.tools.now());
        })
        .await;
    let more = json!({"company": id.to_string()});
    let refused = invitations::create(&house.tools, &inviter(&house), &tenant, new("luc@morvan.test", more.clone())).await;
    assert!(matches!(refused, Err(Refused::LacksRole)), "{refused:?}");
    for refused in [
        invitations::resend(&house.tools, &inviter(&house), (&tenant, WIM)).await.map(|_| ()),
        invitations::link(&house.tools, &inviter(&house), (&tenant, WIM)).await.map(|_| ()),
    ] {
        assert!(matches!(refused, Err(Refused::LacksRole)), "{refused:?}");
    }
    let scopes = "invitation.write account.read account.write tenant.read".parse().unwrap();
    let caller = Caller::Person { tenant: house.tenant, of_system: false, scopes, roles: [Role::GlobalAdministrator].into() };
    let by = By::person(caller, house.camille, &ClientId::from("console"));
    let made = invitations::create(&house.tools, &by, &tenant, new("luc@morvan.test", more)).await.unwrap();
    assert_eq!(made.shown.it.company, Some(id));
    assert_eq!(companies(&house).await.len(), 1);
}

#[actix_web::test]
async fn m_109_a_line_of_a_csv_brings_a_company_of_its_own() {
    let house = asking_house().await;
    let csv = "email,company_legal_name,company_country,company_reg_no,company_address-level2\n\
               wim@morvan.test,Ateliers Morvan SAS,FR,732829320,Nevers\n\
               luc@morvan.test,Cuves Morvan,FR,732829321,\n\
               basile@morvan.test,,,,\n";
    let report = invitations::import(&house.tools, &camille(&house), &house.tenant.to_string(), csv.as_bytes()).await.unwrap();
    assert_eq!((report.invited, report.wrong), (2, 1));
    let wrong = serde_json::to_value(&report.lines[1]).unwrap();
    assert_eq!((&wrong["line"], &wrong["field"]), (&json!(3), &json!("company_reg_no")));
    let made = companies(&house).await;
    assert_eq!((made.len(), made[0].details.legal_name.as_str(), made[0].details.locality.as_str()), (1, "Ateliers Morvan SAS", "Nevers"));
    let invitation = house.tools.reads().invitation_of(house.tenant, &WIM.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(invitation.company, Some(made[0].id));
}

#[actix_web::test]
async fn a_draft_goes_when_nobody_can_come_for_it_any_more_and_no_sooner() {
    const DAY: u64 = 86_400;
    let house = asking_house().await;
    let of = async |email: &str| invites(&house, json!({"email": email, "company": {"legal_name": email}})).await;
    let [revoked, waiting, expired] = [of("basile@morvan.test").await, of("pauline@morvan.test").await, of("lou@morvan.test").await];
    let accepted = of(WIM).await;
    let mut wim = comes(&house, &path(&accepted)).await;
    wim.answers(&[("action", "create"), ("given_name", "Wim"), ("family_name", "Janssens")]).await;
    assert_eq!(record(&house, &accepted).await.state(house.tools.now()), InvitationState::Redeemed, "{:?}", wim.shown.errors());
    let left = async || {
        jobs::drafts::run(&house.tools).await.unwrap();
        let mut names: Vec<String> = companies(&house).await.into_iter().map(|company| company.details.legal_name).collect();
        names.sort();
        names
    };
    invitations::revoke(&house.tools, &camille(&house), ("aubepine", &revoked.shown.it.id.to_string())).await.unwrap();
    let all = ["basile@morvan.test", "lou@morvan.test", "pauline@morvan.test", WIM];
    assert_eq!(left().await, all, "an hour may pass");
    house.waits(DAY);
    let rest = ["lou@morvan.test", "pauline@morvan.test", WIM];
    assert_eq!(left().await, rest);
    house.waits(60 * DAY);
    assert_eq!(left().await, rest, "what is over by time can be made anew");
    // Another invitation for the same draft keeps it.
    let draft = record(&house, &waiting).await.company.unwrap();
    let also = invites(&house, json!({"email": "sonia@morvan.test", "company": draft})).await;
    for made in [&waiting, &expired] {
        invitations::revoke(&house.tools, &camille(&house), ("aubepine", &made.shown.it.id.to_string())).await.unwrap();
    }
    assert_eq!(left().await, ["pauline@morvan.test", WIM]);
    invitations::revoke(&house.tools, &camille(&house), ("aubepine", &also.shown.it.id.to_string())).await.unwrap();
    assert_eq!(left().await, [WIM]);
}

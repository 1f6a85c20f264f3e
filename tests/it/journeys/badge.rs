//! A test organisation says so on every page and in every mail, also where something went wrong; a real one never does. [M-059, M-115, RU-28]

use std::collections::BTreeSet;

use parvis::{
    model::{Localised, MailName, Role, Tenant, TenantKind},
    values::TenantId,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    invited::{self, invites, inviting_house},
    reset, rules,
    said::rendered,
    sign_up::{CHOSEN, code_for},
};
use crate::{
    console::{at_console, gives},
    harness::{House, Shown, Walker, authorize},
};

const CAMILLE: &str = "camille@courriel.test";
const BADGE: &str = "RECETTE";
const ROUTES: &str = include_str!("../../../src/web/routes.rs");

fn says(shown: &Shown) -> bool {
    shown.html.contains(&format!("<span class=\"badge\">{BADGE}</span>"))
}

/// A house whose organisation is a test one, or a real one.
async fn stage(badge: Option<&str>) -> House {
    let house = inviting_house().await;
    rules(&house, |tenant| tenant.test_badge = badge.map(str::to_owned)).await;
    house
}

/// Through an invitation, a new account, the portal and what goes wrong with links.
async fn invited_walk(house: &House) -> Walker {
    let made = invites(house, json!({"clients": []})).await;
    house.waits(1);
    let mut wim = Walker::new(house);
    wim.opens(&invited::path(&made)).await;
    wim.answers(&[("action", "accept")]).await;
    let code = code_for(house, invited::WIM).await;
    wim.answers(&[("action", "next"), ("code", "12")]).await;
    wim.answers(&[("action", "next"), ("code", &code)]).await;
    wim.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    let profile = wim.shown.path.clone();
    wim.answers(&[("action", "create"), ("given_name", "Wim"), ("family_name", "Janssens")]).await;
    assert_eq!(wim.shown.screen(), "S-ME-HOME");
    for place in ["security", "profile", "contact", "apps", "organisations", "terms", "sessions", "privacy", "activity", "password", "delete"] {
        wim.opens(&format!("/account/{place}")).await;
    }
    wim.opens(&profile).await;
    assert_eq!((wim.shown.status, wim.shown.errors()), (410, vec!["E-TXN"]));
    wim.opens(&invited::path(&made)).await;
    assert_eq!((wim.shown.status, wim.shown.screen()), (410, "S-INV-USED"));
    wim
}

/// Through a sign-in that wants a code, a reset and an agreement, and back to a page that is over.
async fn reset_walk(house: &House) -> Walker {
    let mut camille = Walker::new(house);
    camille.opens(&authorize(&[])).await;
    camille.answers(&[("action", "next"), ("identifier", CAMILLE)]).await;
    camille.answers(&[("action", "code")]).await;
    camille.answers(&[("action", "another")]).await;
    camille.answers(&[("action", "forgot")]).await;
    house.waits(60);
    camille.answers(&[("action", "send"), ("identifier", CAMILLE)]).await;
    let letter = reset::last(house, CAMILLE, MailName::ResetCode).await;
    camille.opens(&reset::path(&letter.link.unwrap())).await;
    assert_eq!(camille.shown.screen(), "S-CODE");
    let journey = camille.pages.iter().rfind(|page| page.screen() == "S-RESET-CODE").unwrap().path.clone();
    camille.opens(&journey).await;
    camille.answers(&[("action", "next"), ("code", &letter.code.unwrap())]).await;
    camille.answers(reset::SAVE).await;
    camille.answers(&[("action", "continue")]).await;
    assert_eq!(camille.shown.screen(), "S-APP-CONSENT");
    let consent = camille.shown.path.clone();
    camille.answers(&[("action", "accept")]).await;
    camille.opens(&consent).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (410, vec!["E-TXN"]));
    let undo = reset::last(house, CAMILLE, MailName::PasswordChanged).await.link.unwrap();
    camille.opens(&reset::path(&undo)).await;
    house.waits(8 * 86_400);
    camille.opens(&reset::path(&undo)).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (410, vec!["E-LINK-EXP"]));
    camille
}

#[actix_web::test]
async fn m_059_m_115_a_test_organisation_says_so_on_all_pages_of_the_way_in_and_in_all_its_mails_and_a_real_one_nowhere() {
    for badge in [Some(BADGE), None] {
        let house = stage(badge).await;
        let (wim, camille) = (invited_walk(&house).await, reset_walk(&house).await);
        let pages: Vec<&Shown> = wim.pages.iter().chain(&camille.pages).collect();
        for page in &pages {
            assert_eq!(says(page), badge.is_some(), "{} at {}", page.screen(), page.path);
        }
        let screens: BTreeSet<&str> = pages.iter().map(|page| page.screen()).collect();
        let walked = [
            "S-INV",
            "S-SIGNUP-CODE",
            "S-SIGNUP-SECRET",
            "S-SIGNUP-PROFILE",
            "S-ME-HOME",
            "S-ME-SECURITY",
            "S-ME-PRIVACY",
            "S-INV-USED",
            "S-SIGNIN-ID",
            "S-SIGNIN-PW",
            "S-SIGNIN-OTP",
            "S-RESET",
            "S-RESET-CODE",
            "S-RESET-NEW",
            "S-RESET-DONE",
            "S-CODE",
            "S-UNDO",
            "S-APP-CONSENT",
            "S-ERROR",
        ];
        assert!(walked.iter().all(|screen| screens.contains(screen)), "{screens:?}");
        let mails = rendered(&house).await;
        let names = [
            MailName::Invitation,
            MailName::ConfirmAddress,
            MailName::InvitationAccepted,
            MailName::SignInCode,
            MailName::ResetCode,
            MailName::PasswordChanged,
        ];
        assert!(names.iter().all(|name| mails.iter().any(|(sent, ..)| sent == name)));
        for (name, text, html) in &mails {
            assert_eq!((text.contains(BADGE), html.contains(BADGE)), (badge.is_some(), badge.is_some()), "{name:?}: {text}");
        }
    }
}

/// Every address there is, with names of nothing in the places of its braces, so that an address that is added is tried, too.
fn everywhere() -> BTreeSet<String> {
    let paths = ROUTES.split('"').skip(1).step_by(2).filter(|text| text.starts_with('/'));
    let filled = paths.flat_map(|path| ["aubepine", "nobody"].map(|tenant| path.replace("{tenant}", tenant)));
    filled.map(|path| path.split('/').map(|part| if part.contains('{') { "1" } else { part }).collect::<Vec<_>>().join("/")).collect()
}

#[actix_web::test]
async fn m_059_whatever_page_stands_at_any_address_of_a_test_house_says_whose_test_it_is() {
    let house = stage(Some(BADGE)).await;
    gives(&house, house.camille, &[Role::GlobalAdministrator]).await;
    let mut pages = BTreeSet::new();
    for walker in [Walker::new(&house), at_console(&house, CAMILLE).await] {
        for path in everywhere() {
            for posts in [false, true] {
                let mut walker = walker.clone();
                if posts {
                    walker.posts(&path, &[]).await;
                } else {
                    walker.opens(&path).await;
                }
                if !walker.shown.screen().is_empty() {
                    assert!(says(&walker.shown), "{} at {path}: {}", walker.shown.screen(), walker.shown.html);
                    pages.insert((walker.shown.screen().to_owned(), path.clone(), posts));
                }
            }
        }
    }
    let screens: BTreeSet<&str> = pages.iter().map(|(screen, ..)| screen.as_str()).collect();
    assert!(pages.len() > 100 && screens.len() > 20, "{} {screens:?}", pages.len());
}

/// A test organisation beside the real one that answers at the root.
async fn beside(house: &House) -> TenantId {
    let id = TenantId(Uuid::from_u128(0x7e57));
    let badge = Some(BADGE.to_owned());
    let blank = Tenant::blank(id, TenantKind::Organisation, house.tools.now());
    house.keeps(&Tenant { slug: "recette".to_owned(), names: Localised::same("Cabinet Aubépine"), test_badge: badge, ..blank }).await;
    id
}

#[actix_web::test]
async fn m_059_what_goes_wrong_at_a_test_organisation_beside_a_real_one_is_told_in_its_name() {
    let house = stage(None).await;
    let tenant = beside(&house).await;
    let like = house.tools.reads().client(house.tenant, &"espace-client".into()).await.unwrap().unwrap().into_value();
    house.keeps(&parvis::model::Client { tenant, home_url: Some("https://espace.example/".to_owned()), ..like }).await;
    let begins = format!("/recette/oauth2/v2.0{}", authorize(&[]));

    let mut walker = Walker::new(&house);
    walker.opens(&begins).await;
    assert_eq!(walker.shown.screen(), "S-SIGNIN-ID");
    let journey = walker.shown.path.clone();
    let mut stranger = Walker::new(&house);
    stranger.opens(&journey).await;
    let (of_ours, nowhere) = (journey.split('/').nth(2).unwrap(), "0".repeat(22));
    let addresses = [
        ("/recette/oauth2/v2.0/authorize".to_owned(), 400),
        ("/recette/oauth2/v2.0/authorize?client_id=%FF".to_owned(), 400),
        ("/recette/oauth2/v2.0/logout".to_owned(), 200),
        ("/recette/oauth2/v2.0/logout?id_token_hint=none".to_owned(), 200),
        ("/terms/recette/cgu/1/fr".to_owned(), 404),
        ("/i/lost/recette".to_owned(), 200),
        ("/admin/recette".to_owned(), 200),
        (format!("/ui/{of_ours}/nothing"), 404),
        (format!("/ui/check/{of_ours}/{nowhere}"), 404),
    ];
    for (path, status) in addresses {
        walker.opens(&path).await;
        assert_eq!((walker.shown.status, says(&walker.shown)), (status, true), "{path}: {}", walker.shown.screen());
    }
    stranger.opens(&journey).await;
    assert_eq!((stranger.shown.status, stranger.shown.screen(), says(&stranger.shown)), (400, "S-ERROR", true), "without cookies");
    stranger.opens(&authorize(&[])).await;
    assert!(!says(&stranger.shown));
    stranger.opens(&journey).await;
    assert_eq!((stranger.shown.status, says(&stranger.shown), stranger.shown.html.contains("data-testid=\"retry\"")), (410, true, false), "another's");

    walker.opens(&journey).await;
    walker.answers(&[("action", "leave")]).await;
    assert!(walker.shown.left_to.is_some());
    walker.opens(&journey).await;
    assert_eq!((walker.shown.status, walker.shown.errors(), says(&walker.shown)), (410, vec!["E-TXN"], true));
    assert!(walker.shown.html.contains("href=\"https://espace.example/\" data-testid=\"retry\""), "the way back to the application: {}", walker.shown.html);
    assert!(walker.shown.html.contains("Repartez de Espace client"), "{}", walker.shown.html);
}

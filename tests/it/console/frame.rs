//! The frame: who comes in, who does not, and how long.

use parvis::{
    model::{Membership, Role, Tenant, TenantKind, TenantState},
    values::TenantId,
};
use uuid::Uuid;

use super::{ADMIN, at_console, camille, etude, gives, newcomer_at, staffed};
use crate::{
    harness::{House, PASSWORD, Walker},
    journeys::{house, newcomer, rules},
};

const CONSOLE_ROLES: [Role; 6] =
    [Role::GlobalAdministrator, Role::ApplicationAdministrator, Role::AccountAdministrator, Role::Inviter, Role::Helpdesk, Role::Auditor];

#[actix_web::test]
async fn whoever_is_not_signed_in_signs_in_first_and_comes_back() {
    let house = staffed(&[Role::AccountAdministrator]).await;
    let mut walker = Walker::new(&house);
    walker.opens(ADMIN).await;
    walker.signs_in("camille@courriel.test", PASSWORD).await;
    assert_eq!(walker.walked(), ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-AD-HOME"]);
    assert_eq!((walker.shown.status, walker.shown.path.as_str()), (200, ADMIN));
}

#[actix_web::test]
async fn every_role_of_a_console_opens_its_first_page() {
    for role in CONSOLE_ROLES {
        let (_, walker) = camille(&[role]).await;
        assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-AD-HOME"), "{role:?}");
        assert!(walker.shown.html.contains("Camille Éon"));
    }
}

#[actix_web::test]
async fn m_126_without_a_role_the_console_says_so_in_words_and_nothing_else() {
    let (house, walker) = camille(&[]).await;
    assert_eq!((walker.shown.status, walker.shown.screen(), walker.shown.errors()), (403, "S-ERROR", vec!["E-NO-ROLE"]));
    assert!(walker.shown.html.contains("camille@courriel.test") && walker.shown.html.contains("Cabinet Aubépine"));
    // The same account with the role of administrator: the next request comes in.
    gives(&house, house.camille, &[Role::GlobalAdministrator]).await;
    let mut walker = walker;
    assert_eq!(walker.opens(ADMIN).await.screen(), "S-AD-HOME");
    // And without it again: the next request does not.
    gives(&house, house.camille, &[]).await;
    assert_eq!(walker.opens(ADMIN).await.status, 403);
}

#[actix_web::test]
async fn the_administrator_of_one_organisation_is_nobody_in_another() {
    let (house, mut walker) = camille(&[Role::GlobalAdministrator]).await;
    etude(&house).await;
    for name in ["etude", &TenantId(Uuid::from_u128(0xe7)).to_string()] {
        walker.opens(&format!("/admin/{name}")).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (403, vec!["E-NO-ROLE"]), "{name}");
    }
    assert_eq!(walker.opens("/admin/nowhere").await.status, 404);
}

#[actix_web::test]
async fn a_role_in_an_organisation_that_is_not_home_counts_there_and_only_there() {
    let house = house().await;
    let (etude, _) = etude(&house).await;
    let created_at = house.tools.now();
    house.keeps(&Membership { tenant: etude, subject: house.camille, roles: [Role::Auditor].into(), company: None, created_at }).await;
    let mut walker = Walker::new(&house);
    walker.opens("/account").await;
    walker.signs_in("camille@courriel.test", PASSWORD).await;
    assert_eq!(walker.opens("/admin/etude").await.screen(), "S-AD-HOME");
    assert_eq!(walker.opens(ADMIN).await.status, 403);
    assert_eq!(walker.opens("/admin").await.path, "/admin/etude", "the only place where there is a role");
}

#[actix_web::test]
async fn an_operator_sits_in_every_organisation_and_alone_in_one_that_is_switched_off() {
    let house = staffed(&[Role::GlobalAdministrator]).await;
    etude(&house).await;
    let system = TenantId(Uuid::from_u128(0x5));
    house.keeps(&Tenant { slug: "system".to_owned(), ..Tenant::blank(system, TenantKind::System, house.tools.now()) }).await;
    let ines = newcomer_at(&house, system, 0x109, "ines@system.test").await;
    gives(&house, ines, &[Role::Operator]).await;
    let mut operator = Walker::new(&house);
    operator.opens("/admin/system").await;
    operator.signs_in("ines@system.test", PASSWORD).await;
    let mut administrator = at_console(&house, "camille@courriel.test").await;
    rules(&house, |tenant| tenant.state = TenantState::Disabled { reason: "unpaid".to_owned() }).await;
    for place in ["/admin/system", ADMIN, "/admin/etude"] {
        assert_eq!(operator.opens(place).await.screen(), "S-AD-HOME", "{place}");
    }
    assert_eq!(administrator.opens(ADMIN).await.status, 403);
}

#[actix_web::test]
async fn after_an_hour_without_use_the_proof_is_asked_for_again() {
    let (house, mut walker) = camille(&[Role::Auditor]).await;
    for _ in 0..3 {
        house.waits(3_500);
        assert_eq!(walker.opens(ADMIN).await.screen(), "S-AD-HOME", "use keeps it open");
    }
    house.waits(3_601);
    assert_eq!(walker.opens(ADMIN).await.screen(), "S-REAUTH");
    walker.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!((walker.shown.screen(), walker.shown.path.as_str()), ("S-AD-HOME", ADMIN));
}

#[actix_web::test]
async fn use_of_the_portal_does_not_keep_a_console_open() {
    let (house, mut walker) = camille(&[Role::Auditor]).await;
    for _ in 0..3 {
        house.waits(1_800);
        assert_eq!(walker.opens("/account").await.screen(), "S-ME-HOME");
    }
    assert_eq!(walker.opens(ADMIN).await.screen(), "S-REAUTH");
}

#[actix_web::test]
async fn an_organisation_sets_how_long_a_console_stays_open() {
    let (house, mut walker) = camille(&[Role::Auditor]).await;
    rules(&house, |tenant| (tenant.settings.console_idle, tenant.settings.reauthentication) = (300, 60)).await;
    house.waits(299);
    assert_eq!(walker.opens(ADMIN).await.screen(), "S-AD-HOME");
    house.waits(301);
    assert_eq!(walker.opens(ADMIN).await.screen(), "S-REAUTH");
}

#[actix_web::test]
async fn the_language_chosen_at_the_foot_of_a_console_holds_on_its_pages() {
    let (_, mut walker) = camille(&[Role::Auditor]).await;
    assert!(walker.shown.html.contains("<html lang=\"fr\">"));
    walker.opens(&format!("{ADMIN}?lang=en")).await;
    assert!(walker.shown.html.contains("<html lang=\"en\">") && walker.shown.html.contains("at a glance"));
    assert!(walker.opens(ADMIN).await.html.contains("<html lang=\"en\">"));
}

#[actix_web::test]
async fn admin_alone_leads_to_the_one_place_asks_among_several_and_says_when_there_is_none() {
    let (house, mut walker) = camille(&[Role::Auditor]).await;
    assert_eq!(walker.opens("/admin").await.path, ADMIN);
    let (etude, _) = etude(&house).await;
    let created_at = house.tools.now();
    house.keeps(&Membership { tenant: etude, subject: house.camille, roles: [Role::Auditor].into(), company: None, created_at }).await;
    walker.opens("/admin").await;
    assert_eq!(walker.shown.screen(), "S-AD-CONSOLES");
    assert!(walker.shown.html.contains("href=\"/admin/aubepine\"") && walker.shown.html.contains("href=\"/admin/etude\""));
    let basile = newcomer(&house, 0x77, "basile@courriel.test").await;
    gives(&house, basile, &[]).await;
    let mut basile = Walker::new(&house);
    basile.opens("/admin").await;
    basile.signs_in("basile@courriel.test", PASSWORD).await;
    assert_eq!((basile.shown.status, basile.shown.errors()), (403, vec!["E-NO-ROLE"]));
    let nobody: House = house.clone();
    assert_eq!(Walker::new(&nobody).opens("/admin").await.screen(), "S-SIGNIN-ID");
}

#[actix_web::test]
async fn no_page_of_a_console_is_seen_by_whoever_is_not_signed_in() {
    let house = staffed(&[Role::GlobalAdministrator]).await;
    for path in [
        "/admin",
        "/support",
        "/admin/aubepine",
        "/admin/aubepine/accounts",
        "/admin/aubepine/accounts/new",
        "/admin/aubepine/accounts/camille@courriel.test",
        "/admin/aubepine/accounts/camille@courriel.test/archive",
        "/admin/aubepine/support",
        "/admin/aubepine/audit",
    ] {
        assert_eq!(Walker::new(&house).opens(path).await.screen(), "S-SIGNIN-ID", "{path}");
    }
}

//! S-ME-ORGS and S-ME-TERMS: where somebody has a place, what they allow and accepted, and the way out.

use parvis::{
    model::{EventName, Membership, Role, Subject},
    storage::Loaded,
};

use super::{
    PASSWORD, newcomer,
    org_consent::{audited, house_with_guest, lou_signed_in, permission},
    terms::{ACCEPTS, document, house_with_terms, publishes},
};
use crate::harness::{House, Walker, authorize};

/// Lou has let organisation and application have what they ask for, and the application has tokens for the time away.
async fn lou_inside(house: &House) -> (Walker, String) {
    let mut lou = Walker::new(house);
    lou.opens(&authorize(&[("scope", "openid profile offline_access")])).await;
    lou.signs_in("lou@courriel.test", PASSWORD).await;
    lou.answers(&[("action", "accept")]).await;
    lou.answers(&[("action", "accept")]).await;
    let tokens = house.redeems(&"espace-client".into(), &lou.shown.answer()["code"]).await.unwrap();
    (lou, tokens.refresh_token.unwrap().expose().clone())
}

async fn membership(house: &House, subject: Subject) -> Option<Membership> {
    house.tools.reads().membership(house.tenant, subject).await.unwrap().map(Loaded::into_value)
}

#[actix_web::test]
async fn m_057_what_is_withdrawn_is_dead_at_the_next_refresh_and_asked_again_at_the_next_sign_in() {
    let (house, subject) = house_with_guest().await;
    let (mut lou, refresh) = lou_inside(&house).await;
    let organisation = house.tenant.to_string();
    assert_eq!(lou.opens("/account/organisations").await.screen(), "S-ME-ORGS");
    for said in ["Cabinet Aubépine", "data-testid=\"withdraw\"", "data-testid=\"leave\"", "data-item=\"activity\""] {
        assert!(lou.shown.html.contains(said), "{said}");
    }
    lou.answers(&[("action", "withdraw"), ("organisation", &organisation)]).await;
    assert!(lou.shown.screen() == "S-ME-ORGS" && lou.shown.html.contains("role=\"status\"") && !lou.shown.html.contains("data-testid=\"withdraw\""));
    assert!(permission(&house, subject).await.is_none() && membership(&house, subject).await.is_some());
    assert!(house.refreshes(&"espace-client".into(), &refresh).await.is_err());
    let events = audited(&house, &[EventName::ConsentOrgRevoked, EventName::TokenRevoked]).await;
    assert_eq!(
        events.iter().map(|event| (event.event, event.count)).collect::<Vec<_>>(),
        [(EventName::ConsentOrgRevoked, None), (EventName::TokenRevoked, Some(1))]
    );
    lou.opens(&authorize(&[])).await;
    assert_eq!(lou.shown.screen(), "S-ORG-CONSENT", "even in the same session");
    assert_eq!(lou_signed_in(&house).await.shown.screen(), "S-ORG-CONSENT");
}

#[actix_web::test]
async fn whoever_leaves_an_organisation_has_no_place_there_and_nothing_of_it_works_any_more() {
    let (house, subject) = house_with_guest().await;
    let (mut lou, refresh) = lou_inside(&house).await;
    lou.opens("/account/organisations").await;
    lou.answers(&[("action", "leave"), ("organisation", &house.tenant.to_string())]).await;
    assert!(lou.shown.screen() == "S-ME-ORGS" && lou.shown.html.contains("role=\"status\"") && !lou.shown.html.contains("data-testid=\"organisation\""));
    assert!(permission(&house, subject).await.is_none() && membership(&house, subject).await.is_none());
    assert!(house.tools.reads().consent(house.tenant, subject, &"espace-client".into()).await.unwrap().is_none());
    assert!(house.refreshes(&"espace-client".into(), &refresh).await.is_err());
    let again = lou_signed_in(&house).await;
    assert_eq!((again.shown.screen(), again.shown.status), ("S-BLOCKED", 403));
    lou.opens("/account/organisations").await;
    lou.answers(&[("action", "leave"), ("organisation", &house.tenant.to_string())]).await;
    assert_eq!(lou.shown.screen(), "S-ME-ORGS", "leaving twice is leaving once");
    assert_eq!(audited(&house, &[EventName::ConsentOrgRevoked]).await.len(), 1);
}

#[actix_web::test]
async fn whoever_has_a_role_in_an_organisation_cannot_leave_it_by_themselves() {
    let (house, subject) = house_with_guest().await;
    let (mut lou, refresh) = lou_inside(&house).await;
    house.changes::<Membership>(Membership::key_of(house.tenant, subject), |place| place.roles = [Role::Auditor].into()).await;
    lou.opens("/account/organisations").await;
    assert!(lou.shown.html.contains("data-testid=\"has_role\"") && !lou.shown.html.contains("data-testid=\"leave\""));
    lou.answers(&[("action", "leave"), ("organisation", &house.tenant.to_string())]).await;
    assert!(lou.shown.screen() == "S-ME-ORGS" && !lou.shown.html.contains("role=\"status\""));
    assert!(membership(&house, subject).await.is_some() && house.refreshes(&"espace-client".into(), &refresh).await.is_ok());
}

#[actix_web::test]
async fn only_the_persons_own_page_within_ten_minutes_of_a_proof_ends_anything() {
    let (house, subject) = house_with_guest().await;
    let (mut lou, _) = lou_inside(&house).await;
    let organisation = house.tenant.to_string();
    lou.opens("/account/organisations").await;
    for csrf in ["", "forged"] {
        lou.answers(&[("action", "withdraw"), ("organisation", &organisation), ("csrf", csrf)]).await;
        assert_eq!((lou.shown.status, lou.shown.errors()), (403, vec!["E-CSRF"]));
    }
    for (action, place) in [("", &*organisation), ("withdraw", "nothing"), ("withdraw", "00000000-0000-0000-0000-0000000000ff"), ("end", &*organisation)] {
        lou.answers(&[("action", action), ("organisation", place)]).await;
    }
    house.waits(601);
    lou.opens("/account/organisations").await;
    lou.answers(&[("action", "withdraw"), ("organisation", &organisation)]).await;
    assert_eq!(lou.shown.screen(), "S-REAUTH");
    assert!(permission(&house, subject).await.is_some());
    // Somebody else's wish ends nothing of Lou's.
    newcomer(&house, 3, "nadia@courriel.test").await;
    let mut nadia = Walker::new(&house);
    nadia.opens("/account/organisations").await;
    nadia.signs_in("nadia@courriel.test", PASSWORD).await;
    assert!(nadia.shown.html.contains("data-testid=\"home\"") && !nadia.shown.html.contains("data-testid=\"leave\""), "home is not left");
    nadia.answers(&[("action", "leave"), ("organisation", &organisation)]).await;
    assert!(permission(&house, subject).await.is_some() && membership(&house, subject).await.is_some());
}

#[actix_web::test]
async fn the_portal_lists_what_was_accepted_with_the_exact_text() {
    let house = house_with_terms().await;
    document(&house, "app", Some("espace-client")).await;
    publishes(&house, "app", ("Celle de l’espace.", None), |_| {}).await;
    let mut camille = Walker::signed_in(&house, &[]).await;
    assert!(camille.opens("/account/terms").await.html.contains("class=\"empty\"") || camille.shown.screen() == "S-SIGNIN-ID");
    let mut camille = Walker::signed_in(&house, &[]).await;
    camille.answers(&[("action", "accept")]).await;
    camille.answers(ACCEPTS).await;
    camille.answers(ACCEPTS).await;
    assert_eq!(camille.opens("/account/terms").await.screen(), "S-ME-TERMS");
    assert_eq!(camille.shown.html.matches("data-testid=\"accepted\"").count(), 2);
    let link = format!("/terms/{}/app/1/fr", house.tenant);
    assert!(camille.shown.html.contains(&link));
    assert_eq!(camille.opens(&link).await.html, "Celle de l’espace.");
}

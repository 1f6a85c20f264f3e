//! S-ME-ACTIVITY: a person reads what happened to the account, and says that it was not them.

use parvis::{
    model::{AuditEvent, CredentialKind, EventName},
    storage::Paging,
};

use super::{PASSWORD, house};
use crate::harness::{House, Walker};

async fn in_portal(house: &House) -> Walker {
    let mut camille = Walker::new(house);
    camille.opens("/account").await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    camille
}

#[actix_web::test]
async fn what_happened_to_the_account_is_told_in_words_the_latest_first() {
    let house = house().await;
    let mut wrong = Walker::new(&house);
    wrong.opens("/account").await;
    wrong.signs_in("camille@courriel.test", "not the password").await;
    house.waits(60);
    let mut camille = in_portal(&house).await;
    camille.opens("/account/activity").await;
    assert_eq!((camille.shown.status, camille.shown.screen()), (200, "S-ME-ACTIVITY"));
    let html = &camille.shown.html;
    let (signed_in, failed) = (html.find("data-event=\"signin.succeeded\"").unwrap(), html.find("data-event=\"signin.failed\"").unwrap());
    assert!(signed_in < failed);
    for said in ["Preuve refusée à la connexion", "sans succès", "192.0.2.7"] {
        assert!(html.contains(said), "{said}");
    }
}

#[actix_web::test]
async fn nobody_reads_what_happened_to_others() {
    let house = house().await;
    let other = super::newcomer(&house, 0x31, "luc@courriel.test").await;
    let now = house.tools.now();
    let mut batch = parvis::storage::Batch::new(now);
    let event = AuditEvent::new(EventName::PasswordSet, house.tenant, parvis::model::Actor::SYSTEM, now);
    batch.audit(&event.on("account", other.id)).unwrap();
    house.tools.store.commit(batch).await.unwrap();
    let mut camille = in_portal(&house).await;
    camille.opens("/account/activity").await;
    assert!(!camille.shown.html.contains("data-event=\"password.set\""));
}

#[actix_web::test]
async fn that_was_not_me_signs_the_others_out_and_has_the_password_changed() {
    let house = house().await;
    let mut elsewhere = in_portal(&house).await;
    let mut camille = in_portal(&house).await;
    camille.opens("/account/activity").await;
    camille.posts("/account/activity", &[("action".to_owned(), "disown".to_owned())]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec!["E-CSRF"]));
    assert_eq!(elsewhere.opens("/account").await.screen(), "S-ME-HOME");
    camille.answers(&[("action", "disown")]).await;
    assert!(camille.shown.screen() == "S-ME-ACTIVITY" && camille.shown.html.contains("role=\"status\""));
    assert_eq!(elsewhere.opens("/account").await.screen(), "S-PICKER");
    assert_eq!(camille.opens("/account").await.screen(), "S-ME-HOME");
    let password = house.tools.reads().password(house.camille).await.unwrap().unwrap();
    assert!(matches!(password.kind, CredentialKind::Password { must_change: true, .. }));
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(500)).await.unwrap();
    let told = records.iter().filter(|record| record.event.contains("activity.disowned")).count();
    assert_eq!(told, 1);
}

#[actix_web::test]
async fn that_was_not_me_asks_for_the_password_first_when_it_was_given_long_ago() {
    let house = house().await;
    let mut camille = in_portal(&house).await;
    house.waits(700);
    camille.opens("/account/activity").await;
    camille.answers(&[("action", "disown")]).await;
    assert_eq!(camille.shown.screen(), "S-REAUTH");
    let password = house.tools.reads().password(house.camille).await.unwrap().unwrap();
    assert!(matches!(password.kind, CredentialKind::Password { must_change: false, .. }));
}

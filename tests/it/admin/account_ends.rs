//! Whoever may no longer sign in is out everywhere, at once.

use parvis::{
    model::{AuditEvent, Session, SessionEnd},
    service::admin::{
        By,
        accounts::{self, NewPassword, Standing},
    },
    storage::Paging,
    values::Secret,
};

use crate::harness::House;

/// Camille signed in to an application that keeps a refresh token.
async fn signed_in() -> (House, parvis::model::Client, String) {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let code = house.code(&client, "openid offline_access", |_| {}).await;
    let answer = house.redeems(&client.id, &code).await.unwrap();
    let refresh = serde_json::to_value(&answer).unwrap()["refresh_token"].as_str().unwrap().to_owned();
    (house, client, refresh)
}

async fn session(house: &House) -> Session {
    house.tools.reads().sessions(house.camille, Paging::first(10)).await.unwrap().pop().unwrap().into_value()
}

async fn events(house: &House) -> Vec<AuditEvent> {
    let events = house.tools.reads().audit_of(house.tenant, Paging::first(100)).await.unwrap();
    events.iter().map(|record| serde_json::from_str(&record.event).unwrap()).collect()
}

#[tokio::test]
async fn archiving_ends_sessions_and_revokes_what_applications_hold() {
    let (house, client, refresh) = signed_in().await;
    let place = ("aubepine", house.camille.id.to_string());
    accounts::set_standing(&house.tools, &By::local(), (place.0, &place.1), Standing::Archive).await.unwrap();
    assert!(matches!(session(&house).await.ended, Some((_, SessionEnd::Revoked))));
    assert!(house.refreshes(&client.id, &refresh).await.is_err());
    accounts::set_standing(&house.tools, &By::local(), (place.0, &place.1), Standing::Restore).await.unwrap();
    assert!(house.refreshes(&client.id, &refresh).await.is_err(), "restoring a person revives no token");
    let names: Vec<&str> = events(&house).await.iter().map(|event| event.event.as_str()).collect::<Vec<_>>();
    for name in ["account.archived", "session.revoked", "token.revoked", "account.restored"] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
}

#[tokio::test]
async fn a_password_set_by_an_administrator_ends_what_the_old_one_opened() {
    let (house, client, refresh) = signed_in().await;
    let who = house.camille.id.to_string();
    let new = NewPassword { password: Secret::from("une phrase assez longue"), must_change: true };
    accounts::set_password(&house.tools, &By::local(), ("aubepine", &who), new).await.unwrap();
    assert!(session(&house).await.ended.is_some());
    assert!(house.refreshes(&client.id, &refresh).await.is_err());
    let said = format!("{:?}", events(&house).await);
    assert!(said.contains("PasswordSet") && !said.contains("une phrase"));
}

//! The mixed subject: what was proved about one person is nothing for another.

use super::{PASSWORD, house, newcomer};
use crate::harness::{House, Walker, authorize};

/// Luc, who has an account beside Camille's and has signed in.
async fn luc(house: &House) -> Walker {
    newcomer(house, 77, "luc@courriel.test").await;
    let mut luc = Walker::new(house);
    luc.opens(&authorize(&[])).await;
    luc.signs_in("luc@courriel.test", PASSWORD).await;
    luc
}

#[actix_web::test]
async fn a_proof_of_one_person_does_not_open_the_journey_of_another() {
    let house = house().await;
    let mut luc = luc(&house).await;
    let consent = luc.shown.path.clone();
    luc.answers(&[("action", "other_account")]).await;
    luc.answers(&[("action", "next"), ("identifier", "camille@courriel.test")]).await;
    assert_eq!(luc.shown.screen(), "S-SIGNIN-PW", "Camille's password is owed, whoever proved what before");
    assert_eq!(luc.opens(&consent).await.screen(), "S-SIGNIN-PW", "the consent page is not on offer");
}

#[actix_web::test]
async fn the_session_of_one_person_does_not_prove_another() {
    let house = house().await;
    let mut luc = luc(&house).await;
    luc.answers(&[("action", "accept")]).await;
    luc.opens(&authorize(&[("prompt", "select_account")])).await;
    luc.answers(&[("action", "other")]).await;
    luc.answers(&[("action", "next"), ("identifier", "camille@courriel.test")]).await;
    assert_eq!(luc.shown.screen(), "S-SIGNIN-PW");
}

#[actix_web::test]
async fn a_person_whom_the_client_did_not_mean_is_not_let_in() {
    let house = house().await;
    let mut luc = luc(&house).await;
    luc.answers(&[("action", "accept")]).await;
    let claims = format!(r#"{{"id_token":{{"sub":{{"value":"{}"}}}}}}"#, house.camille.id);
    luc.opens(&authorize(&[("prompt", "none"), ("claims", &claims)])).await;
    assert_eq!(luc.shown.answer()["error"], "login_required");
    luc.opens(&authorize(&[("claims", &claims)])).await;
    luc.answers(&[("action", "other")]).await;
    luc.answers(&[("action", "next"), ("identifier", "luc@courriel.test")]).await;
    assert_eq!(luc.shown.answer()["error"], "login_required");
}

#[actix_web::test]
async fn an_account_of_another_home_needs_a_place_here() {
    let house = house().await;
    let elsewhere = parvis::values::TenantId(uuid::Uuid::from_u128(900));
    let here = house.tools.reads().tenant(house.tenant).await.unwrap().unwrap().into_value();
    let personal = parvis::model::Tenant { id: elsewhere, slug: "personal".into(), is_default: false, domains: Vec::new(), ..here };
    house.keeps(&personal).await;
    let like = house.tools.reads().account(house.camille).await.unwrap().unwrap().into_value();
    let mut account = parvis::model::Account { home: elsewhere, id: parvis::values::AccountId(uuid::Uuid::from_u128(901)), phones: Vec::new(), ..like };
    account.emails[0].address = "basile@courriel.test".parse().unwrap();
    house.keeps(&account).await;
    super::gives_password(&house, account.subject()).await;
    let mut basile = Walker::new(&house);
    basile.opens(&authorize(&[])).await;
    basile.signs_in("basile@courriel.test", PASSWORD).await;
    assert_eq!((basile.shown.status, basile.shown.screen()), (403, "S-BLOCKED"));
    house.keeps(&parvis::model::Membership { tenant: house.tenant, subject: account.subject(), roles: [].into(), created_at: house.tools.now() }).await;
    basile.opens(&basile.shown.path.clone()).await;
    assert_eq!(basile.shown.screen(), "S-ORG-CONSENT", "and the organisation asks first");
}

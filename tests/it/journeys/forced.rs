//! J30: a password that was right and may not stay.

use parvis::{
    model::{Credential, CredentialKind, EventName, MailName},
    values::Secret,
};

use super::{
    PASSWORD, house,
    reset::{CHOSEN, events, last, opens_with},
};
use crate::harness::{House, Walker, authorize};

const CAMILLE: &str = "camille@courriel.test";

/// It has to be changed.
pub(crate) fn mark(credential: &mut Credential) {
    let CredentialKind::Password { must_change, .. } = &mut credential.kind;
    *must_change = true;
}

pub(crate) async fn marked() -> House {
    let house = house().await;
    house.changes::<Credential>(Credential::key_of(house.camille, Credential::PASSWORD), mark).await;
    house
}

#[actix_web::test]
async fn j30_a_password_set_for_once_is_changed_before_anything_else() {
    let house = marked().await;
    let mut camille = Walker::signed_in(&house, &[]).await;
    assert_eq!(camille.shown.screen(), "S-PW-FORCED");
    assert!(camille.shown.html.contains("data-about=\"marked\""));
    for (tried, wrong) in [("", "E-REQ"), ("court", "E-PW-SHORT"), ("password12345", "E-PW-KNOWN"), (PASSWORD, "E-PW-SAME")] {
        camille.answers(&[("action", "save"), ("new_password", tried)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (422, vec![wrong]), "{tried}");
    }
    assert_eq!(camille.answers(&[("action", "save"), ("new_password", CHOSEN)]).await.screen(), "S-APP-CONSENT");
    camille.answers(&[("action", "accept")]).await;
    assert!(camille.shown.answer().contains_key("code"));
    assert_eq!(events(&house, EventName::PasswordChanged).await.len(), 1);
    assert!(last(&house, CAMILLE, MailName::PasswordChanged).await.link.unwrap().contains("/undo/"));
    assert!(!opens_with(&house, PASSWORD).await);
    let mut again = Walker::at_password(&house, CAMILLE).await;
    again.answers(&[("action", "next"), ("password", CHOSEN)]).await;
    assert!(again.shown.answer().contains_key("code"), "it is asked once");
}

#[actix_web::test]
async fn j30_the_change_cannot_be_walked_around() {
    let house = marked().await;
    let mut camille = Walker::signed_in(&house, &[]).await;
    let journey = camille.shown.path.split('/').nth(2).unwrap().to_owned();
    for screen in ["consent", "signin/password", "reset/new", "reset/done"] {
        assert_eq!(camille.opens(&format!("/ui/{journey}/{screen}")).await.screen(), "S-PW-FORCED", "{screen}");
    }
    assert_eq!(camille.opens(&authorize(&[("state", "another")])).await.screen(), "S-PW-FORCED", "another journey takes the debt over with the proof");
    assert_eq!(camille.opens("/account").await.screen(), "S-SIGNIN-ID", "and nobody is signed in yet");
    camille.signs_in(CAMILLE, PASSWORD).await;
    assert_eq!(camille.shown.screen(), "S-PW-FORCED");
    assert_eq!(camille.opens(&authorize(&[("prompt", "none")])).await.answer()["error"], "login_required");
}

#[actix_web::test]
async fn j30_a_password_that_came_from_elsewhere_and_is_published_is_found_at_sign_in() {
    let house = house().await;
    let weak = "motdepasse123";
    let phc = house.tools.hasher.hash(Secret::from(weak), house.tools.entropy.as_ref()).await.unwrap().unwrap();
    house
        .changes::<Credential>(Credential::key_of(house.camille, Credential::PASSWORD), |credential| {
            credential.kind = CredentialKind::Password { phc, must_change: false };
        })
        .await;
    let mut camille = Walker::at_password(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("password", weak)]).await;
    assert_eq!(camille.shown.screen(), "S-PW-FORCED");
    assert!(camille.shown.html.contains("data-about=\"known\""));
    assert_eq!(camille.answers(&[("action", "save"), ("new_password", CHOSEN)]).await.screen(), "S-APP-CONSENT");
}

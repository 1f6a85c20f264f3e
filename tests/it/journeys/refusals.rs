//! Where a journey stops: S-BLOCKED, S-ERROR, stale forms, foreign forms.

use parvis::model::{Account, AccountState, Client, ClientState, Tenant, TenantState};

use super::{PASSWORD, house, rules};
use crate::harness::{House, Walker, authorize};

#[actix_web::test]
async fn an_archived_account_is_told_only_after_the_password_was_right() {
    let house = house().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await;
    let mut camille = Walker::new(&house);
    camille.opens(&authorize(&[])).await;
    assert_eq!(camille.signs_in("camille@courriel.test", "not the right one").await.errors(), ["E-BADCRED"]);
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!((camille.shown.status, camille.shown.screen(), camille.shown.errors()), (403, "S-BLOCKED", vec!["E-ARCHIVED"]));
    camille.answers(&[("action", "leave")]).await;
    assert_eq!(camille.shown.answer()["error"], "access_denied");
}

/// The error that is told, and what makes it so.
type Obstacle = (&'static str, fn(&mut Account), fn(&mut Tenant));

#[actix_web::test]
async fn every_obstacle_has_its_page_and_another_account_can_be_used() {
    let obstacles: [Obstacle; 2] = [
        ("E-LOCKED", |account| account.state = AccountState::Locked, |_| {}),
        ("E-TENANT-OFF", |_| {}, |tenant| tenant.state = TenantState::Disabled { reason: "unpaid".into() }),
    ];
    for (error, to_account, to_tenant) in obstacles {
        let house = house().await;
        house.changes::<Account>(Account::key_of(house.camille), to_account).await;
        rules(&house, to_tenant).await;
        let mut camille = Walker::signed_in(&house, &[]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec![error]));
        assert_eq!(camille.answers(&[("action", "other_account")]).await.screen(), "S-SIGNIN-ID");
    }
}

#[actix_web::test]
async fn an_application_that_is_switched_off_meanwhile_is_not_returned_to() {
    let house = house().await;
    let mut camille = Walker::new(&house);
    camille.opens(&authorize(&[])).await;
    house.changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| client.state = ClientState::Disabled).await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec!["E-APP-OFF"]));
    assert!(!camille.shown.html.contains("value=\"leave\""));
}

#[actix_web::test]
async fn m_027_an_unregistered_redirect_gets_a_page_and_never_a_redirect() {
    let house = house().await;
    for uri in ["https://evil.example/", "https://espace.example/retour/", "https://espace.example/retour?x=1", "https://espace.example.evil.example/retour"] {
        let mut camille = Walker::new(&house);
        camille.opens(&authorize(&[("redirect_uri", uri)])).await;
        assert_eq!((camille.shown.status, camille.shown.screen(), camille.shown.errors()), (400, "S-ERROR", vec!["E-OAUTH"]), "{uri}");
        assert!(camille.shown.left_to.is_none());
    }
}

#[actix_web::test]
async fn an_unknown_client_gets_a_page() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[("client_id", "personne")])).await;
    assert_eq!((camille.shown.status, camille.shown.screen()), (400, "S-ERROR"));
}

#[actix_web::test]
async fn the_page_says_what_is_wrong_with_which_parameter() {
    let house = house().await;
    for (name, value, french, english) in [
        ("redirect_uri", "", "est incomplète", "is incomplete"),
        ("client_id", "", "est incomplète", "is incomplete"),
        ("redirect_uri", "https://evil.example/", "n’est pas enregistrée ici", "is not registered here"),
        ("client_id", "personne", "n’est pas enregistrée ici", "is not registered here"),
        ("redirect_uri", "https://espace.example/\u{7}", "n’est pas valable", "is not valid"),
    ] {
        for (language, sentence, colon) in [("fr", french, "\u{a0}: "), ("en", english, ": ")] {
            let mut camille = Walker::new(&house).sending("accept-language", language);
            camille.opens(&authorize(&[(name, value)])).await;
            assert!(camille.shown.html.contains(&format!("{sentence}{colon}{name}.")), "{language}: {name}={value:?}");
        }
    }
    house.changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| client.state = ClientState::Disabled).await;
    let mut camille = Walker::new(&house);
    camille.opens(&authorize(&[])).await;
    assert!(camille.shown.html.contains("n’est pas valable\u{a0}: client_id."));
}

#[actix_web::test]
async fn without_cookies_a_page_says_so() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[])).await;
    let path = camille.shown.path.clone();
    camille.cookies.clear();
    camille.opens(&path).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (400, vec!["E-COOKIES"]));
}

#[actix_web::test]
async fn a_journey_is_nothing_in_another_browser() {
    let house = house().await;
    let mut camille = Walker::new(&house);
    camille.opens(&authorize(&[])).await;
    let mut thief = Walker::new(&house);
    thief.opens(&authorize(&[])).await;
    thief.opens(&camille.shown.path).await;
    assert_eq!((thief.shown.status, thief.shown.errors()), (410, vec!["E-TXN"]));
}

#[actix_web::test]
async fn a_form_without_its_token_changes_nothing() {
    let mut camille = Walker::at_password(&house().await, "camille@courriel.test").await;
    for csrf in ["", "AAAAAAAAAAAAAAAAAAAAAA"] {
        camille.answers(&[("action", "next"), ("password", PASSWORD), ("csrf", csrf)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec!["E-CSRF"]));
    }
    assert_eq!(camille.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn a_form_from_another_site_changes_nothing() {
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
        let mut camille = Walker::at_password(&house().await, "camille@courriel.test").await.sending(name, value);
        camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec!["E-CSRF"]), "{name}: {value}");
    }
    let mut camille = Walker::at_password(&house().await, "camille@courriel.test")
        .await
        .sending("origin", "https://id.aubepine.test")
        .sending("sec-fetch-site", "same-origin");
    assert_eq!(camille.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn the_token_of_one_screen_is_nothing_on_another() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[])).await;
    let csrf = camille.shown.hidden("csrf").unwrap();
    camille.answers(&[("action", "next"), ("identifier", "camille@courriel.test")]).await;
    camille.answers(&[("action", "next"), ("password", PASSWORD), ("csrf", &csrf)]).await;
    assert_eq!(camille.shown.status, 403);
}

#[actix_web::test]
async fn empty_repeated_and_unknown_answers_change_nothing() {
    let mut camille = Walker::at_password(&house().await, "camille@courriel.test").await;
    let password = camille.shown.path.clone();
    for fields in [vec![], vec![("action", "finish")], vec![("password", PASSWORD)], vec![("action", "next"), ("action", "next")]] {
        camille.opens(&password).await;
        camille.answers(&fields).await;
        assert_eq!(camille.opens(&password).await.screen(), "S-SIGNIN-PW", "{fields:?}");
    }
}

#[actix_web::test]
async fn a_malformed_address_is_told_and_kept() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[])).await;
    for (typed, error) in [("", "E-REQ"), ("camille@", "E-EMAIL"), ("camille@@courriel.test", "E-EMAIL"), ("a b@courriel.test", "E-EMAIL")] {
        camille.answers(&[("action", "next"), ("identifier", typed)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (422, vec![error]), "{typed}");
        assert!(camille.shown.html.contains(&format!("value=\"{typed}\"")) || typed.is_empty());
    }
}

#[actix_web::test]
async fn markup_that_is_typed_stays_text() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[("login_hint", "\"><script>alert(1)</script>")])).await;
    assert!(!camille.shown.html.contains("<script>alert"));
    camille.answers(&[("action", "next"), ("identifier", "<img src=x onerror=alert(1)>")]).await;
    assert!(!camille.shown.html.contains("<img src=x"));
}

#[actix_web::test]
async fn no_page_may_be_framed_stored_or_run_foreign_scripts() {
    let house: House = house().await;
    let request = actix_web::test::TestRequest::get().uri(&authorize(&[("client_id", "personne")]));
    let said = house.sends(request).await;
    let policy = said.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
    assert_eq!((said.header("cache-control"), said.header("referrer-policy")), (Some("no-store"), Some("no-referrer")));
    assert_eq!((said.header("x-content-type-options"), said.header("strict-transport-security").is_some()), (Some("nosniff"), true));
}

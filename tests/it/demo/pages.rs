//! The demonstration's own pages on the provider.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{
    App,
    http::{StatusCode, header},
    test::{self, TestRequest},
    web::Data,
};
use parvis::{
    boot::demo::Demo,
    model::MailName,
    outside::{Mailer as _, mail::Outgoing},
    pages::{MailPage, Pages, mail_sample, mail_sample_tenant},
    values::{Locale, Timestamp},
    web::{State, extract::TrustedProxies},
};
use serde_json::{Value, json};

use crate::logout::stage::tools;

macro_rules! provider {
    ($demo:ident, $moved:ident) => {{
        let tools = tools();
        let data = tempfile::tempdir().unwrap();
        $demo = Demo::prepare(&tools, data.path(), TcpListener::bind("127.0.0.1:0").unwrap()).await.unwrap();
        let moved = Arc::clone(&$moved);
        let routes = $demo.routes(Arc::new(move |seconds| {
            moved.fetch_add(seconds, Ordering::Relaxed);
        }));
        let state = Data::new(State { tools, counts: Arc::default(), proxies: TrustedProxies::default(), demo: true });
        test::init_service(App::new().app_data(state).configure(|provider| routes(provider)).configure(parvis::web::routes::configure)).await
    }};
}

async fn body(response: actix_web::dev::ServiceResponse) -> String {
    String::from_utf8(test::read_body(response).await.to_vec()).unwrap()
}

#[actix_web::test]
async fn the_front_page_lists_people_the_password_and_the_applications_in_both_languages() {
    let moved = Arc::new(AtomicU64::new(0));
    let demo;
    let provider = provider!(demo, moved);
    for (language, word) in [("fr", "Personnes"), ("en", "People")] {
        let response = test::call_service(&provider, TestRequest::get().uri("/").insert_header((header::ACCEPT_LANGUAGE, language)).to_request()).await;
        assert_eq!(response.status(), StatusCode::OK);
        let page = body(response).await;
        for said in
            ["Camille Éon", "camille@courriel.test", "ines@system.test", demo.fixtures().password.expose().as_str(), "http://espace-client.localhost:", word]
        {
            assert!(page.contains(said), "{said}");
        }
    }
    let chosen = test::call_service(&provider, TestRequest::get().uri("/?lang=en").insert_header((header::ACCEPT_LANGUAGE, "fr")).to_request()).await;
    assert!(chosen.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap().starts_with("__Host-lang=en"));
}

#[actix_web::test]
async fn the_mailbox_is_empty_while_nothing_is_sent_to_people() {
    let moved = Arc::new(AtomicU64::new(0));
    let demo;
    let provider = provider!(demo, moved);
    let page = test::call_service(&provider, TestRequest::get().uri("/_demo/mailbox").insert_header((header::ACCEPT_LANGUAGE, "fr")).to_request()).await;
    assert!(body(page).await.contains("Aucun message"));
    let listed: Value = test::call_and_read_body_json(&provider, TestRequest::get().uri("/_demo/outbox").to_request()).await;
    assert_eq!(listed, json!([]));
    drop(demo);
}

#[actix_web::test]
async fn the_mailbox_shows_what_would_have_been_sent_and_how_a_mail_reader_shows_it() {
    let moved = Arc::new(AtomicU64::new(0));
    let demo;
    let provider = provider!(demo, moved);
    let (sample, tenant) = (mail_sample(MailName::SignInCode), mail_sample_tenant());
    let (content, locale, until) = (&sample.content, Locale::Fr, Timestamp(1_767_604_500));
    let written = Pages::new().unwrap().mail(&MailPage { content, code: sample.code, link: sample.link, until, tenant: &tenant, locale }).unwrap();
    let (from, to) = ("parvis@aubepine.test".parse().unwrap(), "camille@courriel.test".parse().unwrap());
    demo.kept_mails().send(&Outgoing { id: "mail-1".to_owned(), at: until, from, reply_to: None, to, written }).await.unwrap();
    let ask = |path: &str| TestRequest::get().uri(path).insert_header((header::ACCEPT_LANGUAGE, "fr")).to_request();
    let page = body(test::call_service(&provider, ask("/_demo/mailbox")).await).await;
    assert!(page.contains("camille@courriel.test") && page.contains("Code de connexion 615 204") && page.contains("href=\"/_demo/mailbox/mail-1\""), "{page}");
    let listed: Value = test::call_and_read_body_json(&provider, ask("/_demo/outbox")).await;
    assert_eq!((&listed[0]["to"], &listed[0]["subject"]), (&json!("camille@courriel.test"), &json!("Code de connexion 615 204")));
    let mail = test::call_service(&provider, ask("/_demo/mailbox/mail-1")).await;
    assert!(mail.headers().get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap().contains("default-src 'none'"));
    assert!(body(mail).await.contains("<h1"));
    assert_eq!(test::call_service(&provider, ask("/_demo/mailbox/mail-2")).await.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn the_clock_moves_forward_and_only_forward() {
    let moved = Arc::new(AtomicU64::new(0));
    let demo;
    let provider = provider!(demo, moved);
    let ask = |advance: Value| TestRequest::post().uri("/_demo/clock").set_json(json!({ "advance": advance })).to_request();
    let answer = test::call_service(&provider, ask(json!("PT61S"))).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(moved.load(Ordering::Relaxed), 61);
    assert_eq!(test::call_service(&provider, ask(json!("-PT61S"))).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(test::call_service(&provider, ask(json!("soon"))).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let form = TestRequest::post().uri("/_demo/clock").set_form([("advance", "PT1S")]).to_request();
    assert!(test::call_service(&provider, form).await.status().is_client_error(), "a form of another site cannot move it");
    assert_eq!(moved.load(Ordering::Relaxed), 61);
    drop(demo);
}

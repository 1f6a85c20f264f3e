//! Terms of use over the API and from the command line.

use parvis::web::api::{Method as Verb, OPERATIONS};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{of, refused, tokens::Program, told};
use crate::boot::served::Served;

const ALL: &str = "/tenants/default/terms";

async fn with_document() -> Served {
    let served = Served::start(&[]);
    let document = json!({"id": "cgu", "names": {"fr": "Conditions", "en": "Terms"}});
    assert_eq!(told(served.api(Method::POST, ALL).json(&document)).await.0, StatusCode::CREATED);
    served
}

async fn sent(served: &Served, text: &str) -> Value {
    let (status, said) = told(served.api(Method::POST, &format!("{ALL}/cgu/texts")).header("content-type", "text/plain").body(text.to_owned())).await;
    assert_eq!(status, StatusCode::CREATED);
    said["hash"].clone()
}

#[tokio::test]
async fn a_version_is_published_of_texts_that_were_sent_and_nothing_half_sent_is() {
    let served = with_document().await;
    let versions = format!("{ALL}/cgu/versions");
    let hash = sent(&served, &"Une clause.\n\n".repeat(60_000)).await;
    assert_eq!(hash, sent(&served, &"Une clause.\r\n\r\n".repeat(60_000)).await, "line ends are those of the store");
    for (body, field) in [
        (json!({"texts": {}}), "texts"),
        (json!({"texts": {"fr": "nothing"}}), "texts"),
        (json!({"texts": {"fr": hash}, "grace_until": 1}), "grace_until"),
        (json!({"texts": {"fr": hash}, "reaccept_months": 0}), "reaccept_months"),
        (json!({"texts": {"fr": hash}, "effective_at": u32::MAX}), "effective_at"),
        (json!({"texts": {"fr": hash}, "summary": {"fr": "a\nb", "en": ""}}), "summary"),
    ] {
        assert_eq!(refused(served.api(Method::POST, &versions).json(&body)).await, of(422, "invalid", field), "{body}");
    }
    let (status, shown) = told(served.api(Method::POST, &versions).json(&json!({"texts": {"fr": hash}, "audience": "new"}))).await;
    assert_eq!((status, &shown["versions"][0]["number"], &shown["versions"][0]["audience"]), (StatusCode::CREATED, &json!(1), &json!("new")));
    let stale = served.api(Method::POST, &versions).header("if-match", "\"1\"").json(&json!({"texts": {"fr": hash}}));
    assert_eq!(refused(stale).await.0, 412);
    for text in ["", "  \n", "a\u{0}b", "a\u{202e}b"] {
        let reply = served.api(Method::POST, &format!("{ALL}/cgu/texts")).body(text.to_owned());
        assert_eq!(refused(reply).await, of(422, "invalid", "text"), "{text:?}");
    }
    let long = served.api(Method::POST, &format!("{ALL}/cgu/texts")).body("a".repeat(1024 * 1024 + 10));
    assert_eq!(refused(long).await.0, 400);
    let unknown = served.api(Method::POST, &format!("{ALL}/nothing/texts")).body("a");
    assert_eq!(refused(unknown).await, of(404, "not-found", ""));
}

#[tokio::test]
async fn documents_have_names_of_their_own_and_applications_that_exist() {
    let served = with_document().await;
    let names = json!({"fr": "Conditions", "en": "Terms"});
    for (body, expected) in [
        (json!({"id": "cgu", "names": names}), of(409, "taken", "id")),
        (json!({"id": "C G U", "names": names}), of(422, "invalid", "id")),
        (json!({"id": "app", "names": names, "client": "nothing"}), of(422, "invalid", "client")),
        (json!({"id": "app", "names": {"fr": "", "en": ""}}), of(422, "invalid", "names")),
    ] {
        assert_eq!(refused(served.api(Method::POST, ALL).json(&body)).await, expected, "{body}");
    }
    let (_, shown) = told(served.api(Method::PATCH, &format!("{ALL}/cgu")).json(&json!({"retired": true}))).await;
    assert_eq!(shown["retired"], json!(true));
}

#[tokio::test]
async fn the_command_line_publishes_imports_and_reports() {
    let served = Served::start(&[]);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    served.cli_json(&["account", "create", "--email", "camille@aubepine.test"]);
    served.cli_json(&["terms", "create", "cgu", "--name", "Conditions", "--name-en", "Terms"]);
    let (fr, en) = (file("fr.md", "# Objet\n\nTexte."), file("en.md", "# Subject\n\nText."));
    let shown =
        served.cli_json(&["terms", "publish", "cgu", "--fr", &fr, "--en", &en, "--summary", "Tout.", "--audience", "new", "--reaccept", "12", "--quiet"]);
    assert_eq!((&shown["versions"][0]["reaccept_months"], shown["versions"][0]["texts"].as_array().unwrap().len()), (&json!(12), 2));
    let known = file("known.csv", "# those of before\ncamille@aubepine.test,1,2020-01-01T00:00:00Z\n");
    for expected in [(1, 0), (0, 1)] {
        let taken = served.cli_json(&["terms", "import", "cgu", &known]);
        assert_eq!((taken["created"].as_u64().unwrap(), taken["unchanged"].as_u64().unwrap()), expected);
    }
    assert_eq!(served.cli_json(&["terms", "report", "cgu"])["versions"][0], json!({"number": 1, "shown": 0, "imported": 1}));
    assert_eq!(served.cli_json(&["terms", "accepted", "cgu"])[0]["accepted_at"], json!(1_577_836_800));
    assert_eq!(served.cli_json(&["terms", "retire", "cgu"])["retired"], json!(true));
    assert_eq!(served.cli_json(&["terms", "list"]).as_array().unwrap().len(), 1);
    let audit = served.cli_json(&["audit", "list"]).to_string();
    assert!(audit.contains("tou.published") && audit.contains("tou.accepted"), "{audit}");
}

#[tokio::test]
async fn an_administrator_of_another_organisation_sees_no_terms_here_and_reading_is_not_writing() {
    let served = with_document().await;
    served.cli_json(&["tenant", "create", "--slug", "morvan", "--name", "Ateliers Morvan"]);
    let elsewhere = Program::of(&served, "morvan", "terms.read terms.write").await;
    let reader = Program::of(&served, "default", "terms.read").await;
    let bodies = [
        ("/terms", json!({"id": "x", "names": {"fr": "x", "en": "x"}})),
        ("/versions", json!({"texts": {"fr": "x"}})),
        ("/acceptances", json!({"acceptances": []})),
        ("/{document}", json!({"retired": true})),
    ];
    let mine: Vec<_> = OPERATIONS.iter().filter(|operation| operation.path.starts_with("/tenants/{tenant}/terms")).collect();
    assert_eq!(mine.len(), 9);
    for operation in mine {
        let path = operation.path.replace("{tenant}", "default").replace("{document}", "cgu");
        let method = match operation.method {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Patch => Method::PATCH,
            Verb::Put | Verb::Delete => unreachable!(),
        };
        let body = bodies.iter().find(|(end, _)| operation.path.ends_with(end)).map(|(_, body)| body.clone());
        let asked = |program: &Program<'_>| {
            let request = program.asks(method.clone(), &path);
            if let (Some(body), true) = (&body, method != Method::GET) { request.json(body) } else { request }
        };
        assert_eq!(asked(&elsewhere).send().await.unwrap().status(), StatusCode::NOT_FOUND, "{method} {path}");
        let read = asked(&reader).send().await.unwrap().status();
        assert_eq!(read, if method == Method::GET { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{method} {path}");
    }
    assert_eq!(served.cli_json(&["terms", "show", "cgu"])["rev"], json!(1), "nothing was changed");
}

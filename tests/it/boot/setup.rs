//! S-SETUP: the first operator.

use std::collections::HashMap;

use reqwest::{Method, Response, StatusCode, header};
use serde_json::Value;

use super::served::{Served, http};

/// A browser at the set-up page.
struct Visitor<'a> {
    served: &'a Served,
    link: String,
    cookie: String,
    csrf: String,
}

impl<'a> Visitor<'a> {
    async fn opens(served: &'a Served, link: &str) -> Self {
        let reply = http().get(format!("{}{link}", served.url)).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        assert_eq!(reply.headers()["referrer-policy"], "no-referrer");
        let cookie = reply.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let page = reply.text().await.unwrap();
        assert!(page.contains("data-screen=\"S-SETUP\""));
        let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        Self { served, link: link.to_owned(), cookie, csrf }
    }

    async fn sends(&self, change: &[(&str, &str)]) -> Response {
        let mut form: HashMap<&str, &str> = [
            ("csrf", self.csrf.as_str()),
            ("action", "create"),
            ("identifier", "ines@aubepine.test"),
            ("given_name", "Ines"),
            ("family_name", "Marchand"),
            ("new_password", "une phrase assez longue"),
            ("tenant_name", "Cabinet Aubépine"),
        ]
        .into();
        form.extend(change.iter().copied());
        let origin = self.served.url.replace("127.0.0.1", "localhost");
        let url = format!("{}{}", self.served.url, self.link);
        http().post(url).header(header::COOKIE, &self.cookie).header(header::ORIGIN, origin).form(&form).send().await.unwrap()
    }
}

#[tokio::test]
async fn the_link_makes_one_operator_names_the_default_tenant_and_is_spent() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start_in(folder.path(), &[]);
    let link = served.setup_path().unwrap();
    let visitor = Visitor::opens(&served, &link).await;
    // Looking changes nothing: a mail scanner or a second look does no harm.
    Visitor::opens(&served, &link).await;
    assert_eq!(visitor.sends(&[]).await.status(), StatusCode::OK);
    assert_eq!(visitor.sends(&[("identifier", "sonia@aubepine.test")]).await.status(), StatusCode::GONE);
    let operators: Value = served.api(Method::GET, "/tenants/system/accounts").send().await.unwrap().json().await.unwrap();
    assert_eq!(operators["items"].as_array().unwrap().len(), 1);
    assert_eq!(operators["items"][0]["roles"], serde_json::json!(["operator"]));
    let default: Value = served.api(Method::GET, "/tenants/cabinet-aubepine").send().await.unwrap().json().await.unwrap();
    assert_eq!((default["names"]["fr"].as_str(), default["is_default"].as_bool()), (Some("Cabinet Aubépine"), Some(true)));
    let audit = served.cli_json(&["audit", "list", "--tenant", "system"]).to_string();
    assert!(audit.contains("role.assigned") && !audit.contains("une phrase"));
    served.stop();
    assert_eq!(Served::start_in(folder.path(), &[]).setup_path(), None, "there is an operator now");
}

#[tokio::test]
async fn each_start_makes_a_new_link_and_the_old_one_dies() {
    let folder = tempfile::tempdir().unwrap();
    let first = Served::start_in(folder.path(), &[]);
    let old = first.setup_path().unwrap();
    first.stop();
    let second = Served::start_in(folder.path(), &[]);
    assert_ne!(second.setup_path().unwrap(), old);
    assert_eq!(http().get(format!("{}{old}", second.url)).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    Visitor::opens(&second, &second.setup_path().unwrap()).await;
}

#[tokio::test]
async fn what_is_wrong_with_the_form_is_said_and_nothing_is_made() {
    let served = Served::start(&[]);
    let visitor = Visitor::opens(&served, &served.setup_path().unwrap()).await;
    for (change, complaint) in [
        (("identifier", ""), "E-REQ"),
        (("identifier", "ines@aubepine"), "E-EMAIL"),
        (("new_password", "trop court"), "E-PW-SHORT"),
        (("new_password", "Marchand de 2026"), "E-PW-SELF"),
        (("tenant_name", " "), "E-REQ"),
    ] {
        let reply = visitor.sends(&[change]).await;
        assert_eq!(reply.status(), StatusCode::UNPROCESSABLE_ENTITY, "{change:?}");
        let page = reply.text().await.unwrap();
        assert!(page.contains(&format!("data-error=\"{complaint}\"")), "{change:?}");
        assert!(!page.contains(change.1) || change.0 != "new_password", "a password is never shown again");
    }
    let forged = visitor.sends(&[("csrf", "nothing")]).await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let operators: Value = served.api(Method::GET, "/tenants/system/accounts").send().await.unwrap().json().await.unwrap();
    assert_eq!(operators["items"], serde_json::json!([]));
}

//! Making, seeing and changing, and what is refused.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{of, refused, told};
use crate::boot::served::{Served, http};

fn client(change: &Value) -> Value {
    let mut client = json!({
        "names": {"fr": "Espace", "en": "Space"}, "kind": "web", "redirect_uris": ["https://espace.test/retour"], "auth_method": "client_secret_basic", "scopes": ["openid"]
    });
    client.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    json!({ "client": client })
}

#[tokio::test]
async fn a_change_names_what_it_saw() {
    let served = Served::start(&[]);
    let made = served.api(Method::POST, "/tenants/default/clients").json(&client(&json!({})));
    let (status, made) = told(made).await;
    assert_eq!(status, StatusCode::CREATED);
    let path = format!("/tenants/default/clients/{}", made["client_id"].as_str().unwrap());
    let change = |rev: &str, body: Value| served.api(Method::PATCH, &path).header("if-match", rev).json(&body);
    let (status, changed) = told(change("\"1\"", json!({"home_url": "https://espace.test"}))).await;
    assert_eq!((status, &changed["rev"]), (StatusCode::OK, &json!(2)));
    assert_eq!(refused(change("\"1\"", json!({"home_url": null}))).await, of(412, "stale", ""));
    let shown = served.api(Method::GET, &path).send().await.unwrap();
    assert_eq!(shown.headers()["etag"], "\"2\"");
    let (_, removed) = told(change("\"2\"", json!({"home_url": null}))).await;
    assert_eq!(removed["home_url"], Value::Null);
}

#[tokio::test]
async fn what_is_wrong_with_a_client_is_said_by_its_member() {
    let served = Served::start(&[]);
    for (change, field) in [
        (json!({"redirect_uris": ["http://espace.test/retour"]}), "redirect_uris"),
        (json!({"redirect_uris": ["https://espace.test/retour#x"]}), "redirect_uris"),
        (json!({"redirect_uris": ["https://*.espace.test/"]}), "redirect_uris"),
        (json!({"redirect_uris": ["javascript:alert(1)"]}), "redirect_uris"),
        (json!({"redirect_uris": ["monapp:/retour"]}), "redirect_uris"),
        (json!({"redirect_uris": []}), "redirect_uris"),
        (json!({"kind": "browser"}), "auth_method"),
        (json!({"kind": "service"}), "redirect_uris"),
        (json!({"kind": "service", "grant_types": ["authorization_code"]}), "grant_types"),
        (json!({"auth_method": "none", "pkce": "waived"}), "pkce"),
        (json!({"auth_method": "none", "grant_types": ["authorization_code", "client_credentials"]}), "grant_types"),
        (json!({"auth_method": "private_key_jwt"}), "jwks"),
        (json!({"auth_method": "private_key_jwt", "jwks": {"keys": [{"kty": "EC", "d": "x"}]}}), "jwks"),
        (json!({"scopes": ["invoice.read"]}), "scopes"),
        (json!({"names": {"fr": "", "en": "Space"}}), "names"),
        (json!({"backchannel_logout_uri": "http://espace.test/out"}), "backchannel_logout_uri"),
    ] {
        let asked = served.api(Method::POST, "/tenants/default/clients").json(&client(&change));
        assert_eq!(refused(asked).await, of(422, "invalid", field), "{change}");
    }
    for change in [json!({"publisher_verified": true}), json!({"state": "active"}), json!({"tenant": "x"}), json!({"kind": "fridge"})] {
        let asked = served.api(Method::POST, "/tenants/default/clients").json(&client(&change));
        assert_eq!(refused(asked).await, of(400, "malformed", ""), "{change}");
    }
}

#[tokio::test]
async fn addresses_logins_and_numbers_are_unique_in_a_home_archived_people_included() {
    let served = Served::start(&[]);
    let creates = |account: Value| served.api(Method::POST, "/tenants/personal/accounts").json(&json!({ "account": account }));
    let whole = json!({"email": "camille@courriel.test", "login": "camille", "phone": "+33 6 12 34 56 78"});
    let (status, made) = told(creates(whole)).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(made["phone"], "+33612345678");
    told(served.api(Method::POST, &format!("/tenants/personal/accounts/{}/archive", made["id"].as_str().unwrap()))).await;
    assert_eq!(refused(creates(json!({"email": "CAMILLE@courriel.test"}))).await, of(409, "taken", "email"));
    assert_eq!(refused(creates(json!({"login": "Camille"}))).await, of(409, "taken", "login"));
    assert_eq!(refused(creates(json!({"email": "a@courriel.test", "phone": "+33612345678"}))).await, of(409, "taken", "phone"));
    let elsewhere = served.api(Method::POST, "/tenants/default/accounts").json(&json!({"account": {"email": "camille@courriel.test"}}));
    assert_eq!(told(elsewhere).await.0, StatusCode::CREATED, "another home is another person");
}

#[tokio::test]
async fn what_only_a_proof_may_say_cannot_be_written() {
    let served = Served::start(&[]);
    for member in ["email_verified", "verified_at", "roles", "state", "id"] {
        let asked = served.api(Method::POST, "/tenants/personal/accounts").json(&json!({"account": {"email": "camille@courriel.test", member: true}}));
        assert_eq!(refused(asked).await, of(400, "malformed", ""), "{member}");
    }
    let weak = |password: &str| {
        let body = json!({"account": {"email": "camille@courriel.test", "profile": {"given_name": "Camille"}}, "password": password});
        served.api(Method::POST, "/tenants/personal/accounts").json(&body)
    };
    assert_eq!(refused(weak("trop court")).await, of(422, "invalid", "password"));
    assert_eq!(refused(weak("Camille de Nantes")).await, of(422, "invalid", "password"));
    let operator = json!({"account": {"email": "camille@courriel.test"}, "roles": ["operator"]});
    assert_eq!(refused(served.api(Method::POST, "/tenants/personal/accounts").json(&operator)).await, of(422, "invalid", "roles"));
}

#[tokio::test]
async fn tenants_are_not_called_like_our_own_addresses() {
    let served = Served::start(&[]);
    for slug in parvis::values::OWN_SEGMENTS.iter().chain(&["Morvan", "-morvan", "mor van", "018f3c7e-0000-7000-8000-000000000000"]) {
        let asked = served.api(Method::POST, "/tenants").json(&json!({"slug": slug, "names": {"fr": "Morvan", "en": "Morvan"}}));
        assert_eq!(refused(asked).await, of(422, "invalid", "slug"), "{slug}");
    }
    let again = served.api(Method::POST, "/tenants").json(&json!({"slug": "personal", "names": {"fr": "Morvan", "en": "Morvan"}}));
    assert_eq!(refused(again).await, of(409, "taken", "slug"));
    let faint = served.api(Method::PATCH, "/tenants/default").json(&json!({"brand": {"accent": "#ffee88"}}));
    assert_eq!(refused(faint).await, of(422, "invalid", "brand.accent"));
    assert_eq!(refused(served.api(Method::POST, "/tenants/system/disable").json(&json!({"reason": "x"}))).await, of(409, "impossible", ""));
}

#[tokio::test]
async fn the_secret_of_a_captcha_is_sealed_never_shown_and_said_again_for_another_address() {
    const SECRET: &str = "known to both alone";
    let served = Served::start(&[]);
    let change = |captcha: Value| served.api(Method::PATCH, "/tenants/default/settings").json(&json!({ "captcha": captcha }));
    let whole = json!({
        "verify_url": "https://captcha.example/siteverify", "script_url": "https://captcha.example/api.js", "widget": "h-captcha",
        "site_key": "aubepine", "secret": SECRET, "origins": ["https://frames.captcha.example"]
    });
    let without = |member: &str| {
        let mut captcha = whole.clone();
        captcha.as_object_mut().unwrap().remove(member);
        captcha
    };
    for member in ["verify_url", "script_url", "widget", "site_key"] {
        assert_eq!(refused(change(without(member))).await, of(400, "malformed", ""), "{member}");
    }
    assert_eq!(refused(change(without("secret"))).await, of(422, "invalid", "captcha.secret"));
    let (status, _) = told(change(whole.clone())).await;
    assert_eq!(status, StatusCode::OK);
    for (patch, field) in [
        (json!({"verify_url": "https://elsewhere.example/siteverify"}), "captcha.secret"),
        (json!({"verify_url": "http://captcha.example/siteverify"}), "captcha.verify_url"),
        (json!({"script_url": "javascript:alert(1)"}), "captcha.script_url"),
        (json!({"site_key": ""}), "captcha.site_key"),
        (json!({"secret": ""}), "captcha.secret"),
        (json!({"secret": 7}), "captcha.secret"),
        (json!({"origins": ["https://captcha.example; script-src *"]}), "captcha.origins"),
        (json!({"origins": ["https://captcha.example/path"]}), "captcha.origins"),
    ] {
        assert_eq!(refused(change(patch.clone())).await, of(422, "invalid", field), "{patch}");
    }
    let (status, shown) = told(change(json!({"site_key": "aubepine-2"}))).await;
    assert_eq!((status, &shown["captcha"]["site_key"]), (StatusCode::OK, &json!("aubepine-2")));
    assert!(shown["captcha"].get("secret").is_none(), "{shown}");
    let (_, shown) = told(served.api(Method::GET, "/tenants/default/settings")).await;
    assert!(shown["captcha"].get("secret").is_none() && shown["captcha"]["verify_url"] == "https://captcha.example/siteverify", "{shown}");
    let (_, events) = told(served.api(Method::GET, "/tenants/default/audit")).await;
    assert!(!events.to_string().contains(SECRET));
    let (status, shown) = told(change(Value::Null)).await;
    assert_eq!((status, shown["captcha"].is_null()), (StatusCode::OK, true));
}

#[tokio::test]
async fn settings_stay_within_reason() {
    let served = Served::start(&[]);
    let change = |body: Value| served.api(Method::PATCH, "/tenants/default/settings").json(&body);
    assert_eq!(refused(change(json!({"password_min": 4}))).await, of(422, "invalid", "password_min"));
    assert_eq!(refused(change(json!({"session_idle": 864_000, "session_max": 86_400}))).await, of(422, "invalid", "session_idle"));
    assert_eq!(refused(change(json!({"session_idl": 60}))).await, of(400, "malformed", ""));
    assert_eq!(refused(change(json!({"sign_up": "everybody"}))).await, of(400, "malformed", ""));
    assert_eq!(told(change(json!({"sign_up": "domains"}))).await.1["sign_up"], "domains");
    assert_eq!(told(change(json!({"sign_up": null}))).await.1["sign_up"], "closed", "nobody, unless an organisation says otherwise");
    // M-009
    assert_eq!(refused(change(json!({"mail_code_digits": 4}))).await, of(422, "invalid", "mail_code_tries"));
    assert_eq!(told(change(json!({"mail_code_digits": 4, "mail_code_tries": 3}))).await.1["mail_code_digits"], 4);
    assert_eq!(told(change(json!({"stay": true, "refresh_retry": 0}))).await.1["stay"], true);
    assert_eq!(told(change(json!({"refresh_retry": null}))).await.1["refresh_retry"], 30, "null brings the default back");
}

#[tokio::test]
async fn what_is_of_another_tenant_is_not_found() {
    let served = Served::start(&[]);
    let (_, made) = told(served.api(Method::POST, "/tenants/default/clients").json(&client(&json!({})))).await;
    let id = made["client_id"].as_str().unwrap();
    assert_eq!(refused(served.api(Method::GET, &format!("/tenants/personal/clients/{id}"))).await, of(404, "not-found", ""));
    let (_, person) = told(served.api(Method::POST, "/tenants/default/accounts").json(&json!({"account": {"login": "nadia"}}))).await;
    let id = person["id"].as_str().unwrap();
    assert_eq!(refused(served.api(Method::POST, &format!("/tenants/personal/accounts/{id}/archive"))).await, of(404, "not-found", ""));
}

#[tokio::test]
async fn lists_come_in_parts() {
    let served = Served::start(&[]);
    for name in 0..5 {
        told(served.api(Method::POST, "/tenants/personal/accounts").json(&json!({"account": {"login": format!("n{name}")}}))).await;
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let (_, part) = told(served.api(Method::GET, &format!("/tenants/personal/accounts?limit=2{after}"))).await;
        seen.extend(part["items"].as_array().unwrap().iter().map(|item| item["login"].as_str().unwrap().to_owned()));
        match part["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    seen.sort();
    assert_eq!(seen, ["n0", "n1", "n2", "n3", "n4"]);
    assert_eq!(refused(served.api(Method::GET, "/tenants/personal/accounts?after=%21")).await, of(422, "invalid", "after"));
    assert_eq!(refused(served.api(Method::GET, "/tenants/personal/accounts?page=2")).await, of(400, "malformed", ""));
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused_before_anything_else() {
    let served = Served::start(&[]);
    let at = |method| served.api(method, "/tenants");
    assert_eq!(refused(at(Method::POST).body("{}")).await, of(400, "malformed", ""), "no content type");
    let json = |body: String| at(Method::POST).header("content-type", "application/json").body(body);
    assert_eq!(refused(json("{".to_owned())).await, of(400, "malformed", ""));
    assert_eq!(refused(json("[".repeat(100))).await, of(400, "malformed", ""), "too deep");
    assert_eq!(refused(json(format!("\"{}\"", "x".repeat(70_000)))).await, of(400, "malformed", ""), "too long");
    assert_eq!(refused(at(Method::DELETE)).await, of(405, "method-not-allowed", ""));
    assert_eq!(refused(served.api(Method::GET, "/nothing")).await, of(404, "not-found", ""));
    for token in ["", "Bearer", "Bearer nothing", "Basic bm9ib2R5"] {
        let asked = http().get(format!("{}/api/v1/tenants", served.url)).header("authorization", token);
        assert_eq!(refused(asked).await, of(401, "unauthorized", ""), "{token}");
    }
}

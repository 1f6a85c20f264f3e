//! Access tokens for the administration API: a token counts for its scopes, in its tenant, and for this API alone.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::boot::served::{Served, http};

/// A client of a tenant that administers by itself.
pub(super) struct Program<'a> {
    served: &'a Served,
    token: String,
}

impl<'a> Program<'a> {
    pub(super) async fn of(served: &'a Served, tenant: &str, scopes: &str) -> Self {
        let made = served.cli_json(&["client", "create", "--tenant", tenant, "--name", "Robot", "--kind", "service", "--scope", scopes]);
        let id = made["client_id"].as_str().unwrap();
        let shown = served.cli_json(&["tenant", "show", tenant]);
        let url = format!("{}/{}/oauth2/v2.0/token", served.url, shown["id"].as_str().unwrap());
        let form = [("grant_type", "client_credentials"), ("scope", scopes)];
        let reply = http().post(url).basic_auth(id, made["client_secret"].as_str()).form(&form).send().await.unwrap();
        let answer: Value = reply.json().await.unwrap();
        Self { served, token: answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned() }
    }

    pub(super) fn asks(&self, method: Method, path: &str) -> RequestBuilder {
        http().request(method, format!("{}/api/v1{path}", self.served.url)).bearer_auth(&self.token)
    }

    async fn gets(&self, path: &str) -> (u16, Value) {
        answer(self.asks(Method::GET, path)).await
    }
}

async fn answer(request: RequestBuilder) -> (u16, Value) {
    let reply = request.send().await.unwrap();
    (reply.status().as_u16(), reply.json().await.unwrap())
}

#[tokio::test]
async fn a_token_allows_its_scopes_in_its_tenant() {
    let served = Served::start(&[]);
    served.cli_json(&["tenant", "create", "--slug", "morvan", "--name", "Ateliers Morvan"]);
    let program = Program::of(&served, "morvan", "account.read client.write").await;
    assert_eq!(program.gets("/tenants/morvan/accounts").await.0, 200);
    let (status, problem) = program.gets("/tenants/morvan/clients").await;
    assert_eq!((status, problem["scope"].as_str()), (403, Some("client.read")));
    let there = program.gets("/tenants/default/accounts").await;
    let nowhere = program.gets("/tenants/nothing/accounts").await;
    assert_eq!(there.0, 404);
    assert_eq!(there, nowhere, "another tenant looks like none");
    assert_eq!(program.gets("/tenants").await.0, 403);
    assert_eq!(answer(program.asks(Method::POST, "/backup")).await.0, 403);
    assert_eq!(program.gets("/audit/verify").await.0, 403);
}

#[tokio::test]
async fn nobody_hands_out_more_than_they_have() {
    let served = Served::start(&[]);
    let program = Program::of(&served, "default", "client.write account.write").await;
    let service =
        |scope: &str| json!({"client": {"names": {"fr": "R", "en": "R"}, "kind": "service", "auth_method": "client_secret_basic", "scopes": [scope]}});
    let creates = |scope: &str| program.asks(Method::POST, "/tenants/default/clients").json(&service(scope));
    assert_eq!(creates("client.write").send().await.unwrap().status(), StatusCode::CREATED);
    assert_eq!(creates("tenant.write").send().await.unwrap().status(), StatusCode::FORBIDDEN);
    // Nor take over what has more: its secret would open everything it may.
    let mighty = served.cli_json(&["client", "create", "--name", "Mighty", "--kind", "service", "--scope", "tenant.write"]);
    let path = format!("/tenants/default/clients/{}/secrets", mighty["client_id"].as_str().unwrap());
    assert_eq!(program.asks(Method::POST, &path).json(&json!({})).send().await.unwrap().status(), StatusCode::FORBIDDEN);
    // Nor give roles, nor set the password of somebody who has one.
    served.cli_json(&["account", "create", "--email", "nadia@morvan.test", "--role", "global_administrator"]);
    let password = program.asks(Method::PUT, "/tenants/default/accounts/nadia@morvan.test/password").json(&json!({"password": "une phrase assez longue"}));
    assert_eq!(password.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let with_role = json!({"account": {"email": "luc@morvan.test"}, "roles": ["global_administrator"]});
    assert_eq!(program.asks(Method::POST, "/tenants/default/accounts").json(&with_role).send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let without = json!({"account": {"email": "luc@morvan.test"}});
    assert_eq!(program.asks(Method::POST, "/tenants/default/accounts").json(&without).send().await.unwrap().status(), StatusCode::CREATED);
    // Nor vouch for publishers.
    let made = served.cli_json(&[
        "client",
        "create",
        "--name",
        "Espace",
        "--redirect-uri",
        "https://espace.test",
        "--publisher-name",
        "Aubépine",
        "--publisher-domain",
        "aubepine.test",
    ]);
    let path = format!("/tenants/default/clients/{}/publisher/verified", made["client_id"].as_str().unwrap());
    assert_eq!(program.asks(Method::PUT, &path).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_client_of_the_tenant_system_has_an_operators_reach_within_its_scopes() {
    let served = Served::start(&[]);
    let program = Program::of(&served, "system", "tenant.read account.read").await;
    assert_eq!(program.gets("/tenants").await.0, 200);
    assert_eq!(program.gets("/tenants/personal/accounts").await.0, 200);
    assert_eq!(program.gets("/tenants/personal/clients").await.0, 403);
}

#[tokio::test]
async fn a_token_for_another_api_opens_nothing() {
    let served = Served::start(&[]);
    served.cli_json(&["api", "create", "--identifier", "https://factures.test", "--name", "Factures", "--scope", "invoice.read=Lire vos factures"]);
    let program = Program::of(&served, "default", "invoice.read").await;
    assert_eq!(program.gets("/tenants/default/accounts").await.0, 401);
    let admin = Program::of(&served, "default", "account.read").await;
    let forged = format!("{}x", admin.token);
    assert_eq!(answer(http().get(format!("{}/api/v1/tenants/default/accounts", served.url)).bearer_auth(forged)).await.0, 401);
}

#[tokio::test]
async fn what_a_program_does_is_recorded_under_its_name() {
    let served = Served::start(&[]);
    let program = Program::of(&served, "default", "account.write").await;
    program.asks(Method::POST, "/tenants/default/accounts").json(&json!({"account": {"login": "nadia"}})).send().await.unwrap();
    let events = served.cli_json(&["audit", "list"]);
    let made = events.as_array().unwrap().iter().find(|event| event["event"]["event"] == "account.created").unwrap();
    assert_eq!(made["event"]["actor"]["kind"], "client");
    assert_eq!(made["event"]["ip"], "127.0.0.1");
    assert!(made["event"]["correlation"].is_string());
}

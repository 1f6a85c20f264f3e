//! Another organisation's administrator, at every address of the administration: the pages by the list of routes, the API by its table of operations, so that
//! an address that is added is tried, too. Nothing is said about what is there, and nothing is changed.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use parvis::{
    crypto::Purpose,
    model::{Client, Role, Subject},
    policy::admin::Right,
    service::admin::{By, apis, audit},
    storage::Paging,
    values::{BrowserId, TenantId},
    web::{
        api::{Method, OPERATIONS},
        guard,
    },
};
use serde_json::{Value, json};

use super::{camille, etude};
use crate::harness::{House, Said, Walker};

const ROUTES: &str = include_str!("../../../src/web/routes.rs");
const NOBODY: &str = "018f3c7e-0000-7000-8000-00000000dead";

/// Every address of the consoles that names an organisation.
fn pages() -> BTreeSet<&'static str> {
    let strings = ROUTES.split('"').skip(1).step_by(2);
    strings.filter(|text| text.starts_with("/admin/{tenant}") || text.starts_with("/support/{tenant}")).collect()
}

/// With a name for each place in braces.
fn filled(pattern: &str, tenant: &str, id: &str) -> Vec<String> {
    let filled = pattern.replace("{tenant}", tenant);
    if filled.contains("{act}") {
        let acts = ["archive", "restore", "lock", "unlock", "sign-out", "nonsense"];
        return acts.iter().flat_map(|act| named(&filled.replace("{act}", act), id)).collect();
    }
    named(&filled, id)
}

/// Whatever else is in braces is called by this id.
fn named(path: &str, id: &str) -> Vec<String> {
    let mut left = path.to_owned();
    while let (Some(from), Some(to)) = (left.find('{'), left.find('}')) {
        left.replace_range(from..=to, id);
    }
    vec![left]
}

/// What an organisation holds, as far as a stranger could have changed it.
async fn held(house: &House, tenant: TenantId) -> String {
    let reads = house.tools.reads();
    let accounts = reads.accounts(tenant, Paging::first(100)).await.unwrap();
    let clients = reads.clients(tenant, Paging::first(100)).await.unwrap();
    let events = reads.audit_of(tenant, Paging::first(500)).await.unwrap().len();
    let own = reads.tenant(tenant).await.unwrap().unwrap();
    let versions: Vec<u64> =
        accounts.iter().map(parvis::storage::Loaded::version).chain(clients.iter().map(parvis::storage::Loaded::version)).chain([own.version()]).collect();
    format!("{accounts:?} {clients:?} {versions:?} {events}")
}

/// What the pages say, but for what is of this request alone.
fn said(walker: &Walker) -> (u16, Vec<String>, String) {
    (walker.shown.status, walker.shown.errors().into_iter().map(str::to_owned).collect(), walker.shown.left_to.clone().unwrap_or_default())
}

#[actix_web::test]
async fn no_page_of_another_organisation_opens_or_does_anything_whatever_its_id() {
    let (house, mut walker) = camille(&[Role::GlobalAdministrator]).await;
    let (tenant, pauline) = etude(&house).await;
    let before = held(&house, tenant).await;
    let browser = BrowserId(house.tools.sealer.digest(Purpose::DeviceCookie, &walker.cookies["__Host-device"]).text());
    let pages = pages();
    assert!(pages.len() >= 6, "{pages:?}");
    for pattern in pages {
        for name in ["etude", &tenant.to_string()] {
            for id in [pauline.id.to_string(), NOBODY.to_owned()] {
                for path in filled(pattern, name, &id) {
                    walker.opens(&path).await;
                    assert_eq!(said(&walker), (403, vec!["E-NO-ROLE".to_owned()], String::new()), "GET {path}");
                    let csrf = guard::form_token(&house.tools, &browser, &path);
                    for action in ["roles", "export_csv"] {
                        let fields = [("csrf", csrf.as_str()), ("action", action), ("email", "x@etude.test"), ("role", "auditor"), ("version", "1")];
                        walker.posts(&path, &fields.map(|(name, value)| (name.to_owned(), value.to_owned()))).await;
                        // Where there is no form, nothing is posted.
                        let is_refused = said(&walker) == (403, vec!["E-NO-ROLE".to_owned()], String::new()) || [404, 405].contains(&walker.shown.status);
                        assert!(is_refused, "POST {path} {action}: {:?}", said(&walker));
                    }
                }
            }
        }
    }
    assert_eq!(held(&house, tenant).await, before);
}

#[actix_web::test]
async fn an_account_of_another_organisation_does_not_exist_in_ones_own_console() {
    let (house, mut walker) = camille(&[Role::GlobalAdministrator]).await;
    let (tenant, pauline) = etude(&house).await;
    let before = held(&house, tenant).await;
    let browser = BrowserId(house.tools.sealer.digest(Purpose::DeviceCookie, &walker.cookies["__Host-device"]).text());
    for pattern in pages().into_iter().filter(|pattern| pattern.contains("{account}")) {
        let mut answers = Vec::new();
        for id in [pauline.id.to_string(), NOBODY.to_owned(), "pauline@etude.test".to_owned()] {
            let mut of_id = Vec::new();
            for path in filled(pattern, "aubepine", &id) {
                walker.opens(&path).await;
                of_id.push(said(&walker));
                let csrf = guard::form_token(&house.tools, &browser, &path);
                for action in ["save", "roles", "archive"] {
                    let fields = [("csrf", csrf.as_str()), ("action", action), ("email", "x@etude.test"), ("version", "1")];
                    walker.posts(&path, &fields.map(|(name, value)| (name.to_owned(), value.to_owned()))).await;
                    of_id.push(said(&walker));
                }
            }
            assert!(of_id.iter().all(|(status, ..)| *status == 404), "{pattern} {id}: {of_id:?}");
            answers.push(of_id);
        }
        assert_eq!(answers[0], answers[1], "{pattern}");
        assert_eq!(answers[0], answers[2], "{pattern}");
    }
    assert_eq!(held(&house, tenant).await, before);
}

/// An access token of the default organisation for the administration API with every scope, on behalf of somebody.
async fn token(house: &House, subject: Subject) -> String {
    let api = apis::built_in(house.tenant, &house.tools.public_url, house.tools.now());
    let identifier = api.identifier.clone();
    if house.tools.reads().api(house.tenant, &identifier).await.unwrap().is_none() {
        house.keeps(&api).await;
    }
    let scopes: String = Right::ALL.iter().map(|right| right.scope()).collect::<Vec<_>>().join(" ");
    let all = format!("openid {scopes}");
    let client: Client = house
        .registers(|client| {
            client.id = "outil".into();
            client.scopes = all.parse().unwrap();
        })
        .await;
    let code = house
        .code(&client, &all, |code| {
            code.request.api = Some(identifier);
            code.authentication.subject = subject;
        })
        .await;
    house.redeems(&client.id, &code).await.unwrap().access_token.expose().clone()
}

async fn asks(house: &House, token: &str, method: Method, path: &str, body: &Value) -> Said {
    let request = match method {
        Method::Get => TestRequest::get(),
        Method::Post => TestRequest::post(),
        Method::Patch => TestRequest::patch(),
        Method::Put => TestRequest::put(),
        Method::Delete => TestRequest::delete(),
    };
    let request = request.uri(&format!("/api/v1{path}")).insert_header(("authorization", format!("Bearer {token}")));
    house.sends(if matches!(method, Method::Get | Method::Delete) { request } else { request.set_json(body) }).await
}

/// Bodies that the operations take: each is right for some of them.
fn bodies() -> Vec<Value> {
    let client = json!({ "names": {"fr": "X", "en": "X"}, "kind": "web", "redirect_uris": ["https://x.test/"], "auth_method": "client_secret_basic", "scopes": ["openid"] });
    vec![
        json!({}),
        json!({ "account": { "email": "x@etude.test" }, "password": "une phrase assez longue" }),
        json!({ "roles": ["auditor"] }),
        json!({ "password": "une phrase assez longue" }),
        json!({ "reason": "because" }),
        json!({ "client": client }),
        json!({ "identifier": "https://x.test", "names": {"fr": "X", "en": "X"}, "scopes": [] }),
        json!({ "identifier": "https://x.test", "api": { "names": {"fr": "X", "en": "X"}, "scopes": [] } }),
        json!({ "to": "x@etude.test", "locale": "fr" }),
        json!({ "address": "x@etude.test" }),
        json!({ "issuer": "root", "algorithm": "ES256" }),
        json!({ "email": "x@etude.test" }),
        json!({ "id": "x", "names": {"fr": "X", "en": "X"} }),
        json!({ "texts": { "fr": "x" } }),
        json!({ "acceptances": [] }),
        json!({ "client_id": "x", "webhook": { "url": "https://x.test/", "events": ["account.deleted"] } }),
        json!({ "url": "https://x.test/", "events": ["account.deleted"] }),
    ]
}

#[actix_web::test]
async fn no_operation_of_the_api_sees_another_organisation_or_does_anything_there() {
    let (house, _) = camille(&[Role::GlobalAdministrator]).await;
    let (tenant, pauline) = etude(&house).await;
    let token = token(&house, house.camille).await;
    assert_eq!(asks(&house, &token, Method::Get, "/tenants/aubepine", &json!({})).await.status.as_u16(), 200, "the token is good at home");
    let before = held(&house, tenant).await;
    let mut reached = BTreeSet::new();
    for operation in OPERATIONS.iter().filter(|operation| operation.path.contains("{tenant}")) {
        // What is read or taken away has no body, and what names nothing but the organisation no id.
        let bodies = if matches!(operation.method, Method::Get | Method::Delete) { vec![json!({})] } else { bodies() };
        let ids = if operation.path.matches('{').count() > 1 { vec![pauline.id.to_string(), NOBODY.to_owned()] } else { vec![NOBODY.to_owned()] };
        for id in ids {
            for body in &bodies {
                let mut answers = Vec::new();
                for name in [tenant.to_string(), "nowhere".to_owned()] {
                    let path = named(&operation.path.replace("{tenant}", &name), &id).remove(0);
                    let said = asks(&house, &token, operation.method, &path, body).await;
                    let status = said.status.as_u16();
                    assert!([400, 404].contains(&status), "{:?} {path} {body}: {status} {}", operation.method, said.body);
                    if status == 404 {
                        reached.insert((operation.path, format!("{:?}", operation.method)));
                    }
                    answers.push((status, said.body));
                }
                assert!(answers.iter().all(|answer| *answer == answers[0]), "{}: {answers:?}", operation.path);
                // A body that was understood came as far as the question who asks; others come no further.
                if answers[0].0 == 404 {
                    break;
                }
            }
        }
    }
    let all: BTreeSet<_> = OPERATIONS.iter().filter(|o| o.path.contains("{tenant}")).map(|o| (o.path, format!("{:?}", o.method))).collect();
    let unreached: Vec<_> = all.difference(&reached).collect();
    assert!(unreached.is_empty(), "no body here is right for {unreached:?}");
    // What is above all organisations is for operators.
    for operation in OPERATIONS.iter().filter(|operation| !operation.path.contains("{tenant}") && operation.path != "/openapi.json") {
        for body in bodies() {
            let status = asks(&house, &token, operation.method, operation.path, &body).await.status.as_u16();
            assert!([400, 403].contains(&status), "{:?} {}: {status}", operation.method, operation.path);
        }
    }
    assert_eq!(held(&house, tenant).await, before);
}

#[actix_web::test]
async fn the_events_of_a_person_in_another_organisation_are_not_found_by_their_id() {
    let (house, _) = camille(&[Role::GlobalAdministrator]).await;
    let (tenant, pauline) = etude(&house).await;
    let now = house.tools.now();
    let mut batch = parvis::storage::Batch::new(now);
    let event = parvis::model::AuditEvent::new(parvis::model::EventName::AccountUpdated, tenant, parvis::model::Actor::person(pauline), now);
    batch.audit(&event.on("account", house.camille.id)).unwrap();
    house.tools.store.commit(batch).await.unwrap();
    for id in [pauline.id, house.camille.id] {
        let asked = audit::EventsAsked { person: Some(id.to_string()), newest: true, ..audit::EventsAsked::default() };
        let found = audit::list(&house.tools, &By::local(), "aubepine", &asked).await.unwrap();
        assert!(found.items.iter().all(|event| event.event["tenant"] == json!(house.tenant)), "{:?}", found.items);
    }
}

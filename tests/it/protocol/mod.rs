//! The endpoints, one file each: what they answer, and how each parameter is refused.

mod client_authentication;
mod client_credentials;
mod introspection;
mod keys;
mod refresh_token;
mod revocation;
mod token;
mod userinfo;

use actix_web::test::TestRequest;
use parvis::{
    model::{Client, EventName},
    protocol::{ErrorCode, token::TokenAnswer},
    service::Refusal,
    storage::Paging,
};

use crate::harness::House;

/// The code of a refusal.
fn code<T>(answer: Result<T, Refusal>) -> ErrorCode {
    match answer {
        Ok(_) => panic!("it was not refused"),
        Err(Refusal::OAuth(error)) => error.code,
        Err(Refusal::Fault(fault)) => panic!("{fault:?}"),
    }
}

/// How often something is in the audit trail.
async fn events(house: &House, name: EventName) -> usize {
    let all = house.tools.reads().audit_of(house.tenant, Paging::first(1000)).await.unwrap();
    all.iter().filter(|record| record.event.contains(&format!("\"{}\"", name.as_str()))).count()
}

/// The refresh token of an answer.
fn refresh(answer: &TokenAnswer) -> String {
    answer.refresh_token.as_ref().unwrap().expose().clone()
}

/// One way to spoil a parameter: its values, and the exact refusal.
type Spoilt<'a> = (&'a str, &'a [&'a str], (u16, &'a str, &'a str));

const TWICE: (u16, &str, &str) = (400, "invalid_request", "a parameter is repeated");
const TOO_LONG: (u16, &str, &str) = (400, "invalid_request", "a parameter is too long");
const NO_CLIENT: (u16, &str, &str) = (401, "invalid_client", "client authentication failed");

/// A form with one parameter spoilt.
fn spoil<'a>(right: &[(&'a str, &'a str)], name: &'a str, values: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut form: Vec<_> = right.iter().filter(|(given, _)| *given != name).copied().collect();
    form.extend(values.iter().map(|value| (name, *value)));
    form
}

/// Each parameter about a token is refused here by its exact error, and so is whoever sends no client's proof. [RFC 7662 §2.1, RFC 7009 §2.1]
async fn refuses_bad_parameters(path: &str) -> (House, Client) {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let long = "x".repeat(17_000);
    let cases: [Spoilt<'_>; 6] = [
        ("token", &[], (400, "invalid_request", "token is missing")),
        ("token", &[""], (400, "invalid_request", "token is missing")),
        ("token", &["a", "b"], TWICE),
        ("token", &[&long], TOO_LONG),
        ("token_type_hint", &["a", "b"], TWICE),
        ("token_type_hint", &[&long], TOO_LONG),
    ];
    for (name, values, expected) in cases {
        let said = house.posts(&client.id, path, &spoil(&[("token", "x")], name, values)).await;
        assert_eq!(said.refusal(), expected, "{name} at {path}");
    }
    assert_eq!(house.sends(TestRequest::post().uri(path).set_form([("token", "x")])).await.refusal(), NO_CLIENT, "{path}");
    (house, client)
}

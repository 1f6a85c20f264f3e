use serde_json::json;

use super::*;
use crate::{protocol::samples::issuer, values::Algorithm};

fn key(kid: &str, algorithm: Algorithm, public: Value) -> SigningKey {
    SigningKey {
        issuer: issuer(),
        kid: kid.into(),
        algorithm,
        public,
        sealed: "sealed".into(),
        published_at: Timestamp(10),
        active_from: Timestamp(20),
        retired_at: Some(Timestamp(30)),
        gone_at: Some(Timestamp(40)),
    }
}

fn shown(keys: &[SigningKey], now: u64) -> Value {
    serde_json::to_value(document(keys, Timestamp(now))).unwrap()
}

#[test]
fn each_key_has_its_name_use_and_algorithm() {
    let keys = [
        key("r", Algorithm::Rs256, json!({"kty": "RSA", "n": "AQ", "e": "AQAB"})),
        key("e", Algorithm::Es256, json!({"kty": "EC", "crv": "P-256", "x": "AQ", "y": "Ag"})),
        key("o", Algorithm::EdDsa, json!({"kty": "OKP", "crv": "Ed25519", "x": "AQ", "alg": "other", "kid": "other"})),
    ];
    assert_eq!(
        shown(&keys, 20),
        json!({"keys": [
            {"kty": "RSA", "n": "AQ", "e": "AQAB", "kid": "r", "use": "sig", "alg": "RS256"},
            {"kty": "EC", "crv": "P-256", "x": "AQ", "y": "Ag", "kid": "e", "use": "sig", "alg": "ES256"},
            {"kty": "OKP", "crv": "Ed25519", "x": "AQ", "kid": "o", "use": "sig", "alg": "EdDSA"},
        ]})
    );
}

#[test]
fn no_private_member_is_ever_published() {
    let leaky =
        json!({"kty": "RSA", "n": "AQ", "e": "AQAB", "d": "S", "p": "S", "q": "S", "dp": "S", "dq": "S", "qi": "S", "oth": [], "k": "S", "key_ops": ["sign"]});
    let names: Vec<_> = shown(&[key("r", Algorithm::Ps256, leaky)], 20)["keys"][0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, ["alg", "e", "kid", "kty", "n", "use"]);
}

#[test]
fn a_key_is_there_before_it_signs_and_until_its_last_token_has_ended() {
    let keys = [key("r", Algorithm::Rs256, json!({"kty": "RSA", "n": "AQ", "e": "AQAB"}))];
    let there: Vec<_> = [9, 10, 19, 20, 30, 39, 40].into_iter().filter(|now| shown(&keys, *now)["keys"].as_array().unwrap().len() == 1).collect();
    assert_eq!(there, [10, 19, 20, 30, 39]);
}

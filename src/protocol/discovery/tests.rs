use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;

fn made(form: IssuerForm) -> Value {
    let at = |path: &str| format!("https://parvis.example{path}");
    let endpoints = Endpoints {
        authorization: at("/authorize"),
        token: at("/token"),
        userinfo: at("/userinfo"),
        jwks: at("/jwks"),
        introspection: at("/introspect"),
        revocation: at("/revoke"),
        end_session: at("/logout"),
    };
    serde_json::to_value(document(at(""), form, endpoints)).unwrap()
}

#[test]
fn the_document_of_the_root_issuer_is_this_one() {
    let methods = json!(["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"]);
    let algorithms = json!(["RS256", "ES256", "EdDSA", "PS256"]);
    let assertions = json!(["RS256", "ES256", "EdDSA", "PS256", "HS256"]);
    assert_eq!(
        made(IssuerForm::Root),
        json!({
            "issuer": "https://parvis.example",
            "authorization_endpoint": "https://parvis.example/authorize",
            "token_endpoint": "https://parvis.example/token",
            "userinfo_endpoint": "https://parvis.example/userinfo",
            "jwks_uri": "https://parvis.example/jwks",
            "introspection_endpoint": "https://parvis.example/introspect",
            "revocation_endpoint": "https://parvis.example/revoke",
            "end_session_endpoint": "https://parvis.example/logout",
            "scopes_supported": ["openid", "profile", "email", "address", "phone", "offline_access"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "subject_types_supported": ["public"],
            "acr_values_supported": ["1"],
            "prompt_values_supported": ["none", "login", "consent", "select_account", "create"],
            "claim_types_supported": ["normal"],
            "claims_supported": [
                "iss", "aud", "azp", "exp", "iat", "nonce", "sid", "at_hash", "sub", "auth_time", "acr", "amr",
                "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "gender",
                "birthdate", "zoneinfo", "locale", "updated_at", "email", "email_verified", "address", "phone_number", "phone_number_verified",
            ],
            "ui_locales_supported": ["fr", "en"],
            "id_token_signing_alg_values_supported": algorithms,
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": methods,
            "token_endpoint_auth_signing_alg_values_supported": assertions,
            "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt"],
            "introspection_endpoint_auth_signing_alg_values_supported": assertions,
            "revocation_endpoint_auth_methods_supported": methods,
            "revocation_endpoint_auth_signing_alg_values_supported": assertions,
            "claims_parameter_supported": true,
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "authorization_response_iss_parameter_supported": true,
            "backchannel_logout_supported": true,
            "backchannel_logout_session_supported": true,
        })
    );
}

#[test]
fn the_issuers_of_tenants_say_who_is_meant_where() {
    let claims = |form| made(form)["claims_supported"].as_array().unwrap().iter().map(|claim| claim.as_str().unwrap().to_owned()).collect::<BTreeSet<_>>();
    let more: Vec<_> = claims(IssuerForm::Tenant).difference(&claims(IssuerForm::Root)).cloned().collect();
    assert_eq!(more, ["oid", "tid", "ver"]);
}

#[test]
fn no_list_names_a_thing_twice() {
    for (name, value) in made(IssuerForm::Tenant).as_object().unwrap() {
        let Some(list) = value.as_array() else { continue };
        assert_eq!(list.len(), list.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), "{name}");
    }
}

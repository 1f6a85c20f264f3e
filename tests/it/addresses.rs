//! Every address of the protocol answers, for the default tenant at the root and for each tenant at its own: by id, by name, in any case.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::Server;

async fn metadata(server: &Server, path: &str) -> Value {
    let answer = server.http.get(server.url.join(path).unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.json().await.unwrap()
}

#[actix_web::test]
async fn the_root_describes_itself_in_both_forms() {
    let server = Server::starts();
    let issuer = server.url.as_str().trim_end_matches('/');
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
        let said = metadata(&server, path).await;
        assert_eq!(said["issuer"], issuer);
        for (member, place) in [
            ("authorization_endpoint", "/authorize"),
            ("token_endpoint", "/token"),
            ("jwks_uri", "/jwks"),
            ("introspection_endpoint", "/introspect"),
            ("revocation_endpoint", "/revoke"),
        ] {
            assert_eq!(said[member], format!("{issuer}{place}"), "{member} in {path}");
        }
    }
    for path in ["/health/live", "/health/ready"] {
        assert_eq!(server.http.get(server.url.join(path).unwrap()).send().await.unwrap().status(), StatusCode::OK, "{path}");
    }
}

#[actix_web::test]
async fn a_tenant_is_found_by_its_id_and_its_name_in_any_case() {
    let server = Server::starts();
    let made = server.manages("/tenants", json!({ "slug": "fournil", "names": { "fr": "Le Fournil Machines", "en": "Le Fournil Machines" } })).await;
    let id = made["id"].as_str().unwrap();
    let issuer = format!("{}{id}/v2.0", server.url);
    for name in [id, "fournil", "FOURNIL"] {
        for path in [
            format!("/{name}/v2.0/.well-known/openid-configuration"),
            format!("/{name}/V2.0/.Well-Known/OpenID-Configuration"),
            format!("/.well-known/oauth-authorization-server/{name}/v2.0"),
        ] {
            assert_eq!(metadata(&server, &path).await["issuer"], issuer, "{path}");
        }
        let keys = metadata(&server, &format!("/{name}/discovery/v2.0/keys")).await;
        assert!(!keys["keys"].as_array().unwrap().is_empty());
    }
    let nobody = server.http.get(server.url.join("/nobody/v2.0/.well-known/openid-configuration").unwrap()).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn every_endpoint_of_a_tenant_answers_by_the_rules_of_its_specification() {
    let server = Server::starts();
    let made = server.manages("/tenants", json!({ "slug": "fournil", "names": { "fr": "Le Fournil Machines", "en": "Le Fournil Machines" } })).await;
    let id = made["id"].as_str().unwrap();
    let said = metadata(&server, &format!("/{id}/v2.0/.well-known/openid-configuration")).await;
    for (member, path) in [
        ("authorization_endpoint", format!("/{id}/oauth2/v2.0/authorize")),
        ("token_endpoint", format!("/{id}/oauth2/v2.0/token")),
        ("end_session_endpoint", format!("/{id}/oauth2/v2.0/logout")),
        ("introspection_endpoint", format!("/{id}/oauth2/v2.0/introspect")),
        ("revocation_endpoint", format!("/{id}/oauth2/v2.0/revoke")),
        ("userinfo_endpoint", format!("/{id}/openid/v2.0/userinfo")),
    ] {
        assert_eq!(said[member], server.url.join(&path).unwrap().as_str(), "{member}");
    }
    // Nobody said who they are.
    for path in ["token", "introspect", "revoke"] {
        for name in [id, "fournil", "Fournil"] {
            let address = server.url.join(&format!("/{name}/oauth2/v2.0/{path}")).unwrap();
            let answer = server.http.post(address.clone()).form(&[("nothing", "at all")]).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{address}");
            let error: Value = answer.json().await.unwrap();
            assert_eq!(error["error"], "invalid_client", "{address}");
        }
    }
    let userinfo = server.http.get(server.url.join("/fournil/openid/v2.0/userinfo").unwrap()).send().await.unwrap();
    assert_eq!(userinfo.status(), StatusCode::UNAUTHORIZED);
    assert!(userinfo.headers()["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
    let authorize = server.http.get(server.url.join("/fournil/oauth2/v2.0/authorize").unwrap()).send().await.unwrap();
    assert_eq!(authorize.status(), StatusCode::BAD_REQUEST);
}

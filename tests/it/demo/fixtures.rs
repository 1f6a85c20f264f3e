//! The fictional world in the store.

use std::{net::TcpListener, os::unix::fs::PermissionsExt as _, path::Path};

use parvis::{
    boot::demo::{Demo, listen, refuse_elsewhere},
    journey::Tools,
    model::{CredentialKind, Role, Subject, TenantState},
    storage::Paging,
    values::{ClientId, IssuerForm},
};

use crate::logout::stage::tools;

async fn prepared(tools: &Tools, data: &Path) -> Demo {
    Demo::prepare(tools, data, TcpListener::bind("127.0.0.1:0").unwrap()).await.unwrap()
}

async fn subject(tools: &Tools, home: &str, address: &str) -> Subject {
    let home = tools.reads().tenant_named(home).await.unwrap().unwrap();
    tools.reads().account_by_email(home.id, &address.parse().unwrap()).await.unwrap().unwrap().subject()
}

#[tokio::test]
async fn the_first_start_makes_organisations_people_and_applications() {
    let (tools, data) = (tools(), tempfile::tempdir().unwrap());
    let demo = prepared(&tools, data.path()).await;
    let reads = tools.reads();
    let default = reads.default_tenant().await.unwrap().unwrap();
    assert_eq!(default.slug, "aubepine");
    for slug in ["system", "personal", "aubepine-recette", "fournil", "morvan", "etude", "morvan.test"] {
        assert_eq!(reads.tenant_named(slug).await.unwrap().unwrap().state, TenantState::Active, "{slug}");
    }
    assert_eq!(reads.tenant_named("aubepine-recette").await.unwrap().unwrap().test_badge.as_deref(), Some("RECETTE"));

    let camille = subject(&tools, "personal", "camille@courriel.test").await;
    for slug in ["aubepine", "fournil"] {
        let tenant = reads.tenant_named(slug).await.unwrap().unwrap();
        assert!(reads.membership(tenant.id, camille).await.unwrap().is_some(), "{slug}");
    }
    let account = reads.account(camille).await.unwrap().unwrap();
    assert!(account.address.is_some() && account.phones[0].verified_at.is_some() && account.profile.birthdate.is_some() && account.profile.zoneinfo.is_some());
    let ines = reads.account(subject(&tools, "system", "ines@system.test").await).await.unwrap().unwrap();
    assert!(ines.roles.contains(&Role::Operator));
    subject(&tools, "morvan", "nadia.ferrand@morvan.test").await;
    subject(&tools, "etude", "emilie@etude.test").await;

    let Some(CredentialKind::Password { phc, .. }) = reads.password(camille).await.unwrap().map(|found| found.kind.clone()) else { panic!("no password") };
    assert!(tools.hasher.verify(Some(&phc), demo.fixtures().password.clone()).await.unwrap().unwrap());

    let registered: Vec<_> = demo.fixtures().applications.iter().map(|one| (one.application.id, one.issuer.form)).collect();
    let (root, tenant) = (IssuerForm::Root, IssuerForm::Tenant);
    assert_eq!(registered, [("espace-client", root), ("factures", root), ("machines-demo", tenant), ("actes-demo", tenant)]);
    for one in &demo.fixtures().applications {
        let client = reads.client(one.issuer.tenant, &ClientId::from(one.application.id)).await.unwrap().unwrap();
        assert_eq!(client.redirect_uris[0].as_str(), format!("http://{}.localhost:{}/callback", one.application.id, demo.port()));
        assert_eq!(client.is_confidential(), one.secret.is_some());
        let keys = tools.reads().signing_keys(one.issuer).await.unwrap();
        assert!(keys.iter().any(|key| key.algorithm == client.id_token_algorithm), "{}", one.application.id);
    }
    for (id, vouched) in [("espace-client", false), ("factures", true)] {
        let client = reads.client(default.id, &ClientId::from(id)).await.unwrap().unwrap();
        assert_eq!(client.publisher.verified_at.is_some(), vouched, "{id}");
    }
    let api = reads.api_by_scope(default.id, &"factures.lire".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((api.identifier.as_ref(), api.scopes.len()), ("https://factures.aubepine.test", 2));
}

#[tokio::test]
async fn a_later_start_adds_nothing_and_keeps_what_people_changed() {
    let (tools, data) = (tools(), tempfile::tempdir().unwrap());
    let first = prepared(&tools, data.path()).await;
    let before = tools.reads().tenants(Paging::first(100)).await.unwrap();
    let camille = subject(&tools, "personal", "camille@courriel.test").await;
    let account = tools.reads().account(camille).await.unwrap().unwrap();
    let mut batch = parvis::storage::Batch::new(tools.now());
    batch
        .update(account.map(|mut account| {
            account.profile.nickname = Some("Mille".to_owned());
            account
        }))
        .unwrap();
    tools.store.commit(batch).await.unwrap();
    let events = |slug: &'static str| {
        let tools = tools.clone();
        async move {
            let tenant = tools.reads().tenant_named(slug).await.unwrap().unwrap();
            tools.reads().audit_of(tenant.id, Paging::first(1000)).await.unwrap().len()
        }
    };
    let audited = [events("personal").await, events("morvan").await];
    let port = first.port();
    let secrets: Vec<_> = first.fixtures().applications.iter().map(|one| one.secret.as_ref().map(|secret| secret.expose().clone())).collect();
    let password = first.fixtures().password.expose().clone();
    drop(first);

    let again = Demo::prepare(&tools, data.path(), TcpListener::bind(("127.0.0.1", port)).unwrap()).await.unwrap();
    assert_eq!(again.fixtures().password.expose(), &password);
    let kept: Vec<_> = again.fixtures().applications.iter().map(|one| one.secret.as_ref().map(|secret| secret.expose().clone())).collect();
    assert_eq!(kept, secrets);
    assert_eq!(tools.reads().tenants(Paging::first(100)).await.unwrap().len(), before.len());
    assert_eq!([events("personal").await, events("morvan").await], audited);
    assert_eq!(tools.reads().account(camille).await.unwrap().unwrap().profile.nickname.as_deref(), Some("Mille"));
    assert_eq!(subject(&tools, "personal", "camille@courriel.test").await, camille);
}

#[tokio::test]
async fn addresses_follow_the_port_and_a_lost_password_is_replaced() {
    let (tools, data) = (tools(), tempfile::tempdir().unwrap());
    let password = prepared(&tools, data.path()).await.fixtures().password.expose().clone();
    let path = data.path().join("demo/password");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::remove_file(&path).unwrap();
    let occupied = TcpListener::bind("127.0.0.1:0").unwrap();

    let demo = prepared(&tools, data.path()).await;
    assert_ne!(demo.fixtures().password.expose(), &password);
    let camille = subject(&tools, "personal", "camille@courriel.test").await;
    let Some(CredentialKind::Password { phc, .. }) = tools.reads().password(camille).await.unwrap().map(|found| found.kind.clone()) else {
        panic!("no password")
    };
    assert!(tools.hasher.verify(Some(&phc), demo.fixtures().password.clone()).await.unwrap().unwrap());
    let app = &demo.fixtures().applications[0];
    let client = tools.reads().client(app.issuer.tenant, &ClientId::from(app.application.id)).await.unwrap().unwrap();
    assert_eq!(client.backchannel_logout_uri.as_deref(), Some(format!("http://espace-client.localhost:{}/backchannel", demo.port()).as_str()));
    drop(occupied);
}

#[test]
fn a_demonstration_refuses_to_be_reached_from_elsewhere() {
    let here = "127.0.0.1:8080".parse().unwrap();
    assert!(refuse_elsewhere(here, "http://localhost:8080").is_ok());
    assert!(refuse_elsewhere("[::1]:8080".parse().unwrap(), "http://parvis.localhost:8080").is_ok());
    for listen in ["0.0.0.0:8080", "[::]:8080", "192.0.2.7:8080"] {
        let refused = refuse_elsewhere(listen.parse().unwrap(), "http://localhost:8080").unwrap_err();
        assert!(refused.to_string().contains(listen), "{refused}");
    }
    for url in ["https://id.aubepine.test", "http://localhost.aubepine.test:8080", "http://192.0.2.7:8080"] {
        let refused = refuse_elsewhere(here, url).unwrap_err();
        assert!(refused.to_string().contains(url), "{refused}");
    }
}

#[test]
fn the_applications_listen_beside_the_provider_or_wherever_there_is_room() {
    let provider = loop {
        // A port whose next one is free, taken by this test.
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        if address.port() < 65_535 && TcpListener::bind(("127.0.0.1", address.port() + 1)).is_ok() {
            break socket;
        }
    };
    let address = provider.local_addr().unwrap();
    let first = listen(address).unwrap();
    let second = listen(address).unwrap();
    assert!(first.local_addr().unwrap().ip().is_loopback() && second.local_addr().unwrap().ip().is_loopback());
    assert_ne!(first.local_addr().unwrap().port(), second.local_addr().unwrap().port());
}

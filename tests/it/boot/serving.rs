//! What a first start makes, and how it answers.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::Path,
};

use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::served::{Served, http};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_first_start_needs_nothing_and_keeps_its_secrets_to_itself() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new/parvis");
    let served = Served::start_in(&data, &[]);
    assert_eq!(mode(&data), 0o700);
    for secret in ["master.key", "local.token", "server.json"] {
        assert_eq!(mode(&data.join(secret)), 0o600, "{secret}");
    }
    let token = fs::read_to_string(data.join("local.token")).unwrap();
    let link = served.setup_path().unwrap();
    for place in ["/health/live", "/health/ready"] {
        assert_eq!(http().get(format!("{}{place}", served.url)).send().await.unwrap().status(), StatusCode::OK);
    }
    http().get(format!("{}{link}", served.url)).send().await.unwrap();
    let (status, log) = served.stop();
    assert!(status.success());
    assert!(!data.join("local.token").exists() && !data.join("server.json").exists());
    assert!(log.contains("/setup/{token}"), "the route's pattern is logged: {log}");
    for secret in [token.as_str(), link.trim_start_matches("/setup/")] {
        assert!(!log.contains(secret), "a secret is in the log");
    }
}

#[tokio::test]
async fn the_token_of_this_machine_changes_with_each_start() {
    let folder = tempfile::tempdir().unwrap();
    let first = Served::start_in(folder.path(), &[]);
    let old = fs::read_to_string(folder.path().join("local.token")).unwrap();
    assert_eq!(first.api(Method::GET, "/tenants").send().await.unwrap().status(), StatusCode::OK);
    first.stop();
    let second = Served::start_in(folder.path(), &[]);
    let reply = http().get(format!("{}/api/v1/tenants", second.url)).bearer_auth(old).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_issuer_is_the_public_url_with_the_port_that_was_chosen() {
    let served = Served::start(&[]);
    let port = served.url.rsplit(':').next().unwrap();
    let discovery: Value = http().get(format!("{}/.well-known/openid-configuration", served.url)).send().await.unwrap().json().await.unwrap();
    assert_eq!(discovery["issuer"], format!("http://localhost:{port}"));
}

#[tokio::test]
async fn a_master_key_elsewhere_leaves_none_in_the_data_folder() {
    let elsewhere = tempfile::tempdir().unwrap();
    let key = elsewhere.path().join("parvis.key");
    let served = Served::start(&["--master-key", key.to_str().unwrap()]);
    assert_eq!(mode(&key), 0o600);
    assert!(!served.data().join("master.key").exists());
}

#[tokio::test]
async fn what_is_no_http_is_logged_only_where_somebody_looks_for_it() {
    for (level, is_told) in [("info", false), ("debug", true), ("info,actix_http=error", true)] {
        let served = Served::start(&["--log-level", level]);
        let mut socket = TcpStream::connect(served.url.trim_start_matches("http://")).unwrap();
        socket.write_all(b"\x16\x03\x01 this is no request\r\n\r\n").unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        let (status, log) = served.stop();
        assert!(status.success());
        assert_eq!(log.contains("\"ERROR\""), is_told, "{level}: {log}");
    }
}

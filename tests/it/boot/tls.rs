//! TLS from files, exchanged while it serves.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::{Certificate, Client};

use super::served::{Served, program};

/// Write a new certificate for `localhost`, and give back what trusts it and nothing else.
fn certificate(folder: &Path) -> Client {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = folder.join("key.pem");
    fs::write(&key, signing_key.serialize_pem()).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(folder.join("certificate.pem"), cert.pem()).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a test is a stranger to the program and reaches it over loopback")]
    let client = Client::builder().no_proxy().pool_max_idle_per_host(0).tls_certs_only([Certificate::from_pem(cert.pem().as_bytes()).unwrap()]);
    client.build().unwrap()
}

#[tokio::test]
async fn a_new_certificate_is_used_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let first = certificate(folder.path());
    let served = Served::start(&["--tls-certificate", &path("certificate.pem"), "--tls-key", &path("key.pem"), "--public-url", "https://localhost"]);
    let live = format!("{}/health/live", served.url);
    assert!(live.starts_with("https://localhost:"));
    assert!(first.get(&live).send().await.unwrap().headers().contains_key("strict-transport-security"));
    assert_eq!(served.cli_json(&["tenant", "list"]).as_array().unwrap().len(), 3, "the command line trusts this server's own certificate");
    let second = certificate(folder.path());
    assert!(second.get(&live).send().await.is_err(), "the files were changed, but nobody looked yet");
    served.signal("HUP");
    while second.get(&live).send().await.is_err() {}
}

#[test]
fn a_key_that_everybody_may_read_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    certificate(folder.path());
    let key = folder.path().join("key.pem");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let done = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .arg("--tls-certificate")
        .arg(folder.path().join("certificate.pem"))
        .arg("--tls-key")
        .arg(&key)
        .output()
        .unwrap();
    assert!(!done.status.success());
    assert!(String::from_utf8(done.stderr).unwrap().contains("chmod o="));
}

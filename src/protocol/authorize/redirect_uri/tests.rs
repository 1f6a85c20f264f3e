use proptest::prelude::*;

use super::*;
use crate::protocol::samples::{CALLBACK, address, client, issuer, native};

const LOOPBACKS: [&str; 4] = ["http://127.0.0.1/retour", "http://[::1]:8000/retour?a=b", "http://localhost", "fr.test.caisse:/retour"];

#[test]
fn a_native_client_on_loopback_chooses_its_port() {
    let native = native(&LOOPBACKS);
    for good in [
        "http://127.0.0.1/retour",
        "http://127.0.0.1:1/retour",
        "http://127.0.0.1:65535/retour",
        "http://[::1]/retour?a=b",
        "http://[::1]:49152/retour?a=b",
        "http://localhost:3000",
        "fr.test.caisse:/retour",
    ] {
        assert_eq!(registered(good, &native).map(|uri| uri.as_str().to_owned()), Ok(good.to_owned()));
    }
}

#[test]
fn nothing_but_the_port_may_differ() {
    let native = native(&LOOPBACKS);
    #[rustfmt::skip]
    let bad = [
        "http://127.0.0.1:/retour", "http://127.0.0.1:0/retour", "http://127.0.0.1:65536/retour", "http://127.0.0.1:8a/retour", "http://127.0.0.1:-1/retour", "http://127.0.0.1:80", "http://127.0.0.1:80/",
        "http://127.0.0.1:80/Retour", "http://127.0.0.1:80/retour/", "http://127.0.0.1:80/retour?x", "http://127.0.0.1:80/retour#x", "https://127.0.0.1:80/retour", "HTTP://127.0.0.1:80/retour",
        "http://127.0.0.2:80/retour", "http://127.1:80/retour", "http://2130706433/retour", "http://localhost:80/retour", "http://127.0.0.1.evil.example/retour", "http://127.0.0.1:80@evil.example/retour",
        "http://127.0.0.1@evil.example/retour", "http://evil.example:80/retour", "http://[::1]:80/retour", "http://[::1]:80/retour?a=c", "http://[0:0:0:0:0:0:0:1]:80/retour?a=b", "http://localhost:80/",
        "http://localhost.evil.example", "http://localhost:80\\@evil.example", "fr.test.caisse:80/retour", " http://127.0.0.1/retour", "http://127.0.0.1:٣/retour", "",
    ];
    for bad in bad {
        assert_eq!(registered(bad, &native), Err(UNREGISTERED), "{bad}");
    }
}

#[test]
fn only_a_native_client_chooses_its_port() {
    let redirect_uris = vec![RedirectUri::register("http://localhost:8000/retour").unwrap()];
    for kind in [ClientKind::Web, ClientKind::Browser] {
        let fixed = Client { kind, redirect_uris: redirect_uris.clone(), ..client() };
        assert!(registered("http://localhost:8000/retour", &fixed).is_ok());
        assert_eq!(registered("http://localhost:8001/retour", &fixed), Err(UNREGISTERED));
    }
}

#[test]
fn a_redirect_uri_taken_off_the_registration_gets_nothing_more() {
    let before = client();
    let request: AuthorizationRequest = serde_json::from_value(serde_json::json!({
        "issuer": issuer(), "client": before.id, "redirect_uri": CALLBACK, "response_mode": "fragment", "state": "s", "scopes": ["openid"],
    }))
    .unwrap();
    assert_eq!(ReturnAddress::again(&request, &before), Ok(address(&before, CALLBACK, ResponseMode::Fragment, Some("s"))));
    assert_eq!(ReturnAddress::again(&request, &Client { redirect_uris: Vec::new(), ..before.clone() }), Err(UNREGISTERED));
    assert_eq!(ReturnAddress::again(&request, &Client { id: "compta-demo".into(), ..before }), Err(UNREGISTERED));
}

proptest! {
    #[test]
    fn no_unregistered_text_ever_matches(text in ".{0,60}") {
        prop_assume!(text != CALLBACK);
        prop_assert_eq!(registered(&text, &client()), Err(UNREGISTERED));
        let native = native(&LOOPBACKS);
        if let Ok(uri) = registered(&text, &native) {
            prop_assert_eq!(uri.as_str(), text.as_str());
            prop_assert!(LOOPBACKS.contains(&text.as_str()) || loopback(&text).is_some());
        }
    }

    #[test]
    fn no_registered_text_matches_with_a_change(at in 0..CALLBACK.len(), other in any::<char>(), insert in any::<bool>()) {
        let mut text = CALLBACK.to_owned();
        if insert { text.insert(at, other) } else { text.replace_range(at..=at, &other.to_string()) }
        prop_assume!(text != CALLBACK);
        prop_assert_eq!(registered(&text, &client()), Err(UNREGISTERED));
    }

    #[test]
    fn whatever_matches_on_loopback_is_read_by_browsers_as_this_machine_and_the_registered_path(middle in "(:[0-9]{0,6})?([:@/\\\\.?#a-z0-9]{1,4})?") {
        let text = format!("http://127.0.0.1{middle}/retour");
        if let Ok(uri) = registered(&text, &native(&LOOPBACKS)) {
            let url = url::Url::parse(uri.as_str()).unwrap();
            prop_assert_eq!((url.host_str(), url.path(), url.query(), url.username()), (Some("127.0.0.1"), "/retour", None, ""));
        }
    }
}

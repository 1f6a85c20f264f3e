//! F18 with whatever may come: requests that were right, with bytes of them changed. Each is answered, none is our fault, and the server lives.

use std::sync::Arc;

use parvis::web::api::{MOUNT, Method, OPERATIONS};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

use super::{
    Dice,
    party::{Browser, Party, Place, REDIRECT, serve},
    rounds,
    wire::{FORM, form},
};

/// A request in the parts that may be changed.
#[derive(Clone)]
struct Seed {
    method: String,
    target: Vec<u8>,
    headers: Vec<Vec<u8>>,
    body: Vec<u8>,
}

impl Seed {
    fn new(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Self {
        let headers = headers.iter().map(|(name, value)| format!("{name}: {value}").into_bytes()).collect();
        Self { method: method.to_owned(), target: target.as_bytes().to_vec(), headers, body: body.as_bytes().to_vec() }
    }

    /// On the wire. The body's length is always right: half a request is no request.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = [self.method.as_bytes(), b" ", &self.target, b" HTTP/1.1\r\nhost: id.aubepine.test\r\nconnection: close\r\n"].concat();
        bytes.extend_from_slice(format!("content-length: {}\r\n", self.body.len()).as_bytes());
        for header in &self.headers {
            bytes.extend_from_slice(header);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// Somewhere in a list of so many.
fn place(dice: &mut Dice, length: usize) -> usize {
    usize::try_from(dice.between(0, u64::try_from(length.max(1)).unwrap())).unwrap()
}

/// Bytes that mean something to somebody.
const SPICE: &[&[u8]] = &[
    b"\0",
    b"%00",
    b"%ff",
    b"%",
    b"&",
    b"=",
    b"..",
    b"//",
    b"'",
    b"\"",
    b"{",
    b"[",
    b"\xff\xfe",
    "é\u{202e}".as_bytes(),
    b"\r\n",
    b"+",
    b";",
    b".",
    b"-1",
    b"9999999999999999999999",
];

fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = place(dice, bytes.len());
    match dice.between(0, 7) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.between(0, 8),
        1 if !bytes.is_empty() => drop(bytes.remove(at)),
        2 => bytes.truncate(at),
        3 => {
            let twice = bytes.clone();
            bytes.extend(twice);
        }
        4 => bytes.splice(at..at, std::iter::repeat_n(b'A', place(dice, 5_000))).for_each(drop),
        5 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.between(0, 256)).unwrap(),
        _ => bytes.splice(at..at, SPICE[place(dice, SPICE.len())].iter().copied()).for_each(drop),
    }
}

fn changed(seed: &Seed, dice: &mut Dice) -> Seed {
    let mut seed = seed.clone();
    for _ in 0..dice.between(1, 4) {
        match dice.between(0, 8) {
            0 => seed.method = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "BREW"][place(dice, 8)].to_owned(),
            1 | 2 => change(&mut seed.target, dice),
            3 if !seed.headers.is_empty() => {
                let which = place(dice, seed.headers.len());
                change(&mut seed.headers[which], dice);
            }
            _ => change(&mut seed.body, dice),
        }
    }
    seed
}

/// The status of what came back. It may answer and close before it has read everything.
async fn status(place: &Place, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(place.address).await.unwrap();
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    // As much as is needed: the end may be a reset when not everything was read.
    let mut chunk = [0; 4_096];
    while answer.len() < 12 {
        match stream.read(&mut chunk).await {
            Ok(length) if length > 0 => answer.extend_from_slice(&chunk[..length]),
            _ => break,
        }
    }
    std::str::from_utf8(answer.get(9..12)?).ok()?.parse().ok()
}

/// Requests for every address there is, as right as can be.
#[expect(clippy::too_many_lines, reason = "one list, a seed a line")]
async fn seeds(place: &Place, party: &Party) -> Vec<Seed> {
    let mut wire = place.wire();
    let (web, robot, local) = (("authorization", &*party.web), ("authorization", &*party.robot), ("authorization", &*place.local));
    let mut browser = Browser::default();
    let code = browser.signs_in(&mut wire, party, 0).await.unwrap();
    let tokens = party.redeem(&mut wire, &code).await.unwrap().json();
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let bearer = format!("Bearer {access}");
    let (cookie, cookies) = browser.header();
    let cookie = (cookie, &*cookies);
    let mut newcomer = Browser::default();
    let (action, csrf) = newcomer.says_who(&mut wire, party, 1).await.unwrap();
    let (name, newcomers) = newcomer.header();
    let newcomers = (name, &*newcomers);
    let mut seeds = Vec::new();
    let mut add = |method: &str, target: &str, headers: &[(&str, &str)], body: &str| seeds.push(Seed::new(method, target, headers, body));
    for target in [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        "/jwks",
        "/health/ready",
        "/account",
        "/account/sessions",
        "/setup/x",
        "/assets/x.css",
    ] {
        add("GET", target, &[cookie], "");
    }
    for target in ["/default/v2.0/.well-known/openid-configuration", "/default/discovery/v2.0/keys", "/assets/brand/default/1.css", "/account/apps"] {
        add("GET", target, &[cookie], "");
    }
    let authorize = party.authorize(&[("state", "x"), ("nonce", "n"), ("prompt", "none"), ("max_age", "60"), ("claims", "{\"userinfo\":{\"email\":null}}")]);
    add("GET", &authorize, &[cookie], "");
    add("GET", &authorize.replace("/authorize", "/default/oauth2/v2.0/authorize"), &[cookie], "");
    add("POST", "/authorize", &[cookie, FORM], authorize.split_once('?').unwrap().1);
    for base in ["", "/default/oauth2/v2.0"] {
        let redeem = [("grant_type", "authorization_code"), ("code", &*code), ("redirect_uri", REDIRECT), ("code_verifier", "dBjftJeZ4CVP")];
        add("POST", &format!("{base}/token"), &[web, FORM], &form(&redeem));
        add("POST", &format!("{base}/token"), &[web, FORM], &form(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]));
        add("POST", &format!("{base}/token"), &[robot, FORM], &form(&[("grant_type", "client_credentials"), ("scope", "archives.lire")]));
        add("POST", &format!("{base}/introspect"), &[web, FORM], &form(&[("token", access), ("token_type_hint", "access_token")]));
        add("POST", &format!("{base}/revoke"), &[web, FORM, ("origin", "https://espace.test")], &form(&[("token", "x")]));
        let id_token = tokens["id_token"].as_str().unwrap();
        add("GET", &format!("{base}/logout?{}", form(&[("id_token_hint", id_token), ("state", "s")])), &[], "");
        add("POST", &format!("{base}/logout"), &[FORM], &form(&[("client_id", &*party.client)]));
    }
    add("GET", "/userinfo", &[("authorization", &bearer)], "");
    add("POST", "/default/openid/v2.0/userinfo", &[FORM], &form(&[("access_token", access)]));
    add("GET", &action, &[newcomers], "");
    add("POST", &action, &[newcomers, FORM], &form(&[("csrf", &csrf), ("action", "next"), ("password", "")]));
    add("POST", &action, &[newcomers, FORM], &form(&[("csrf", &csrf), ("action", "other_account")]));
    add("POST", "/ui/signout", &[cookie, FORM], &form(&[("csrf", "x"), ("action", "stay")]));
    add("POST", "/account/apps", &[cookie, FORM], &form(&[("csrf", "x"), ("action", "remove"), ("client_id", &*party.client)]));
    add("POST", "/account/organisations", &[cookie, FORM], &form(&[("csrf", "x"), ("action", "leave"), ("organisation", "x")]));
    add("GET", "/terms/default/cgu/1/fr", &[], "");
    add("POST", "/account/sessions", &[cookie, FORM], &form(&[("csrf", "x"), ("action", "end"), ("session", "x")]));
    add("POST", "/account/profile", &[cookie, FORM], &form(&[("csrf", "x"), ("action", "save"), ("given_name", "x"), ("version", "1")]));
    let body = super::party::application("Fuzz").to_string();
    for operation in OPERATIONS {
        let target = format!("{MOUNT}{}", operation.path).replace("{tenant}", "default").replace("{account}", "personne.0@aubepine.test");
        let target = target.replace("{client}", &party.client).replace("{api}", "https%3A%2F%2Fgone.test").replace("{document}", "cgu");
        let json = ("content-type", "application/json");
        match operation.method {
            Method::Get => add("GET", &target, &[local], ""),
            Method::Delete => add("DELETE", &target, &[local], ""),
            Method::Post => add("POST", &target, &[local, json], &body),
            Method::Put => add("PUT", &target, &[local, json], &json!({"password": "une phrase assez longue", "roles": []}).to_string()),
            Method::Patch => add("PATCH", &target, &[local, json], &json!({"names": {"fr": "x", "en": "y"}, "home_url": null}).to_string()),
        }
    }
    seeds
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_comes_is_answered_and_is_never_our_fault() {
    let folder = tempfile::tempdir().unwrap();
    let served = serve(&folder.path().join("data"), &["--log-level", "error"]);
    let (party, place) = (Party::registers(&served, 2).await, Place::of(&served));
    let seeds = Arc::new(seeds(&place, &party).await);
    let mut dice = Dice::new();
    let (all, lanes) = (rounds(2_000, 100_000), 16);
    let mut asking = JoinSet::new();
    for _ in 0..lanes {
        let (place, seeds, mut dice) = (place.clone(), Arc::clone(&seeds), Dice(dice.between(0, u64::MAX)));
        asking.spawn(async move {
            let mut wrong = Vec::new();
            for _ in 0..all / lanes {
                let which = self::place(&mut dice, seeds.len());
                let bytes = changed(&seeds[which], &mut dice).bytes();
                match status(&place, &bytes).await {
                    Some(503) => {}
                    Some(status) if status < 500 => {}
                    other => wrong.push(format!("{other:?} to {}", String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]))),
                }
            }
            wrong
        });
    }
    let wrong: Vec<String> = asking.join_all().await.into_iter().flatten().collect();
    let live = place.wire().get("/health/ready", &[]).await.map(|answer| answer.status);
    let (status, log) = served.stop();
    println!("F18: {all} changed requests for {} addresses", seeds.len());
    assert!(wrong.is_empty(), "{} of {all}:\n{}\n{log}", wrong.len(), wrong.join("\n---\n"));
    assert_eq!((live, status.code()), (Ok(200), Some(0)));
}

//! A person is in the middle of something, and the server is gone without a word, right before one of its commits or right after it. When it is back the person
//! goes on at the step that is owed: nothing that was acknowledged is asked again, nothing is half made, nothing is made twice.

use std::{
    collections::BTreeSet,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use reqwest::{Method, Url};
use serde_json::{Value, json};

use super::party::{PASSWORD, application};
use crate::{
    boot::served::{Served, http},
    harness::{Person, Seen, Silence},
};

/// Nobody has an account with it when a story begins.
const ADDRESS: &str = "lea@courriel.test";
const CAMILLE: &str = "camille@aubepine.test";
const NEW_PASSWORD: &str = "correct cheval batterie agrafe";

/// A button, and what was typed.
type Pressed = (&'static str, Vec<(&'static str, String)>);

/// What somebody wants.
#[derive(Clone, Copy, Debug)]
struct Errand {
    /// Where it begins: a path, after the server was made ready for it.
    begins: fn(&Value) -> String,
    /// Where they go when it came to its end and nobody told them: there once more, unless said.
    over: Option<&'static str>,
    /// Who it is about.
    address: &'static str,
    /// What is done on a screen, while there is something left to do.
    does: fn(&str, &At<'_>) -> Option<Pressed>,
    /// Screens that may come twice: nothing is kept of their answer.
    again: &'static [&'static str],
    /// What must hold when it is done.
    done: fn(&Served, &Seen),
}

/// What an answer may depend on.
struct At<'a> {
    served: &'a Served,
    errand: &'a Errand,
}

impl At<'_> {
    fn has_account(&self) -> bool {
        self.served.cli(&["account", "show", self.errand.address, "--tenant", "personal"]).status.success()
    }

    fn was_mailed(&self) -> bool {
        newest_code(&self.served.data().join("mail"), self.errand.address).is_some()
    }

    /// The newest code that was mailed to the address.
    fn code(&self) -> String {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(code) = newest_code(&self.served.data().join("mail"), self.errand.address) {
                return code;
            }
            assert!(Instant::now() < end, "no mail to {}", self.errand.address);
            std::thread::yield_now();
        }
    }
}

/// The code in the newest mail to an address.
fn newest_code(folder: &Path, address: &str) -> Option<String> {
    let files = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "eml"));
    let mut files: Vec<_> = files.filter_map(|path| Some((std::fs::metadata(&path).ok()?.modified().ok()?, path))).collect();
    files.sort();
    files.iter().rev().find_map(|(_, path)| {
        let text = std::fs::read_to_string(path).ok()?;
        text.contains(&format!("To: {address}")).then(|| code_in(&text)).flatten()
    })
}

/// Two groups of three digits on a line of their own.
fn code_in(mail: &str) -> Option<String> {
    let is_code = |line: &&str| line.len() == 7 && line.char_indices().all(|(at, c)| if at == 3 { c == ' ' } else { c.is_ascii_digit() });
    mail.lines().map(str::trim).find(is_code).map(str::to_owned)
}

fn fields(pairs: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn authorize(client: &Value) -> String {
    let pairs =
        [("response_type", "code"), ("client_id", client["client_id"].as_str().unwrap()), ("redirect_uri", super::party::REDIRECT), ("scope", "openid email")];
    format!("/authorize?{}", super::wire::form(&pairs))
}

/// A company whose number has the right check digit.
const COMPANY: &[(&str, &str)] = &[
    ("legal_name", "Ateliers Morvan SAS"),
    ("country", "FR"),
    ("reg_no", "73282932000074"),
    ("street-address", "3 rue des Cuves"),
    ("postal-code", "58000"),
    ("address-level2", "Nevers"),
];

/// What everybody does on the screens that many errands share.
fn usual(screen: &str, at: &At<'_>) -> Option<Pressed> {
    Some(match screen {
        "S-SIGNIN-ID" => ("next", fields(&[("identifier", at.errand.address)])),
        "S-SIGNIN-PW" | "S-REAUTH" => ("next", fields(&[("password", PASSWORD)])),
        "S-SIGNUP-EMAIL" => ("next", fields(&[("email", at.errand.address)])),
        "S-SIGNUP-SECRET" => ("next", fields(&[("new_password", NEW_PASSWORD)])),
        "S-SIGNUP-PROFILE" => ("create", fields(&[("given_name", "Léa"), ("family_name", "Morvan")])),
        "S-SIGNUP-CODE" | "S-SIGNIN-OTP" | "S-RESET-CODE" => ("next", vec![("code", at.code())]),
        "S-INV" | "S-ORG-CONSENT" | "S-APP-CONSENT" => ("accept", Vec::new()),
        "S-TOU" => ("continue", fields(&[("accept", "yes")])),
        "S-COMPANY" => ("create", fields(COMPANY)),
        // The browser is known by now: the last commit counted, and only its answer is lost.
        "S-PICKER" => ("other", Vec::new()),
        _ => return None,
    })
}

/// The client got a code.
fn is_back(_: &Served, seen: &Seen) {
    assert!(seen.parameter("code").is_some(), "{seen:?}");
}

/// J01, J17, J18, J19: an account is made on the way to an application, with all that the organisation asks of who is new.
const SIGN_UP: Errand = Errand {
    begins: authorize,
    over: None,
    address: ADDRESS,
    does: |screen, at| match screen {
        "S-SIGNIN-ID" if !at.has_account() => Some(("signup", Vec::new())),
        "S-SIGNIN-PW" => Some(("next", fields(&[("password", NEW_PASSWORD)]))),
        _ => usual(screen, at),
    },
    again: &["S-SIGNIN-ID"],
    done: |served, seen| {
        is_back(served, seen);
        let account = served.cli_json(&["account", "show", ADDRESS, "--tenant", "personal"]);
        assert_eq!(account["profile"]["given_name"], "Léa", "{account}");
        let companies = served.cli_json(&["company", "list"]);
        assert_eq!(companies.as_array().map(Vec::len), Some(1), "{companies}");
        assert_eq!(served.cli_json(&["terms", "report", "cgu"])["versions"][0]["shown"], 1);
    },
};

/// J04, J31: somebody signs in and agrees.
const SIGN_IN: Errand = Errand { begins: authorize, over: None, address: CAMILLE, does: usual, again: &["S-SIGNIN-ID", "S-SIGNIN-PW"], done: is_back };

/// J06, J31: somebody signs in by a mailed code.
const BY_CODE: Errand = Errand {
    does: |screen, at| match screen {
        // Another code would have to wait for a while.
        "S-SIGNIN-PW" if !at.was_mailed() => Some(("code", Vec::new())),
        _ => usual(screen, at),
    },
    again: &["S-SIGNIN-ID", "S-SIGNIN-PW", "S-SIGNIN-OTP"],
    ..SIGN_IN
};

/// J29: somebody forgot the password, chooses another, and is in.
const RESET: Errand = Errand {
    begins: |_| "/account/reset".to_owned(),
    over: Some("/account"),
    address: CAMILLE,
    does: |screen, at| match screen {
        "S-RESET" => Some(("send", fields(&[("identifier", CAMILLE)]))),
        "S-RESET-NEW" => Some(("save", fields(&[("new_password", NEW_PASSWORD), ("signout_all", "yes")]))),
        "S-RESET-DONE" => Some(("continue", Vec::new())),
        "S-SIGNIN-PW" => Some(("next", fields(&[("password", NEW_PASSWORD)]))),
        _ => usual(screen, at),
    },
    again: &["S-SIGNIN-ID", "S-SIGNIN-PW"],
    done: |_, seen| assert_eq!(seen.screen(), Some("S-ME-HOME"), "{:?}", seen.errors()),
};

/// J13: somebody is invited by name, and makes an account.
const INVITED: Errand = Errand {
    begins: |ready| ready["invited"].as_str().unwrap().to_owned(),
    over: None,
    address: ADDRESS,
    does: |screen, at| match screen {
        "S-SIGNIN-PW" => Some(("next", fields(&[("password", NEW_PASSWORD)]))),
        _ => usual(screen, at),
    },
    again: &["S-INV"],
    done: |served, seen| {
        // Whoever was not told that it was done finds the invitation used, and the account theirs.
        assert!(matches!(seen.screen(), Some("S-ME-HOME" | "S-INV-USED")), "{seen:?}");
        assert_eq!(served.cli_json(&["invitation", "list"])[0]["state"], "redeemed");
        let account = served.cli_json(&["account", "show", ADDRESS, "--tenant", "personal"]);
        assert_eq!(account["profile"]["family_name"], "Morvan", "{account}");
    },
};

/// A folder in which everything is ready, and its client.
async fn ready(folder: &Path) -> Value {
    let served = Served::start_in(folder, &[]);
    let made = |path: &'static str, body: Value| {
        let request = served.api(Method::POST, path).json(&body);
        async move {
            let reply = request.send().await.unwrap();
            assert!(reply.status().is_success(), "{path}: {}", reply.text().await.unwrap());
            reply.json::<Value>().await.unwrap()
        }
    };
    let mut asked = application("Espace Client");
    asked["client"]["consent"] = json!("ask");
    let mut client = made("/tenants/default/clients", asked).await;
    made("/tenants/default/accounts", json!({"account": {"email": CAMILLE}, "password": PASSWORD})).await;
    let rules = json!({"sign_up": "open", "mail_code_pause": 10, "company_step": true});
    let opened = served.api(Method::PATCH, "/tenants/default/settings").json(&rules).send().await.unwrap();
    assert!(opened.status().is_success(), "{}", opened.text().await.unwrap());
    let terms = folder.join("terms.md");
    std::fs::write(&terms, "# Objet\n\nTexte.").unwrap();
    served.cli_json(&["terms", "create", "cgu", "--name", "Conditions", "--name-en", "Terms"]);
    let text = terms.to_str().unwrap();
    served.cli_json(&["terms", "publish", "cgu", "--fr", text, "--en", text, "--summary", "Tout.", "--quiet"]);
    let invited = served.cli_json(&["invitation", "new", "--email", ADDRESS, "--given-name", "Léa", "--family-name", "Morvan"]);
    let link: Url = invited["invite_url"].as_str().unwrap().parse().unwrap();
    client["invited"] = json!(link.path());
    assert!(served.stop().0.success());
    client
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap().success());
}

fn home(served: &Served) -> Url {
    served.said.iter().find_map(|line| line.strip_prefix("public URL ")).unwrap().parse().unwrap()
}

/// Walk on from a page until the errand is done or the server is gone; what was answered, and that it was acknowledged, is noted, and where they were last.
async fn walk(person: &mut Person, at: &At<'_>, mut seen: Seen, (answered, last): (&mut Vec<String>, &mut String)) -> Result<Seen, Silence> {
    loop {
        seen.url.path().clone_into(last);
        let Some(screen) = seen.screen().map(str::to_owned) else { return Ok(seen) };
        let Some((button, filled)) = (at.errand.does)(&screen, at) else { return Ok(seen) };
        assert!(answered.len() < 40, "{answered:?}");
        let filled: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (*name, value.as_str())).collect();
        seen = person.tries_to_press(&seen, button, &filled).await?;
        assert_eq!(seen.errors(), [] as [&str; 0], "{screen} refused it at {}, after {answered:?}", seen.url);
        answered.push(screen);
    }
}

/// The errand with an end of the server at one commit. Was there such a commit?
async fn run(errand: &Errand, template: &Path, client: &Value, abort: &str) -> bool {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    copy(template, &data);
    let begins = (errand.begins)(client);
    let served = Served::start_in(&data, &["--abort-at", abort]);
    let mut person = Person::at(&home(&served), http());
    let (mut before, mut last) = (Vec::new(), begins.clone());
    let at = At { served: &served, errand };
    let first = match person.tries_to_open(&begins).await {
        Ok(seen) => walk(&mut person, &at, seen, (&mut before, &mut last)).await,
        Err(silence) => Err(silence),
    };
    if let Ok(seen) = first {
        (errand.done)(&served, &seen);
        assert!(served.stop().0.success());
        return false;
    }
    let (status, _) = served.ended();
    assert!(!status.success(), "it ended at {abort}");

    let served = Served::start_in(&data, &[]);
    person.moves_to(&home(&served));
    let at = At { served: &served, errand };
    let mut after = Vec::new();
    // They load the page again on which nobody answered. A journey that came to its end has no page: then they come once more from where they came.
    let mut seen = person.opens(&last).await;
    if seen.screen() == Some("S-ERROR") {
        assert_eq!(seen.errors(), ["E-TXN"], "{abort}: after {before:?}");
        seen = person.opens(errand.over.unwrap_or(&begins)).await;
    }
    let seen = walk(&mut person, &at, seen, (&mut after, &mut last)).await.unwrap();
    (errand.done)(&served, &seen);
    let done: BTreeSet<&String> = before.iter().filter(|screen| !errand.again.contains(&screen.as_str())).collect();
    let twice: Vec<&String> = after.iter().filter(|screen| done.contains(screen)).collect();
    assert!(twice.is_empty(), "{abort}: {twice:?} asked again; before {before:?}, after {after:?}");
    let verified = served.cli(&["audit", "verify"]);
    assert!(verified.status.success(), "{abort}: {}", String::from_utf8_lossy(&verified.stdout));
    assert!(served.stop().0.success());
    true
}

/// At every commit, on both sides of it.
async fn at_every_commit(name: &str, errand: &Errand) {
    let place = tempfile::tempdir().unwrap();
    let template = place.path().join("data");
    let client = ready(&template).await;
    for side in ["before", "after"] {
        let mut commit = 1;
        while run(errand, &template, &client, &format!("{side}:{commit}")).await {
            commit += 1;
        }
        println!("{name}: {} commits, ended {side} each of them", commit - 1);
        assert!(commit > 1, "{name} commits");
    }
}

#[tokio::test]
async fn j01_a_sign_up_goes_on_after_every_crash() {
    at_every_commit("sign-up", &SIGN_UP).await;
}

#[tokio::test]
async fn j04_a_sign_in_goes_on_after_every_crash() {
    at_every_commit("sign-in", &SIGN_IN).await;
}

#[tokio::test]
async fn j06_a_sign_in_by_mailed_code_goes_on_after_every_crash() {
    at_every_commit("sign-in by code", &BY_CODE).await;
}

#[tokio::test]
async fn j29_a_reset_goes_on_after_every_crash() {
    at_every_commit("reset", &RESET).await;
}

#[tokio::test]
async fn j13_an_invitation_goes_on_after_every_crash() {
    at_every_commit("invitation", &INVITED).await;
}

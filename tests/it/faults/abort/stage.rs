//! What stands ready before an errand: an organisation with its application, its terms, its people and who of them is signed in.

use std::{
    collections::BTreeMap,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use reqwest::{Method, Url};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    super::{
        party::{PASSWORD, REDIRECT, application},
        wire::form,
    },
    BASILE, CAMILLE, LEA, LOU, NADIA, home,
};
use crate::{
    boot::served::{Served, http},
    harness::Person,
};

/// A folder in which everything is ready. It is copied, never served again.
pub(super) struct Stage {
    place: TempDir,
    client: String,
    /// What the default organisation is called in addresses.
    pub(super) slug: String,
    /// Links of invitations, by address.
    pub(super) invited: BTreeMap<&'static str, String>,
    /// Who is signed in in the portal, and at home where.
    people: BTreeMap<&'static str, Person>,
}

impl Stage {
    /// Where the application sends people.
    pub(super) fn authorize(&self) -> String {
        let pairs = [("response_type", "code"), ("client_id", &*self.client), ("redirect_uri", REDIRECT), ("scope", "openid email")];
        format!("/authorize?{}", form(&pairs))
    }

    /// A copy of it.
    pub(super) fn copy_to(&self, to: &Path) {
        assert!(Command::new("cp").arg("-a").arg(self.place.path().join("data")).arg(to).status().unwrap().success());
    }

    /// Somebody's browser as it was.
    pub(super) fn person(&self, who: Option<&str>, at: &Served) -> Person {
        let mut person = who.map_or_else(|| Person::at(&home(at), http()), |who| self.people[who].clone());
        person.moves_to(&home(at));
        person
    }

    /// The same with other settings of the organisation.
    pub(super) async fn with(mut self, rules: Value) -> Self {
        let served = Served::start_in(&self.place.path().join("data"), &[]);
        sets(&served, rules).await;
        assert!(served.stop().0.success());
        self.people.clear();
        self
    }
}

async fn sets(served: &Served, rules: Value) {
    let done = served.api(Method::PATCH, "/tenants/default/settings").json(&rules).send().await.unwrap();
    assert!(done.status().is_success(), "{}", done.text().await.unwrap());
}

async fn makes(served: &Served, path: &str, body: Value) -> Value {
    let reply = served.api(Method::POST, path).json(&body).send().await.unwrap();
    assert!(reply.status().is_success(), "{path}: {}", reply.text().await.unwrap());
    reply.json().await.unwrap()
}

/// A folder with an application, terms, and people with a password.
pub(super) async fn ready() -> Stage {
    let place = tempfile::tempdir().unwrap();
    let served = Served::start_in(&place.path().join("data"), &[]);
    let mut asked = application("Espace Client");
    asked["client"]["consent"] = json!("ask");
    let client = makes(&served, "/tenants/default/clients", asked).await["client_id"].as_str().unwrap().to_owned();
    for (home, email) in [("default", CAMILLE), ("default", BASILE), ("personal", NADIA), ("personal", LOU)] {
        let must_change = email == BASILE;
        makes(&served, &format!("/tenants/{home}/accounts"), json!({"account": {"email": email}, "password": PASSWORD, "must_change": must_change})).await;
        served.cli_json(&["account", "verify", email, "email", "--tenant", home]);
    }
    sets(&served, json!({"sign_up": "open", "mail_code_pause": 10, "company_step": true})).await;
    served.cli_json(&["terms", "create", "cgu", "--name", "Conditions", "--name-en", "Terms"]);
    let tenants = served.cli_json(&["tenant", "list"]);
    let slug = tenants.as_array().unwrap().iter().find(|tenant| tenant["is_default"] == true).unwrap()["slug"].as_str().unwrap().to_owned();
    let mut stage = Stage { place, client, slug, invited: BTreeMap::new(), people: BTreeMap::new() };
    publishes(&stage, &served, "Texte.");
    for (email, given, family) in [(LEA, "Léa", "Morvan"), (LOU, "Lou", "Ferrand"), (NADIA, "Nadia", "Bensaïd")] {
        let invited = served.cli_json(&["invitation", "new", "--email", email, "--given-name", given, "--family-name", family]);
        let link: Url = invited["invite_url"].as_str().unwrap().parse().unwrap();
        stage.invited.insert(email, link.path().to_owned());
    }
    assert!(served.stop().0.success());
    stage
}

fn publishes(stage: &Stage, served: &Served, text: &str) {
    let file = stage.place.path().join("terms.md");
    std::fs::write(&file, format!("# Objet\n\n{text}")).unwrap();
    let file = file.to_str().unwrap();
    served.cli_json(&["terms", "publish", "cgu", "--fr", file, "--en", file, "--summary", text, "--quiet"]);
}

/// The same, and Nadia has agreed to everything and looks at her portal, as Camille does at her console.
pub(super) async fn peopled() -> Stage {
    let mut stage = ready().await;
    let served = Served::start_in(&stage.place.path().join("data"), &[]);
    served.cli_json(&["account", "roles", CAMILLE, "global_administrator"]);
    let (console, invited, authorize) = (format!("/admin/{}", stage.slug), stage.invited[NADIA].clone(), stage.authorize());
    for (who, address, begins) in [("elsewhere", NADIA, &[invited, authorize.clone()][..]), ("nadia", NADIA, &[authorize]), ("camille", CAMILLE, &[console])] {
        let mut person = Person::at(&home(&served), http());
        for begins in begins {
            enters(&served, &mut person, begins, address).await;
        }
        stage.people.insert(who, person);
    }
    publishes(&stage, &served, "Texte, et plus.");
    sets(&served, json!({"privacy_version": 2})).await;
    assert!(served.stop().0.success());
    stage
}

/// Whatever is asked on the way.
async fn enters(served: &Served, person: &mut Person, begins: &str, address: &str) {
    let mut seen = person.opens(begins).await;
    for _ in 0..10 {
        seen = match seen.screen() {
            Some("S-SIGNIN-ID") => person.presses(&seen, "next", &[("identifier", address)]).await,
            Some("S-SIGNIN-PW") => person.presses(&seen, "next", &[("password", PASSWORD)]).await,
            Some("S-TOU") => person.presses(&seen, "continue", &[("accept", "yes")]).await,
            Some("S-SIGNUP-CODE") => person.presses(&seen, "next", &[("code", &waits_for(served, address, code_in))]).await,
            Some("S-INV" | "S-ORG-CONSENT" | "S-APP-CONSENT") => person.presses(&seen, "accept", &[]).await,
            Some("S-SIGNUP-PROFILE") => person.presses(&seen, "create", &[("given_name", "Nadia"), ("family_name", "Bensaïd")]).await,
            Some("S-COMPANY") => person.presses(&seen, "create", super::COMPANY).await,
            Some("S-AD-HOME" | "S-ME-HOME") | None => return,
            other => panic!("{other:?} was not expected: {}", seen.html),
        };
    }
    panic!("no end");
}

/// What is found in the newest mail to an address in which it is.
pub(super) fn newest<T>(served: &Served, address: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    let folder = std::fs::read_dir(served.data().join("mail")).ok()?;
    let files = folder.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "eml"));
    let mut files: Vec<_> = files.filter_map(|path| Some((std::fs::metadata(&path).ok()?.modified().ok()?, path))).collect();
    files.sort();
    files.iter().rev().find_map(|(_, path)| {
        let text = std::fs::read_to_string(path).ok()?;
        text.contains(&format!("To: {address}")).then(|| find(&text)).flatten()
    })
}

/// The same, as soon as it is there.
pub(super) fn waits_for<T>(served: &Served, address: &str, find: impl Fn(&str) -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(found) = newest(served, address, &find) {
            return found;
        }
        assert!(Instant::now() < end, "no such mail to {address}");
        std::thread::yield_now();
    }
}

/// Two groups of three digits on a line of their own.
pub(super) fn code_in(mail: &str) -> Option<String> {
    let is_code = |line: &&str| line.len() == 7 && line.char_indices().all(|(at, c)| if at == 3 { c == ' ' } else { c.is_ascii_digit() });
    mail.lines().map(str::trim).find(is_code).map(str::to_owned)
}

/// The path of a link of ours, whatever was folded.
pub(super) fn link_in(mail: &str, below: &str) -> Option<String> {
    let mail = mail.replace("=\r\n", "").replace("=\n", "");
    let begins = mail.find(below)?;
    let link: String = mail[begins..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-_".contains(*c)).collect();
    Some(link)
}

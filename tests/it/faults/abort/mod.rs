//! A person is in the middle of something, and the server is gone without a word, right before one of its commits or right after it. When it is back the person
//! goes on at the step that is owed: nothing that was acknowledged is asked again, nothing is half made, nothing is made twice.
//!
//! Everything is made ready once for a file of errands ([`stage`]); each crash has a copy of that folder and a server of its own ([`run`]). Whoever is signed in
//! already has the cookies of when it was made ready, so that an errand in the portal costs only its own commits.

mod console;
mod journeys;
mod portal;
mod run;
mod stage;

use reqwest::Url;

use super::party::PASSWORD;
use crate::{boot::served::Served, harness::Seen};
use stage::Stage;

/// Nobody has an account with it when a story begins.
const LEA: &str = "lea@courriel.test";
/// At home where everything is asked for, and its administrator.
const CAMILLE: &str = "camille@aubepine.test";
/// The password that has to be changed.
const BASILE: &str = "basile@aubepine.test";
/// At home elsewhere, with a place here: agreed to everything, in two browsers.
const NADIA: &str = "nadia@courriel.test";
/// At home elsewhere, without a place here.
const LOU: &str = "lou@courriel.test";
const NEW_PASSWORD: &str = "correct cheval batterie agrafe";

/// What somebody does next.
enum Act {
    /// A button, and what was typed.
    Press(&'static str, Vec<(&'static str, String)>),
    /// A path, as from a mail or a bookmark.
    Open(String),
    /// A link that is read in another browser, whose button is pressed there.
    Elsewhere(String, &'static str),
}

fn press(button: &'static str, fields: &[(&'static str, &str)]) -> Act {
    Act::Press(button, fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

/// What somebody wants.
#[derive(Clone, Copy)]
struct Errand {
    /// Where it begins: a path.
    begins: fn(&Stage) -> String,
    /// Who does it: somebody of the stage, or a new browser.
    who: Option<&'static str>,
    /// Where they go when it came to its end and nobody told them: there once more, unless said.
    over: Option<&'static str>,
    /// What a page says of what came to its end.
    gone: &'static str,
    /// Whose address it is about.
    address: &'static str,
    /// What is done on a screen, while there is something left to do.
    does: fn(&Seen, &At<'_>) -> Option<Act>,
    /// Screens that may come twice: nothing is kept of their answer.
    again: &'static [&'static str],
    /// What must hold when it is done.
    done: fn(&At<'_>, &Seen),
}

/// What an answer may depend on.
struct At<'a> {
    served: &'a Served,
    errand: &'a Errand,
    stage: &'a Stage,
}

impl At<'_> {
    fn has_account(&self) -> bool {
        self.served.cli(&["account", "show", self.errand.address, "--tenant", "personal"]).status.success()
    }

    fn was_mailed(&self) -> bool {
        stage::newest(self.served, self.errand.address, stage::code_in).is_some()
    }

    /// The newest code that was mailed to the address.
    fn code_to(&self, address: &str) -> String {
        stage::waits_for(self.served, address, stage::code_in)
    }

    fn code(&self) -> String {
        self.code_to(self.errand.address)
    }

    /// The newest link below a path that was mailed to the address.
    fn link(&self, below: &'static str) -> String {
        stage::waits_for(self.served, self.errand.address, |mail| stage::link_in(mail, below))
    }

    /// What happened in an organisation.
    fn trail(&self, tenant: &str) -> Vec<serde_json::Value> {
        self.served.cli_json(&["audit", "list", "--tenant", tenant]).as_array().unwrap().clone()
    }

    /// How often this did.
    fn happened(&self, tenant: &str, event: &str) -> usize {
        self.trail(tenant).iter().filter(|told| told["event"]["event"] == event).count()
    }

    /// What became of the newest invitation of an address.
    fn invitation(&self, address: &str) -> serde_json::Value {
        let list = self.served.cli_json(&["invitation", "list"]);
        let mut found: Vec<_> = list.as_array().unwrap().iter().filter(|row| row["email"] == address).cloned().collect();
        assert_eq!(found.len(), 1, "{address} is invited once: {list}");
        found.remove(0)
    }

    /// Who they are by now.
    fn account(&self) -> serde_json::Value {
        self.served.cli_json(&["account", "show", self.errand.address, "--tenant", "personal"])
    }
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
fn usual(seen: &Seen, at: &At<'_>) -> Option<Act> {
    Some(match seen.screen()? {
        "S-SIGNIN-ID" => press("next", &[("identifier", at.errand.address)]),
        "S-SIGNIN-PW" | "S-REAUTH" => press("next", &[("password", PASSWORD)]),
        "S-SIGNUP-EMAIL" => press("next", &[("email", at.errand.address)]),
        "S-SIGNUP-SECRET" => press("next", &[("new_password", NEW_PASSWORD)]),
        "S-SIGNUP-PROFILE" => press("create", &[("given_name", "Léa"), ("family_name", "Morvan")]),
        "S-SIGNUP-CODE" | "S-SIGNIN-OTP" | "S-RESET-CODE" => press("next", &[("code", &at.code())]),
        "S-INV" | "S-ORG-CONSENT" | "S-APP-CONSENT" => press("accept", &[]),
        "S-TOU" => press("continue", &[("accept", "yes")]),
        "S-COMPANY" => press("create", COMPANY),
        // The browser is known by now: the last commit counted, and only its answer is lost.
        "S-PICKER" => press("other", &[]),
        _ => return None,
    })
}

/// Where a server says that it is.
fn home(served: &Served) -> Url {
    served.said.iter().find_map(|line| line.strip_prefix("public URL ")).unwrap().parse().unwrap()
}

//! What Nadia does with her own account.

use super::{
    super::party::PASSWORD,
    Act, At, Errand, NADIA, NEW_PASSWORD, press,
    run::at_every_commit,
    stage::{self, peopled},
};
use crate::harness::Seen;

const NEW_ADDRESS: &str = "nadia@eon.test";

/// J37: another name.
const PROFILE: Errand = Errand {
    begins: |_| "/account/profile".to_owned(),
    who: Some("nadia"),
    over: None,
    gone: "E-TXN",
    address: NADIA,
    does: |seen, _| match seen.screen()? {
        "S-ME-PROFILE" if !seen.html.contains("value=\"Nadège\"") => {
            Some(press("save", &[("given_name", "Nadège"), ("family_name", "Bensaïd"), ("locale", "fr"), ("country", "FR"), ("zoneinfo", "")]))
        }
        _ => None,
    },
    again: &[],
    done: |at, seen| {
        assert_eq!(seen.screen(), Some("S-ME-PROFILE"));
        assert_eq!(at.account()["profile"]["given_name"], "Nadège");
    },
};

/// J40: the other browser is signed out.
const SESSIONS: Errand = Errand {
    begins: |_| "/account/sessions".to_owned(),
    does: |seen, _| seen.html.contains("value=\"end_others\"").then(|| press("end_others", &[])),
    done: |_, seen| assert_eq!((seen.screen(), seen.html.matches("data-testid=\"session\"").count()), (Some("S-ME-SESSIONS"), 1)),
    ..PROFILE
};

/// J40: nothing more for the application, and for the organisation.
const WITHDRAWN: Errand = Errand {
    begins: |_| "/account/apps".to_owned(),
    does: |seen, _| match seen.screen()? {
        "S-ME-APPS" if !seen.html.contains("data-testid=\"withdraw\"") => Some(Act::Open("/account/organisations".to_owned())),
        _ => seen.html.contains("data-testid=\"withdraw\"").then(|| press("withdraw", &[])),
    },
    done: |at, seen| {
        assert_eq!((seen.screen(), seen.html.contains("data-testid=\"withdraw\"")), (Some("S-ME-ORGS"), false));
        assert_eq!((at.happened("default", "consent.user_revoked"), at.happened("default", "consent.org_revoked")), (1, 1));
    },
    ..PROFILE
};

/// J37: another password.
const PASSWORD_CHANGED: Errand = Errand {
    begins: |_| "/account/password".to_owned(),
    does: |seen, at| match seen.screen()? {
        "S-ME-PASSWORD" if at.happened("personal", "password.changed") == 0 => {
            Some(press("save", &[("password", PASSWORD), ("new_password", NEW_PASSWORD), ("signout_all", "yes")]))
        }
        _ => None,
    },
    done: |at, _| {
        assert_eq!(at.happened("personal", "password.changed"), 1);
        assert!(!at.link("/undo/").is_empty(), "the way back is in the mail");
    },
    ..PROFILE
};

/// The address that counts.
fn address(at: &At<'_>) -> String {
    let present = at.served.cli_json(&["account", "list", "--tenant", "personal"]);
    present.as_array().unwrap().iter().filter_map(|account| account["email"].as_str()).find(|email| email.starts_with("nadia")).unwrap().to_owned()
}

fn is_new(seen: &Seen) -> bool {
    seen.html.contains(&format!("<dd>{NEW_ADDRESS}")) || seen.html.contains(&format!("<dd>\n{NEW_ADDRESS}"))
}

/// J38: another address, which both mailboxes are told, and back by the link in the old one.
const ADDRESS: Errand = Errand {
    begins: |_| "/account/contact".to_owned(),
    does: |seen, at| match seen.screen()? {
        "S-ME-CONTACT" if is_new(seen) => Some(Act::Open(at.link("/account/contact/undo/"))),
        "S-ME-CONTACT" if at.happened("personal", "email.verification_sent") > 0 => Some(Act::Open("/account/contact/code".to_owned())),
        "S-ME-CONTACT" => Some(press("change", &[("email", NEW_ADDRESS)])),
        "S-ME-CONTACT-CODE" => Some(press("confirm", &[("code", &at.code_to(NEW_ADDRESS))])),
        "S-ME-UNDO" if seen.html.contains("value=\"undo\"") => Some(press("undo", &[])),
        _ => None,
    },
    done: |at, seen| {
        assert_eq!(seen.screen(), Some("S-ME-UNDO"), "{:?}", seen.errors());
        assert_eq!(address(at), NADIA);
        assert!(stage::newest(at.served, NADIA, |mail| stage::link_in(mail, "/account/contact/undo/")).is_some());
    },
    ..PROFILE
};

const KEPT: &str = "/account/delete/undone";

/// J41: the account shall go, and then not.
const DELETION: Errand = Errand {
    begins: |_| "/account/delete".to_owned(),
    over: Some(KEPT),
    // Nothing is left of what was taken back.
    gone: "E-LINK-BAD",
    does: |seen, at| match seen.screen()? {
        "S-ME-DELETE" => Some(press("delete", &[("confirm_email", NADIA)])),
        "S-ME-UNDO" if seen.html.contains("value=\"undo\"") => Some(press("undo", &[])),
        "S-ME-UNDO" if seen.url.path() == KEPT => None,
        // Signed out everywhere: only the mail leads back.
        _ => Some(Act::Open(at.link("/account/delete/undo/"))),
    },
    done: |at, seen| {
        assert_eq!((seen.screen(), seen.url.path()), (Some("S-ME-UNDO"), KEPT), "{:?}", seen.errors());
        assert_eq!(at.account()["state"], "active");
        let kept = at.trail("personal").iter().filter(|told| told["event"]["reason"] == "deletion called off").count();
        assert_eq!((at.happened("personal", "account.deletion_requested"), kept), (1, 1));
    },
    ..PROFILE
};

#[tokio::test]
async fn j37_j40_what_is_done_in_the_portal_goes_on_after_every_crash() {
    let stage = peopled().await;
    at_every_commit("profile", &PROFILE, &stage).await;
    at_every_commit("sessions", &SESSIONS, &stage).await;
    at_every_commit("withdrawal", &WITHDRAWN, &stage).await;
    at_every_commit("password", &PASSWORD_CHANGED, &stage).await;
}

#[tokio::test]
async fn j38_j41_another_address_and_a_deletion_go_on_after_every_crash_and_back() {
    let stage = peopled().await;
    at_every_commit("address", &ADDRESS, &stage).await;
    at_every_commit("deletion", &DELETION, &stage).await;
}

//! What Camille does at her console.

use super::{Act, At, CAMILLE, Errand, press, run::at_every_commit, stage::peopled};

const WIM: &str = "wim@morvan.test";
const CSV: &str = "email,given_name\nwim@morvan.test,Wim\npauline@morvan.test,Pauline\nbasile@morvan.test,Basile\n";

fn invited(at: &At<'_>, email: &str) -> Option<String> {
    let list = at.served.cli_json(&["invitation", "list"]);
    let mut found = list.as_array().unwrap().iter().filter(|row| row["email"] == email).map(|row| row["id"].as_str().unwrap().to_owned());
    let first = found.next();
    assert!(found.next().is_none(), "{email} is invited once: {list}");
    first
}

/// J12, J43: Wim is invited, gets another link, and is invited no more.
const INVITES: Errand = Errand {
    begins: |stage| format!("/admin/{}/invitations", stage.slug),
    who: Some("camille"),
    over: None,
    gone: "E-TXN",
    address: CAMILLE,
    does: |seen, at| {
        let list = (at.errand.begins)(at.stage);
        match (seen.screen()?, invited(at, WIM)) {
            ("S-AD-INVITES", None) => Some(Act::Open(format!("{list}/new"))),
            ("S-AD-INVITE-NEW", None) => Some(press("send", &[("email", WIM), ("given_name", "Wim")])),
            ("S-AD-INVITES" | "S-AD-INVITE-NEW", Some(id)) => Some(Act::Open(format!("{list}/{id}"))),
            ("S-AD-INVITE", _) if seen.html.contains("data-state=\"revoked\"") => None,
            ("S-AD-INVITE", _) if at.happened("default", "invitation.regenerated") == 0 => Some(press("regenerate", &[])),
            ("S-AD-INVITE", _) => Some(press("revoke", &[])),
            _ => None,
        }
    },
    // Three things are done on one page.
    again: &["S-AD-INVITE"],
    done: |at, seen| {
        assert_eq!(seen.screen(), Some("S-AD-INVITE"), "{:?}", seen.errors());
        for event in ["invitation.regenerated", "invitation.revoked"] {
            assert_eq!(at.happened("default", event), 1, "{event}");
        }
        assert_eq!(at.invitation(WIM)["state"], "revoked");
    },
};

/// J12: a CSV of three, which is sent again when nobody answered.
const MANY: Errand = Errand {
    begins: |stage| format!("/admin/{}/invitations/new", stage.slug),
    does: |seen, _| match seen.screen()? {
        "S-AD-INVITE-NEW" if !seen.html.contains("data-testid=\"report\"") => Some(press("csv", &[("csv", CSV)])),
        _ => None,
    },
    done: |at, seen| {
        assert_eq!((seen.screen(), seen.html.contains("data-testid=\"report\"")), (Some("S-AD-INVITE-NEW"), true), "{:?}", seen.errors());
        for email in [WIM, "pauline@morvan.test", "basile@morvan.test"] {
            assert!(invited(at, email).is_some(), "{email}");
        }
    },
    ..INVITES
};

#[tokio::test]
async fn j12_j43_invitations_of_the_console_go_on_after_every_crash() {
    let stage = peopled().await;
    at_every_commit("invites", &INVITES, &stage).await;
    at_every_commit("csv", &MANY, &stage).await;
}

//! The command line, against a server that runs and against a folder that nobody uses.

use std::{fs, process::Output};

use serde_json::json;

use super::served::{Served, program};

fn text(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).unwrap()
}

#[track_caller]
fn refused(done: &Output) -> String {
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stdout));
    let said = text(&done.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[test]
fn every_noun_is_listed_shown_made_and_changed() {
    let served = Served::start(&[]);
    let tenant = served.cli_json(&["tenant", "create", "--slug", "morvan", "--name", "Ateliers Morvan", "--test-badge", "RECETTE"]);
    assert_eq!(tenant["test_badge"], "RECETTE");
    assert_eq!(served.cli_json(&["tenant", "update", "morvan", "--set", "support.mail=aide@morvan.test"])["support"]["mail"], "aide@morvan.test");
    assert_eq!(served.cli_json(&["tenant", "disable", "morvan", "--reason", "essai"])["active"], false);
    assert_eq!(served.cli_json(&["tenant", "enable", "morvan"])["active"], true);

    let morvan = ["--tenant", "morvan"];
    let with = |words: &[&str]| served.cli_json(&[words, &morvan[..]].concat());
    let account =
        with(&["account", "create", "--email", "nadia@morvan.test", "--given-name", "Nadia", "--family-name", "Ferrand", "--role", "global_administrator"]);
    assert_eq!(account["password"].as_str().unwrap().len(), 24);
    assert_eq!(with(&["account", "show", "nadia@morvan.test"])["roles"], json!(["global_administrator"]));
    assert_eq!(with(&["account", "update", "nadia@morvan.test", "--set", "profile.nickname=Nad"])["profile"]["nickname"], "Nad");
    for (action, state) in [("lock", "locked"), ("unlock", "active"), ("archive", "archived"), ("restore", "active")] {
        assert_eq!(with(&["account", action, "nadia@morvan.test"])["state"], state);
    }
    assert_eq!(with(&["account", "roles", "nadia@morvan.test", "auditor"])["roles"], json!(["auditor"]));

    let api = with(&["api", "create", "--identifier", "https://factures.test", "--name", "Factures", "--scope", "invoice.read=Lire vos factures"]);
    assert_eq!(api["scopes"][0]["name"], "invoice.read");
    assert_eq!(with(&["api", "update", "https://factures.test", "--set", "lifetime=300"])["lifetime"], 300);

    let made = with(&["client", "create", "--name", "Espace", "--redirect-uri", "https://espace.test/retour", "--scope", "openid invoice.read", "--no-pkce"]);
    let id = made["client_id"].as_str().unwrap();
    let secret = made["client_secret"].as_str().unwrap();
    assert!(!with(&["client", "show", id]).to_string().contains(secret), "a secret is shown once");
    assert_eq!(with(&["client", "update", id, "--set", "home_url=https://espace.test"])["home_url"], "https://espace.test");
    assert_ne!(with(&["client", "secret", id, "--keep", "60"])["client_secret"], secret);
    for (action, state) in [("disable", "disabled"), ("enable", "active"), ("archive", "archived")] {
        assert_eq!(with(&["client", action, id])["state"], state);
    }
    assert!(refused(&served.cli(&["api", "delete", "https://factures.test", "--tenant", "morvan"])).contains("clients may ask for scopes of this API"));
    with(&["client", "update", id, "--set", "scopes=[\"openid\"]"]);
    assert_eq!(with(&["api", "delete", "https://factures.test"]), json!({ "identifier": "https://factures.test", "deleted": true }));

    assert_eq!(with(&["setting", "update", "session_idle=3600", "stay=true"])["session_idle"], 3600);
    assert_eq!(with(&["setting", "show"])["stay"], true);
    with(&["key", "rotate", "--algorithm", "ES256"]);
    assert_eq!(with(&["key", "list"]).as_array().unwrap().len(), 3);
    let audit = with(&["audit", "list"]).to_string();
    for event in ["tenant.created", "account.archived", "role.removed", "app.created", "app.secret_rotated", "api.updated", "policy.changed", "key.rotated"] {
        assert!(audit.contains(event), "{event} is not in the audit trail");
    }
    assert!(!audit.contains(secret) && audit.contains("\"local\""));
    assert!(served.cli(&["audit", "verify"]).status.success());
    for noun in ["tenant", "account", "client", "api", "key", "audit"] {
        let shown = served.cli(&[noun, "list", "--tenant", "morvan"]);
        assert!(shown.status.success() && text(&shown.stdout).lines().count() > 1, "{noun}");
    }
}

#[test]
fn what_is_refused_is_one_line_and_exit_status_1() {
    let served = Served::start(&[]);
    assert!(refused(&served.cli(&["client", "create", "--name", "Essai", "--redirect-uri", "http://essai.test/cb"])).contains("loopback"));
    assert!(refused(&served.cli(&["setting", "update", "sesion_idle=60"])).contains("session_idle"));
    assert!(refused(&served.cli(&["account", "show", "nobody@aubepine.test"])).contains("There is none"));
    assert!(refused(&served.cli(&["tenant", "update", "default", "--set", "test_badge=X", "--rev", "99"])).contains("changed meanwhile"));
    let folder = tempfile::tempdir().unwrap();
    let alone = program().args(["tenant", "list", "--data"]).arg(folder.path()).output().unwrap();
    assert!(refused(&alone).contains("no server runs"));
    assert_eq!(program().arg("tenants").output().unwrap().status.code(), Some(2), "what is not understood is exit status 2");
}

#[test]
fn an_operator_can_be_made_without_the_link() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start_in(folder.path(), &[]);
    let made = served.cli_json(&["account", "operator", "--email", "ines@aubepine.test"]);
    assert_eq!(made["roles"], json!(["operator"]));
    served.stop();
    assert_eq!(Served::start_in(folder.path(), &[]).setup_path(), None);
}

#[test]
fn a_backup_of_a_running_server_becomes_a_server_again() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("parvis.backup");
    let served = Served::start(&[]);
    served.cli_json(&["account", "create", "--email", "camille@courriel.test", "--tenant", "personal"]);
    let done = served.cli(&["backup", file.to_str().unwrap()]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(refused(&served.cli(&["backup", file.to_str().unwrap()])).contains("replaces nothing"));
    let restored = place.path().join("restored");
    let done = program().args(["restore", "--verify", "--into"]).args([&restored, &file]).output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    fs::copy(served.data().join("master.key"), restored.join("master.key")).unwrap();
    served.stop();
    let again = Served::start_in(&restored, &[]);
    assert_eq!(again.cli_json(&["account", "list", "--tenant", "personal"])[0]["email"], "camille@courriel.test");
    again.stop();
    // And the same without a server, from the folder.
    let offline = place.path().join("offline.backup");
    let done = program().arg("backup").arg(&offline).arg("--data").arg(&restored).output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    let mut damaged = fs::read_to_string(&offline).unwrap();
    damaged.truncate(damaged.len() - 40);
    fs::write(&offline, damaged).unwrap();
    assert!(refused(&program().args(["restore", "--verify"]).arg(&offline).output().unwrap()).contains("not whole"));
}

#[test]
fn check_says_what_to_mend_and_shows_every_exception() {
    let folder = tempfile::tempdir().unwrap();
    Served::start_in(folder.path(), &[]).stop();
    let check = |flags: &[&str]| program().args(["check", "--data"]).arg(folder.path()).args(flags).output().unwrap();
    let well = check(&["--outgoing-loopback", "backchannel_logout"]);
    assert!(well.status.success(), "{}", text(&well.stdout));
    let said = text(&well.stdout);
    assert!(said.contains("exception: logout tokens may be sent to this machine") && said.contains("records") && said.contains("All is well."), "{said}");
    fs::remove_file(folder.path().join("master.key")).unwrap();
    let ill = check(&[]);
    assert_eq!(ill.status.code(), Some(1));
    assert!(text(&ill.stdout).contains("MEND") && text(&ill.stdout).contains("To mend: 1"));
}

#[test]
fn the_reference_of_settings_is_printed() {
    let done = program().arg("config").output().unwrap();
    let reference = text(&done.stdout);
    for setting in parvis::boot::config::SETTINGS {
        assert!(reference.contains(&setting.variable()) && reference.contains(&setting.flag()), "{}", setting.name);
    }
}

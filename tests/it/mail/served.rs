//! The program sends mail, across its own restart, and its command line shows what became of it.

use std::fs;

use super::post_office::{Mood, PostOffice};
use crate::boot::served::{Served, program};

#[tokio::test(flavor = "multi_thread")]
async fn a_test_mail_outlives_a_server_that_is_away_and_a_restart_of_the_house() {
    let mut office = PostOffice::opens().await;
    office.is(Mood::Away);
    let (server, folder) = (format!("127.0.0.1:{}", office.port), tempfile::tempdir().unwrap());
    let flags = ["--mail-server", server.as_str(), "--mail-tls", "none", "--mail-from", "parvis@aubepine.test"];
    let served = Served::start_in(folder.path(), &flags);
    let queued = served.cli_json(&["mail", "test", "camille@courriel.test"]);
    let id = queued["id"].as_str().unwrap().to_owned();
    let listed = served.cli_json(&["mail", "list"]);
    assert_eq!((&listed[0]["id"], &listed[0]["state"], &listed[0]["to"]), (&queued["id"], &"queued".into(), &"camille@courriel.test".into()));
    served.signal("KILL");
    served.ended();
    office.is(Mood::Takes);
    let served = Served::start_in(folder.path(), &flags);
    office.has_taken(1).await;
    served.cli(&["mail", "show", &id]);
    served.stop();
    let taken = office.taken();
    assert_eq!((taken.len(), taken[0].to.as_str()), (1, "camille@courriel.test"));
    assert_eq!(taken[0].header("Message-ID").unwrap(), format!("<{id}@aubepine.test>"));
}

#[test]
fn without_a_server_mail_goes_to_a_folder_and_the_log_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start_in(folder.path(), &[]);
    let (_, log) = served.stop();
    assert!(log.contains("no mail_server is set: mail is written to"), "{log}");
}

#[test]
fn every_mail_can_be_read_beforehand_without_a_server() {
    let preview = |words: &[&str]| {
        let done = program().args(["mail", "preview"]).args(words).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    assert!(preview(&[]).contains("MAIL-11  new-sign-in"));
    assert!(preview(&["MAIL-11"]).starts_with("From: Cabinet Aubépine\nSubject: Nouvelle connexion à votre compte\n"));
    assert!(preview(&["new-sign-in", "--locale", "en", "--format", "html"]).contains("<h1"));
}

#[test]
fn settings_that_cannot_be_together_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("password");
    fs::write(&password, "secret\n").unwrap();
    let password = password.to_str().unwrap();
    for (flags, why) in [
        (&["--mail-user", "parvis"][..], "mail_user and mail_password go together"),
        (&["--mail-user", "parvis", "--mail-password", password], "mail_user is for a mail_server"),
        (&["--mail-server", "smtp.example.test", "--mail-folder", "/tmp/x"], "only one of them can be set"),
        (&["--mail-server", "smtp.example.test", "--mail-tls", "none", "--mail-user", "parvis", "--mail-password", password], "in the clear"),
        (&["--mail-tls", "ssl"], "there are starttls, tls and none"),
        (&["--mail-from", "nobody"], "not one complete mail address"),
    ] {
        let done = program().args(["check", "--data"]).arg(folder.path().join("store")).args(flags).output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(!done.status.success() && said.contains(why), "{flags:?}: {said}");
    }
}

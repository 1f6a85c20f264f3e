//! What it does not start with (F13): one line on standard error, an exit status that is not 0, and nothing changed.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Stdio},
};

use super::served::{Served, program};

/// Start it, which must fail, and give back its one line.
#[track_caller]
fn refusal(command: &mut Command) -> String {
    let done = command.stdout(Stdio::null()).output().unwrap();
    assert!(!done.status.success());
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

fn serve(data: &Path) -> Command {
    let mut command = program();
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
    command
}

/// A folder in which a server was, once.
fn used() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (status, _) = Served::start_in(folder.path(), &[]).stop();
    assert!(status.success());
    folder
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_store_without_its_key_is_not_opened_and_gets_no_new_one() {
    let folder = used();
    let key = folder.path().join("master.key");
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    assert!(refusal(&mut serve(folder.path())).contains("is missing"));
    assert!(!key.exists());
    fs::write(&key, kept).unwrap();
    set_mode(&key, 0o600);
    assert!(Served::start_in(folder.path(), &[]).stop().0.success());
}

#[test]
fn a_store_with_another_key_is_not_opened() {
    let (one, other) = (used(), used());
    fs::copy(other.path().join("master.key"), one.path().join("master.key")).unwrap();
    assert!(refusal(&mut serve(one.path())).contains("not the one that the store was made with"));
}

#[test]
fn a_key_that_others_may_read_is_not_used() {
    let folder = used();
    set_mode(&folder.path().join("master.key"), 0o640);
    assert!(refusal(&mut serve(folder.path())).contains("chmod 600"));
}

#[test]
fn a_damaged_key_is_not_used() {
    let folder = used();
    let key = folder.path().join("master.key");
    let whole = fs::read_to_string(&key).unwrap();
    for damaged in ["", "not a key", &whole[..20], &format!("{whole}x")] {
        fs::write(&key, damaged).unwrap();
        assert!(refusal(&mut serve(folder.path())).contains("does not hold a master key"), "{damaged}");
        assert_eq!(fs::read_to_string(&key).unwrap(), damaged, "it is not written over");
    }
    fs::write(&key, whole).unwrap();
    assert!(Served::start_in(folder.path(), &[]).stop().0.success());
}

#[test]
fn a_key_that_cannot_be_read_is_not_used_and_not_replaced() {
    let folder = used();
    let key = folder.path().join("master.key");
    fs::remove_file(&key).unwrap();
    // Not even whoever may read every file reads this.
    fs::create_dir(&key).unwrap();
    set_mode(&key, 0o700);
    assert!(refusal(&mut serve(folder.path())).contains("cannot be read"));
    assert!(key.is_dir());
    fs::remove_dir(&key).unwrap();
    std::os::unix::fs::symlink(folder.path().join("nowhere"), &key).unwrap();
    assert!(refusal(&mut serve(folder.path())).contains("is missing"));
    assert!(!folder.path().join("nowhere").exists());
}

#[test]
fn a_key_named_by_a_flag_is_not_made_for_a_store_that_has_one() {
    let folder = used();
    let elsewhere = folder.path().join("another.key");
    let said = refusal(serve(folder.path()).arg("--master-key").arg(&elsewhere));
    assert!(said.contains("is missing") && said.contains("another.key"), "{said}");
    assert!(!elsewhere.exists());
}

#[test]
fn a_data_folder_that_others_may_look_into_is_not_used() {
    let folder = used();
    set_mode(folder.path(), 0o755);
    assert!(refusal(&mut serve(folder.path())).contains("chmod o="));
}

#[test]
fn an_empty_folder_is_made_ours_alone() {
    let folder = tempfile::tempdir().unwrap();
    set_mode(folder.path(), 0o755);
    Served::start_in(folder.path(), &[]).stop();
    assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_folder_in_use_is_left_to_whoever_uses_it() {
    let served = Served::start(&[]);
    let said = refusal(&mut serve(served.data()));
    assert!(said.contains("another parvis") && said.contains(&served.pid().to_string()), "{said}");
}

#[test]
fn a_port_in_use_is_said_to_be() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let said = refusal(program().args(["serve", "--listen", &address, "--data"]).arg(folder.path()));
    assert!(said.contains(&address) && said.contains("in use") && said.contains("--listen"), "{said}");
}

#[test]
fn unknown_settings_are_refused_with_the_nearest_known_one() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refusal(serve(folder.path()).env("PARVIS_LISTN", "x")).contains("did you mean PARVIS_LISTEN?"));
    fs::write(folder.path().join("parvis.toml"), "shutdown_second = 3\n").unwrap();
    assert!(refusal(&mut serve(folder.path())).contains("did you mean shutdown_seconds?"));
}

#[test]
fn a_public_url_that_is_an_address_is_refused_because_of_passkeys() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refusal(serve(folder.path()).args(["--public-url", "http://127.0.0.1:8080"])).contains("passkeys"));
}

#[test]
fn a_demonstration_is_for_this_machine_only() {
    let folder = tempfile::tempdir().unwrap();
    let said = refusal(program().args(["serve", "--demo", "--listen", "0.0.0.0:0", "--trusted-proxies", "192.0.2.1", "--data"]).arg(folder.path()));
    assert!(said.contains("--demo"), "{said}");
}

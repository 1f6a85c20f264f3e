use super::*;

fn given(flags: &[(&'static str, &str)], environment: &[(&str, &str)]) -> Given {
    Given {
        flags: flags.iter().map(|(name, text)| (*name, (*text).to_owned())).collect(),
        file: None,
        environment: environment.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
    }
}

fn read(flags: &[(&'static str, &str)], environment: &[(&str, &str)]) -> Result<Config> {
    Config::read(&given(flags, environment))
}

fn refusal(flags: &[(&'static str, &str)], environment: &[(&str, &str)]) -> String {
    format!("{:#}", read(flags, environment).unwrap_err())
}

#[test]
fn nothing_needs_to_be_said() {
    let config = read(&[], &[("HOME", "/nowhere/ines")]).unwrap();
    assert_eq!(config.data, Path::new("/nowhere/ines/.local/share/parvis"));
    assert_eq!(config.master_key, Path::new("/nowhere/ines/.local/share/parvis/master.key"));
    assert_eq!(config.listen, SocketAddr::from(([127, 0, 0, 1], 8080)));
    assert_eq!(config.public_url(8080).as_str(), "http://localhost:8080");
    assert_eq!(config.limits.shutdown, Duration::from_secs(10));
}

#[test]
fn without_home_the_data_lies_where_we_stand() {
    assert_eq!(read(&[], &[]).unwrap().data, Path::new("parvis-data"));
    assert_eq!(read(&[], &[("HOME", "")]).unwrap().data, Path::new("parvis-data"));
    assert_eq!(read(&[], &[("XDG_DATA_HOME", "/nowhere/share"), ("HOME", "/nowhere/ines")]).unwrap().data, Path::new("/nowhere/share/parvis"));
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my.toml");
    std::fs::write(&file, "listen = \"127.0.0.1:1001\"\nworkers = 3\nshutdown_seconds = 7\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n").unwrap();
    let mut told = given(&[("listen", "127.0.0.1:1003")], &[("PARVIS_LISTEN", "127.0.0.1:1002"), ("PARVIS_WORKERS", "5")]);
    told.file = Some(file);
    let config = Config::read(&told).unwrap();
    assert_eq!(config.listen.port(), 1003);
    assert_eq!(config.limits.workers, 5);
    assert_eq!(config.limits.shutdown, Duration::from_secs(7));
    assert!(!config.trusted_proxies.is_empty());
}

#[test]
fn the_file_in_the_data_folder_is_read_and_cannot_move_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    std::fs::write(folder.path().join("parvis.toml"), "workers = 2").unwrap();
    assert_eq!(read(&[("data", data)], &[]).unwrap().limits.workers, 2);
    std::fs::write(folder.path().join("parvis.toml"), "data = \"elsewhere\"").unwrap();
    assert!(refusal(&[("data", data)], &[]).contains("cannot move"));
}

#[test]
fn a_file_that_is_named_must_exist() {
    let mut told = given(&[], &[]);
    told.file = Some(PathBuf::from("/nowhere/parvis.toml"));
    assert!(format!("{:#}", Config::read(&told).unwrap_err()).contains("/nowhere/parvis.toml"));
}

#[test]
fn unknown_names_are_refused_with_the_nearest_known_one() {
    assert_eq!(refusal(&[], &[("PARVIS_LISTN", "x")]), "unknown environment variable PARVIS_LISTN; did you mean PARVIS_LISTEN?");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("parvis.toml"), "publc_url = \"x\"").unwrap();
    let refused = refusal(&[("data", folder.path().to_str().unwrap())], &[]);
    assert!(refused.starts_with("unknown setting publc_url in "), "{refused}");
    assert!(refused.ends_with("did you mean public_url?"), "{refused}");
}

#[test]
fn a_refusal_says_where_the_value_was_said() {
    assert!(refusal(&[("workers", "many")], &[]).starts_with("--workers: "));
    assert!(refusal(&[("trusted_proxies", "somewhere")], &[]).starts_with("--trusted-proxies: "));
    assert!(refusal(&[], &[("PARVIS_WORKERS", "0")]).starts_with("PARVIS_WORKERS: "));
}

#[test]
fn a_public_url_is_a_name_over_https_with_nothing_behind() {
    for good in ["https://id.aubepine.test", "https://id.aubepine.test:8443", "http://localhost:8080", "http://demo.localhost"] {
        assert_eq!(good.parse::<PublicUrl>().unwrap().as_str(), good);
    }
    for (bad, why) in [
        ("http://id.aubepine.test", "https"),
        ("https://192.0.2.1", "passkeys"),
        ("http://127.0.0.1:8080", "passkeys"),
        ("https://[::1]", "passkeys"),
        ("https://id.aubepine.test/", "trailing slash"),
        ("https://id.aubepine.test/sso", "no path"),
        ("https://id.aubepine.test?x=1", "no path"),
        ("https://u@id.aubepine.test", "no path"),
        ("ftp://id.aubepine.test", "https"),
        ("id.aubepine.test", "URL"),
    ] {
        let refused = format!("{:#}", bad.parse::<PublicUrl>().unwrap_err());
        assert!(refused.contains(why), "{bad}: {refused}");
    }
}

#[test]
fn listening_beyond_this_machine_needs_tls_or_a_declared_proxy() {
    assert!(refusal(&[("listen", "0.0.0.0:443")], &[]).contains("without TLS"));
    assert!(read(&[("listen", "0.0.0.0:443"), ("trusted_proxies", "10.1.2.3")], &[]).is_ok());
    assert!(read(&[("listen", "0.0.0.0:443"), ("tls_certificate", "c.pem"), ("tls_key", "k.pem")], &[]).is_ok());
    assert!(refusal(&[("tls_key", "k.pem")], &[]).contains("go together"));
}

#[test]
fn every_setting_is_read() {
    // A setting that the table lists and nobody reads would be accepted and ignored: an impossible value must be refused for each.
    for setting in SETTINGS.iter().filter(|setting| !["data", "log_level"].contains(&setting.name)) {
        assert!(read(&[(setting.name, " ")], &[]).is_err() || setting.kind == "LIST", "{} is not read", setting.name);
    }
}

#[test]
fn the_reference_names_every_setting_in_all_its_spellings() {
    let text = reference();
    for setting in SETTINGS {
        assert!(text.contains(&format!("--{}", setting.flag())) && text.contains(&setting.variable()) && text.contains(setting.sentence), "{}", setting.name);
    }
}

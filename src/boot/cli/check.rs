//! `parvis check`: what would keep a server from starting, and what makes it less safe, before it is tried.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use super::shown;
use crate::{
    boot::{
        build,
        config::{Config, Given},
        folder::Folder,
        tls::Certificate,
    },
    crypto::SystemEntropy,
    outside::Fetch,
    storage::sled::verify_folder,
};

/// What was found, as it is shown.
#[derive(Default)]
struct Findings {
    text: String,
    to_mend: usize,
}

impl Findings {
    fn line(&mut self, kind: &str, what: &str) {
        self.text.extend([kind, " ", what, "\n"]);
    }

    fn note(&mut self, what: &str) {
        self.line("ok   ", what);
    }

    fn warn(&mut self, what: &str) {
        self.line("note ", what);
    }

    /// A step that may fail, and what it came to.
    fn step<T>(&mut self, outcome: Result<T>, well: impl FnOnce(&T) -> String) -> Option<T> {
        match outcome {
            Ok(value) => {
                let well = well(&value);
                self.note(&well);
                Some(value)
            }
            Err(error) => {
                self.line("MEND ", &format!("{error:#}"));
                self.to_mend += 1;
                None
            }
        }
    }
}

pub(super) fn run(given: &Given) -> Result<ExitCode> {
    let mut findings = Findings::default();
    let read = Config::read(given);
    if let Some(config) =
        findings.step(read, |config| config.file.as_ref().map_or("no configuration file".to_owned(), |file| format!("configuration {}", file.display())))
    {
        configuration(&config, &mut findings);
        store(&config, &mut findings);
    }
    let end = if findings.to_mend == 0 { "All is well.\n".to_owned() } else { format!("To mend: {}\n", findings.to_mend) };
    shown::write(&format!("{}{end}", findings.text))?;
    Ok(if findings.to_mend == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn configuration(config: &Config, findings: &mut Findings) {
    findings.note(&format!("listens on {}, public URL {}", config.listen, config.public_url(config.listen.port())));
    match &config.tls {
        Some(tls) => {
            findings.step(Certificate::open(tls), |_| format!("certificate {}", tls.certificate.display()));
        }
        None if config.listen.ip().is_loopback() => findings.note("no TLS: on this machine only"),
        None => findings.warn("no TLS here: the trusted proxies do it"),
    }
    let fetch = config.outgoing.rules().and_then(|rules| Fetch::new(rules).map_err(build::said));
    findings.step(fetch, |_| "our own requests reach public addresses only".to_owned());
    for exception in config.outgoing.exceptions() {
        findings.warn(&format!("exception: {exception}"));
    }
    let post = config.post(config.public_url(config.listen.port()).as_str(), None);
    if let Some((_, Some(warning))) = findings.step(post, |(post, _)| format!("mail comes from {}", post.from)) {
        findings.warn(&warning);
    }
    let passwords = config.passwords;
    if passwords.memory < 19_456 || passwords.passes < 2 {
        findings.warn(&format!("Argon2id with {} KiB and {} passes is weaker than the default", passwords.memory, passwords.passes));
    }
}

fn store(config: &Config, findings: &mut Findings) {
    let shown = config.data.display();
    if !config.data.exists() {
        findings.note(&format!("no data folder yet: the first start makes {shown}"));
        return;
    }
    if Folder::is_in_use(&config.data) {
        findings.warn(&format!("a server uses {shown}: its store was not looked at"));
        return;
    }
    let Some(folder) = findings.step(Folder::open_existing(&config.data), |_| format!("data folder {shown}")) else { return };
    if !folder.has_store() {
        findings.note("no store yet: the first start makes it");
        return;
    }
    // Opened with the key first: a wrong key is better said than a whole store that nobody can use.
    let opened = build::store(config, &folder, &SystemEntropy::default()).map(drop);
    if findings.step(opened, |()| format!("master key {}", config.master_key.display())).is_none() {
        return;
    }
    let verified = verify_folder(&folder.store()).context("the store is damaged");
    findings.step(verified, |found| format!("store: {} records, {} chains of the audit trail hold", found.total(), found.chains.len()));
}

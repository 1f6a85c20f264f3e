//! A whole organisation brought in by `parvis account import`, while people sign in.

use std::{
    fmt::Write as _,
    path::Path,
    process::Stdio,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use parvis::{
    crypto::SystemEntropy,
    values::{Entropy as _, EntropyExt as _},
};
use serde_json::{Value, json};

use crate::{
    proc,
    run::{Figures, Work, figures, run},
    server::{BINARY, Server},
    stage::{Browser, Stage},
};

/// What it is called in `--only`.
pub(crate) const NAME: &str = "import";

/// What came of it.
pub(crate) struct Imported {
    /// How many.
    pub(crate) accounts: u32,
    /// How long it took.
    pub(crate) time: Duration,
    /// How long the same file took once more.
    pub(crate) again: Duration,
    /// The most memory that the server ever had, in KiB.
    pub(crate) peak: u64,
    /// What the data folder grew by.
    pub(crate) grown: u64,
    /// Sign-ins before, meanwhile, and after.
    pub(crate) sign_ins: [Figures; 3],
}

struct SignIn<'a> {
    stage: &'a Stage,
    browser: Browser,
}

impl Work for SignIn<'_> {
    async fn once(&mut self) -> Result<()> {
        self.browser.sign_in(self.stage, "openid profile email").await.map(drop)
    }
}

/// Bring so many in.
pub(crate) async fn measure(accounts: u32, time: Duration, server: &Server, stage: &Stage, folder: &Path) -> Result<Imported> {
    let file = folder.join("people.ndjson");
    std::fs::write(&file, people(accounts)?)?;
    let mut one = [SignIn { stage, browser: stage.browser(0).await? }];
    run(&mut one, time / 5).await?;
    let before = alone("sign-in before", &mut one, time, server.pid()).await?;
    let size = bytes(&server.data)?;
    let (ended, began) = (AtomicBool::new(false), Instant::now());
    let bringing = async {
        let done = import(&file, &server.data, json!({"created": accounts, "unchanged": 0})).await;
        ended.store(true, Ordering::Relaxed);
        done.map(|()| began.elapsed())
    };
    let signing = async {
        let mut took = Vec::new();
        while !ended.load(Ordering::Relaxed) {
            let began = Instant::now();
            one.iter_mut().next().context("nobody")?.once().await?;
            took.push(began.elapsed());
        }
        Ok(took)
    };
    let (spent, took) = futures_util::future::try_join(bringing, signing).await?;
    let meanwhile = figures("sign-in meanwhile", 1, took, (spent, Duration::ZERO, proc::memory(server.pid())?));
    let grown = bytes(&server.data)?.saturating_sub(size);
    let after = alone("sign-in after", &mut one, time, server.pid()).await?;
    let began = Instant::now();
    import(&file, &server.data, json!({"created": 0, "unchanged": accounts})).await?;
    let again = began.elapsed();
    Ok(Imported { accounts, time: spent, again, peak: proc::peak(server.pid())?, grown, sign_ins: [before, meanwhile, after] })
}

async fn alone(name: &str, one: &mut [SignIn<'_>], time: Duration, pid: u32) -> Result<Figures> {
    let began = Instant::now();
    let took = run(one, time).await?;
    Ok(figures(name, 1, took, (began.elapsed(), Duration::ZERO, proc::memory(pid)?)))
}

/// Their hashes look like any, and are nobody's.
fn people(accounts: u32) -> Result<String> {
    let (entropy, mut text) = (SystemEntropy::default(), String::new());
    for number in 0..accounts {
        let mut salt = [0; 12];
        entropy.fill(&mut salt);
        let salt: String = salt.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let hash: String = entropy.token().expose().chars().filter(char::is_ascii_alphanumeric).chain("A".repeat(43).chars()).take(42).collect();
        let phc = format!("$argon2id$v=19$m=19456,t=2,p=1${salt}${hash}A");
        let line = json!({
            "email": format!("venue{number}@morvan.test"), "email_verified": true, "given_name": "Nadia", "family_name": "Ferrand", "locale": "fr",
            "phone": format!("+336{number:08}"), "created_at": "2019-04-01T08:30:00Z", "password_hash": phc,
        });
        writeln!(text, "{line}")?;
    }
    Ok(text)
}

async fn import(file: &Path, data: &Path, expected: Value) -> Result<()> {
    let (file, data) = (file.to_owned(), data.to_owned());
    let done = tokio::task::spawn_blocking(move || {
        let mut command = std::process::Command::new(BINARY);
        command.args(["account", "import", "--json", "--data"]).arg(data).arg(file).env_clear().stdin(Stdio::null()).output()
    });
    let done = done.await??;
    let said: Value = serde_json::from_slice(&done.stdout).with_context(|| String::from_utf8_lossy(&done.stderr).into_owned())?;
    let as_expected = ["created", "unchanged"].iter().all(|name| said.get(name) == expected.get(name));
    if as_expected && done.status.success() { Ok(()) } else { bail!("the import came to {said}") }
}

/// What a folder takes on the disk.
fn bytes(folder: &Path) -> Result<u64> {
    use std::os::unix::fs::MetadataExt as _;
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let found = entry.metadata()?;
        sum += if found.is_dir() { bytes(&entry.path())? } else { found.blocks() * 512 };
    }
    Ok(sum)
}

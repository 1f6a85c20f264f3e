//! Tests that this machine cannot run say so, and do not pass in silence.

use std::{fs::OpenOptions, io::Write as _};

/// Notes that a test was not run, and why. `tests/run` shows the note in its closing lines, and counts it as a failure where `CI=true`.
#[expect(clippy::disallowed_methods, reason = "the test command names the file by the environment")]
pub(crate) fn not_run(name: &str, why: &str) {
    eprintln!("not run: {name}: {why}");
    if let Ok(path) = std::env::var("PARVIS_NOT_RUN") {
        let mut file = OpenOptions::new().append(true).create(true).open(path).unwrap();
        writeln!(file, "{name}: {why}").unwrap();
    }
}

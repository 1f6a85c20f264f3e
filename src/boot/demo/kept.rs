//! What the demonstration made up at its first start, and must find again: files in `DATA/demo`, readable by their owner alone.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{ErrorKind, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

use anyhow::{Context as _, Result};

use crate::values::{Entropy, EntropyExt as _};

/// Words of a password that is read off a page and typed elsewhere.
const WORDS: [&str; 64] = [
    "abri",
    "amande",
    "ancre",
    "argile",
    "atelier",
    "avoine",
    "balcon",
    "banc",
    "barque",
    "blason",
    "bouleau",
    "brume",
    "cabane",
    "cerise",
    "chanvre",
    "colline",
    "comptoir",
    "copeau",
    "cordage",
    "cuivre",
    "digue",
    "dune",
    "encre",
    "enclume",
    "fauve",
    "filet",
    "fougere",
    "fournil",
    "galet",
    "garance",
    "givre",
    "grange",
    "grenier",
    "halle",
    "herbier",
    "horloge",
    "jardin",
    "laine",
    "lanterne",
    "laurier",
    "levain",
    "lierre",
    "marbre",
    "menthe",
    "mirabelle",
    "moulin",
    "nacre",
    "noisette",
    "osier",
    "papier",
    "pavot",
    "plume",
    "poivre",
    "rivage",
    "ruche",
    "sable",
    "safran",
    "sentier",
    "tilleul",
    "toile",
    "tuile",
    "verger",
    "violon",
    "voile",
];

/// What a file says; made now if it is missing. `true` if it was.
///
/// # Errors
/// The folder cannot be written.
pub(super) fn kept(folder: &Path, name: &str, make: impl FnOnce() -> String) -> Result<(String, bool)> {
    let path = folder.join(name);
    match fs::read_to_string(&path) {
        Ok(text) => return Ok((text.trim().to_owned(), false)),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
    let cannot = || format!("{} cannot be written", path.display());
    DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(cannot)?;
    let text = make();
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).with_context(cannot)?;
    file.write_all(format!("{text}\n").as_bytes()).with_context(cannot)?;
    file.sync_all().with_context(cannot)?;
    Ok((text, true))
}

/// Three words and four digits: 31 bits, enough for people who do not exist, on a machine that nobody else reaches.
pub(super) fn password(entropy: &dyn Entropy) -> String {
    let [a, b, c, high, low] = entropy.bytes::<5>();
    let word = |byte: u8| WORDS.get(usize::from(byte) % WORDS.len()).copied().unwrap_or("parvis");
    format!("{}-{}-{}-{:04}", word(a), word(b), word(c), u16::from_be_bytes([high, low]) % 10_000)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::crypto::SystemEntropy;

    #[test]
    fn what_was_made_once_is_found_again_and_is_nobody_elses_to_read() {
        let folder = tempfile::tempdir().unwrap();
        let demo = folder.path().join("demo");
        let (first, new) = kept(&demo, "password", || password(&SystemEntropy::default())).unwrap();
        assert!(new && first.len() >= 12, "{first}");
        assert_eq!(kept(&demo, "password", || "another".to_owned()).unwrap(), (first, false));
        assert_eq!(fs::metadata(demo.join("password")).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&demo).unwrap().permissions().mode() & 0o777, 0o700);
    }
}

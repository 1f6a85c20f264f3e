//! The files of `templates/`: compiled into a release, read from the folder in a development build.

use rust_embed::RustEmbed;

use crate::values::Fault;

/// All of them.
#[derive(RustEmbed)]
#[folder = "templates/"]
pub(super) struct Templates;

impl Templates {
    /// Every page and every file of words, by path. Pictures are no text and not among them.
    pub(super) fn texts() -> Result<Vec<(String, String)>, Fault> {
        let mut texts = Vec::new();
        for path in Self::iter().filter(|path| !path.starts_with("assets/")) {
            texts.push((path.to_string(), Self::text(&path)?));
        }
        texts.sort();
        Ok(texts)
    }

    /// One file.
    pub(super) fn text(path: &str) -> Result<String, Fault> {
        let file = Self::get(path).ok_or_else(|| Fault::new(format!("no file {path:?} among the templates")))?;
        String::from_utf8(file.data.into_owned()).map_err(|error| Fault::because(format!("{path:?} is not UTF-8"), error))
    }

    /// The start of its SHA-256, in hexadecimal: an address that changes with the content may be cached for ever.
    pub(super) fn fingerprint(path: &str) -> Result<String, Fault> {
        let file = Self::get(path).ok_or_else(|| Fault::new(format!("no file {path:?} among the templates")))?;
        let [a, b, c, d, ..] = file.metadata.sha256_hash();
        Ok(format!("{:08x}", u32::from_be_bytes([a, b, c, d])))
    }
}

//! A backup becomes a store again.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::Path,
};

use aws_lc_rs::digest::{Context, SHA256};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    disk::{self, Folder, engine},
    export::{Entry, Footer, Header, KIND, VERSION, hex},
    verify::{Verified, verify_backup, verify_tree},
};
use crate::storage::StoreError;

/// So many entries are put at once.
const CHUNK: usize = 256;

/// Read a backup line by line; its last line is compared with what was read.
pub(super) fn entries(file: &Path, mut each: impl FnMut(Vec<u8>, Option<Vec<u8>>) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let fails = |why: &dyn std::fmt::Display| StoreError(format!("{}: {why}", file.display()));
    let mut reader = BufReader::with_capacity(1 << 20, File::open(file).map_err(|error| fails(&error))?);
    let mut sum = Context::new(&SHA256);
    let mut lines = 0;
    let mut line = Vec::new();
    let mut read = |line: &mut Vec<u8>| {
        line.clear();
        reader.read_until(b'\n', line).map_err(|error| fails(&error))
    };
    read(&mut line)?;
    let header: Header = serde_json::from_slice(&line).map_err(|_| fails(&"not a backup"))?;
    if header.kind != KIND || header.version > VERSION || header.store > disk::FORMAT {
        return Err(fails(&format!(
            "{} of version {} and store format {}; this program reads a {KIND} up to version {VERSION} and store format {}",
            header.kind,
            header.version,
            header.store,
            disk::FORMAT
        )));
    }
    loop {
        sum.update(&line);
        read(&mut line)?;
        match serde_json::from_slice::<Entry>(&line) {
            Ok(entry) => {
                lines += 1;
                let decode = |text: &str| STANDARD.decode(text).map_err(|_| fails(&format!("damaged: entry {lines} does not decode")));
                let value = entry.v.as_deref().map(decode).transpose()?;
                each(decode(&entry.k)?, value)?;
            }
            Err(_) => break,
        }
    }
    let footer: Footer = serde_json::from_slice(&line).map_err(|_| fails(&format!("damaged: it breaks off after {lines} entries")))?;
    if footer.lines != lines || footer.sha256 != hex(sum) {
        return Err(fails(&"damaged: its checksum is wrong"));
    }
    if read(&mut line)? != 0 {
        return Err(fails(&"damaged: something follows its last line"));
    }
    Ok(())
}

/// Make a store of a backup in a new or empty folder. The backup is verified before and the store after; what was interrupted cannot be opened.
///
/// # Errors
/// The backup is damaged or newer than this program, the folder is not empty, or the disk fails.
pub fn restore(file: &Path, into: &Path) -> Result<Verified, StoreError> {
    let expected = verify_backup(file)?;
    let folder = Folder::new(into);
    let opened = folder.begin()?;
    let mut batch = ::sled::Batch::default();
    let mut waiting = 0;
    entries(file, |key, value| {
        match value {
            Some(value) => batch.insert(key, value),
            None => batch.remove(key),
        }
        waiting += 1;
        if waiting >= CHUNK {
            waiting = 0;
            let full = std::mem::take(&mut batch);
            engine(|| opened.db.apply_batch(full))?;
        }
        Ok(())
    })?;
    engine(|| opened.db.apply_batch(batch))?;
    let found = verify_tree(&opened.db)?;
    if found != expected {
        return Err(StoreError(format!("{}: the restored store is not what the backup holds", into.display())));
    }
    folder.finish(opened)?;
    Ok(found)
}

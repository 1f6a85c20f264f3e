//! The whole store as lines of JSON, while it runs: a header, a line for each entry, and a last line with their number and the checksum of
//! everything before it.
//!
//! The entries are read while others write, so they are of different moments. The writer's thread notes which keys it touches meanwhile; they are
//! written again, and what was touched during that again, until so few are left that the writer's thread can say itself how they are now. Later
//! lines count more than earlier ones: together they are the store at that last moment.

use std::{
    collections::HashSet,
    io::{self, Write},
    sync::mpsc,
};

use ::sled::{IVec, Tree};
use aws_lc_rs::digest::{Context, SHA256};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use super::{
    Sled,
    disk::{self, engine},
    envelope, keys,
    writer::{self, Job},
};
use crate::{storage::StoreError, values::Timestamp};

/// So many entries are read at once.
const CHUNK: usize = 256;
/// With fewer touched keys than this, the writer's thread finishes the backup.
const FEW: usize = 512;
/// After so many rounds it finishes in any case: somebody writes faster than we do.
const ROUNDS: usize = 16;

/// What kind of file it is.
pub(super) const KIND: &str = "parvis backup";
/// How it is written.
pub(super) const VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) kind: String,
    pub(super) version: u32,
    pub(super) created: Timestamp,
    pub(super) store: u32,
}

/// A line: key and value in base64; no value, no entry.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) k: String,
    pub(super) v: Option<String>,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Footer {
    pub(super) lines: u64,
    pub(super) sha256: String,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Lines of entries.
    pub lines: u64,
    /// The checksum in the last line, in hexadecimal.
    pub sha256: String,
}

/// Keys that changed while a backup was made, and with the last of them what they hold.
pub(super) enum Touched {
    Keys(HashSet<Vec<u8>>),
    Last(Vec<(Vec<u8>, Option<IVec>)>),
}

impl Touched {
    pub(super) fn take(tree: &Tree, watched: &mut HashSet<Vec<u8>>, is_last: bool) -> Result<Self, StoreError> {
        let keys = std::mem::take(watched);
        if !is_last {
            return Ok(Self::Keys(keys));
        }
        let entries = keys.into_iter().map(|key| engine(|| tree.get(&key)).map(|value| (key, value)));
        entries.collect::<Result<_, _>>().map(Self::Last)
    }
}

/// A checksum in hexadecimal.
pub(super) fn hex(sum: Context) -> String {
    sum.finish().as_ref().iter().fold(String::with_capacity(64), |text, byte| text + &format!("{byte:02x}"))
}

struct Sink<'a> {
    to: &'a mut dyn Write,
    sum: Context,
    lines: u64,
}

impl Sink<'_> {
    fn line(&mut self, line: &impl Serialize) -> Result<(), StoreError> {
        let fails = |error: &dyn std::fmt::Display| StoreError(format!("the backup: {error}"));
        let mut text = serde_json::to_vec(line).map_err(|error| fails(&error))?;
        text.push(b'\n');
        self.sum.update(&text);
        self.to.write_all(&text).map_err(|error: io::Error| fails(&error))
    }

    fn entry(&mut self, key: &[u8], value: Option<&[u8]>) -> Result<(), StoreError> {
        if let Some(value) = value
            && key.first() == Some(&keys::ROW)
        {
            // Damage is found here rather than on the day the backup is needed.
            envelope::view(key, value)?;
        }
        self.lines += 1;
        self.line(&Entry { k: STANDARD.encode(key), v: value.map(|value| STANDARD.encode(value)) })
    }
}

/// Ends the watch when a backup ends early.
struct Watch<'a>(&'a Sled);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        let (answer, _unread) = mpsc::sync_channel(1);
        // Nobody is left to write: there is nothing to end.
        let _ = self.0.ask(Job::Touched { is_last: true, answer });
    }
}

impl Sled {
    /// Write everything to `sink` while others read and write. It takes as long as reading everything takes: not for a thread that serves.
    /// The master key is not in it.
    ///
    /// # Errors
    /// A backup is being made already, the store's disk or the sink fails, or a row is damaged.
    pub fn export(&self, created: Timestamp, sink: &mut dyn Write) -> Result<Exported, StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.ask(Job::Watch(answer))?;
        answered.recv().map_err(|_| StoreError("the store has stopped".into()))??;
        let watch = Watch(self);
        let mut sink = Sink { to: sink, sum: Context::new(&SHA256), lines: 0 };
        sink.line(&Header { kind: KIND.into(), version: VERSION, created, store: disk::FORMAT })?;
        self.write_all(&mut sink)?;
        let mut round = 0;
        let mut is_last = false;
        loop {
            round += 1;
            match self.touched(is_last)? {
                Touched::Keys(touched) => {
                    is_last = touched.len() < FEW || round >= ROUNDS;
                    for key in touched {
                        let value = self.now(|tree| engine(|| tree.get(&key)))?;
                        sink.entry(&key, value.as_deref())?;
                    }
                }
                Touched::Last(entries) => {
                    for (key, value) in entries {
                        sink.entry(&key, value.as_deref())?;
                    }
                    break;
                }
            }
        }
        std::mem::forget(watch);
        let (lines, sha256) = (sink.lines, hex(sink.sum.clone()));
        sink.line(&Footer { lines, sha256: sha256.clone() })?;
        sink.to.flush().map_err(|error| StoreError(format!("the backup: {error}")))?;
        Ok(Exported { lines, sha256 })
    }

    fn write_all(&self, sink: &mut Sink<'_>) -> Result<(), StoreError> {
        let mut from: Vec<u8> = Vec::new();
        loop {
            let chunk = self.now(|tree| engine(|| tree.range(from.clone()..).take(CHUNK).collect::<Result<Vec<_>, _>>()))?;
            let Some((last, _)) = chunk.last() else { return Ok(()) };
            from = [last.as_ref(), &[0]].concat();
            for (key, value) in chunk.iter().filter(|(key, _)| key != keys::TALLY) {
                sink.entry(key, Some(value))?;
            }
        }
    }

    fn touched(&self, is_last: bool) -> Result<Touched, StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.ask(Job::Touched { is_last, answer })?;
        answered.recv().map_err(|_| StoreError("the store has stopped".into()))?
    }

    fn now<T>(&self, read: impl FnOnce(&Tree) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &*writer::read(&self.shared.tree) {
            Some(db) => read(db),
            None => Err(StoreError("the store is being opened again".into())),
        }
    }
}

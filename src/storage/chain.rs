//! The chain of the audit trail: each event holds the hash of the one before it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::model::AuditRecord;

/// Where a chain ends.
#[derive(Clone, Debug, Default)]
pub(in crate::storage) struct Head {
    pub(in crate::storage) sequence: u64,
    pub(in crate::storage) hash: [u8; 32],
}

impl Head {
    /// After this event; `None` when it does not say its hash.
    pub(in crate::storage) fn of(record: &AuditRecord) -> Option<Self> {
        Some(Self { sequence: record.sequence, hash: URL_SAFE_NO_PAD.decode(&record.hash).ok()?.try_into().ok()? })
    }

    /// Give an event its place, and move on.
    pub(in crate::storage) fn next(&mut self, stream: u8, event: String) -> AuditRecord {
        let previous = self.hash;
        self.sequence += 1;
        self.hash = link(&previous, self.sequence, &event);
        AuditRecord { stream, sequence: self.sequence, previous: URL_SAFE_NO_PAD.encode(previous), hash: URL_SAFE_NO_PAD.encode(self.hash), event }
    }
}

/// The hash of one event in its place.
pub(in crate::storage) fn link(previous: &[u8; 32], sequence: u64, event: &str) -> [u8; 32] {
    let mut text = Vec::with_capacity(40 + event.len());
    text.extend_from_slice(previous);
    text.extend_from_slice(&sequence.to_be_bytes());
    text.extend_from_slice(event.as_bytes());
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, &text).as_ref());
    hash
}

/// Does an event stand where it was put, after this one? `None` before the first.
///
/// # Errors
/// What does not hold.
pub fn follows(before: Option<&AuditRecord>, record: &AuditRecord) -> Result<(), &'static str> {
    let head = before.map_or_else(|| Some(Head::default()), Head::of).ok_or("the event before has no hash")?;
    if record.sequence != head.sequence + 1 {
        return Err("an event is missing before this one");
    }
    if record.previous != URL_SAFE_NO_PAD.encode(head.hash) {
        return Err("it does not name the event before it");
    }
    if record.hash != URL_SAFE_NO_PAD.encode(link(&head.hash, record.sequence, &record.event)) {
        return Err("it was changed");
    }
    Ok(())
}

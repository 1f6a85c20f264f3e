//! Is the audit trail whole? Each event holds the hash of the one before it, so a changed, removed or moved event shows.
//!
//! What a chain alone cannot show is that its end was cut off: for that, compare with the last places that an earlier check or a backup saw.

use super::{Store, StoreError, chain::link};
use crate::{
    model::{AuditEvent, AuditRecord},
    values::Timestamp,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// A chain, as far as it was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainEnd {
    /// Which chain.
    pub stream: u8,
    /// How many events it has.
    pub events: u64,
    /// The hash of the last one, base64url; empty when there is none.
    pub hash: String,
}

/// A check did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// Somebody changed the trail, or the disk did.
    #[error("chain {stream} of the audit trail is broken at event {sequence}: {why}")]
    Broken {
        /// Which chain.
        stream: u8,
        /// At which event.
        sequence: u64,
        /// In words.
        why: &'static str,
    },
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Walks along one chain.
pub(in crate::storage) struct Walk {
    stream: u8,
    sequence: u64,
    hash: [u8; 32],
}

impl Walk {
    pub(in crate::storage) fn new(stream: u8) -> Self {
        Self { stream, sequence: 0, hash: [0; 32] }
    }

    /// The event that lies where the next one should.
    pub(in crate::storage) fn step(&mut self, record: &AuditRecord) -> Result<(), AuditError> {
        let sequence = self.sequence + 1;
        let broken = |why| AuditError::Broken { stream: self.stream, sequence, why };
        if record.stream != self.stream || record.sequence != sequence {
            return Err(broken("it is missing"));
        }
        if URL_SAFE_NO_PAD.decode(&record.previous).ok().as_deref() != Some(self.hash.as_slice()) {
            return Err(broken("it does not follow the one before it"));
        }
        let hash = link(&self.hash, sequence, &record.event);
        if URL_SAFE_NO_PAD.decode(&record.hash).ok().as_deref() != Some(hash.as_slice()) {
            return Err(broken("it was changed"));
        }
        (self.sequence, self.hash) = (sequence, hash);
        Ok(())
    }

    pub(in crate::storage) fn end(self) -> ChainEnd {
        let hash = if self.sequence == 0 { String::new() } else { URL_SAFE_NO_PAD.encode(self.hash) };
        ChainEnd { stream: self.stream, events: self.sequence, hash }
    }
}

/// Check every chain of a store that is in use. Events that are added meanwhile are checked or not.
///
/// # Errors
/// The first break, or the engine failed.
pub async fn verify(store: &dyn Store, now: Timestamp) -> Result<Vec<ChainEnd>, AuditError> {
    let reads = store.reads(now);
    let mut ends = Vec::new();
    for stream in 0..AuditEvent::STREAMS {
        let mut walk = Walk::new(stream);
        while let Some(record) = reads.audit_at(stream, walk.sequence + 1).await? {
            walk.step(&record)?;
        }
        // Where it seems to end, an event may have been taken out.
        for ahead in 0..16 {
            let beyond = walk.sequence + 1 + (1 << ahead);
            if reads.audit_at(stream, beyond).await?.is_some() && reads.audit_at(stream, walk.sequence + 1).await?.is_none() {
                return Err(AuditError::Broken { stream, sequence: walk.sequence + 1, why: "it is missing" });
            }
        }
        ends.push(walk.end());
    }
    Ok(ends)
}

//! The administration API.

use std::sync::Arc;

use crate::{storage::sled::Sled, values::Secret};

/// The token of this start, and the store for its backup.
pub struct LocalAccess {
    #[expect(dead_code, reason = "next slice")]
    token: Secret<String>,
    #[expect(dead_code, reason = "next slice")]
    store: Arc<Sled>,
}

impl LocalAccess {
    /// Know this token again.
    #[must_use]
    pub fn new(token: Secret<String>, store: Arc<Sled>) -> Self {
        Self { token, store }
    }
}

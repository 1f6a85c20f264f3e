//! What failed on our side.

/// An internal failure: for the operator's log, never for a client or a person, who get an incident id.
///
/// There is no blanket `From<io::Error>`: whoever calls the outside decides that its failure is ours.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct Fault {
    what: String,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
    is_temporary: bool,
}

impl Fault {
    /// Say what could not be done.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), source: None, is_temporary: false }
    }

    /// Say what could not be done, and what stood in the way.
    pub fn because(what: impl Into<String>, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { what: what.into(), source: Some(source.into()), is_temporary: false }
    }

    /// It may work again in a while: the disk is full, the store is being repaired.
    #[must_use]
    pub fn passing(mut self) -> Self {
        self.is_temporary = true;
        self
    }

    /// May it work again in a while?
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.is_temporary
    }
}

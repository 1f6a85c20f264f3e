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
}

impl Fault {
    /// Say what could not be done.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), source: None }
    }

    /// Say what could not be done, and what stood in the way.
    pub fn because(what: impl Into<String>, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { what: what.into(), source: Some(source.into()) }
    }
}

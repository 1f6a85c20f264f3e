//! The words everything else is said in: ids, time, secrets, addresses, and the vocabulary of OAuth.
//!
//! May import: nothing of this crate. A value is checked when it is made, so whoever holds one may trust it;
//! for instance a [`RedirectUri`] has no fragment and an [`Email`] is one deliverable address.
//!
//! Why it is so: a newtype for every id and secret lets the compiler refuse a client id where an account id is meant.

mod digest;
mod email;
mod entropy;
mod fault;
mod folded;
mod ids;
mod locale;
mod oauth;
mod redirect_uri;
mod scope;
mod secret;
mod segment;
mod time;

pub use digest::Digest;
pub use email::{Email, EmailRefused};
pub use entropy::{Entropy, EntropyExt};
pub use fault::Fault;
pub use folded::folded;
pub use ids::{
    AccountId, ApiIdentifier, BrowserId, ClientId, CompanyId, GrantId, IncidentId, InvitationId, Issuer, IssuerForm, JourneyId, KeyId, SessionId, TenantId,
};
pub use locale::Locale;
pub use oauth::{Algorithm, Attribute, ClientAuthMethod, GrantType, OwnClaim, Prompt, ResponseMode, ResponseType};
pub(crate) use redirect_uri::is_loopback;
pub use redirect_uri::{RedirectUri, RedirectUriRefused};
pub use scope::{Scope, ScopeRefused, Scopes};
pub use secret::Secret;
pub use segment::OWN_SEGMENTS;
pub use time::{Clock, Timestamp};

//! How strongly somebody proved who they are, as ID tokens say it. [OpenID Connect Core §2, RFC 8176]
//!
//! Contexts are levels: `1` is one factor, `2` two factors. Only what can be reached today is [`OFFERED`], and so advertised.

use serde_json::Value;

use crate::model::{ClaimsRequest, Evidence, Proved};

/// Nothing that counts was proved. [OpenID Connect Core §2: "0"]
pub const NO_FACTOR: &str = "0";
/// One factor.
pub const ONE_FACTOR: &str = "1";
/// The contexts that a sign-in here can reach, weakest first: `acr_values_supported`.
pub const OFFERED: [&str; 1] = [ONE_FACTOR];

/// What a sign-in is called in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    /// Authentication context class, `acr`.
    pub acr: &'static str,
    /// Authentication methods, `amr`, each once.
    pub amr: Vec<&'static str>,
}

/// What these proofs come to.
#[must_use]
pub fn strength(proofs: &[Evidence]) -> Strength {
    let methods = [(Proved::Password, "pwd"), (Proved::MailCode, "otp")];
    let amr: Vec<&'static str> = methods.into_iter().filter(|(what, _)| proofs.iter().any(|proof| proof.what == *what)).map(|(_, method)| method).collect();
    // A password and a mailed code are not two factors: who has the mailbox can have the password.
    Strength { acr: if amr.is_empty() { NO_FACTOR } else { ONE_FACTOR }, amr }
}

/// Can an `acr` that is asked for as essential be had here? One asked for without values, or as a wish, always. [OpenID Connect Core §5.5.1.1]
#[must_use]
pub fn is_within_reach(claims: &ClaimsRequest) -> bool {
    let Some(asked) = claims.id_token.get("acr").filter(|asked| asked.essential) else { return true };
    let mut values = asked.value.iter().chain(asked.values.iter().flatten()).peekable();
    values.peek().is_none() || values.filter_map(Value::as_str).any(|value| OFFERED.contains(&value))
}

#[cfg(test)]
mod tests;

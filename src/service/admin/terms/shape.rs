//! What is written and shown about terms of use.

use serde::{Deserialize, Serialize};

use crate::{
    model::{Localised, TermsAudience, TermsDocument, TermsIssue},
    service::admin::Shown,
    values::{ClientId, Locale, Timestamp},
};

/// A new document.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTerms {
    /// Its name in addresses, for ever.
    pub id: String,
    /// Its name on pages.
    pub names: Localised,
    /// The `client_id` of the application it is for; for the whole organisation where absent.
    #[serde(default)]
    pub client: Option<String>,
}

/// What may be changed about a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermsWritten {
    /// Its name on pages.
    pub names: Localised,
    /// Is it retired? Then nobody is asked for it any more; what was accepted stays.
    #[serde(default)]
    pub retired: bool,
}

/// The texts of a version, by their hashes, in one language at least.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WordingsWritten {
    /// French.
    pub fr: Option<String>,
    /// English.
    pub en: Option<String>,
}

/// A new version.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVersion {
    /// Its texts.
    pub texts: WordingsWritten,
    /// What changes, in words.
    #[serde(default)]
    pub summary: Option<Localised>,
    /// From when on it is asked for, in seconds since 1970; now where absent.
    #[serde(default)]
    pub effective_at: Option<u64>,
    /// Until when those who were here before may put it off.
    #[serde(default)]
    pub grace_until: Option<u64>,
    /// Whom it is for: `all`, or `new` for those who come from now on.
    #[serde(default)]
    pub audience: TermsAudience,
    /// After how many months it is asked for anew.
    #[serde(default)]
    pub reaccept_months: Option<u32>,
    /// Tell those concerned by mail? Yes unless said.
    #[serde(default)]
    pub notify: Option<bool>,
}

/// A text that was taken in.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TextSent {
    /// SHA-256 of it, base64url: what a version names it by.
    pub hash: String,
    /// How many bytes it has.
    pub bytes: usize,
}

/// A text of a version.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WordingShown {
    /// In which language.
    #[schema(value_type = String)]
    pub locale: Locale,
    /// SHA-256 of it, base64url.
    pub hash: String,
    /// How many bytes it has.
    pub bytes: usize,
}

/// A version as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct VersionShown {
    /// 1, 2, 3…
    pub number: u32,
    /// Its texts.
    pub texts: Vec<WordingShown>,
    /// Since when it can be read.
    #[schema(value_type = u64)]
    pub published_at: Timestamp,
    /// From when on it is asked for.
    #[schema(value_type = u64)]
    pub effective_at: Timestamp,
    /// Until when those who were here before may put it off.
    #[schema(value_type = Option<u64>)]
    pub grace_until: Option<Timestamp>,
    /// Whom it is for.
    pub audience: TermsAudience,
    /// After how many months it is asked for anew.
    pub reaccept_months: Option<u32>,
}

/// A document as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TermsShown {
    /// Its name in addresses.
    pub id: String,
    /// For which application only.
    #[schema(value_type = Option<String>)]
    pub client: Option<ClientId>,
    /// What may be changed.
    #[serde(flatten)]
    pub written: TermsWritten,
    /// Its versions, the oldest first.
    pub versions: Vec<VersionShown>,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Last change.
    #[schema(value_type = u64)]
    pub updated_at: Timestamp,
}

pub(super) fn written_of(document: &TermsDocument) -> TermsWritten {
    TermsWritten { names: document.names.clone(), retired: document.retired_at.is_some() }
}

fn version(issue: &TermsIssue) -> VersionShown {
    let texts = issue.wordings.iter().map(|wording| WordingShown { locale: wording.locale, hash: wording.hash.clone(), bytes: wording.bytes });
    VersionShown {
        number: issue.number,
        texts: texts.collect(),
        published_at: issue.published_at,
        effective_at: issue.effective_at,
        grace_until: issue.grace_until,
        audience: issue.audience,
        reaccept_months: issue.reaccept_months,
    }
}

pub(super) fn shown_at(rev: u64, document: &TermsDocument) -> Shown<TermsShown> {
    let it = TermsShown {
        id: document.id.clone(),
        client: document.client.clone(),
        written: written_of(document),
        versions: document.issues.iter().map(version).collect(),
        created_at: document.created_at,
        updated_at: document.updated_at,
    };
    Shown { rev, it }
}

//! Terms of use: documents, their versions and texts, and who accepted them.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Localised, Record, Subject, Table};
use crate::values::{ClientId, Locale, TenantId, Timestamp};

/// Whom a version is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermsAudience {
    /// Everybody.
    #[default]
    All,
    /// Those whose account, or place in the organisation, is younger than the version.
    New,
}

/// A text in one language: where it is, and how to know that it is this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsWording {
    /// In which language.
    pub locale: Locale,
    /// SHA-256 of the text, base64url: its name, too.
    pub hash: String,
    /// How many bytes it has.
    pub bytes: usize,
    /// In how many rows it lies.
    pub parts: u32,
}

/// What decides about a version; what changed in it is a record of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsIssue {
    /// 1, 2, 3…
    pub number: u32,
    /// Its text in each language that it was written in.
    pub wordings: Vec<TermsWording>,
    /// Since when it can be read.
    pub published_at: Timestamp,
    /// From when on it is asked for.
    pub effective_at: Timestamp,
    /// Until when those who were there before may put it off.
    #[serde(default)]
    pub grace_until: Option<Timestamp>,
    /// Whom it is for.
    #[serde(default)]
    pub audience: TermsAudience,
    /// After how many months it has to be accepted anew.
    #[serde(default)]
    pub reaccept_months: Option<u32>,
}

impl TermsIssue {
    /// The text for a reader of this language: in it if it was written in it, else in the first one.
    #[must_use]
    pub fn wording(&self, locale: Locale) -> Option<&TermsWording> {
        self.wordings.iter().find(|wording| wording.locale == locale).or_else(|| self.wordings.first())
    }
}

/// A document that people have to accept: of a whole organisation, or of one application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsDocument {
    /// Of which organisation.
    pub tenant: TenantId,
    /// Its name in addresses: lower case letters, digits, hyphens.
    pub id: String,
    /// For which application only.
    #[serde(default)]
    pub client: Option<ClientId>,
    /// Its name on pages.
    pub names: Localised,
    /// Its versions, the oldest first.
    #[serde(default)]
    pub issues: Vec<TermsIssue>,
    /// Nobody is asked for it any more since then.
    #[serde(default)]
    pub retired_at: Option<Timestamp>,
    /// Since when.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
}

impl TermsDocument {
    /// More versions than any document has: what decides about them lies in one row.
    pub const MOST_ISSUES: usize = 100;

    /// The key of a document.
    #[must_use]
    pub fn key_of(tenant: TenantId, id: &str) -> Key {
        Key::of([&tenant.to_string(), id])
    }

    /// A version.
    #[must_use]
    pub fn issue(&self, number: u32) -> Option<&TermsIssue> {
        self.issues.iter().find(|issue| issue.number == number)
    }

    /// Can this be a document's name in addresses?
    #[must_use]
    pub fn is_id(text: &str) -> bool {
        super::Tenant::is_slug(text)
    }
}

impl Record for TermsDocument {
    const TABLE: Table = Table::TermsDocument;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, &self.id)
    }
}

/// Whom the mails about a version went to so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage")]
pub enum Announcing {
    /// The people at home there, after this key.
    Accounts {
        /// The last one who was written to.
        after: Option<String>,
    },
    /// Those who have a place there.
    Members {
        /// The last one who was written to.
        after: Option<String>,
    },
    /// Those who accepted an earlier version.
    Acceptances {
        /// The last one who was written to.
        after: Option<String>,
    },
    /// Everybody was written to, or nobody has to be.
    Done,
}

/// What changed in a version, and who has been told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsRelease {
    /// Of which organisation.
    pub tenant: TenantId,
    /// Of which document.
    pub document: String,
    /// Which version.
    pub number: u32,
    /// What changed, in each language.
    pub summary: Localised,
    /// How far the mails are.
    pub announcing: Announcing,
}

impl TermsRelease {
    /// The key of a version.
    #[must_use]
    pub fn key_of(tenant: TenantId, document: &str, number: u32) -> Key {
        Key::of([&tenant.to_string(), document, &format!("{number:06}")])
    }
}

impl Record for TermsRelease {
    const TABLE: Table = Table::TermsRelease;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, &self.document, self.number)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        if self.announcing == Announcing::Done { Vec::new() } else { vec![(Index::TermsReleaseToAnnounce, Key::of(["all"]))] }
    }
}

/// A piece of a text. Texts are named by their hash, so one is never changed, and the same text is stored once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsText {
    /// Of which organisation.
    pub tenant: TenantId,
    /// SHA-256 of the whole text, base64url.
    pub hash: String,
    /// Which piece, from 0.
    pub place: u32,
    /// How many pieces there are.
    pub parts: u32,
    /// The piece.
    pub text: String,
    /// It goes then, unless a version names the text before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl TermsText {
    /// How long a text waits for a version that names it.
    pub const WAITS: u64 = 7 * 86_400;
    /// Bytes of a piece: escaped as JSON it may double, and a row has 64 KiB.
    pub const PART: usize = 30_000;

    /// The key of a piece.
    #[must_use]
    pub fn key_of(tenant: TenantId, hash: &str, place: u32) -> Key {
        Key::of([&tenant.to_string(), hash, &format!("{place:04}")])
    }

    /// A text in pieces that end between characters.
    #[must_use]
    pub fn pieces(text: &str) -> Vec<&str> {
        let (mut pieces, mut rest) = (Vec::new(), text);
        while rest.len() > Self::PART {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(Self::PART));
            pieces.push(piece);
            rest = after;
        }
        pieces.push(rest);
        pieces
    }
}

impl Record for TermsText {
    const TABLE: Table = Table::TermsText;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, &self.hash, self.place)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        self.until
    }
}

/// How it is known that somebody accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AcceptedHow {
    /// They were shown it here.
    Shown,
    /// An administrator says so.
    Imported,
}

/// Somebody accepted a version. Each acceptance is a row of its own: what was accepted once stays as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsAcceptance {
    /// Of which organisation.
    pub tenant: TenantId,
    /// Who.
    pub subject: Subject,
    /// Which document.
    pub document: String,
    /// Which version.
    pub version: u32,
    /// In which language it was read.
    pub locale: Locale,
    /// SHA-256 of the text, base64url.
    pub hash: String,
    /// When.
    pub at: Timestamp,
    /// From which address.
    #[serde(default)]
    pub ip: Option<String>,
    /// How it is known.
    pub how: AcceptedHow,
}

impl TermsAcceptance {
    /// Under what somebody's acceptances in an organisation are listed.
    #[must_use]
    pub fn by_person(tenant: TenantId, subject: Subject) -> Key {
        Key::of([&tenant.to_string(), &subject.home.to_string(), &subject.id.to_string()])
    }
}

impl Record for TermsAcceptance {
    const TABLE: Table = Table::TermsAcceptance;
    fn key(&self) -> Key {
        let Subject { home, id } = self.subject;
        Key::of([&self.tenant.to_string(), &home.to_string(), &id.to_string(), &self.document, &format!("{:06}", self.version), &format!("{:012}", self.at.0)])
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![
            (Index::TermsAcceptanceByAccount, Key::of([&self.subject.home.to_string(), &self.subject.id.to_string()])),
            (Index::TermsAcceptanceByDocument, Key::of([&self.tenant.to_string(), &self.document])),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::TermsText;

    #[test]
    fn a_text_is_cut_between_characters_and_nothing_is_lost() {
        for text in [String::new(), "é".repeat(40_000), format!("a{}", "é".repeat(40_000))] {
            let pieces = TermsText::pieces(&text);
            assert!(pieces.iter().all(|piece| piece.len() <= TermsText::PART));
            assert_eq!(pieces.concat(), text);
        }
    }
}

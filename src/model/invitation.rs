//! Invitations: who is asked in by whom, to what, until when, and what became of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Role, Settings, Subject, Table};
use crate::values::{ClientId, CompanyId, Digest, Email, InvitationId, Locale, TenantId, Timestamp};

const DAY: u64 = 86_400;

/// With which account may it be redeemed?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequiredHome {
    /// With any.
    #[default]
    Any,
    /// With one that proves itself here.
    Local,
}

/// Who invites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitedBy {
    /// Somebody: told what becomes of it.
    Person(Subject),
    /// An application by itself.
    Client(ClientId),
    /// Somebody on this machine.
    Local,
}

/// Who invites, and how pages and mails name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inviter {
    /// Who.
    pub by: InvitedBy,
    /// Their name, as it was then.
    pub name: Option<String>,
}

/// One link of an invitation. The newest counts; what is left of the older ones is that they were replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLink {
    /// Digest of the token in `/i/{token}`.
    pub token: Digest,
    /// Digest of the GUID in `/api/InviteUser?invitationId=`, which opens the same.
    pub alias: Digest,
    /// Since when.
    pub made_at: Timestamp,
}

/// Where an invitation stands, as it is told: what is stored and what time it is come to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Its mail has not left yet.
    Pending,
    /// Its mail was taken.
    Sent,
    /// Its mail was refused by the other side.
    Bounced,
    /// Somebody pressed «Commencer».
    Opened,
    /// There is an account with its place now.
    Redeemed,
    /// It was for somebody else, as who had it said.
    Refused,
    /// Its time is over.
    Expired,
    /// Another one took its place.
    Superseded,
    /// It was taken back.
    Revoked,
}

/// How it ended, if it did otherwise than by time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "over")]
pub enum InvitationEnd {
    /// It did not.
    #[default]
    NotYet,
    /// Somebody has the place.
    Redeemed {
        /// Who.
        by: Subject,
        /// When.
        at: Timestamp,
    },
    /// Somebody said that it is not for them.
    Refused {
        /// When.
        at: Timestamp,
    },
    /// It was taken back.
    Revoked {
        /// When.
        at: Timestamp,
    },
    /// A newer one to the same address took its place.
    Superseded {
        /// When.
        at: Timestamp,
    },
}

/// The other side did not take its mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// When we heard.
    pub at: Timestamp,
    /// What it said.
    pub reason: String,
}

/// The invited person wants it at another address: for the inviter to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveAsked {
    /// Which.
    pub to: Email,
    /// When.
    pub at: Timestamp,
}

/// New links that the invited person asked for by themselves, in a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelfService {
    /// The first of them.
    pub since: Timestamp,
    /// How many.
    pub count: u32,
}

/// An invitation into an organisation. It keeps its name through all its links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Into which organisation.
    pub tenant: TenantId,
    /// Its name: for administrators, and no way in.
    pub id: InvitationId,
    /// To whom. The account that it ends in has this address.
    pub email: Email,
    /// What they are called, as far as the inviter knows.
    #[serde(default)]
    pub given_name: Option<String>,
    /// The same.
    #[serde(default)]
    pub family_name: Option<String>,
    /// The language they read.
    pub locale: Locale,
    /// To which applications; it ends at the first.
    #[serde(default)]
    pub clients: Vec<ClientId>,
    /// What they may do in the organisation.
    #[serde(default)]
    pub roles: BTreeSet<Role>,
    /// What the inviter says to them.
    #[serde(default)]
    pub message: Option<String>,
    /// Who invites.
    pub inviter: Inviter,
    /// For which company of the organisation, if for one.
    #[serde(default)]
    pub company: Option<CompanyId>,
    /// With which account.
    #[serde(default)]
    pub required_home: RequiredHome,
    /// Its links, the newest last.
    pub links: Vec<InvitationLink>,
    /// The newest link's token and alias, sealed, so that a reminder brings the same link; gone when it is over.
    #[serde(default)]
    pub sealed: Option<String>,
    /// Was the newest link shown to anybody but the mailbox?
    #[serde(default)]
    pub was_shown: bool,
    /// The invitation that this one took the place of.
    #[serde(default)]
    pub regenerated_from: Option<InvitationId>,
    /// Since when.
    pub created_at: Timestamp,
    /// Last change by the inviter.
    pub updated_at: Timestamp,
    /// Its time is over then.
    pub expires_at: Timestamp,
    /// When the newest mail was taken.
    #[serde(default)]
    pub sent_at: Option<Timestamp>,
    /// When somebody first pressed «Commencer».
    #[serde(default)]
    pub opened_at: Option<Timestamp>,
    /// The newest mail was not taken.
    #[serde(default)]
    pub bounce: Option<Bounce>,
    /// When the person is reminded next.
    #[serde(default)]
    pub remind_at: Option<Timestamp>,
    /// They want it at another address.
    #[serde(default)]
    pub move_asked: Option<MoveAsked>,
    /// New links they asked for by themselves.
    #[serde(default)]
    pub self_service: SelfService,
    /// How it ended.
    #[serde(default)]
    pub end: InvitationEnd,
}

/// It cannot be changed in this way: it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the invitation is over")]
pub struct InvitationOver;

impl Invitation {
    /// After how many days the person is reminded.
    pub const REMINDERS: [u64; 2] = [7, 25];
    /// How many new links a person may ask for by themselves in a day.
    pub const SELF_SERVICE: u32 = 3;
    /// How many old links are remembered as replaced.
    const LINKS: usize = 20;
    /// How long it is remembered when it is over.
    const KEPT: u64 = 180 * DAY;

    /// Where it stands.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> InvitationState {
        match self.end {
            InvitationEnd::Redeemed { .. } => InvitationState::Redeemed,
            InvitationEnd::Refused { .. } => InvitationState::Refused,
            InvitationEnd::Revoked { .. } => InvitationState::Revoked,
            InvitationEnd::Superseded { .. } => InvitationState::Superseded,
            InvitationEnd::NotYet if self.expires_at <= now => InvitationState::Expired,
            InvitationEnd::NotYet if self.bounce.is_some() => InvitationState::Bounced,
            InvitationEnd::NotYet if self.opened_at.is_some() => InvitationState::Opened,
            InvitationEnd::NotYet if self.sent_at.is_some() => InvitationState::Sent,
            InvitationEnd::NotYet => InvitationState::Pending,
        }
    }

    /// Can it be redeemed now?
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.end == InvitationEnd::NotYet && now < self.expires_at
    }

    /// Can the inviter still do something with it: is it open, or over by time only?
    #[must_use]
    pub fn can_be_renewed(&self) -> bool {
        self.end == InvitationEnd::NotYet
    }

    /// The link that counts.
    #[must_use]
    pub fn link(&self) -> Option<&InvitationLink> {
        self.links.last()
    }

    /// Is this digest of the link that counts, by its token or its alias?
    #[must_use]
    pub fn is_newest(&self, digest: &Digest) -> bool {
        self.link().is_some_and(|link| link.token == *digest || link.alias == *digest)
    }

    /// Does only the mailbox know the link? Then whoever has it has the mailbox.
    #[must_use]
    pub fn left_by_mail_only(&self) -> bool {
        !self.was_shown
    }

    /// The address as strangers may see it.
    #[must_use]
    pub fn masked(&self) -> String {
        masked(&self.email)
    }

    /// What the person is called, if the inviter said it all.
    #[must_use]
    pub fn names(&self) -> Option<(&str, &str)> {
        self.given_name.as_deref().zip(self.family_name.as_deref())
    }

    /// When the person is to be reminded next, of those times that come before it ends.
    #[must_use]
    pub fn next_reminder(&self, now: Timestamp) -> Option<Timestamp> {
        let begun = self.link().map_or(self.created_at, |link| link.made_at);
        Self::REMINDERS.into_iter().map(|days| begun.plus(days * DAY)).find(|at| *at > now && *at < self.expires_at)
    }

    /// A new link: the old ones die.
    ///
    /// # Errors
    /// It is over.
    pub fn relinked(mut self, link: InvitationLink, sealed: String, until: Timestamp) -> Result<Self, InvitationOver> {
        if self.end != InvitationEnd::NotYet {
            return Err(InvitationOver);
        }
        self.expires_at = until;
        self.links.push(link);
        let surplus = self.links.len().saturating_sub(Self::LINKS);
        self.links.drain(..surplus);
        self.sealed = Some(sealed);
        self.was_shown = false;
        (self.sent_at, self.bounce) = (None, None);
        Ok(self)
    }

    /// The person has the place.
    ///
    /// # Errors
    /// It is over, or its time is.
    pub fn redeemed(self, by: Subject, at: Timestamp) -> Result<Self, InvitationOver> {
        if !self.is_open(at) {
            return Err(InvitationOver);
        }
        self.ended(InvitationEnd::Redeemed { by, at })
    }

    /// It ends.
    ///
    /// # Errors
    /// It did already.
    pub fn ended(mut self, end: InvitationEnd) -> Result<Self, InvitationOver> {
        if self.end != InvitationEnd::NotYet {
            return Err(InvitationOver);
        }
        self.end = end;
        (self.sealed, self.remind_at, self.move_asked) = (None, None, None);
        Ok(self)
    }

    /// Count one more link that the person asks for; `None` where the day has had its number.
    #[must_use]
    pub fn served(mut self, now: Timestamp) -> Option<Self> {
        if now.since(self.self_service.since) >= DAY {
            self.self_service = SelfService { since: now, count: 0 };
        }
        if self.self_service.count >= Self::SELF_SERVICE {
            return None;
        }
        self.self_service.count = self.self_service.count.saturating_add(1);
        Some(self)
    }

    /// Until when a new one is good.
    #[must_use]
    pub fn lifetime(now: Timestamp, settings: &Settings) -> Timestamp {
        now.plus(settings.invitation)
    }

    /// The key of an invitation: without its tenant nobody finds it.
    #[must_use]
    pub fn key_of(tenant: TenantId, id: InvitationId) -> Key {
        Key::of([&tenant.to_string(), &id.to_string()])
    }

    /// Under what those that wait for a reminder on a day are listed.
    #[must_use]
    pub fn reminders_of(day: u64) -> Key {
        Key::of([&day.to_string()])
    }
}

/// An address as strangers may see it: its first letter, and its domain.
#[must_use]
pub fn masked(email: &Email) -> String {
    let (local, domain) = email.spelt().rsplit_once('@').unwrap_or(("", ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

impl Record for Invitation {
    const TABLE: Table = Table::Invitation;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, self.id)
    }
    fn unique(&self) -> Vec<(Index, Key)> {
        let links = self.links.iter().flat_map(|link| [link.token, link.alias]);
        let mut values: Vec<(Index, Key)> = links.map(|digest| (Index::InvitationByLink, Key::of([&digest.text()]))).collect();
        if self.end == InvitationEnd::NotYet {
            values.push((Index::InvitationByEmail, Key::of([&self.tenant.to_string(), self.email.norm()])));
        }
        values
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        let mut values = Vec::new();
        if let Some(at) = self.remind_at {
            values.push((Index::InvitationByReminder, Self::reminders_of(at.0 / DAY)));
        }
        if let InvitationEnd::Redeemed { by, .. } = self.end {
            values.push((Index::InvitationByRedeemer, Key::of([&by.home.to_string(), &by.id.to_string()])));
        }
        values
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.expires_at.plus(Self::KEPT))
    }
}

#[cfg(test)]
mod tests;

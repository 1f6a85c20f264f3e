//! What is written and shown about an invitation.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    journey::{Tools, invited::Made},
    model::{CompanyDetails, Invitation, InvitationEnd, InvitationState, RequiredHome, Role},
    service::admin::Shown,
    values::{ClientId, CompanyId, InvitationId, Locale, Timestamp},
};

/// Somebody to be invited.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// To which address.
    pub email: String,
    /// What they are called; whoever is named in full does not say it again.
    #[serde(default)]
    pub given_name: Option<String>,
    /// The same.
    #[serde(default)]
    pub family_name: Option<String>,
    /// Their language; the organisation's where absent.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub locale: Option<Locale>,
    /// To which applications; it ends at the first, or in the portal where there is none.
    #[serde(default)]
    pub clients: Vec<String>,
    /// What they may do in the organisation; needs `tenant.write`.
    #[serde(default)]
    pub roles: BTreeSet<Role>,
    /// In the inviter's own words.
    #[serde(default)]
    pub message: Option<String>,
    /// Who invites, where a program asks on behalf of somebody.
    #[serde(default)]
    pub inviter: Option<String>,
    /// For which company.
    #[serde(default)]
    pub company: Option<InvitedFor>,
    /// With which account it may be redeemed.
    #[serde(default)]
    pub required_home: RequiredHome,
    /// Until when, in seconds since 1970; the organisation's setting where absent.
    #[serde(default)]
    #[schema(value_type = Option<u64>)]
    pub expires_at: Option<Timestamp>,
    /// Answer with the link, once? Then it is not the mailbox's alone, and whoever follows it types a mailed code in any case.
    #[serde(default = "yes")]
    pub show_link: bool,
}

/// The company that somebody is invited for: one of the organisation, by id, which needs `account.write`; or what is known of one that they are to make.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(untagged, expecting = "is the id of a company, or an object of the fields of one")]
pub enum InvitedFor {
    /// This one.
    #[schema(value_type = uuid::Uuid)]
    Known(CompanyId),
    /// One that is not there yet.
    New(Box<CompanyDetails>),
}

fn yes() -> bool {
    true
}

/// What can be changed about an invitation.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InvitationChange {
    /// To which address: makes a new link, and sends it there.
    pub email: Option<String>,
    /// Until when, in seconds since 1970.
    #[schema(value_type = Option<u64>)]
    pub expires_at: Option<Timestamp>,
}

/// An invitation as it is shown: never its link.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationShown {
    /// Its name. No way in.
    #[schema(value_type = uuid::Uuid)]
    pub id: InvitationId,
    /// To which address.
    pub email: String,
    /// What they are called.
    pub given_name: Option<String>,
    /// The same.
    pub family_name: Option<String>,
    /// Their language.
    #[schema(value_type = String)]
    pub locale: Locale,
    /// To which applications.
    #[schema(value_type = Vec<String>)]
    pub clients: Vec<ClientId>,
    /// What they may do in the organisation.
    pub roles: BTreeSet<Role>,
    /// In the inviter's own words.
    pub message: Option<String>,
    /// Who invites.
    pub inviter: Option<String>,
    /// For which company.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub company: Option<CompanyId>,
    /// With which account it may be redeemed.
    pub required_home: RequiredHome,
    /// Where it stands.
    pub state: InvitationState,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// When its newest mail was taken by the other side.
    #[schema(value_type = Option<u64>)]
    pub sent_at: Option<Timestamp>,
    /// When somebody first began.
    #[schema(value_type = Option<u64>)]
    pub opened_at: Option<Timestamp>,
    /// Until when.
    #[schema(value_type = u64)]
    pub expires_at: Timestamp,
    /// When it was redeemed.
    #[schema(value_type = Option<u64>)]
    pub redeemed_at: Option<Timestamp>,
    /// By which account.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub redeemed_by: Option<crate::values::AccountId>,
    /// Why its mail was not taken.
    pub bounce: Option<String>,
    /// To which address the person wants it.
    pub move_asked: Option<String>,
    /// Was its newest link shown?
    pub was_shown: bool,
    /// Is there an account with this address? Said to those only who may see accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_account: Option<bool>,
}

/// The links of an invitation, shown once.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationLinks {
    /// Its address.
    pub invite_url: String,
    /// The same in the form that applications of elsewhere know.
    pub alias_url: String,
}

/// A new invitation.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationMade {
    /// It.
    #[serde(flatten)]
    pub shown: Shown<InvitationShown>,
    /// Its address, this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invite_url: Option<String>,
    /// The same in the form that applications of elsewhere know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias_url: Option<String>,
}

pub(super) fn shown_at(rev: u64, invitation: &Invitation, now: Timestamp) -> Shown<InvitationShown> {
    let redeemed = if let InvitationEnd::Redeemed { by, at } = invitation.end { Some((by, at)) } else { None };
    let it = InvitationShown {
        id: invitation.id,
        email: invitation.email.spelt().to_owned(),
        given_name: invitation.given_name.clone(),
        family_name: invitation.family_name.clone(),
        locale: invitation.locale,
        clients: invitation.clients.clone(),
        roles: invitation.roles.clone(),
        message: invitation.message.clone(),
        inviter: invitation.inviter.name.clone(),
        company: invitation.company,
        required_home: invitation.required_home,
        state: invitation.state(now),
        created_at: invitation.created_at,
        sent_at: invitation.sent_at,
        opened_at: invitation.opened_at,
        expires_at: invitation.expires_at,
        redeemed_at: redeemed.map(|(_, at)| at),
        redeemed_by: redeemed.map(|(by, _)| by.id),
        bounce: invitation.bounce.as_ref().map(|bounce| bounce.reason.clone()),
        move_asked: invitation.move_asked.as_ref().map(|asked| asked.to.spelt().to_owned()),
        was_shown: invitation.was_shown,
        has_account: None,
    };
    Shown { rev, it }
}

pub(super) fn made_at(shown: Shown<InvitationShown>, told: Option<(&Tools, &Made)>) -> InvitationMade {
    let (invite_url, alias_url) = told.map(|(tools, made)| (made.url(tools), made.alias_url(tools))).unzip();
    InvitationMade { shown, invite_url, alias_url }
}

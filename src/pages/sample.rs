//! What is made up: what previews and tests of mails are about.

use uuid::Uuid;

use crate::{
    model::{InvitationAsk, Invited, Localised, MailContent, MailName, Origin, ReportReason, Support, Tenant, TenantKind},
    values::{InvitationId, Locale, TenantId, Timestamp},
};

/// What every mail says in previews and tests.
#[derive(Clone, Debug)]
pub struct MailSample {
    /// What.
    pub content: MailContent,
    /// Its code.
    pub code: Option<&'static str>,
    /// Where its button leads.
    pub link: Option<&'static str>,
}

const INVITE: &str = "https://id.aubepine.test/i/example";
const INVITATION: &str = "https://id.aubepine.test/admin/invitations/example";

fn invited() -> Invited {
    Invited {
        invitation: InvitationId(Uuid::from_u128(9)),
        invitee: Some("Wim Janssens".to_owned()),
        inviter: Some("Sam Okoye".to_owned()),
        app: Some("Machines démo".to_owned()),
        message: Some("Bonjour Wim, voici l’accès promis.".to_owned()),
        expires_at: Timestamp(1_770_195_600),
    }
}

/// A mail of each kind.
#[must_use]
pub fn mail_sample(name: MailName) -> MailSample {
    let at = Timestamp(1_767_603_600);
    let from = Origin { browser: Some("Firefox, Linux".to_owned()), place: Some("192.0.2.7".to_owned()) };
    let app = Some("Espace Client".to_owned());
    let account = Some("https://id.aubepine.test/account");
    let (content, code, link) = match name {
        MailName::Test => (MailContent::Test, None, None),
        MailName::ConfirmAddress => (MailContent::ConfirmAddress { app, from }, Some("482 913"), Some("https://id.aubepine.test/code/example")),
        MailName::AccountExists => {
            (MailContent::AccountExists { app, reset_url: "https://id.aubepine.test/account/reset".to_owned() }, None, Some("https://id.aubepine.test/signin"))
        }
        MailName::Invitation => (MailContent::Invitation(invited()), None, Some(INVITE)),
        MailName::InvitationReminder => (MailContent::InvitationReminder(invited()), None, Some(INVITE)),
        MailName::InvitationRegenerated => (MailContent::InvitationRegenerated(invited()), None, Some(INVITE)),
        MailName::InvitationAccepted => (MailContent::InvitationAccepted { invitee: "Wim Janssens".to_owned(), app, at }, None, Some(INVITATION)),
        MailName::InvitationBounced => {
            let reason = "550 5.1.1 mailbox unavailable".to_owned();
            (MailContent::InvitationBounced { email: "wim@morvan.test".to_owned(), reason }, None, Some(INVITATION))
        }
        MailName::InvitationAsked => {
            let what = InvitationAsk::Move { to: "wim.janssens@morvan.test".to_owned() };
            (MailContent::InvitationAsked { email: "wim@morvan.test".to_owned(), what }, None, Some(INVITATION))
        }
        MailName::ResetCode => (MailContent::ResetCode { from, is_refused: false }, Some("730 158"), Some("https://id.aubepine.test/code/example")),
        MailName::PasswordChanged => (MailContent::PasswordChanged { at, from }, None, Some("https://id.aubepine.test/undo/example")),
        MailName::SignInCode => (MailContent::SignInCode { app, from }, Some("615 204"), Some("https://id.aubepine.test/code/example")),
        MailName::NewSignIn => (MailContent::NewSignIn { at, app, from }, None, account),
        MailName::NewTerms => {
            let (document, summary) = ("Conditions de l’espace client".to_owned(), "Le délai de réponse passe à cinq jours.".to_owned());
            (MailContent::NewTerms { document, version: 2, effective_at: at, summary }, None, Some("https://id.aubepine.test/account/terms"))
        }
        MailName::ConfirmNewAddress => (MailContent::ConfirmNewAddress { old: "ca…@courriel.test".to_owned(), from }, Some("204 771"), None),
        MailName::AddressReplaced => {
            (MailContent::AddressReplaced { new: "c…@eon.test".to_owned(), at, from }, None, Some("https://id.aubepine.test/account/contact/undo/example"))
        }
        MailName::AccountArchived => (MailContent::AccountArchived, None, None),
        MailName::AccountRestored => (MailContent::AccountRestored, None, account),
        MailName::ExportReady => (MailContent::ExportReady, None, Some("https://id.aubepine.test/account/privacy")),
        MailName::AccountToGo => (MailContent::AccountToGo { due: at.plus(30 * 86_400) }, None, Some("https://id.aubepine.test/account/delete/undo/example")),
        MailName::CompanyReady => (MailContent::CompanyReady { company: "Ateliers Morvan SAS".to_owned() }, None, account),
        MailName::CheckLink => (MailContent::CheckLink { app, from }, None, Some("https://id.aubepine.test/ui/check/example")),
        MailName::CompanyAsked => {
            let (company, who) = ("Ateliers Morvan SAS".to_owned(), "Nadia Roux (n.roux@morvan.test)".to_owned());
            (MailContent::CompanyAsked { company, who }, None, None)
        }
        MailName::UnusualAttempts => (MailContent::UnusualAttempts { count: 5, since: at }, None, account),
        MailName::AppReported => {
            let text = "Elle demande mon mot de passe de messagerie.".to_owned();
            let (app, reference) = ("Espace Client".to_owned(), "7K3P-2XQD".to_owned());
            let reason = ReportReason::AsksTooMuch;
            (MailContent::AppReported { app, reporter_tenant: "Cabinet Aubépine".to_owned(), reason, text, reference }, None, None)
        }
    };
    MailSample { content, code, link }
}

/// In whose name they are sent.
#[must_use]
pub fn mail_sample_tenant() -> Tenant {
    Tenant {
        slug: "aubepine".to_owned(),
        names: Localised::same("Cabinet Aubépine"),
        is_default: true,
        domains: vec!["aubepine.test".to_owned()],
        default_locale: Locale::Fr,
        support: Support { phone: Some("01 00 00 00 00".to_owned()), mail: Some("aide@aubepine.test".to_owned()), ..Support::default() },
        ..Tenant::blank(TenantId(Uuid::from_u128(1)), TenantKind::Organisation, Timestamp(1_767_603_600))
    }
}

//! S-AD-INVITES, S-AD-INVITE and S-AD-INVITE-NEW: who is invited, what became of it, and inviting more.

use serde::Serialize;

use super::{Desk, Form, Page};
use crate::pages::{Complaint, CountryShown};

/// One invitation in the list.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationRow {
    /// Its address here.
    pub href: String,
    /// To which address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// Where it stands, as the words know it.
    pub state: String,
    /// Until when, in seconds since 1970.
    pub until: u64,
}

/// S-AD-INVITES.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationRows {
    /// Around it.
    pub desk: Desk,
    /// The rows.
    pub rows: Vec<InvitationRow>,
    /// The address of the next part.
    pub next_href: Option<String>,
    /// Where somebody is invited, for those who may.
    pub new_href: Option<String>,
}

impl Page for InvitationRows {
    const TEMPLATE: &'static str = "admin/invitations.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let desk = Desk::sample(&["invitations"]);
        let row = |email: &str, name: &str, state: &str| InvitationRow {
            href: "/admin/etude/invitations/1".to_owned(),
            email: email.to_owned(),
            name: name.to_owned(),
            state: state.to_owned(),
            until: 1_770_195_600,
        };
        let rows = vec![
            row("wim@morvan.test", "Wim Janssens", "sent"),
            row("basile@morvan.test", "", "opened"),
            row("luc@morvan.test", "Luc Petit", "redeemed"),
            row("sonia@etude.test", "", "bounced"),
            row("emilie@etude.test", "", "expired"),
        ];
        let next_href = Some("/admin/etude/invitations?after=x".to_owned());
        let new_href = Some("/admin/etude/invitations/new".to_owned());
        vec![
            ("some", Self { desk: desk.clone(), rows, next_href, new_href: new_href.clone() }),
            ("none", Self { desk, rows: Vec::new(), next_href: None, new_href }),
        ]
    }
}

/// S-AD-INVITE.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationSheet {
    /// Around it.
    pub desk: Desk,
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// The row of it.
    pub row: InvitationRow,
    /// Who invites.
    pub inviter: Option<String>,
    /// To which applications.
    pub apps: Vec<String>,
    /// When its mail was taken.
    pub sent_at: Option<u64>,
    /// When somebody began.
    pub opened_at: Option<u64>,
    /// When it was redeemed.
    pub redeemed_at: Option<u64>,
    /// Why its mail was not taken.
    pub bounce: Option<String>,
    /// To which address the person wants it.
    pub move_asked: Option<String>,
    /// Is there an account with this address?
    pub has_account: Option<bool>,
    /// Its link, shown this once.
    pub link: Option<String>,
    /// May its link still be shown?
    pub can_show: bool,
    /// May it be changed by who looks?
    pub can_change: bool,
    /// Is it open?
    pub is_open: bool,
    /// Back to the list.
    pub list_href: String,
    /// What was just done.
    pub done: Option<&'static str>,
}

impl InvitationSheet {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["email"];
}

impl Page for InvitationSheet {
    const TEMPLATE: &'static str = "admin/invitation.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |state: &str| Self {
            desk: Desk::sample(&["invitations"]),
            form: Form::default(),
            row: InvitationRow {
                href: "/admin/etude/invitations/1".to_owned(),
                email: "wim@morvan.test".to_owned(),
                name: "Wim Janssens".to_owned(),
                state: state.to_owned(),
                until: 1_770_195_600,
            },
            inviter: Some("Sam Okoye".to_owned()),
            apps: vec!["Machines démo".to_owned()],
            sent_at: Some(1_767_603_600),
            opened_at: None,
            redeemed_at: None,
            bounce: None,
            move_asked: None,
            has_account: Some(false),
            link: None,
            can_show: true,
            can_change: true,
            is_open: true,
            list_href: "/admin/etude/invitations".to_owned(),
            done: None,
        };
        let typed = Form::keeping(&[("email".to_owned(), "wim@morvan".to_owned())], Self::KEPT).complaining(Complaint::Email, Some("email"));
        vec![
            ("sent", page("sent")),
            ("shown", Self { link: Some("https://id.etude.test/i/example".to_owned()), can_show: false, done: Some("resent"), ..page("sent") }),
            ("bounced", Self { bounce: Some("550 5.1.1 mailbox unavailable".to_owned()), form: typed, ..page("bounced") }),
            ("asked", Self { move_asked: Some("wim.janssens@morvan.test".to_owned()), has_account: Some(true), ..page("opened") }),
            ("expired", Self { is_open: false, ..page("expired") }),
            ("redeemed", Self { redeemed_at: Some(1_767_603_600), can_change: false, is_open: false, has_account: None, ..page("redeemed") }),
        ]
    }
}

/// An application that somebody may be invited to.
#[derive(Clone, Debug, Serialize)]
pub struct AppChoice {
    /// Stands for it in the form.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// The mail as it would be.
#[derive(Clone, Debug, Serialize)]
pub struct MailPreview {
    /// Its language.
    pub lang: &'static str,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// One line of a file that did not come to an invitation.
#[derive(Clone, Debug, Serialize)]
pub struct CsvLine {
    /// Its number.
    pub line: u64,
    /// The address, as it is written.
    pub email: String,
    /// `already_invited` or `wrong`.
    pub outcome: &'static str,
    /// Which column.
    pub column: Option<String>,
}

/// What came of a file.
#[derive(Clone, Debug, Serialize)]
pub struct CsvReport {
    /// How many were invited.
    pub invited: usize,
    /// The other lines.
    pub lines: Vec<CsvLine>,
}

/// S-AD-INVITE-NEW.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationForm {
    /// Around it.
    pub desk: Desk,
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// The applications.
    pub apps: Vec<AppChoice>,
    /// The languages.
    pub locales: &'static [&'static str],
    /// The countries of companies.
    pub countries: Vec<CountryShown>,
    /// The roles that may be given.
    pub roles: &'static [&'static str],
    /// The mail in each language, when it was asked for.
    pub preview: Vec<MailPreview>,
    /// What came of a file.
    pub report: Option<CsvReport>,
    /// Back to the list.
    pub list_href: String,
}

impl InvitationForm {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] =
        &["email", "given_name", "family_name", "locale", "client", "role", "message", "csv", "company_legal_name", "company_country", "company_reg_no"];
}

impl Page for InvitationForm {
    const TEMPLATE: &'static str = "admin/invitation_new.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let typed = |email: &str| {
            let pairs = [("email", email), ("given_name", "Wim"), ("locale", "en"), ("client", "a"), ("message", "Bonjour")];
            Form::keeping(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())), Self::KEPT)
        };
        let page = |form| Self {
            desk: Desk::sample(&["invitations"]),
            form,
            apps: vec![AppChoice { key: "a".to_owned(), name: "Machines démo".to_owned() }],
            locales: &["fr", "en"],
            countries: vec![CountryShown { code: "BE", name: "Belgique".into() }, CountryShown { code: "FR", name: "France".into() }],
            roles: &["account_administrator", "inviter"],
            preview: Vec::new(),
            report: None,
            list_href: "/admin/etude/invitations".to_owned(),
        };
        let preview = |lang, subject: &str| MailPreview { lang, subject: subject.to_owned(), text: "Bonjour Wim,\n\nhttps://id.etude.test/i/…\n".to_owned() };
        let of_company = [("email", "wim@morvan.test"), ("company_legal_name", "Ateliers Morvan SAS"), ("company_country", "FR"), ("company_reg_no", "12")];
        let company = Form::keeping(&of_company.map(|(name, value)| (name.to_owned(), value.to_owned())), Self::KEPT);
        let line = |line, outcome, column: Option<&str>| CsvLine { line, email: "wim@morvan.test".to_owned(), outcome, column: column.map(str::to_owned) };
        let lines = vec![line(2, "already_invited", None), line(3, "wrong", Some("email")), line(5, "wrong", None)];
        vec![
            ("empty", Self { roles: &[], ..page(Form::default()) }),
            ("malformed", page(typed("wim@morvan").complaining(Complaint::Email, Some("email")))),
            ("company", page(company.complaining(Complaint::CompanyNumber, Some("company_reg_no")))),
            ("invited", page(typed("wim@morvan.test").complaining(Complaint::AlreadyInvited, Some("email")))),
            ("preview", Self { preview: vec![preview("fr", "Sam vous invite"), preview("en", "Sam invites you")], ..page(typed("wim@morvan.test")) }),
            ("report", Self { report: Some(CsvReport { invited: 2, lines }), ..page(Form::default()) }),
        ]
    }
}

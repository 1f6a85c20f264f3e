//! S-INV and what stands in its place: an invitation that is over, replaced, used, or for somebody else; and the page for a link that was lost.

use serde::Serialize;

use super::{Complaint, Form, Page};

/// What an invitation is about, as anybody may see it who has its link.
#[derive(Clone, Debug, Serialize)]
pub struct InvitedTo {
    /// The organisation's name.
    pub organisation: String,
    /// Its domain, where it proved one.
    pub domain: Option<String>,
    /// Who invites, where that is a person.
    pub inviter: Option<String>,
    /// The application.
    pub app: Option<String>,
    /// The address, masked.
    pub masked: String,
    /// Until when it is good, in seconds since 1970.
    pub until: u64,
    /// What the inviter says.
    pub message: Option<String>,
}

impl InvitedTo {
    fn sample() -> Self {
        Self {
            organisation: "Le Fournil Machines".to_owned(),
            domain: Some("fournil.test".to_owned()),
            inviter: Some("Sam Okoye".to_owned()),
            app: Some("Machines démo".to_owned()),
            masked: "w•••@morvan.test".to_owned(),
            until: 1_770_195_600,
            message: Some("Bonjour Wim, voici l’accès promis.".to_owned()),
        }
    }
}

/// S-INV.
#[derive(Clone, Debug, Serialize)]
pub struct Invitation {
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// What it is about.
    pub to: InvitedTo,
    /// What was just done: `asked` for another address, or `refused`.
    pub done: Option<&'static str>,
}

impl Invitation {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["email"];
}

impl Page for Invitation {
    const TEMPLATE: &'static str = "invitation/offer.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |form, done| Self { form, to: InvitedTo::sample(), done };
        let plain = InvitedTo { domain: None, inviter: None, app: None, message: None, ..InvitedTo::sample() };
        let typed = Form::keeping(&[("email".to_owned(), "wim@morvan".to_owned())], Self::KEPT);
        vec![
            ("offer", page(Form::default(), None)),
            ("plain", Self { form: Form::default(), to: plain, done: None }),
            ("address", page(typed.complaining(Complaint::Email, Some("email")), None)),
            ("asked", page(Form::default(), Some("asked"))),
            ("refused", page(Form::default(), Some("refused"))),
            ("soon", page(Form::default().complaining(Complaint::Resend { seconds: 42 }, None), None)),
        ]
    }
}

/// S-INV-EXPIRED and S-INV-USED: this link opens nothing any more.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationOver {
    /// Why.
    pub form: Form,
    /// Was it used?
    pub used: bool,
    /// The organisation's name.
    pub organisation: String,
    /// May a new link be asked for here?
    pub can_renew: bool,
    /// May somebody say here that it was not they who used it?
    pub can_dispute: bool,
    /// What was just done: `renewed` or `disputed`.
    pub done: Option<&'static str>,
}

impl Page for InvitationOver {
    const TEMPLATE: &'static str = "invitation/over.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |complaint: Complaint, used, done| Self {
            form: Form::default().complaining(complaint, None),
            used,
            organisation: "Le Fournil Machines".to_owned(),
            can_renew: !used,
            can_dispute: used,
            done,
        };
        let date = "4 février 2026".to_owned();
        vec![
            ("expired", page(Complaint::ExpiredLink { date: Some(date.clone()) }, false, None)),
            ("replaced", page(Complaint::LinkOld { date: date.clone() }, false, None)),
            ("revoked", Self { can_renew: false, ..page(Complaint::LinkRevoked, false, None) }),
            ("renewed", page(Complaint::ExpiredLink { date: Some(date) }, false, Some("renewed"))),
            ("used", page(Complaint::LinkUsed, true, None)),
            ("disputed", page(Complaint::LinkUsed, true, Some("disputed"))),
            ("used-meanwhile", Self { can_dispute: false, ..page(Complaint::LinkUsed, true, None) }),
        ]
    }
}

/// S-INV-WRONG: another person is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationWrong {
    /// Why.
    pub form: Form,
    /// What it is about.
    pub to: InvitedTo,
    /// Who is signed in.
    pub other: String,
    /// Was the inviter just asked?
    pub done: Option<&'static str>,
}

impl Page for InvitationWrong {
    const TEMPLATE: &'static str = "invitation/wrong.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let to = InvitedTo::sample();
        let other = "camille@courriel.test".to_owned();
        let form = Form::default().complaining(Complaint::WrongAccount { masked: to.masked.as_str().into(), other: other.clone() }, None);
        let page = |done| Self { form: form.clone(), to: to.clone(), other: other.clone(), done };
        vec![("wrong", page(None)), ("asked", page(Some("asked")))]
    }
}

/// S-INV-LOST: somebody lost their link.
#[derive(Clone, Debug, Serialize)]
pub struct LostLink {
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// Was it sent? The same is said to everybody.
    pub sent: bool,
}

impl LostLink {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["email"];
}

impl Page for LostLink {
    const TEMPLATE: &'static str = "invitation/lost.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let wrong = Form::keeping(&[("email".to_owned(), "wim@morvan".to_owned())], Self::KEPT).complaining(Complaint::Email, Some("email"));
        vec![
            ("empty", Self { form: Form::default(), sent: false }),
            ("malformed", Self { form: wrong, sent: false }),
            ("sent", Self { form: Form::default(), sent: true }),
        ]
    }
}

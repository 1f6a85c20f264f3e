//! S-ME-CONTACT and S-ME-CONTACT-CODE: another address, proved by a code.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, RETRY_AFTER},
    },
};

use super::{Portal, portal::field};
use crate::{
    model::{AccountEmail, AddressChange, EmailAlias},
    pages::{AddressShown, AliasShown, Complaint, Contact, ContactCode, Content, Form, Me},
    service::account::contact::{self, Confirming, Owner},
    values::{Email, Fault},
    web::{
        extract::{Pairs, QueryPairs},
        journey::status_of,
    },
};

const PATH: &str = "/account/contact";
const CODE: &str = "/account/contact/code";

impl Portal {
    pub(super) fn owner(&self) -> Owner<'_> {
        Owner { account: &self.account, session: &self.session.sid, tenant: &self.tenant, visitor: &self.visitor }
    }
}

/// `GET /account/contact`
pub async fn show(mut portal: Portal, query: QueryPairs) -> HttpResponse {
    let is_changed = field(&query.0, "done") == Some("changed");
    let came = look(&mut portal, is_changed).await;
    portal.answers(came)
}

async fn look(portal: &mut Portal, is_changed: bool) -> Result<HttpResponse, Fault> {
    if contact::pending(&portal.state.tools, &portal.owner()).await?.is_some() {
        return Ok(portal.goes(CODE));
    }
    if !is_changed && !portal.is_proved_lately() {
        return portal.proves_again(PATH).await;
    }
    Ok(form(portal, Form::default(), is_changed))
}

fn form(portal: &mut Portal, form: Form, is_changed: bool) -> HttpResponse {
    let complaint = form.complaints.first().map(|wrong| wrong.complaint.clone());
    let account = &portal.account;
    let (now, shown) = (portal.state.tools.now(), |text: &str, is_verified| AddressShown { text: text.to_owned(), is_verified });
    let alias = |alias: &EmailAlias| AliasShown { text: alias.was.address.spelt().to_owned(), until: alias.since.plus(EmailAlias::LIFETIME) };
    let view = Contact {
        me: Me::of(account),
        form,
        address: account.primary_email().map(|AccountEmail { address, verified_at }| shown(address.spelt(), verified_at.is_some())),
        aliases: account.aliases.iter().filter(|known| !known.is_over_at(now)).map(alias).collect(),
        phones: account.phones.iter().map(|phone| shown(&phone.number, phone.verified_at.is_some())).collect(),
        is_changed,
    };
    let reply = portal.shows(status_of(complaint.as_ref()), &Content::of(&view), ("S-ME-CONTACT", PATH));
    with_wait(reply, complaint.as_ref())
}

/// A reply that says when to try again, where that is known.
fn with_wait(mut reply: HttpResponse, complaint: Option<&Complaint>) -> HttpResponse {
    if let Some(Complaint::Resend { seconds } | Complaint::CodeSpent { seconds }) = complaint {
        reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
    }
    reply
}

/// `POST /account/contact`
pub async fn answer(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = change(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn change(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    let typed = Form::keeping(posted, Contact::KEPT);
    if !portal.is_own_form(posted, PATH) {
        return Ok(form(portal, typed.complaining(Complaint::Stale, None), false));
    }
    if !portal.is_proved_lately() {
        return portal.proves_again(PATH).await;
    }
    let wrong = match field(posted, "email").map(str::trim).unwrap_or_default() {
        "" => Complaint::Required { field: "email" },
        text => match text.parse::<Email>() {
            Err(_) => Complaint::Email,
            Ok(address) => match contact::ask(&portal.state.tools, &portal.owner(), &address).await? {
                Ok(()) => return Ok(portal.goes(CODE)),
                Err(complaint) => complaint,
            },
        },
    };
    Ok(form(portal, typed.complaining(wrong, Some("email")), false))
}

/// `GET /account/contact/code`
pub async fn show_code(mut portal: Portal) -> HttpResponse {
    let came = match contact::pending(&portal.state.tools, &portal.owner()).await {
        Ok(Some(change)) => Ok(code(&mut portal, &change, None)),
        Ok(None) => Ok(portal.goes(PATH)),
        Err(fault) => Err(fault),
    };
    portal.answers(came)
}

fn code(portal: &mut Portal, change: &AddressChange, wrong: Option<Complaint>) -> HttpResponse {
    let (rules, now) = (&portal.tenant.settings, portal.state.tools.now());
    let field = |complaint: &Complaint| if matches!(complaint, Complaint::Stale) { None } else { Some("code") };
    let view = ContactCode {
        me: Me::of(&portal.account),
        form: wrong.iter().cloned().fold(Form::default(), |form, complaint| {
            let field = field(&complaint);
            form.complaining(complaint, field)
        }),
        address: change.address.spelt().to_owned(),
        digits: rules.mail_code_digits,
        minutes: change.until.since(now).div_ceil(60),
        pause: rules.mail_code_pause,
        sender: portal.tenant.names.get(portal.visitor.locale).to_owned(),
    };
    let status: StatusCode = status_of(wrong.as_ref());
    let reply = portal.shows(status, &Content::of(&view), ("S-ME-CONTACT-CODE", CODE));
    with_wait(reply, wrong.as_ref())
}

/// `POST /account/contact/code`
pub async fn judge(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = pressed(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn pressed(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    let tools = portal.state.tools.clone();
    let Some(change) = contact::pending(&tools, &portal.owner()).await? else { return Ok(portal.goes(PATH)) };
    if !portal.is_own_form(posted, CODE) {
        return Ok(code(portal, &change, Some(Complaint::Stale)));
    }
    match field(posted, "action") {
        Some("cancel") => {
            contact::cancel(&tools, &portal.owner()).await?;
            Ok(portal.goes("/account/profile"))
        }
        Some("resend") => match contact::ask(&tools, &portal.owner(), &change.address).await? {
            Ok(()) => Ok(portal.goes(CODE)),
            Err(complaint) => Ok(code(portal, &change, Some(complaint))),
        },
        _ => match contact::confirm(&tools, &portal.owner(), field(posted, "code").unwrap_or_default()).await? {
            Confirming::Done => Ok(portal.goes("/account/contact?done=changed")),
            Confirming::Nothing => Ok(portal.goes(PATH)),
            Confirming::Not(complaint) => Ok(code(portal, &change, Some(complaint))),
        },
    }
}

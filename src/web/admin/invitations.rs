//! S-AD-INVITES, S-AD-INVITE and S-AD-INVITE-NEW.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Path, Query},
};

use super::Console;
use crate::{
    model::{CompanyDetails, InvitationState, RequiredHome, Role},
    pages::{AppChoice, Complaint, CsvLine, CsvReport, Form, InvitationForm, InvitationRow, InvitationRows, InvitationSheet, countries},
    policy::{admin::Right, company::LONGEST},
    service::admin::{
        PageAsked, Refused, Shown,
        invitations::{self, InvitationChange, InvitationShown, InvitedFor, LineReported, NewInvitation},
    },
    values::{Locale, Timestamp},
    web::{
        extract::{Pairs, QueryPairs},
        journey::status_of,
    },
};

pub(super) const MONTH: u64 = 30 * 86_400;

/// The roles that an administrator may give with an invitation.
const ROLES: &[&str] = &["global_administrator", "application_administrator", "account_administrator", "auditor", "inviter"];

pub(super) fn word(state: InvitationState) -> String {
    serde_json::to_value(state).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What may still be done with an invitation, and by who looks.
pub(super) struct Standing {
    /// Was it accepted, refused, taken back or replaced?
    is_over: bool,
    /// Does its link open?
    pub(super) is_open: bool,
    /// May it be changed by who looks?
    pub(super) can_change: bool,
}

pub(super) fn standing(console: &Console, it: &InvitationShown) -> Standing {
    let is_over = matches!(it.state, InvitationState::Redeemed | InvitationState::Refused | InvitationState::Revoked | InvitationState::Superseded);
    // Whoever may not give what it gives may not touch its link either.
    let can_change = !is_over && console.may(Right::InvitationWrite) && (it.roles.is_empty() || console.may(Right::TenantWrite));
    Standing { is_over, is_open: !is_over && it.state != InvitationState::Expired, can_change }
}

fn row(console: &Console, shown: &InvitationShown) -> InvitationRow {
    let name = [&shown.given_name, &shown.family_name].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let href = console.path(&format!("invitations/{}", shown.id));
    InvitationRow { href, email: shown.email.clone(), name, state: word(shown.state), until: shown.expires_at.0 }
}

fn field<'a>(posted: &'a [(String, String)], name: &str) -> &'a str {
    posted.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

/// `GET /admin/{tenant}/invitations`
pub async fn list(mut console: Console, asked: Query<PageAsked>) -> HttpResponse {
    let came = rows(&mut console, &asked).await;
    console.answers(came)
}

async fn rows(console: &mut Console, asked: &PageAsked) -> Result<HttpResponse, Refused> {
    let page = invitations::list(&console.state.tools, &console.by, &console.tenant.slug, asked).await?;
    let next_href = page.next.as_ref().map(|next| format!("{}?after={next}", console.path("invitations")));
    let view = InvitationRows {
        desk: console.desk(),
        rows: page.items.iter().map(|shown| row(console, &shown.it)).collect(),
        next_href,
        new_href: console.may(Right::InvitationWrite).then(|| console.path("invitations/new")),
    };
    Ok(console.shows(StatusCode::OK, &view, "S-AD-INVITES"))
}

/// `GET /admin/{tenant}/invitations/{invitation}`
pub async fn show(mut console: Console, at: Path<(String, String)>, query: QueryPairs) -> HttpResponse {
    let done = field(&query.0, "done");
    let done = ["sent", "resent", "regenerated", "extended", "moved", "revoked"].into_iter().find(|known| *known == done);
    let came = sheet(&mut console, &at.1, (Form::default(), done, None)).await;
    console.answers(came)
}

async fn sheet(console: &mut Console, which: &str, (form, done, link): (Form, Option<&'static str>, Option<String>)) -> Result<HttpResponse, Refused> {
    let tools = console.state.tools.clone();
    let Shown { it, .. } = invitations::show(&tools, &console.by, &console.tenant.slug, which).await?;
    let Standing { is_over, is_open, can_change } = standing(console, &it);
    let locale = console.visitor.locale;
    let apps = invitations::applications(&tools, &console.tenant).await?;
    let named = |id: &crate::values::ClientId| apps.iter().find(|app| app.id == *id).map_or_else(|| id.to_string(), |app| app.names.get(locale).to_owned());
    let status = status_of(form.complaints.first().map(|wrong| &wrong.complaint));
    let view = InvitationSheet {
        desk: console.desk(),
        form,
        row: row(console, &it),
        inviter: it.inviter.clone(),
        apps: it.clients.iter().map(named).collect(),
        sent_at: it.sent_at.map(|at| at.0),
        opened_at: it.opened_at.map(|at| at.0),
        redeemed_at: it.redeemed_at.map(|at| at.0),
        bounce: it.bounce.clone(),
        move_asked: it.move_asked.clone().filter(|_| !is_over),
        has_account: it.has_account,
        link,
        can_show: can_change && is_open && !it.was_shown,
        can_change,
        is_open,
        list_href: console.path("invitations"),
        done,
    };
    Ok(console.shows(status, &view, "S-AD-INVITE"))
}

/// `POST /admin/{tenant}/invitations/{invitation}`
pub async fn change(mut console: Console, posted: Pairs, at: Path<(String, String)>) -> HttpResponse {
    let came = changed(&mut console, &posted.0, &at.1).await;
    console.answers(came)
}

async fn changed(console: &mut Console, posted: &[(String, String)], which: &str) -> Result<HttpResponse, Refused> {
    let complaining = |complaint, field| Form::keeping(posted, InvitationSheet::KEPT).complaining(complaint, field);
    if !console.is_own_form(posted) {
        return sheet(console, which, (complaining(Complaint::Stale, None), None, None)).await;
    }
    let (tools, by, slug) = (console.state.tools.clone(), console.by.clone(), console.tenant.slug.clone());
    let at = (slug.as_str(), which);
    let came = match field(posted, "action") {
        "resend" => invitations::resend(&tools, &by, at).await.map(|_| "resent"),
        "regenerate" => invitations::regenerate(&tools, &by, at).await.map(|_| "regenerated"),
        "revoke" => invitations::revoke(&tools, &by, at).await.map(|_| "revoked"),
        "extend" => {
            let until = Timestamp(tools.now().0.saturating_add(MONTH));
            let change = InvitationChange { email: None, expires_at: Some(until) };
            invitations::update(&tools, &by, at, None, change).await.map(|_| "extended")
        }
        "address" => {
            if field(posted, "email").is_empty() {
                return sheet(console, which, (complaining(Complaint::Required { field: "email" }, Some("email")), None, None)).await;
            }
            let change = InvitationChange { email: Some(field(posted, "email").to_owned()), expires_at: None };
            invitations::update(&tools, &by, at, None, change).await.map(|_| "moved")
        }
        "link" => {
            let links = invitations::link(&tools, &by, at).await?;
            return sheet(console, which, (Form::default(), None, Some(links.invite_url))).await;
        }
        _ => return sheet(console, which, (complaining(Complaint::Stale, None), None, None)).await,
    };
    match came {
        Ok(done) => {
            let to = console.path(&format!("invitations/{which}?done={done}"));
            Ok(console.goes(&to))
        }
        Err(Refused::Invalid { .. }) => sheet(console, which, (complaining(Complaint::Email, Some("email")), None, None)).await,
        Err(Refused::Taken(_)) => sheet(console, which, (complaining(Complaint::AlreadyInvited, Some("email")), None, None)).await,
        Err(other) => Err(other),
    }
}

/// `GET /admin/{tenant}/invitations/new`
pub async fn form(mut console: Console) -> HttpResponse {
    let came = blank(&mut console, Form::default(), Vec::new(), None).await;
    console.answers(came)
}

async fn blank(console: &mut Console, form: Form, preview: Vec<crate::pages::MailPreview>, report: Option<CsvReport>) -> Result<HttpResponse, Refused> {
    if !console.may(Right::InvitationWrite) {
        return Err(Refused::LacksRole);
    }
    let locale = console.visitor.locale;
    let apps = invitations::applications(&console.state.tools, &console.tenant).await?;
    let status = status_of(form.complaints.first().map(|wrong| &wrong.complaint));
    let view = InvitationForm {
        desk: console.desk(),
        form,
        apps: apps.iter().map(|app| AppChoice { key: app.id.to_string(), name: app.names.get(locale).to_owned() }).collect(),
        locales: &["fr", "en"],
        countries: countries(console.state.tools.pages.words(locale)?),
        roles: if console.may(Right::TenantWrite) { ROLES } else { &[] },
        preview,
        report,
        list_href: console.path("invitations"),
    };
    Ok(console.shows(status, &view, "S-AD-INVITE-NEW"))
}

/// `POST /admin/{tenant}/invitations/new`
pub async fn create(mut console: Console, posted: Pairs) -> HttpResponse {
    let came = created(&mut console, &posted.0).await;
    console.answers(came)
}

fn written(posted: &[(String, String)]) -> NewInvitation {
    let said = |name: &str| Some(field(posted, name).to_owned()).filter(|text| !text.is_empty());
    let role: Option<Role> = said("role").and_then(|role| serde_json::from_value(serde_json::Value::String(role)).ok());
    NewInvitation {
        email: field(posted, "email").to_owned(),
        given_name: said("given_name"),
        family_name: said("family_name"),
        locale: said("locale").and_then(|tag| Locale::first_of(&tag)),
        clients: said("client").into_iter().collect(),
        roles: role.into_iter().collect(),
        message: said("message"),
        inviter: None,
        company: Some(InvitedFor::New(Box::new(CompanyDetails::of_columns(said)))),
        required_home: RequiredHome::Any,
        expires_at: None,
        show_link: false,
    }
}

async fn created(console: &mut Console, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let kept = || Form::keeping(posted, InvitationForm::KEPT);
    if !console.is_own_form(posted) {
        return blank(console, kept().complaining(Complaint::Stale, None), Vec::new(), None).await;
    }
    let (tools, by, slug) = (console.state.tools.clone(), console.by.clone(), console.tenant.slug.clone());
    match field(posted, "action") {
        "csv" => return many(console, posted).await,
        "send" | "preview" => {}
        _ => return blank(console, kept().complaining(Complaint::Stale, None), Vec::new(), None).await,
    }
    if field(posted, "email").is_empty() {
        return blank(console, kept().complaining(Complaint::Required { field: "email" }, Some("email")), Vec::new(), None).await;
    }
    let came = if field(posted, "action") == "preview" {
        match invitations::preview(&tools, &by, &slug, &written(posted)).await {
            Ok(preview) => return blank(console, kept(), preview, None).await,
            Err(refused) => Err(refused),
        }
    } else {
        invitations::create(&tools, &by, &slug, written(posted)).await
    };
    match came {
        Ok(made) => {
            let to = console.path(&format!("invitations/{}?done=sent", made.shown.it.id));
            Ok(console.goes(&to))
        }
        Err(Refused::Invalid { field, .. }) => {
            let (complaint, field) = wrong(field);
            blank(console, kept().complaining(complaint, field), Vec::new(), None).await
        }
        Err(Refused::Quota { most }) => blank(console, kept().complaining(Complaint::InvitationQuota { most }, None), Vec::new(), None).await,
        Err(Refused::Taken(_)) => blank(console, kept().complaining(Complaint::AlreadyInvited, Some("email")), Vec::new(), None).await,
        Err(other) => Err(other),
    }
}

/// What an administrator reads about a field.
fn wrong(field: &'static str) -> (Complaint, Option<&'static str>) {
    match field {
        "email" => (Complaint::Email, Some("email")),
        "message" => (Complaint::TooLong { field: "message", most: 1000 }, Some("message")),
        "company_legal_name" => (Complaint::TooLong { field: "legal_name", most: LONGEST }, Some("company_legal_name")),
        "company_country" => (Complaint::Required { field: "country" }, Some("company_country")),
        "company_reg_no" => (Complaint::CompanyNumber, Some("company_reg_no")),
        "given_name" => (Complaint::TooLong { field: "given_name", most: 120 }, Some("given_name")),
        "family_name" => (Complaint::TooLong { field: "family_name", most: 120 }, Some("family_name")),
        _ => (Complaint::Conflict, None),
    }
}

/// Everybody in a CSV.
async fn many(console: &mut Console, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let kept = Form::keeping(posted, &["csv"]);
    let text = posted.iter().find(|(name, _)| name == "csv").map_or("", |(_, text)| text.as_str());
    if text.trim().is_empty() {
        return blank(console, kept.complaining(Complaint::Required { field: "csv" }, Some("csv")), Vec::new(), None).await;
    }
    let tools = console.state.tools.clone();
    match invitations::import(&tools, &console.by, &console.tenant.slug, text.as_bytes()).await {
        Ok(report) => {
            let lines = report.lines.into_iter().filter_map(|line| match line {
                LineReported::Invited { .. } => None,
                LineReported::AlreadyInvited { line, email } => Some(CsvLine { line, email, outcome: "already_invited", column: None }),
                LineReported::Wrong { line, email, field, .. } => Some(CsvLine { line, email, outcome: "wrong", column: field }),
            });
            let report = CsvReport { invited: report.invited, lines: lines.collect() };
            blank(console, Form::default(), Vec::new(), Some(report)).await
        }
        Err(Refused::Malformed(_)) => blank(console, kept.complaining(Complaint::NotCsv, Some("csv")), Vec::new(), None).await,
        Err(other) => Err(other),
    }
}

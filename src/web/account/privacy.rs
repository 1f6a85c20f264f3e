//! S-ME-PRIVACY and S-ME-DELETE: what is kept, all of it as a file, and the end of it.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
};

use super::{Portal, portal::field};
use crate::{
    model::Tenant,
    pages::{Complaint, Content, Deleting, ExportShown, Form, KeptAt, Me, Privacy},
    service::account::{
        deletion::{self, Asking, effects},
        export,
    },
    storage::Paging,
    values::Fault,
    web::{extract::Pairs, journey::status_of},
};

const PATH: &str = "/account/privacy";
const DELETE: &str = "/account/delete";
const DAY: u64 = 86_400;
/// More organisations than anybody has a place in.
const MOST: usize = 200;

/// `GET /account/privacy`
pub async fn show(mut portal: Portal) -> HttpResponse {
    let came = look(&mut portal, Form::default()).await;
    portal.answers(came)
}

async fn look(portal: &mut Portal, form: Form) -> Result<HttpResponse, Fault> {
    let (tools, subject) = (portal.state.tools.clone(), portal.account.subject());
    let reads = tools.reads();
    let mut organisations = Vec::new();
    if let Some(home) = reads.tenant(subject.home).await? {
        organisations.push(kept_at(portal, &home, true));
    }
    for place in reads.memberships(subject, Paging::first(MOST)).await? {
        if let Some(tenant) = reads.tenant(place.tenant).await? {
            organisations.push(kept_at(portal, &tenant, false));
        }
    }
    let export = export::of(&tools, subject).await?.map(|export| match export.parts {
        None => ExportShown::Waiting,
        Some(_) => ExportShown::Ready { until: export.until },
    });
    let status = if form.complaints.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let rules = &portal.tenant.settings;
    let (session_days, grace_days) = (rules.session_max.div_ceil(DAY), rules.deletion_grace.div_ceil(DAY));
    let view = Privacy { me: Me::of(&portal.account), form, organisations, session_days, grace_days, export };
    Ok(portal.shows(status, &Content::of(&view), ("S-ME-PRIVACY", PATH)))
}

fn kept_at(portal: &Portal, tenant: &Tenant, is_home: bool) -> KeptAt {
    let (locale, support) = (portal.visitor.locale, &tenant.support);
    KeptAt {
        name: tenant.names.get(locale).to_owned(),
        controller: support.controller.clone(),
        place: support.data_place.as_ref().map(|place| place.get(locale).to_owned()),
        phone: support.phone.clone(),
        mail: support.mail.clone(),
        statement: support.privacy_url.clone(),
        is_home,
    }
}

/// `POST /account/privacy`
pub async fn answer(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = ask_export(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn ask_export(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    if !portal.is_own_form(posted, PATH) {
        return look(portal, Form::default().complaining(Complaint::Stale, None)).await;
    }
    if !portal.is_proved_lately() {
        return portal.proves_again(PATH).await;
    }
    if field(posted, "action") == Some("export") {
        export::ask(&portal.state.tools, &portal.owner()).await?;
    }
    Ok(portal.goes(PATH))
}

/// `GET /account/privacy/export`: the file of whoever is signed in. Its address names nobody, so there is nothing to guess.
pub async fn download(mut portal: Portal) -> HttpResponse {
    let came = fetch(&mut portal).await;
    portal.answers(came)
}

async fn fetch(portal: &mut Portal) -> Result<HttpResponse, Fault> {
    if !portal.is_proved_lately() {
        return portal.proves_again(PATH).await;
    }
    let Some(file) = export::file(&portal.state.tools, portal.account.subject()).await? else { return Ok(portal.knows_nothing()) };
    let mut reply = HttpResponse::Ok();
    reply
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"account.zip\""))
        .insert_header((CACHE_CONTROL, "no-store"));
    Ok(reply.body(file))
}

/// `GET /account/delete`
pub async fn ask_delete(mut portal: Portal) -> HttpResponse {
    let came = if portal.is_proved_lately() { question(&mut portal, Form::default()).await } else { portal.proves_again(DELETE).await };
    portal.answers(came)
}

async fn question(portal: &mut Portal, form: Form) -> Result<HttpResponse, Fault> {
    let effects = effects(&portal.state.tools, &portal.account, portal.visitor.locale).await?;
    let status = status_of(form.complaints.first().map(|wrong| &wrong.complaint));
    let view = Deleting {
        me: Me::of(&portal.account),
        form,
        is_own: effects.is_own,
        home: effects.home,
        organisations: effects.organisations,
        apps: effects.apps,
        grace_days: portal.tenant.settings.deletion_grace.div_ceil(DAY),
    };
    Ok(portal.shows(status, &Content::of(&view), ("S-ME-DELETE", DELETE)))
}

/// `POST /account/delete`
pub async fn delete(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = judge(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn judge(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    let typed = Form::keeping(posted, Deleting::KEPT);
    if !portal.is_own_form(posted, DELETE) {
        return question(portal, typed.complaining(Complaint::Stale, None)).await;
    }
    if !portal.is_proved_lately() {
        return portal.proves_again(DELETE).await;
    }
    match deletion::ask(&portal.state.tools, &portal.owner(), field(posted, "confirm_email").unwrap_or_default()).await? {
        Asking::Done => Ok(portal.goes("/account/delete/planned")),
        Asking::NotOurs => {
            let mut reply = question(portal, Form::default()).await?;
            *reply.status_mut() = StatusCode::FORBIDDEN;
            Ok(reply)
        }
        Asking::Not(complaint @ Complaint::LastAdministrator { .. }) => question(portal, typed.complaining(complaint, None)).await,
        Asking::Not(complaint) => question(portal, typed.complaining(complaint, Some("confirm_email"))).await,
    }
}

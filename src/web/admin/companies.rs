//! S-AD-COMPANY: the companies that people made here, and who asks to be let into one.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use url::form_urlencoded::Serializer;

use super::{Console, account::status_of};
use crate::{
    model::{CompanyDetails, CompanyState},
    pages::{Companies, CompanyRow, CompanySheet, Complaint, Form},
    policy::admin::Right,
    service::admin::{
        Refused,
        companies::{self, CompanyShown},
    },
    web::{
        account::portal::field,
        extract::{Pairs, QueryPairs},
    },
};

type At = Path<(String, String)>;

fn name(company: &CompanyShown) -> String {
    let details = &company.details;
    let names = [&details.legal_name, &details.trade_name];
    names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_else(|| company.id.to_string())
}

/// `GET /admin/{tenant}/companies`
pub async fn list(mut console: Console, query: QueryPairs) -> HttpResponse {
    let came = rows(&mut console, &query.0).await;
    console.answers(came)
}

async fn rows(console: &mut Console, query: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let typed = |name| field(query, name).map(str::trim).filter(|text| !text.is_empty());
    let q: String = typed("q").unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
    let after = typed("after");
    let found = companies::search(&console.state.tools, &console.by, &console.tenant.slug, &q, after).await?;
    let next_href = found.next.map(|next| {
        let pairs = [("q", q.as_str()), ("after", next.as_str())];
        let query = Serializer::new(String::new()).extend_pairs(pairs.iter().filter(|(_, text)| !text.is_empty())).finish();
        format!("{}?{query}", console.path("companies"))
    });
    let rows = found.items.iter().map(|shown| CompanyRow {
        href: console.path(&format!("companies/{}", shown.it.id)),
        name: name(&shown.it),
        number: shown.it.details.reg_no.clone(),
        town: shown.it.details.locality.clone(),
        is_made: shown.it.state == CompanyState::Active,
    });
    let view = Companies { desk: console.desk(), rows: rows.collect(), is_later: after.is_some(), next_href, q };
    Ok(console.shows(StatusCode::OK, &view, "S-AD-COMPANY"))
}

/// `GET /admin/{tenant}/companies/{company}`
pub async fn show(mut console: Console, at: At, query: QueryPairs) -> HttpResponse {
    let is_admitted = field(&query.0, "done") == Some("admitted");
    let came = sheet(&mut console, &at.1, Form::default(), is_admitted).await;
    console.answers(came)
}

async fn sheet(console: &mut Console, which: &str, form: Form, is_admitted: bool) -> Result<HttpResponse, Refused> {
    let tools = console.state.tools.clone();
    let company = companies::show(&tools, &console.by, &console.tenant.slug, which).await?.it;
    let words = tools.pages.words(console.visitor.locale)?;
    let said = |field: &str, text: &str| match field {
        "country" => words.plain(&format!("country-{text}")).map_or_else(|_| text.to_owned(), |name| name.to_string()),
        _ => text.to_owned(),
    };
    let facts = CompanyDetails::FIELDS.iter().map(|field| (*field, said(field, company.details.value(field)))).filter(|(_, text)| !text.is_empty());
    let is_made = company.state == CompanyState::Active;
    let view = CompanySheet {
        desk: console.desk(),
        name: name(&company),
        id: company.id.to_string(),
        is_made,
        facts: facts.collect(),
        maker: companies::maker(&tools, &console.by, &console.tenant.slug, which).await?,
        since: company.created_at,
        can_admit: is_made && console.may(Right::AccountWrite),
        is_admitted,
        list_href: console.path("companies"),
        form,
    };
    let status = status_of(&view.form);
    Ok(console.shows(status, &view, "S-AD-COMPANY"))
}

/// `POST /admin/{tenant}/companies/{company}`
pub async fn admit(mut console: Console, at: At, posted: Pairs) -> HttpResponse {
    let came = admitted(&mut console, &at.1, &posted.0).await;
    console.answers(came)
}

async fn admitted(console: &mut Console, which: &str, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let form = Form::keeping(posted, CompanySheet::KEPT);
    if !console.is_own_form(posted) {
        return sheet(console, which, form.complaining(Complaint::Stale, None), false).await;
    }
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let email = field(posted, "email").map(str::trim).unwrap_or_default();
    if email.is_empty() {
        return sheet(console, which, form.complaining(Complaint::Required { field: "email" }, Some("email")), false).await;
    }
    // That there is such a company is asked first: what follows then speaks of the person.
    companies::show(&tools, &console.by, &slug, which).await?;
    match companies::admit(&tools, &console.by, &slug, (which, email)).await {
        Ok(()) => Ok(console.goes(&console.path(&format!("companies/{which}?done=admitted")))),
        Err(Refused::NotFound) => sheet(console, which, form.complaining(Complaint::NoAccount, Some("email")), false).await,
        Err(Refused::Impossible(_) | Refused::Conflict) => sheet(console, which, form.complaining(Complaint::Conflict, None), false).await,
        Err(refused) => Err(refused),
    }
}

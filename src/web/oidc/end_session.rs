//! Signing out. [OpenID Connect RP-Initiated Logout §2]

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};

use crate::{
    model::Tenant,
    pages::{Complaint, Content, Flaw, Form, HiddenField, Named, SignOut, SignedInAccount, SignedOut, initials},
    protocol::params::Params,
    service::end_session::{self, SigningOut},
    storage::Loaded,
    values::{Fault, Issuer, IssuerForm, SessionId, TenantId},
    web::{
        State,
        extract::{Browser, Jar, Pairs, Visit},
        guard,
        reply::{Around, Failure, page, problem, see_other},
        whose,
    },
};

/// Where S-SIGNOUT is answered.
const ANSWER: &str = "/ui/signout";

/// `GET /logout` and `POST /logout`
pub async fn ask(state: Data<State>, visit: Visit) -> HttpResponse {
    let visitor = visit.visitor(&state.tools, "signout");
    let Visit { at, params, browser, jar, .. } = visit;
    let came = end_session::ask(&state.tools, at.issuer, &params, &visitor).await;
    let mut around = Around::plain(visitor.locale, Some(&at.tenant), "S-SIGNOUT", ANSWER);
    around.csrf = guard::form_token(&state.tools, &visitor.browser, ANSWER);
    reply(&state, (&browser, jar), &around, (at.issuer, &params), came)
}

/// `POST /ui/signout`: which accounts, or none.
pub async fn answer(state: Data<State>, request: HttpRequest, mut browser: Browser, posted: Pairs) -> HttpResponse {
    let mut jar = Jar::new();
    let id = browser.id(&state.tools, &mut jar);
    let visitor = browser.visitor(id, &state.tools, ("signout", None), None);
    let at = match issuer(&state, &posted.0).await {
        Ok(Some(at)) => at,
        other => {
            let house = whose::house(&state).await;
            let around = Around::plain(visitor.locale, house.as_deref(), "S-ERROR", ANSWER);
            return other.map_or_else(|fault| Failure::from(fault).into_page(&state, &around), |_| problem(&state, Complaint::NotFound, &around, &[]));
        }
    };
    let (issuer, tenant) = at;
    let own: Vec<_> = posted.0.iter().filter(|(name, _)| !matches!(name.as_str(), "csrf" | "action" | "account" | "at")).cloned().collect();
    let params = Params::parse(own);
    let mut around = Around::plain(visitor.locale, Some(&tenant), "S-SIGNOUT", ANSWER);
    around.csrf = guard::form_token(&state.tools, &visitor.browser, ANSWER);
    if !guard::is_own_form(&request, &posted.0, &state.tools, &visitor.browser, ANSWER) {
        return problem(&state, Complaint::Stale, &around, &[]);
    }
    if posted.0.iter().any(|(name, value)| name == "action" && value == "stay") {
        return see_other("/account", jar);
    }
    let chosen: Vec<SessionId> = posted.0.iter().filter(|(name, _)| name == "account").map(|(_, sid)| SessionId::from(sid.as_str())).collect();
    let came = end_session::confirm(&state.tools, issuer, &params, &chosen, &visitor).await;
    reply(&state, (&browser, jar), &around, (issuer, &params), came)
}

/// Which issuer was asked stands in the form, as the tenant's id, or nothing for the root.
async fn issuer(state: &State, posted: &[(String, String)]) -> Result<Option<(Issuer, Loaded<Tenant>)>, Fault> {
    let named = posted.iter().find(|(name, value)| name == "at" && !value.is_empty()).and_then(|(_, id)| id.parse::<TenantId>().ok());
    let (form, tenant) = match named {
        Some(id) => (IssuerForm::Tenant, state.tools.reads().tenant(id).await?),
        None => (IssuerForm::Root, state.tools.reads().default_tenant().await?),
    };
    Ok(tenant.map(|tenant| (Issuer { tenant: tenant.id, form }, tenant)))
}

fn reply(state: &State, (browser, mut jar): (&Browser, Jar), around: &Around<'_>, asked: (Issuer, &Params), came: Result<SigningOut, Fault>) -> HttpResponse {
    let (issuer, params) = asked;
    let mut around = around.clone();
    match came {
        Ok(SigningOut::Done { ended, told, back }) => {
            if !ended.is_empty() {
                browser.signed_out(&ended, (&state.tools, &mut jar));
            }
            if let Some(back) = back {
                return see_other(&back, jar);
            }
            around.screen = "S-SIGNED-OUT";
            let apps = told.iter().map(|client| Named { name: client.names.get(around.locale).to_owned() }).collect();
            page(state, StatusCode::OK, &Content::of(&SignedOut { apps, back: None, again_href: "/account".to_owned() }), &around, jar)
        }
        Ok(SigningOut::Ask(sessions)) => {
            let accounts = sessions.iter().map(|(session, account)| SignedInAccount {
                key: session.sid.to_string(),
                name: account.display_name(),
                identifier: account.identifier(),
                initials: initials(&account.display_name()),
            });
            let mut fields: Vec<HiddenField> = params.pairs().map(|(name, value)| HiddenField { name: name.to_owned(), value: value.to_owned() }).collect();
            if issuer.form == IssuerForm::Tenant {
                fields.push(HiddenField { name: "at".to_owned(), value: issuer.tenant.to_string() });
            }
            page(state, StatusCode::OK, &Content::of(&SignOut { form: Form::default(), accounts: accounts.collect(), fields }), &around, jar)
        }
        Ok(SigningOut::Refused(error)) => {
            around.screen = "S-ERROR";
            let developer = [("error", error.code.as_str().to_owned()), ("error_description", error.description.to_owned())];
            problem(state, Complaint::BadRequest { parameter: "id_token_hint", flaw: Flaw::Invalid }, &around, &developer)
        }
        Err(fault) => Failure::from(fault).into_page(state, &around),
    }
}

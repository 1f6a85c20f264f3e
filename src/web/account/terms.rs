//! S-ME-TERMS: what a person accepted.

use actix_web::{HttpResponse, http::StatusCode};

use super::Portal;
use crate::{
    model::AcceptedHow,
    pages::{AcceptedShown, AcceptedTerms, Content, Me},
    service::account::terms::{self, Accepted},
    values::Locale,
};

const PATH: &str = "/account/terms";

/// `GET /account/terms`
pub async fn show(mut portal: Portal) -> HttpResponse {
    let (locale, subject) = (portal.visitor.locale, portal.account.subject());
    let came = terms::list(&portal.state.tools, subject).await.map(|accepted| {
        let view = AcceptedTerms { me: Me::of(&portal.account), accepted: accepted.iter().map(|one| in_list(one, locale)).collect() };
        portal.shows(StatusCode::OK, &Content::of(&view), ("S-ME-TERMS", PATH))
    });
    portal.answers(came)
}

fn in_list(accepted: &Accepted, locale: Locale) -> AcceptedShown {
    let one = &accepted.acceptance;
    AcceptedShown {
        name: accepted.document.get(locale).to_owned(),
        organisation: accepted.organisation.get(locale).to_owned(),
        version: one.version,
        at: one.at,
        is_imported: one.how == AcceptedHow::Imported,
        download_href: format!("/terms/{}/{}/{}/{}", one.tenant, one.document, one.version, one.locale.tag()),
    }
}

//! S-ME-HOME: the portal's first page.

use actix_web::{HttpResponse, http::StatusCode};

use super::Portal;
use crate::{
    pages::{AgentShown, Attention, Content, Home, Me, SignInShown, initials},
    service::account::home::{self, Overview},
    values::Fault,
};

/// `GET /account`
pub async fn show(mut portal: Portal) -> HttpResponse {
    let overview = overview(&portal).await;
    let came = overview.map(|overview| {
        let page = Content::of(&shown(&portal, &overview));
        portal.shows(StatusCode::OK, &page, ("S-ME-HOME", "/account"))
    });
    portal.answers(came)
}

async fn overview(portal: &Portal) -> Result<Overview, Fault> {
    home::overview(&portal.state.tools, &portal.account, &portal.session).await
}

fn shown(portal: &Portal, overview: &Overview) -> Home {
    let account = &portal.account;
    let mut attention = Vec::new();
    if account.profile.given_name.is_none() && account.profile.family_name.is_none() {
        attention.push(Attention::Name);
    }
    if account.primary_email().is_some_and(|email| email.verified_at.is_none()) {
        attention.push(Attention::Address);
    }
    if overview.is_elsewhere {
        attention.push(Attention::Elsewhere);
    }
    let last = &overview.last;
    let me = Me::of(account);
    Home {
        initials: initials(&me.name),
        me,
        signed_in: SignInShown { at: last.authenticated_at(), agent: AgentShown::of(last.agent), is_here: last.sid == portal.session.sid },
        attention,
        sessions: overview.sessions,
        apps: overview.apps,
    }
}

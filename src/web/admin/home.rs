//! S-AD-HOME: what there is, and what wants to be looked at.

use actix_web::{HttpResponse, http::StatusCode};

use super::Console;
use crate::{
    pages::{Alert, Board, Tile},
    service::admin::{Refused, overview},
};

/// `GET /admin/{tenant}`
pub async fn show(mut console: Console) -> HttpResponse {
    let came = board(&mut console).await;
    console.answers(came)
}

async fn board(console: &mut Console) -> Result<HttpResponse, Refused> {
    let seen = overview::overview(&console.state.tools, &console.by, &console.tenant.slug).await?;
    let desk = console.desk();
    let mut tiles = Vec::new();
    let mut tile = |place: &'static str, n: Option<usize>| {
        if let Some(n) = n {
            let href = desk.places.contains(&place).then(|| console.path(place));
            tiles.push(Tile { about: place, n: n.min(overview::MOST), is_more: n > overview::MOST, href });
        }
    };
    tile("accounts", seen.accounts);
    tile("mail", seen.mails_waiting);
    let mut alerts = Vec::new();
    for (n, alert) in [(seen.mails_failed, Alert::MailsFailed as fn(usize) -> Alert), (seen.reports, Alert::Reports)] {
        alerts.extend(n.filter(|n| *n > 0).map(alert));
    }
    if seen.is_administrator_alone {
        alerts.push(Alert::Alone);
    }
    let view = Board { desk, tiles, alerts };
    Ok(console.shows(StatusCode::OK, &view, "S-AD-HOME"))
}

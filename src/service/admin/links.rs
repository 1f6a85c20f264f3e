//! Pages that people are led to, looked at when their addresses are saved. What is wrong is told; the address is saved all the same, as the page may be still to come.

use std::time::Duration;

use futures_util::future::join_all;
use serde::Serialize;
use url::{Host, Url};

use crate::outside::{Fetch, FetchFailed, Purpose};

/// How long a page may take to answer: somebody waits.
const PATIENCE: Duration = Duration::from_secs(3);

/// Ends of names that lead nowhere on the internet, and are not looked up. [RFC 6761]
const NOWHERE: &[&str] = &["test", "example", "invalid"];

/// What stands in the way of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkFlaw {
    /// Nobody answers there, or not in time.
    Unreachable,
    /// An answer, but no page: 404, or a fault of the server.
    NoPage,
    /// The rules about our own requests forbid to look: this machine, or somebody's own network.
    NotLookedAt,
    /// It leads on to another address, which was not looked at.
    LeadsOn,
}

/// An address that was saved, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LinkWarning {
    /// Which member.
    pub field: String,
    /// The address.
    pub url: String,
    /// What kind of flaw, for programs.
    pub flaw: LinkFlaw,
    /// The same for people.
    pub why: String,
}

/// What was saved, with what is wrong with the addresses in it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Saved<T> {
    /// It.
    #[serde(flatten)]
    pub it: T,
    /// Pages that could not be opened; the addresses are saved all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<LinkWarning>,
}

/// Look at pages, all at once: by which member, and where.
pub async fn look(fetch: &Fetch, links: &[(&str, &str)]) -> Vec<LinkWarning> {
    let looked = join_all(links.iter().map(|(_, url)| flaw(fetch, url))).await;
    let found = links.iter().zip(looked).filter_map(|((field, url), found)| found.map(|(flaw, why)| (*field, *url, flaw, why)));
    found.map(|(field, url, flaw, why)| LinkWarning { field: field.to_owned(), url: url.to_owned(), flaw, why }).collect()
}

async fn flaw(fetch: &Fetch, url: &str) -> Option<(LinkFlaw, String)> {
    let said = |failed: FetchFailed| match failed {
        // A page as long as it likes to be is a page.
        FetchFailed::TooLarge => None,
        FetchFailed::NotPublic | FetchFailed::BadAddress => Some((LinkFlaw::NotLookedAt, format!("it was not looked at: {failed}"))),
        _ => Some((LinkFlaw::Unreachable, format!("it cannot be opened: {failed}"))),
    };
    if is_nowhere(url) {
        return said(FetchFailed::NoSuchName);
    }
    let Ok(request) = openidconnect::http::Request::get(url).header("accept", "text/html, */*").body(Vec::new()) else { return said(FetchFailed::BadAddress) };
    let answer = match tokio::time::timeout(PATIENCE, fetch.send(Purpose::PageLink, request)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(failed)) => return said(failed),
        Err(_) => return said(FetchFailed::TooSlow),
    };
    let status = answer.status();
    if status.is_redirection() {
        return Some((LinkFlaw::LeadsOn, format!("it leads on to another address ({}), which was not looked at", status.as_u16())));
    }
    (!status.is_success()).then(|| (LinkFlaw::NoPage, format!("there is no page: the answer is {}", status.as_u16())))
}

fn is_nowhere(url: &str) -> bool {
    let Some(Host::Domain(name)) = Url::parse(url).ok().and_then(|url| url.host().map(|host| host.to_owned())) else { return false };
    name.trim_end_matches('.').rsplit('.').next().is_some_and(|end| NOWHERE.contains(&end))
}

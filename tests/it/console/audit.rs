//! J50 and M-145: what happened, looked through, checked, and taken out as a file.

use parvis::{
    model::{AuditEvent, AuditRecord, EventName, Outcome, Role},
    service::admin::{
        By,
        audit::{self, EventsAsked, ExportFormat},
    },
    storage::{Batch, Paging, follows},
};

use super::{ADMIN, at_console, camille, etude, gives};
use crate::{
    harness::{House, Walker},
    journeys::newcomer,
};

const AUDITOR: &[Role] = &[Role::Auditor];

/// The events in the table, in its order.
fn shown(walker: &Walker) -> Vec<String> {
    let rows = walker.shown.html.split("data-testid=\"event\" data-event=\"").skip(1);
    rows.map(|row| row.split('"').next().unwrap().to_owned()).collect()
}

/// Writes events of a tenant, one each second.
async fn happens(house: &House, tenant: parvis::values::TenantId, names: &[EventName]) {
    for name in names {
        house.waits(1);
        let now = house.tools.now();
        let mut batch = Batch::new(now);
        batch.audit(&AuditEvent::new(*name, tenant, parvis::model::Actor::SYSTEM, now)).unwrap();
        house.tools.store.commit(batch).await.unwrap();
    }
}

async fn exported(house: &House, asked: &EventsAsked, format: ExportFormat) -> String {
    let mut export = audit::export(&house.tools, &By::local(), "aubepine", asked, format).await.unwrap();
    let mut text = Vec::new();
    while let Some(part) = export.part().await {
        text.extend(part.unwrap());
    }
    String::from_utf8(text).unwrap()
}

#[actix_web::test]
async fn m_145_the_latest_event_stands_first_and_every_one_can_be_looked_into() {
    let (house, mut walker) = camille(AUDITOR).await;
    let (tenant, _) = etude(&house).await;
    happens(&house, tenant, &[EventName::TenantDisabled]).await;
    happens(&house, house.tenant, &[EventName::TenantUpdated, EventName::BrandingChanged]).await;
    walker.opens(&format!("{ADMIN}/audit")).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-AD-AUDIT"));
    let events = shown(&walker);
    assert_eq!(&events[..3], ["branding.changed", "tenant.updated", "session.created"]);
    assert!(!events.contains(&"tenant.disabled".to_owned()), "of another organisation");
    for said in ["camille@courriel.test", "<details>", "<dt>hash</dt>", "<dt>ip</dt><dd><code>192.0.2.7</code></dd>", "Session ouverte"] {
        assert!(walker.shown.html.contains(said), "{said}");
    }
}

#[actix_web::test]
async fn the_log_is_searched_by_person_event_outcome_application_and_day() {
    let (house, _) = camille(AUDITOR).await;
    let luc = newcomer(&house, 0x21, "luc@courriel.test").await;
    gives(&house, luc, &[]).await;
    let mut his = Walker::signed_in_as(&house, "luc@courriel.test").await;
    his.answers(&[("action", "accept")]).await;
    let mut wrong = Walker::new(&house);
    wrong.opens(&crate::harness::authorize(&[])).await;
    wrong.signs_in("luc@courriel.test", "not the password").await;
    house.waits(86_400);
    happens(&house, house.tenant, &[EventName::BrandingChanged]).await;
    let mut walker = at_console(&house, "camille@courriel.test").await;
    // The clock of these tests began on 5 January 2026.
    for (query, holds, lacks) in [
        ("person=luc@courriel.test", "signin.failed", "branding.changed"),
        (&format!("person={}", luc.id), "signin.succeeded", "branding.changed"),
        ("event=signin.failed", "signin.failed", "signin.succeeded"),
        ("outcome=failure", "signin.failed", "signin.succeeded"),
        ("client=espace-client", "consent.user_granted", "branding.changed"),
        ("from=2026-01-06", "branding.changed", "signin.failed"),
        ("until=2026-01-05", "signin.failed", "branding.changed"),
        ("person=luc@courriel.test&event=signin.failed&outcome=failure&from=2026-01-05&until=2026-01-05", "signin.failed", "signin.succeeded"),
    ] {
        walker.opens(&format!("{ADMIN}/audit?{query}")).await;
        let found = shown(&walker);
        assert!(found.iter().any(|name| name == holds) && !found.iter().any(|name| name == lacks), "{query}: {found:?}");
        assert_eq!(walker.shown.status, 200);
    }
    walker.opens(&format!("{ADMIN}/audit?until=2026-01-04")).await;
    assert!(shown(&walker).is_empty() && walker.shown.html.contains("data-testid=\"nothing\""));
    for (query, errors) in [("from=yesterday", 1), ("person=nobody@courriel.test", 1), ("event=no.event", 1), ("outcome=perhaps", 1)] {
        walker.opens(&format!("{ADMIN}/audit?{query}")).await;
        assert_eq!((walker.shown.status, walker.shown.errors().len()), (422, errors), "{query}");
    }
}

#[actix_web::test]
async fn a_long_log_comes_in_pages_and_each_event_stands_on_one() {
    let (house, mut walker) = camille(AUDITOR).await;
    happens(&house, house.tenant, &[EventName::BrandingChanged; 120]).await;
    let mut walker_shown = Vec::new();
    walker.opens(&format!("{ADMIN}/audit?event=branding.changed")).await;
    let mut pages = 0;
    loop {
        pages += 1;
        walker_shown.extend(shown(&walker));
        let Some((before, _)) = walker.shown.html.split_once("data-testid=\"next\"") else { break };
        let next = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
        walker.opens(&next).await;
    }
    assert_eq!((walker_shown.len(), pages), (120, 3));
}

#[actix_web::test]
async fn the_chain_is_checked_from_the_page_and_a_break_is_said() {
    let (house, mut walker) = camille(AUDITOR).await;
    walker.opens(&format!("{ADMIN}/audit")).await;
    let form = |walker: &Walker, action: &str| {
        vec![
            ("csrf".to_owned(), walker.shown.html.rsplit("name=\"csrf\" value=\"").next().unwrap().split('"').next().unwrap().to_owned()),
            ("action".to_owned(), action.to_owned()),
        ]
    };
    let fields = form(&walker, "verify");
    walker.posts(&format!("{ADMIN}/audit"), &fields).await;
    assert!(walker.shown.html.contains("data-testid=\"chain\" data-whole=\"true\""));
    let stream = AuditEvent::stream_of(house.tenant);
    house.changes::<AuditRecord>(AuditRecord::key_of(stream, 2), |record| record.event = record.event.replace("success", "failure")).await;
    let fields = form(&walker, "verify");
    walker.posts(&format!("{ADMIN}/audit"), &fields).await;
    assert!(walker.shown.html.contains("data-testid=\"chain\" data-whole=\"false\"") && walker.shown.html.contains("l’événement 2"));
}

#[actix_web::test]
async fn an_export_is_the_chain_itself_in_order_and_is_noted_in_it() {
    let (house, _) = camille(AUDITOR).await;
    happens(&house, house.tenant, &[EventName::BrandingChanged; 450]).await;
    let text = exported(&house, &EventsAsked::default(), ExportFormat::Ndjson).await;
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(1_000)).await.unwrap();
    assert_eq!(lines.len(), records.len());
    assert_eq!(lines.last().unwrap()["event"]["event"], "audit.exported");
    let mut before: Option<AuditRecord> = None;
    for (line, record) in lines.iter().zip(&records) {
        assert_eq!((line["sequence"].as_u64(), line["hash"].as_str()), (Some(record.sequence), Some(record.hash.as_str())));
        assert_eq!(line["event"], serde_json::from_str::<serde_json::Value>(&record.event).unwrap());
        follows(before.as_ref(), record).unwrap();
        before = Some((**record).clone());
    }
    let only = EventsAsked { event: Some("branding.changed".to_owned()), ..EventsAsked::default() };
    assert_eq!(exported(&house, &only, ExportFormat::Ndjson).await.lines().count(), 450);
}

#[actix_web::test]
async fn a_table_has_no_cell_that_a_spreadsheet_would_work_out() {
    let (house, _) = camille(AUDITOR).await;
    let now = house.tools.now();
    let mut batch = Batch::new(now);
    for reason in ["=HYPERLINK(\"https://x.test\")", "+1", "-1", "@x", "\tx", "a,b\n\"c\""] {
        batch.audit(&AuditEvent::new(EventName::SigninFailed, house.tenant, parvis::model::Actor::SYSTEM, now).failed(Outcome::Failure, reason)).unwrap();
    }
    house.tools.store.commit(batch).await.unwrap();
    let text = exported(&house, &EventsAsked { outcome: Some("failure".to_owned()), ..EventsAsked::default() }, ExportFormat::Csv).await;
    let mut table = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(table.headers().unwrap().iter().take(3).collect::<Vec<_>>(), ["at", "event", "outcome"]);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 6);
    assert_eq!((&rows[0][0], &rows[0][8]), ("2026-01-05T09:00:00Z", "'=HYPERLINK(\"https://x.test\")"));
    assert_eq!(&rows[5][8], "a,b\n\"c\"");
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t'])));
}

#[actix_web::test]
async fn both_files_are_taken_from_the_page_by_a_form_and_never_by_a_link() {
    let (house, mut walker) = camille(AUDITOR).await;
    walker.opens(&format!("{ADMIN}/audit?event=session.created")).await;
    for (action, begins) in [("export_csv", "at,event,outcome"), ("export_ndjson", "{\"stream\":")] {
        walker.opens(&format!("{ADMIN}/audit?event=session.created")).await;
        let csrf = walker.shown.html.rsplit("name=\"csrf\" value=\"").next().unwrap().split('"').next().unwrap().to_owned();
        let fields = [("csrf", csrf.as_str()), ("action", action), ("event", "session.created")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        walker.posts(&format!("{ADMIN}/audit"), &fields).await;
        assert!(walker.shown.html.starts_with(begins), "{}", walker.shown.html);
        assert!(!walker.shown.html.contains("signin.succeeded"));
        walker.posts(&format!("{ADMIN}/audit"), &[("action".to_owned(), action.to_owned())]).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (403, vec!["E-CSRF"]));
    }
    let exports = EventsAsked { event: Some("audit.exported".to_owned()), ..EventsAsked::default() };
    let noted = audit::list(&house.tools, &By::local(), "aubepine", &exports).await.unwrap().items;
    assert_eq!(noted.len(), 2, "and a GET exported nothing");
    assert_eq!((&noted[0].event["reason"], &noted[0].event["method"]), (&"event".into(), &"csv".into()));
}

#[actix_web::test]
async fn the_log_is_for_those_who_may_read_it() {
    for role in [Role::AccountAdministrator, Role::Inviter, Role::Helpdesk, Role::ApplicationAdministrator] {
        let (_, mut walker) = camille(&[role]).await;
        assert!(!walker.shown.html.contains("/audit\""), "{role:?}");
        assert_eq!(walker.opens(&format!("{ADMIN}/audit")).await.status, 403, "{role:?}");
    }
    let (_, mut walker) = camille(AUDITOR).await;
    assert_eq!(walker.opens(&format!("{ADMIN}/accounts")).await.status, 403);
}

/// What the index of accounts adds to the commits that are made all day: nothing to a refresh, one short entry to each event of a person.
#[actix_web::test]
async fn a_refresh_is_not_listed_by_person_and_a_sign_in_is() {
    let (house, _) = camille(AUDITOR).await;
    let client = house.registers(|client| client.id = "carnet".into()).await;
    let code = house.code(&client, "openid offline_access", |_| {}).await;
    let answer = house.redeems(&client.id, &code).await.unwrap();
    let token = answer.refresh_token.as_ref().map(|token| token.expose().clone()).unwrap();
    house.refreshes(&client.id, &token).await.unwrap();
    let own = house.tools.reads().audit_of_account(house.camille.id, Paging::last(500)).await.unwrap();
    let names: Vec<String> = own.iter().map(|row| serde_json::from_str::<AuditEvent>(&row.event).unwrap().event.as_str().to_owned()).collect();
    assert!(names.contains(&"signin.succeeded".to_owned()) && !names.contains(&"token.refreshed".to_owned()), "{names:?}");
}

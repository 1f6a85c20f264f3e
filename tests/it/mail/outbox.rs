//! Mails reach the server, once; or are given up, in sight.

use parvis::{
    journey::Letter,
    model::{MailContent, MessageState, Origin, Tenant},
    outside::mail::MailFolder,
    service::admin::{By, PageAsked, Refused, mail},
    values::{Email, Locale, Secret},
};

use super::{
    message, outbox, outbox_to,
    post_office::{Mood, PostOffice},
    posts,
};
use crate::harness::House;

const CODE: &str = "482 913";

fn camille() -> Email {
    "camille@courriel.test".parse().unwrap()
}

fn letter(house: &House) -> Letter {
    Letter::new(MailContent::UnusualAttempts { count: 5, since: house.tools.now() }, Some(camille()), Locale::Fr, house.tenant)
}

/// A code that is good for ten minutes.
fn code(house: &House, to: Option<Email>) -> Letter {
    let content = MailContent::SignInCode { app: None, from: Origin::default() };
    Letter::new(content, to, Locale::Fr, house.tenant).with_code(Secret::from(CODE), house.tools.now().plus(600))
}

#[tokio::test]
async fn a_mail_goes_out_once_as_text_and_html_in_the_name_of_the_organisation() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let id = posts(&house, code(&house, Some(camille()))).await;
    assert_eq!(outbox(&house, office.port).pass().await, 1);
    let [taken] = &office.taken()[..] else { panic!("{:?}", office.taken()) };
    assert_eq!((taken.to.as_str(), taken.from.as_str()), ("camille@courriel.test", "parvis@aubepine.test"));
    assert_eq!(taken.header("Message-ID").unwrap(), format!("<{id}@aubepine.test>"));
    assert_eq!(taken.header("Auto-Submitted").unwrap(), "auto-generated");
    assert_eq!(taken.header("Date").unwrap(), "Mon, 05 Jan 2026 09:00:00 +0000");
    assert_eq!(taken.header("Subject").unwrap(), "Code de connexion 482 913");
    assert!(taken.header("From").unwrap().ends_with("<parvis@aubepine.test>"));
    assert!(taken.content.contains("multipart/alternative") && taken.content.contains("text/plain") && taken.content.contains("text/html"));
    assert_eq!(message(&house, &id).await.state, MessageState::Sent);
    assert_eq!(outbox(&house, office.port).pass().await, 0, "what was taken is not sent again");
    assert_eq!(office.taken().len(), 1);
}

#[tokio::test]
async fn a_code_is_sealed_at_rest_and_forgotten_when_it_is_sent() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let id = posts(&house, code(&house, Some(camille()))).await;
    let before = serde_json::to_string(&message(&house, &id).await).unwrap();
    assert!(!before.contains("482") && message(&house, &id).await.mail().unwrap().secrets.is_some());
    outbox(&house, office.port).pass().await;
    assert!(office.taken()[0].content.contains(CODE));
    assert_eq!(message(&house, &id).await.mail().unwrap().secrets, None);
}

#[tokio::test]
async fn while_the_server_is_away_nothing_is_lost_and_when_it_is_back_nothing_is_sent_twice() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let mut ids = Vec::new();
    for mood in [Mood::Away, Mood::DropsBefore, Mood::Away, Mood::DropsBefore, Mood::Away] {
        office.is(mood);
        for _ in 0..5 {
            ids.push(posts(&house, letter(&house)).await);
        }
        // Each time another outbox, as after a restart.
        outbox(&house, office.port).pass().await;
        house.waits(60);
    }
    assert!(office.taken().is_empty());
    office.is(Mood::Takes);
    let mut last = outbox(&house, office.port);
    assert_eq!(last.pass().await, 25, "all are due within a minute of the server's return");
    house.waits(3600);
    assert_eq!(last.pass().await, 0);
    let mut names: Vec<String> = office.taken().iter().map(|taken| taken.header("Message-ID").unwrap()).collect();
    names.sort();
    ids.sort();
    assert_eq!(names, ids.iter().map(|id| format!("<{id}@aubepine.test>")).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_server_that_takes_a_mail_without_saying_so_gets_it_again_under_the_same_name() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    posts(&house, letter(&house)).await;
    office.is(Mood::DropsAfter);
    let mut outbox = outbox(&house, office.port);
    outbox.pass().await;
    office.is(Mood::Takes);
    house.waits(60);
    outbox.pass().await;
    let taken = office.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].header("Message-ID"), taken[1].header("Message-ID"));
}

#[tokio::test]
async fn a_mail_that_is_put_off_waits_and_one_that_is_refused_is_given_up_with_the_answer() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let (by, tenant, first) = (By::local(), "aubepine", PageAsked::default());
    let id = posts(&house, letter(&house)).await;
    office.is(Mood::Answers("451 4.7.1 come back later"));
    let mut outbox = outbox(&house, office.port);
    assert_eq!(outbox.pass().await, 1);
    let shown = mail::show(&house.tools, &by, tenant, &id).await.unwrap();
    assert_eq!((shown.state, shown.tries, shown.due_at), (MessageState::Queued, 1, house.tools.now().plus(30)));
    assert!(shown.reply.unwrap().contains("come back later"));
    house.waits(30);
    office.is(Mood::Answers("550 5.1.1 no such mailbox"));
    outbox.pass().await;
    let listed = mail::list(&house.tools, &by, tenant, &first).await.unwrap();
    assert_eq!((listed.items.len(), listed.items[0].state, listed.items[0].mail.id()), (1, MessageState::Failed, "MAIL-30"));
    assert!(listed.items[0].reply.as_deref().unwrap().contains("no such mailbox"), "{:?}", listed.items[0].reply);
    office.is(Mood::Takes);
    house.waits(3600);
    assert_eq!(outbox.pass().await, 0, "what was given up is not tried again by itself");
    let again = mail::retry(&house.tools, &by, tenant, &id).await.unwrap();
    assert!(matches!(mail::retry(&house.tools, &by, tenant, &id).await, Err(Refused::NotFound)));
    assert!(matches!(mail::retry(&house.tools, &by, tenant, &again.id).await, Err(Refused::Impossible(_))));
    outbox.pass().await;
    assert_eq!(office.taken().len(), 1);
    assert!(mail::list(&house.tools, &by, tenant, &first).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_code_that_has_ended_is_not_sent_and_cannot_be_sent_once_more() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let id = posts(&house, code(&house, Some(camille()))).await;
    house.waits(601);
    outbox(&house, office.port).pass().await;
    assert!(office.taken().is_empty());
    let dead = message(&house, &id).await;
    assert_eq!((dead.state, dead.reply.as_deref()), (MessageState::Failed, Some("it was not sent in time")));
    assert!(matches!(mail::retry(&house.tools, &By::local(), "aubepine", &id).await, Err(Refused::Impossible(_))));
}

#[tokio::test]
async fn a_code_is_not_tried_beyond_its_end() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let id = posts(&house, code(&house, Some(camille()))).await;
    office.is(Mood::Away);
    let mut outbox = outbox(&house, office.port);
    for _ in 0..20 {
        outbox.pass().await;
        house.waits(60);
    }
    let dead = message(&house, &id).await;
    assert_eq!(dead.state, MessageState::Failed);
    assert!(dead.due_at <= dead.mail().unwrap().not_after);
}

#[tokio::test]
async fn what_is_for_nobody_is_written_and_neither_sent_nor_shown() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let id = posts(&house, code(&house, None)).await;
    let listed = mail::list(&house.tools, &By::local(), "aubepine", &PageAsked::default()).await.unwrap();
    assert!(listed.items.is_empty());
    assert!(matches!(mail::show(&house.tools, &By::local(), "aubepine", &id).await, Err(Refused::NotFound)));
    outbox(&house, office.port).pass().await;
    assert!(office.taken().is_empty());
    assert_eq!(message(&house, &id).await.state, MessageState::Sent);
}

#[tokio::test]
async fn another_organisation_sees_no_mail_of_this_one() {
    let house = House::opens().await;
    let mut other = house.tools.reads().tenant(house.tenant).await.unwrap().unwrap().into_value();
    other.id = parvis::values::TenantId(uuid::Uuid::from_u128(77));
    other.slug = "morvan".to_owned();
    other.is_default = false;
    other.domains.clear();
    house.keeps(&other).await;
    let id = posts(&house, letter(&house)).await;
    assert!(matches!(mail::show(&house.tools, &By::local(), "morvan", &id).await, Err(Refused::NotFound)));
    assert!(mail::list(&house.tools, &By::local(), "morvan", &PageAsked::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn names_cannot_add_a_header_or_a_recipient() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    let evil = "Cabinet\" <eve@courriel.test>,\r\nBcc: eve@courriel.test\r\n\r\nBonjour";
    house
        .changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| {
            tenant.names = parvis::model::Localised::same(evil);
            tenant.support.mail = Some("aide@aubepine.test\r\nBcc: eve@courriel.test".to_owned());
        })
        .await;
    let content = MailContent::AppReported {
        app: evil.to_owned(),
        reporter_tenant: evil.to_owned(),
        reason: parvis::model::ReportReason::Other,
        text: evil.to_owned(),
        reference: "7K3P-2XQD".to_owned(),
    };
    posts(&house, Letter::new(content, Some(camille()), Locale::En, house.tenant)).await;
    outbox(&house, office.port).pass().await;
    let [taken] = &office.taken()[..] else { panic!("{:?}", office.taken()) };
    assert_eq!(taken.to, "camille@courriel.test");
    let head = taken.content.split("\r\n\r\n").next().unwrap();
    assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{head}");
    assert_eq!((taken.header("To").unwrap().as_str(), taken.header("Reply-To")), ("camille@courriel.test", None));
    assert!(taken.header("From").unwrap().ends_with("<parvis@aubepine.test>"), "{head}");
}

#[tokio::test]
async fn an_organisation_writes_from_its_own_domains_only() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    for address in ["bonjour@aubepine.test", "bonjour@courriel.test"] {
        house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.settings.mail_from = Some(address.to_owned())).await;
        posts(&house, letter(&house)).await;
        outbox(&house, office.port).pass().await;
    }
    let from: Vec<String> = office.taken().into_iter().map(|taken| taken.from).collect();
    assert_eq!(from, ["bonjour@aubepine.test", "parvis@aubepine.test"]);
}

#[tokio::test]
async fn a_folder_gets_each_mail_as_a_file_that_is_nobody_elses_to_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let (house, folder) = (House::opens().await, tempfile::tempdir().unwrap());
    let id = posts(&house, code(&house, Some(camille()))).await;
    let place = folder.path().join("mail");
    assert_eq!(outbox_to(&house, MailFolder::new(place.clone())).pass().await, 1);
    let file = place.join(format!("{id}.eml"));
    assert!(std::fs::read_to_string(&file).unwrap().contains(CODE));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 1);
}

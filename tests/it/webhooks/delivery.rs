//! From the commit of a cause to an endpoint, as the Standard Webhooks specification says.

use std::{collections::BTreeSet, io, net::IpAddr, sync::Arc};

use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use parvis::{
    journey::hook::{Audience, append},
    model::{EndpointState, HookEvent, HookName, Message, MessageState},
    outside::{FetchRules, Names, Purpose},
    service::admin::{
        By,
        webhooks::{self, NewWebhook, WebhookRotation, WebhookWritten},
    },
    storage::{Batch, Paging},
    values::{AccountId, ClientId, EntropyExt as _},
};
use serde_json::Value;

use crate::logout::{
    receiver::{Receiver, Reply},
    stage::Stage,
};

fn all() -> BTreeSet<HookName> {
    HookName::ALL.iter().copied().filter(|name| *name != HookName::Test).collect()
}

/// An endpoint of the client, and its secret.
async fn endpoint(stage: &Stage, client: &ClientId, url: &str, events: BTreeSet<HookName>) -> (String, String) {
    let webhook = WebhookWritten { url: url.to_owned(), events, state: EndpointState::Active };
    let made = webhooks::create(&stage.tools, &By::local(), "aubepine", NewWebhook { client_id: client.clone(), webhook }).await.unwrap();
    (made.webhook.it.id, made.secret)
}

fn sent(stage: &Stage, invitation: &str) -> HookEvent {
    HookEvent::InvitationSent { tenant: stage.issuer.tenant, invitation: invitation.to_owned() }
}

fn redeemed(stage: &Stage, invitation: &str) -> HookEvent {
    HookEvent::InvitationRedeemed { tenant: stage.issuer.tenant, invitation: invitation.to_owned(), account: stage.subject.id, new_user: true }
}

async fn happens(stage: &Stage, event: &HookEvent) -> usize {
    let mut batch = Batch::new(stage.tools.now());
    let told = append(&stage.tools, &mut batch, event, Audience::Everyone).await.unwrap();
    if !batch.is_empty() {
        stage.tools.store.commit(batch).await.unwrap();
    }
    told
}

async fn waiting(stage: &Stage) -> Vec<Message> {
    let reads = stage.tools.reads();
    reads.open_hooks(stage.issuer.tenant, Paging::first(100)).await.unwrap().into_iter().map(parvis::storage::Loaded::into_value).collect()
}

/// The signatures as a receiver makes them, by its own means.
fn expected(secret: &str, id: &str, at: &str, body: &str) -> String {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mac = aws_lc_rs::hmac::sign(&aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &key), format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.as_ref()))
}

fn kinds(receiver: &Receiver) -> Vec<String> {
    receiver.requests().iter().map(|body| serde_json::from_str::<Value>(body).unwrap()["type"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_event_arrives_signed_with_ids_and_nothing_about_a_person() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(204)).await;
    let client = stage.client("espace-client", None).await;
    let (_, secret) = endpoint(&stage, &client, &receiver.url("/told"), all()).await;
    let mut outbox = stage.outbox();
    assert_eq!(happens(&stage, &redeemed(&stage, "inv-1")).await, 1);

    assert_eq!(outbox.pass().await, 1);

    let (id, at) = (receiver.header("webhook-id").remove(0), receiver.header("webhook-timestamp").remove(0));
    assert_eq!(at, stage.tools.now().0.to_string());
    assert_eq!(receiver.header("content-type"), ["application/json"]);
    assert_eq!(receiver.header("webhook-signature"), [expected(&secret, &id, &at, &receiver.requests()[0])]);
    let body: Value = serde_json::from_str(&receiver.requests()[0]).unwrap();
    let data = serde_json::json!({"tenant": stage.issuer.tenant, "invitation": "inv-1", "account": stage.subject.id, "new_user": true});
    assert_eq!(body, serde_json::json!({"type": "invitation.redeemed", "timestamp": "2026-01-05T09:00:00Z", "data": data}));
    assert_eq!(outbox.pass().await, 0, "what arrived is not sent again");
    assert!(waiting(&stage).await.is_empty());
}

#[tokio::test]
async fn only_endpoints_that_want_it_are_told_and_only_of_the_clients_it_is_for() {
    let mut stage = Stage::new().await;
    let (one, other) = (Receiver::start(Reply::Status(200)).await, Receiver::start(Reply::Status(200)).await);
    let clients = [stage.client("espace-client", None).await, stage.client("factures", None).await];
    endpoint(&stage, &clients[0], &one.url("/"), all()).await;
    endpoint(&stage, &clients[1], &other.url("/"), [HookName::AccountDeleted].into()).await;
    let mut outbox = stage.outbox();
    assert_eq!(happens(&stage, &sent(&stage, "inv-1")).await, 1);
    let deleted = HookEvent::AccountDeleted { tenant: stage.issuer.tenant, account: AccountId(stage.tools.entropy.uuid(stage.tools.now())) };
    let mut batch = Batch::new(stage.tools.now());
    assert_eq!(append(&stage.tools, &mut batch, &deleted, Audience::Clients(&clients[1..])).await.unwrap(), 1);
    stage.tools.store.commit(batch).await.unwrap();
    outbox.pass().await;
    assert_eq!((kinds(&one), kinds(&other)), (vec!["invitation.sent".to_owned()], vec!["account.deleted".to_owned()]));
}

#[tokio::test]
async fn events_of_one_thing_arrive_in_order_and_those_of_another_do_not_wait_for_them() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(503)).await;
    let client = stage.client("espace-client", None).await;
    endpoint(&stage, &client, &receiver.url("/"), all()).await;
    let mut outbox = stage.outbox();
    happens(&stage, &sent(&stage, "inv-1")).await;
    happens(&stage, &redeemed(&stage, "inv-1")).await;
    happens(&stage, &sent(&stage, "inv-2")).await;

    assert_eq!(outbox.pass().await, 2, "the second event of the first invitation waits behind the first");
    assert_eq!(kinds(&receiver), ["invitation.sent", "invitation.sent"]);
    receiver.reply(Reply::Status(200));
    stage.clock.advance(5);
    assert_eq!(outbox.pass().await, 3);
    assert_eq!(kinds(&receiver)[2..].iter().filter(|kind| *kind == "invitation.redeemed").count(), 1);
    assert_eq!(kinds(&receiver).last().unwrap(), "invitation.redeemed");
    let ids = receiver.header("webhook-id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 3, "a try that is repeated has the same webhook-id: {ids:?}");
    assert_ne!(receiver.header("webhook-timestamp")[0], receiver.header("webhook-timestamp")[2], "each try has its own time");
}

#[tokio::test]
async fn what_was_queued_in_order_before_a_restart_arrives_in_order_after_it() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(200)).await;
    let client = stage.client("espace-client", None).await;
    endpoint(&stage, &client, &receiver.url("/"), all()).await;
    happens(&stage, &redeemed(&stage, "inv-1")).await;
    happens(&stage, &sent(&stage, "inv-1")).await;
    assert_eq!(stage.outbox_that_heard_nothing().pass().await, 2);
    assert_eq!(kinds(&receiver), ["invitation.sent", "invitation.redeemed"], "an invitation is sent before it is redeemed, whichever was written first");
}

#[tokio::test]
async fn an_endpoint_that_does_not_answer_is_tried_for_more_than_a_day_and_can_then_be_retried_by_hand() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(500)).await;
    let client = stage.client("espace-client", None).await;
    endpoint(&stage, &client, &receiver.url("/"), all()).await;
    let mut outbox = stage.outbox();
    happens(&stage, &sent(&stage, "inv-1")).await;
    happens(&stage, &redeemed(&stage, "inv-1")).await;
    assert_eq!(outbox.pass().await, 1);
    let mut passed = 0;
    for wait in Message::WAITS_OF_HOOK {
        stage.clock.advance(wait);
        passed += wait;
        outbox.pass().await;
    }
    assert!(passed > 86_400);
    let dead: Vec<Message> = waiting(&stage).await.into_iter().filter(|message| message.state == MessageState::Failed).collect();
    assert_eq!((dead.len(), dead[0].reply.as_deref(), dead[0].tries), (1, Some("status 500"), 10));
    assert!(stage.audited().await.contains(&"webhook.failed".to_owned()));
    assert_eq!(kinds(&receiver).last().unwrap(), "invitation.redeemed", "what stood behind it goes on");

    receiver.reply(Reply::Status(200));
    let before = receiver.requests().len();
    webhooks::retry(&stage.tools, &By::local(), "aubepine", &dead[0].id).await.unwrap();
    stage.clock.advance(60);
    outbox.pass().await;
    let ids = receiver.header("webhook-id");
    assert!(ids[before..].contains(&ids[0]), "the receiver can tell that it is the same event");
    assert!(waiting(&stage).await.is_empty());
}

#[tokio::test]
async fn while_a_secret_is_changed_messages_carry_the_signatures_of_both() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(200)).await;
    let client = stage.client("espace-client", None).await;
    let (id, old) = endpoint(&stage, &client, &receiver.url("/"), all()).await;
    let mut outbox = stage.outbox();
    let rotated = webhooks::rotate_secret(&stage.tools, &By::local(), ("aubepine", &id), WebhookRotation { keep_seconds: 100 }).await.unwrap();
    let signed = |place: usize, secret: &str| {
        expected(secret, &receiver.header("webhook-id")[place], &receiver.header("webhook-timestamp")[place], &receiver.requests()[place])
    };
    happens(&stage, &sent(&stage, "inv-1")).await;
    outbox.pass().await;
    assert_eq!(receiver.header("webhook-signature")[0], format!("{} {}", signed(0, &rotated.secret), signed(0, &old)));
    stage.clock.advance(100);
    happens(&stage, &sent(&stage, "inv-2")).await;
    outbox.pass().await;
    assert_eq!(receiver.header("webhook-signature")[1], signed(1, &rotated.secret), "the old one has ended");
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_switched_off_and_told_nothing_more() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(410)).await;
    let client = stage.client("espace-client", None).await;
    let (id, _) = endpoint(&stage, &client, &receiver.url("/"), all()).await;
    let mut outbox = stage.outbox();
    happens(&stage, &sent(&stage, "inv-1")).await;
    happens(&stage, &redeemed(&stage, "inv-1")).await;
    assert_eq!(outbox.pass().await, 2);
    assert_eq!(receiver.requests().len(), 1, "the second was given up without asking");
    let shown = webhooks::show(&stage.tools, &By::local(), "aubepine", &id).await.unwrap();
    assert_eq!(shown.it.state, EndpointState::Gone);
    assert_eq!(happens(&stage, &sent(&stage, "inv-2")).await, 0);
    let replies: Vec<Option<String>> = waiting(&stage).await.into_iter().map(|message| message.reply).collect();
    assert_eq!(replies, [Some("status 410".to_owned()), Some("the endpoint is switched off".to_owned())]);
}

#[tokio::test]
async fn a_redirect_and_a_long_answer_are_no_success_and_what_is_answered_is_kept_nowhere() {
    for (reply, word) in [
        (Reply::RedirectToSelf, "status 302"),
        (Reply::Large { says_so: true }, "the answer is too large"),
        (Reply::Large { says_so: false }, "the answer is too large"),
    ] {
        let mut stage = Stage::new().await;
        let receiver = Receiver::start(reply).await;
        let client = stage.client("espace-client", None).await;
        endpoint(&stage, &client, &receiver.url("/"), all()).await;
        let mut outbox = stage.outbox();
        happens(&stage, &sent(&stage, "inv-1")).await;
        assert_eq!(outbox.pass().await, 1);
        let waits = waiting(&stage).await;
        assert_eq!((waits[0].state, waits[0].reply.as_deref()), (MessageState::Queued, Some(word)));
        assert_eq!(receiver.requests().len(), 1);
    }
}

/// Names as an attacker's own name server tells them.
struct Inside;

#[async_trait]
impl Names for Inside {
    async fn addresses(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        Ok(vec!["127.0.0.1".parse().unwrap()])
    }
}

#[tokio::test]
async fn an_endpoint_whose_name_leads_inside_is_not_knocked_at() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(200)).await;
    let client = stage.client("espace-client", None).await;
    endpoint(&stage, &client, &format!("https://hooks.example:{}/", receiver.port()), all()).await;
    endpoint(&stage, &client, &format!("http://localhost:{}/", receiver.port()), all()).await;
    let rules = FetchRules { names: Arc::new(Inside), loopback_for: BTreeSet::from([Purpose::BackchannelLogout]), ..FetchRules::default() };
    let mut outbox = stage.outbox_by(rules);
    happens(&stage, &sent(&stage, "inv-1")).await;
    assert_eq!(outbox.pass().await, 2);
    assert_eq!(receiver.connections(), 0, "an exception for logout tokens is none for webhooks");
    let replies: BTreeSet<Option<String>> = waiting(&stage).await.into_iter().map(|message| message.reply).collect();
    assert_eq!(replies, [Some("the address is not on the public internet".to_owned()), Some("not an https address".to_owned())].into());
}

#[tokio::test]
async fn nothing_goes_to_a_client_that_is_gone_or_an_endpoint_that_was_taken_away() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(200)).await;
    let clients = [stage.client("espace-client", None).await, stage.client("factures", None).await];
    endpoint(&stage, &clients[0], &receiver.url("/"), all()).await;
    let (second, _) = endpoint(&stage, &clients[1], &receiver.url("/"), all()).await;
    let mut outbox = stage.outbox();
    happens(&stage, &sent(&stage, "inv-1")).await;
    stage.remove(&clients[0]).await;
    webhooks::delete(&stage.tools, &By::local(), ("aubepine", &second)).await.unwrap();
    outbox.pass().await;
    assert_eq!(receiver.connections(), 0);
}

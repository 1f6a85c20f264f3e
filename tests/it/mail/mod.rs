//! Mails: written, posted with the decision that causes them, and sent once.

mod bounced;
mod letters;
mod outbox;
mod owed;
pub(crate) mod post_office;
mod served;
mod tls;
mod waiting_for;

use std::sync::Arc;

use parvis::{
    jobs::{Outbox, Post},
    journey::Letter,
    model::{Mail, Message},
    outside::{
        Fetch, FetchRules, Mailer,
        mail::{MailServer, MailServerRules, MailTls},
    },
    storage::{Batch, Loaded, Paging},
};
use tokio::sync::mpsc::unbounded_channel;

use crate::harness::House;

/// A mail server at this port, by its rules for tests.
fn server_at(port: u16) -> MailServerRules {
    MailServerRules {
        host: "127.0.0.1".to_owned(),
        port,
        tls: MailTls::None,
        login: None,
        extra_authorities: Vec::new(),
        patience: std::time::Duration::from_mins(1),
        connections: 4,
    }
}

/// An outbox that knows nothing but what lies in the store, as after a restart.
fn outbox_to(house: &House, mailer: impl Mailer + 'static) -> Outbox {
    let fetch = Arc::new(Fetch::new(FetchRules::default()).unwrap());
    let post = Post { mailer: Arc::new(mailer), from: "parvis@aubepine.test".parse().unwrap() };
    Outbox::new(house.tools.clone(), fetch, unbounded_channel().1).with_mail(post)
}

/// One to a mail server at this port.
pub(crate) fn outbox(house: &House, port: u16) -> Outbox {
    outbox_to(house, MailServer::new(&server_at(port)).unwrap())
}

/// Posts a letter as a decision of its own.
async fn posts(house: &House, letter: Letter) -> String {
    let mut batch = Batch::new(house.tools.now());
    let id = letter.post(&house.tools, &mut batch, house.tools.now()).unwrap();
    house.tools.store.commit(batch).await.unwrap();
    id
}

/// A message as it lies in the store.
async fn message(house: &House, id: &str) -> Message {
    house.tools.store.load::<Message>(&Message::key_of(id), house.tools.now()).await.unwrap().unwrap().into_value()
}

/// The mails that wait.
async fn waiting(house: &House) -> Vec<Mail> {
    let queued = house.tools.reads().queued_messages(Paging::first(100)).await.unwrap();
    queued.into_iter().map(Loaded::into_value).filter_map(|message| message.mail().cloned()).collect()
}

//! The other side refuses the mail of an invitation: who invited hears of it once. [J12]

use parvis::{model::InvitationState, service::admin::invitations};
use serde_json::json;

use super::{
    outbox,
    post_office::{Mood, PostOffice},
};
use crate::journeys::invited::{camille, invites, inviting_house, record};

#[actix_web::test]
async fn j12_an_address_that_takes_no_mail_is_shown_with_the_servers_words_and_told_to_the_inviter_once() {
    let (house, office) = (inviting_house().await, PostOffice::opens().await);
    let made = invites(&house, json!({"email": "wmi@morvan.test"})).await;
    office.is(Mood::Answers("550 5.1.1 no such mailbox"));
    let mut outbox = outbox(&house, office.port);
    assert_eq!(outbox.pass().await, 1);
    let bounced = record(&house, &made).await;
    assert_eq!(bounced.state(house.tools.now()), InvitationState::Bounced);
    assert!(bounced.bounce.is_some_and(|bounce| bounce.reason.contains("no such mailbox")) && bounced.remind_at.is_none());

    office.is(Mood::Takes);
    for _ in 0..10 {
        house.waits(3600);
        outbox.pass().await;
    }
    let taken = office.taken();
    assert_eq!(taken.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["camille@courriel.test"], "MAIL-07, once, and nothing more to a dead mailbox");
    let shown = invitations::show(&house.tools, &camille(&house), "aubepine", "wmi@morvan.test").await.unwrap();
    assert!(shown.it.bounce.unwrap().contains("no such mailbox"));
}

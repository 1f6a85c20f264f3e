//! J43: those who help find one account at a time, and each look is noted.

use parvis::{
    model::{AuditEvent, EventName, Role},
    storage::Paging,
};

use super::{ADMIN, camille, etude, gives};
use crate::{
    harness::{House, Walker},
    journeys::newcomer,
};

async fn looks(house: &House) -> Vec<AuditEvent> {
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(500)).await.unwrap();
    let events = records.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap());
    events.filter(|event| event.event == EventName::SupportViewed).collect()
}

#[actix_web::test]
async fn somebody_who_calls_is_found_by_the_whole_address_and_told_in_words_what_failed() {
    let (house, mut walker) = camille(&[Role::Helpdesk]).await;
    let luc = newcomer(&house, 0x21, "luc@courriel.test").await;
    gives(&house, luc, &[]).await;
    let mut his = Walker::new(&house);
    his.opens(&crate::harness::authorize(&[])).await;
    his.signs_in("luc@courriel.test", "not the password").await;
    assert_eq!(walker.opens("/support").await.path, format!("{ADMIN}/support"));
    assert_eq!(walker.shown.screen(), "S-HD-SEARCH");
    for (typed, error) in [("", "E-REQ"), ("luc", "E-NO-ACCOUNT"), ("luc@courriel", "E-NO-ACCOUNT"), ("pauline@etude.test", "E-NO-ACCOUNT")] {
        walker.answers(&[("action", "find"), ("q", typed)]).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec![error]), "{typed}");
    }
    assert!(looks(&house).await.is_empty());
    walker.answers(&[("action", "find"), ("q", " Luc@Courriel.test ")]).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-HD-USER"));
    for said in ["luc@courriel.test", "Actif", "Preuve refusée à la connexion", "nulle part"] {
        assert!(walker.shown.html.contains(said), "{said}");
    }
    let noted = looks(&house).await;
    assert_eq!(noted.len(), 1);
    assert_eq!((noted[0].actor.id.clone(), noted[0].subject.as_ref().unwrap().id.clone()), (Some(house.camille.id.to_string()), luc.id.to_string()));
}

#[actix_web::test]
async fn those_who_help_see_no_list_change_nothing_and_find_nobody_of_another_organisation() {
    let (house, mut walker) = camille(&[Role::Helpdesk]).await;
    etude(&house).await;
    for path in ["accounts", "accounts/new", "audit"] {
        assert_eq!(walker.opens(&format!("{ADMIN}/{path}")).await.status, 403, "{path}");
    }
    assert_eq!(walker.opens("/admin/etude/support").await.status, 403);
    walker.opens(&format!("{ADMIN}/support")).await;
    walker.answers(&[("action", "find"), ("q", "pauline@etude.test")]).await;
    assert_eq!(walker.shown.errors(), ["E-NO-ACCOUNT"]);
    walker.posts(&format!("{ADMIN}/support"), &[("q".to_owned(), "camille@courriel.test".to_owned())]).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (403, vec!["E-CSRF"]));
    for role in [Role::Inviter, Role::Auditor, Role::ApplicationAdministrator] {
        let (_, mut walker) = camille(&[role]).await;
        assert_eq!(walker.opens(&format!("{ADMIN}/support")).await.status, 403, "{role:?}");
    }
}

#[actix_web::test]
async fn j43_the_invitation_of_somebody_who_calls_is_sent_again_made_anew_and_extended() {
    let (house, mut walker) = camille(&[Role::Helpdesk]).await;
    let made = crate::journeys::invited::invites(&house, serde_json::json!({ "email": "wim@morvan.test" })).await;
    walker.opens(&format!("{ADMIN}/support")).await;
    walker.answers(&[("action", "find"), ("q", "wim@morvan.test")]).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-HD-USER"));
    assert_eq!(looks(&house).await.len(), 1, "a look at somebody who has no account yet is noted, too");
    for (action, event, reason) in [
        ("resend", EventName::InvitationUpdated, Some("resent")),
        ("regenerate", EventName::InvitationRegenerated, Some("by_inviter")),
        ("extend", EventName::InvitationUpdated, None),
    ] {
        house.waits(1);
        let fields = [("action", action), ("q", "wim@morvan.test"), ("invitation", &made.shown.it.id.to_string())];
        walker.answers(&fields).await;
        assert!(walker.shown.status == 200 && walker.shown.html.contains("data-testid=\"done\""), "{action}: {}", walker.shown.html);
        let records = house.tools.reads().audit_of(house.tenant, Paging::first(500)).await.unwrap();
        let events: Vec<AuditEvent> = records.iter().map(|record| serde_json::from_str(&record.event).unwrap()).collect();
        let is_noted = events.iter().any(|noted| noted.event == event && reason.is_none_or(|reason| noted.reason.as_deref() == Some(reason)));
        assert!(is_noted, "{action}");
    }
    walker.answers(&[("action", "resend"), ("q", "wim@morvan.test"), ("invitation", "018f3c7e-0000-7000-8000-00000000dead")]).await;
    assert_eq!(walker.shown.status, 404);
}

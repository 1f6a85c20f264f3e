//! S-AD-INVITES, S-AD-INVITE and S-AD-INVITE-NEW: inviting at the console. [J12, J43]

use parvis::model::{MailName, Role};

use super::{ADMIN, at_console, camille, etude, gives};
use crate::{
    harness::{House, Walker},
    journeys::{invited::mails, newcomer},
};

const WIM: &str = "wim@morvan.test";
const NEW: &str = "/admin/aubepine/invitations/new";

async fn fills(walker: &mut Walker, fields: &[(&str, &str)]) {
    walker.opens(NEW).await;
    walker.answers(fields).await;
}

async fn names(house: &House, to: &str) -> Vec<MailName> {
    mails(house).await.into_iter().filter(|(_, address, _)| address == to).map(|(name, _, _)| name).collect()
}

/// Wim is invited, and the administrator looks at it.
async fn invited(roles: &[Role]) -> (House, Walker) {
    let (house, mut walker) = camille(roles).await;
    fills(&mut walker, &[("action", "send"), ("email", WIM), ("given_name", "Wim"), ("locale", "en"), ("client", "espace-client"), ("message", "Hello")]).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-AD-INVITE"), "{:?}", walker.shown.errors());
    (house, walker)
}

#[actix_web::test]
async fn an_inviter_invites_and_sees_what_became_of_it() {
    let (house, mut walker) = invited(&[Role::Inviter]).await;
    assert!(walker.shown.html.contains("data-state=\"pending\"") && walker.shown.html.contains(WIM));
    assert_eq!(names(&house, WIM).await, [MailName::Invitation]);
    walker.opens(&format!("{ADMIN}/invitations")).await;
    assert_eq!(walker.shown.screen(), "S-AD-INVITES");
    assert!(walker.shown.html.contains("data-testid=\"invitation\" data-state=\"pending\"") && walker.shown.html.contains("data-testid=\"new\""));
    walker.opens(ADMIN).await;
    assert!(walker.shown.html.contains("href=\"/admin/aubepine/invitations\""), "the place is open to them");
}

#[actix_web::test]
async fn what_is_wrong_stands_at_its_field_and_what_was_typed_stays() {
    let (_, mut walker) = invited(&[Role::Inviter]).await;
    for (email, error) in [("", "E-REQ"), ("wim@morvan", "E-EMAIL"), (WIM, "E-INVITED")] {
        fills(&mut walker, &[("action", "send"), ("email", email), ("given_name", "Wim")]).await;
        assert_eq!((walker.shown.status, walker.shown.screen(), walker.shown.errors()), (422, "S-AD-INVITE-NEW", vec![error]));
        assert!(walker.shown.html.contains("value=\"Wim\""));
    }
}

#[actix_web::test]
async fn the_mail_is_shown_in_both_languages_before_it_is_sent() {
    let (house, mut walker) = camille(&[Role::Inviter]).await;
    fills(&mut walker, &[("action", "preview"), ("email", WIM), ("client", "espace-client"), ("message", "À bientôt <b>Wim</b>")]).await;
    assert_eq!((walker.shown.status, walker.shown.html.matches("data-testid=\"mail_preview\"").count()), (200, 2));
    assert!(walker.shown.html.contains("vous invite à utiliser Espace client") && walker.shown.html.contains("invites you to use Espace client"));
    assert!(!walker.shown.html.contains("<b>Wim</b>"));
    assert!(mails(&house).await.iter().all(|(name, _, _)| *name != MailName::Invitation), "nothing is sent");
}

#[actix_web::test]
async fn a_csv_is_answered_line_by_line() {
    let (house, mut walker) = invited(&[Role::Inviter]).await;
    let csv = format!("email,given_name\r\nbasile@morvan.test,Basile\r\n{WIM},Wim\r\nnobody,\r\n");
    fills(&mut walker, &[("action", "csv"), ("csv", &csv)]).await;
    let html = &walker.shown.html;
    assert!(html.contains("data-outcome=\"already_invited\"") && html.contains("data-outcome=\"wrong\""), "{html}");
    assert_eq!(names(&house, "basile@morvan.test").await, [MailName::Invitation]);
    fills(&mut walker, &[("action", "csv"), ("csv", "nom;prénom\nx;y")]).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec!["E-CSV"]));
    fills(&mut walker, &[("action", "csv"), ("csv", "")]).await;
    assert_eq!(walker.shown.errors(), ["E-REQ"]);
}

#[actix_web::test]
async fn j43_it_is_sent_again_made_anew_extended_moved_and_taken_back() {
    let (house, mut walker) = invited(&[Role::Helpdesk]).await;
    for (action, done) in [("resend", "resent"), ("regenerate", "regenerated"), ("extend", "extended")] {
        house.waits(1);
        walker.answers(&[("action", action)]).await;
        assert!(walker.shown.path.ends_with(&format!("?done={done}")) && walker.shown.html.contains("data-testid=\"done\""), "{action}");
    }
    walker.answers(&[("action", "link")]).await;
    assert!(walker.shown.html.contains("https://id.aubepine.test/i/"));
    assert!(!walker.opens(&walker.shown.path.clone()).await.html.contains("/i/"), "once");
    assert_eq!(walker.answers(&[("action", "address"), ("email", "wim")]).await.errors(), ["E-EMAIL"]);
    assert_eq!(walker.answers(&[("action", "address"), ("email", " ")]).await.errors(), ["E-REQ"]);
    walker.answers(&[("action", "address"), ("email", "wim.janssens@morvan.test")]).await;
    assert_eq!(names(&house, "wim.janssens@morvan.test").await, [MailName::Invitation]);
    walker.answers(&[("action", "revoke")]).await;
    assert!(walker.shown.html.contains("data-state=\"revoked\"") && !walker.shown.html.contains("data-testid=\"resend\""));
}

#[actix_web::test]
async fn roles_are_offered_to_those_who_may_give_them_and_taken_from_nobody_else() {
    let (house, mut walker) = camille(&[Role::Inviter]).await;
    assert!(!walker.opens(NEW).await.html.contains("name=\"role\""));
    walker.answers(&[("action", "send"), ("email", WIM), ("role", "global_administrator")]).await;
    assert_eq!(walker.shown.status, 403);
    assert!(names(&house, WIM).await.is_empty());
    gives(&house, house.camille, &[Role::GlobalAdministrator]).await;
    assert!(walker.opens(NEW).await.html.contains("name=\"role\""));
    walker.answers(&[("action", "send"), ("email", WIM), ("role", "auditor")]).await;
    assert_eq!(walker.shown.screen(), "S-AD-INVITE");
    gives(&house, house.camille, &[Role::Inviter]).await;
    walker.opens(&walker.shown.path.clone()).await;
    assert!(!walker.shown.html.contains("data-testid=\"link\"") && !walker.shown.html.contains("data-testid=\"address\""));
}

#[actix_web::test]
async fn whoever_has_no_part_in_it_sees_nothing_of_it() {
    let (house, walker) = invited(&[Role::Inviter]).await;
    let path = walker.shown.path.split('?').next().unwrap().to_owned();
    // Another organisation's administrator, and an auditor of this one.
    let (_, pauline) = etude(&house).await;
    gives(&house, pauline, &[Role::GlobalAdministrator]).await;
    let sonia = newcomer(&house, 0x107, "sonia@aubepine.test").await;
    gives(&house, sonia, &[Role::Auditor]).await;
    for who in ["pauline@etude.test", "sonia@aubepine.test"] {
        let mut other = if who.starts_with("sonia") {
            at_console(&house, who).await
        } else {
            let mut other = Walker::new(&house);
            other.opens("/admin/etude").await;
            other.signs_in(who, crate::harness::PASSWORD).await;
            other
        };
        for place in [format!("{ADMIN}/invitations"), NEW.to_owned(), path.clone()] {
            other.opens(&place).await;
            assert_ne!(other.shown.status, 200, "{who} {place}");
            assert!(!other.shown.html.contains(WIM), "{who} {place}");
        }
        let elsewhere = path.replace("/admin/aubepine/", "/admin/etude/");
        assert_ne!(other.opens(&elsewhere).await.status, 200);
    }
}

#[actix_web::test]
async fn m_109_what_is_known_of_the_company_goes_with_the_invitation() {
    let (house, mut walker) = camille(&[Role::Inviter]).await;
    let company =
        [("action", "send"), ("email", WIM), ("company_legal_name", "Ateliers Morvan SAS"), ("company_country", "FR"), ("company_reg_no", "73282932")];
    fills(&mut walker, &company).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec!["E-COMPANY-ID"]));
    assert!(
        walker.shown.html.contains("<details class=\"confirm\" open>") && walker.shown.html.contains("value=\"Ateliers Morvan SAS\""),
        "it is not folded away"
    );
    assert!(mails(&house).await.iter().all(|(name, _, _)| *name != MailName::Invitation));
    walker.answers(&[&company[..4], &[("company_reg_no", "732 829 320")]].concat()).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-AD-INVITE"), "{:?}", walker.shown.errors());
    let invitation = house.tools.reads().invitation_of(house.tenant, &WIM.parse().unwrap()).await.unwrap().unwrap();
    let draft = house.tools.reads().company(house.tenant, invitation.company.unwrap()).await.unwrap().unwrap();
    assert_eq!((draft.filled.legal_name.as_str(), draft.filled.reg_no.as_str()), ("Ateliers Morvan SAS", "732829320"));
}

#[actix_web::test]
async fn an_inviter_who_sent_enough_for_a_day_reads_so() {
    let (house, mut walker) = invited(&[Role::Inviter]).await;
    crate::journeys::rules(&house, |tenant| tenant.settings.invitations_daily = 1).await;
    for (email, status, errors) in [("basile@morvan.test", 200, vec![]), ("pauline@morvan.test", 429, vec!["E-QUOTA"])] {
        fills(&mut walker, &[("action", "send"), ("email", email)]).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (status, errors), "{email}");
    }
    assert!(walker.shown.html.contains("value=\"pauline@morvan.test\""), "what was typed stays");
    assert!(names(&house, "pauline@morvan.test").await.is_empty());
}

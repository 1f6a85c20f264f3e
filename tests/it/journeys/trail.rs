//! M-145: what the audit trail says of each journey, exactly, in its order, and that its chain holds. Its names are those of §A of the journeys; what stands around
//! them (a sign-in, an agreement) is told as it happens.

use parvis::{
    jobs,
    model::AuditEvent,
    service::admin::{By, audit, invitations},
    storage::Paging,
};
use serde_json::json;

use super::{
    PASSWORD, company, contact, deletion, house,
    invited::{self, begun, invites, inviting_house},
    mail_sign_in, org_consent, password, portal, privacy, reset,
    sign_up::{self, CHOSEN, NAMES, PERSONAL, code_for, open_house},
    terms,
};
use crate::{
    harness::{House, Walker, authorize},
    mail::{
        outbox,
        post_office::{Mood, PostOffice},
    },
};

const DAY: u64 = 86_400;
const CAMILLE: &str = "camille@courriel.test";

/// What was written since it was last asked.
struct Trail {
    house: House,
    told: Vec<usize>,
}

impl Trail {
    /// From now on.
    async fn of(house: &House) -> Self {
        let mut trail = Self { house: house.clone(), told: vec![0, 0] };
        trail.happened().await;
        trail
    }

    /// The names of the events at the organisation, then of those at the home of people who made their account.
    async fn happened(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        for (place, tenant) in [self.house.tenant, PERSONAL].into_iter().enumerate() {
            let records = self.house.tools.reads().audit_of(tenant, Paging::first(1000)).await.unwrap();
            names.extend(
                records.iter().skip(self.told[place]).map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap().event.as_str().to_owned()),
            );
            self.told[place] = records.len();
        }
        names
    }

    /// These and no others, in a chain that holds.
    async fn tells(&mut self, what: &str, listed: &[&str]) {
        let happened = self.happened().await;
        assert_eq!(happened, listed, "{what}");
        let report = audit::verify(&self.house.tools, &By::local()).await.unwrap();
        assert!(report.events > 0 && report.broken.is_empty(), "{what}: {report:?}");
    }
}

#[actix_web::test]
async fn m_145_j01_j03_a_sign_up_and_its_code() {
    let house = open_house().await;
    let mut trail = Trail::of(&house).await;
    let mut lea = sign_up::at_code(&house, "lea@courriel.test").await;
    trail.tells("asked", &["signin.started", "email.verification_sent"]).await;
    lea.answers(&[("action", "next"), ("code", "000000")]).await;
    trail.tells("wrong", &["signin.failed"]).await;
    let code = code_for(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    trail.tells("right", &[]).await;
    lea.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    lea.answers(NAMES).await;
    trail.tells("before the end", &[]).await;
    lea.answers(&[("action", "accept")]).await;
    assert!(lea.shown.answer().contains_key("code"));
    trail.tells("end", &["email.verified", "account.created", "password.set", "signin.succeeded", "session.created", "consent.user_granted"]).await;
    let code = lea.shown.answer()["code"].clone();
    house.redeems(&"espace-client".into(), &code).await.unwrap();
    trail.tells("tokens", &["token.issued"]).await;
}

#[actix_web::test]
async fn m_145_j06_j55_a_sign_in_by_code_and_by_password() {
    let house = house().await;
    let mut trail = Trail::of(&house).await;
    let mut camille = mail_sign_in::at_code(&house, CAMILLE).await;
    let code = mail_sign_in::code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &reset::other_than(&code))]).await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    camille.answers(&[("action", "accept")]).await;
    trail
        .tells("by code", &["signin.started", "email.verification_sent", "signin.failed", "signin.succeeded", "session.created", "consent.user_granted"])
        .await;
    camille.opens(&authorize(&[])).await;
    trail.tells("live session", &[]).await;
    Walker::signed_in(&house, &[]).await;
    trail.tells("by password", &["signin.started", "signin.succeeded", "session.created"]).await;
    let mut stranger = Walker::at_password(&house, CAMILLE).await;
    for _ in 0..6 {
        stranger.answers(&[("action", "next"), ("password", "faux mot de passe")]).await;
    }
    assert_eq!(stranger.shown.status, 429);
    trail
        .tells("throttled", &["signin.started", "signin.failed", "signin.failed", "signin.failed", "signin.failed", "signin.failed", "signin.throttled"])
        .await;
}

#[actix_web::test]
async fn m_145_j12_j13_j14_an_invitation_and_its_two_ends() {
    let house = inviting_house().await;
    let mut trail = Trail::of(&house).await;
    let made = invites(&house, json!({"roles": ["auditor"]})).await;
    trail.tells("invited", &["invitation.created"]).await;
    let mut wim = begun(&house, &made).await;
    trail.tells("opened", &["email.verification_sent", "invitation.opened"]).await;
    let code = code_for(&house, invited::WIM).await;
    wim.answers(&[("action", "next"), ("code", &code)]).await;
    wim.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    wim.answers(invited::NAMES).await;
    assert!(wim.shown.left_to.is_some());
    trail
        .tells(
            "redeemed",
            &["email.verified", "account.created", "password.set", "invitation.redeemed", "role.assigned", "signin.succeeded", "session.created"],
        )
        .await;

    let house = inviting_house().await;
    invited::with_account(&house).await;
    let made = invites(&house, json!({"roles": ["auditor"]})).await;
    let mut trail = Trail::of(&house).await;
    let mut wim = begun(&house, &made).await;
    wim.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert!(wim.shown.left_to.is_some());
    trail.tells("redeemed by an account", &["invitation.opened", "invitation.redeemed", "role.assigned", "signin.succeeded", "session.created"]).await;
}

#[actix_web::test]
async fn m_145_j12_what_becomes_of_the_mail_of_an_invitation() {
    for (mood, told) in [(Mood::Takes, "invitation.sent"), (Mood::Answers("550 5.1.1 no such mailbox"), "invitation.bounced")] {
        let (house, office) = (inviting_house().await, PostOffice::opens().await);
        invites(&house, json!({})).await;
        let mut trail = Trail::of(&house).await;
        office.is(mood);
        outbox(&house, office.port).pass().await;
        let happened = trail.happened().await;
        assert!(happened.contains(&told.to_owned()), "{happened:?}");
    }
}

#[actix_web::test]
async fn m_145_j16_j43_a_late_and_a_lost_link_and_what_helps() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut trail = Trail::of(&house).await;
    house.waits(31 * DAY);
    let mut wim = Walker::new(&house);
    wim.opens(&invited::path(&made)).await;
    trail.tells("looked", &[]).await;
    wim.answers(&[("action", "renew")]).await;
    trail.tells("renewed", &["invitation.expired", "invitation.regenerated"]).await;
    let (by, id) = (invited::camille(&house), made.shown.it.id.to_string());
    invitations::regenerate(&house.tools, &by, ("aubepine", &id)).await.unwrap();
    invitations::resend(&house.tools, &by, ("aubepine", &id)).await.unwrap();
    trail.tells("support", &["invitation.regenerated", "invitation.updated"]).await;
    invitations::revoke(&house.tools, &by, ("aubepine", &id)).await.unwrap();
    trail.tells("revoked", &["invitation.revoked"]).await;
}

#[actix_web::test]
async fn m_145_j17_a_permission_given_refused_and_taken_back() {
    let (house, _) = org_consent::house_with_guest().await;
    let mut trail = Trail::of(&house).await;
    let mut lou = org_consent::lou_signed_in(&house).await;
    lou.answers(&[("action", "cancel")]).await;
    assert_eq!(lou.shown.answer()["error"], "access_denied");
    trail.tells("denied", &["signin.started", "consent.org_denied"]).await;
    let mut lou = org_consent::lou_signed_in(&house).await;
    lou.answers(&[("action", "accept")]).await;
    lou.answers(&[("action", "cancel")]).await;
    trail.tells("app denied", &["signin.started", "consent.user_denied"]).await;
    let mut lou = org_consent::lou_signed_in(&house).await;
    lou.answers(&[("action", "accept")]).await;
    lou.answers(&[("action", "accept")]).await;
    trail.tells("granted", &["signin.started", "signin.succeeded", "session.created", "consent.user_granted", "consent.org_granted"]).await;
    lou.opens("/account/organisations").await;
    lou.answers(&[("action", "withdraw")]).await;
    trail.tells("withdrawn", &["consent.org_revoked"]).await;
}

#[actix_web::test]
async fn m_145_j18_terms_published_accepted_and_declined() {
    let house = house().await;
    let mut trail = Trail::of(&house).await;
    terms::document(&house, "cgu", None).await;
    terms::publishes(&house, "cgu", ("Un texte.", Some("A text.")), |_| {}).await;
    trail.tells("published", &["tou.published", "tou.published"]).await;
    let mut camille = terms::at_terms(&house).await;
    trail.happened().await;
    camille.answers(&[("action", "decline")]).await;
    trail.tells("declined once", &[]).await;
    camille.answers(&[("action", "leave")]).await;
    trail.tells("declined", &["tou.declined"]).await;
    let mut camille = terms::at_terms(&house).await;
    trail.happened().await;
    camille.answers(terms::ACCEPTS).await;
    trail.tells("accepted", &["signin.succeeded", "session.created", "consent.user_granted", "tou.accepted"]).await;
}

#[actix_web::test]
async fn m_145_j19_a_company_is_made() {
    let house = company::asking_house().await;
    let mut basile = company::at_company(&house, "basile@courriel.test").await;
    let mut trail = Trail::of(&house).await;
    basile.answers(&company::complete("create", &[])).await;
    assert!(basile.shown.answer().contains_key("code"));
    trail
        .tells(
            "company",
            &[
                "email.verified",
                "account.created",
                "password.set",
                "company.created",
                "role.assigned",
                "signin.succeeded",
                "session.created",
                "consent.user_granted",
            ],
        )
        .await;
}

#[actix_web::test]
async fn m_145_j29_j30_a_password_forgotten_changed_and_taken_back() {
    let house = house().await;
    let mut trail = Trail::of(&house).await;
    let mut camille = reset::at_new(&house).await;
    trail.tells("asked", &["signin.started", "password.reset_requested"]).await;
    camille.answers(reset::SAVE).await;
    trail.tells("new", &["password.reset", "session.revoked"]).await;
    camille.answers(&[("action", "continue")]).await;
    camille.answers(&[("action", "accept")]).await;
    trail.tells("signed in", &["signin.succeeded", "session.created", "consent.user_granted"]).await;

    let house = self::house().await;
    let mut camille = password::at_form(&house).await;
    Walker::signed_in(&house, &[]).await;
    let mut trail = Trail::of(&house).await;
    camille.answers(&password::fields("faux mot de passe", CHOSEN)).await;
    trail.tells("wrong", &["signin.failed"]).await;
    camille.answers(&password::fields(PASSWORD, CHOSEN)).await;
    trail.tells("changed", &["password.changed", "session.revoked"]).await;
    let undo = reset::last(&house, CAMILLE, parvis::model::MailName::PasswordChanged).await.link.unwrap();
    camille.opens(&reset::path(&undo)).await;
    trail.tells("looked", &[]).await;
    camille.answers(&[("action", "undo")]).await;
    trail.tells("undone", &["password.reset", "session.revoked"]).await;
}

#[actix_web::test]
async fn m_145_j37_j38_a_profile_and_an_address() {
    let house = house().await;
    let mut camille = portal::in_portal(&house, "Firefox").await;
    let mut trail = Trail::of(&house).await;
    camille.opens("/account/profile").await;
    camille.answers(&[("action", "save"), ("given_name", "Cam"), ("family_name", "Éon"), ("locale", "fr"), ("zoneinfo", "Europe/Paris")]).await;
    trail.tells("profile", &["account.updated"]).await;
    contact::moved(&house).await;
    trail.tells("address", &["signin.started", "signin.succeeded", "session.created", "email.verification_sent", "email.verified", "email.changed"]).await;
    let link = contact::link_to(&house, CAMILLE).await;
    camille.opens(&link).await;
    camille.answers(&[("action", "undo")]).await;
    trail.tells("address back", &["session.revoked", "session.revoked", "session.revoked", "email.changed"]).await;
}

#[actix_web::test]
async fn m_145_j40_sessions_and_devices() {
    let house = house().await;
    let mut camille = portal::in_portal(&house, "Firefox").await;
    portal::in_portal(&house, "Safari").await;
    let mut trail = Trail::of(&house).await;
    camille.opens("/account/sessions").await;
    camille.answers(&[("action", "end_others")]).await;
    trail.tells("others", &["session.revoked", "session.revoked"]).await;
    portal::in_portal(&house, "Safari").await;
    trail.happened().await;
    camille.opens("/account/sessions").await;
    camille.answers(&[("action", "forget")]).await;
    trail.tells("forgotten", &["device.forgotten", "session.revoked"]).await;
    camille.opens("/account/activity").await;
    camille.answers(&[("action", "disown")]).await;
    trail.tells("disowned", &["activity.disowned"]).await;
    camille.opens("/logout").await;
    camille.answers(&[("action", "signout")]).await;
    trail.tells("out", &["logout.requested", "session.ended"]).await;
}

#[actix_web::test]
async fn m_145_j41_an_export_and_the_end_of_an_account() {
    let house = house().await;
    let mut trail = Trail::of(&house).await;
    let camille = privacy::asked(&house).await;
    trail.tells("export asked", &["signin.started", "signin.succeeded", "session.created", "account.exported"]).await;
    jobs::departures::export(&house.tools).await.unwrap();
    trail.tells("export made", &[]).await;
    assert_eq!(privacy::fetched(&camille, "/account/privacy/export").await.0, 200);
    trail.tells("export fetched", &[]).await;

    let house = open_house().await;
    deletion::lea(&house).await;
    let mut trail = Trail::of(&house).await;
    deletion::asked(&house).await;
    trail.tells("deletion asked", &["signin.started", "signin.succeeded", "session.created", "account.deletion_requested", "session.revoked"]).await;
    contact::signs_in(&house, "lea@courriel.test").await;
    trail.tells("deletion called off", &["signin.started", "signin.succeeded", "session.created", "account.updated"]).await;
    deletion::asked(&house).await;
    trail.happened().await;
    house.waits(deletion::GRACE);
    jobs::departures::delete(&house.tools).await.unwrap();
    trail.tells("deleted", &["account.deleted"]).await;
}

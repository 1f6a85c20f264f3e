//! J37, J40 and the first page of the portal: what a person sees of their account, writes there, and ends.

use parvis::{
    model::{Account, AuditEvent, Client, EventName, Grant, MessageKind, Session, SessionEnd},
    storage::{Loaded, Paging},
};

use super::{PASSWORD, house, newcomer, rules};
use crate::harness::{House, Walker};

pub(super) const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";
const PLACES: [(&str, &str); 9] = [
    ("/account", "S-ME-HOME"),
    ("/account/profile", "S-ME-PROFILE"),
    ("/account/security", "S-ME-SECURITY"),
    ("/account/sessions", "S-ME-SESSIONS"),
    ("/account/apps", "S-ME-APPS"),
    ("/account/organisations", "S-ME-ORGS"),
    ("/account/terms", "S-ME-TERMS"),
    ("/account/privacy", "S-ME-PRIVACY"),
    ("/account/activity", "S-ME-ACTIVITY"),
];

/// Camille, signed in in the portal with a browser of this name.
pub(super) async fn in_portal(house: &House, agent: &str) -> Walker {
    let mut camille = Walker::new(house).sending("user-agent", agent);
    camille.opens("/account").await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    assert_eq!(camille.shown.screen(), "S-ME-HOME");
    camille
}

/// The same, with tokens of the client by this scope, in the portal.
async fn with_tokens(house: &House, agent: &str, scope: &str) -> Walker {
    let mut camille = Walker::new(house).sending("user-agent", agent);
    camille.opens(&crate::harness::authorize(&[("scope", scope)])).await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    if camille.shown.screen() == "S-APP-CONSENT" {
        camille.answers(&[("action", "accept")]).await;
    }
    house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap();
    camille
}

pub(super) async fn events(house: &House, name: EventName) -> Vec<AuditEvent> {
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(500)).await.unwrap();
    let events = records.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap());
    events.filter(|event| event.event == name).collect()
}

async fn account(house: &House) -> Loaded<Account> {
    house.tools.reads().account(house.camille).await.unwrap().unwrap()
}

/// The sessions that were begun in a browser, not the one that the house opens with.
async fn sessions(house: &House) -> Vec<Session> {
    let sessions = house.tools.reads().sessions(house.camille, Paging::first(100)).await.unwrap();
    sessions.into_iter().map(Loaded::into_value).filter(|session| !session.proofs.is_empty()).collect()
}

/// What the page offers to end.
fn keys(walker: &Walker) -> Vec<String> {
    let found = walker.shown.html.match_indices("name=\"session\" value=\"").map(|(at, name)| &walker.shown.html[at + name.len()..]);
    found.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// Ends the house's own session, which no browser holds.
async fn only_browsers(house: &House) {
    let own = house.tools.reads().session_by_sid(&"session-of-camille".into()).await.unwrap().unwrap();
    let now = house.tools.now();
    house.changes::<Session>(Session::key_of(&own.digest), |session| *session = session.clone().end(now, SessionEnd::Replaced)).await;
}

#[actix_web::test]
async fn m_001_the_portal_needs_no_application_and_ends_at_its_first_page() {
    let house = house().await;
    only_browsers(&house).await;
    let mut camille = in_portal(&house, FIREFOX).await;
    assert_eq!(camille.walked(), ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-ME-HOME"]);
    assert!(camille.shown.left_to.is_none());
    for said in ["Camille Éon", "camille@courriel.test", "Cabinet Aubépine", "Firefox sur Linux", "data-testid=\"calm\"", "href=\"/logout\""] {
        assert!(camille.shown.html.contains(said), "{said}");
    }
}

#[actix_web::test]
async fn m_014_every_place_of_the_portal_leads_to_all_others_and_says_which_one_it_is() {
    let house = house().await;
    let mut camille = in_portal(&house, FIREFOX).await;
    for (path, screen) in PLACES {
        assert_eq!((camille.opens(path).await.status, camille.shown.screen()), (200, screen));
        for (other, _) in PLACES {
            let current = format!("<a href=\"{other}\" data-testid=\"place\"{}>", if other == path { " aria-current=\"page\"" } else { "" });
            assert!(camille.shown.html.contains(&current), "{other} on {path}");
        }
        let mut nobody = Walker::new(&house);
        assert_eq!(nobody.opens(path).await.screen(), "S-SIGNIN-ID");
        nobody.signs_in("camille@courriel.test", PASSWORD).await;
        assert_eq!((nobody.shown.screen(), &*nobody.shown.path), (screen, path), "back to where one wanted to go");
    }
}

#[actix_web::test]
async fn a_form_that_a_new_browser_posts_leads_to_signing_in_there() {
    let house = house().await;
    for (path, screen) in [("/account/apps", "S-ME-APPS"), ("/account/sessions", "S-ME-SESSIONS"), ("/account/profile", "S-ME-PROFILE")] {
        let mut nobody = Walker::new(&house);
        assert_eq!(nobody.posts(path, &[("action".to_owned(), "withdraw".to_owned())]).await.screen(), "S-SIGNIN-ID");
        assert!(nobody.cookies.contains_key("__Host-device"), "the browser keeps the name it was given");
        nobody.signs_in("camille@courriel.test", PASSWORD).await;
        assert_eq!(nobody.shown.screen(), screen);
    }
}

#[actix_web::test]
async fn the_first_page_tells_what_needs_attention() {
    let house = house().await;
    only_browsers(&house).await;
    let mut camille = in_portal(&house, FIREFOX).await;
    house
        .changes::<Account>(Account::key_of(house.camille), |account| {
            account.profile.given_name = None;
            account.profile.family_name = None;
            account.emails[0].verified_at = None;
        })
        .await;
    house.waits(60);
    in_portal(&house, SAFARI).await;
    camille.opens("/account").await;
    for about in ["name", "address", "elsewhere"] {
        assert!(camille.shown.html.contains(&format!("data-about=\"{about}\"")), "{about}");
    }
    assert!(camille.shown.html.contains("Safari sur iOS") && !camille.shown.html.contains("data-testid=\"calm\""));
    house.waits(86_400);
    let mut later = in_portal(&house, FIREFOX).await;
    assert!(!later.opens("/account").await.html.contains("data-about=\"elsewhere\""), "what is old is no news");
}

#[actix_web::test]
async fn j40_the_list_of_devices_has_this_browser_first_and_says_each_in_words() {
    let house = house().await;
    only_browsers(&house).await;
    with_tokens(&house, SAFARI, "openid").await;
    house.waits(60);
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/sessions").await;
    let (here, elsewhere) = camille.shown.html.split_once("Safari sur iOS").unwrap();
    assert!(here.contains("Firefox sur Linux") && here.contains("data-testid=\"here\""));
    assert!(elsewhere.contains("Applications\u{a0}: Espace client."));
    let sids: Vec<String> = sessions(&house).await.iter().map(|session| session.sid.to_string()).collect();
    assert_eq!((sids.len(), keys(&camille).len()), (2, 1), "this browser signs out by «Se déconnecter»");
    assert!(sids.contains(&keys(&camille)[0]));
}

#[actix_web::test]
async fn j40_a_device_that_is_ended_is_signed_out_at_once_with_its_grants_and_its_applications_are_told() {
    let house = house().await;
    only_browsers(&house).await;
    house
        .changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| {
            client.backchannel_logout_uri = Some("https://espace.example/fin".into());
        })
        .await;
    rules(&house, |tenant| tenant.settings.reauthentication = 60).await;
    let mut phone = with_tokens(&house, SAFARI, "openid profile").await;
    let mut camille = in_portal(&house, FIREFOX).await;
    house.waits(61);
    camille.opens("/account/sessions").await;
    let sid = keys(&camille).remove(0);
    camille.answers(&[("action", "end"), ("session", &sid)]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-SESSIONS", 200), "no proof is asked for");
    assert!(camille.shown.html.contains("role=\"status\"") && keys(&camille).is_empty());

    assert_eq!(phone.opens("/account").await.screen(), "S-PICKER", "the phone knows Camille, and nobody is signed in on it");
    assert_eq!(camille.opens("/account").await.screen(), "S-ME-HOME");
    let grants: Vec<Loaded<Grant>> = house.tools.reads().grants_of_session(&sid.as_str().into(), Paging::first(10)).await.unwrap();
    assert!(grants.len() == 1 && grants[0].revoked_at == Some(house.tools.now()));
    let ended = sessions(&house).await.into_iter().find(|session| session.sid.to_string() == sid).unwrap();
    assert_eq!(ended.ended, Some((house.tools.now(), SessionEnd::Revoked)));
    let queued = house.tools.reads().queued_messages(Paging::first(10)).await.unwrap();
    assert_eq!(queued.iter().filter(|message| matches!(message.kind, MessageKind::BackchannelLogout { .. })).count(), 1);
    let [event] = &*events(&house, EventName::SessionRevoked).await else { panic!() };
    assert_eq!((event.subject.as_ref().unwrap().id.as_str(), event.count, event.actor.id.clone()), (&*sid, Some(1), Some(house.camille.id.to_string())));
}

#[actix_web::test]
async fn j40_what_was_given_for_the_time_away_outlives_the_device() {
    let house = house().await;
    only_browsers(&house).await;
    with_tokens(&house, SAFARI, "openid offline_access").await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/sessions").await;
    let sid = keys(&camille).remove(0);
    camille.answers(&[("action", "end"), ("session", &sid)]).await;
    let grants = house.tools.reads().grants_of_session(&sid.as_str().into(), Paging::first(10)).await.unwrap();
    assert!(grants.len() == 1 && grants[0].revoked_at.is_none());
}

#[actix_web::test]
async fn j40_a_device_that_is_forgotten_no_longer_offers_the_account() {
    let house = house().await;
    only_browsers(&house).await;
    let mut phone = in_portal(&house, SAFARI).await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/sessions").await;
    let (sid, csrf) = (keys(&camille).remove(0), camille.shown.hidden("csrf").unwrap());
    camille.answers(&[("action", "forget"), ("session", &sid)]).await;
    assert!(camille.shown.html.contains("role=\"status\"") && keys(&camille).is_empty());
    assert_eq!(phone.opens("/account").await.screen(), "S-SIGNIN-ID", "the phone knows nobody");
    assert_eq!((events(&house, EventName::DeviceForgotten).await.len(), events(&house, EventName::SessionRevoked).await.len()), (1, 1));
    let again = [("action", "forget"), ("session", &*sid), ("csrf", &*csrf)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    camille.posts("/account/sessions", &again).await;
    assert_eq!(events(&house, EventName::DeviceForgotten).await.len(), 1);
}

#[actix_web::test]
async fn j40_all_others_can_be_ended_at_once() {
    let house = house().await;
    let mut others = [in_portal(&house, SAFARI).await, in_portal(&house, FIREFOX).await];
    let mut camille = in_portal(&house, FIREFOX).await;
    assert_eq!(keys_after(&mut camille).await, 3, "two browsers, and the session that the house opens with");
    let csrf = camille.shown.hidden("csrf").unwrap();
    camille.answers(&[("action", "end_others")]).await;
    assert!(camille.shown.html.contains("role=\"status\"") && keys(&camille).is_empty());
    for other in &mut others {
        assert_eq!(other.opens("/account/sessions").await.screen(), "S-PICKER");
    }
    assert_eq!(events(&house, EventName::SessionRevoked).await.len(), 3);
    camille.posts("/account/sessions", &[("action".to_owned(), "end_others".to_owned()), ("csrf".to_owned(), csrf)]).await;
    assert_eq!(camille.shown.status, 200);
    assert_eq!(events(&house, EventName::SessionRevoked).await.len(), 3, "once is enough");
}

async fn keys_after(walker: &mut Walker) -> usize {
    walker.opens("/account/sessions").await;
    keys(walker).len()
}

#[actix_web::test]
async fn only_ones_own_sessions_can_be_ended_and_only_from_our_page() {
    let house = house().await;
    only_browsers(&house).await;
    newcomer(&house, 3, "lou@courriel.test").await;
    let mut lou = Walker::new(&house);
    lou.opens("/account").await;
    lou.signs_in("lou@courriel.test", PASSWORD).await;
    in_portal(&house, SAFARI).await;
    let phone = sessions(&house).await.remove(0).sid.to_string();
    in_portal(&house, FIREFOX).await;
    // Lou has a form of their own only with another session.
    let mut other = Walker::new(&house);
    other.opens("/account/sessions").await;
    other.signs_in("lou@courriel.test", PASSWORD).await;
    assert_eq!(keys(&other).len(), 1);
    assert!(!other.shown.html.contains(&phone));
    for action in ["end", "forget"] {
        other.opens("/account/sessions").await;
        other.answers(&[("action", action), ("session", &phone)]).await;
        assert_eq!(other.shown.status, 200);
    }
    assert!(sessions(&house).await.iter().all(|session| session.ended.is_none()));

    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/sessions").await;
    for csrf in ["", "forged"] {
        for action in ["end", "forget", "end_others"] {
            camille.answers(&[("action", action), ("session", &phone), ("csrf", csrf)]).await;
            assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-ME-SESSIONS", 403, vec!["E-CSRF"]));
        }
    }
    assert!(sessions(&house).await.iter().all(|session| session.ended.is_none()) && events(&house, EventName::SessionRevoked).await.is_empty());
}

#[actix_web::test]
async fn j37_what_a_person_writes_is_kept_and_the_trail_has_the_fields_names_alone() {
    let house = house().await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/profile").await;
    for known in [
        "value=\"Camille\"",
        "value=\"Éon\"",
        "<option selected>France</option>",
        "<option value=\"RE\">La Réunion</option>",
        "value=\"Europe/Paris\" selected",
        "camille@courriel.test",
        "+33123456789",
    ] {
        assert!(camille.shown.html.contains(known), "{known}");
    }
    house.waits(60);
    let version = camille.shown.hidden("version").unwrap();
    let typed = [
        ("action", "save"),
        ("version", &*version),
        ("given_name", " Camille  Claude\r\n"),
        ("family_name", "Éon"),
        ("locale", "en"),
        ("country", ""),
        ("zoneinfo", "Europe/Paris"),
    ];
    camille.answers(&typed).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-PROFILE", 200));
    assert!(camille.shown.html.contains("<html lang=\"en\">") && camille.shown.html.contains("role=\"status\""), "the pages follow at once");
    let after = account(&house).await;
    assert_eq!((after.profile.given_name.as_deref(), after.locale), (Some("Camille Claude"), Some(parvis::values::Locale::En)));
    let address = after.address.as_ref().unwrap();
    assert_eq!((address.country.as_deref(), address.locality.as_deref(), after.updated_at), (None, Some("Dijon"), house.tools.now()));
    let [event] = &*events(&house, EventName::AccountUpdated).await else { panic!() };
    assert_eq!((event.reason.as_deref(), event.subject.as_ref().unwrap().id.clone()), (Some("given_name locale country"), house.camille.id.to_string()));
    assert!(!serde_json::to_string(event).unwrap().contains("Claude"));

    let version = camille.shown.hidden("version").unwrap();
    let same =
        [("action", "save"), ("version", &*version), ("given_name", "Camille Claude"), ("family_name", "Éon"), ("locale", "en"), ("zoneinfo", "Europe/Paris")];
    camille.answers(&same).await;
    assert_eq!(
        (account(&house).await.version(), events(&house, EventName::AccountUpdated).await.len()),
        (after.version(), 1),
        "nothing changed, nothing is written"
    );
}

#[actix_web::test]
async fn what_is_wrong_with_a_profile_is_said_and_what_was_typed_stays() {
    let house = house().await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/profile").await;
    let (version, long) = (camille.shown.hidden("version").unwrap(), "é".repeat(101));
    let wrong = [
        ("action", "save"),
        ("version", &*version),
        ("given_name", " "),
        ("family_name", &*long),
        ("locale", "de"),
        ("country", "Chypre"),
        ("zoneinfo", "Mars/Olympus"),
    ];
    camille.answers(&wrong).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-PROFILE", 422));
    assert_eq!(camille.shown.errors(), ["E-REQ", "E-LONG", "E-REQ", "E-REQ", "E-REQ"]);
    assert!(
        camille.shown.html.contains("<option selected>Chypre</option>") && camille.shown.html.contains(&long) && camille.shown.html.contains("<title>Erreur")
    );
    camille.answers(&[("action", "save"), ("csrf", "forged"), ("given_name", "Claude"), ("locale", "fr")]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec!["E-CSRF"]));
    assert!(camille.shown.html.contains("value=\"Claude\""));
    assert_eq!(account(&house).await.profile.given_name.as_deref(), Some("Camille"));
    assert!(events(&house, EventName::AccountUpdated).await.is_empty());
}

#[actix_web::test]
async fn ru13_the_choice_about_news_is_changed_and_taken_back_beside_its_sentence() {
    let house = house().await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/profile").await;
    assert!(!camille.shown.html.contains("name=\"marketing\""), "nobody is asked where nothing is offered");
    super::rules(&house, |tenant| tenant.settings.marketing = true).await;
    let written = [("given_name", "Camille"), ("family_name", "Éon"), ("locale", "fr"), ("country", "FR")];
    let mut kept = Vec::new();
    for (agreed, offered) in [(true, true), (true, true), (false, false)] {
        super::rules(&house, |tenant| tenant.settings.marketing = offered).await;
        house.waits(60);
        camille.opens("/account/profile").await;
        assert!(camille.shown.html.contains("name=\"marketing\""), "what was agreed to can be taken back even when nothing more is offered");
        let version = camille.shown.hidden("version").unwrap();
        let fields: Vec<(&str, &str)> =
            [("action", "save"), ("version", &*version)].into_iter().chain(written).chain(agreed.then_some(("marketing", "yes"))).collect();
        assert_eq!(camille.answers(&fields).await.status, 200);
        assert_eq!(camille.shown.html.contains("value=\"yes\" data-testid=\"marketing\" checked"), agreed);
        kept.push(account(&house).await.marketing.clone().unwrap());
    }
    assert_eq!(kept[0], kept[1], "a choice that stays keeps its day");
    assert_eq!((kept[0].agreed, kept[2].agreed, kept[2].at), (true, false, house.tools.now()));
    assert!(kept[0].text.starts_with("Je souhaite recevoir des informations de") && kept[0].text == kept[2].text);
    let trail = events(&house, EventName::AccountUpdated).await;
    assert_eq!(trail.iter().filter(|event| event.reason.as_deref().unwrap().contains("marketing")).count(), 2);
}

#[actix_web::test]
async fn a_profile_that_changed_under_a_persons_hands_is_compared_before_it_is_saved() {
    let house = house().await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/profile").await;
    let version = camille.shown.hidden("version").unwrap();
    house.changes::<Account>(Account::key_of(house.camille), |account| account.profile.family_name = Some("Éon-Lacaze".to_owned())).await;
    let typed = |version: &str| {
        [("action", "save"), ("version", version), ("given_name", "Cam"), ("family_name", "Éon"), ("locale", "fr")]
            .map(|(name, value)| (name, value.to_owned()))
    };
    let first = typed(&version);
    let first: Vec<(&str, &str)> = first.iter().map(|(name, value)| (*name, value.as_str())).collect();
    camille.answers(&first).await;
    assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-ME-PROFILE", 409, vec!["E-CONFLICT"]));
    assert!(camille.shown.html.contains("value=\"Cam\"") && camille.shown.html.contains("<dd>Éon-Lacaze</dd>"), "both are there to compare");
    assert_eq!(account(&house).await.profile.given_name.as_deref(), Some("Camille"));
    let newer = typed(&camille.shown.hidden("version").unwrap());
    let newer: Vec<(&str, &str)> = newer.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(camille.answers(&newer).await.status, 200);
    assert_eq!(account(&house).await.profile.family_name.as_deref(), Some("Éon"));
}

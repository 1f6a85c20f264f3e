//! J44 and J45: the people of an organisation, found, changed, put away and taken out again.

use parvis::{
    model::{Account, AccountState, AuditEvent, EventName, Grant, Role, Session, Subject},
    service::admin::{
        By, Refused,
        accounts::{self, AccountsAsked, Standing, StateAsked},
    },
    storage::{Paging, counted},
    values::GrantId,
};

use super::{ADMIN, at_console, camille, etude, gives, staffed};
use crate::{
    harness::{House, PASSWORD, Walker},
    journeys::newcomer,
};

const EVERYTHING: &[Role] = &[Role::GlobalAdministrator];
const ACCOUNTS: &[Role] = &[Role::AccountAdministrator];

/// Somebody of the house with a name of their own and no role.
async fn person(house: &House, number: u128, names: (&str, &str), email: &str) -> Subject {
    let subject = newcomer(house, number, email).await;
    house
        .changes::<Account>(Account::key_of(subject), |account| {
            account.roles.clear();
            account.profile.given_name = Some(names.0.to_owned());
            account.profile.family_name = Some(names.1.to_owned());
        })
        .await;
    subject
}

fn page_of(subject: Subject) -> String {
    format!("{ADMIN}/accounts/{}", subject.id)
}

async fn account(house: &House, subject: Subject) -> Account {
    house.tools.reads().account(subject).await.unwrap().unwrap().into_value()
}

async fn events(house: &House, name: EventName) -> Vec<AuditEvent> {
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(500)).await.unwrap();
    let events = records.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap());
    events.filter(|event| event.event == name).collect()
}

/// The names in the table.
fn names(walker: &Walker) -> Vec<String> {
    let rows = walker.shown.html.split("data-testid=\"account\"").skip(1);
    rows.map(|row| row.split_once("\">").unwrap().1.split_once("</a>").unwrap().0.rsplit('>').next().unwrap().to_owned()).collect()
}

/// Posts the page's form with its version.
async fn answers(walker: &mut Walker, fields: &[(&str, &str)]) {
    let version = walker.shown.hidden("version").unwrap_or_default();
    let mut all = fields.to_vec();
    all.push(("version", &version));
    walker.answers(&all).await;
}

const FIELDS: [(&str, &str); 6] =
    [("action", "save"), ("given_name", "Sonia"), ("family_name", "Belmonté"), ("email", "sonia@courriel.test"), ("login", ""), ("phone", "")];

fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    FIELDS.iter().map(|(field, old)| if *field == name { (*field, value) } else { (*field, *old) }).collect()
}

#[actix_web::test]
async fn g_4c_from_the_first_page_to_the_list_to_one_person() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    walker.opens(ADMIN).await;
    assert!(walker.shown.html.contains(&format!("href=\"{ADMIN}/accounts\"")));
    walker.opens(&format!("{ADMIN}/accounts")).await;
    assert!(walker.shown.html.contains(&format!("href=\"{}\"", page_of(sonia))));
    walker.opens(&page_of(sonia)).await;
    assert_eq!(walker.walked(), ["S-AD-HOME", "S-AD-USERS", "S-AD-USER"]);
    assert!(walker.shown.html.contains("Sonia Belmonté") && walker.shown.html.contains("value=\"sonia@courriel.test\""));
}

#[actix_web::test]
async fn a_search_finds_the_beginning_of_any_word_without_accents_and_only_at_home() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    let emilie = person(&house, 0x20, ("Émilie", "Vauquelin-Desrosiers"), "e.vauquelin@courriel.test").await;
    house.changes::<Account>(Account::key_of(emilie), |account| account.login = Some("emi7".to_owned())).await;
    person(&house, 0x21, ("Emil", "Straße"), "emil@courriel.test").await;
    let (tenant, _) = etude(&house).await;
    super::newcomer_at(&house, tenant, 0x22, "emilie@etude.test").await;
    for (typed, found) in [
        ("emilie", &["Émilie Vauquelin-Desrosiers"][..]),
        ("ÉMIL", &["Emil Straße", "Émilie Vauquelin-Desrosiers"]),
        ("desros émi", &["Émilie Vauquelin-Desrosiers"]),
        ("vauquelin-desr", &["Émilie Vauquelin-Desrosiers"]),
        ("E.Vauquelin@courriel.test", &["Émilie Vauquelin-Desrosiers"]),
        ("emi7", &["Émilie Vauquelin-Desrosiers"]),
        ("strasse", &["Emil Straße"]),
        ("camille eon", &["Camille Éon"]),
        ("camille straße", &[]),
        ("etude.test", &[]),
        ("<script>", &[]),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        walker.opens(&format!("{ADMIN}/accounts?q={query}")).await;
        let mut names = names(&walker);
        names.sort();
        let mut found = found.to_vec();
        found.sort_unstable();
        assert_eq!(names, found, "{typed}");
        assert!(!walker.shown.html.contains("<script>"), "{typed}");
    }
}

#[actix_web::test]
async fn m_119_archived_accounts_are_hidden_until_they_are_asked_for() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    let luc = person(&house, 0x21, ("Luc", "Petit"), "luc@courriel.test").await;
    house.changes::<Account>(Account::key_of(sonia), |account| account.state = AccountState::Archived).await;
    house.changes::<Account>(Account::key_of(luc), |account| account.state = AccountState::Locked).await;
    for (state, found) in [
        ("", &["Camille Éon", "Luc Petit"][..]),
        ("present", &["Camille Éon", "Luc Petit"]),
        ("active", &["Camille Éon"]),
        ("locked", &["Luc Petit"]),
        ("archived", &["Sonia Belmonté"]),
        ("any", &["Camille Éon", "Luc Petit", "Sonia Belmonté"]),
    ] {
        for q in ["", "courriel", "l"] {
            walker.opens(&format!("{ADMIN}/accounts?state={state}&q={q}")).await;
            let mut names = names(&walker);
            names.sort();
            match q {
                "" => assert_eq!(names, found, "{state}"),
                "l" => assert!(names.iter().all(|name| name == "Luc Petit"), "{state}: {names:?}"),
                _ => assert!(names.is_empty(), "a domain is no word: {names:?}"),
            }
        }
    }
}

#[actix_web::test]
async fn a_long_list_comes_in_pages_of_fifty_by_a_cursor_in_the_address() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    for number in 0..60 {
        // Half are found by a name, and half by the address alone.
        let name = if number % 2 == 0 { "Venue" } else { "Arrivée" };
        person(&house, 0x1000 + number, ("Nouvelle", &format!("{name}{number}")), &format!("venue{number}@courriel.test")).await;
    }
    for query in ["", "?q=venue"] {
        let mut seen = Vec::new();
        walker.opens(&format!("{ADMIN}/accounts{query}")).await;
        loop {
            let names = names(&walker);
            assert!(names.len() <= 50);
            seen.extend(names);
            let Some(next) = walker.shown.html.split_once("data-testid=\"next\"").map(|(before, _)| before.rsplit("href=\"").next().unwrap().to_owned()) else {
                break;
            };
            let next = next.split('"').next().unwrap().replace("&amp;", "&");
            walker.opens(&next).await;
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((seen.len(), all), if query.is_empty() { (61, 61) } else { (60, 60) }, "{query}");
    }
    // A cursor that was made up is a list or a refusal, and never another organisation's.
    for made_up in ["x", "AAAA", "CgAA", "ZmZmZmZmCmZmZg"] {
        let status = walker.opens(&format!("{ADMIN}/accounts?after={made_up}")).await.status;
        assert!([200, 404].contains(&status), "{made_up}: {status}");
    }
}

#[actix_web::test]
async fn what_a_page_reads_does_not_grow_with_the_organisation() {
    let house = staffed(ACCOUNTS).await;
    let mut reads: Vec<Vec<Vec<String>>> = Vec::new();
    let mut made = 0_u128;
    for size in [300, 1_500] {
        while made < size {
            made += 1;
            let mut account = account(&house, house.camille).await;
            account.id = parvis::values::AccountId(uuid::Uuid::from_u128(0x10_0000 + made));
            account.roles.clear();
            account.phones.clear();
            account.profile.family_name = Some(format!("Nom{made}"));
            account.emails[0].address = format!("nom{made}@courriel.test").parse().unwrap();
            house.keeps(&account).await;
        }
        let (store, work) = counted(house.tools.store.clone());
        let tools = parvis::journey::Tools { store, ..house.tools.clone() };
        let mut of_size = Vec::new();
        for (q, state) in [("", StateAsked::Present), ("nom250", StateAsked::Present), ("", StateAsked::Archived), ("nom", StateAsked::Active)] {
            let asked = AccountsAsked { q: Some(q.to_owned()), state: Some(state), ..AccountsAsked::default() };
            accounts::list(&tools, &By::local(), "aubepine", &asked).await.unwrap();
            of_size.push(work.since());
        }
        reads.push(of_size);
    }
    assert_eq!(reads[0], reads[1]);
    assert!(reads[0].iter().all(|reads| reads.len() <= 3), "{:?}", reads[0]);
}

#[actix_web::test]
async fn who_is_looked_for_in_vain_is_looked_for_in_parts() {
    let house = staffed(ACCOUNTS).await;
    for made in 0..1_100_u128 {
        let mut account = account(&house, house.camille).await;
        account.id = parvis::values::AccountId(uuid::Uuid::from_u128(0x20_0000 + made));
        account.roles.clear();
        account.phones.clear();
        account.emails[0].address = format!("nom{made}@courriel.test").parse().unwrap();
        house.keeps(&account).await;
    }
    let asked = AccountsAsked { q: Some("nom zz".to_owned()), ..AccountsAsked::default() };
    let first = accounts::list(&house.tools, &By::local(), "aubepine", &asked).await.unwrap();
    assert!(first.items.is_empty());
    let rest = AccountsAsked { after: first.next, ..asked };
    let second = accounts::list(&house.tools, &By::local(), "aubepine", &rest).await.unwrap();
    assert!(second.items.is_empty() && second.next.is_none());
}

#[actix_web::test]
async fn a_change_is_written_once_audited_by_its_fields_and_keeps_what_the_form_does_not_hold() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    walker.opens(&page_of(sonia)).await;
    answers(&mut walker, &with("given_name", "Sonia-Maria")).await;
    assert!(walker.shown.html.contains("role=\"status\""));
    let after = account(&house, sonia).await;
    assert_eq!((after.display_name().as_str(), after.profile.zoneinfo.as_deref()), ("Sonia-Maria Belmonté", Some("Europe/Paris")));
    assert!(after.primary_email().unwrap().verified_at.is_some(), "the address stayed, and so did its proof");
    let told = events(&house, EventName::AccountUpdated).await;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].reason.as_deref(), told[0].actor.id.clone()), (Some("profile"), Some(house.camille.id.to_string())));
    assert!(walker.shown.html.contains("Compte modifié"), "and the page has it among the latest events");
}

#[actix_web::test]
async fn e_conflict_shows_what_stands_there_now_and_overwrites_nothing() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    walker.opens(&page_of(sonia)).await;
    house.changes::<Account>(Account::key_of(sonia), |account| account.profile.given_name = Some("Sofia".to_owned())).await;
    answers(&mut walker, &with("given_name", "Sonja")).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (409, vec!["E-CONFLICT"]));
    assert!(walker.shown.html.contains("data-testid=\"present\"") && walker.shown.html.contains("Sofia") && walker.shown.html.contains("value=\"Sonja\""));
    assert_eq!(account(&house, sonia).await.profile.given_name.as_deref(), Some("Sofia"));
    answers(&mut walker, &with("given_name", "Sonja")).await;
    assert_eq!(account(&house, sonia).await.profile.given_name.as_deref(), Some("Sonja"), "the second time it is known");
}

#[actix_web::test]
async fn what_another_account_has_or_what_has_no_form_is_refused_at_its_field() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.login = Some("c.eon".to_owned())).await;
    for (field, value, error) in [
        ("email", "camille@courriel.test", "E-EMAIL-DUP"),
        ("email", "sonia@courriel", "E-EMAIL"),
        ("email", "", "E-REQ"),
        ("login", "c.eon", "E-LOGIN-DUP"),
        ("login", "c@eon", "E-FORM"),
        ("phone", "+33123456789", "E-PHONE-DUP"),
        ("phone", "0123", "E-FORM"),
        ("given_name", "Sonia\u{202e}", "E-FORM"),
    ] {
        walker.opens(&page_of(sonia)).await;
        answers(&mut walker, &with(field, value)).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec![error]), "{field}={value}");
    }
    assert_eq!(account(&house, sonia).await.identifier(), "sonia@courriel.test");
    assert!(events(&house, EventName::AccountUpdated).await.is_empty());
}

#[actix_web::test]
async fn m_122_archiving_ends_all_that_is_open_and_keeps_the_address() {
    let (house, mut walker) = camille(EVERYTHING).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    let mut hers = Walker::new(&house);
    hers.opens("/account").await;
    hers.signs_in("sonia@courriel.test", PASSWORD).await;
    assert_eq!(hers.shown.screen(), "S-ME-HOME");
    walker.opens(&format!("{}/archive", page_of(sonia))).await;
    assert_eq!(walker.shown.screen(), "S-CONFIRM");
    assert!(walker.shown.html.contains("Archiver le compte de Sonia Belmonté") && walker.shown.html.contains("dans un navigateur"));
    assert_eq!(account(&house, sonia).await.state, AccountState::Active, "a question changes nothing");
    walker.answers(&[("action", "archive")]).await;
    assert_eq!((walker.shown.screen(), account(&house, sonia).await.state), ("S-AD-USER", AccountState::Archived));
    assert_eq!(hers.opens("/account").await.screen(), "S-PICKER", "she is signed in no more");
    let mut hers = Walker::new(&house);
    hers.opens("/account").await;
    hers.signs_in("sonia@courriel.test", PASSWORD).await;
    assert!(hers.shown.html.contains("E-ARCHIVED"), "said only after the right password");
    let sessions = house.tools.reads().sessions(sonia, Paging::first(50)).await.unwrap();
    assert!(sessions.iter().all(|session| !Session::is_live_at(session, house.tools.now())));
    // The address stays taken.
    walker.opens(&format!("{ADMIN}/accounts/new")).await;
    walker.answers(&FIELDS).await;
    assert_eq!(walker.shown.errors(), ["E-EMAIL-DUP"]);
    assert_eq!(events(&house, EventName::AccountArchived).await.len(), 1);
}

#[actix_web::test]
async fn m_123_restoring_lets_the_same_person_in_with_the_same_roles() {
    let (house, mut walker) = camille(EVERYTHING).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    gives(&house, sonia, &[Role::Auditor]).await;
    for (act, state) in
        [("archive", AccountState::Archived), ("restore", AccountState::Active), ("lock", AccountState::Locked), ("unlock", AccountState::Active)]
    {
        walker.opens(&format!("{}/{act}", page_of(sonia))).await;
        assert_eq!(walker.shown.screen(), "S-CONFIRM", "{act}");
        walker.answers(&[("action", act)]).await;
        assert_eq!((walker.shown.screen(), account(&house, sonia).await.state), ("S-AD-USER", state), "{act}");
    }
    let sonia = at_console(&house, "sonia@courriel.test").await;
    assert_eq!(sonia.shown.screen(), "S-AD-HOME", "with the password and the role of before");
}

#[actix_web::test]
async fn signing_somebody_out_everywhere_ends_sessions_and_grants_and_nothing_else() {
    let (house, mut walker) = camille(EVERYTHING).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    let mut hers = Walker::signed_in_as(&house, "sonia@courriel.test").await;
    hers.answers(&[("action", "accept")]).await;
    house.redeems(&"espace-client".into(), &hers.shown.answer()["code"]).await.unwrap();
    walker.opens(&format!("{}/sign-out", page_of(sonia))).await;
    walker.answers(&[("action", "sign-out")]).await;
    assert_eq!((walker.shown.screen(), account(&house, sonia).await.state), ("S-AD-USER", AccountState::Active));
    let revoked = events(&house, EventName::TokenRevoked).await;
    assert_eq!((events(&house, EventName::SessionRevoked).await.len(), revoked.len()), (1, 1));
    let grant: GrantId = revoked[0].subject.as_ref().unwrap().id.parse().unwrap();
    let grant: Grant = house.tools.reads().grant(grant).await.unwrap().unwrap().into_value();
    assert!(!grant.is_live_at(house.tools.now()));
}

#[actix_web::test]
async fn nobody_archives_or_locks_themselves_and_the_last_administrator_stays() {
    let (house, mut walker) = camille(EVERYTHING).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    for act in ["archive", "lock"] {
        walker.opens(&format!("{}/{act}", page_of(house.camille))).await;
        walker.answers(&[("action", act)]).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (409, vec!["E-ONESELF"]), "{act}");
    }
    // Taking the role from oneself is refused, too.
    walker.opens(&page_of(house.camille)).await;
    answers(&mut walker, &[("action", "roles"), ("role", "auditor")]).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (409, vec!["E-ONESELF"]));
    assert_eq!(account(&house, house.camille).await.roles, EVERYTHING.iter().copied().collect());
    // Another caller, who is no person: the last one stays all the same.
    let client = By::client(
        parvis::policy::admin::Caller::Client { tenant: house.tenant, of_system: false, scopes: "tenant.write account.write".parse().unwrap() },
        &"robot".into(),
    );
    let id = house.camille.id.to_string();
    for standing in [Standing::Archive, Standing::Lock] {
        let refused = accounts::set_standing(&house.tools, &client, ("aubepine", &id), standing).await;
        assert!(matches!(refused, Err(Refused::LastAdministrator)), "{refused:?}");
    }
    let refused = accounts::set_roles(&house.tools, &client, ("aubepine", &id), None, [Role::Auditor].into()).await;
    assert!(matches!(refused, Err(Refused::LastAdministrator)), "{refused:?}");
    // With a second one who may sign in, the first may go.
    gives(&house, sonia, EVERYTHING).await;
    house.changes::<Account>(Account::key_of(sonia), |account| account.state = AccountState::Locked).await;
    assert!(matches!(accounts::set_standing(&house.tools, &client, ("aubepine", &id), Standing::Archive).await, Err(Refused::LastAdministrator)));
    house.changes::<Account>(Account::key_of(sonia), |account| account.state = AccountState::Active).await;
    accounts::set_standing(&house.tools, &client, ("aubepine", &id), Standing::Archive).await.unwrap();
}

#[actix_web::test]
async fn of_two_administrators_who_archive_each_other_at_once_one_stays() {
    let house = staffed(EVERYTHING).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    gives(&house, sonia, EVERYTHING).await;
    let by = |subject| By::console(parvis::policy::admin::Caller::at_console(house.tenant, false, EVERYTHING.iter().copied().collect()), subject);
    let (camille, hers) = (house.camille.id.to_string(), sonia.id.to_string());
    let (first, second) = (by(house.camille), by(sonia));
    let _ = tokio::join!(
        accounts::set_standing(&house.tools, &first, ("aubepine", &hers), Standing::Archive),
        accounts::set_standing(&house.tools, &second, ("aubepine", &camille), Standing::Archive),
    );
    let states = [account(&house, house.camille).await.state, account(&house, sonia).await.state];
    assert_eq!(states.iter().filter(|state| **state == AccountState::Active).count(), 1, "{states:?}");
}

#[actix_web::test]
async fn roles_are_given_and_taken_by_administrators_alone_and_each_is_told_to_the_trail() {
    let (house, mut walker) = camille(EVERYTHING).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    walker.opens(&page_of(sonia)).await;
    answers(&mut walker, &[("action", "roles"), ("role", "account_administrator"), ("role", "auditor")]).await;
    assert_eq!(account(&house, sonia).await.roles, [Role::AccountAdministrator, Role::Auditor].into());
    answers(&mut walker, &[("action", "roles"), ("role", "auditor")]).await;
    assert_eq!(account(&house, sonia).await.roles, [Role::Auditor].into());
    assert_eq!((events(&house, EventName::RoleAssigned).await.len(), events(&house, EventName::RoleRemoved).await.len()), (2, 1));
    // Operator is no role of an organisation.
    answers(&mut walker, &[("action", "roles"), ("role", "operator")]).await;
    assert_eq!(account(&house, sonia).await.roles, [Role::Auditor].into());
}

#[actix_web::test]
async fn an_account_administrator_changes_nobody_who_has_a_role_and_gives_none() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    gives(&house, sonia, EVERYTHING).await;
    walker.opens(&page_of(sonia)).await;
    assert!(walker.shown.html.contains("data-testid=\"out_of_reach\"") && !walker.shown.html.contains("<form method=\"post\""));
    for act in ["archive", "lock", "sign-out", "restore", "unlock"] {
        assert_eq!(walker.opens(&format!("{}/{act}", page_of(sonia))).await.status, 403, "{act}");
    }
    // Even the form of a page that is theirs, posted elsewhere, does nothing.
    let luc = person(&house, 0x21, ("Luc", "Petit"), "luc@courriel.test").await;
    walker.opens(&page_of(luc)).await;
    let version = walker.shown.hidden("version").unwrap();
    assert!(!walker.shown.html.contains("value=\"auditor\""));
    walker.answers(&[("action", "roles"), ("role", "global_administrator"), ("version", &version)]).await;
    assert_eq!((walker.shown.status, account(&house, luc).await.roles.len()), (403, 0));
}

#[actix_web::test]
async fn a_new_account_is_made_with_a_password_that_has_to_be_changed_or_without_one() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    walker.opens(&format!("{ADMIN}/accounts/new")).await;
    assert_eq!(walker.shown.screen(), "S-AD-USER-NEW");
    for (field, value, error) in
        [("email", "", "E-REQ"), ("email", "sonia", "E-EMAIL"), ("email", "camille@courriel.test", "E-EMAIL-DUP"), ("phone", "12", "E-FORM")]
    {
        walker.answers(&with(field, value)).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec![error]), "{field}={value}");
    }
    let mut weak = FIELDS.to_vec();
    weak.push(("new_password", "court"));
    walker.answers(&weak).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec!["E-PW-SHORT"]));
    assert!(!walker.shown.html.contains("court\""));
    let mut good = FIELDS.to_vec();
    good.push(("new_password", PASSWORD));
    walker.answers(&good).await;
    assert_eq!(walker.shown.screen(), "S-AD-USER");
    let sonia = house.tools.reads().account_by_email(house.tenant, &"sonia@courriel.test".parse().unwrap()).await.unwrap().unwrap();
    let credential = house.tools.reads().password(sonia.subject()).await.unwrap().unwrap();
    assert!(matches!(credential.kind, parvis::model::CredentialKind::Password { must_change: true, .. }));
    assert!(sonia.primary_email().unwrap().verified_at.is_none(), "only its owner proves an address");
    walker.opens(&format!("{ADMIN}/accounts/new")).await;
    walker.answers(&with("email", "luc@courriel.test")).await;
    assert_eq!(walker.shown.screen(), "S-AD-USER");
}

#[actix_web::test]
async fn what_takes_away_or_gives_power_asks_for_a_proof_not_older_than_ten_minutes() {
    let (house, mut walker) = camille(EVERYTHING).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    house.waits(601);
    walker.opens(&format!("{}/archive", page_of(sonia))).await;
    assert_eq!(walker.shown.screen(), "S-CONFIRM", "looking is not taking away");
    walker.answers(&[("action", "archive")]).await;
    assert_eq!(walker.shown.screen(), "S-REAUTH");
    assert_eq!(account(&house, sonia).await.state, AccountState::Active);
    walker.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!(walker.shown.screen(), "S-CONFIRM");
    walker.answers(&[("action", "archive")]).await;
    assert_eq!(account(&house, sonia).await.state, AccountState::Archived);
    house.waits(601);
    for fields in [vec![("action", "roles"), ("role", "auditor")], with("email", "s@courriel.test")] {
        walker.opens(&page_of(sonia)).await;
        answers(&mut walker, &fields).await;
        assert_eq!(walker.shown.screen(), "S-REAUTH", "{fields:?}");
    }
}

#[actix_web::test]
async fn a_form_without_its_token_or_of_another_page_does_nothing() {
    let (house, mut walker) = camille(EVERYTHING).await;
    let sonia = person(&house, 0x20, ("Sonia", "Belmonté"), "sonia@courriel.test").await;
    walker.opens(&page_of(sonia)).await;
    let csrf = walker.shown.hidden("csrf").unwrap();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    for (path, fields) in [
        (format!("{}/archive", page_of(sonia)), vec![pair("csrf", &csrf), pair("action", "archive")]),
        (format!("{}/archive", page_of(sonia)), vec![pair("action", "archive")]),
        (page_of(sonia), vec![pair("csrf", "x"), pair("action", "roles"), pair("role", "auditor"), pair("version", "2")]),
        (format!("{ADMIN}/accounts/new"), vec![pair("csrf", &csrf), pair("email", "x@courriel.test")]),
    ] {
        walker.posts(&path, &fields).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (403, vec!["E-CSRF"]), "{path}");
    }
    let after = account(&house, sonia).await;
    assert_eq!((after.state, after.roles.len()), (AccountState::Active, 0));
}

#[actix_web::test]
async fn markup_in_names_stays_text() {
    let (house, mut walker) = camille(ACCOUNTS).await;
    let sonia = person(&house, 0x20, ("<img src=x onerror=alert(1)>", "\"'&"), "sonia@courriel.test").await;
    for path in [format!("{ADMIN}/accounts"), page_of(sonia), format!("{}/archive", page_of(sonia))] {
        walker.opens(&path).await;
        assert_eq!(walker.shown.status, 200);
        assert!(!walker.shown.html.contains("<img src=x") && walker.shown.html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{path}");
    }
}

//! Accounts from a file.

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use parvis::{
    model::{AuditEvent, ConsentMode, Credential, CredentialKind},
    policy::admin::Caller,
    service::admin::{
        By,
        accounts::{self, NewPassword, RolesWritten},
        import::{Format, Import, ImportAsked, Outcome, Reported, Told, Totals},
    },
    storage::Paging,
    values::{ClientId, Secret},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{of, refused};
use crate::{
    boot::served::Served,
    harness::{House, PASSWORD, Walker, authorize},
};

const NDJSON: &str = "application/x-ndjson";
const SALT: &str = "c29tZXNhbHRzb21lc2FsdA";
const DRY: ImportAsked = ImportAsked { dry_run: true, update: false, first_line: None };
const ONCE: ImportAsked = ImportAsked { dry_run: false, update: false, first_line: None };
const OVER: ImportAsked = ImportAsked { dry_run: false, update: true, first_line: None };

/// The password in every form that we take, none of them as we make ours.
fn foreign() -> Vec<String> {
    let argon = |algorithm, version, lanes| {
        let hashed =
            Argon2::new(algorithm, version, Params::new(128, 2, lanes, None).unwrap()).hash_password_with_salt(PASSWORD.as_bytes(), b"somesaltsomesalt");
        hashed.unwrap().to_string()
    };
    // The others were made with Python's hashlib and with libxcrypt.
    let bcrypt = "$04$abcdefghijklmnopqrstuuinVfm85wZjOuoUOfK94B1cB97KXny.q";
    vec![
        argon(Algorithm::Argon2id, Version::V0x13, 1),
        argon(Algorithm::Argon2i, Version::V0x10, 2),
        format!("$2a{bcrypt}"),
        format!("$2b{bcrypt}"),
        format!("$2y{bcrypt}"),
        format!("$pbkdf2-sha1$1000${SALT}$F43IiJZ/akvy7KchKu6CUHZwEag"),
        format!("$pbkdf2-sha256$i=1000,l=32${SALT}$c3V8PzlgyB0AZDM7A93OJLFhLR6PChBfdGnlx6B6gyU"),
        format!("$pbkdf2-sha512$1000${SALT}$Mi7UC98iYHpao3xUIsGYERGJJHLBiQYwAzCAK.gYA9pIBeiSBiirqmSWYXdU6mG1mKahh0wJONdMsxViQzo/eQ"),
        format!("$scrypt$ln=10,r=8,p=1${SALT}$zJxN76hikbpx9M6N601Em7Po9evcr57MKbiYa4/i6+0"),
    ]
}

/// A file is brought in as far as this many parts of its report are read.
async fn listens(house: &House, by: &By, (text, format): (&str, Format), asked: ImportAsked, parts: usize) -> (Vec<Reported>, Option<Totals>) {
    let ready = Import::begin(&house.tools, by, "aubepine", asked).await.unwrap().read(text.as_bytes(), format).unwrap();
    let (to, mut inbox) = tokio::sync::mpsc::channel(1);
    let (mut said, mut totals) = (Vec::new(), None);
    let hearing = async {
        for _ in 0..parts {
            match inbox.recv().await {
                Some(Told::Lines(lines)) => said.extend(lines),
                Some(Told::Totals(all)) => totals = Some(all),
                Some(Told::BrokenOff(fault)) => panic!("{fault}"),
                None => break,
            }
        }
        drop(inbox);
    };
    tokio::join!(ready.run(to), hearing);
    (said, totals)
}

async fn brings(house: &House, text: &str, asked: ImportAsked) -> (Vec<Reported>, Totals) {
    let (said, totals) = listens(house, &By::local(), (text, Format::Ndjson), asked, usize::MAX).await;
    (said, totals.unwrap())
}

fn lines(accounts: &[Value]) -> String {
    accounts.iter().flat_map(|account| [account.to_string(), "\n".to_owned()]).collect()
}

/// Outcome, columns and number of each line.
fn told(said: &[Reported]) -> Vec<(u64, Outcome, String)> {
    said.iter().map(|line| (line.line, line.outcome, line.columns.join(" "))).collect()
}

async fn shown(house: &House, who: &str) -> Value {
    serde_json::to_value(accounts::show(&house.tools, &By::local(), "aubepine", who).await.unwrap()).unwrap()
}

async fn people(house: &House) -> usize {
    house.tools.reads().accounts(house.tenant, Paging::first(1000)).await.unwrap().len()
}

async fn kept_hash(house: &House, who: &str) -> Option<String> {
    let id = shown(house, who).await["id"].as_str().unwrap().parse().unwrap();
    let kept = house.tools.reads().password(parvis::model::Subject { home: house.tenant, id }).await.unwrap();
    kept.map(|kept| {
        let CredentialKind::Password { phc, .. } = &kept.kind;
        phc.clone()
    })
}

fn crowd(many: usize) -> String {
    let hash = &foreign()[0];
    lines(&(0..many).map(|number| json!({"email": format!("n{number}@morvan.test"), "password_hash": hash})).collect::<Vec<_>>())
}

#[tokio::test]
async fn both_formats_say_the_same_of_an_account() {
    let id = "5f0c2a3e-8f5e-4d0e-9a57-3d8e6c1f0a11";
    let json = lines(&[json!({"id": id, "email": "Nadia@Morvan.test", "email_verified": true, "login": "N.Ferrand", "phone": "+33 6 12 34 56 78",
        "phone_verified": false, "locale": "fr-FR", "given_name": "Nadia", "family_name": "Ferrand", "middle_name": null, "birthdate": "1987-02-28",
        "created_at": "2019-04-01T08:30:00Z", "password_hash": foreign()[2]})]);
    let csv = format!(
        "\u{feff}id;email;email_verified;login;phone;locale;given_name;family_name;birthdate;created_at;password_hash\r\n{id};Nadia@Morvan.test;TRUE;N.Ferrand;\
         \"+33 6 12 34 56 78\";fr;Nadia;Ferrand;1987-02-28;1554107400;{}\r\n",
        foreign()[2]
    );
    for (text, format, line) in [(json, Format::Ndjson, 1), (csv, Format::Csv, 2)] {
        let house = House::opens().await;
        let (said, totals) = listens(&house, &By::local(), (&text, format), ONCE, usize::MAX).await;
        assert_eq!(told(&said), [(line, Outcome::Created, String::new())], "{said:?}");
        assert_eq!(totals, Some(Totals { created: 1, ..Totals::default() }));
        let account = shown(&house, "nadia@morvan.test").await;
        let expected = json!({"id": id, "email": "Nadia@Morvan.test", "email_verified": true, "login": "n.ferrand", "phone": "+33612345678",
            "phone_verified": false, "locale": "fr", "created_at": 1_554_107_400, "state": "active", "roles": []});
        for (member, value) in expected.as_object().unwrap() {
            assert_eq!(&account[member], value, "{member}");
        }
        assert_eq!((&account["profile"]["given_name"], &account["profile"]["birthdate"]), (&json!("Nadia"), &json!("1987-02-28")));
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_by_line_and_column_and_the_others_come_in() {
    let house = House::opens().await;
    let hash = |hash: &str| json!({"email": "a@morvan.test", "password_hash": hash});
    let with = |member: &str, value: Value| json!({"email": "a@morvan.test", member: value});
    let wrong = [
        (json!({"email": "nadia"}), "email"),
        (json!({"given_name": "Nadia"}), "email"),
        (json!({"login": "nadia ferrand"}), "login"),
        (with("id", json!("42")), "id"),
        (with("id", json!("00000000-0000-0000-0000-000000000000")), "id"),
        (with("phone", json!("0612345678")), "phone"),
        (with("phone_verified", json!(true)), "phone_verified"),
        (with("email_verified", json!("yes")), "email_verified"),
        (with("locale", json!("tlh")), "locale"),
        (with("given_name", json!("Na\u{202e}dia")), "given_name"),
        (with("birthdate", json!("28/02/1987")), "birthdate"),
        (with("created_at", json!("yesterday")), "created_at"),
        (with("created_at", json!("2999-01-01T00:00:00Z")), "created_at"),
        (with("roles", json!("operator")), "roles"),
        (with("password", json!("en clair")), "password"),
        (hash("5f4dcc3b5aa765d61d8327deb882cf99"), "password_hash"),
        (hash("$2b$10$tooshort"), "password_hash"),
        (hash(&format!("$argon2id$v=19$m=4194304,t=1,p=1${SALT}${}", "A".repeat(43))), "password_hash"),
        (hash(&format!("$pbkdf2-sha256$i=2147483648${SALT}${}", "A".repeat(43))), "password_hash"),
        (hash(&format!("$2b$31${}", "a".repeat(53))), "password_hash"),
        (hash(&format!("$scrypt$ln=30,r=8,p=1${SALT}${}", "A".repeat(43))), "password_hash"),
    ];
    let mut text = lines(&wrong.iter().map(|(account, _)| account.clone()).collect::<Vec<_>>());
    text.push_str("{\"email\": \n[]\n\n{\"email\": \"nadia@morvan.test\"}\n");
    let (said, totals) = brings(&house, &text, ONCE).await;
    for ((account, column), line) in wrong.iter().zip(&said) {
        assert_eq!((line.outcome, line.columns.join(" ").as_str()), (Outcome::Refused, *column), "{account}: {line:?}");
        assert!(line.why.is_some());
    }
    let numbers: Vec<u64> = said.iter().map(|line| line.line).collect();
    assert_eq!(numbers, (1..=23).chain([25]).collect::<Vec<_>>());
    assert_eq!(totals, Totals { created: 1, refused: 23, ..Totals::default() });
    assert_eq!(people(&house).await, 2);
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_done_and_writes_nothing() {
    let house = House::opens().await;
    let text = lines(&[
        json!({"email": "nadia@morvan.test", "given_name": "Nadia"}),
        json!({"email": "NADIA@morvan.test", "given_name": "Nadia"}),
        json!({"email": "nadia@morvan.test", "given_name": "Nadège"}),
        json!({"email": "camille@courriel.test", "given_name": "Camilla"}),
        json!({"email": "camille"}),
    ]);
    let before = house.tools.reads().audit_of(house.tenant, Paging::first(100)).await.unwrap().len();
    let (tried, totals) = brings(&house, &text, DRY).await;
    assert_eq!(totals, Totals { dry_run: true, created: 1, unchanged: 1, conflicts: 2, refused: 1, ..Totals::default() });
    assert_eq!(people(&house).await, 1);
    assert_eq!(house.tools.reads().audit_of(house.tenant, Paging::first(100)).await.unwrap().len(), before);
    let (done, _) = brings(&house, &text, ONCE).await;
    assert_eq!(told(&tried), told(&done), "a dry run told the truth");
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_whatever_became_of_the_passwords_meanwhile() {
    let house = House::opens().await;
    let text = crowd(250);
    assert_eq!(brings(&house, &text, ONCE).await.1.created, 250);
    let new = NewPassword { password: Secret::from("une autre phrase, plus longue"), must_change: false };
    accounts::set_password(&house.tools, &By::local(), ("aubepine", "n7@morvan.test"), new).await.unwrap();
    let own = kept_hash(&house, "n7@morvan.test").await;
    for asked in [ONCE, OVER, DRY] {
        let (said, totals) = brings(&house, &text, asked).await;
        assert_eq!((totals.unchanged, said.len()), (250, 250));
        assert!(said.iter().all(|line| line.id.is_some()));
    }
    assert_eq!(kept_hash(&house, "n7@morvan.test").await, own, "what a person chose since stays");
    assert_eq!(people(&house).await, 251);
}

#[tokio::test]
async fn what_says_something_else_is_left_alone_unless_it_is_to_be_changed() {
    let house = House::opens().await;
    let text = lines(&[
        json!({"email": "nadia@morvan.test", "login": "nadia", "phone": "+33612345678"}),
        json!({"email": "nadia@morvan.test", "login": "n.ferrand", "given_name": "Nadia", "password_hash": foreign()[0]}),
        json!({"email": "autre@morvan.test", "phone": "+33612345678"}),
        json!({"id": "5f0c2a3e-8f5e-4d0e-9a57-3d8e6c1f0a11", "email": "camille@courriel.test"}),
        json!({"id": house.camille.id.to_string(), "email": "nadia@morvan.test"}),
    ]);
    let conflicts = [
        (2, Outcome::Conflict, "login given_name password_hash".to_owned()),
        (3, Outcome::Conflict, "phone".to_owned()),
        (4, Outcome::Conflict, "id".to_owned()),
        (5, Outcome::Conflict, "email".to_owned()),
    ];
    let (said, _) = brings(&house, &text, ONCE).await;
    assert_eq!(said[0].outcome, Outcome::Created);
    assert_eq!(told(&said)[1..], conflicts);
    assert_eq!(shown(&house, "nadia").await["login"], "nadia");
    assert_eq!(kept_hash(&house, "nadia").await, None);
    let (said, _) = brings(&house, &text, OVER).await;
    // The first line says less than the account by then, and another login name; then the second one again.
    assert_eq!(told(&said)[1], (2, Outcome::Updated, "login given_name password_hash".to_owned()));
    assert_eq!(told(&said)[2..], conflicts[1..]);
    assert_eq!(shown(&house, "n.ferrand").await["profile"]["given_name"], "Nadia");
    assert_eq!(kept_hash(&house, "n.ferrand").await.as_ref(), Some(&foreign()[0]));
}

#[tokio::test]
async fn a_line_may_change_what_one_before_it_made() {
    let house = House::opens().await;
    let text = lines(&[json!({"email": "nadia@morvan.test"}), json!({"email": "nadia@morvan.test", "given_name": "Nadia"})]);
    let (said, _) = brings(&house, &text, OVER).await;
    assert_eq!(told(&said), [(1, Outcome::Created, String::new()), (2, Outcome::Updated, "given_name".to_owned())]);
    assert_eq!(shown(&house, "nadia@morvan.test").await["rev"], 2);
}

#[tokio::test]
async fn an_account_with_a_role_is_out_of_reach_of_who_may_not_give_roles() {
    let house = House::opens().await;
    brings(&house, &lines(&[json!({"email": "nadia@morvan.test", "login": "nadia"})]), ONCE).await;
    let roles: RolesWritten = serde_json::from_value(json!({"roles": ["global_administrator"]})).unwrap();
    accounts::set_roles(&house.tools, &By::local(), ("aubepine", "nadia"), None, roles.roles).await.unwrap();
    let caller = Caller::Client { tenant: house.tenant, of_system: false, scopes: "account.write".parse().unwrap() };
    let by = By::client(caller, &ClientId::from("robot"));
    let text = lines(&[json!({"login": "nadia", "email": "moi@ailleurs.test", "password_hash": foreign()[0]})]);
    let (said, _) = listens(&house, &by, (&text, Format::Ndjson), OVER, usize::MAX).await;
    assert_eq!(said[0].outcome, Outcome::Refused);
    assert_eq!((shown(&house, "nadia").await["email"].clone(), kept_hash(&house, "nadia").await), (json!("nadia@morvan.test"), None));
}

#[tokio::test]
async fn an_import_that_was_broken_off_is_sent_again_and_ends_as_if_it_had_not_been() {
    let house = House::opens().await;
    let text = crowd(450);
    let (said, totals) = listens(&house, &By::local(), (&text, Format::Ndjson), ONCE, 1).await;
    assert_eq!((said.len(), totals), (100, None));
    let there = people(&house).await - 1;
    assert!((100..450).contains(&there), "{there}");
    let (_, totals) = brings(&house, &text, ONCE).await;
    let there = u64::try_from(there).unwrap();
    assert_eq!((totals.unchanged, totals.created), (there, 450 - there));
    for number in 0..450 {
        assert!(kept_hash(&house, &format!("n{number}@morvan.test")).await.is_some(), "no half account: {number}");
    }
}

#[tokio::test]
async fn two_at_once_make_every_account_once() {
    let house = House::opens().await;
    let text = crowd(300);
    let (one, other) = tokio::join!(brings(&house, &text, ONCE), brings(&house, &text, ONCE));
    assert_eq!((one.1.created + other.1.created, one.1.unchanged + other.1.unchanged), (300, 300));
    assert_eq!(people(&house).await, 301);
}

#[tokio::test]
async fn every_new_account_is_in_the_audit_trail_and_no_hash_is() {
    let house = House::opens().await;
    brings(&house, &crowd(120), ONCE).await;
    let events = house.tools.reads().audit_of(house.tenant, Paging::first(500)).await.unwrap();
    let events: Vec<AuditEvent> = events.iter().map(|record| serde_json::from_str(&record.event).unwrap()).collect();
    let made: Vec<&AuditEvent> = events.iter().filter(|event| event.event.as_str() == "account.created").collect();
    assert_eq!(made.len(), 120);
    assert!(made.iter().all(|event| event.method.as_deref() == Some("import") && event.reason.as_deref() == Some("with a password hash")));
    assert!(!format!("{events:?}").contains("$argon2"));
}

#[actix_web::test]
async fn whoever_was_brought_in_signs_in_with_the_old_password_and_it_is_hashed_anew() {
    let house = House::opens().await;
    house.registers(|client| client.consent = ConsentMode::Ask).await;
    for (number, hash) in foreign().into_iter().enumerate() {
        let email = format!("p{number}@morvan.test");
        assert_eq!(brings(&house, &lines(&[json!({"email": email, "password_hash": hash})]), ONCE).await.1.created, 1, "{hash}");
        let mut person = Walker::new(&house);
        person.opens(&authorize(&[])).await;
        assert_eq!(person.signs_in(&email, "une phrase trop longue").await.errors(), ["E-BADCRED"], "{hash}");
        assert_eq!(kept_hash(&house, &email).await.as_ref(), Some(&hash), "a wrong password changes nothing");
        assert_eq!(person.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-APP-CONSENT", "{hash}");
        let anew = kept_hash(&house, &email).await.unwrap();
        assert!(anew.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{anew}");
        let mut again = Walker::new(&house);
        again.opens(&authorize(&[])).await;
        assert_eq!(again.signs_in(&email, PASSWORD).await.screen(), "S-APP-CONSENT", "{hash}");
        assert_eq!(kept_hash(&house, &email).await, Some(anew), "a hash of ours stays");
    }
}

#[actix_web::test]
async fn a_hash_of_hostile_costs_is_nobodys_even_if_it_got_into_the_store() {
    let house = House::opens().await;
    house.registers(|client| client.consent = ConsentMode::Ask).await;
    let phc = format!("$argon2id$v=19$m=4194304,t=4000000000,p=1${SALT}${}", "A".repeat(43));
    let kind = CredentialKind::Password { phc, must_change: false };
    house.keeps(&Credential { subject: house.camille, id: Credential::PASSWORD.to_owned(), kind, created_at: house.tools.now() }).await;
    let mut camille = Walker::new(&house);
    camille.opens(&authorize(&[])).await;
    assert_eq!(camille.signs_in("camille@courriel.test", PASSWORD).await.errors(), ["E-BADCRED"]);
}

#[tokio::test]
async fn a_file_comes_in_over_the_api_and_its_report_ends_with_the_totals() {
    let served = Served::start(&[]);
    let path = "/tenants/default/accounts/import";
    let sends = |path: &str, media: &str, body: String| served.api(Method::POST, path).header("content-type", media).body(body);
    let reply = sends(path, NDJSON, crowd(250)).send().await.unwrap();
    assert_eq!((reply.status(), &reply.headers()["content-type"]), (StatusCode::OK, &NDJSON.parse().unwrap()));
    let text = reply.text().await.unwrap();
    let report: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(report.len(), 251);
    assert_eq!((&report[249]["line"], &report[249]["outcome"]), (&json!(250), &json!("created")));
    assert_eq!(report[250]["totals"]["created"], 250);
    assert_eq!(refused(sends(path, "application/json", String::new())).await, of(400, "malformed", ""));
    assert_eq!(refused(sends(path, "text/csv", "email,mail\n".to_owned())).await, of(400, "malformed", ""));
    assert_eq!(refused(sends(path, NDJSON, "x".repeat(Import::BYTES + 1))).await, of(400, "malformed", ""));
    assert_eq!(refused(sends(&format!("{path}?dry=true"), NDJSON, String::new())).await, of(400, "malformed", ""));
    assert_eq!(refused(sends("/tenants/nothing/accounts/import", NDJSON, crowd(1))).await, of(404, "not-found", ""));
    let stranger = crate::boot::served::http().post(format!("{}/api/v1{path}", served.url)).header("content-type", NDJSON).body(crowd(1));
    assert_eq!(refused(stranger).await.0, 401);
}

#[tokio::test]
async fn what_a_report_said_was_made_is_there_after_a_kill_and_the_same_file_brings_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let path = "/tenants/default/accounts/import";
    let sends = |served: &Served| served.api(Method::POST, path).header("content-type", NDJSON).body(crowd(3000));
    let served = Served::start_in(folder.path(), &[]);
    let mut reply = sends(&served).send().await.unwrap();
    let heard = reply.chunk().await.unwrap().unwrap();
    served.signal("KILL");
    served.ended();
    // A line may have been cut.
    let heard = String::from_utf8(heard.to_vec()).unwrap();
    let acknowledged = heard.lines().filter(|line| line.ends_with('}') && line.contains("\"created\"")).count() as u64;
    assert!(acknowledged > 0, "{heard}");
    let served = Served::start_in(folder.path(), &[]);
    let text = sends(&served).send().await.unwrap().text().await.unwrap();
    let totals: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let (made, there) = (totals["totals"]["created"].as_u64().unwrap(), totals["totals"]["unchanged"].as_u64().unwrap());
    assert!(there >= acknowledged, "{there} of {acknowledged} acknowledged");
    assert_eq!(made + there, 3000, "{totals}");
}

#[test]
fn the_command_line_sends_a_file_in_parts_and_says_what_was_not_taken() {
    let served = Served::start(&[]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    let hash = foreign().swap_remove(3);
    let cells = (0..2500).flat_map(|number| [format!("n{number}@morvan.test,\"Nadia, Inès\","), hash.clone(), "\n".to_owned()]);
    let text: String = std::iter::once("email,given_name,password_hash\n".to_owned()).chain(cells).chain(["nobody,Nadia,\n".to_owned()]).collect();
    std::fs::write(&file, text).unwrap();
    let runs = |more: &[&str]| {
        let done = served.cli(&[&["account", "import", file.to_str().unwrap(), "--tenant", "default"], more].concat());
        (done.status.code(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (code, said, _) = runs(&["--dry-run"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("line 2502: refused: email: is not one complete mail address\nNothing was written. Would be created: 2500,"), "{said}");
    let (code, said, wrong) = runs(&["--json"]);
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &said["created"], &said["refused"], &said["lines"][0]["line"]), (Some(1), &json!(2500), &json!(1), &json!(2502)));
    assert_eq!(wrong.lines().last(), Some("parvis: 1 of 2501 lines were not taken"));
    let (_, said, _) = runs(&[]);
    assert!(said.contains("created: 0, unchanged: 2500,"), "{said}");
    assert_eq!(served.cli_json(&["audit", "verify"])["broken"], json!([]));
}

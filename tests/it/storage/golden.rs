//! Bodies as the first format wrote them, one for each kind of record: they load, under the same key, and lose nothing when they are written again.
//!
//! A field that is added gets a default and these stay as they are. To change what a field means is to make a new format.

use std::path::Path;

use parvis::model::{
    Account, Api, AppReport, Attempts, AuditRecord, AuthorizationCode, Client, CodeLink, Consent, Credential, Device, Endpoint, Grant, Journey, Membership,
    Message, OpaqueAccessToken, OrganisationConsent, Record, RevokedToken, Session, SetupLink, SigningKey, Table, Tenant, TermsAcceptance, TermsDocument,
    TermsRelease, TermsText, UndoLink, UsedAssertion,
};
use serde_json::Value;

const TENANT: &str = "0191c000-0000-7000-8000-000000000001";
const ACCOUNT: &str = "0191c000-0000-7000-8000-00000000000a";
const CLIENT: &str = "0191c000-0000-7000-8000-00000000c11e";
const GRANT: &str = "0191c000-0000-7000-8000-0000000000f1";
const DIGEST: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE";

/// What an old body says, the new one says, too.
fn says_all(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => old.iter().all(|(name, value)| new.get(name).map_or(value.is_null(), |new| says_all(value, new))),
        (Value::Array(old), Value::Array(new)) => old.len() == new.len() && old.iter().zip(new).all(|(old, new)| says_all(old, new)),
        _ => old == new,
    }
}

fn loads<T: Record>(name: &str, key: &[&str]) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/storage/fixtures").join(name).with_extension("json");
    let text = std::fs::read_to_string(path).unwrap();
    let record: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name} does not load any more: {error}"));
    assert_eq!(record.key().as_str(), key.join("\0"), "{name} has another key");
    let (old, new) = (serde_json::from_str::<Value>(&text).unwrap(), serde_json::to_value(&record).unwrap());
    assert!(says_all(&old, &new), "{name} has lost something:\n{old:#}\n{new:#}");
    T::TABLE
}

#[test]
fn every_kind_of_record_that_was_ever_written_still_loads() {
    let loaded = [
        loads::<Tenant>("tenant", &[TENANT]),
        loads::<Account>("account", &[TENANT, ACCOUNT]),
        loads::<Membership>("membership", &[TENANT, TENANT, ACCOUNT]),
        loads::<Credential>("credential", &[TENANT, ACCOUNT, "password"]),
        loads::<Client>("client", &[TENANT, CLIENT]),
        loads::<Api>("api", &[TENANT, "https://files.maple.example"]),
        loads::<Session>("session", &[DIGEST]),
        loads::<Device>("device", &["browser-1"]),
        loads::<Journey>("journey", &["journey-1"]),
        loads::<AuthorizationCode>("authorization_code", &[DIGEST]),
        loads::<Grant>("grant", &[GRANT]),
        loads::<OpaqueAccessToken>("opaque_access_token", &[DIGEST]),
        loads::<RevokedToken>("revoked_token", &[&format!("{TENANT}:tenant"), "token-1"]),
        loads::<Consent>("consent", &[TENANT, TENANT, ACCOUNT, CLIENT]),
        loads::<OrganisationConsent>("organisation_consent", &[TENANT, TENANT, ACCOUNT]),
        loads::<TermsDocument>("terms_document", &[TENANT, "cgu"]),
        loads::<TermsRelease>("terms_release", &[TENANT, "cgu", "000001"]),
        loads::<TermsText>("terms_text", &[TENANT, "h", "0000"]),
        loads::<TermsAcceptance>("terms_acceptance", &[TENANT, TENANT, ACCOUNT, "cgu", "000001", "000000001000"]),
        loads::<SigningKey>("signing_key", &[&format!("{TENANT}:root"), "key-1"]),
        loads::<Attempts>("attempts", &[DIGEST]),
        loads::<Message>("message", &["message-1"]),
        loads::<Message>("message_mail", &["message-2"]),
        loads::<Message>("message_webhook", &["hook_00000003e801_random"]),
        loads::<Endpoint>("endpoint", &[TENANT, "endpoint-1"]),
        loads::<UsedAssertion>("used_assertion", &[TENANT, CLIENT, "assertion-1"]),
        loads::<AppReport>("app_report", &["R-1"]),
        loads::<SetupLink>("setup_link", &["setup"]),
        loads::<CodeLink>("code_link", &[DIGEST]),
        loads::<UndoLink>("undo_link", &[DIGEST]),
        loads::<AuditRecord>("audit", &["03", "00000000000000000001"]),
    ];
    for table in Table::ALL {
        assert!(loaded.contains(table), "{table:?} has no body here");
    }
}

//! The API describes itself.

use std::collections::{BTreeMap, BTreeSet};

use parvis::web::api::{MOUNT, Method, OPERATIONS, document};
use serde_json::Value;

/// Every `$ref` in a document.
fn references(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            into.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| references(value, into));
        }
        Value::Array(parts) => parts.iter().for_each(|value| references(value, into)),
        _ => {}
    }
}

#[test]
fn every_operation_is_described_and_nothing_else() {
    let described = serde_json::to_value(document()).unwrap();
    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for operation in OPERATIONS {
        expected.entry(format!("{MOUNT}{}", operation.path)).or_default().insert(format!("{:?}", operation.method).to_lowercase());
    }
    let found = described["paths"].as_object().unwrap();
    let found: BTreeMap<String, BTreeSet<String>> = found
        .iter()
        .map(|(path, item)| {
            (
                path.clone(),
                item.as_object().unwrap().keys().filter(|name| ["get", "post", "put", "patch", "delete"].contains(&name.as_str())).cloned().collect(),
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_description_is_valid_openapi() {
    let described = serde_json::to_value(document()).unwrap();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut used = BTreeSet::new();
    references(&described, &mut used);
    for reference in used {
        assert!(described.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
    let mut ids = BTreeSet::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        let named: BTreeSet<&str> = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let declared: BTreeSet<&str> = parameters.iter().filter(|one| one["in"] == "path").map(|one| one["name"].as_str().unwrap()).collect();
            assert_eq!(declared, named, "{method} {path}");
            assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{method} {path}: its name is used twice");
            assert!(operation["responses"].as_object().unwrap().contains_key("default"), "{method} {path}");
        }
    }
}

#[test]
fn only_reading_is_safe() {
    for operation in OPERATIONS.iter().filter(|operation| operation.method == Method::Get) {
        assert!(operation.right.is_none_or(|right| right.scope().split_once('.').is_some_and(|(_, verb)| verb == "read")), "{}", operation.path);
    }
}

//! Claims about a person. [OpenID Connect Core §5]

use serde_json::{Map, Value, json};

use crate::{
    model::{Account, ClaimRequest, ClaimsRequest, PostalAddress},
    values::Scopes,
};

/// The standard claims that we know, each with the scope that covers it. [OpenID Connect Core §5.1, §5.4]
pub const STANDARD: [(&str, &str); 19] = [
    ("name", "profile"),
    ("given_name", "profile"),
    ("family_name", "profile"),
    ("middle_name", "profile"),
    ("nickname", "profile"),
    ("preferred_username", "profile"),
    ("profile", "profile"),
    ("picture", "profile"),
    ("website", "profile"),
    ("gender", "profile"),
    ("birthdate", "profile"),
    ("zoneinfo", "profile"),
    ("locale", "profile"),
    ("updated_at", "profile"),
    ("email", "email"),
    ("email_verified", "email"),
    ("address", "address"),
    ("phone_number", "phone"),
    ("phone_number_verified", "phone"),
];

/// The scope that covers a claim; `None` for a claim that is not about the person's profile.
#[must_use]
pub fn scope_of(claim: &str) -> Option<&'static str> {
    STANDARD.iter().find(|(name, _)| *name == claim).map(|(_, scope)| *scope)
}

/// One claim, typed as the specification says; `None` when nothing is known, because a claim is never sent empty. [OpenID Connect Core §5.3.2]
#[must_use]
pub fn claim(account: &Account, name: &str) -> Option<Value> {
    let profile = &account.profile;
    let text = |value: &Option<String>| value.as_deref().filter(|text| !text.is_empty()).map(Value::from);
    match name {
        "name" => Some(account.display_name()).filter(|name| !name.is_empty()).map(Value::from),
        "given_name" => text(&profile.given_name),
        "family_name" => text(&profile.family_name),
        "middle_name" => text(&profile.middle_name),
        "nickname" => text(&profile.nickname),
        "preferred_username" => Some(account.identifier()).filter(|name| !name.is_empty()).map(Value::from),
        "profile" => text(&profile.profile),
        "picture" => text(&profile.picture),
        "website" => text(&profile.website),
        "gender" => text(&profile.gender),
        "birthdate" => text(&profile.birthdate),
        "zoneinfo" => text(&profile.zoneinfo),
        "locale" => account.locale.map(|locale| Value::from(locale.tag())),
        "updated_at" => Some(Value::from(account.updated_at.0)),
        "email" => account.primary_email().map(|email| Value::from(email.address.spelt())),
        "email_verified" => account.primary_email().map(|email| Value::from(email.verified_at.is_some())),
        "address" => account.address.as_ref().and_then(address),
        "phone_number" => account.phones.first().map(|phone| Value::from(phone.number.as_str())),
        "phone_number_verified" => account.phones.first().map(|phone| Value::from(phone.verified_at.is_some())),
        _ => None,
    }
}

fn address(address: &PostalAddress) -> Option<Value> {
    let lines = [
        address.street_address.clone(),
        address.postal_code.iter().chain(&address.locality).cloned().reduce(|code, city| format!("{code} {city}")),
        address.region.clone(),
        address.country.clone(),
    ];
    let formatted = lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if formatted.is_empty() {
        return None;
    }
    let parts = [
        ("street_address", &address.street_address),
        ("locality", &address.locality),
        ("region", &address.region),
        ("postal_code", &address.postal_code),
        ("country", &address.country),
    ];
    let mut members = Map::from_iter([("formatted".to_owned(), json!(formatted))]);
    members.extend(parts.into_iter().filter_map(|(name, part)| part.as_ref().filter(|part| !part.is_empty()).map(|part| (name.to_owned(), json!(part)))));
    Some(Value::Object(members))
}

/// The claims that a scope stands for.
pub fn add_scoped(claims: &mut Map<String, Value>, account: &Account, scopes: &Scopes) {
    for (name, scope) in STANDARD {
        if scopes.has(scope)
            && let Some(value) = claim(account, name)
        {
            claims.insert(name.to_owned(), value);
        }
    }
}

/// The claims asked for one by one. A client gets none this way that it may not ask for by scope, and one that must have a value it has not stays away.
pub fn add_asked<'a>(claims: &mut Map<String, Value>, account: &Account, allowed: &Scopes, asked: impl IntoIterator<Item = (&'a String, &'a ClaimRequest)>) {
    for (name, request) in asked {
        if !claims.contains_key(name)
            && scope_of(name).is_some_and(|scope| allowed.has(scope))
            && let Some(value) = claim(account, name)
            && request.value.as_ref().is_none_or(|wanted| *wanted == value)
            && request.values.as_ref().is_none_or(|wanted| wanted.contains(&value))
        {
            claims.insert(name.clone(), value);
        }
    }
}

/// The answer of the userinfo endpoint: `sub`, what the granted scopes stand for, and what was asked for by name. `allowed` is what the client may ask for at all.
#[must_use]
pub fn claims(account: &Account, granted: &Scopes, allowed: &Scopes, asked: &ClaimsRequest) -> Map<String, Value> {
    let mut claims = Map::from_iter([("sub".to_owned(), json!(account.id.to_string()))]);
    add_scoped(&mut claims, account, granted);
    add_asked(&mut claims, account, allowed, &asked.userinfo);
    claims
}

//! Every page and every mail, with names that somebody chose to do harm.

use minijinja::value::{Serde, Value as Given};
use parvis::{
    model::{Localised, MailContent, MailName, Tenant},
    pages::{Content, MailPage, Pages, mail_sample, mail_sample_tenant},
    values::{Locale, Timestamp},
};
use serde_json::Value;

use super::frames::{everything, frame};

const EVIL: &str = "<script>alert(1)</script>\" onload=\"alert(2)\" x='\u{202e}\u{2066}\r\nBcc: eve@courriel.test";

/// Appends it to whatever somebody may have written. What chooses among our own words (`signed_in`, `E-REQ`) is nobody's to write.
fn poisoned(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let is_ours = text.starts_with("E-") || text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'_' | b'-'));
            Value::String(if is_ours { text } else { format!("{text}{EVIL}") })
        }
        Value::Array(all) => all.into_iter().map(poisoned).collect(),
        Value::Object(all) => all.into_iter().map(|(name, value)| (name, poisoned(value))).collect(),
        other => other,
    }
}

fn check(html: &str, name: &str) {
    for harm in ["<script>alert", "\" onload=\"", "x='", "\u{202e}", "\u{2066}"] {
        assert!(!html.contains(harm), "{name}: {harm:?}");
    }
}

#[test]
fn no_name_on_any_page_can_bring_markup_leave_its_attribute_or_turn_the_direction_of_the_text() {
    let pages = Pages::new().unwrap();
    let mut poisonous = 0;
    for page in everything() {
        let before = serde_json::to_value(&page.content.value).unwrap();
        let value = Given::from(Serde(poisoned(before)));
        let html = pages.render_content(&Content { template: page.content.template, value }, &frame(page.locale, page.screen));
        let html = html.unwrap_or_else(|fault| panic!("{}: {fault:?}", page.name));
        check(&html, &page.name);
        poisonous += usize::from(html.contains("&lt;script&gt;alert(1)"));
    }
    assert!(poisonous > 100, "only {poisonous} pages show a name");
}

#[test]
fn no_organisation_or_application_can_do_so_from_the_frame() {
    let pages = Pages::new().unwrap();
    for page in everything() {
        let mut frame = frame(page.locale, page.screen);
        frame.tenant.name.push_str(EVIL);
        frame.tenant.initials.push_str(EVIL);
        frame.tenant.badge = Some(EVIL.to_owned());
        frame.support.mail = Some(EVIL.to_owned());
        frame.support.phone = Some(EVIL.to_owned());
        if let Some(app) = &mut frame.app {
            app.name.push_str(EVIL);
        }
        check(&pages.render_content(&page.content, &frame).unwrap(), &page.name);
    }
}

#[test]
fn no_name_in_any_mail_can_bring_markup_or_a_header() {
    let pages = Pages::new().unwrap();
    let names = Localised::same(&format!("Cabinet Aubépine{EVIL}"));
    let tenant = Tenant { names, ..mail_sample_tenant() };
    for &name in MailName::ALL {
        for &locale in Locale::ALL {
            let sample = mail_sample(name);
            let content: MailContent = serde_json::from_value(poisoned_mail(&sample.content)).unwrap_or_else(|error| panic!("{}: {error}", name.id()));
            let mail = MailPage { content: &content, code: sample.code, link: sample.link, until: Timestamp(1_767_604_500), tenant: &tenant, locale };
            let mail = pages.mail(&mail).unwrap_or_else(|fault| panic!("{}: {fault:?}", name.id()));
            check(&mail.html, name.id());
            for line in [&mail.subject, &mail.sender] {
                assert!(!line.contains(['\r', '\n', '\u{202e}', '\u{2066}']), "{}: {line:?}", name.id());
            }
            assert!(mail.text.lines().all(|line| !line.starts_with("Bcc")), "{}: {}", name.id(), mail.text);
        }
    }
}

/// A mail's own name stays, and so do addresses, which are of the house's making.
fn poisoned_mail(content: &MailContent) -> Value {
    let before = serde_json::to_value(content).unwrap();
    let mut after = poisoned(before.clone());
    for (field, value) in before.as_object().unwrap() {
        if field == "name" || value.as_str().is_some_and(|text| text.starts_with("https://id.aubepine.test/")) {
            after[field] = value.clone();
        }
    }
    after
}

//! Every sentence exists in every language, is used, and gets what it wants.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use parvis::{
    pages::{Complaint, Form, Pages, Setup, Words},
    values::Locale,
};

use super::frames::frame;

fn templates() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))
}

fn files_below(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, into);
        } else {
            into.push(path.strip_prefix(templates()).unwrap().to_str().unwrap().to_owned());
        }
    }
}

/// Every page template, by its path under `templates/`.
pub(super) fn template_files() -> Vec<String> {
    let mut files = Vec::new();
    files_below(templates(), &mut files);
    files.retain(|path| Path::new(path).extension().is_some_and(|kind| kind == "html"));
    files
}

fn wants(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    Words::of(locale).unwrap().ids().map(|(id, wants)| (id.to_owned(), wants.clone())).collect()
}

#[test]
fn every_language_says_the_same_sentences_with_the_same_arguments() {
    assert_eq!(wants(Locale::Fr), wants(Locale::En));
}

#[test]
fn every_complaint_is_said_in_every_language_with_no_argument_missing_or_unused() {
    let pages = Pages::new().unwrap();
    for &locale in Locale::ALL {
        for complaint in Complaint::samples() {
            let id = complaint.id();
            let page = Setup { form: Form::default().complaining(complaint, None), min_password: 12 };
            let html = pages.render(&page, &frame(locale, "S-SETUP")).unwrap_or_else(|fault| panic!("{id} in {locale:?}: {fault:?}"));
            assert!(html.contains(&format!("data-error=\"{id}\"")), "{id}");
        }
    }
}

#[test]
fn every_complaint_has_a_sample() {
    let said: BTreeSet<String> = Complaint::samples().iter().map(|complaint| complaint.id().to_ascii_lowercase()).collect();
    let written: BTreeSet<String> = wants(Locale::En).into_keys().filter(|id| id.starts_with("e-") && !id.contains('.')).collect();
    assert_eq!(said, written);
}

#[test]
fn every_sentence_is_used() {
    let pages: String = template_files().iter().map(|path| fs::read_to_string(templates().join(path)).unwrap()).collect();
    // Chosen by what a page is about, or said by the house itself.
    let chosen = [
        "country-",
        "s-signup-profile-marketing",
        "e-",
        "label-",
        "scope-",
        "wait-",
        "month-",
        "date",
        "s-picker-signed-",
        "s-picker-archived",
        "s-app-report-",
        "mail-",
        "role-",
        "s-ad-invite-done-",
        "s-ad-tou-done-",
        "s-ad-invites-state-",
        "event-",
    ];
    let unused: Vec<String> =
        wants(Locale::En).into_keys().filter(|id| !chosen.iter().any(|start| id.starts_with(start)) && !pages.contains(&format!("'{id}'"))).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_scope_of_openid_connect_has_a_title_and_a_text() {
    let wants = wants(Locale::Fr);
    for scope in ["openid", "profile", "email", "address", "phone", "offline_access"] {
        assert!(wants.contains_key(&format!("scope-{scope}-title")) && wants.contains_key(&format!("scope-{scope}-text")), "{scope}");
    }
}

#[test]
fn french_is_set_by_its_own_rules() {
    let mut files = Vec::new();
    files_below(&templates().join("words/fr"), &mut files);
    for path in files {
        for (number, line) in fs::read_to_string(templates().join(&path)).unwrap().lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let said = line.split_once(" = ").map_or(line, |(_, said)| said);
            for wrong in [" ?", " !", " ;", " :", "« ", " »", "'", "\u{a0}?", "\u{a0};", "..."] {
                assert!(!said.contains(wrong), "{path}:{}: {wrong:?} in {line:?}", number + 1);
            }
        }
    }
}

/// Words that no French sentence has.
const ENGLISH: &[&str] = &[
    "the", "and", "you", "your", "yours", "this", "that", "these", "with", "from", "password", "account", "please", "click", "has", "have", "been", "will",
    "not", "for", "who", "what", "when", "their", "they", "into", "been", "was", "sign", "signed", "address", "choose", "enter", "again", "new", "by", "of",
];

#[test]
fn m_136_both_catalogues_are_complete_and_no_french_sentence_is_english() {
    assert_eq!(wants(Locale::Fr).keys().collect::<Vec<_>>(), wants(Locale::En).keys().collect::<Vec<_>>());
    for &locale in Locale::ALL {
        let mut files = Vec::new();
        files_below(&templates().join("words").join(locale.tag()), &mut files);
        for path in files {
            let text = fs::read_to_string(templates().join(&path)).unwrap();
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                let at = format!("{path}:{}: {line:?}", number + 1);
                let said = line.split_once(" =").filter(|(id, _)| !id.trim_start().contains(' ')).map_or(line, |(_, said)| said);
                assert!(!said.trim().is_empty() || line.is_empty(), "{at} says nothing");
                if locale == Locale::Fr {
                    // What stands in braces and brackets is for the program.
                    let spoken: String = said
                        .split(['{', '['])
                        .enumerate()
                        .map(|(i, part)| if i == 0 { part } else { part.split_once(['}', ']']).map_or("", |(_, rest)| rest) })
                        .collect();
                    let words = spoken.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
                    assert!(words.clone().all(|word| !ENGLISH.contains(&word.as_str())), "{at}");
                }
            }
        }
    }
}

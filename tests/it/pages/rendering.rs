//! Every sample renders, in every language, into a page that keeps the rules of the frame.

use std::collections::BTreeSet;

use super::frames::{Rendered, everything};

fn all() -> Vec<(Rendered, String)> {
    everything()
        .into_iter()
        .map(|page| {
            let html = page.html.clone().unwrap_or_else(|error| panic!("{} in {:?}: {error}", page.name, page.locale));
            (page, html)
        })
        .collect()
}

#[test]
fn every_template_of_a_page_is_claimed_by_one_and_renders() {
    let claimed: BTreeSet<String> = all().iter().map(|(page, _)| page.template.to_owned()).collect();
    // A person's own record is a file, written by the tests of exports. The letter is no page: `mail/letters.rs` writes every mail on it.
    let shared = [
        "account/portal.html",
        "admin/admin.html",
        "admin/parts.html",
        "layout.html",
        "parts.html",
        "mail/letter.html",
        "agreements.html",
        "export/account.html",
    ];
    let shared = shared.map(ToOwned::to_owned);
    let present: BTreeSet<String> = super::words::template_files().into_iter().filter(|path| !shared.contains(path)).collect();
    assert_eq!(claimed, present);
}

#[test]
fn every_page_has_one_main_one_heading_a_title_a_language_and_no_style_or_script_of_its_own() {
    for (page, html) in all() {
        let count = |needle: &str| html.matches(needle).count();
        let name = format!("{} in {:?}", page.name, page.locale);
        assert_eq!(count("<main data-screen=\""), 1, "{name}");
        assert_eq!(count("<h1"), 1, "{name}");
        assert_eq!(count("<title>"), 1, "{name}");
        assert!(html.trim_start().starts_with("<!doctype html>"), "{name}");
        assert!(html.contains(&format!("<html lang=\"{}\">", page.locale.tag())), "{name}");
        for banned in [" style=", "<style", " onclick=", " onload=", "javascript:", "placeholder="] {
            assert_eq!(count(banned), 0, "{name}: {banned}");
        }
        // Whoever tells people from robots brings a script of theirs, to the page where that is asked.
        assert_eq!(count("<script"), count("<script src=\"/assets/") + count("data-testid=\"widget\""), "{name}");
    }
}

#[test]
fn a_page_with_a_complaint_says_so_in_its_title_and_in_a_summary_that_links_to_the_field() {
    for (page, html) in all() {
        let complains = html.contains("id=\"error-summary\"");
        let prefix = if page.locale.tag() == "fr" { "<title>Erreur\u{a0}: " } else { "<title>Error: " };
        assert_eq!(html.contains(prefix), complains, "{}", page.name);
        if complains {
            assert!(html.contains("role=\"alert\" tabindex=\"-1\""), "{}", page.name);
            assert!(html.contains("data-error=\"E-"), "{}", page.name);
        }
    }
    let (_, wrong) = all().into_iter().find(|(page, _)| page.name == "s-signin-id-sign_in-malformed").unwrap();
    for part in ["data-error=\"E-EMAIL\" id=\"identifier-error\"", "href=\"#identifier\"", "aria-invalid=\"true\"", "aria-describedby=\"identifier-error\""] {
        assert!(wrong.contains(part), "{part}");
    }
}

#[test]
fn tags_are_closed_ids_are_unique_and_every_reference_has_its_target() {
    for (page, html) in all() {
        let name = format!("{} in {:?}", page.name, page.locale);
        check_nesting(&html, &name);
        let ids: Vec<&str> = attributes(&html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        let labels = attributes(&html, "for").into_iter();
        let described = ["aria-describedby", "aria-labelledby"].into_iter().flat_map(|a| attributes(&html, a)).flat_map(str::split_whitespace);
        let anchors = attributes(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
        for target in labels.chain(described).chain(anchors) {
            assert!(unique.contains(target), "{name}: nothing has the id {target:?}");
        }
    }
}

#[test]
fn every_form_of_ours_posts_its_token_and_no_field_is_without_a_label() {
    for (page, html) in all() {
        let ours = html.matches("<form method=\"post\" action=\"/ui/a-journey/here\"").count();
        assert_eq!(html.matches("name=\"csrf\" value=\"a-token\"").count(), ours, "{}", page.name);
        for field in ["identifier", "password", "new_password", "text"] {
            let shown = html.contains(&format!("id=\"{field}\" name=\"{field}\""));
            assert_eq!(shown, html.contains(&format!("<label for=\"{field}\">")), "{}: {field}", page.name);
        }
    }
}

#[test]
fn a_password_is_never_shown_again_and_markup_in_values_stays_text() {
    for (page, html) in all() {
        assert!(!html.contains("value=\"short\""), "{}", page.name);
    }
    let (_, posting) = all().into_iter().find(|(page, _)| page.name == "s-continue-continue-code").unwrap();
    assert!(posting.contains("value=\"a &quot;state&quot; &amp; &lt;more&gt;\""), "{posting}");
}

#[test]
fn m_082_the_consent_page_has_its_publisher_scopes_details_report_cancel_and_accept() {
    for (_, html) in all().iter().filter(|(page, _)| page.name.starts_with("s-app-consent-person")) {
        for id in ["publisher", "scopes", "details", "report", "cancel", "accept", "other_account"] {
            assert_eq!(html.matches(&format!("data-testid=\"{id}\"")).count(), 1, "{id}");
        }
    }
}

#[test]
fn m_083_only_a_verified_publisher_bears_the_mark() {
    let named = |name: &str| all().into_iter().find(|(page, _)| page.name == format!("s-app-consent-person-{name}")).unwrap().1;
    assert!(named("verified").contains("data-verified=\"true\"") && named("verified").contains("Éditeur vérifié"));
    assert!(named("unverified").contains("data-verified=\"false\"") && !named("unverified").contains("Éditeur vérifié"));
}

#[test]
fn m_092_help_with_phone_and_mail_stands_at_the_foot_of_every_page() {
    for (page, html) in all() {
        for part in ["data-testid=\"help\"", "href=\"tel:0100000000\"", "href=\"mailto:aide@aubepine.test\"", "data-testid=\"language\""] {
            assert_eq!(html.matches(part).count(), 1, "{}: {part}", page.name);
        }
    }
}

#[test]
fn m_011_the_way_to_another_account_stands_on_every_screen_that_knows_who_it_is_about() {
    let knowing = ["s-signin-pw-", "s-reauth-", "s-stay-", "s-app-consent-", "s-throttled-throttled-named"];
    for (page, html) in all().iter().filter(|(page, _)| knowing.iter().any(|start| page.name.starts_with(start))) {
        assert_eq!(html.matches("value=\"other_account\"").count(), 1, "{}", page.name);
    }
}

/// Every value of an attribute.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let needle = format!(" {name}=\"");
    html.match_indices(&needle).filter_map(|(at, _)| html[at + needle.len()..].split('"').next()).collect()
}

/// Elements nest, and each but the void ones is closed.
fn check_nesting(html: &str, name: &str) {
    const VOID: [&str; 8] = ["meta", "link", "input", "img", "br", "hr", "wbr", "!doctype"];
    let mut open: Vec<String> = Vec::new();
    for tag in html.split('<').skip(1) {
        let inside = tag.split('>').next().unwrap();
        let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
        let element = inside.split([' ', '\n', '/']).next().unwrap().to_owned();
        if closing {
            assert_eq!(open.pop().as_ref(), Some(&element), "{name}: </{element}>");
        } else if !VOID.contains(&element.as_str()) && !inside.ends_with('/') {
            open.push(element);
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} never closed");
}

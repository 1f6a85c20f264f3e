//! Every mail, in every language.

use std::collections::BTreeSet;

use parvis::{
    model::{Localised, MailContent, MailName, Origin, Tenant},
    pages::{MailPage, Pages, Words, WrittenMail, mail_sample, mail_sample_tenant},
    values::{Locale, Timestamp},
};

const UNTIL: Timestamp = Timestamp(1_767_604_500);

fn written(pages: &Pages, name: MailName, locale: Locale, tenant: &Tenant) -> WrittenMail {
    let sample = mail_sample(name);
    pages.mail(&MailPage { content: &sample.content, code: sample.code, link: sample.link, until: UNTIL, tenant, locale }).unwrap()
}

#[test]
fn every_mail_reads_as_it_was_approved() {
    let (pages, tenant) = (Pages::new().unwrap(), mail_sample_tenant());
    for &locale in Locale::ALL {
        for &name in MailName::ALL {
            let mail = written(&pages, name, locale, &tenant);
            let text = format!("From: {}\nSubject: {}\n\n{}", mail.sender, mail.subject, mail.text);
            insta::assert_snapshot!(format!("{}-{}", name.slug(), locale.tag()), text);
        }
    }
}

#[test]
fn every_mail_says_in_html_what_it_says_in_text_and_loads_nothing() {
    let (pages, tenant) = (Pages::new().unwrap(), mail_sample_tenant());
    for &locale in Locale::ALL {
        for &name in MailName::ALL {
            let WrittenMail { html, text, .. } = written(&pages, name, locale, &tenant);
            assert!(html.contains(&format!("<html lang=\"{}\">", locale.tag())) && html.matches("<h1").count() == 1, "{}", name.id());
            for banned in ["src=\"http", "url(", "<script", "<form", "<table", "@import"] {
                assert!(!html.contains(banned), "{}: {banned}", name.id());
            }
            assert!(html.matches("display: inline-block").count() <= 1, "{}: one button", name.id());
            for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "--") {
                let escaped = line.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
                assert!(html.contains(&escaped), "{}: {line:?} is not in {html}", name.id());
            }
        }
    }
}

#[test]
fn every_sentence_of_mails_is_said_by_one() {
    let words = Words::of(Locale::En).unwrap();
    let ids: BTreeSet<String> = MailName::ALL.iter().map(|name| name.id().to_ascii_lowercase()).collect();
    for (id, _) in words.ids().filter(|(id, _)| id.starts_with("mail-")) {
        let is_of_a_mail = ids.iter().any(|mail| id.strip_prefix(mail.as_str()).is_some_and(|rest| rest.starts_with('-')));
        let is_shared = ["mail-fact-", "mail-reason-"].iter().any(|start| id.starts_with(start))
            || ["mail-foot", "mail-foot-answer", "mail-hello", "mail-help", "mail-invited-address", "mail-never-tell", "mail-or-copy", "mail-valid-until"]
                .contains(&id);
        assert!(is_of_a_mail || is_shared, "{id}");
    }
}

#[test]
fn a_code_stands_in_the_subject_only_where_the_organisation_wants_it() {
    let pages = Pages::new().unwrap();
    let mut tenant = mail_sample_tenant();
    assert!(written(&pages, MailName::ResetCode, Locale::Fr, &tenant).subject.contains("730 158"));
    tenant.settings.code_in_subject = false;
    let mail = written(&pages, MailName::ResetCode, Locale::Fr, &tenant);
    assert!(!mail.subject.contains("730") && mail.text.contains("730 158"), "{}", mail.subject);
}

#[test]
fn names_cannot_bring_markup_or_end_a_line() {
    let pages = Pages::new().unwrap();
    let evil = "<img src=x onerror=alert(1)>\r\nBcc: eve@courriel.test\u{202e}";
    let tenant = Tenant { names: Localised::same(evil), ..mail_sample_tenant() };
    let from = Origin { browser: Some(evil.to_owned()), place: Some(evil.to_owned()) };
    let content = MailContent::SignInCode { app: Some(evil.to_owned()), from };
    let mail = pages.mail(&MailPage { content: &content, code: Some("1\r\n2"), link: None, until: UNTIL, tenant: &tenant, locale: Locale::En }).unwrap();
    assert!(!mail.html.contains("<img") && mail.html.contains("&lt;img src=x"), "{}", mail.html);
    for line in [&mail.subject, &mail.sender] {
        assert!(!line.contains(['\r', '\n', '\u{202e}']), "{line:?}");
    }
    assert!(mail.text.lines().all(|line| !line.starts_with("Bcc")), "{}", mail.text);
}

#[test]
fn a_company_is_called_what_it_likes_and_brings_nothing_into_a_mail() {
    let (pages, tenant) = (Pages::new().unwrap(), mail_sample_tenant());
    let names = [
        "<script>alert(1)</script>",
        "<a href=\"https://eve.test\">Morvan</a>",
        "\"><img src=x onerror=alert(1)>",
        "Morvan\r\nBcc: eve@courriel.test",
        "Morvan\n\n<b>Code : 123 456</b>",
        "&lt;b&gt;Morvan&lt;/b&gt;",
        "{{ tenant }} {% raw %} { $who } ${who}",
        "Morvan\u{202e}SAS\u{2066}\u{200b}",
        "[Morvan](https://eve.test)",
        "=?utf-8?q?Bcc:?=",
        "Ateliers d'Éon & Cie \u{2019} «Morvan»",
    ];
    for &locale in Locale::ALL {
        for name in names {
            let asked = MailContent::CompanyAsked { company: name.to_owned(), who: name.to_owned() };
            for content in [MailContent::CompanyReady { company: name.to_owned() }, asked] {
                let about = format!("{name:?} in {} {locale:?}", content.name().id());
                let mail = pages.mail(&MailPage { content: &content, code: None, link: None, until: UNTIL, tenant: &tenant, locale }).unwrap();
                let unmade = mail.html.to_lowercase();
                for banned in ["<script", "<img", "<a href=\"https://eve", "<b>", "onerror=alert(1)>"] {
                    assert!(!unmade.contains(banned), "{about}: {banned} in {}", mail.html);
                }
                assert!(
                    !mail.subject.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')),
                    "{about}"
                );
                assert!(mail.text.lines().all(|line| !line.starts_with("Bcc")), "{about}: {}", mail.text);
                assert!(!mail.text.contains(['\u{202e}', '\u{2066}', '\r']), "{about}");
            }
        }
    }
    let content = MailContent::CompanyReady { company: "Ateliers d'Éon & Cie".to_owned() };
    let mail = pages.mail(&MailPage { content: &content, code: None, link: None, until: UNTIL, tenant: &tenant, locale: Locale::Fr }).unwrap();
    assert!(mail.text.contains("Ateliers d'Éon & Cie") && mail.html.contains("&amp; Cie"), "an honest name stays as it is");
}

#[test]
fn the_button_is_painted_in_the_colour_of_the_organisation_and_can_be_read() {
    let pages = Pages::new().unwrap();
    let mut tenant = mail_sample_tenant();
    tenant.brand.accent = Some("#8a1538".to_owned());
    assert!(written(&pages, MailName::NewSignIn, Locale::En, &tenant).html.contains("background: #8a1538; color: #ffffff"));
    tenant.brand.accent = Some("red;}".to_owned());
    assert!(written(&pages, MailName::NewSignIn, Locale::En, &tenant).html.contains("background: #1d4fd7; color: #ffffff"));
}

#[test]
fn m_059_every_mail_of_a_test_organisation_says_so_in_both_parts_and_no_mail_of_a_real_one() {
    let pages = Pages::new().unwrap();
    for badge in [None, Some("RECETTE")] {
        let tenant = Tenant { test_badge: badge.map(str::to_owned), ..mail_sample_tenant() };
        for (&locale, &name) in Locale::ALL.iter().flat_map(|locale| MailName::ALL.iter().map(move |name| (locale, name))) {
            let mail = written(&pages, name, locale, &tenant);
            let said = (mail.text.matches("RECETTE").count(), mail.html.matches("RECETTE").count());
            assert_eq!(said, if badge.is_some() { (1, 1) } else { (0, 0) }, "{}", name.id());
        }
    }
}

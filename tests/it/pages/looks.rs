//! The look: small, and to be looked at.

use std::{fs, path::Path};

use parvis::pages::Pages;

use super::frames::{everything, frame};

#[test]
fn style_and_script_stay_small() {
    let pages = Pages::new().unwrap();
    let (css, portal, admin, js) = (&pages.assets().css, &pages.assets().portal, &pages.assets().admin, &pages.assets().js);
    assert!(css.body.len() < 12_000, "{} bytes of style", css.body.len());
    assert!(portal.body.len() < 4_000, "{} bytes of style of the portal", portal.body.len());
    assert!(admin.body.len() < 4_000, "{} bytes of style of the consoles", admin.body.len());
    assert!(js.body.len() < 6_000, "{} bytes of script", js.body.len());
    assert!(pages.assets().at(&css.path).is_some() && pages.assets().at("/assets/parvis.css").is_none());
}

/// Writes every page to `target/gallery`, with its style beside it, so that a person can look at them and a browser can check them.
#[test]
fn gallery() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("gallery");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let pages = Pages::new().unwrap();
    let assets = pages.assets();
    for (asset, name) in [
        (&assets.css, "parvis.css"),
        (&assets.portal, "portal.css"),
        (&assets.admin, "admin.css"),
        (&assets.js, "parvis.js"),
        (&assets.company, "company.js"),
        (&assets.check, "check.js"),
        (&assets.icon, "parvis.svg"),
    ] {
        fs::write(folder.join(name), &asset.body).unwrap();
    }
    for page in everything() {
        let html = page.html.unwrap();
        let html = html
            .replace(&assets.css.path, "parvis.css")
            .replace(&assets.portal.path, "portal.css")
            .replace(&assets.admin.path, "admin.css")
            .replace(&assets.js.path, "parvis.js")
            .replace(&assets.company.path, "company.js")
            .replace(&assets.check.path, "check.js")
            .replace(&assets.icon.path, "parvis.svg");
        fs::write(folder.join(format!("{}.{}.html", page.name, page.locale.tag())), html).unwrap();
    }
}

/// Of the pages that are an organisation's: those of the demonstration's own applications are nobody's.
#[test]
fn m_059_every_page_of_a_test_organisation_says_so_once_and_no_page_of_a_real_one() {
    let pages = Pages::new().unwrap();
    for page in everything().into_iter().filter(|page| page.screen != "demo") {
        let mut frame = frame(page.locale, page.screen);
        for (badge, times) in [(None, 0), (Some("RECETTE".to_owned()), 1)] {
            frame.tenant.badge = badge;
            let html = pages.render_content(&page.content, &frame).unwrap();
            assert_eq!((html.matches("class=\"badge\"").count(), html.matches("RECETTE").count()), (times, times), "{}", page.name);
        }
    }
}

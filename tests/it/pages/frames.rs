//! Frames for pages that no request asked for, and the list of all pages.

use parvis::{
    pages::{
        AppsPage, BlockedPage, ContinuePage, DemoPage, ErrorPage, Frame, FrameSupport, FrameTenant, Named, Page, Pages, SetupDonePage, SetupPage, SignOutPage,
        SignedOutPage, ThrottledPage,
    },
    values::Locale,
};

use super::journey_samples as journey;

/// A page as it was rendered.
pub(super) struct Rendered {
    /// `{template}-{sample}`, fit for a file's name.
    pub(super) name: String,
    /// Which template.
    pub(super) template: &'static str,
    /// In which language.
    pub(super) locale: Locale,
    /// What came out, or why nothing did.
    pub(super) html: Result<String, String>,
}

/// The frame of a real organisation with everything in it.
pub(super) fn frame(locale: Locale, screen: &'static str) -> Frame {
    let other = if locale == Locale::Fr { Locale::En } else { Locale::Fr };
    Frame {
        lang: locale,
        other_lang: other,
        other_lang_href: format!("?lang={}", other.tag()),
        tenant: FrameTenant { name: "Cabinet Aubépine".to_owned(), initials: "CA".to_owned(), logo_src: None, brand_css: None, badge: None },
        app: Some(Named { name: "Espace Client".to_owned() }),
        support: FrameSupport {
            phone: Some("01 00 00 00 00".to_owned()),
            mail: Some("aide@aubepine.test".to_owned()),
            terms_url: Some("https://aubepine.test/conditions".to_owned()),
            privacy_url: Some("https://aubepine.test/confidentialite".to_owned()),
        },
        csrf: "a-token".to_owned(),
        action: "/ui/a-journey/here".to_owned(),
        journey: Some("a-journey".to_owned()),
        demo: false,
        screen,
    }
}

fn rendered<P: Page>(pages: &Pages, screen: &'static str, into: &mut Vec<Rendered>) {
    for &locale in Locale::ALL {
        for (sample, page) in P::samples() {
            let html = pages.render(&page, &frame(locale, screen)).map_err(|fault| chain(&fault));
            let name = format!("{}-{sample}", P::TEMPLATE.trim_end_matches(".html").replace('/', "-"));
            into.push(Rendered { name, template: P::TEMPLATE, locale, html });
        }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Every sample of every page in every language.
pub(super) fn everything() -> Vec<Rendered> {
    let pages = Pages::new().unwrap();
    let mut all = Vec::new();
    rendered::<journey::SignIn>(&pages, "S-SIGNIN-ID", &mut all);
    rendered::<journey::Picker>(&pages, "S-PICKER", &mut all);
    rendered::<journey::Password>(&pages, "S-SIGNIN-PW", &mut all);
    rendered::<journey::Stay>(&pages, "S-STAY", &mut all);
    rendered::<journey::Consent>(&pages, "S-APP-CONSENT", &mut all);
    rendered::<journey::Report>(&pages, "S-APP-REPORT", &mut all);
    rendered::<ContinuePage>(&pages, "S-CONTINUE", &mut all);
    rendered::<ThrottledPage>(&pages, "S-THROTTLED", &mut all);
    rendered::<BlockedPage>(&pages, "S-BLOCKED", &mut all);
    rendered::<ErrorPage>(&pages, "S-ERROR", &mut all);
    rendered::<SignOutPage>(&pages, "S-SIGNOUT", &mut all);
    rendered::<SignedOutPage>(&pages, "S-SIGNED-OUT", &mut all);
    rendered::<SetupPage>(&pages, "S-SETUP", &mut all);
    rendered::<SetupDonePage>(&pages, "S-SETUP", &mut all);
    rendered::<AppsPage>(&pages, "S-ME-APPS", &mut all);
    rendered::<DemoPage>(&pages, "demo", &mut all);
    all
}

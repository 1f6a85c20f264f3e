//! Frames for pages that no request asked for, and the list of all pages.

use parvis::{
    boot::demo,
    journey::engine,
    pages::{
        AcceptedTerms, AccountCard, AccountMaking, Accounts, Activity, Apps, AuditLog, Blocked, Board, ChangePassword, CheckLink, CodeShown, Companies,
        CompanySheet, Confirming, Consoles, Contact, ContactCode, Content, Deleting, DemoFront, Frame, FrameSupport, FrameTenant, Home, Invitation,
        InvitationForm, InvitationOver, InvitationRows, InvitationSheet, InvitationWrong, LostLink, Named, Organisations, Page, Pages, Privacy, Problem,
        Profiled, Resume, Security, Sessions, Setup, SetupDone, SignOut, SignedOut, Support, TermsConfirming, TermsList, TermsSheet, Throttled, Undo,
        UndoPassword,
    },
    values::Locale,
};

/// A page as it was rendered.
pub(super) struct Rendered {
    /// `{template}-{sample}`, fit for a file's name.
    pub(super) name: String,
    /// Which template.
    pub(super) template: &'static str,
    /// What it was given.
    pub(super) content: Content,
    /// On which screen.
    pub(super) screen: &'static str,
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

fn rendered(pages: &Pages, screen: &'static str, samples: &[(&'static str, Content)]) -> Vec<Rendered> {
    let mut all = Vec::new();
    for &locale in Locale::ALL {
        for (sample, content) in samples {
            let html = pages.render_content(content, &frame(locale, screen)).map_err(|fault| chain(&fault));
            let name =
                format!("{}-{}-{sample}", screen.to_ascii_lowercase(), content.template.trim_end_matches(".html").rsplit('/').next().unwrap_or_default())
                    .replace(' ', "-");
            all.push(Rendered { name, template: content.template, content: content.clone(), screen, locale, html });
        }
    }
    all
}

fn of<P: Page>(pages: &Pages, screen: &'static str) -> Vec<Rendered> {
    let samples: Vec<_> = P::samples().iter().map(|(name, page)| (*name, Content::of(page))).collect();
    rendered(pages, screen, &samples)
}

fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Every sample of every page in every language.
pub(super) fn everything() -> Vec<Rendered> {
    let pages = Pages::new().unwrap();
    let mut all: Vec<Rendered> = engine::samples().into_iter().flat_map(|(screen, name, content)| rendered(&pages, screen.id(), &[(name, content)])).collect();
    all.extend(of::<Invitation>(&pages, "S-INV"));
    all.extend(of::<InvitationOver>(&pages, "S-INV-EXPIRED"));
    all.extend(of::<InvitationWrong>(&pages, "S-INV-WRONG"));
    all.extend(of::<LostLink>(&pages, "S-INV-LOST"));
    all.extend(of::<Resume>(&pages, "S-CONTINUE"));
    all.extend(of::<Throttled>(&pages, "S-THROTTLED"));
    all.extend(of::<Blocked>(&pages, "S-BLOCKED"));
    all.extend(of::<Problem>(&pages, "S-ERROR"));
    all.extend(of::<SignOut>(&pages, "S-SIGNOUT"));
    all.extend(of::<SignedOut>(&pages, "S-SIGNED-OUT"));
    all.extend(of::<Setup>(&pages, "S-SETUP"));
    all.extend(of::<CheckLink>(&pages, "S-CHECK-LINK"));
    all.extend(of::<SetupDone>(&pages, "S-SETUP"));
    all.extend(of::<CodeShown>(&pages, "S-CODE"));
    all.extend(of::<UndoPassword>(&pages, "S-UNDO"));
    all.extend(of::<Home>(&pages, "S-ME-HOME"));
    all.extend(of::<Profiled>(&pages, "S-ME-PROFILE"));
    all.extend(of::<Security>(&pages, "S-ME-SECURITY"));
    all.extend(of::<ChangePassword>(&pages, "S-ME-PASSWORD"));
    all.extend(of::<Contact>(&pages, "S-ME-CONTACT"));
    all.extend(of::<ContactCode>(&pages, "S-ME-CONTACT-CODE"));
    all.extend(of::<Privacy>(&pages, "S-ME-PRIVACY"));
    all.extend(of::<Deleting>(&pages, "S-ME-DELETE"));
    all.extend(of::<Undo>(&pages, "S-ME-UNDO"));
    all.extend(of::<Sessions>(&pages, "S-ME-SESSIONS"));
    all.extend(of::<Apps>(&pages, "S-ME-APPS"));
    all.extend(of::<Organisations>(&pages, "S-ME-ORGS"));
    all.extend(of::<AcceptedTerms>(&pages, "S-ME-TERMS"));
    all.extend(of::<Consoles>(&pages, "S-AD-CONSOLES"));
    all.extend(of::<Board>(&pages, "S-AD-HOME"));
    all.extend(of::<InvitationRows>(&pages, "S-AD-INVITES"));
    all.extend(of::<InvitationSheet>(&pages, "S-AD-INVITE"));
    all.extend(of::<InvitationForm>(&pages, "S-AD-INVITE-NEW"));
    all.extend(of::<Accounts>(&pages, "S-AD-USERS"));
    all.extend(of::<AccountCard>(&pages, "S-AD-USER"));
    all.extend(of::<AccountMaking>(&pages, "S-AD-USER-NEW"));
    all.extend(of::<Confirming>(&pages, "S-CONFIRM"));
    all.extend(of::<Companies>(&pages, "S-AD-COMPANY"));
    all.extend(of::<CompanySheet>(&pages, "S-AD-COMPANY"));
    all.extend(of::<TermsList>(&pages, "S-AD-TOU"));
    all.extend(of::<TermsSheet>(&pages, "S-AD-TOU"));
    all.extend(of::<TermsConfirming>(&pages, "S-CONFIRM"));
    all.extend(of::<AuditLog>(&pages, "S-AD-AUDIT"));
    all.extend(of::<Support>(&pages, "S-HD-USER"));
    all.extend(of::<Activity>(&pages, "S-ME-ACTIVITY"));
    all.extend(of::<DemoFront>(&pages, "demo"));
    all.extend(rendered(&pages, "demo", &demo::app::samples()));
    all.extend(rendered(&pages, "demo", &demo::mailbox_samples()));
    all
}

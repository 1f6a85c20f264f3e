//! From a screen's name to its code: one closed match, so that a screen without code does not compile.

use super::super::{
    Tools,
    facts::Facts,
    screen::{At, Guess, Outcome, Rejected, Screen, parse},
    steps::{
        app_consent::{both::Both, person::Person, report::Report},
        check::Check,
        choose_credential::Secret,
        company::Make,
        identify::{picker::Picker, reset::Reset, sign_in::SignIn, sign_up::SignUp, unknown::Unknown},
        new_password::{done::Done, forced::Forced, reset::New},
        org_consent::Permission,
        profile::Profile,
        prove::{code::MailedCode, password::Password},
        stay::Stay,
        terms::Terms,
        verify_email::{code::Code, exists::Exists},
    },
};
use crate::{
    model::ScreenName,
    pages::{Complaint, Content},
};

macro_rules! with_screen {
    ($name:expr, $screen:ident => $body:expr) => {
        with_screen! { @ $name, $screen => $body;
            SignIn => SignIn,
            SignInUnknown => Unknown,
            Picker => Picker,
            Password | Reauth => Password,
            SignInCode | ResetCode => MailedCode,
            Reset => Reset,
            ResetNew => New,
            ResetDone => Done,
            ForcedPassword => Forced,
            SignUpEmail => SignUp,
            Check => Check,
            SignUpCode => Code,
            SignUpExists => Exists,
            SignUpSecret => Secret,
            SignUpProfile => Profile,
            OrgConsent => Permission,
            Stay => Stay,
            AppConsent => Person,
            ConsentBoth => Both,
            AppReport => Report,
            Company => Make,
            Terms => Terms,
        }
    };
    (@ $name:expr, $screen:ident => $body:expr; $($($variant:ident)|+ => $page:ident),* $(,)?) => {
        match $name {
            $($(ScreenName::$variant)|+ => {
                type $screen = $page;
                $body
            })*
        }
    };
}

async fn judge<S: Screen>(posted: &[(String, String)], at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
    // An unknown or missing action, and a field given twice, change nothing.
    let answer = parse::<S>(posted).ok_or(Rejected::Complaint { complaint: Complaint::Stale, field: None, also: None })?;
    S::answer(answer, at, tools).await
}

/// The page of a screen.
pub(super) fn page(at: &At<'_>) -> Content {
    with_screen!(at.screen, S => Content::of(&S::page(at)))
}

/// The fields that a screen shows again.
pub(super) fn kept(screen: ScreenName) -> &'static [&'static str] {
    with_screen!(screen, S => S::KEPT)
}

/// Is this a guess at a secret?
pub(super) fn guess(screen: ScreenName, posted: &[(String, String)], facts: &Facts) -> Option<Guess> {
    with_screen!(screen, S => parse::<S>(posted).and_then(|answer| S::guess(&answer, facts)))
}

/// What is wrong whatever was typed.
pub(super) fn standing_complaint(screen: ScreenName, facts: &Facts) -> Option<Complaint> {
    with_screen!(screen, S => S::standing_complaint(facts))
}

/// Judge what was posted.
pub(super) async fn answer(posted: &[(String, String)], at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
    with_screen!(at.screen, S => judge::<S>(posted, at, tools).await)
}

/// Every journey page with its samples, for tests and the start's check of templates.
#[must_use]
pub fn samples() -> Vec<(ScreenName, &'static str, Content)> {
    fn of<S: Screen>(screen: ScreenName) -> Vec<(ScreenName, &'static str, Content)> {
        use crate::pages::Page;
        S::Page::samples().iter().map(|(name, page)| (screen, *name, Content::of(page))).collect()
    }
    let mut all = Vec::new();
    for &screen in ScreenName::ALL {
        all.extend(with_screen!(screen, S => of::<S>(screen)));
    }
    all
}

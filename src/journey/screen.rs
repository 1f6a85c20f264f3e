//! What a step owes, and what one page of it is.

use serde::de::DeserializeOwned;

use super::{Tools, facts::Facts};
use crate::{
    model::{CodeUse, Proved, Purpose, ScreenName, StepName, Subject},
    pages::{Complaint, Form, Page, Words},
    policy::standing::Barred,
    protocol::ErrorCode,
    storage::{Batch, StoreError},
    values::Fault,
};

/// Why somebody is shown a page. Under `prompt=none` the reason is the error, so the two cannot disagree. [OpenID Connect Core §3.1.2.6]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody is signed in, or not recently enough.
    Login,
    /// Several people could be meant.
    Selection,
    /// Somebody has to agree.
    Consent,
    /// Something else has to be said.
    Interaction,
}

impl Reason {
    /// What a client that wants no page is told.
    #[must_use]
    pub fn error(self) -> ErrorCode {
        match self {
            Self::Login => ErrorCode::LoginRequired,
            Self::Selection => ErrorCode::AccountSelectionRequired,
            Self::Consent => ErrorCode::ConsentRequired,
            Self::Interaction => ErrorCode::InteractionRequired,
        }
    }
}

/// The screens that help to pay a debt: one is shown first, the person may turn to the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which step.
    pub step: StepName,
    /// Shown first.
    pub first: ScreenName,
    /// One turn away.
    pub others: &'static [ScreenName],
    /// Why.
    pub reason: Reason,
}

impl Offer {
    /// May this screen be shown and answered now?
    #[must_use]
    pub fn allows(&self, screen: ScreenName) -> bool {
        self.first == screen || self.others.contains(&screen)
    }
}

/// Why the journey cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not this person, here and now: a page says whom to ask.
    Barred(Barred),
    /// The person said no: back to the client at once.
    Declined(StepName),
    /// The client named a person, and this is another.
    OtherSubject,
    /// An administrator has to agree.
    NeedsAdministrator,
    /// People do not make accounts by themselves here.
    InviteOnly,
}

impl Verdict {
    /// What the client is told.
    #[must_use]
    pub fn error(self) -> ErrorCode {
        match self {
            Self::Barred(_) | Self::Declined(_) | Self::InviteOnly => ErrorCode::AccessDenied,
            Self::OtherSubject => ErrorCode::LoginRequired,
            Self::NeedsAdministrator => ErrorCode::ConsentRequired,
        }
    }

    /// A word for the audit trail.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Barred(barred) => barred.reason(),
            Self::Declined(_) => "declined",
            Self::OtherSubject => "other_subject",
            Self::NeedsAdministrator => "needs_administrator",
            Self::InviteOnly => "invite_only",
        }
    }
}

/// What a step says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owed {
    /// Nothing is due.
    Settled,
    /// This is.
    Ask(Offer),
    /// It will not be.
    Refuse(Verdict),
}

impl Owed {
    /// A debt with its screens.
    #[must_use]
    pub fn ask(step: StepName, first: ScreenName, others: &'static [ScreenName], reason: Reason) -> Self {
        Self::Ask(Offer { step, first, others, reason })
    }
}

/// What is shown: everything known, the offer, which of its screens, and what was typed.
pub struct At<'a> {
    /// Everything known.
    pub facts: &'a Facts,
    /// What is owed.
    pub offer: &'a Offer,
    /// Which screen: two names may share one page.
    pub screen: ScreenName,
    /// What was typed and what is wrong with it.
    pub form: Form,
    /// Sentences in the page's language.
    pub words: &'a Words,
    /// How often a mailed code may be tried after this one.
    pub left: u32,
}

/// What an answer comes to.
#[derive(Debug)]
pub enum Outcome {
    /// Something was proved; what it used up is written in the same commit.
    Proved(Proof),
    /// Show another screen of the same offer. Nothing is remembered.
    Turn(ScreenName),
    /// The person does something else now, with the same ending and the same evidence.
    Become(Purpose),
}

/// Evidence on its way into the record.
#[derive(Debug)]
pub struct Proof {
    /// About whom; `None` for whom the journey is about already.
    pub subject: Option<Subject>,
    /// What.
    pub proved: Vec<Proved>,
    /// What is written with it.
    pub also: Option<Batch>,
    /// Which screen of the offer to show next, if it is still on offer; else the first.
    pub then: Option<ScreenName>,
    /// What the person does from now on, if it is something else.
    pub becomes: Option<Purpose>,
}

impl Outcome {
    /// One thing was proved about whom the journey is about.
    #[must_use]
    pub fn proved(what: Proved) -> Self {
        Self::Proved(Proof::of(what))
    }
}

impl Proof {
    /// One thing about whom the journey is about.
    #[must_use]
    pub fn of(what: Proved) -> Self {
        Self { subject: None, proved: vec![what], also: None, then: None, becomes: None }
    }
}

/// Why an answer proved nothing.
#[derive(Debug)]
pub enum Rejected {
    /// The person can mend it: the same page again.
    Complaint {
        /// What is wrong.
        complaint: Complaint,
        /// With which field.
        field: Option<&'static str>,
        /// What is written all the same.
        also: Option<Batch>,
    },
    /// We failed.
    Fault(Fault),
}

impl Rejected {
    /// A complaint about a field.
    #[must_use]
    pub fn field(field: &'static str, complaint: Complaint) -> Self {
        Self::Complaint { complaint, field: Some(field), also: None }
    }
}

impl From<Fault> for Rejected {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Rejected {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

/// A guess at what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// A password: counted against its account.
    Password,
    /// A mailed code: counted against that code.
    Code(CodeUse),
}

/// What was posted to a screen; `None` for an unknown or missing action, and for a field given twice.
#[must_use]
pub fn parse<S: Screen>(posted: &[(String, String)]) -> Option<S::Answer> {
    let body = serde_urlencoded::to_string(posted).ok()?;
    serde_urlencoded::from_str(&body).ok()
}

/// One page of a step: its form, what it shows, what an answer comes to. It knows no other screen's code.
#[expect(async_fn_in_trait, reason = "only this crate implements it, and dispatch is by concrete type")]
pub trait Screen {
    /// An enum tagged by `action`, the pressed button's value; fields are `String` or `Option<String>`, parsed in `answer`.
    type Answer: DeserializeOwned;
    /// What its template is given.
    type Page: Page;
    /// The fields that are shown again after a complaint; everything else typed is forgotten.
    const KEPT: &'static [&'static str] = &[];
    /// The page.
    fn page(at: &At<'_>) -> Self::Page;
    /// Is this a guess at a secret? Then it is counted, durably, before it is judged.
    #[must_use]
    fn guess(_: &Self::Answer, _: &Facts) -> Option<Guess> {
        None
    }
    /// What is wrong whatever was typed: the reason why the page is shown at all. A page that waits for a mailed code has `mail_code::standing_complaint` here,
    /// `at.facts.delivery` in its page, and `mailing(frame, delivery)` of `parts.html` in its template.
    #[must_use]
    fn standing_complaint(_: &Facts) -> Option<Complaint> {
        None
    }
    /// Judge an answer.
    async fn answer(answer: Self::Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected>;
}

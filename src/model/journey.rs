//! Walks through the pages: what was proved so far, never where the person stands. The step owed is derived each time by `journey/plan.rs`.

use serde::{Deserialize, Serialize};

use super::{AuthorizationRequest, CompanyDetails, Index, Key, Marketing, Record, Subject, Table};
use crate::values::{BrowserId, ClientId, CompanyId, Digest, Email, InvitationId, JourneyId, Locale, Scopes, TenantId, Timestamp};

/// What the person does. Where they go after is the [`Ending`]: two words, not a variant for each pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Says who they are and proves it.
    SignIn,
    /// Makes an account by themselves.
    SignUp,
    /// Proves once more that it is they, before something sensitive.
    Confirm,
    /// Chooses a new password, having forgotten the old one; and signs in with what proved that, afterwards.
    Reset,
}

/// Where the person goes after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Back to the client, with a code.
    Return(Box<AuthorizationRequest>),
    /// To a page of the portal, a path of ours.
    Portal(String),
    /// To what an invitation is for: its application, which asks for itself then, or the portal.
    Invited(InvitedTo),
}

/// Which invitation a journey redeems at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedTo {
    /// Which.
    pub invitation: InvitationId,
    /// The application that it ends at.
    #[serde(default)]
    pub client: Option<ClientId>,
}

/// A debt, a row of `journey/table.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    /// Who is it?
    Identify,
    /// Prove it.
    Prove,
    /// May this person, this tenant, this application?
    Standing,
    /// Is a robot behind it?
    Check,
    /// Is the mailbox theirs?
    VerifyEmail,
    /// Is another password due?
    NewPassword,
    /// What will they prove themselves with?
    ChooseCredential,
    /// What are they called?
    Profile,
    /// May the organisation have something about somebody from elsewhere?
    OrgConsent,
    /// Stay signed in?
    Stay,
    /// May the application have what it asks for?
    AppConsent,
    /// Do the terms of use hold?
    Terms,
    /// For which company?
    Company,
}

macro_rules! screens { ($($(#[$doc:meta])* $variant:ident = $id:literal @ $path:literal),* $(,)?) => {
    /// One page of a journey, by the id of the specification.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum ScreenName { $($(#[$doc])* #[serde(rename = $id)] $variant),* }
    impl ScreenName {
        /// All of them.
        pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        /// Its id, `data-screen` on the page.
        #[must_use]
        pub fn id(self) -> &'static str { match self { $(Self::$variant => $id),* } }
        /// Its path behind `/ui/{journey}/`.
        #[must_use]
        pub fn path(self) -> &'static str { match self { $(Self::$variant => $path),* } }
        /// The screen at a path.
        #[must_use]
        pub fn at(path: &str) -> Option<Self> { Self::ALL.iter().copied().find(|screen| screen.path() == path) }
    }
}}

screens! {
    /// Choose among the accounts this browser knows.
    Picker = "S-PICKER" @ "pick",
    /// Type an address.
    SignIn = "S-SIGNIN-ID" @ "signin",
    /// There is no account with that address: make one, or correct it.
    SignInUnknown = "S-SIGNIN-UNKNOWN" @ "signin/unknown",
    /// Type a password.
    Password = "S-SIGNIN-PW" @ "signin/password",
    /// Type a code that was mailed, in the place of the password.
    SignInCode = "S-SIGNIN-OTP" @ "signin/code",
    /// Prove it once more.
    Reauth = "S-REAUTH" @ "reauth",
    /// Ask for a code, to choose a new password.
    Reset = "S-RESET" @ "reset",
    /// Type that code.
    ResetCode = "S-RESET-CODE" @ "reset/code",
    /// Choose a new password.
    ResetNew = "S-RESET-NEW" @ "reset/new",
    /// It is changed.
    ResetDone = "S-RESET-DONE" @ "reset/done",
    /// Choose a new password because the old one may not stay.
    ForcedPassword = "S-PW-FORCED" @ "password",
    /// Type an address, for a new account.
    SignUpEmail = "S-SIGNUP-EMAIL" @ "signup",
    /// Wait a moment.
    Check = "S-CHECK" @ "check",
    /// Type the code that was mailed.
    SignUpCode = "S-SIGNUP-CODE" @ "signup/code",
    /// There is an account already.
    SignUpExists = "S-SIGNUP-EXISTS" @ "signup/exists",
    /// Choose a password.
    SignUpSecret = "S-SIGNUP-SECRET" @ "signup/secret",
    /// Say one's names.
    SignUpProfile = "S-SIGNUP-PROFILE" @ "signup/profile",
    /// Agree to an organisation.
    OrgConsent = "S-ORG-CONSENT" @ "org-consent",
    /// Stay signed in?
    Stay = "S-STAY" @ "stay",
    /// Agree to an application.
    AppConsent = "S-APP-CONSENT" @ "consent",
    /// Agree to an organisation and to an application.
    ConsentBoth = "S-CONSENT-BOTH" @ "consent/both",
    /// Report an application.
    AppReport = "S-APP-REPORT" @ "consent/report",
    /// Accept the terms of use.
    Terms = "S-TOU" @ "terms",
    /// Make one's company.
    Company = "S-COMPANY" @ "company",
}

/// What a mailed code is for: a code made for one thing is none for another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeUse {
    /// To prove the mailbox of a new account.
    #[default]
    Address,
    /// To choose a new password.
    Reset,
    /// To sign in.
    SignIn,
}

/// Why a password may not stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// Somebody else chose it, or wants another.
    Marked,
    /// It is in published lists.
    Known,
}

/// What was proved or said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proved {
    /// Named by typing an identifier, kept as typed.
    Identified(String),
    /// Named by choosing an account that this browser knows.
    Chosen,
    /// Named by an address for a new account: the subject is one that nobody had before.
    SigningUp(Email),
    /// The network was suspect: this has to be paid for before a code is mailed.
    Suspected {
        /// What the code is for.
        of: CodeUse,
        /// What the number that pays is hashed with.
        challenge: String,
        /// With how many zero bits the hash begins.
        bits: u32,
        /// It can be paid for until then.
        until: Timestamp,
        /// Is a provider to say that it is a person, and no work of the machine?
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_captcha: bool,
    },
    /// A link was mailed that does instead.
    CheckMailed {
        /// Keyed digest of journey and link.
        link: Digest,
        /// It ends then.
        until: Timestamp,
    },
    /// It was paid for, or the link's button pressed.
    Checked,
    /// A code was mailed.
    CodeMailed {
        /// Keyed digest of what it is for, subject, mailbox and code.
        code: Digest,
        /// It ends then.
        until: Timestamp,
        /// What for.
        #[serde(default)]
        of: CodeUse,
        /// Digest of the mail's link, which shows the code.
        #[serde(default)]
        link: Option<Digest>,
    },
    /// The code was right: the mailbox is theirs.
    Mailbox(Email),
    /// A password was chosen: its hash, sealed.
    PasswordChosen(String),
    /// Names were given.
    Described(Described),
    /// Nobody any more: «Utiliser un autre compte».
    Forgotten,
    /// The password was right.
    Password,
    /// A code mailed to the person was right: who has the mailbox is the person.
    MailCode,
    /// A code mailed for it was right: they may choose a new password, and nothing else.
    MayReset,
    /// The password that was right may not stay.
    MustChange(Unfit),
    /// The account has a new password.
    NewPassword,
    /// «Rester connecté ?» was answered.
    Stay(bool),
    /// Agreed to these scopes, having read a text with this hash.
    Consented {
        /// Scopes.
        scopes: Scopes,
        /// SHA-256 of the text, base64url.
        text_hash: String,
    },
    /// Let the organisation have something, having read a text with this hash.
    Permitted {
        /// Under which version of its privacy statement.
        statement_version: u32,
        /// SHA-256 of the text, base64url.
        text_hash: String,
        /// In which language.
        locale: Locale,
    },
    /// Accepted terms of use.
    TermsAccepted {
        /// Which document.
        document: String,
        /// Which version.
        version: u32,
        /// In which language it was read.
        locale: Locale,
        /// SHA-256 of the text, base64url.
        hash: String,
        /// From which address.
        ip: Option<String>,
    },
    /// Put terms of use off, as long as this session lasts.
    TermsPutOff {
        /// Which document.
        document: String,
        /// Which version.
        version: u32,
    },
    /// Said no to a step.
    Declined(StepName),
    /// Reported the application, and got this reference.
    Reported(String),
    /// Said something about their company.
    Company(Box<CompanyAnswer>),
}

/// What somebody says about their company. The last word counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum CompanyAnswer {
    /// It is to be made.
    Create {
        /// Under this id.
        id: CompanyId,
        /// As it was typed.
        details: CompanyDetails,
        /// By what no other one is known.
        number: Option<String>,
    },
    /// To be finished another time.
    Later {
        /// Under this id.
        id: CompanyId,
        /// As far as it was typed.
        details: CompanyDetails,
    },
    /// It exists: its administrator was asked.
    Asked,
}

impl Proved {
    /// Does this prove who somebody is?
    #[must_use]
    pub fn is_proof(&self) -> bool {
        matches!(self, Self::Password | Self::MailCode)
    }
}

/// What somebody says about themselves when they sign up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
    /// The language they chose.
    pub locale: Locale,
    /// The country's code, where it was asked.
    #[serde(default)]
    pub country: Option<String>,
    /// `YYYY-MM-DD`, where it was asked.
    #[serde(default)]
    pub birthdate: Option<String>,
    /// News, where they were offered.
    #[serde(default)]
    pub marketing: Option<Marketing>,
}

/// What was proved, about whom, when. Append-only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// About whom.
    pub subject: Subject,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Proved,
}

/// A walk through the pages in one browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journey {
    /// Public: it stands in addresses.
    pub id: JourneyId,
    /// The only browser that may use it.
    pub browser: BrowserId,
    /// Where: the tenant of the address used.
    pub tenant: TenantId,
    /// What the person does.
    pub purpose: Purpose,
    /// Where they go after.
    pub ending: Ending,
    /// When it began.
    pub started_at: Timestamp,
    /// What was proved.
    pub evidence: Vec<Evidence>,
    /// Done: nothing can be added.
    #[serde(default)]
    pub finished: bool,
}

impl Journey {
    /// A journey is forgotten after a day.
    pub const LIFETIME: u64 = 86_400;

    /// Under what the unfinished journeys of a browser are listed.
    #[must_use]
    pub fn by_browser(browser: &BrowserId, tenant: TenantId) -> Key {
        Key::of([browser.as_ref(), &tenant.to_string()])
    }

    /// The key of a journey.
    #[must_use]
    pub fn key_of(id: &JourneyId) -> Key {
        Key::of([id.as_ref()])
    }
}

impl Record for Journey {
    const TABLE: Table = Table::Journey;
    fn key(&self) -> Key {
        Self::key_of(&self.id)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        if self.finished { Vec::new() } else { vec![(Index::JourneyByBrowser, Self::by_browser(&self.browser, self.tenant))] }
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.started_at.plus(Self::LIFETIME))
    }
}

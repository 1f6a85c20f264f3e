//! Mails: what is said to whom, as it lies in the outbox. How it reads stands in `pages/mail.rs` and `templates/words/`.

use serde::{Deserialize, Serialize};

use super::ReportReason;
use crate::values::{Email, InvitationId, Locale, TenantId, Timestamp};

macro_rules! mails { ($($(#[$doc:meta])* $variant:ident = $id:literal $slug:literal),* $(,)?) => {
    /// A mail, by its id in the specification's catalogue (§A.0.1): `MAIL-11`. An id is never changed and never used twice.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum MailName { $($(#[$doc])* #[serde(rename = $id)] $variant),* }
    impl MailName {
        /// All of them.
        pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        /// The id.
        #[must_use]
        pub fn id(self) -> &'static str { match self { $(Self::$variant => $id),* } }
        /// What people call it on the command line: `new-sign-in`.
        #[must_use]
        pub fn slug(self) -> &'static str { match self { $(Self::$variant => $slug),* } }
        /// By its id or its other name.
        #[must_use]
        pub fn named(text: &str) -> Option<Self> {
            Self::ALL.iter().copied().find(|name| name.id().eq_ignore_ascii_case(text) || name.slug() == text)
        }
    }
}}

mails! {
    /// A test by an operator. Not in the catalogue.
    Test = "MAIL-00" "test",
    /// The code that proves a mailbox.
    ConfirmAddress = "MAIL-01" "confirm-address",
    /// Somebody signs up with an address that has an account.
    AccountExists = "MAIL-02" "account-exists",
    /// An invitation.
    Invitation = "MAIL-03" "invitation",
    /// An invitation, once more.
    InvitationReminder = "MAIL-04" "invitation-reminder",
    /// The new link of an invitation.
    InvitationRegenerated = "MAIL-05" "invitation-regenerated",
    /// Somebody accepted, to the inviter.
    InvitationAccepted = "MAIL-06" "invitation-accepted",
    /// An invitation did not arrive, to the inviter.
    InvitationBounced = "MAIL-07" "invitation-bounced",
    /// The code for a new password.
    ResetCode = "MAIL-08" "reset-code",
    /// The password is another one.
    PasswordChanged = "MAIL-09" "password-changed",
    /// The code to sign in with.
    SignInCode = "MAIL-10" "sign-in-code",
    /// A sign-in from a browser that the person never used.
    NewSignIn = "MAIL-11" "new-sign-in",
    /// The code that proves the address that an account is to have.
    ConfirmNewAddress = "MAIL-16" "confirm-new-address",
    /// To the old address: there is a new one.
    AddressReplaced = "MAIL-17" "address-replaced",
    /// The account is put away.
    AccountArchived = "MAIL-23" "account-archived",
    /// The account works again.
    AccountRestored = "MAIL-24" "account-restored",
    /// All that is kept of a person can be fetched.
    ExportReady = "MAIL-25" "export-ready",
    /// The account is going to be deleted.
    AccountToGo = "MAIL-26" "account-to-go",
    /// A new version of terms of use.
    NewTerms = "MAIL-22" "new-terms",
    /// A company was made.
    CompanyReady = "MAIL-28" "company-ready",
    /// Many wrong tries.
    UnusualAttempts = "MAIL-30" "unusual-attempts",
    /// An application was reported, to operators and its publisher.
    AppReported = "MAIL-31" "app-reported",
    /// The invited person asks something of the inviter. Not in the catalogue.
    InvitationAsked = "MAIL-36" "invitation-asked",
    /// Somebody asks for a place in a company that exists, to who made it. Not in the catalogue.
    CompanyAsked = "MAIL-40" "company-asked",
    /// The link that does instead of a check. Not in the catalogue.
    CheckLink = "MAIL-41" "check-link",
}

/// From where something was asked, as far as it is known: lines of the mail that say what a person can recognise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// The browser in a word or two: «Firefox, Linux».
    pub browser: Option<String>,
    /// The place, or the network address where no place is known.
    pub place: Option<String>,
}

/// What the mails to an invited person say besides their link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Which invitation it is.
    pub invitation: InvitationId,
    /// What the person is called.
    #[serde(default)]
    pub invitee: Option<String>,
    /// Who invites them.
    #[serde(default)]
    pub inviter: Option<String>,
    /// To which application, if to one.
    #[serde(default)]
    pub app: Option<String>,
    /// In the inviter's own words.
    #[serde(default)]
    pub message: Option<String>,
    /// Until when.
    pub expires_at: Timestamp,
}

/// What an invited person may ask of the inviter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "ask")]
pub enum InvitationAsk {
    /// Another address, please.
    Move {
        /// Which.
        to: String,
    },
    /// Somebody accepted it, and it was not I.
    NotMe,
    /// It is not for me.
    Refused,
    /// Another link, please; where the organisation does not let people make them.
    NewLink,
}

/// What a mail says besides its code and its link, which are sealed ([`Mail::secrets`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
pub enum MailContent {
    /// [`MailName::Test`]
    #[serde(rename = "MAIL-00")]
    Test,
    /// [`MailName::ConfirmAddress`]: with a code, and a link that shows it.
    #[serde(rename = "MAIL-01")]
    ConfirmAddress {
        /// For which application, if for one.
        app: Option<String>,
        /// From where.
        #[serde(default)]
        from: Origin,
    },
    /// [`MailName::AccountExists`]: with a link to sign in.
    #[serde(rename = "MAIL-02")]
    AccountExists {
        /// For which application, if for one.
        app: Option<String>,
        /// Where a new password can be chosen.
        reset_url: String,
    },
    /// [`MailName::Invitation`]: with the link.
    #[serde(rename = "MAIL-03")]
    Invitation(Invited),
    /// [`MailName::InvitationReminder`]: with the link.
    #[serde(rename = "MAIL-04")]
    InvitationReminder(Invited),
    /// [`MailName::InvitationRegenerated`]: with the link.
    #[serde(rename = "MAIL-05")]
    InvitationRegenerated(Invited),
    /// [`MailName::InvitationAccepted`]
    #[serde(rename = "MAIL-06")]
    InvitationAccepted {
        /// Who.
        invitee: String,
        /// To which application, if to one.
        app: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// [`MailName::InvitationBounced`]: with a link to the invitation.
    #[serde(rename = "MAIL-07")]
    InvitationBounced {
        /// To which address.
        email: String,
        /// What the other side said.
        reason: String,
    },
    /// [`MailName::InvitationAsked`]: with a link to the invitation.
    #[serde(rename = "MAIL-36")]
    InvitationAsked {
        /// To which address the invitation went.
        email: String,
        /// What is asked.
        what: InvitationAsk,
    },
    /// [`MailName::ResetCode`]: with a code, and a link that shows it; or without, and a word on whom to ask.
    #[serde(rename = "MAIL-08")]
    ResetCode {
        /// From where.
        #[serde(default)]
        from: Origin,
        /// May nobody use the account?
        #[serde(default)]
        is_refused: bool,
    },
    /// [`MailName::PasswordChanged`]: with a link that undoes it.
    #[serde(rename = "MAIL-09")]
    PasswordChanged {
        /// When.
        at: Timestamp,
        /// From where.
        #[serde(default)]
        from: Origin,
    },
    /// [`MailName::SignInCode`]: with a code, and a link that shows it.
    #[serde(rename = "MAIL-10")]
    SignInCode {
        /// For which application, if for one.
        app: Option<String>,
        /// From where.
        #[serde(default)]
        from: Origin,
    },
    /// [`MailName::NewSignIn`]: with a link to the account.
    #[serde(rename = "MAIL-11")]
    NewSignIn {
        /// When.
        at: Timestamp,
        /// To which application, if to one.
        app: Option<String>,
        /// From where.
        #[serde(default)]
        from: Origin,
    },
    /// [`MailName::NewTerms`]: with a link to what the person accepted.
    #[serde(rename = "MAIL-22")]
    NewTerms {
        /// The document.
        document: String,
        /// Which version.
        version: u32,
        /// From when on it is asked for.
        effective_at: Timestamp,
        /// What changes.
        summary: String,
    },
    /// [`MailName::ConfirmNewAddress`]: with a code.
    #[serde(rename = "MAIL-16")]
    ConfirmNewAddress {
        /// The address that it is to replace, masked: the new mailbox may be somebody else's.
        old: String,
        /// From where.
        #[serde(default)]
        from: Origin,
    },
    /// [`MailName::AddressReplaced`]: with a link that takes it back.
    #[serde(rename = "MAIL-17")]
    AddressReplaced {
        /// The new address, masked.
        new: String,
        /// When.
        at: Timestamp,
        /// From where.
        #[serde(default)]
        from: Origin,
    },
    /// [`MailName::AccountArchived`]
    #[serde(rename = "MAIL-23")]
    AccountArchived,
    /// [`MailName::AccountRestored`]: with a link to the account.
    #[serde(rename = "MAIL-24")]
    AccountRestored,
    /// [`MailName::ExportReady`]: with a link to the page that gives it to who is signed in.
    #[serde(rename = "MAIL-25")]
    ExportReady,
    /// [`MailName::AccountToGo`]: with a link that keeps it.
    #[serde(rename = "MAIL-26")]
    AccountToGo {
        /// When.
        due: Timestamp,
    },
    /// [`MailName::CompanyReady`]: with a link to the account.
    #[serde(rename = "MAIL-28")]
    CompanyReady {
        /// Its name.
        company: String,
    },
    /// [`MailName::CheckLink`]: with a link.
    #[serde(rename = "MAIL-41")]
    CheckLink {
        /// For which application, if for one.
        app: Option<String>,
        /// From where.
        #[serde(default)]
        from: Origin,
    },
    /// [`MailName::CompanyAsked`]
    #[serde(rename = "MAIL-40")]
    CompanyAsked {
        /// Which.
        company: String,
        /// Who asks: name and address.
        who: String,
    },
    /// [`MailName::UnusualAttempts`]: with a link to the account.
    #[serde(rename = "MAIL-30")]
    UnusualAttempts {
        /// How many.
        count: u32,
        /// Since when.
        since: Timestamp,
    },
    /// [`MailName::AppReported`]
    #[serde(rename = "MAIL-31")]
    AppReported {
        /// The application.
        app: String,
        /// The organisation in which it was reported.
        reporter_tenant: String,
        /// Why.
        reason: ReportReason,
        /// In the person's own words.
        text: String,
        /// By which the report is found.
        reference: String,
    },
}

impl MailContent {
    /// Which mail this is.
    #[must_use]
    pub fn name(&self) -> MailName {
        match self {
            Self::Test => MailName::Test,
            Self::ConfirmAddress { .. } => MailName::ConfirmAddress,
            Self::AccountExists { .. } => MailName::AccountExists,
            Self::Invitation(_) => MailName::Invitation,
            Self::InvitationReminder(_) => MailName::InvitationReminder,
            Self::InvitationRegenerated(_) => MailName::InvitationRegenerated,
            Self::InvitationAccepted { .. } => MailName::InvitationAccepted,
            Self::InvitationBounced { .. } => MailName::InvitationBounced,
            Self::InvitationAsked { .. } => MailName::InvitationAsked,
            Self::ResetCode { .. } => MailName::ResetCode,
            Self::PasswordChanged { .. } => MailName::PasswordChanged,
            Self::SignInCode { .. } => MailName::SignInCode,
            Self::NewSignIn { .. } => MailName::NewSignIn,
            Self::NewTerms { .. } => MailName::NewTerms,
            Self::ConfirmNewAddress { .. } => MailName::ConfirmNewAddress,
            Self::AddressReplaced { .. } => MailName::AddressReplaced,
            Self::AccountArchived => MailName::AccountArchived,
            Self::AccountRestored => MailName::AccountRestored,
            Self::ExportReady => MailName::ExportReady,
            Self::AccountToGo { .. } => MailName::AccountToGo,
            Self::UnusualAttempts { .. } => MailName::UnusualAttempts,
            Self::CompanyReady { .. } => MailName::CompanyReady,
            Self::CompanyAsked { .. } => MailName::CompanyAsked,
            Self::CheckLink { .. } => MailName::CheckLink,
            Self::AppReported { .. } => MailName::AppReported,
        }
    }

    /// The invitation that it brings to the invited person, if it is such a mail.
    #[must_use]
    pub fn invitation(&self) -> Option<InvitationId> {
        match self {
            Self::Invitation(invited) | Self::InvitationReminder(invited) | Self::InvitationRegenerated(invited) => Some(invited.invitation),
            _ => None,
        }
    }
}

/// A mail in the outbox. Made by `journey::Letter`, which seals what must be sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// In whose name, and with whose look.
    pub tenant: TenantId,
    /// To whom. `None` where there is nobody to write to: the row is written all the same, so that an unknown address costs the request what a known one
    /// does, and nothing is sent when its turn comes.
    pub to: Option<Email>,
    /// In which language.
    pub locale: Locale,
    /// What.
    pub content: MailContent,
    /// Code and link, sealed; gone as soon as it is sent.
    #[serde(default)]
    pub secrets: Option<String>,
    /// Not sent after that: its code has ended, or nobody wants to know any more.
    pub not_after: Timestamp,
}

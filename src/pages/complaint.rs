//! What a person is told, by the ids of the specification's catalogue (§A.0.3). The sentence is in `templates/words/`, its arguments are the fields here.

mod samples;

use serde::Serialize;

use crate::policy::password::Guessable;

/// What is wrong with a client's parameter, as far as a person who is sent here by the client needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// It was not sent.
    Missing,
    /// It names what nobody registered here.
    Unregistered,
    /// It is there and cannot be used.
    Invalid,
}

/// One sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "id", content = "args")]
pub enum Complaint {
    /// An empty field. `field` is the field's name in the form; the words know its label.
    #[serde(rename = "E-REQ")]
    Required {
        /// Its name in the form.
        field: &'static str,
    },
    /// More than anybody needs in a field. `field` as for [`Complaint::Required`].
    #[serde(rename = "E-LONG")]
    TooLong {
        /// Its name in the form.
        field: &'static str,
        /// At most this many characters.
        most: usize,
    },
    /// Not an address.
    #[serde(rename = "E-EMAIL")]
    Email,
    /// A day that is in no calendar, or on which nobody alive was born.
    #[serde(rename = "E-DATE")]
    Date,
    /// Too young for an account.
    #[serde(rename = "E-AGE")]
    Young {
        /// From this age on.
        least: u32,
    },
    /// An address whose domain is nearly a well-known one. Said once: the person knows better.
    #[serde(rename = "E-EMAIL-TYPO")]
    EmailTypo {
        /// What they may have meant.
        suggestion: String,
    },
    /// A mailbox that does not take mail.
    #[serde(rename = "E-MAILBOX")]
    MailboxRefused {
        /// Which.
        address: String,
    },
    /// The mail server is away.
    #[serde(rename = "E-MAILDOWN")]
    MailDown,
    /// A mailed code is wrong.
    #[serde(rename = "E-CODE")]
    Code {
        /// How often it may still be tried.
        left: u32,
    },
    /// What was typed cannot be a code.
    #[serde(rename = "E-CODE-FMT")]
    CodeFormat {
        /// How many digits a code has.
        digits: u32,
    },
    /// A code past its time, or replaced by a newer one.
    #[serde(rename = "E-CODE-EXP")]
    CodeExpired,
    /// Out of tries.
    #[serde(rename = "E-CODE-MAX")]
    CodeSpent {
        /// Seconds until there can be another.
        seconds: u64,
    },
    /// Another code so soon.
    #[serde(rename = "E-RESEND")]
    Resend {
        /// Seconds until there can be another.
        seconds: u64,
    },
    /// The check did not come to an end.
    #[serde(rename = "E-CHECK")]
    Unchecked,
    /// A company's number contradicts itself.
    #[serde(rename = "E-COMPANY-ID")]
    CompanyNumber,
    /// There is such a company.
    #[serde(rename = "E-COMPANY-DUP")]
    CompanyTaken {
        /// Whom to ask, masked.
        contact: String,
    },
    /// Not a telephone number of the country chosen.
    #[serde(rename = "E-PHONE")]
    Phone,
    /// There is an account; said only to whom its mailbox is.
    #[serde(rename = "E-EXISTS")]
    AccountExists,
    /// People do not make accounts by themselves here.
    #[serde(rename = "E-INVITE-ONLY")]
    InviteOnly,
    /// Wrong identifier or password.
    #[serde(rename = "E-BADCRED")]
    BadCredentials,
    /// A new password is too short.
    #[serde(rename = "E-PW-SHORT")]
    PasswordShort {
        /// At least this many characters.
        least: usize,
        /// How many are missing.
        missing: usize,
    },
    /// A new password is too long, or holds what cannot be typed again.
    #[serde(rename = "E-PW-LONG")]
    PasswordLong {
        /// At most this many characters.
        most: usize,
    },
    /// A new password is in lists that others have, or is put together from them.
    #[serde(rename = "E-PW-KNOWN")]
    PasswordKnown {
        /// What makes it easy to guess.
        why: Guessable,
    },
    /// A new password is the old one.
    #[serde(rename = "E-PW-SAME")]
    PasswordSame,
    /// A new password holds the name or the address.
    #[serde(rename = "E-PW-SELF")]
    PasswordSelf,
    /// Too many tries.
    #[serde(rename = "E-THROTTLE")]
    Throttled {
        /// Seconds to wait.
        seconds: u64,
    },
    /// So busy that the try was not judged.
    #[serde(rename = "E-BUSY")]
    Busy,
    /// An administrator locked the account.
    #[serde(rename = "E-LOCKED")]
    Locked {
        /// Whom to ask.
        support: String,
    },
    /// The account is archived.
    #[serde(rename = "E-ARCHIVED")]
    Archived {
        /// Where.
        organisation: String,
        /// Whom to ask.
        support: String,
    },
    /// The organisation is switched off.
    #[serde(rename = "E-TENANT-OFF")]
    TenantOff {
        /// Which.
        organisation: String,
    },
    /// The application is switched off.
    #[serde(rename = "E-APP-OFF")]
    AppOff {
        /// Which.
        app: String,
    },
    /// The application is not for this person.
    #[serde(rename = "E-NOT-ASSIGNED")]
    NotAssigned {
        /// Which.
        app: String,
    },
    /// An administrator must agree first.
    #[serde(rename = "E-NEED-ADMIN")]
    NeedAdmin {
        /// Where.
        organisation: String,
    },
    /// The terms of use were not accepted.
    #[serde(rename = "E-TOU")]
    TermsDeclined {
        /// What does not open without.
        app: Option<String>,
    },
    /// The terms of use that were read are no longer those to be accepted.
    #[serde(rename = "E-TOU-NEW")]
    TermsChanged,
    /// No role opens this page of the administration to them.
    #[serde(rename = "E-NO-ROLE")]
    NoRole {
        /// Of which organisation.
        organisation: Box<str>,
        /// Who is signed in.
        identifier: Box<str>,
    },
    /// The form is stale.
    #[serde(rename = "E-CSRF")]
    Stale,
    /// The journey is over or too old.
    #[serde(rename = "E-TXN")]
    Over {
        /// Where to start again.
        app: Option<String>,
    },
    /// A client's request that cannot be answered to the client.
    #[serde(rename = "E-OAUTH")]
    BadRequest {
        /// The parameter at fault.
        parameter: &'static str,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// No cookies.
    #[serde(rename = "E-COOKIES")]
    Cookies,
    /// A link that is none.
    #[serde(rename = "E-LINK-BAD")]
    BadLink,
    /// A link past its time.
    #[serde(rename = "E-LINK-EXP")]
    ExpiredLink {
        /// Since when, as a date in words, where that may be told.
        date: Option<String>,
    },
    /// A link that was used.
    #[serde(rename = "E-LINK-USED")]
    LinkUsed,
    /// A link that a newer one replaced.
    #[serde(rename = "E-LINK-OLD")]
    LinkOld {
        /// When that one was sent, as a date in words.
        date: String,
    },
    /// An invitation that was taken back, or refused.
    #[serde(rename = "E-LINK-REVOKED")]
    LinkRevoked,
    /// Signed in as somebody else than was invited.
    #[serde(rename = "E-WRONG-ACCT")]
    WrongAccount {
        /// The invited address, masked.
        masked: Box<str>,
        /// Who is signed in.
        other: String,
    },
    /// There is no such page.
    #[serde(rename = "E-NOT-FOUND")]
    NotFound,
    /// An address that is in use; for administrators and for the first operator.
    #[serde(rename = "E-EMAIL-DUP")]
    EmailTaken,
    /// An invitation to this address is open; for who invites.
    #[serde(rename = "E-INVITED")]
    AlreadyInvited,
    /// This inviter may send no more today.
    #[serde(rename = "E-QUOTA")]
    InvitationQuota {
        /// How many that is.
        most: u32,
    },
    /// A text that is no CSV with known columns.
    #[serde(rename = "E-CSV")]
    NotCsv,
    /// A new address that the account has already.
    #[serde(rename = "E-EMAIL-SAME")]
    SameAddress,
    /// What was typed to confirm is not what was to be typed.
    #[serde(rename = "E-CONFIRM")]
    NotThisAddress,
    /// Nobody could give roles any more.
    #[serde(rename = "E-LAST-ADMIN")]
    LastAdministrator {
        /// In which organisation; `None` where the page says so.
        organisation: Option<String>,
    },
    /// There is no such account; for those who help.
    #[serde(rename = "E-NO-ACCOUNT")]
    NoAccount,
    /// A number that is in use; for administrators.
    #[serde(rename = "E-PHONE-DUP")]
    PhoneTaken,
    /// A login name that is in use; for administrators.
    #[serde(rename = "E-LOGIN-DUP")]
    LoginTaken,
    /// Not of the form that the field wants. `field` as for [`Complaint::Required`].
    #[serde(rename = "E-FORM")]
    Unfit {
        /// Its name in the form.
        field: &'static str,
    },
    /// Nobody takes this from themselves.
    #[serde(rename = "E-ONESELF")]
    Oneself,
    /// Changed elsewhere meanwhile.
    #[serde(rename = "E-CONFLICT")]
    Conflict,
    /// Our fault.
    #[serde(rename = "E-500")]
    Incident {
        /// What to quote.
        reference: String,
    },
}

macro_rules! ids { ($($variant:ident = $id:literal),* $(,)?) => {
    impl Complaint {
        /// Its id in the catalogue.
        #[must_use]
        pub fn id(&self) -> &'static str { match self { $(Self::$variant { .. } => $id),* } }
    }
}}

ids! {
    Required = "E-REQ",
    TooLong = "E-LONG",
    Email = "E-EMAIL",
    Date = "E-DATE",
    Young = "E-AGE",
    BadCredentials = "E-BADCRED",
    PasswordShort = "E-PW-SHORT",
    PasswordLong = "E-PW-LONG",
    PasswordKnown = "E-PW-KNOWN",
    PasswordSelf = "E-PW-SELF",
    PasswordSame = "E-PW-SAME",
    EmailTypo = "E-EMAIL-TYPO",
    MailboxRefused = "E-MAILBOX",
    MailDown = "E-MAILDOWN",
    Code = "E-CODE",
    CodeFormat = "E-CODE-FMT",
    CodeExpired = "E-CODE-EXP",
    CodeSpent = "E-CODE-MAX",
    Resend = "E-RESEND",
    AccountExists = "E-EXISTS",
    Unchecked = "E-CHECK",
    CompanyNumber = "E-COMPANY-ID",
    CompanyTaken = "E-COMPANY-DUP",
    Phone = "E-PHONE",
    InviteOnly = "E-INVITE-ONLY",
    Throttled = "E-THROTTLE",
    Busy = "E-BUSY",
    Locked = "E-LOCKED",
    Archived = "E-ARCHIVED",
    TenantOff = "E-TENANT-OFF",
    AppOff = "E-APP-OFF",
    NotAssigned = "E-NOT-ASSIGNED",
    NeedAdmin = "E-NEED-ADMIN",
    TermsDeclined = "E-TOU",
    TermsChanged = "E-TOU-NEW",
    NoRole = "E-NO-ROLE",
    Stale = "E-CSRF",
    Over = "E-TXN",
    BadRequest = "E-OAUTH",
    Cookies = "E-COOKIES",
    BadLink = "E-LINK-BAD",
    ExpiredLink = "E-LINK-EXP",
    LinkUsed = "E-LINK-USED",
    LinkOld = "E-LINK-OLD",
    LinkRevoked = "E-LINK-REVOKED",
    WrongAccount = "E-WRONG-ACCT",
    NotFound = "E-NOT-FOUND",
    EmailTaken = "E-EMAIL-DUP",
    AlreadyInvited = "E-INVITED",
    InvitationQuota = "E-QUOTA",
    NotCsv = "E-CSV",
    SameAddress = "E-EMAIL-SAME",
    NotThisAddress = "E-CONFIRM",
    LastAdministrator = "E-LAST-ADMIN",
    NoAccount = "E-NO-ACCOUNT",
    PhoneTaken = "E-PHONE-DUP",
    LoginTaken = "E-LOGIN-DUP",
    Unfit = "E-FORM",
    Oneself = "E-ONESELF",
    Conflict = "E-CONFLICT",
    Incident = "E-500",
}

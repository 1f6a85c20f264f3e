//! What a tenant may decide: numbers and choices, each with the default of the specification.

use serde::{Deserialize, Serialize};

use super::{Captcha, Localised};

/// May people agree to applications by themselves?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentPolicy {
    /// To all.
    #[default]
    Everybody,
    /// To none: an administrator agrees for the organisation.
    Nobody,
}

/// How is a person from elsewhere asked to let the organisation have something about them?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgConsentRule {
    /// On a page of its own.
    #[default]
    Ask,
    /// On one page with what the application asks, where both are due.
    WithApp,
    /// Not at all.
    Off,
}

/// May people make an account by themselves?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignUpPolicy {
    /// Nobody: somebody invites them, or an administrator makes the account.
    #[default]
    Closed,
    /// Whoever has a mailbox in one of the organisation's domains.
    Domains,
    /// Whoever has a mailbox.
    Open,
}

/// How does an invited person prove the mailbox?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationProof {
    /// By a mailed code: links get forwarded, copied and shown.
    #[default]
    Code,
    /// By the link, where it left by our own mail only.
    Link,
}

/// Is somebody who types an address told that no account has it?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownPolicy {
    /// No: nobody learns who has an account.
    #[default]
    Hide,
    /// Yes, and may make an account with it at once.
    Tell,
}

/// A tenant's settings. Times are seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own that an organisation answers")]
pub struct Settings {
    /// A session ends after this long without use.
    pub session_idle: u64,
    /// A session ends after this long in any case.
    pub session_max: u64,
    /// Offer «Rester connecté»?
    pub stay: bool,
    /// How long a session lasts, idle or not, for a person who chose to stay signed in.
    pub stay_max: u64,
    /// How recent a proof must be for security pages.
    pub reauthentication: u64,
    /// Without use for this long, the consoles ask for the proof again; never sooner than for security pages.
    pub console_idle: u64,
    /// Life of an authorization code.
    pub authorization_code: u64,
    /// Life of an access token, where its API does not say otherwise.
    pub access_token: u64,
    /// Life of an ID token.
    pub id_token: u64,
    /// A refresh token not used for this long is dead.
    pub refresh_idle: u64,
    /// A family of refresh tokens ends after this long in any case.
    pub refresh_max: u64,
    /// The same for applications that run in a browser.
    pub refresh_browser_max: u64,
    /// A client that repeats a refresh within this long gets the same answer again.
    pub refresh_retry: u64,
    /// Shortest password.
    pub password_min: usize,
    /// Failures for one account before it has to wait.
    pub throttle_failures: u32,
    /// The first wait, doubled by each further failure.
    pub throttle_pause: u64,
    /// The longest wait.
    pub throttle_pause_max: u64,
    /// Failures from one network in a window before it has to wait.
    pub throttle_network_failures: u32,
    /// That window.
    pub throttle_network_window: u64,
    /// May people agree to applications by themselves?
    #[schema(value_type = String)]
    pub user_consent: ConsentPolicy,
    /// How are people from elsewhere asked to let the organisation have something about them: `ask`, `with_app` (on one page with the application) or `off`?
    #[schema(value_type = String)]
    pub org_consent: OrgConsentRule,
    /// The version of the privacy statement. Raise it, and people from elsewhere are asked once more.
    pub privacy_version: u32,
    /// May people make an account by themselves: `closed`, `domains` (the organisation's own) or `open`?
    #[schema(value_type = String)]
    pub sign_up: SignUpPolicy,
    /// Is somebody who comes for a company asked to make it, at the end of their first sign-in?
    pub company_step: bool,
    /// Is somebody who types an address told that no account has it: `hide` or `tell`?
    #[schema(value_type = String)]
    pub unknown_address: UnknownPolicy,
    /// Ask new people for their country?
    pub ask_country: bool,
    /// The country that is chosen beforehand, by its code: `FR`.
    pub country: Option<String>,
    /// Why new people are asked for their date of birth, as they read it; without a reason nobody is asked.
    pub birth_date_reason: Option<Localised>,
    /// The youngest who may make an account, in years, where the date of birth is asked.
    pub minimum_age: u32,
    /// Offer new people a box to tick for news from the organisation?
    pub marketing: bool,
    /// From how many mails that a network caused within the window of failures its next one needs a check; 0 is always.
    pub check_after_mails: u32,
    /// From how many failures of a network within that window the same.
    pub check_after_failures: u32,
    /// How much a check costs the person's machine: the work doubles with each bit.
    pub check_bits: u32,
    /// Whom to ask, in the place of that work, whether it is a person.
    pub captcha: Option<Captcha>,
    /// How many digits a mailed code has.
    pub mail_code_digits: u32,
    /// Life of a mailed code.
    pub mail_code: u64,
    /// How often a mailed code may be typed wrong.
    pub mail_code_tries: u32,
    /// The pause before the next code to the same mailbox.
    pub mail_code_pause: u64,
    /// The most codes to the same mailbox in an hour.
    pub mail_code_hourly: u32,
    /// May people sign in with a code that is mailed to them, in the place of the password?
    pub mail_code_sign_in: bool,
    /// May a mail's subject hold its code? Phones show it without opening the mail.
    pub code_in_subject: bool,
    /// How long an invitation is good.
    pub invitation: u64,
    /// May an invited person ask for a new link by themselves?
    pub invitation_self_service: bool,
    /// How does an invited person prove the mailbox: by a mailed `code`, or by the `link` where it left by our own mail only?
    #[schema(value_type = String)]
    pub invitation_proof: InvitationProof,
    /// The most invitations that one inviter may send in a day; 0 is any number.
    pub invitations_daily: u32,
    /// How long an account whose owner wants it gone can be kept after all.
    pub deletion_grace: u64,
    /// From which address mails come, in one of the organisation's domains; the server's own unless said.
    pub mail_from: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        const HOUR: u64 = 60 * MINUTE;
        const DAY: u64 = 24 * HOUR;
        Self {
            session_idle: 12 * HOUR,
            session_max: 7 * DAY,
            stay: false,
            stay_max: 30 * DAY,
            reauthentication: 10 * MINUTE,
            console_idle: HOUR,
            authorization_code: MINUTE,
            access_token: 10 * MINUTE,
            id_token: 10 * MINUTE,
            refresh_idle: 14 * DAY,
            refresh_max: 90 * DAY,
            refresh_browser_max: DAY,
            refresh_retry: 30,
            password_min: 12,
            throttle_failures: 5,
            throttle_pause: 30,
            throttle_pause_max: 15 * MINUTE,
            throttle_network_failures: 100,
            throttle_network_window: 10 * MINUTE,
            user_consent: ConsentPolicy::Everybody,
            org_consent: OrgConsentRule::Ask,
            privacy_version: 1,
            sign_up: SignUpPolicy::Closed,
            company_step: false,
            unknown_address: UnknownPolicy::Hide,
            ask_country: false,
            country: None,
            birth_date_reason: None,
            minimum_age: 0,
            marketing: false,
            check_after_mails: 20,
            check_after_failures: 30,
            check_bits: 16,
            captcha: None,
            mail_code_digits: 6,
            mail_code: 15 * MINUTE,
            mail_code_tries: 5,
            mail_code_pause: MINUTE,
            mail_code_hourly: 5,
            mail_code_sign_in: true,
            code_in_subject: true,
            invitation: 30 * DAY,
            invitation_self_service: true,
            invitation_proof: InvitationProof::Code,
            invitations_daily: 0,
            deletion_grace: 30 * DAY,
            mail_from: None,
        }
    }
}

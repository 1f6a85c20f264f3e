//! What is remembered: records, their legal transitions, and the keys they are found by.
//!
//! May import: `values`. Pure: a record changes only by methods that refuse an illegal transition,
//! for instance [`AuthorizationCode::spend`], and only the store can write it.
//!
//! To add a record: a file here that implements [`Record`], a [`Table`] number that was never used before,
//! an [`Index`] for each way it is found, a repository in `storage/repo/`, and one old encoding in `tests/it/storage/fixtures/`.
//!
//! Why it is so: bodies are self-describing (JSON with defaults), so a record can grow a field without a migration.

mod access_token;
mod account;
mod address_change;
mod agent;
mod api;
mod attempts;
mod audit;
mod authorization_code;
mod authorization_request;
mod captcha;
mod client;
mod company;
mod consent;
mod credential;
mod deletion;
mod device;
mod export;
mod grant;
mod invitation;
mod hook;
mod journey;
mod key;
mod link;
mod mail;
mod membership;
mod message;
mod organisation_consent;
mod record;
mod report;
mod rules;
mod session;
mod setup;
mod tenant;
mod terms;

pub use access_token::{OpaqueAccessToken, RevokedToken};
pub use account::{Account, AccountEmail, AccountPhone, AccountState, EmailAlias, Marketing, PostalAddress, Profile, Role, Subject};
pub use address_change::{AddressChange, AddressUndo};
pub use agent::{Agent, BrowserFamily, SystemFamily};
pub use api::{Api, ApiScope, TokenFormat};
pub use attempts::Attempts;
pub use audit::{Actor, ActorKind, AuditEvent, AuditRecord, EventName, Outcome, Target};
pub use authorization_code::{AlreadySpent, AuthorizationCode};
pub use authorization_request::{AuthorizationRequest, ClaimRequest, ClaimsRequest};
pub use captcha::{Captcha, CaptchaWidget};
pub use client::{Client, ClientKind, ClientSecret, ClientState, ConsentMode, PkceRule, Publisher};
pub use company::{Company, CompanyDetails, CompanyState};
pub use consent::Consent;
pub use credential::{Credential, CredentialKind};
pub use deletion::{AccountDeletion, Tombstone};
pub use device::{Device, KnownAccount};
pub use export::{AccountExport, AccountExportPart};
pub use grant::{Authentication, Grant, RefreshState, Successor};
pub use hook::{Endpoint, EndpointSecret, EndpointState, Hook, HookEvent, HookName};
pub use invitation::{
    Bounce, Invitation, InvitationEnd, InvitationLink, InvitationOver, InvitationState, InvitedBy, Inviter, MoveAsked, RequiredHome, SelfService, masked,
};
pub use journey::{CodeUse, CompanyAnswer, Described, Ending, Evidence, InvitedTo, Journey, Proved, Purpose, ScreenName, StepName, Unfit};
pub use key::SigningKey;
pub use link::{CodeLink, UndoLink};
pub use mail::{InvitationAsk, Invited, Mail, MailContent, MailName, Origin};
pub use membership::{CompanyPlace, Membership};
pub use message::{Delivery, Message, MessageKind, MessageState, Missed, Obstacle, UsedAssertion};
pub use organisation_consent::{OrganisationConsent, PermissionItem};
pub use record::{Index, Key, Leads, Record, Table};
pub use report::{AppReport, ReportReason};
pub use rules::{ConsentPolicy, InvitationProof, OrgConsentRule, Settings, SignUpPolicy, UnknownPolicy};
pub use session::{Session, SessionClient, SessionEnd};
pub use setup::SetupLink;
pub use tenant::{Brand, Localised, Support, Tenant, TenantKind, TenantState};
pub use terms::{AcceptedHow, Announcing, TermsAcceptance, TermsAudience, TermsDocument, TermsIssue, TermsRelease, TermsText, TermsWording};

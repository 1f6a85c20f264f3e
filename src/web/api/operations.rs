//! Every operation, once: its route and its description come from this table, so that neither can be without the other.

use actix_web::{Route, web};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::{accounts, apis, audit, backup, clients, companies, import, invitations, keys, mail, openapi, settings, tenants, terms, webhooks};
use crate::{
    model::Settings,
    policy::admin::Right,
    service::admin::{
        Page, Shown,
        accounts::{AccountShown, AccountWritten, NewAccount, NewPassword, RolesWritten},
        apis::{ApiShown, ApiWritten, NewApi},
        audit::{EventShown, Verified},
        clients::{ClientMade, ClientShown, ClientWritten, NewClient, SecretRotation},
        companies::CompanyShown,
        import::{ImportLine, Reported, Totals},
        invitations::{
            BounceTold, InvitationChange, InvitationLine, InvitationLinks, InvitationMade, InvitationShown, InvitationsReported, LineReported, NewInvitation,
        },
        keys::{KeyShown, Rotated, Rotation},
        links::{LinkWarning, Saved},
        mail::{MailQueued, MailShown, MailTest},
        tenants::{TenantShown, TenantWritten},
        terms::{AcceptanceShown, Acceptances, AcceptancesTaken, NewTerms, NewVersion, TermsReport, TermsShown, TermsWritten, TextSent},
        webhooks::{DeliveryQueued, DeliveryShown, NewWebhook, WebhookMade, WebhookRotation, WebhookShown, WebhookWritten},
    },
};

/// How it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Make or do.
    Post,
    /// Change some of it.
    Patch,
    /// Put in the place of what was.
    Put,
    /// Take away.
    Delete,
}

/// A schema, and those it rests on.
pub type Described = fn(&mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema>;

/// One operation.
#[derive(Clone, Copy)]
pub struct Operation {
    /// How.
    pub method: Method,
    /// Where, below the mount.
    pub path: &'static str,
    /// What a token needs.
    pub right: Option<Right>,
    /// What it does.
    pub summary: &'static str,
    /// What is sent.
    pub sent: Option<Described>,
    /// What comes back.
    pub answered: Option<Described>,
    /// Its route.
    pub(super) route: fn() -> Route,
}

fn describe<T: ToSchema>(all: &mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema> {
    T::schemas(all);
    all.push((T::name().into_owned(), T::schema()));
    RefOr::Ref(utoipa::openapi::Ref::from_schema_name(T::name()))
}

/// What stands flattened in others is named there, but not described.
pub(super) fn describe_parts(all: &mut Vec<(String, RefOr<Schema>)>) {
    let parts: &[Described] = &[
        describe::<TenantShown>,
        describe::<TenantWritten>,
        describe::<AccountShown>,
        describe::<AccountWritten>,
        describe::<ClientShown>,
        describe::<ClientWritten>,
        describe::<ApiShown>,
        describe::<ApiWritten>,
        describe::<Settings>,
        describe::<Shown<ClientShown>>,
        describe::<Shown<TenantShown>>,
        describe::<ClientMade>,
        describe::<LinkWarning>,
        describe::<KeyShown>,
        describe::<EventShown>,
        describe::<MailShown>,
        describe::<Totals>,
        describe::<WebhookShown>,
        describe::<Shown<WebhookShown>>,
        describe::<DeliveryShown>,
        describe::<CompanyShown>,
        describe::<TermsShown>,
        describe::<TermsWritten>,
        describe::<AcceptanceShown>,
        describe::<InvitationShown>,
        describe::<Shown<InvitationShown>>,
        describe::<LineReported>,
    ];
    for part in parts {
        part(all);
    }
}

fn anything(_: &mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema> {
    serde_json::Value::schema()
}

macro_rules! described {
    () => {
        None
    };
    (any) => {
        Some(anything as Described)
    };
    ($kind:ty) => {
        Some(describe::<$kind> as Described)
    };
}
macro_rules! right {
    (nobody) => {
        None
    };
    ($right:ident) => {
        Some(Right::$right)
    };
}

macro_rules! operations { ($($method:ident $verb:ident $path:literal $right:ident $action:path, $summary:literal ($($sent:tt)*) -> ($($answered:tt)*);)*) => {
    /// All of them; those of one path stand together.
    pub const OPERATIONS: &[Operation] = &[$(Operation {
        method: Method::$method,
        path: $path,
        right: right!($right),
        summary: $summary,
        sent: described!($($sent)*),
        answered: described!($($answered)*),
        route: || web::$verb().to($action),
    }),*];
}}

operations! {
    Get get "/openapi.json" nobody openapi::show, "This description" () -> (any);
    Get get "/tenants" TenantRead tenants::list, "All organisations, for operators" () -> (Page<Shown<TenantShown>>);
    Post post "/tenants" TenantWrite tenants::create, "Make an organisation, for operators" (TenantWritten) -> (Saved<Shown<TenantShown>>);
    Get get "/tenants/{tenant}" TenantRead tenants::show, "An organisation" () -> (Shown<TenantShown>);
    Patch patch "/tenants/{tenant}" TenantWrite tenants::update, "Change an organisation, its look and its support" (TenantWritten) -> (Saved<Shown<TenantShown>>);
    Post post "/tenants/{tenant}/disable" TenantWrite tenants::disable, "Switch an organisation off, for operators" (tenants::Reason) -> (Shown<TenantShown>);
    Post post "/tenants/{tenant}/enable" TenantWrite tenants::enable, "Switch an organisation on, for operators" () -> (Shown<TenantShown>);
    Get get "/tenants/{tenant}/settings" SettingRead settings::show, "Its settings" () -> (Shown<Settings>);
    Patch patch "/tenants/{tenant}/settings" SettingWrite settings::update, "Change its settings; null brings a default back" (Settings) -> (Shown<Settings>);
    Get get "/tenants/{tenant}/accounts" AccountRead accounts::list, "Its people" () -> (Page<Shown<AccountShown>>);
    Post post "/tenants/{tenant}/accounts" AccountWrite accounts::create, "Make an account" (NewAccount) -> (Shown<AccountShown>);
    Post post "/tenants/{tenant}/accounts/import" AccountWrite import::accounts, "Bring accounts from a file, NDJSON or CSV, with the hashes of their passwords" (ImportLine) -> (Reported);
    Get get "/tenants/{tenant}/accounts/{account}" AccountRead accounts::show, "An account, by id, address or login name" () -> (Shown<AccountShown>);
    Patch patch "/tenants/{tenant}/accounts/{account}" AccountWrite accounts::update, "Change an account" (AccountWritten) -> (Shown<AccountShown>);
    Post post "/tenants/{tenant}/accounts/{account}/archive" AccountWrite accounts::archive, "Archive an account and end all it has open" () -> (Shown<AccountShown>);
    Post post "/tenants/{tenant}/accounts/{account}/restore" AccountWrite accounts::restore, "Restore an archived account" () -> (Shown<AccountShown>);
    Post post "/tenants/{tenant}/accounts/{account}/lock" AccountWrite accounts::lock, "Lock an account and end all it has open" () -> (Shown<AccountShown>);
    Post post "/tenants/{tenant}/accounts/{account}/unlock" AccountWrite accounts::unlock, "Unlock an account" () -> (Shown<AccountShown>);
    Post post "/tenants/{tenant}/accounts/{account}/sign-out" AccountWrite accounts::sign_out, "End all that an account has open" () -> ();
    Put put "/tenants/{tenant}/accounts/{account}/password" AccountWrite accounts::set_password, "Set a password and end all that is open" (NewPassword) -> ();
    Put put "/tenants/{tenant}/accounts/{account}/roles" AccountWrite accounts::set_roles, "Set roles; needs tenant.write, too" (RolesWritten) -> (Shown<AccountShown>);
    Put put "/tenants/{tenant}/accounts/{account}/email/verified" AccountWrite accounts::verify_email, "Vouch for its address" () -> (Shown<AccountShown>);
    Delete delete "/tenants/{tenant}/accounts/{account}/email/verified" AccountWrite accounts::doubt_email, "Stop vouching for its address" () -> (Shown<AccountShown>);
    Put put "/tenants/{tenant}/accounts/{account}/phone/verified" AccountWrite accounts::verify_phone, "Vouch for its number" () -> (Shown<AccountShown>);
    Delete delete "/tenants/{tenant}/accounts/{account}/phone/verified" AccountWrite accounts::doubt_phone, "Stop vouching for its number" () -> (Shown<AccountShown>);
    Get get "/tenants/{tenant}/clients" ClientRead clients::list, "Its applications" () -> (Page<Shown<ClientShown>>);
    Post post "/tenants/{tenant}/clients" ClientWrite clients::create, "Register an application; its secret is shown this once" (NewClient) -> (Saved<ClientMade>);
    Get get "/tenants/{tenant}/clients/{client}" ClientRead clients::show, "An application" () -> (Shown<ClientShown>);
    Patch patch "/tenants/{tenant}/clients/{client}" ClientWrite clients::update, "Change an application" (ClientWritten) -> (Saved<Shown<ClientShown>>);
    Post post "/tenants/{tenant}/clients/{client}/secrets" ClientWrite clients::rotate_secret, "Make a new secret, shown this once" (SecretRotation) -> (ClientMade);
    Post post "/tenants/{tenant}/clients/{client}/enable" ClientWrite clients::enable, "Switch an application on" () -> (Shown<ClientShown>);
    Post post "/tenants/{tenant}/clients/{client}/disable" ClientWrite clients::disable, "Switch an application off" () -> (Shown<ClientShown>);
    Post post "/tenants/{tenant}/clients/{client}/archive" ClientWrite clients::archive, "Put an application away" () -> (Shown<ClientShown>);
    Put put "/tenants/{tenant}/clients/{client}/publisher/verified" ClientWrite clients::verify_publisher, "Vouch for its publisher, for operators" () -> (Shown<ClientShown>);
    Delete delete "/tenants/{tenant}/clients/{client}/publisher/verified" ClientWrite clients::doubt_publisher, "Stop vouching for its publisher, for operators" () -> (Shown<ClientShown>);
    Get get "/tenants/{tenant}/companies" AccountRead companies::list, "The companies that its people came for" () -> (Page<Shown<CompanyShown>>);
    Get get "/tenants/{tenant}/companies/{company}" AccountRead companies::show, "A company" () -> (Shown<CompanyShown>);
    Put put "/tenants/{tenant}/companies/{company}/members/{account}" AccountWrite companies::admit, "Give somebody a place in a company" () -> ();
    Get get "/tenants/{tenant}/apis" ApiRead apis::list, "Its APIs" () -> (Page<Shown<ApiShown>>);
    Post post "/tenants/{tenant}/apis" ApiWrite apis::create, "Make an API" (NewApi) -> (Shown<ApiShown>);
    Get get "/tenants/{tenant}/apis/{api}" ApiRead apis::show, "An API, by its identifier, percent-encoded" () -> (Shown<ApiShown>);
    Patch patch "/tenants/{tenant}/apis/{api}" ApiWrite apis::update, "Change an API" (ApiWritten) -> (Shown<ApiShown>);
    Delete delete "/tenants/{tenant}/apis/{api}" ApiWrite apis::delete, "Take an API away that no application may ask for" () -> ();
    Get get "/tenants/{tenant}/invitations" InvitationRead invitations::list, "Its invitations" () -> (Page<Shown<InvitationShown>>);
    Post post "/tenants/{tenant}/invitations" InvitationWrite invitations::create, "Invite somebody; the link is shown this once" (NewInvitation) -> (InvitationMade);
    Post post "/tenants/{tenant}/invitations/import" InvitationWrite invitations::import, "Invite everybody in a CSV; a report for each line" (InvitationLine) -> (InvitationsReported);
    Get get "/tenants/{tenant}/invitations/{invitation}" InvitationRead invitations::show, "An invitation, by id or address" () -> (Shown<InvitationShown>);
    Patch patch "/tenants/{tenant}/invitations/{invitation}" InvitationWrite invitations::update, "Change its address, which makes a new link, or its end" (InvitationChange) -> (Shown<InvitationShown>);
    Post post "/tenants/{tenant}/invitations/{invitation}/resend" InvitationWrite invitations::resend, "Send the same link once more" () -> (Shown<InvitationShown>);
    Post post "/tenants/{tenant}/invitations/{invitation}/regenerate" InvitationWrite invitations::regenerate, "Send a new link; the old one dies" () -> (Shown<InvitationShown>);
    Post post "/tenants/{tenant}/invitations/{invitation}/link" InvitationWrite invitations::link, "Show its link, once" () -> (InvitationLinks);
    Post post "/tenants/{tenant}/invitations/{invitation}/revoke" InvitationWrite invitations::revoke, "Take an invitation back" () -> (Shown<InvitationShown>);
    Post post "/mail/bounces" MailWrite invitations::bounced, "Tell that a mail came back" (BounceTold) -> ();
    Get get "/tenants/{tenant}/keys" KeyRead keys::list, "The signing keys of its issuers" () -> (Page<KeyShown>);
    Post post "/tenants/{tenant}/keys/rotate" KeyWrite keys::rotate, "Let a new signing key take over" (Rotation) -> (Rotated);
    Get get "/tenants/{tenant}/mail" MailRead mail::list, "Mails that wait or were given up, never what they say" () -> (Page<MailShown>);
    Post post "/tenants/{tenant}/mail/test" MailWrite mail::test, "Send a test" (MailTest) -> (MailQueued);
    Get get "/tenants/{tenant}/mail/{mail}" MailRead mail::show, "A mail" () -> (MailShown);
    Post post "/tenants/{tenant}/mail/{mail}/retry" MailWrite mail::retry, "Send a mail that was given up once more" () -> (MailQueued);
    Get get "/tenants/{tenant}/terms" TermsRead terms::list, "Its terms of use" () -> (Page<Shown<TermsShown>>);
    Post post "/tenants/{tenant}/terms" TermsWrite terms::create, "Make a document, without a version yet" (NewTerms) -> (Shown<TermsShown>);
    Get get "/tenants/{tenant}/terms/{document}" TermsRead terms::show, "A document and its versions" () -> (Shown<TermsShown>);
    Patch patch "/tenants/{tenant}/terms/{document}" TermsWrite terms::update, "Change its name, or retire it" (TermsWritten) -> (Shown<TermsShown>);
    Post post "/tenants/{tenant}/terms/{document}/texts" TermsWrite terms::receive, "Send a text for a version, as text/plain in UTF-8, at most 1 MiB" (any) -> (TextSent);
    Post post "/tenants/{tenant}/terms/{document}/versions" TermsWrite terms::publish, "Publish a version of texts that were sent" (NewVersion) -> (Shown<TermsShown>);
    Get get "/tenants/{tenant}/terms/{document}/acceptances" TermsRead terms::accepted, "Who accepted it" () -> (Page<AcceptanceShown>);
    Post post "/tenants/{tenant}/terms/{document}/acceptances" TermsWrite terms::import, "Write down that people accepted it before" (Acceptances) -> (AcceptancesTaken);
    Get get "/tenants/{tenant}/terms/{document}/report" TermsRead terms::report, "How many accepted which version" () -> (TermsReport);
    Get get "/tenants/{tenant}/webhooks" ClientRead webhooks::list, "Where its applications are told of what happens" () -> (Page<Shown<WebhookShown>>);
    Post post "/tenants/{tenant}/webhooks" ClientWrite webhooks::create, "Register an endpoint of an application; its secret is shown this once" (NewWebhook) -> (WebhookMade);
    Get get "/tenants/{tenant}/webhooks/{webhook}" ClientRead webhooks::show, "An endpoint" () -> (Shown<WebhookShown>);
    Patch patch "/tenants/{tenant}/webhooks/{webhook}" ClientWrite webhooks::update, "Change an endpoint, or switch it off or on" (WebhookWritten) -> (Shown<WebhookShown>);
    Delete delete "/tenants/{tenant}/webhooks/{webhook}" ClientWrite webhooks::delete, "Take an endpoint away; what waits for it is given up" () -> ();
    Post post "/tenants/{tenant}/webhooks/{webhook}/secrets" ClientWrite webhooks::rotate_secret, "Make a new secret, shown this once; for a while messages carry the signatures of both" (WebhookRotation) -> (WebhookMade);
    Post post "/tenants/{tenant}/webhooks/{webhook}/test" ClientWrite webhooks::test, "Send an endpoint a test" () -> (DeliveryQueued);
    Get get "/tenants/{tenant}/deliveries" ClientRead webhooks::deliveries, "Webhooks that wait or were given up" () -> (Page<DeliveryShown>);
    Get get "/tenants/{tenant}/deliveries/{delivery}" ClientRead webhooks::show_delivery, "A webhook" () -> (DeliveryShown);
    Post post "/tenants/{tenant}/deliveries/{delivery}/retry" ClientWrite webhooks::retry, "Send a webhook that was given up once more" () -> (DeliveryQueued);
    Get get "/tenants/{tenant}/audit" AuditRead audit::list, "What happened, in order" () -> (Page<EventShown>);
    Post post "/tenants/{tenant}/audit/export" AuditRead audit::export, "What happened, as a file: `format` is ndjson or csv" () -> (any);
    Get get "/tenants/{tenant}/audit/verify" AuditRead audit::verify_chain, "Walk the chain that its events are in" () -> (Verified);
    Get get "/audit/verify" AuditRead audit::verify, "Walk every chain of the audit trail, for operators" () -> (Verified);
    Post post "/backup" nobody backup::export, "The whole store as a stream, for operators" () -> (any);
}

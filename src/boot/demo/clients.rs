//! The fictional applications, and the API that one of them calls.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};

use crate::{
    crypto::{Purpose, Sealer},
    model::{Api, ApiScope, Client, ClientKind, ClientSecret, ClientState, ConsentMode, Localised, PkceRule, Publisher, TokenFormat},
    values::{Algorithm, ApiIdentifier, ClientAuthMethod, ClientId, GrantType, RedirectUri, TenantId, Timestamp},
};

/// One application, before it is a record. Each has a host name of its own under `.localhost`, because cookies ignore ports.
#[derive(Debug)]
pub struct Application {
    /// `client_id`, and the first label of the host name.
    pub id: &'static str,
    /// Where it is registered.
    pub tenant: &'static str,
    names: (&'static str, &'static str),
    kind: ClientKind,
    consent: ConsentMode,
    algorithm: Algorithm,
    publisher: (&'static str, &'static str, bool),
    /// What it asks for.
    pub scopes: &'static str,
    note: (&'static str, &'static str),
}

/// All of them.
#[rustfmt::skip]
pub const APPLICATIONS: &[Application] = &[
    Application { id: "espace-client", tenant: "aubepine", names: ("Espace Client", "Client Area"), kind: ClientKind::Web, consent: ConsentMode::Ask,
        algorithm: Algorithm::Rs256, publisher: ("Cabinet Aubépine", "aubepine.test", false), scopes: "openid profile email offline_access",
        note: ("Cabinet Aubépine, éditeur non vérifié", "Cabinet Aubépine, publisher not verified") },
    Application { id: "factures", tenant: "aubepine", names: ("Factures", "Invoices"), kind: ClientKind::Web, consent: ConsentMode::Ask,
        algorithm: Algorithm::Es256, publisher: ("Cabinet Aubépine", "aubepine.test", true), scopes: "openid email factures.lire factures.payer",
        note: ("Cabinet Aubépine, éditeur vérifié, demande l’accès aux factures", "Cabinet Aubépine, verified publisher, asks for access to invoices") },
    Application { id: "machines-demo", tenant: "fournil", names: ("Machines", "Machines"), kind: ClientKind::Browser, consent: ConsentMode::Ask,
        algorithm: Algorithm::Es256, publisher: ("Le Fournil Machines", "fournil.test", false), scopes: "openid profile email address phone",
        note: ("Le Fournil Machines, client public", "Le Fournil Machines, public client") },
    Application { id: "actes-demo", tenant: "etude", names: ("Actes", "Deeds"), kind: ClientKind::Web, consent: ConsentMode::Implied,
        algorithm: Algorithm::Rs256, publisher: ("Étude Lacaze", "etude.test", true), scopes: "openid profile email",
        note: ("Étude Lacaze, sans demande d’accord", "Étude Lacaze, no agreement asked") },
];

/// The scopes that are not of an API.
fn is_of_an_api(scope: &str) -> bool {
    scope.contains('.')
}

impl Application {
    /// Its host name.
    #[must_use]
    pub fn host(&self) -> String {
        format!("{}.localhost", self.id)
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self, port: u16) -> String {
        format!("http://{}:{port}", self.host())
    }

    /// Its name on pages.
    #[must_use]
    pub fn names(&self) -> Localised {
        Localised { fr: self.names.0.to_owned(), en: self.names.1.to_owned() }
    }

    /// What stands on the front page beside the name.
    #[must_use]
    pub fn note(&self) -> Localised {
        Localised { fr: self.note.0.to_owned(), en: self.note.1.to_owned() }
    }

    /// Can it keep a secret?
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        self.kind == ClientKind::Web
    }

    /// Can its access token open userinfo? Not one that is meant for an API.
    #[must_use]
    pub fn sees_userinfo(&self) -> bool {
        !self.scopes.split(' ').any(is_of_an_api)
    }

    /// Its registration, as it should be when the application listens on this port.
    ///
    /// # Errors
    /// An address that cannot be registered.
    pub(super) fn record(&self, tenant: TenantId, port: u16, secret: Option<ClientSecret>, now: Timestamp) -> Result<Client> {
        let url = self.url(port);
        let (publisher, domain, verified) = self.publisher;
        Ok(Client {
            tenant,
            id: ClientId::from(self.id),
            names: self.names(),
            kind: self.kind,
            redirect_uris: vec![RedirectUri::register(&format!("{url}/callback")).context("a redirect URI of the demonstration")?],
            post_logout_redirect_uris: vec![RedirectUri::register(&format!("{url}/")).context("a redirect URI of the demonstration")?],
            grant_types: BTreeSet::from([GrantType::AuthorizationCode, GrantType::RefreshToken]),
            auth_method: if self.is_confidential() { ClientAuthMethod::ClientSecretBasic } else { ClientAuthMethod::None },
            secrets: secret.into_iter().collect(),
            jwks: None,
            pkce: PkceRule::Required,
            id_token_algorithm: self.algorithm,
            id_token_claims: BTreeSet::new(),
            sign_up_attributes: None,
            scopes: self.scopes.parse().context("scopes of the demonstration")?,
            consent: self.consent,
            publisher: Publisher { name: publisher.to_owned(), domain: domain.to_owned(), verified_at: verified.then_some(now) },
            logo: None,
            terms_url: None,
            privacy_url: None,
            home_url: Some(format!("{url}/")),
            initiate_login_uri: Some(format!("{url}/private")),
            backchannel_logout_uri: Some(format!("{url}/backchannel")),
            state: ClientState::Active,
            created_at: now,
            updated_at: now,
        })
    }
}

/// A secret as the server keeps it.
pub(super) fn secret_record(sealer: &Sealer, secret: &str, now: Timestamp) -> ClientSecret {
    ClientSecret {
        digest: sealer.digest(Purpose::ClientSecret, secret),
        sealed: None,
        hint: secret.chars().take(4).collect(),
        created_at: now,
        expires_at: None,
    }
}

/// Where the invoices of the tenant `aubepine` are read and paid.
pub(super) fn invoices(tenant: TenantId, now: Timestamp) -> Result<Api> {
    let scope = |name: &str, title: (&str, &str), text: (&str, &str)| -> Result<ApiScope> {
        let said = |(fr, en): (&str, &str)| Localised { fr: fr.to_owned(), en: en.to_owned() };
        Ok(ApiScope { name: name.parse().context("a scope of the demonstration")?, title: said(title), text: said(text) })
    };
    Ok(Api {
        tenant,
        identifier: ApiIdentifier::from("https://factures.aubepine.test"),
        names: Localised { fr: "Factures".to_owned(), en: "Invoices".to_owned() },
        scopes: vec![
            scope(
                "factures.lire",
                ("Lire vos factures", "Read your invoices"),
                ("Les montants, les dates et ce qui a été facturé.", "Amounts, dates and what was invoiced."),
            )?,
            scope(
                "factures.payer",
                ("Payer vos factures", "Pay your invoices"),
                ("Avec le moyen de paiement que vous avez enregistré.", "By the means of payment that you registered."),
            )?,
        ],
        token_format: TokenFormat::Jwt,
        algorithm: Algorithm::Es256,
        lifetime: None,
        created_at: now,
    })
}

//! A whole Parvis in memory: the default tenant with two APIs and Camille signed in, on a clock that is held and with seeded randomness.

use std::sync::{
    Arc, LazyLock, Mutex,
    atomic::{AtomicU64, Ordering},
};

use actix_web::{
    http::{StatusCode, header::HeaderMap},
    test::{self, TestRequest},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use parvis::{
    crypto::{Keyring, PasswordHasher, Purpose, Sealer},
    journey::Tools,
    model::{
        Account, AccountEmail, AccountPhone, AccountState, Api, ApiScope, Authentication, AuthorizationCode, AuthorizationRequest, ClaimsRequest, Client,
        ClientKind, ClientSecret, ClientState, ConsentMode, Key, Localised, PkceRule, PostalAddress, Profile, Publisher, Record, Session, Subject, Tenant,
        TenantKind, TokenFormat,
    },
    outside::{Fetch, FetchRules, SiteVerify},
    pages::Pages,
    protocol::{params::Params, token::TokenAnswer},
    service::{Refusal, client_auth::AtIssuer, keys, token, token::TokenCounts},
    storage::{Batch, memory::Memory},
    values::{
        AccountId, Algorithm, ApiIdentifier, BrowserId, ClientAuthMethod, ClientId, Clock, Digest, Entropy, EntropyExt as _, GrantId, GrantType, Issuer,
        IssuerForm, Locale, RedirectUri, ResponseMode, Secret, SessionId, TenantId, Timestamp,
    },
};
use serde_json::Value;
use uuid::Uuid;

use super::served;

/// A clock that stands still until it is told.
pub(crate) struct HeldClock(AtomicU64);

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// The same bytes in each run (splitmix64).
struct Seeded(Mutex<u64>);

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().unwrap();
        for chunk in buffer.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_be_bytes()[..chunk.len()]);
        }
    }
}

static PAGES: LazyLock<Arc<Pages>> = LazyLock::new(|| Arc::new(Pages::new().unwrap()));

/// An answer over HTTP.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Said {
    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Status, `error` and `error_description`.
    pub(crate) fn refusal(&self) -> (u16, &str, &str) {
        (self.status.as_u16(), self.body["error"].as_str().unwrap_or_default(), self.body["error_description"].as_str().unwrap_or_default())
    }
}

/// The house.
#[derive(Clone)]
pub(crate) struct House {
    pub(crate) tools: Tools,
    pub(crate) counts: Arc<TokenCounts>,
    pub(crate) tenant: TenantId,
    pub(crate) camille: Subject,
    clock: Arc<HeldClock>,
}

impl House {
    pub(crate) const SECRET: &'static str = "un secret+de 100% confiance";
    pub(crate) const REDIRECT: &'static str = "https://espace.example/retour";
    pub(crate) const VERIFIER: &'static str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    pub(crate) const CHALLENGE: &'static str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /// Opens with ES256 keys only: RSA takes time to make.
    pub(crate) async fn opens() -> Self {
        let clock = Arc::new(HeldClock(AtomicU64::new(1_767_603_600)));
        let entropy = Arc::new(Seeded(Mutex::new(7)));
        let tools = Tools {
            store: Arc::new(Memory::default()),
            hasher: Arc::new(PasswordHasher::new(64, 1, 1, 200, entropy.as_ref()).unwrap()),
            sealer: Arc::new(Sealer::new(&Secret::new([7; 32])).unwrap()),
            keyring: Arc::new(Keyring::default()),
            pages: Arc::clone(&PAGES),
            captchas: Arc::new(SiteVerify::new(Arc::new(Fetch::new(FetchRules::default()).unwrap()))),
            public_url: "https://id.aubepine.test".into(),
            clock: clock.clone(),
            entropy,
        };
        let tenant = TenantId(Uuid::from_u128(1));
        let house = Self { tools, counts: Arc::default(), tenant, camille: Subject { home: tenant, id: AccountId(Uuid::from_u128(2)) }, clock };
        let now = house.tools.now();
        house.keeps(&house.aubepine(now)).await;
        house.keeps(&house.camille_account(now)).await;
        house.keeps(&house.session(now)).await;
        for (identifier, scopes, token_format) in [
            ("https://factures.example", &["factures.lire", "factures.ecrire"][..], TokenFormat::Jwt),
            ("https://archives.example", &["archives.lire"][..], TokenFormat::Opaque),
        ] {
            let scopes = scopes.iter().map(|name| ApiScope { name: name.parse().unwrap(), title: Localised::same(name), text: Localised::default() }).collect();
            let identifier = ApiIdentifier::from(identifier);
            let (names, algorithm) = (Localised::same("Factures"), Algorithm::Es256);
            house.keeps(&Api { tenant, identifier, names, scopes, token_format, algorithm, lifetime: Some(300), created_at: now }).await;
        }
        for form in [IssuerForm::Root, IssuerForm::Tenant] {
            keys::ensure(&house.tools, Issuer { tenant, form }, Algorithm::Es256).await.unwrap();
        }
        house
    }

    fn aubepine(&self, now: Timestamp) -> Tenant {
        Tenant {
            slug: "aubepine".to_owned(),
            names: Localised::same("Cabinet Aubépine"),
            is_default: true,
            domains: vec!["aubepine.test".to_owned()],
            default_locale: Locale::Fr,
            ..Tenant::blank(self.tenant, TenantKind::Organisation, now)
        }
    }

    fn camille_account(&self, now: Timestamp) -> Account {
        let text = |text: &str| Some(text.to_owned());
        Account {
            home: self.tenant,
            id: self.camille.id,
            login: None,
            profile: Profile {
                given_name: text("Camille"),
                family_name: text("Éon"),
                middle_name: text("Claude"),
                nickname: text("Cam"),
                profile: text("https://camille.example/"),
                picture: text("https://camille.example/portrait.png"),
                website: text("https://camille.example/blog"),
                gender: text("female"),
                birthdate: text("1990-04-01"),
                zoneinfo: text("Europe/Paris"),
            },
            locale: Some(Locale::Fr),
            emails: vec![AccountEmail { address: "camille@courriel.test".parse().unwrap(), verified_at: Some(now) }],
            aliases: Vec::new(),
            phones: vec![AccountPhone { number: "+33123456789".to_owned(), verified_at: None }],
            address: Some(PostalAddress {
                street_address: text("1 rue des Aubépines"),
                locality: text("Dijon"),
                region: None,
                postal_code: text("21000"),
                country: text("France"),
            }),
            marketing: None,
            state: AccountState::Active,
            roles: [].into(),
            created_at: now,
            updated_at: now,
        }
    }

    fn session(&self, now: Timestamp) -> Session {
        Session {
            digest: Digest([9; 32]),
            sid: SessionId::from("session-of-camille"),
            subject: self.camille,
            browser: BrowserId::from("browser"),
            agent: parvis::model::Agent::default(),
            proofs: Vec::new(),
            clients: Vec::new(),
            stay: false,
            created_at: now,
            seen_at: now,
            console_at: None,
            idle_until: now.plus(43_200),
            until: now.plus(604_800),
            ended: None,
        }
    }

    /// The issuer at the root.
    pub(crate) fn root(&self) -> Issuer {
        Issuer { tenant: self.tenant, form: IssuerForm::Root }
    }

    /// Lets time pass.
    pub(crate) fn waits(&self, seconds: u64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Writes a new record.
    pub(crate) async fn keeps<T: Record>(&self, record: &T) {
        let mut batch = Batch::new(self.tools.now());
        batch.insert(record).unwrap();
        self.tools.store.commit(batch).await.unwrap();
    }

    /// Changes a record.
    pub(crate) async fn changes<T: Record>(&self, key: Key, change: impl FnOnce(&mut T)) {
        let loaded = self.tools.store.load::<T>(&key, self.tools.now()).await.unwrap().unwrap();
        let mut batch = Batch::new(self.tools.now());
        batch
            .update(loaded.map(|mut record| {
                change(&mut record);
                record
            }))
            .unwrap();
        self.tools.store.commit(batch).await.unwrap();
    }

    /// Registers a client with [`Self::SECRET`].
    pub(crate) async fn registers(&self, change: impl FnOnce(&mut Client)) -> Client {
        let mut client = client(self.tenant, self.tools.now());
        let sealed = self.tools.sealer.seal(Purpose::ClientSecret, Self::SECRET.as_bytes(), self.tools.entropy.as_ref()).unwrap();
        client.secrets.push(ClientSecret {
            digest: self.tools.sealer.digest(Purpose::ClientSecret, Self::SECRET),
            sealed: Some(sealed),
            hint: "un s".to_owned(),
            created_at: self.tools.now(),
            expires_at: None,
        });
        change(&mut client);
        self.keeps(&client).await;
        client
    }

    /// A code for Camille, as the authorization endpoint leaves it.
    pub(crate) async fn code(&self, client: &Client, scopes: &str, change: impl FnOnce(&mut AuthorizationCode)) -> String {
        let (text, now) = (self.tools.entropy.token().expose().clone(), self.tools.now());
        let api = [("factures.", "https://factures.example"), ("archives.", "https://archives.example")];
        let api = api.into_iter().find(|(prefix, _)| scopes.contains(prefix)).map(|(_, identifier)| ApiIdentifier::from(identifier));
        let mut code = AuthorizationCode {
            digest: self.tools.sealer.digest(Purpose::AuthorizationCode, &text),
            grant: GrantId(self.tools.entropy.uuid(now)),
            request: AuthorizationRequest {
                issuer: self.root(),
                client: client.id.clone(),
                redirect_uri: RedirectUri::register(Self::REDIRECT).unwrap(),
                response_mode: ResponseMode::Query,
                state: None,
                scopes: scopes.parse().unwrap(),
                api,
                nonce: Some("n-0S6_WzA2Mj".to_owned()),
                code_challenge: Some(Self::CHALLENGE.to_owned()),
                prompt: [].into(),
                max_age: None,
                login_hint: None,
                required_subject: None,
                ui_locale: None,
                acr_values: Vec::new(),
                claims: ClaimsRequest::default(),
            },
            scopes: scopes.parse().unwrap(),
            new_user: false,
            authentication: Authentication {
                subject: self.camille,
                session: SessionId::from("session-of-camille"),
                at: now.minus(100),
                acr: "urn:parvis:acr:1".to_owned(),
                amr: vec!["pwd".to_owned()],
            },
            issued_at: now,
            valid_until: now.plus(60),
            spent_at: None,
        };
        change(&mut code);
        self.keeps(&code).await;
        text
    }

    /// Asks the token endpoint's service, with the client's secret in the header.
    pub(crate) async fn asks(&self, client: &ClientId, pairs: &[(&str, &str)]) -> Result<TokenAnswer, Refusal> {
        let tenant = self.tools.reads().tenant(self.tenant).await.unwrap().unwrap();
        let at = AtIssuer { issuer: self.root(), tenant: &tenant, ip: None, correlation: None };
        let params = Params::parse(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        token::answer(&self.tools, &self.counts, &at, Some(&basic(client)), &params).await
    }

    /// Redeems a code, all as it should be.
    pub(crate) async fn redeems(&self, client: &ClientId, code: &str) -> Result<TokenAnswer, Refusal> {
        self.asks(client, &[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Self::REDIRECT), ("code_verifier", Self::VERIFIER)]).await
    }

    /// Uses a refresh token.
    pub(crate) async fn refreshes(&self, client: &ClientId, token: &str) -> Result<TokenAnswer, Refusal> {
        self.asks(client, &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// Posts a form with the client's secret in the header.
    pub(crate) async fn posts(&self, client: &ClientId, path: &str, pairs: &[(&str, &str)]) -> Said {
        self.sends(TestRequest::post().uri(path).insert_header(("authorization", basic(client))).set_form(pairs)).await
    }

    /// Sends a request through routes and guards.
    pub(crate) async fn sends(&self, request: TestRequest) -> Said {
        let response = served::answer(self, request).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = test::read_body(response).await;
        Said { status, headers, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
    }
}

/// The header's value of a client with [`House::SECRET`].
fn basic(client: &ClientId) -> String {
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let joined = format!("{}:{}", encode(client.as_ref()), encode(House::SECRET));
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(joined))
}

/// A client on a server that may do everything.
fn client(tenant: TenantId, now: Timestamp) -> Client {
    Client {
        tenant,
        id: ClientId::from("espace-client"),
        names: Localised::same("Espace client"),
        kind: ClientKind::Web,
        redirect_uris: vec![RedirectUri::register(House::REDIRECT).unwrap()],
        post_logout_redirect_uris: Vec::new(),
        grant_types: GrantType::ALL.iter().copied().collect(),
        auth_method: ClientAuthMethod::ClientSecretBasic,
        secrets: Vec::new(),
        jwks: None,
        pkce: PkceRule::Required,
        id_token_algorithm: Algorithm::Es256,
        id_token_claims: [].into(),
        sign_up_attributes: None,
        scopes: "openid profile email address phone offline_access factures.lire factures.ecrire archives.lire".parse().unwrap(),
        consent: ConsentMode::Implied,
        publisher: Publisher::default(),
        logo: None,
        terms_url: None,
        privacy_url: None,
        home_url: None,
        initiate_login_uri: None,
        backchannel_logout_uri: None,
        state: ClientState::Active,
        created_at: now,
        updated_at: now,
    }
}

/// What a JWT says, unverified.
pub(crate) fn claims_of(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

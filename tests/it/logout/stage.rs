//! A tenant, a session and some clients, without HTTP.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use parvis::{
    crypto::{Keyring, PasswordHasher, Sealer, SystemEntropy},
    jobs::Outbox,
    journey::Tools,
    model::{
        Actor, Authentication, Client, ClientKind, ClientState, Evidence, Grant, Key, Localised, Proved, RefreshState, Session, Subject, Table, Tenant,
        TenantKind,
    },
    outside::{Fetch, FetchRules, Purpose, SiteVerify},
    pages::Pages,
    service::{keys, sign_out::Asked},
    storage::{Batch, Loaded, Store, memory::Memory, watch},
    values::{
        AccountId, Algorithm, BrowserId, ClientAuthMethod, ClientId, Clock, Digest, EntropyExt, GrantId, GrantType, Issuer, IssuerForm, Locale, Secret,
        SessionId, TenantId, Timestamp,
    },
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A clock that stands still until it is moved.
pub(crate) struct HeldClock(AtomicU64);

impl HeldClock {
    /// Where the specification starts it: 2026-01-05T09:00:00Z.
    fn new() -> Self {
        Self(AtomicU64::new(1_767_603_600))
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// All that a service needs, over a store in memory.
pub(crate) fn tools() -> Tools {
    let entropy = Arc::new(SystemEntropy::default());
    Tools {
        store: Arc::new(Memory::default()),
        clock: Arc::new(HeldClock::new()),
        hasher: Arc::new(PasswordHasher::new(8, 1, 1, 1, entropy.as_ref()).unwrap()),
        sealer: Arc::new(Sealer::new(&Secret::new([7; 32])).unwrap()),
        entropy,
        keyring: Arc::new(Keyring::default()),
        pages: Arc::new(Pages::new().unwrap()),
        captchas: Arc::new(SiteVerify::new(Arc::new(Fetch::new(FetchRules::default()).unwrap()))),
        public_url: "http://localhost:8080".into(),
    }
}

pub(crate) struct Stage {
    pub(crate) tools: Tools,
    pub(crate) clock: Arc<HeldClock>,
    pub(crate) issuer: Issuer,
    pub(crate) subject: Subject,
    news: Option<UnboundedReceiver<Key>>,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let (store, news) = watch(Arc::new(Memory::default()) as Arc<dyn Store>, Table::Message);
        let clock = Arc::new(HeldClock::new());
        let tools = Tools { store, clock: clock.clone(), ..tools() };
        let (now, id) = (tools.now(), TenantId(tools.entropy.uuid(tools.now())));
        let issuer = Issuer { tenant: id, form: IssuerForm::Root };
        let mut batch = Batch::new(now);
        batch.insert(&tenant(id, now)).unwrap();
        keys::create(&tools, issuer, &mut batch).await.unwrap();
        tools.store.commit(batch).await.unwrap();
        let subject = Subject { home: id, id: AccountId(tools.entropy.uuid(now)) };
        Self { tools, clock, issuer, subject, news: Some(news) }
    }

    /// An outbox that may reach this machine. It waits for answers as long as a test may take, so that no test depends on how busy the machine is.
    pub(crate) fn outbox(&mut self) -> Outbox {
        let rules = FetchRules {
            loopback_for: BTreeSet::from([Purpose::BackchannelLogout, Purpose::Webhook]),
            patience: Duration::from_hours(1),
            ..FetchRules::default()
        };
        self.outbox_by(rules)
    }

    /// An outbox that may go where these rules let it.
    pub(crate) fn outbox_by(&mut self, rules: FetchRules) -> Outbox {
        Outbox::new(self.tools.clone(), Arc::new(Fetch::new(rules).unwrap()), self.news.take().unwrap())
    }

    /// One that was not there when the messages were queued.
    pub(crate) fn outbox_that_heard_nothing(&mut self) -> Outbox {
        self.news = Some(unbounded_channel().1);
        self.outbox()
    }

    pub(crate) async fn remove(&self, client: &ClientId) {
        let client = self.tools.reads().client(self.issuer.tenant, client).await.unwrap().unwrap();
        let mut batch = Batch::new(self.tools.now());
        batch.delete(&client);
        self.tools.store.commit(batch).await.unwrap();
    }

    pub(crate) fn asked(&self) -> Asked {
        Asked { tenant: self.issuer.tenant, actor: Actor::person(self.subject), client: None, ip: Some("127.0.0.1".to_owned()), correlation: None }
    }

    /// A client that wants to be told there.
    pub(crate) async fn client(&self, id: &str, told_at: Option<&str>) -> ClientId {
        let now = self.tools.now();
        let client = Client {
            tenant: self.issuer.tenant,
            id: id.into(),
            names: Localised::same(id),
            kind: ClientKind::Web,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            grant_types: BTreeSet::from([GrantType::AuthorizationCode]),
            auth_method: ClientAuthMethod::ClientSecretBasic,
            secrets: Vec::new(),
            jwks: None,
            pkce: parvis::model::PkceRule::Required,
            id_token_algorithm: Algorithm::Es256,
            id_token_claims: [].into(),
            sign_up_attributes: None,
            scopes: "openid".parse().unwrap(),
            consent: parvis::model::ConsentMode::Ask,
            publisher: parvis::model::Publisher::default(),
            logo: None,
            terms_url: None,
            privacy_url: None,
            home_url: None,
            initiate_login_uri: None,
            backchannel_logout_uri: told_at.map(str::to_owned),
            state: ClientState::Active,
            created_at: now,
            updated_at: now,
        };
        let mut batch = Batch::new(now);
        batch.insert(&client).unwrap();
        self.tools.store.commit(batch).await.unwrap();
        client.id
    }

    /// A session in which these clients got tokens.
    pub(crate) async fn session(&self, clients: &[ClientId]) -> Loaded<Session> {
        let (now, entropy) = (self.tools.now(), &self.tools.entropy);
        let mut session = Session {
            digest: Digest(entropy.bytes()),
            sid: SessionId(entropy.name()),
            subject: self.subject,
            browser: BrowserId(entropy.name()),
            agent: parvis::model::Agent::default(),
            proofs: vec![Evidence { subject: self.subject, at: now, what: Proved::Password }],
            clients: Vec::new(),
            stay: false,
            created_at: now,
            seen_at: now,
            console_at: None,
            idle_until: now.plus(43_200),
            until: now.plus(604_800),
            ended: None,
        };
        for client in clients {
            session.note_client(self.issuer, client);
        }
        let mut batch = Batch::new(now);
        batch.insert(&session).unwrap();
        self.tools.store.commit(batch).await.unwrap();
        self.reload(&session.sid).await
    }

    pub(crate) async fn reload(&self, sid: &SessionId) -> Loaded<Session> {
        self.tools.reads().session_by_sid(sid).await.unwrap().unwrap()
    }

    /// What a client got in a session.
    pub(crate) async fn grant(&self, session: &Session, client: &ClientId, scopes: &str) -> GrantId {
        let now = self.tools.now();
        let scopes: parvis::values::Scopes = scopes.parse().unwrap();
        let refresh = scopes.has("offline_access").then(|| RefreshState {
            current: Digest(self.tools.entropy.bytes()),
            idle_until: now.plus(1_209_600),
            successor: None,
        });
        let grant = Grant {
            id: GrantId(self.tools.entropy.uuid(now)),
            issuer: self.issuer,
            client: client.clone(),
            authentication: Authentication { subject: self.subject, session: session.sid.clone(), at: now, acr: "1".to_owned(), amr: vec!["pwd".to_owned()] },
            scopes,
            api: None,
            claims: parvis::model::ClaimsRequest::default(),
            nonce: None,
            refresh,
            created_at: now,
            until: now.plus(7_776_000),
            revoked_at: None,
        };
        let mut batch = Batch::new(now);
        batch.insert(&grant).unwrap();
        self.tools.store.commit(batch).await.unwrap();
        grant.id
    }

    /// The names of the tenant's audit events, in order.
    pub(crate) async fn audited(&self) -> Vec<String> {
        let events = self.tools.reads().audit_of(self.issuer.tenant, parvis::storage::Paging::first(1000)).await.unwrap();
        events.iter().map(|record| serde_json::from_str::<serde_json::Value>(&record.event).unwrap()["event"].as_str().unwrap().to_owned()).collect()
    }
}

fn tenant(id: TenantId, now: Timestamp) -> Tenant {
    Tenant {
        slug: "aubepine".to_owned(),
        names: Localised::same("Cabinet Aubépine"),
        is_default: true,
        default_locale: Locale::Fr,
        ..Tenant::blank(id, TenantKind::Organisation, now)
    }
}

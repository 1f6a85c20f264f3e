//! The demonstration's applications and the provider, over HTTP.

use std::{
    collections::{BTreeSet, HashMap},
    net::TcpListener,
    sync::Arc,
};

use actix_web::{App, HttpServer, middleware::from_fn, web::Data};
use openidconnect::{HttpRequest, HttpResponse, http};
use parvis::{
    boot::{SystemClock, demo::Demo},
    jobs::Outbox,
    journey::Tools,
    model::Table,
    outside::{Fetch, FetchRules, Purpose},
    storage::{Store, memory::Memory, watch},
    web::{State, extract::TrustedProxies, guard, routes},
};
use tempfile::TempDir;
use url::Url;

use crate::logout::stage::tools;

/// A demonstration that serves, with the outbox in the test's hand.
struct Place {
    demo_port: u16,
    password: String,
    outbox: Outbox,
    fetch: Arc<Fetch>,
    _data: TempDir,
}

impl Place {
    async fn open() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let (store, news) = watch(Arc::new(Memory::default()) as Arc<dyn Store>, Table::Message);
        let public_url = format!("http://localhost:{}", socket.local_addr().unwrap().port());
        // The applications verify tokens by the system's clock, as any application does.
        let tools = Tools { store, clock: Arc::new(SystemClock), public_url: public_url.into(), ..tools() };
        let data = tempfile::tempdir().unwrap();
        let demo = Demo::prepare(&tools, data.path(), TcpListener::bind("127.0.0.1:0").unwrap()).await.unwrap();
        let loopback_for = BTreeSet::from([Purpose::BackchannelLogout, Purpose::Demonstration]);
        let fetch = Arc::new(Fetch::new(FetchRules { loopback_for, patience: std::time::Duration::from_hours(1), ..FetchRules::default() }).unwrap());
        let (demo_port, password) = (demo.port(), demo.fixtures().password.expose().clone());
        let (shown, state) =
            (demo.routes(Arc::new(|_| ())), Data::new(State { tools: tools.clone(), counts: Arc::default(), proxies: TrustedProxies::default(), demo: true }));
        let provider = HttpServer::new(move || {
            let shown = Arc::clone(&shown);
            App::new()
                .app_data(state.clone())
                .wrap(from_fn(guard::canonical))
                .wrap(from_fn(guard::around))
                .configure(|provider| shown(provider))
                .configure(routes::configure)
        });
        actix_web::rt::spawn(provider.workers(1).disable_signals().listen(socket).unwrap().run());
        actix_web::rt::spawn(demo.serve(&tools, Arc::clone(&fetch)).unwrap());
        Self { demo_port, password, outbox: Outbox::new(tools, Arc::clone(&fetch), news), fetch, _data: data }
    }

    fn app(&self, id: &str) -> String {
        format!("http://{id}.localhost:{}", self.demo_port)
    }

    async fn ask(&self, request: HttpRequest) -> HttpResponse {
        self.fetch.send(Purpose::Demonstration, request).await.unwrap()
    }
}

/// What a person looks at.
struct Page {
    url: Url,
    status: u16,
    text: String,
}

impl Page {
    fn screen(&self) -> &str {
        self.after("data-screen=\"").unwrap_or_default()
    }

    fn after(&self, mark: &str) -> Option<&str> {
        self.text.split_once(mark)?.1.split('"').next()
    }

    fn claim(&self, name: &str) -> Option<&str> {
        self.text.split_once(&format!("data-claim=\"{name}\">"))?.1.split('<').next()
    }

    fn has(&self, testid: &str) -> bool {
        self.text.contains(&format!("data-testid=\"{testid}\""))
    }

    /// The hidden fields of the page's first form that has any, and what is typed and pressed.
    fn filled(&self, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        for piece in self.text.split("<input type=\"hidden\" name=\"").skip(1) {
            let (name, rest) = piece.split_once("\" value=\"").unwrap();
            if !fields.iter().any(|(known, _)| known == name) {
                fields.push((name.to_owned(), rest.split('"').next().unwrap().to_owned()));
            }
        }
        fields
    }
}

/// A browser: cookies by host name, redirects followed, forms posted as pages have them.
#[derive(Default)]
struct Browser(HashMap<String, HashMap<String, String>>);

impl Browser {
    async fn once(&mut self, place: &Place, url: &Url, form: Option<&[(String, String)]>) -> HttpResponse {
        let cookies = self.0.entry(url.host_str().unwrap().to_owned()).or_default();
        let cookie = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let request = http::Request::builder().uri(url.as_str()).header("cookie", cookie).header("accept-language", "fr");
        let request = match form {
            Some(form) => request
                .method("POST")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", url.origin().ascii_serialization())
                .header("sec-fetch-site", "same-origin")
                .body(serde_urlencoded::to_string(form).unwrap().into_bytes()),
            None => request.body(Vec::new()),
        };
        let reply = place.ask(request.unwrap()).await;
        for set in reply.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{name}");
            cookies.insert(name.to_owned(), value.to_owned());
        }
        reply
    }

    async fn goes(&mut self, place: &Place, url: &str, form: Option<&[(String, String)]>) -> Page {
        let (mut url, mut form) = (Url::parse(url).unwrap(), form);
        for _ in 0..12 {
            let reply = self.once(place, &url, form.take()).await;
            match reply.headers().get("location") {
                Some(location) => url = url.join(location.to_str().unwrap()).unwrap(),
                None => return Page { url, status: reply.status().as_u16(), text: String::from_utf8(reply.into_body()).unwrap() },
            }
        }
        panic!("too many redirects, at {url}");
    }

    async fn answers(&mut self, place: &Place, page: &Page, typed: &[(&str, &str)]) -> Page {
        self.goes(place, page.url.as_str(), Some(&page.filled(typed))).await
    }

    /// Through whatever screens the provider shows, up to the application's page.
    async fn signs_in(&mut self, place: &Place, app: &str, who: &str) -> (Page, Vec<String>) {
        let mut page = self.goes(place, &format!("{}/private", place.app(app)), None).await;
        let mut seen = Vec::new();
        while page.screen() != "RP-HOME" {
            seen.push(page.screen().to_owned());
            page = match page.screen() {
                "S-SIGNIN-ID" => self.answers(place, &page, &[("action", "next"), ("identifier", who)]).await,
                "S-SIGNIN-PW" => self.answers(place, &page, &[("action", "next"), ("password", &place.password)]).await,
                "S-ORG-CONSENT" | "S-APP-CONSENT" => self.answers(place, &page, &[("action", "accept")]).await,
                other => panic!("{other}: {} {}", page.status, page.text),
            };
        }
        (page, seen)
    }

    async fn presses(&mut self, place: &Place, app: &str, button: &str) -> Page {
        self.goes(place, &format!("{}{button}", place.app(app)), Some(&[])).await
    }
}

/// M-029: without a session the application's own page is not shown, the browser is sent to the provider. M-081: by the code flow with PKCE.
#[actix_web::test]
async fn without_a_session_the_application_sends_the_browser_to_the_provider_with_pkce() {
    let place = Place::open().await;
    let mut browser = Browser::default();
    let landing = browser.goes(&place, &format!("{}/", place.app("espace-client")), None).await;
    assert!(landing.has("sign_in") && !landing.has("id_token"));
    let url = Url::parse(&format!("{}/private", place.app("espace-client"))).unwrap();
    let reply = browser.once(&place, &url, None).await;
    assert_eq!(reply.status(), 303);
    let sent = Url::parse(reply.headers()["location"].to_str().unwrap()).unwrap();
    let said: HashMap<String, String> = sent.query_pairs().into_owned().collect();
    assert_eq!((sent.path(), said["response_type"].as_str(), said["code_challenge_method"].as_str()), ("/authorize", "code", "S256"));
    assert!(said.contains_key("code_challenge") && said.contains_key("nonce") && said.contains_key("state"));
    let (page, seen) = browser.signs_in(&place, "espace-client", "camille@courriel.test").await;
    assert_eq!(seen, ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-ORG-CONSENT", "S-APP-CONSENT"], "her account is not at home there");
    assert!(page.text.contains("Bonjour Camille Éon"));
    assert_eq!(page.claim("email"), Some("camille@courriel.test"));
    let again = browser.goes(&place, &format!("{}/private", place.app("espace-client")), None).await;
    assert_eq!(again.screen(), "RP-HOME");
    let renewed = browser.presses(&place, "espace-client", "/refresh").await;
    assert_eq!(renewed.after("data-notice=\""), Some("refreshed"));
    assert_eq!(renewed.claim("sid"), page.claim("sid"));
}

/// M-144: two applications of one session; who signs out of one is signed out of the other.
#[actix_web::test]
async fn signing_out_of_one_application_signs_out_of_the_other() {
    let mut place = Place::open().await;
    let mut browser = Browser::default();
    let (first, _) = browser.signs_in(&place, "espace-client", "camille@courriel.test").await;
    let (second, seen) = browser.signs_in(&place, "factures", "camille@courriel.test").await;
    assert_eq!(seen, ["S-APP-CONSENT"], "the session is known, the application is not");
    assert_eq!(first.claim("sid"), second.claim("sid"));

    let out = browser.presses(&place, "espace-client", "/sign-out").await;
    assert_eq!(out.url.as_str(), format!("{}/", place.app("espace-client")));
    assert!(out.has("sign_in"));
    let still = browser.goes(&place, &format!("{}/", place.app("factures")), None).await;
    assert!(still.has("id_token"), "nobody told it yet");
    assert_eq!(place.outbox.pass().await, 2, "each application of the session is told");
    let told = browser.goes(&place, &format!("{}/", place.app("factures")), None).await;
    assert_eq!(told.after("data-notice=\""), Some("signed_out_elsewhere"));
    assert!(!told.has("id_token"));
    assert_eq!(place.outbox.pass().await, 0, "both believed what they were told");
}

/// One program, several organisations: each application relies on its own issuer, with a secret or without.
#[actix_web::test]
async fn applications_of_other_organisations_sign_people_in_at_their_own_issuer() {
    let place = Place::open().await;
    for (app, who, screens) in [
        ("machines-demo", "camille@courriel.test", &["S-SIGNIN-ID", "S-SIGNIN-PW", "S-APP-CONSENT"][..]),
        ("actes-demo", "pauline@etude.test", &["S-SIGNIN-ID", "S-SIGNIN-PW"]),
    ] {
        let (page, seen) = Browser::default().signs_in(&place, app, who).await;
        assert_eq!(seen, screens, "{app}");
        assert_eq!(page.claim("aud"), Some(format!("[&quot;{app}&quot;]").as_str()));
        assert!(page.claim("iss").unwrap().ends_with("/v2.0"));
    }
}

#[actix_web::test]
async fn an_application_believes_no_logout_token_that_its_provider_did_not_sign() {
    let place = Place::open().await;
    let forged = "eyJhbGciOiJub25lIiwidHlwIjoibG9nb3V0K2p3dCJ9.e30.";
    for token in ["", "x", forged, "eyJhbGciOiJIUzI1NiIsInR5cCI6ImxvZ291dCtqd3QifQ.e30.AAAA"] {
        let fields = [("logout_token", token)];
        let answer = place.fetch.post_form(Purpose::BackchannelLogout, &format!("{}/backchannel", place.app("espace-client")), &fields).await.unwrap();
        assert_eq!(answer.status(), 400, "{token}");
    }
}

#[actix_web::test]
async fn an_answer_that_nobody_asked_for_signs_nobody_in() {
    let place = Place::open().await;
    let page = Browser::default().goes(&place, &format!("{}/callback?code=x&state=y", place.app("espace-client")), None).await;
    assert_eq!(page.after("data-notice=\""), Some("unexpected"));
    let elsewhere = place.ask(http::Request::get(format!("http://127.0.0.1:{}/", place.demo_port)).body(Vec::new()).unwrap()).await;
    assert_eq!(elsewhere.status(), 404, "the host name tells the applications apart");
}

//! A browser in front of the house: keeps cookies, follows its own server's redirects, fills forms by the names of their fields.

use std::collections::BTreeMap;

use actix_web::{cookie::Cookie, http::Method, test, test::TestRequest};
use url::form_urlencoded::byte_serialize;

use super::{House, PASSWORD, form::Form, served};

/// What a browser shows, or where it was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub(crate) status: u16,
    /// The path that was asked for last.
    pub(crate) path: String,
    pub(crate) html: String,
    /// Where it was sent outside of the server.
    pub(crate) left_to: Option<String>,
    pub(crate) retry_after: Option<String>,
    /// What the page may load.
    pub(crate) policy: String,
}

impl Shown {
    /// The screen's id.
    pub(crate) fn screen(&self) -> &str {
        self.attribute("data-screen").unwrap_or("")
    }

    /// The ids of what is wrong, in order.
    pub(crate) fn errors(&self) -> Vec<&str> {
        self.html.match_indices("data-error=\"").map(|(at, name)| self.html[at + name.len()..].split('"').next().unwrap()).collect()
    }

    /// The value of the first hidden field with this name.
    pub(crate) fn hidden(&self, name: &str) -> Option<String> {
        Form::all(&self.html).flat_map(Form::hidden).find(|(known, _)| known == name).map(|(_, value)| value)
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.html.split_once(&format!("{name}=\""))?.1.split('"').next()
    }

    /// The parameters with which it was sent back to a client.
    pub(crate) fn answer(&self) -> BTreeMap<String, String> {
        let url = url::Url::parse(self.left_to.as_deref().expect("not sent anywhere")).unwrap();
        url.query_pairs().into_owned().collect()
    }
}

/// One browser.
#[derive(Clone)]
pub(crate) struct Walker {
    pub(crate) house: House,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) shown: Shown,
    pub(crate) seen: Vec<String>,
    /// Each page that was shown.
    pub(crate) pages: Vec<Shown>,
    /// The status and the headers of each answer, redirects too, but for the request's number.
    pub(crate) trail: Vec<String>,
    pub(crate) address: &'static str,
    headers: Vec<(&'static str, String)>,
}

impl Walker {
    /// A new browser that speaks French.
    pub(crate) fn new(house: &House) -> Self {
        let headers = vec![("accept-language", "fr".to_owned())];
        Self {
            house: house.clone(),
            cookies: BTreeMap::new(),
            shown: Shown::default(),
            seen: Vec::new(),
            pages: Vec::new(),
            trail: Vec::new(),
            address: "192.0.2.7:4000",
            headers,
        }
    }

    /// Somebody, sent by the client in a new browser, has typed an address and is asked for the password.
    pub(crate) async fn at_password(house: &House, identifier: &str) -> Self {
        let mut walker = Self::new(house);
        walker.opens(&authorize(&[])).await;
        walker.answers(&[("action", "next"), ("identifier", identifier)]).await;
        walker
    }

    /// Camille, sent by the client in a new browser, has signed in and stands before the next page. `more` is as for [`authorize`].
    pub(crate) async fn signed_in(house: &House, more: &[(&str, &str)]) -> Self {
        let mut camille = Self::new(house);
        camille.opens(&authorize(more)).await;
        camille.signs_in("camille@courriel.test", PASSWORD).await;
        camille
    }

    /// Somebody, sent by the client in a new browser, has signed in.
    pub(crate) async fn signed_in_as(house: &House, identifier: &str) -> Self {
        let mut walker = Self::new(house);
        walker.opens(&authorize(&[])).await;
        walker.signs_in(identifier, PASSWORD).await;
        walker
    }

    /// Camille has also agreed to what the client asks, and been sent back to it.
    pub(crate) async fn sent_back(house: &House, more: &[(&str, &str)]) -> Self {
        let mut camille = Self::signed_in(house, more).await;
        camille.answers(&[("action", "accept")]).await;
        camille
    }

    /// With a header on each request.
    pub(crate) fn sending(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    async fn ask(&mut self, method: Method, path: &str, body: Option<String>) -> Option<String> {
        let mut request = TestRequest::with_uri(path).method(method).peer_addr(self.address.parse().unwrap());
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        for (name, value) in &self.headers {
            request = request.insert_header((*name, value.as_str()));
        }
        if let Some(body) = body {
            request = request.insert_header(("content-type", "application/x-www-form-urlencoded")).set_payload(body);
        }
        let response = served::answer(&self.house, request).await;
        for cookie in response.response().cookies() {
            assert!(cookie.secure() == Some(true) && cookie.http_only() == Some(true) && cookie.path() == Some("/"), "{cookie}");
            assert!(cookie.name().starts_with("__Host-") && cookie.domain().is_none(), "{cookie}");
            if cookie.value().is_empty() {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        let said = response.headers().iter().filter(|(name, _)| *name != "x-request-id");
        let mut headers: Vec<String> = said.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        headers.sort();
        self.trail.push(format!("{} {}", response.status().as_u16(), headers.join("; ")));
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let location = header("location");
        let (retry_after, policy) = (header("retry-after"), header("content-security-policy").unwrap_or_default());
        self.shown = Shown { status: response.status().as_u16(), path: path.to_owned(), html: String::new(), left_to: None, retry_after, policy };
        self.shown.html = String::from_utf8(test::read_body(response).await.to_vec()).unwrap();
        if !self.shown.screen().is_empty() {
            self.seen.push(self.shown.screen().to_owned());
            self.pages.push(self.shown.clone());
        }
        location
    }

    /// Opens an address and goes where it leads, as long as that is here.
    pub(crate) async fn opens(&mut self, path: &str) -> &Shown {
        let location = self.ask(Method::GET, path, None).await;
        self.follows(location).await
    }

    /// Asks for the headers of an address only, as those do who look after links.
    pub(crate) async fn looks(&mut self, path: &str) -> &Shown {
        self.ask(Method::HEAD, path, None).await;
        &self.shown
    }

    async fn follows(&mut self, mut location: Option<String>) -> &Shown {
        for _ in 0..10 {
            match location {
                Some(next) if next.starts_with('/') => location = self.ask(Method::GET, &next, None).await,
                Some(next) => {
                    self.shown.left_to = Some(next);
                    return &self.shown;
                }
                None => return &self.shown,
            }
        }
        panic!("redirected in circles");
    }

    /// Posts the form of the page that is shown that has the pressed button, with its hidden fields; the first form, where no button says it is pressed.
    pub(crate) async fn answers(&mut self, fields: &[(&str, &str)]) -> &Shown {
        let mut all: Vec<(String, String)> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let pressed = fields.iter().find(|(name, _)| *name == "action").map(|(_, value)| *value);
        let form = pressed.and_then(|button| Form::with_button(&self.shown.html, button)).or_else(|| Form::all(&self.shown.html).next());
        let hidden = form.into_iter().flat_map(Form::hidden);
        all.extend(hidden.filter(|(name, _)| !fields.iter().any(|(given, _)| given == name)));
        let path = form.and_then(Form::action).unwrap_or_else(|| self.shown.path.clone());
        self.posts(&path, &all).await
    }

    /// Posts anything anywhere.
    pub(crate) async fn posts(&mut self, path: &str, fields: &[(String, String)]) -> &Shown {
        let location = self.ask(Method::POST, path, Some(encode(fields))).await;
        self.follows(location).await
    }

    /// Types an address, then a password.
    pub(crate) async fn signs_in(&mut self, identifier: &str, password: &str) -> &Shown {
        self.answers(&[("action", "next"), ("identifier", identifier)]).await;
        self.answers(&[("action", "next"), ("password", password)]).await
    }

    /// The screens since last asked.
    pub(crate) fn walked(&mut self) -> Vec<String> {
        std::mem::take(&mut self.seen)
    }
}

fn encode(fields: &[(String, String)]) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", byte_serialize(name.as_bytes()).collect::<String>(), byte_serialize(value.as_bytes()).collect::<String>()));
    pairs.collect::<Vec<_>>().join("&")
}

/// The address that a client sends a browser to; `more` replaces what is usual, an empty value leaves it out.
pub(crate) fn authorize(more: &[(&str, &str)]) -> String {
    let mut fields: BTreeMap<&str, &str> = BTreeMap::from([
        ("client_id", "espace-client"),
        ("redirect_uri", House::REDIRECT),
        ("response_type", "code"),
        ("scope", "openid profile"),
        ("state", "af0ifjsldkj"),
        ("nonce", "n-0S6_WzA2Mj"),
        ("code_challenge", House::CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    fields.extend(more.iter().copied());
    let fields: Vec<(String, String)> =
        fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    format!("/authorize?{}", encode(&fields))
}

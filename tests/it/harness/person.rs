//! Somebody with a browser: keeps cookies, follows redirects while they stay with us, fills forms by the names of their fields.

use std::collections::BTreeMap;

use reqwest::{
    Client, Url,
    header::{COOKIE, LOCATION, SET_COOKIE},
};

use super::form::{Form, attribute};

/// One person, with cookies of their own.
#[derive(Clone)]
pub(crate) struct Person {
    http: Client,
    jar: BTreeMap<String, String>,
    home: Url,
}

/// Nobody answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Silence;

/// What they see after a step.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Where.
    pub(crate) url: Url,
    /// The page, empty when they were sent elsewhere.
    pub(crate) html: String,
}

impl Seen {
    /// The screen's id, `None` when it is no page of ours.
    pub(crate) fn screen(&self) -> Option<&str> {
        attribute(self.html.split_once("<main")?.1.split_once('>')?.0, "data-screen")
    }

    /// The ids of what is wrong.
    pub(crate) fn errors(&self) -> Vec<&str> {
        self.html.split("data-error=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    /// A parameter of the address.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

impl Person {
    /// Somebody who uses this HTTP client, which must not follow redirects, at this server.
    pub(crate) fn at(home: &Url, http: Client) -> Self {
        Self { http, jar: BTreeMap::new(), home: home.clone() }
    }

    /// The server is somewhere else now; whoever was there with a browser has its cookies still.
    pub(crate) fn moves_to(&mut self, home: &Url) {
        self.home = home.clone();
    }

    /// Opens an address, and follows where it leads while that is ours.
    pub(crate) async fn opens(&mut self, url: &str) -> Seen {
        self.tries_to_open(url).await.unwrap()
    }

    /// The same, of a server that may be gone.
    pub(crate) async fn tries_to_open(&mut self, url: &str) -> Result<Seen, Silence> {
        self.walks(self.home.join(url).unwrap(), None).await
    }

    /// Presses a button of the page, with these fields filled in.
    pub(crate) async fn presses(&mut self, seen: &Seen, button: &str, filled: &[(&str, &str)]) -> Seen {
        self.tries_to_press(seen, button, filled).await.unwrap()
    }

    /// The same, of a server that may be gone.
    pub(crate) async fn tries_to_press(&mut self, seen: &Seen, button: &str, filled: &[(&str, &str)]) -> Result<Seen, Silence> {
        let form = Form::with_button(&seen.html, button).unwrap_or_else(|| panic!("no button {button:?} on {:?}: {}", seen.screen(), seen.html));
        let mut fields: Vec<(String, String)> = form.hidden().collect();
        fields.retain(|(name, _)| filled.iter().all(|(typed, _)| typed != name));
        fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields.push(("action".to_owned(), button.to_owned()));
        self.walks(seen.url.join(&form.action().unwrap()).unwrap(), Some(fields)).await
    }

    /// Signs in and agrees, screen by screen, until the browser is sent away from us.
    pub(crate) async fn signs_in(&mut self, address: &str, identifier: &str, password: &str) -> Seen {
        let mut seen = self.opens(address).await;
        let mut screens = Vec::new();
        while seen.url.origin() == self.home.origin() {
            let screen = seen.screen().unwrap_or_else(|| panic!("no screen at {}: {}", seen.url, seen.html)).to_owned();
            assert!(!screens.contains(&screen), "{screen} twice: {:?}", seen.errors());
            seen = match screen.as_str() {
                "S-SIGNIN-ID" => self.presses(&seen, "next", &[("identifier", identifier)]).await,
                "S-SIGNIN-PW" | "S-REAUTH" => self.presses(&seen, "next", &[("password", password)]).await,
                "S-APP-CONSENT" => self.presses(&seen, "accept", &[]).await,
                other => panic!("{other} was not expected: {:?} {}", seen.errors(), seen.html),
            };
            screens.push(screen);
        }
        seen
    }

    async fn walks(&mut self, url: Url, posted: Option<Vec<(String, String)>>) -> Result<Seen, Silence> {
        let (mut url, mut posted) = (url, posted);
        for _ in 0..20 {
            if url.origin() != self.home.origin() {
                return Ok(Seen { url, html: String::new() });
            }
            let request = match posted.take() {
                Some(fields) => self.http.post(url.clone()).header("origin", self.home.origin().ascii_serialization()).form(&fields),
                None => self.http.get(url.clone()),
            };
            let cookies: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let answer = request.header(COOKIE, cookies.join("; ")).header("accept-language", "fr").send().await.map_err(|_| Silence)?;
            self.keeps(answer.headers().get_all(SET_COOKIE).iter().filter_map(|header| header.to_str().ok()));
            let moved = answer.status().is_redirection();
            let location = answer.headers().get(LOCATION).and_then(|header| header.to_str().ok()).filter(|_| moved);
            match location {
                Some(location) => url = url.join(location).unwrap(),
                None => return Ok(Seen { url, html: answer.text().await.map_err(|_| Silence)? }),
            }
        }
        panic!("sent round in a circle, now at {url}")
    }

    fn keeps<'a>(&mut self, cookies: impl Iterator<Item = &'a str>) {
        for cookie in cookies {
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
            if value.is_empty() || cookie.to_ascii_lowercase().contains("max-age=0") {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

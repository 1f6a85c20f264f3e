//! One hand of a [`super::story::Story`]: its browser, the families of tokens it holds, what it revoked and what it registered.

use std::time::{Duration, Instant};

use reqwest::header::AUTHORIZATION;
use tokio::sync::Semaphore;

use super::{
    Dice,
    family::{Checked, Family},
    party::{Browser, Party, Place, Stands, application},
    story::next,
    wire::{Answer, Silence, Wire, request},
};

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Sign-ins whose session still counts.
    pub(super) sessions: u64,
    /// Spent codes that stayed spent.
    pub(super) spent: u64,
    /// Codes that were given and could be redeemed.
    pub(super) codes: u64,
    /// Replaced refresh tokens that gave nothing new.
    pub(super) used: u64,
    /// Refresh tokens that worked.
    pub(super) current: u64,
    /// Revocations that held.
    pub(super) revoked: u64,
    /// Tokens of services that were known again.
    pub(super) opaque: u64,
    /// Applications that were registered still.
    pub(super) clients: u64,
    /// What was not as it was told.
    pub(super) wrong: Vec<String>,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.sessions += other.sessions;
        self.spent += other.spent;
        self.codes += other.codes;
        self.used += other.used;
        self.current += other.current;
        self.revoked += other.revoked;
        self.opaque += other.opaque;
        self.clients += other.clients;
    }

    pub(super) fn facts(&self) -> u64 {
        self.sessions + self.spent + self.codes + self.used + self.current + self.revoked + self.opaque + self.clients
    }

    /// Note one, or what is wrong instead.
    pub(super) fn note(&mut self, which: fn(&mut Self) -> &mut u64, is_right: bool, wrong: impl FnOnce() -> String) {
        if is_right {
            *which(self) += 1;
        } else {
            self.wrong.push(wrong());
        }
    }
}

/// A token of a service.
struct Opaque {
    token: String,
    /// Was it revoked? `None` when nobody answered.
    is_revoked: Option<bool>,
}

pub(super) struct Hand {
    pub(super) name: u64,
    dice: Dice,
    browser: Browser,
    is_signed_in: bool,
    families: Vec<Family>,
    opaque: Vec<Opaque>,
    clients: Vec<String>,
}

/// A refusal that no hand expects.
#[track_caller]
pub(super) fn good(answer: &Answer) {
    assert!(answer.status < 300, "{} {}", answer.status, answer.text());
}

/// What of a list was never looked at before, and a few of the rest.
fn sample<T>(list: &mut Vec<T>, keep: usize) {
    let over = list.len().saturating_sub(keep);
    list.drain(..over);
}

impl Hand {
    pub(super) fn new(name: u64, seed: u64) -> Self {
        Self { name, dice: Dice(seed), browser: Browser::default(), is_signed_in: false, families: Vec::new(), opaque: Vec::new(), clients: Vec::new() }
    }

    /// Until the server does not answer.
    pub(super) async fn works(&mut self, party: &Party, place: &Place, told: &Semaphore) {
        let mut wire = place.wire();
        loop {
            match self.one(party, place, &mut wire).await {
                Ok(facts) => told.add_permits(facts),
                Err(_) => return,
            }
        }
    }

    /// One thing; how many facts it told.
    async fn one(&mut self, party: &Party, place: &Place, wire: &mut Wire) -> Result<usize, Silence> {
        let choice = self.dice.between(0, 20);
        if !self.is_signed_in || choice == 0 {
            return self.signs_in(party, wire).await;
        }
        match choice {
            1..6 => self.gets_tokens(party, wire).await,
            6..13 => self.refreshes(party, wire).await,
            13 => self.revokes(party, wire).await,
            14 | 15 => self.registers(place, wire).await,
            16..19 => self.serves(party, wire).await,
            _ => self.revokes_opaque(party, wire).await,
        }
    }

    async fn signs_in(&mut self, party: &Party, wire: &mut Wire) -> Result<usize, Silence> {
        // Each hand is a person of its own: many sign-ins of one at once look like guessing.
        let mut browser = Browser::default();
        let code = browser.signs_in(wire, party, self.name).await?;
        // From here on it is this one's session that counts.
        (self.browser, self.is_signed_in) = (browser, true);
        self.families.push(Family::new(code));
        Ok(2)
    }

    async fn gets_tokens(&mut self, party: &Party, wire: &mut Wire) -> Result<usize, Silence> {
        match self.browser.goes(wire, &party.authorize(&[])).await? {
            Stands::Back(code) => self.families.push(Family::new(code)),
            other => panic!("{other:?}"),
        }
        let is_left = self.dice.between(0, 10) == 0;
        let last = self.families.last_mut().unwrap();
        if is_left {
            return Ok(1);
        }
        last.redeem(party, wire).await?;
        Ok(2)
    }

    fn some_family(&mut self) -> Option<&mut Family> {
        let living: Vec<usize> = (0..self.families.len()).filter(|place| self.families[*place].can_refresh()).collect();
        let which = usize::try_from(self.dice.between(0, u64::try_from(living.len().max(1)).unwrap())).unwrap();
        living.get(which).map(|place| &mut self.families[*place])
    }

    async fn refreshes(&mut self, party: &Party, wire: &mut Wire) -> Result<usize, Silence> {
        let Some(family) = self.some_family() else { return self.gets_tokens(party, wire).await };
        family.refresh(party, wire).await?;
        Ok(1)
    }

    async fn revokes(&mut self, party: &Party, wire: &mut Wire) -> Result<usize, Silence> {
        let Some(family) = self.some_family() else { return Ok(0) };
        family.revoke(party, wire).await?;
        Ok(1)
    }

    async fn registers(&mut self, place: &Place, wire: &mut Wire) -> Result<usize, Silence> {
        let name = format!("espace-{}-{}", std::process::id(), next());
        let mut body = application(&name);
        body["client_id"] = name.clone().into();
        let headers = [(AUTHORIZATION.as_str(), &*place.local), ("content-type", "application/json")];
        let answer = wire.ask(&request("POST", "/api/v1/tenants/default/clients", &headers, &body.to_string())).await?;
        good(&answer);
        self.clients.push(name);
        Ok(1)
    }

    async fn serves(&mut self, party: &Party, wire: &mut Wire) -> Result<usize, Silence> {
        let answer = wire.post("/token", &[("authorization", &party.robot)], &[("grant_type", "client_credentials"), ("scope", "archives.lire")]).await?;
        good(&answer);
        let token = answer.json()["access_token"].as_str().unwrap().to_owned();
        self.opaque.push(Opaque { token, is_revoked: Some(false) });
        Ok(1)
    }

    async fn revokes_opaque(&mut self, party: &Party, wire: &mut Wire) -> Result<usize, Silence> {
        let Some(opaque) = self.opaque.iter_mut().rfind(|opaque| opaque.is_revoked == Some(false)) else { return Ok(0) };
        opaque.is_revoked = None;
        good(&wire.post("/revoke", &[("authorization", &party.robot)], &[("token", &opaque.token)]).await?);
        opaque.is_revoked = Some(true);
        Ok(1)
    }

    /// Is everything as it was told?
    pub(super) async fn checks(&mut self, party: &Party, place: &Place) -> Tally {
        let mut tally = Tally::default();
        let mut wire = place.wire();
        if self.is_signed_in {
            match self.browser.goes(&mut wire, &party.authorize(&[("prompt", "none")])).await.unwrap() {
                Stands::Back(_) => tally.sessions += 1,
                other => tally.wrong.push(format!("K5: a session is gone: {other:?}")),
            }
        }
        for family in &mut self.families {
            let way = self.dice.between(0, 3);
            family.check(party, &mut wire, way, &mut tally).await.unwrap();
        }
        // Dead ones are looked at again for some rounds; living ones are used in the next.
        self.families.retain(|family| family.checked != Checked::Done);
        sample(&mut self.families, 40);
        for opaque in &self.opaque {
            let answer = wire.post("/introspect", &[("authorization", &party.robot)], &[("token", &opaque.token)]).await.unwrap();
            let is_active = answer.json()["active"].as_bool();
            match opaque.is_revoked {
                None => {}
                Some(true) => {
                    tally.note(|tally| &mut tally.revoked, is_active == Some(false), || format!("K4: a service's token lives again: {}", answer.text()));
                }
                Some(false) => tally.note(|tally| &mut tally.opaque, is_active == Some(true), || format!("a service's token is gone: {}", answer.text())),
            }
        }
        sample(&mut self.opaque, 20);
        for name in &self.clients {
            let target = format!("/api/v1/tenants/default/clients/{name}");
            let answer = wire.get(&target, &[(AUTHORIZATION.as_str(), &place.local)]).await.unwrap();
            let is_there = answer.json()["names"]["fr"] == name.as_str();
            tally.note(|tally| &mut tally.clients, is_there, || format!("K5: {name}: {} {}", answer.status, answer.text()));
        }
        sample(&mut self.clients, 20);
        tally
    }
}

/// How long after an unanswered refresh the same token surely gives the same successor again.
pub(super) fn is_within_retry(since: Instant) -> bool {
    since.elapsed() < Duration::from_secs(20)
}

/// How long a code surely lives.
pub(super) fn is_fresh(since: Instant) -> bool {
    since.elapsed() < Duration::from_secs(45)
}

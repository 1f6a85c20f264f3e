//! The operations.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{
    proc,
    run::{Figures, Work, figures, measure as measured, run},
    stage::{Browser, READ_ES256, READ_RS256, Stage, code_in},
    wire::{Asking, Wire, between},
};

/// Their names, in the order of the table.
pub(crate) const NAMES: &[&str] =
    &["discovery", "keys", "client_credentials RS256", "client_credentials ES256", "code flow", "refresh", "userinfo", "introspection", "password sign-in"];

/// How often somebody asks for a token while others sign in.
const BESIDE: Duration = Duration::from_millis(20);

/// What is measured beside password sign-ins.
pub(crate) const MEANWHILE: &str = "client_credentials ES256 meanwhile";

/// Measure one operation at so many connections.
pub(crate) async fn measure(name: &str, stage: &Stage, count: usize, pid: u32, time: Duration) -> Result<Vec<Figures>> {
    let figures = match name {
        "code flow" => {
            let mut all = Vec::new();
            for number in 0..count {
                all.push(CodeFlow::new(stage, number).await?);
            }
            measured(name, &mut all, pid, time).await?
        }
        "refresh" => {
            let mut all = Vec::new();
            for number in 0..count {
                all.push(Refresh::new(stage, number).await?);
            }
            measured(name, &mut all, pid, time).await?
        }
        "password sign-in" => return sign_ins(stage, count, pid, time).await,
        _ => {
            let request = same(name, stage).await?;
            let mut all = Vec::new();
            for _ in 0..count {
                all.push(Same { wire: stage.wire().await?, request: request.clone() });
            }
            measured(name, &mut all, pid, time).await?
        }
    };
    Ok(vec![figures])
}

/// The request of an operation that sends the same each time.
async fn same(name: &str, stage: &Stage) -> Result<Vec<u8>> {
    let got = |path: &str, headers: &str| Asking { method: "GET", path, host: &stage.host, headers, body: None }.bytes();
    let own = |scope: &str| stage.posted("/token", &stage.service, &[("grant_type", "client_credentials"), ("scope", scope)]);
    Ok(match name {
        "discovery" => got("/.well-known/openid-configuration", ""),
        "keys" => got("/jwks", ""),
        "client_credentials RS256" => own(READ_RS256),
        "client_credentials ES256" => own(READ_ES256),
        "userinfo" | "introspection" => {
            let (_, tokens) = stage.signed_in(0, "openid profile email").await?;
            let token = text(&tokens, "access_token")?;
            match name {
                "userinfo" => got("/userinfo", &format!("authorization: Bearer {token}\r\n")),
                _ => stage.posted("/introspect", &stage.application, &[("token", token)]),
            }
        }
        other => bail!("there is no operation {other}"),
    })
}

fn text<'a>(tokens: &'a Value, name: &str) -> Result<&'a str> {
    tokens.get(name).and_then(Value::as_str).with_context(|| format!("no {name}"))
}

/// The same request again and again.
pub(crate) struct Same {
    /// Its connection.
    pub(crate) wire: Wire,
    /// The request.
    pub(crate) request: Vec<u8>,
}

impl Work for Same {
    async fn once(&mut self) -> Result<()> {
        self.wire.ask(&self.request).await?.expect(200).map(drop)
    }
}

/// Authorization with a live session, and the redemption of the code.
struct CodeFlow<'a> {
    stage: &'a Stage,
    wire: Wire,
    request: Vec<u8>,
}

impl<'a> CodeFlow<'a> {
    async fn new(stage: &'a Stage, number: usize) -> Result<Self> {
        let scopes = "openid profile email";
        let (browser, _) = stage.signed_in(number, scopes).await?;
        let (path, headers) = (Stage::authorize(scopes), browser.cookies());
        let request = Asking { method: "GET", path: &path, host: &stage.host, headers: &headers, body: None }.bytes();
        Ok(Self { stage, wire: browser.wire, request })
    }
}

impl Work for CodeFlow<'_> {
    async fn once(&mut self) -> Result<()> {
        let answer = self.wire.ask(&self.request).await?.expect(303)?;
        let request = self.stage.redemption(code_in(answer.location()?).context("no code")?);
        self.wire.ask(&request).await?.expect(200).map(drop)
    }
}

/// Refreshing, each time with the token of the time before.
struct Refresh<'a> {
    stage: &'a Stage,
    wire: Wire,
    token: String,
}

impl<'a> Refresh<'a> {
    async fn new(stage: &'a Stage, number: usize) -> Result<Self> {
        let (browser, tokens) = stage.signed_in(number, "openid profile email offline_access").await?;
        Ok(Self { stage, wire: browser.wire, token: text(&tokens, "refresh_token")?.to_owned() })
    }
}

impl Work for Refresh<'_> {
    async fn once(&mut self) -> Result<()> {
        let pairs = [("grant_type", "refresh_token"), ("refresh_token", self.token.as_str())];
        let request = self.stage.posted("/token", &self.stage.application, &pairs);
        let answer = self.wire.ask(&request).await?.expect(200)?;
        between(answer.body, r#""refresh_token":""#, '"').context("no refresh token")?.clone_into(&mut self.token);
        Ok(())
    }
}

/// From an authorization request through the pages to a code.
struct SignIn<'a> {
    stage: &'a Stage,
    browser: Browser,
}

impl Work for SignIn<'_> {
    async fn once(&mut self) -> Result<()> {
        self.browser.sign_in(self.stage, "openid profile email").await.map(drop)
    }
}

/// Sign-ins on so many connections, and beside them one program that asks for a token fifty times a second.
async fn sign_ins(stage: &Stage, count: usize, pid: u32, time: Duration) -> Result<Vec<Figures>> {
    let mut all = Vec::new();
    for number in 0..count {
        all.push(SignIn { stage, browser: stage.browser(number).await? });
    }
    let request = same("client_credentials ES256", stage).await?;
    let mut other = Same { wire: stage.wire().await?, request };
    run(&mut all, time / 5).await?;
    let (spent, began) = (proc::cpu(pid)?, Instant::now());
    let (took, beside) = futures_util::future::try_join(run(&mut all, time), paced(&mut other, time)).await?;
    let (whole, spent) = (began.elapsed(), proc::cpu(pid)?.saturating_sub(spent));
    let memory = proc::memory(pid)?;
    let meanwhile = Figures { cpu: 0.0, ..figures(MEANWHILE, count, beside, (time, Duration::ZERO, memory)) };
    Ok(vec![figures("password sign-in", count, took, (whole, spent, memory)), meanwhile])
}

/// The same request at its times, whatever else is going on.
async fn paced(work: &mut Same, time: Duration) -> Result<Vec<Duration>> {
    let (begin, mut took) = (Instant::now(), Vec::new());
    let mut tick = tokio::time::interval(BESIDE);
    while begin.elapsed() < time {
        tick.tick().await;
        let began = Instant::now();
        work.once().await?;
        took.push(began.elapsed());
    }
    Ok(took)
}

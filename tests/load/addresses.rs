//! How long an answer takes about an address that is known, and about one that is not: who asks must not be able to tell them apart by a clock.
//!
//! Both are asked about in turn, so that whatever else the machine does falls on both alike; and each address once, because a mailbox gets one mail a minute.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::json;

use crate::{
    run::micros,
    server::Server,
    stage::{Admin, Browser, Seen, Stage},
    wire::{between, form},
};

/// What it is called in `--only`.
pub(crate) const NAME: &str = "addresses";

/// A place where an address can be typed: what is asked there, and how one gets to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    SignUp,
    SignUpCode,
    Password,
    MailedCode,
    Reset,
    ResetCode,
    Lost,
    Contact,
}

const WAYS: [(Way, &str); 8] = [
    (Way::SignUp, "sign-up address"),
    (Way::SignUpCode, "sign-up code"),
    (Way::Password, "sign-in password"),
    (Way::MailedCode, "mailed code at sign-in"),
    (Way::Reset, "reset address"),
    (Way::ResetCode, "reset code"),
    (Way::Lost, "lost invitation"),
    (Way::Contact, "another address for an account"),
];

/// Half took at most so long, nine of ten, 99 of 100; in microseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    pub(crate) p50: f64,
    pub(crate) p90: f64,
    pub(crate) p99: f64,
}

/// The two beside each other.
pub(crate) struct Compared {
    pub(crate) name: &'static str,
    pub(crate) asked: usize,
    pub(crate) known: Spread,
    pub(crate) unknown: Spread,
}

/// Ask so often about each.
pub(crate) async fn measure(asks: usize, server: &Server, stage: &Stage) -> Result<Vec<Compared>> {
    let mut admin = Admin::of(server).await?;
    admin.set(&json!({ "sign_up": "open", "throttle_network_failures": 1_000_000, "check_after_mails": 1_000_000, "check_after_failures": 1_000_000 })).await?;
    let mut all = Vec::new();
    for (way, name) in WAYS {
        for number in 0..asks {
            let email = address(way, number, true);
            if way == Way::Lost {
                admin.make("invitations", &json!({ "email": email })).await?;
            } else {
                let profile = json!({ "given_name": "Nadia", "family_name": "Ferrand" });
                admin.make("accounts", &json!({ "account": { "email": email, "profile": profile }, "password": "quatre saisons sous la pluie" })).await?;
            }
        }
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for number in 0..asks {
            for (is_known, took) in [(true, &mut known), (false, &mut unknown)] {
                let asked = ask(way, &address(way, number, is_known), stage).await;
                took.push(asked.with_context(|| format!("{name}, {}", if is_known { "known" } else { "unknown" }))?);
            }
        }
        all.push(Compared { name, asked: asks, known: spread(known), unknown: spread(unknown) });
        eprintln!("{name}: measured");
    }
    Ok(all)
}

fn address(way: Way, number: usize, is_known: bool) -> String {
    format!("{}{way:?}{number}@ferrand.test", if is_known { "connue" } else { "autre" }).to_lowercase()
}

fn spread(mut took: Vec<Duration>) -> Spread {
    took.sort_unstable();
    let at = |hundredth: usize| took.get(took.len() * hundredth / 100).copied().map_or(0.0, micros);
    Spread { p50: at(50), p90: at(90), p99: at(99) }
}

/// A page with a form, and where it is.
struct Page {
    path: String,
    body: String,
}

/// Whoever asks, in a browser of their own.
struct Asker<'a> {
    stage: &'a Stage,
    browser: Browser,
    at: Page,
}

impl Asker<'_> {
    /// Open this, and go where it leads.
    async fn opens(&mut self, path: &str) -> Result<()> {
        let mut path = path.to_owned();
        for _ in 0..8 {
            match self.browser.sees(self.stage, &path, None).await? {
                Seen { status: 303, to: Some(to), .. } => path = to,
                Seen { body, .. } => {
                    self.at = Page { path, body };
                    return Ok(());
                }
            }
        }
        bail!("the pages lead nowhere")
    }

    /// Answer the page; how long the answer to that took, redirects not counted.
    async fn answers(&mut self, fields: &[(&str, &str)]) -> Result<Duration> {
        let csrf = between(&self.at.body, r#"name="csrf" value=""#, '"').with_context(|| format!("no form at {}: {}", self.at.path, self.at.body))?;
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", csrf)]).collect();
        let began = Instant::now();
        let seen = self.browser.sees(self.stage, &self.at.path, Some(&form(&fields))).await?;
        let took = began.elapsed();
        match seen {
            Seen { status: 303, to: Some(to), .. } => self.opens(&to).await?,
            Seen { status: 200 | 422, body, .. } => self.at.body = body,
            Seen { status, body, .. } => bail!("{} answered {status}: {body}", self.at.path),
        }
        Ok(took)
    }

    /// This screen or an error.
    fn is_at(&self, screen: &str) -> Result<()> {
        if self.at.body.contains(&format!("data-screen=\"{screen}\"")) { Ok(()) } else { bail!("{} is not {screen}: {}", self.at.path, self.at.body) }
    }
}

const WRONG: [(&str, &str); 2] = [("action", "next"), ("code", "000000")];

/// Ask about one address.
async fn ask(way: Way, email: &str, stage: &Stage) -> Result<Duration> {
    let mut asker = Asker { stage, browser: stage.browser(0).await?, at: Page { path: String::new(), body: String::new() } };
    let identifier = [("action", "next"), ("identifier", email)];
    let reset = [("action", "send"), ("identifier", email)];
    let typed = |action: &'static str| [("action", action), ("email", email)];
    match way {
        Way::SignUp | Way::SignUpCode => {
            asker.opens(&Stage::authorize("openid")).await?;
            asker.answers(&[("action", "signup")]).await?;
            let took = asker.answers(&typed("next")).await?;
            asker.is_at("S-SIGNUP-CODE")?;
            if way == Way::SignUp { Ok(took) } else { asker.answers(&WRONG).await }
        }
        Way::Password | Way::MailedCode => {
            asker.opens(&Stage::authorize("openid")).await?;
            asker.answers(&identifier).await?;
            asker.is_at("S-SIGNIN-PW")?;
            if way == Way::Password {
                asker.answers(&[("action", "next"), ("password", "ce n’est pas le bon")]).await
            } else {
                asker.answers(&[("action", "code")]).await
            }
        }
        Way::Reset | Way::ResetCode => {
            asker.opens("/account/reset").await?;
            let took = asker.answers(&reset).await?;
            asker.is_at("S-RESET-CODE")?;
            if way == Way::Reset { Ok(took) } else { asker.answers(&WRONG).await }
        }
        Way::Lost => {
            asker.opens("/i/lost/default").await?;
            asker.answers(&typed("send")).await
        }
        Way::Contact => {
            asker.opens("/account/contact").await?;
            let person = asker.browser.person().to_owned();
            asker.answers(&[("action", "next"), ("identifier", &person)]).await?;
            asker.answers(&[("action", "next"), ("password", "quatre saisons sous la pluie")]).await?;
            asker.is_at("S-ME-CONTACT")?;
            let took = asker.answers(&typed("change")).await?;
            asker.is_at("S-ME-CONTACT-CODE")?;
            Ok(took)
        }
    }
}

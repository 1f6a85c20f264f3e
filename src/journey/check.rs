//! Does a machine have to work for a moment before a code is mailed? Asked in one place, by whatever mails one.
//!
//! It is owed once for each mail: whoever names another address pays again. A mailbox that has had a code in this journey is not asked about again; how often
//! it gets one is counted there.

use super::{
    Tools,
    codes::{Asked, load},
    facts::Facts,
    mail_code,
};
use crate::{
    crypto::Purpose,
    model::{Attempts, Captcha, CodeUse, Proved, Subject},
    outside::{CaptchaAsked, CaptchaSilent},
    policy::check::{Network, is_suspect},
    storage::{Batch, StoreError},
    values::{Digest, EntropyExt as _, Fault, JourneyId, Timestamp},
};

/// How long a challenge may be paid for, and a link opened.
pub const LIFE: u64 = 900;

/// What has to be paid.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    /// What the code is for.
    pub of: CodeUse,
    /// What the number that pays is hashed with.
    pub challenge: &'a str,
    /// With how many zero bits the hash begins.
    pub bits: u32,
    /// It can be paid for until then.
    pub until: Timestamp,
    /// Was a link mailed that does instead?
    pub is_mailed: bool,
    /// Was that link's button pressed?
    pub is_passed: bool,
    /// Who says that it is a person, where that is not paid for.
    pub captcha: Option<&'a Captcha>,
}

/// What is due now: demanded since somebody was named, and no code mailed since.
#[must_use]
pub fn due(facts: &Facts) -> Option<Due<'_>> {
    let subject = facts.subject()?;
    facts.journey.evidence.iter().fold(None, |due, e| match &e.what {
        Proved::Identified(_) | Proved::Chosen | Proved::SigningUp(_) | Proved::Forgotten => None,
        _ if e.subject != subject => due,
        Proved::Suspected { of, challenge, bits, until, by_captcha } => {
            let is_mailed = due.is_some_and(|due: Due<'_>| due.is_mailed);
            let captcha = facts.tenant.settings.captcha.as_ref().filter(|_| *by_captcha);
            Some(Due { of: *of, challenge, bits: *bits, until: *until, is_mailed, is_passed: false, captcha })
        }
        Proved::CheckMailed { .. } => due.map(|due| Due { is_mailed: true, ..due }),
        Proved::Checked => due.map(|due| Due { is_passed: true, ..due }),
        Proved::CodeMailed { .. } => None,
        _ => due,
    })
}

/// Is it due for a code of this use?
#[must_use]
pub fn is_due(facts: &Facts, of: CodeUse) -> bool {
    due(facts).is_some_and(|due| due.of == of)
}

/// What has to be paid before a code is mailed to this subject; `None` when nothing has.
///
/// # Errors
/// The store failed.
pub async fn demanded(facts: &Facts, tools: &Tools, (of, subject): (CodeUse, Subject)) -> Result<Option<Proved>, Fault> {
    let suspect = is_suspect(network(facts, tools).await?, &facts.tenant.settings);
    let is_known = facts.subject() == Some(subject) && mail_code::live(facts, of).is_some();
    Ok((suspect && !is_known).then(|| fresh(facts, tools, of)))
}

/// Something new to pay, or a provider to ask where the organisation has one.
#[must_use]
pub fn fresh(facts: &Facts, tools: &Tools, of: CodeUse) -> Proved {
    suspected(facts, tools, of, facts.tenant.settings.captcha.is_some())
}

/// Something to pay in any case: the provider says nothing, and nobody is held up for that.
#[must_use]
pub fn paid_instead(facts: &Facts, tools: &Tools, of: CodeUse) -> Proved {
    suspected(facts, tools, of, false)
}

fn suspected(facts: &Facts, tools: &Tools, of: CodeUse, by_captcha: bool) -> Proved {
    let (challenge, bits) = (tools.entropy.name(), facts.tenant.settings.check_bits);
    Proved::Suspected { of, challenge, bits, until: facts.now.plus(LIFE), by_captcha }
}

/// Does the provider say that it is a person? It is asked even where its widget answered nothing: so a page that could not load it finds out whether it is down.
///
/// # Errors
/// It says neither yes nor no.
pub async fn is_person(captcha: &Captcha, response: &str, facts: &Facts, tools: &Tools) -> Result<bool, CaptchaSilent> {
    let secret = tools.sealer.open(Purpose::Captcha, &captcha.secret).map_err(|_| CaptchaSilent::SecretRefused)?;
    let asked = CaptchaAsked { verify_url: &captcha.verify_url, secret: &secret, response, ip: facts.visitor.ip.as_deref() };
    tools
        .captchas
        .is_person(&asked)
        .await
        .inspect_err(|silent| tracing::warn!(tenant = %facts.tenant.slug, error.message = %silent, "a captcha's provider says nothing: {silent}"))
}

/// What the page of the check may load from, besides us.
#[must_use]
pub fn origins(facts: &Facts) -> Vec<String> {
    due(facts).filter(|due| !due.is_passed).and_then(|due| due.captcha).map(Captcha::origins).unwrap_or_default()
}

/// What is kept of the link that does instead.
#[must_use]
pub fn link(journey: &JourneyId, token: &str, tools: &Tools) -> Digest {
    tools.sealer.digest_of(Purpose::MailCode, &[b"check", journey.as_ref().as_bytes(), token.as_bytes()])
}

/// What the network has done within the window of its counters.
async fn network(facts: &Facts, tools: &Tools) -> Result<Network, StoreError> {
    let window = facts.tenant.settings.throttle_network_window;
    let count = |attempts: &Attempts| if facts.now.since(attempts.since) < window { attempts.failures } else { 0 };
    let (Some(mailing), Some(prefix)) = (Asked::of(facts).network(tools), facts.visitor.network()) else { return Ok(Network::default()) };
    let failing = tools.sealer.digest_of(Purpose::Attempts, &[b"network", facts.tenant.id.0.as_bytes(), &prefix]);
    Ok(Network { mails: count(&load(mailing, tools, facts.now).await?.1), failures: count(&load(failing, tools, facts.now).await?.1) })
}

/// Count a link to the mailbox of this use, against the network as any mail, and against the mailbox apart from codes, so that the code can follow at once.
/// Answers with the seconds to wait when there can be none now.
///
/// # Errors
/// The store failed.
pub async fn count_link(facts: &Facts, tools: &Tools, of: CodeUse, batch: &mut Batch) -> Result<Result<(), u64>, Fault> {
    let mailbox = mail_code::mailbox(facts, of).unwrap_or_default();
    Asked::of(facts).count(&format!("check {mailbox}"), tools, batch).await
}

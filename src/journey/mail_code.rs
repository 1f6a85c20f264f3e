//! Codes that are mailed: made, sent and compared.
//!
//! What is kept of a code is a keyed digest over what it is for, subject, mailbox and code, so a code counts in its journey, for the one thing and the one
//! person that it was made for, and nowhere else. Where there is no account everything is done all the same: a letter is written to nobody, about a code that
//! nothing equals.

use super::{
    Letter, Tools, check,
    codes::{self, Asked, grouped, load},
    facts::Facts,
    guess::{self, Guesser},
};
use crate::{
    crypto::Purpose,
    model::{
        Account, AccountEmail, AccountState, Actor, ActorKind, Attempts, AuditEvent, CodeLink, CodeUse, Delivery, EventName, MailContent, Outcome, Proved,
        Subject,
    },
    pages::Complaint,
    storage::{Batch, CommitError, StoreError},
    values::{Digest, Email, EntropyExt as _, Fault, Locale, Secret, Timestamp},
};

/// How many codes die of wrong tries within a day before the person is told.
const DEAD_CODES: u32 = 3;
const DAY: u64 = 86_400;

/// The code that counts: the newest for its use.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    /// What is kept of it.
    pub digest: Digest,
    /// It ends then.
    pub until: Timestamp,
    /// Digest of the link that shows it.
    link: Option<Digest>,
}

/// What somebody who waits for a mailed code has to be told about the mail.
#[must_use]
pub fn standing_complaint(facts: &Facts) -> Option<Complaint> {
    match facts.delivery? {
        Delivery::Delayed => Some(Complaint::MailDown),
        Delivery::Refused => Some(Complaint::MailboxRefused { address: facts.identifier() }),
        Delivery::Waiting | Delivery::Sent => None,
    }
}

/// The code that counts now, if one was mailed.
#[must_use]
pub fn live(facts: &Facts, wanted: CodeUse) -> Option<Live> {
    let mailed = facts.said().filter_map(|e| match &e.what {
        Proved::CodeMailed { code, until, of, link } if *of == wanted => Some(Live { digest: *code, until: *until, link: *link }),
        _ => None,
    });
    mailed.last()
}

/// The mailbox of a new account, or what was typed to name somebody, in its canonical form.
pub(super) fn mailbox(facts: &Facts, of: CodeUse) -> Option<String> {
    match of {
        CodeUse::Address => facts.new_address().map(|address| address.norm().to_owned()),
        CodeUse::Reset | CodeUse::SignIn => Some(canonical(&facts.identifier())).filter(|typed| !typed.is_empty()),
    }
}

/// What was typed to name somebody, in its canonical form.
fn canonical(typed: &str) -> String {
    typed.parse::<Email>().map_or_else(|_| typed.to_lowercase(), |address| address.norm().to_owned())
}

/// What a code is compared by, in constant time.
fn digest(tools: &Tools, (of, subject): (CodeUse, Subject), mailbox: &str, code: &str) -> Digest {
    let of = match of {
        CodeUse::Address => "address",
        CodeUse::Reset => "reset",
        CodeUse::SignIn => "sign-in",
    };
    codes::digest(tools, (of, subject), mailbox, code)
}

/// The counter of tries at a code.
fn tries_of(code: &Digest, tools: &Tools) -> Digest {
    tools.sealer.digest_of(Purpose::Attempts, &[b"mail-code", &code.0])
}

/// Seconds until there can be another code; at least one.
///
/// # Errors
/// The store failed.
pub async fn pause(facts: &Facts, tools: &Tools, of: CodeUse) -> Result<u64, StoreError> {
    let Some(mailbox) = mailbox(facts, of) else { return Ok(1) };
    Asked::of(facts).pause(&mailbox, tools).await
}

/// What code is wanted.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// To prove this mailbox, of a subject that nobody had before. Nothing about accounts is read.
    Address(Subject, &'a Email),
    /// By whoever typed this and is this subject, who may have this account.
    Account(CodeUse, Subject, &'a str, Option<&'a Account>),
}

impl Wanted<'_> {
    fn of(&self) -> CodeUse {
        match self {
            Self::Address(..) => CodeUse::Address,
            Self::Account(of, ..) => *of,
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Address(subject, _) | Self::Account(_, subject, ..) => *subject,
        }
    }

    fn mailbox(&self) -> String {
        match self {
            Self::Address(_, address) => address.norm().to_owned(),
            Self::Account(_, _, typed, _) => canonical(typed),
        }
    }

    /// An account that nobody may use gets no code for a new password, but a word on whom to ask.
    fn is_barred(&self) -> bool {
        matches!(self, Self::Account(CodeUse::Reset, _, _, Some(account)) if account.state != AccountState::Active)
    }

    /// Who reads it, if there is anybody, in their language.
    fn reader(&self, facts: &Facts) -> (Option<Email>, Locale) {
        let visitor = facts.visitor.locale;
        match self {
            Self::Address(_, address) => (Some((*address).clone()), visitor),
            Self::Account(_, _, typed, account) => {
                let to = account.and_then(|account| mailbox_of(account, typed)).map(|email| email.address.clone());
                (to, account.and_then(|account| account.locale).unwrap_or(visitor))
            }
        }
    }

    fn letter(&self, facts: &Facts) -> Letter {
        let (to, locale) = self.reader(facts);
        let app = facts.client.as_ref().map(|client| client.names.get(locale).to_owned());
        let from = facts.visitor.origin();
        let content = match self.of() {
            CodeUse::Address => MailContent::ConfirmAddress { app, from },
            CodeUse::SignIn => MailContent::SignInCode { app, from },
            CodeUse::Reset => MailContent::ResetCode { from, is_refused: self.is_barred() },
        };
        Letter::new(content, to, locale, facts.tenant.id)
    }

    fn event(&self, facts: &Facts) -> AuditEvent {
        match self.of() {
            CodeUse::Address => event(facts, EventName::EmailVerificationSent),
            CodeUse::Reset => facts.event(EventName::PasswordResetRequested, self.subject()),
            CodeUse::SignIn => facts.event(EventName::EmailVerificationSent, self.subject()).by("email_otp"),
        }
    }
}

/// Where mail to an account goes: to the address that was typed, else to the first that is known to be theirs, else to the first.
fn mailbox_of<'a>(account: &'a Account, typed: &str) -> Option<&'a AccountEmail> {
    let typed = canonical(typed);
    let emails = &account.emails;
    emails.iter().find(|email| email.address.norm() == typed).or_else(|| emails.iter().find(|email| email.verified_at.is_some())).or_else(|| emails.first())
}

/// A code on its way.
pub enum Sending {
    /// To be committed: what is remembered, and the mail with its counters.
    Mailed(Proved, Batch),
    /// Too soon: so many seconds from now.
    Wait(u64),
    /// The one before waits for the mail server and is still good: it leaves by itself.
    Held,
    /// The network is suspect: this is remembered, and S-CHECK comes before the mail.
    Suspect(Proved),
}

/// Make a code and the mail that brings it, with a link that shows the code to who reads mail elsewhere. A newer code ends the one before.
///
/// # Errors
/// The store failed, or the mail cannot be sealed.
pub async fn send(facts: &Facts, tools: &Tools, wanted: &Wanted<'_>) -> Result<Sending, Fault> {
    match check::demanded(facts, tools, (wanted.of(), wanted.subject())).await? {
        Some(suspected) => Ok(Sending::Suspect(suspected)),
        None => send_checked(facts, tools, wanted).await,
    }
}

/// Send one to whom the journey is about.
///
/// # Errors
/// As [`send`].
pub async fn send_known(facts: &Facts, tools: &Tools, of: CodeUse, is_checked: bool) -> Result<Sending, Fault> {
    let typed = facts.identifier();
    let wanted = wanted(facts, of, &typed)?;
    if is_checked { send_checked(facts, tools, &wanted).await } else { send(facts, tools, &wanted).await }
}

fn wanted<'a>(facts: &'a Facts, of: CodeUse, typed: &'a str) -> Result<Wanted<'a>, Fault> {
    let nobody = || Fault::new("a code was to be sent to nobody");
    let subject = facts.subject().ok_or_else(nobody)?;
    Ok(match of {
        CodeUse::Address => Wanted::Address(subject, facts.new_address().ok_or_else(nobody)?),
        CodeUse::Reset | CodeUse::SignIn => Wanted::Account(of, subject, typed, facts.person.as_ref().map(|person| &*person.account)),
    })
}

/// Who would read a code for this use, and in which language.
///
/// # Errors
/// The journey is about nobody.
pub fn reader(facts: &Facts, of: CodeUse) -> Result<(Option<Email>, Locale), Fault> {
    Ok(wanted(facts, of, &facts.identifier())?.reader(facts))
}

async fn send_checked(facts: &Facts, tools: &Tools, wanted: &Wanted<'_>) -> Result<Sending, Fault> {
    let (now, asked, mailbox) = (facts.now, Asked::of(facts), wanted.mailbox());
    if facts.delivery == Some(Delivery::Delayed) {
        return Ok(Sending::Held);
    }
    let mut batch = Batch::new(now);
    if let Err(seconds) = asked.count(&mailbox, tools, &mut batch).await? {
        return Ok(Sending::Wait(seconds));
    }
    let (code, until) = asked.made(&*tools.entropy);
    let token = tools.entropy.token();
    let link = CodeLink {
        digest: tools.sealer.digest(Purpose::CodeLink, token.expose()),
        tenant: facts.tenant.id,
        of: wanted.of(),
        sealed: Some(tools.sealer.seal(Purpose::CodeLink, grouped(code.expose()).as_bytes(), tools.entropy.as_ref())?),
        until,
    };
    shut_link(facts, tools, wanted.of(), &mut batch).await?;
    batch.insert(&link)?;
    let letter = wanted.letter(facts);
    let (is_sent, barred) = (letter.has_reader(), wanted.is_barred());
    let letter = if barred { letter } else { letter.with_code(Secret::new(grouped(code.expose())), until).with_link(link_to(tools, &token)) };
    // A code that nobody gets is none: what is kept of it equals nothing that can be typed.
    let unknown = tools.entropy.token();
    let kept = if is_sent && !barred { code.expose() } else { unknown.expose() };
    let code = digest(tools, (wanted.of(), wanted.subject()), &mailbox, kept);
    letter.post_code(&code, tools, &mut batch, now)?;
    batch.audit(&wanted.event(facts))?;
    Ok(Sending::Mailed(Proved::CodeMailed { code, until, of: wanted.of(), link: Some(link.digest) }, batch))
}

fn link_to(tools: &Tools, token: &Secret<String>) -> Secret<String> {
    Secret::new(format!("{}/code/{}", tools.public_url, token.expose()))
}

/// The link of the code that counts shows nothing any more.
async fn shut_link(facts: &Facts, tools: &Tools, of: CodeUse, batch: &mut Batch) -> Result<(), Fault> {
    let Some(digest) = live(facts, of).and_then(|live| live.link) else { return Ok(()) };
    if let Some(link) = tools.store.load::<CodeLink>(&CodeLink::key_of(&digest), facts.now).await? {
        batch.update(link.map(|link| CodeLink { sealed: None, ..link }))?;
    }
    Ok(())
}

fn is_over(facts: &Facts, of: CodeUse) -> bool {
    live(facts, of).is_none_or(|code| code.until <= facts.now)
}

/// Is what was typed a guess at a code that lives?
#[must_use]
pub fn is_guess(facts: &Facts, of: CodeUse, code: &str) -> bool {
    Asked::of(facts).typed(code).is_some() && !is_over(facts, of)
}

/// Judge what was typed; `left` tells how often it may still be tried, as it was counted. When it is right the batch goes into the commit that says so.
///
/// # Errors
/// The store failed.
pub async fn judge(facts: &Facts, tools: &Tools, of: CodeUse, (code, left): (&str, u32)) -> Result<Result<Batch, Complaint>, Fault> {
    let code = match Asked::of(facts).read(code, live(facts, of).map(|code| code.until)) {
        Ok(code) => code,
        Err(complaint) => return Ok(Err(complaint)),
    };
    Ok(match compare(facts, tools, of, &code) {
        Compared::Right => Ok(right(facts, tools, of).await?),
        Compared::Replaced => Err(Complaint::CodeExpired),
        Compared::Wrong if left == 0 => Err(Complaint::CodeSpent { seconds: pause(facts, tools, of).await? }),
        Compared::Wrong => Err(Complaint::Code { left }),
    })
}

/// It was used, and so is its link; and who has the mailbox has proved it.
async fn right(facts: &Facts, tools: &Tools, of: CodeUse) -> Result<Batch, Fault> {
    let mut batch = Batch::new(facts.now);
    shut_link(facts, tools, of, &mut batch).await?;
    let Some(person) = facts.person.as_ref().filter(|_| of != CodeUse::Address) else { return Ok(batch) };
    let unproved = mailbox_of(&person.account, &facts.identifier()).filter(|email| email.verified_at.is_none()).map(|email| email.address.clone());
    if let Some(address) = unproved {
        let now = facts.now;
        batch.audit(&facts.event(EventName::EmailVerified, person.account.subject()))?;
        batch.update(person.account.clone().map(|mut account| {
            account.emails.iter_mut().filter(|email| email.address == address).for_each(|email| email.verified_at = Some(now));
            account.updated_at = now;
            account
        }))?;
    }
    Ok(batch)
}

/// How a code compares with those that were mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    /// It is the one.
    Right,
    /// It was, before a newer one was sent.
    Replaced,
    /// It is none.
    Wrong,
}

fn compare(facts: &Facts, tools: &Tools, wanted: CodeUse, typed: &str) -> Compared {
    let (Some(subject), Some(mailbox), Some(live)) = (facts.subject(), mailbox(facts, wanted), live(facts, wanted)) else { return Compared::Wrong };
    let typed = digest(tools, (wanted, subject), &mailbox, typed);
    let was_mailed = facts.said().any(|e| matches!(&e.what, Proved::CodeMailed { code, of, .. } if *of == wanted && *code == typed));
    match (typed == live.digest, was_mailed) {
        (true, _) => Compared::Right,
        (false, true) => Compared::Replaced,
        (false, false) => Compared::Wrong,
    }
}

/// May a guess at a mailed code be judged?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeCounted {
    /// Yes: it is counted, on disk.
    Go {
        /// How often the code may be tried after this.
        left: u32,
    },
    /// No: the code is dead.
    Spent {
        /// Seconds until there can be another.
        seconds: u64,
    },
    /// No, nothing from this network before then.
    Wait(Timestamp),
    /// Somebody else counted first: look again.
    Lost,
}

/// Count a guess against the code that it is at, durably. A code that has had its tries is not judged any more, not even when it is right.
///
/// # Errors
/// The store failed.
pub async fn count(facts: &Facts, tools: &Tools, of: CodeUse) -> Result<CodeCounted, Fault> {
    let Some(code) = live(facts, of) else { return Ok(CodeCounted::Lost) };
    if let Some(until) = Guesser::of(facts).pause(tools).await? {
        return Ok(CodeCounted::Wait(until));
    }
    let (before, attempts) = load(tries_of(&code.digest, tools), tools, facts.now).await?;
    let most = facts.tenant.settings.mail_code_tries;
    if attempts.failures >= most {
        return Ok(CodeCounted::Spent { seconds: pause(facts, tools, of).await? });
    }
    let attempts = attempts.count_code(facts.now);
    let left = most.saturating_sub(attempts.failures);
    let mut batch = Batch::new(facts.now);
    batch.put(before.as_ref(), &attempts)?;
    match tools.store.commit(batch).await {
        Ok(()) => Ok(CodeCounted::Go { left }),
        Err(CommitError::Conflict(_)) => Ok(CodeCounted::Lost),
        Err(error) => Err(error.into()),
    }
}

/// A code was wrong: count it against the network, and tell the audit trail. A person whose codes die of it again and again is told.
///
/// # Errors
/// The store failed.
pub async fn failed(facts: &Facts, tools: &Tools, of: CodeUse, is_dead: bool, batch: &mut Batch) -> Result<(), Fault> {
    let who = Guesser::of(facts);
    guess::failed_anywhere(&who, tools, batch).await?;
    let event = match facts.subject().filter(|_| of != CodeUse::Address) {
        Some(subject) => facts.event(EventName::SigninFailed, subject),
        None => event(facts, EventName::SigninFailed),
    };
    batch.audit(&event.failed(Outcome::Failure, "bad_code").by("mail_code"))?;
    let Some(subject) = facts.subject().filter(|_| is_dead && of != CodeUse::Address) else { return Ok(()) };
    let counter = tools.sealer.digest_of(Purpose::Attempts, &[b"dead-codes", subject.home.0.as_bytes(), subject.id.0.as_bytes()]);
    let (before, dead) = load(counter, tools, facts.now).await?;
    let dead = if facts.now.since(dead.since) < DAY { dead } else { Attempts::none(counter, facts.now) }.count_code(facts.now);
    batch.put(before.as_ref(), &dead)?;
    if dead.failures < DEAD_CODES {
        return Ok(());
    }
    let tries = dead.failures.saturating_mul(facts.tenant.settings.mail_code_tries);
    guess::warn(&who, (tries, dead.since), tools, batch).await
}

/// An event about somebody who is nobody yet: it names no account and no address.
#[must_use]
pub fn event(facts: &Facts, name: EventName) -> AuditEvent {
    let nobody = Actor { kind: ActorKind::Person, id: None };
    let mut event = AuditEvent::new(name, facts.tenant.id, nobody, facts.now).from(facts.visitor.ip.as_deref(), facts.visitor.correlation.as_deref());
    event.journey = Some(facts.journey.id.to_string());
    event.client = facts.request().map(|request| request.client.clone());
    event
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn an_address_and_a_name_are_the_same_in_any_case() {
        assert_eq!((canonical("Camille@Courriel.test").as_str(), canonical("C.Eon").as_str()), ("camille@courriel.test", "c.eon"));
    }
}

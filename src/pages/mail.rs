//! How a mail reads: one letter for all of them, as text and as HTML.
//!
//! A mail is a list of parts, made here once and written twice; every sentence is in `words/{language}/mail.ftl` under the mail's id (`mail-11-text`). Whatever
//! came from people or applications is one line of visible text before it stands in a subject, a header or a part: it cannot end a header, turn the direction of
//! what follows, or bring markup.

mod invitation;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use fluent_bundle::FluentValue;
use serde::Serialize;

use super::{Pages, Words, brand::mail_colours};
use crate::{
    model::{MailContent, MailName, Origin, ReportReason, Tenant},
    values::{Fault, Locale, Timestamp},
};

/// The longest that a name or another short text of others is, in characters.
const SHORT: usize = 120;
/// The longest that what a person wrote is.
const LONG: usize = 2000;

/// A mail with all that it says.
#[derive(Clone, Copy, Debug)]
pub struct MailPage<'a> {
    /// What.
    pub content: &'a MailContent,
    /// Its code.
    pub code: Option<&'a str>,
    /// Where its button leads.
    pub link: Option<&'a str>,
    /// Until when code and link are good.
    pub until: Timestamp,
    /// In whose name.
    pub tenant: &'a Tenant,
    /// In which language.
    pub locale: Locale,
}

/// A mail as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenMail {
    /// The name that stands before the sender's address.
    pub sender: String,
    /// The subject, one line.
    pub subject: String,
    /// For readers of text.
    pub text: String,
    /// For all others. Refers to the logo, where there is one, as `cid:logo`.
    pub html: String,
    /// The logo, a PNG.
    pub logo: Option<Vec<u8>>,
}

/// What the letter's template is given; the text is made of the same.
#[derive(Debug, Serialize)]
struct Parts {
    lang: &'static str,
    organisation: String,
    badge: Option<String>,
    subject: String,
    title: String,
    paragraphs: Vec<String>,
    code: Option<String>,
    facts: Vec<Fact>,
    button: Option<Button>,
    or_copy: Option<String>,
    also: Option<Button>,
    notes: Vec<String>,
    foot: String,
    has_logo: bool,
    accent: String,
    accent_ink: String,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Button {
    label: String,
    href: String,
}

impl Pages {
    /// Write a mail.
    ///
    /// # Errors
    /// A sentence is missing: our fault, and a test's to find.
    pub fn mail(&self, page: &MailPage<'_>) -> Result<WrittenMail, Fault> {
        let words = self.words(page.locale)?;
        let logo = page.tenant.brand.logo.as_ref().filter(|_| page.tenant.brand.logo_type.as_deref() == Some("image/png"));
        let logo = logo.and_then(|text| STANDARD.decode(text).ok());
        let parts = Writer { words, page }.parts(logo.is_some())?;
        let html = self.letter(page.locale, &parts)?;
        Ok(WrittenMail { sender: parts.organisation.clone(), subject: parts.subject.clone(), text: parts.text(), html, logo })
    }
}

impl Parts {
    fn text(&self) -> String {
        let mut blocks = vec![self.title.clone()];
        blocks.extend(self.badge.clone());
        blocks.extend(self.paragraphs.iter().cloned());
        blocks.extend(self.code.as_ref().map(|code| format!("    {code}")));
        if !self.facts.is_empty() {
            blocks.push(self.facts.iter().map(|fact| format!("{}\n    {}", fact.label, fact.value)).collect::<Vec<_>>().join("\n"));
        }
        blocks.extend(self.button.iter().chain(&self.also).map(|link| format!("{}\n{}", link.label, link.href)));
        blocks.extend(self.notes.iter().cloned());
        blocks.push(format!("-- \n{}", self.foot));
        let mut text = blocks.join("\n\n");
        text.push('\n');
        text
    }
}

type Argument<'a> = (&'a str, FluentValue<'a>);

/// Finds the sentences of one mail.
struct Writer<'a> {
    words: &'a Words,
    page: &'a MailPage<'a>,
}

impl Writer<'_> {
    fn say(&self, of: &str, args: Vec<Argument<'_>>) -> Result<String, Fault> {
        let id = self.page.content.name().id().to_ascii_lowercase();
        self.words.say(&format!("{id}-{of}"), args)
    }

    fn plain(&self, id: &str) -> Result<String, Fault> {
        self.words.plain(id).map(|said| said.to_string())
    }

    fn parts(&self, has_logo: bool) -> Result<Parts, Fault> {
        let page = self.page;
        let organisation = clean(page.tenant.names.get(page.locale), SHORT);
        let (accent, accent_ink) = mail_colours(&page.tenant.brand);
        let mut parts = Parts {
            lang: page.locale.tag(),
            badge: page.tenant.test_badge.as_deref().map(|badge| clean(badge, SHORT)),
            subject: clean(&self.subject()?, 200),
            title: self.say(if matches!(page.content, MailContent::ResetCode { is_refused: true, .. }) { "title.refused" } else { "title" }, Vec::new())?,
            paragraphs: Vec::new(),
            code: page.code.map(|code| clean(code, SHORT)),
            facts: Vec::new(),
            button: None,
            or_copy: None,
            also: None,
            notes: Vec::new(),
            foot: self.words.say(
                if matches!(self.page.content, MailContent::CompanyAsked { .. }) { "mail-foot-answer" } else { "mail-foot" },
                [("tenant", FluentValue::from(organisation.clone()))],
            )?,
            organisation,
            has_logo,
            accent,
            accent_ink,
        };
        if let Some(link) = page.link {
            parts.button = Some(Button { label: self.say("button", Vec::new())?, href: link.to_owned() });
            parts.or_copy = Some(self.plain("mail-or-copy")?);
        }
        self.fill(&mut parts)?;
        if page.code.is_some() {
            parts.notes.insert(0, self.words.say("mail-valid-until", [("moment", FluentValue::from(self.words.moment(page.until)?))])?);
        }
        self.support(&mut parts)?;
        Ok(parts)
    }

    fn subject(&self) -> Result<String, Fault> {
        let has_code = matches!(self.page.content.name(), MailName::ConfirmAddress | MailName::ConfirmNewAddress | MailName::ResetCode | MailName::SignInCode);
        match (self.page.content, self.page.code) {
            (_, Some(code)) if has_code && self.page.tenant.settings.code_in_subject => self.say("subject", vec![("code", clean(code, SHORT).into())]),
            (MailContent::ResetCode { is_refused: true, .. }, _) => self.say("subject.refused", Vec::new()),
            _ if has_code => self.say("subject.without-code", Vec::new()),
            (content, _) if invitation::is_about_one(content) => self.invitation_subject(),
            (MailContent::CompanyReady { company } | MailContent::CompanyAsked { company, .. }, _) => {
                self.say("subject", vec![("company", clean(company, SHORT).into())])
            }
            (MailContent::AppReported { app, .. }, _) => self.say("subject", vec![("app", clean(app, SHORT).into())]),
            (MailContent::AccountToGo { due }, _) => self.say("subject", vec![("date", self.words.date(*due)?.into())]),
            _ => self.say("subject", Vec::new()),
        }
    }

    fn fill(&self, parts: &mut Parts) -> Result<(), Fault> {
        let tenant = parts.organisation.clone();
        let app_or_tenant = |app: &Option<String>| app.as_deref().map_or_else(|| tenant.clone(), |app| clean(app, SHORT));
        match self.page.content {
            MailContent::Test => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into())])?);
                return Ok(());
            }
            MailContent::ConfirmAddress { app, from } | MailContent::SignInCode { app, from } | MailContent::CheckLink { app, from } => {
                parts.paragraphs.push(self.say("text", vec![("app", app_or_tenant(app).into())])?);
                self.from(from, parts)?;
                if parts.code.is_some() {
                    parts.notes.push(self.plain("mail-never-tell")?);
                }
            }
            MailContent::AccountExists { app, reset_url } => {
                parts.paragraphs.push(self.say("text", vec![("app", app_or_tenant(app).into())])?);
                parts.also = Some(Button { label: self.say("reset", Vec::new())?, href: reset_url.clone() });
            }
            MailContent::ResetCode { is_refused: true, .. } => {
                parts.paragraphs.push(self.say("refused", vec![("tenant", tenant.into())])?);
            }
            MailContent::ResetCode { from, is_refused: false } => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into())])?);
                self.from(from, parts)?;
                parts.notes.push(self.plain("mail-never-tell")?);
            }
            MailContent::PasswordChanged { at, from } => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into())])?);
                self.fact("when", self.words.moment(*at)?, parts)?;
                self.from(from, parts)?;
            }
            MailContent::NewSignIn { at, app, from } => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into())])?);
                self.fact("when", self.words.moment(*at)?, parts)?;
                if let Some(app) = app {
                    self.fact("app", clean(app, SHORT), parts)?;
                }
                self.from(from, parts)?;
            }
            MailContent::NewTerms { .. } | MailContent::CompanyReady { .. } | MailContent::CompanyAsked { .. } | MailContent::AppReported { .. } => {
                self.about_organisation(tenant, parts)?;
            }
            MailContent::ConfirmNewAddress { .. }
            | MailContent::AddressReplaced { .. }
            | MailContent::AccountArchived
            | MailContent::AccountRestored
            | MailContent::ExportReady
            | MailContent::AccountToGo { .. }
            | MailContent::UnusualAttempts { .. } => {
                self.about_account(tenant, parts)?;
            }
            MailContent::Invitation(_)
            | MailContent::InvitationReminder(_)
            | MailContent::InvitationRegenerated(_)
            | MailContent::InvitationAccepted { .. }
            | MailContent::InvitationBounced { .. }
            | MailContent::InvitationAsked { .. } => return self.invitation(parts),
        }
        parts.notes.push(self.say("unasked", Vec::new())?);
        Ok(())
    }

    /// What is said of an organisation's terms, of companies and of applications.
    fn about_organisation(&self, tenant: String, parts: &mut Parts) -> Result<(), Fault> {
        match self.page.content {
            MailContent::NewTerms { document, version, effective_at, summary } => {
                let args = vec![("document", clean(document, SHORT).into()), ("tenant", tenant.into()), ("date", self.words.date(*effective_at)?.into())];
                parts.paragraphs.push(self.say("text", args)?);
                self.fact("version", version.to_string(), parts)?;
                let summary = clean(summary, LONG);
                if !summary.is_empty() {
                    self.fact("summary", summary, parts)?;
                }
            }
            MailContent::CompanyReady { company } => {
                parts.paragraphs.push(self.say("text", vec![("company", clean(company, SHORT).into()), ("tenant", tenant.into())])?);
            }
            MailContent::CompanyAsked { company, who } => {
                let args = vec![("who", clean(who, LONG).into()), ("company", clean(company, SHORT).into()), ("tenant", tenant.into())];
                parts.paragraphs.push(self.say("text", args)?);
            }
            MailContent::AppReported { app, reporter_tenant, reason, text, reference } => {
                parts.paragraphs.push(self.say("text", vec![("app", clean(app, SHORT).into()), ("tenant", clean(reporter_tenant, SHORT).into())])?);
                self.fact("reason", self.plain(reason_id(*reason))?, parts)?;
                let text = clean(text, LONG);
                if !text.is_empty() {
                    self.fact("text", text, parts)?;
                }
                self.fact("reference", clean(reference, SHORT), parts)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// What is said of the account itself.
    fn about_account(&self, tenant: String, parts: &mut Parts) -> Result<(), Fault> {
        match self.page.content {
            MailContent::ConfirmNewAddress { old, from } => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into()), ("old", clean(old, SHORT).into())])?);
                self.from(from, parts)?;
                parts.notes.push(self.plain("mail-never-tell")?);
            }
            MailContent::AddressReplaced { new, at, from } => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into()), ("new", clean(new, SHORT).into())])?);
                self.fact("when", self.words.moment(*at)?, parts)?;
                self.from(from, parts)?;
                parts.notes.push(self.say("until", vec![("moment", self.words.moment(self.page.until)?.into())])?);
            }
            MailContent::UnusualAttempts { count, since } => {
                let args = vec![("tenant", tenant.into()), ("count", FluentValue::from(*count)), ("since", self.words.moment(*since)?.into())];
                parts.paragraphs.push(self.say("text", args)?);
            }
            MailContent::AccountArchived | MailContent::AccountRestored => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into())])?);
            }
            MailContent::ExportReady => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into())])?);
                parts.notes.push(self.say("until", vec![("moment", self.words.moment(self.page.until)?.into())])?);
            }
            MailContent::AccountToGo { due } => {
                parts.paragraphs.push(self.say("text", vec![("tenant", tenant.into()), ("date", self.words.date(*due)?.into())])?);
            }
            _ => {}
        }
        Ok(())
    }

    fn from(&self, from: &Origin, parts: &mut Parts) -> Result<(), Fault> {
        for (label, value) in [("browser", &from.browser), ("place", &from.place)] {
            if let Some(value) = value {
                self.fact(label, clean(value, SHORT), parts)?;
            }
        }
        Ok(())
    }

    fn fact(&self, label: &str, value: String, parts: &mut Parts) -> Result<(), Fault> {
        parts.facts.push(Fact { label: self.plain(&format!("mail-fact-{label}"))?, value });
        Ok(())
    }

    /// Whom to ask.
    fn support(&self, parts: &mut Parts) -> Result<(), Fault> {
        let support = &self.page.tenant.support;
        let ways: Vec<String> = [&support.phone, &support.mail].into_iter().flatten().map(|way| clean(way, SHORT)).collect();
        if !ways.is_empty() {
            parts.notes.push(self.words.say("mail-help", [("ways", FluentValue::from(ways.join(", ")))])?);
        }
        Ok(())
    }
}

fn reason_id(reason: ReportReason) -> &'static str {
    match reason {
        ReportReason::Impersonation => "mail-reason-impersonation",
        ReportReason::AsksTooMuch => "mail-reason-asks-too-much",
        ReportReason::Unexpected => "mail-reason-unexpected",
        ReportReason::Other => "mail-reason-other",
    }
}

/// One line of visible text, not longer than this: what ends lines or turns the direction of writing becomes a space.
fn clean(text: &str, most: usize) -> String {
    let is_visible = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let spaced: String = text.chars().map(|c| if is_visible(c) { c } else { ' ' }).collect();
    let line = spaced.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most { line } else { line.chars().take(most.saturating_sub(1)).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_others_wrote_is_one_line_of_visible_text() {
        assert_eq!(clean("Cabinet\r\nBcc: eve@courriel.test", 120), "Cabinet Bcc: eve@courriel.test");
        assert_eq!(clean("  a\u{202e}b\u{2028}c\0 ", 120), "a b c");
        assert_eq!(clean("abcdef", 4), "abc…");
    }
}

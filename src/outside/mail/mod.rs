//! Mails on their way out: to a mail server, into a folder, or kept for the page of a demonstration.

mod file;
mod kept;
mod smtp;

use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;
use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

pub use file::MailFolder;
pub use kept::{KeptMail, KeptMails};
pub use smtp::{MailServer, MailServerRules, MailTls};

use crate::{
    pages::WrittenMail,
    values::{Email, Fault, Timestamp},
};

/// A mail, ready to go.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its name: the same at each try, so that a receiver can tell a repetition.
    pub id: String,
    /// Since when it is to be sent.
    pub at: Timestamp,
    /// From which address; the name before it is the letter's.
    pub from: Email,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<Email>,
    /// To whom.
    pub to: Email,
    /// What it says.
    pub written: WrittenMail,
}

/// Why a mail did not go. The words are for operators: the server's answer, or what stood in the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailFailed {
    /// No server, or its answer broke off: whether it has the mail is not known.
    #[error("{0}")]
    Down(String),
    /// The server wants to be asked again later, a reply of 400 to 499. [RFC 5321 §4.2.1]
    #[error("{0}")]
    Later(String),
    /// The server will not take it, a reply of 500 to 599.
    #[error("{0}")]
    Refused(String),
}

/// Something that takes mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hand a mail over. When this returns, the other side answers for it.
    ///
    /// # Errors
    /// It did not take it.
    async fn send(&self, mail: &Outgoing) -> Result<(), MailFailed>;

    /// Is the other side there?
    ///
    /// # Errors
    /// It is not.
    async fn reach(&self) -> Result<(), MailFailed> {
        Ok(())
    }
}

/// The address without what only its owner's spelling has: the domain in ASCII.
fn address(email: &Email) -> Result<Address, Fault> {
    let local = email.spelt().rsplit_once('@').map_or("", |(local, _)| local);
    Address::new(local, email.domain()).map_err(|error| Fault::because("an address cannot be written to", error))
}

/// The mail as RFC 5322 has it. Names are encoded by the library, and one line before they come here.
fn message(mail: &Outgoing) -> Result<Message, Fault> {
    let WrittenMail { sender, subject, text, html, logo } = &mail.written;
    let from = Mailbox::new(Some(sender.clone()), address(&mail.from)?);
    let at = UNIX_EPOCH.checked_add(Duration::from_secs(mail.at.0)).ok_or_else(|| Fault::new("a mail past the end of time"))?;
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, mail.from.domain())))
        .date(at)
        .from(from)
        .to(Mailbox::new(None, address(&mail.to)?))
        .subject(subject)
        // No holiday notes in answer. [RFC 3834 §5]
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    let html = SinglePart::html(html.clone());
    let formatted = match logo {
        Some(logo) => {
            let kind = ContentType::parse("image/png").map_err(|error| Fault::because("a media type is none", error))?;
            MultiPart::related().singlepart(html).singlepart(Attachment::new_inline("logo".to_owned()).body(logo.clone(), kind))
        }
        None => MultiPart::related().singlepart(html),
    };
    let alternatives = MultiPart::alternative().singlepart(SinglePart::plain(text.clone())).multipart(formatted);
    builder.multipart(alternatives).map_err(|error| Fault::because("a mail cannot be written", error))
}

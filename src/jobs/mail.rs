//! One mail on its way out.

use super::outbox::Told;
use crate::{
    journey::{Tools, letter},
    model::{Mail, Message, Missed},
    outside::mail::{MailFailed, Mailer, Outgoing},
    pages::MailPage,
    values::{Email, Fault, Secret},
};

/// Who takes mails, and from which address they come where the organisation has none of its own.
#[derive(Clone)]
pub struct Post {
    /// Who takes them.
    pub mailer: std::sync::Arc<dyn Mailer>,
    /// From which address.
    pub from: Email,
}

/// Send it.
pub(super) async fn send(tools: &Tools, post: &Post, message: &Message, mail: &Mail) -> Result<Told, Fault> {
    if tools.now() > mail.not_after {
        return Ok(Told::Late("it was not sent in time".to_owned()));
    }
    let Some(to) = &mail.to else {
        // A mail to nobody waits for the server as long as one to somebody: the page that waits with it says the same.
        return Ok(match post.mailer.reach().await {
            Err(MailFailed::Down(reply)) => Told::No(Missed::Down(reply)),
            Ok(()) | Err(MailFailed::Later(_) | MailFailed::Refused(_)) => Told::Silence,
        });
    };
    let Some(tenant) = tools.reads().tenant(mail.tenant).await? else { return Ok(Told::Nobody) };
    let enclosed = letter::opened(tools, mail)?;
    let (code, link) = (enclosed.code.as_ref().map(Secret::expose), enclosed.link.as_ref().map(Secret::expose));
    let (content, until, locale) = (&mail.content, mail.not_after, mail.locale);
    let page = MailPage { content, code: code.map(String::as_str), link: link.map(String::as_str), until, tenant: &tenant, locale };
    let written = tools.pages.mail(&page)?;
    let own = tenant.settings.mail_from.as_ref().and_then(|text| text.parse::<Email>().ok());
    // The domain may have been taken from the organisation since.
    let own = own.filter(|own| tenant.domains.iter().any(|domain| domain == own.domain()));
    let reply_to = tenant.support.mail.as_ref().and_then(|text| text.parse().ok());
    let outgoing =
        Outgoing { id: message.id.clone(), at: message.created_at, from: own.unwrap_or_else(|| post.from.clone()), reply_to, to: to.clone(), written };
    Ok(match post.mailer.send(&outgoing).await {
        Ok(()) => Told::Yes,
        Err(MailFailed::Down(reply)) => Told::No(Missed::Down(reply)),
        Err(MailFailed::Later(reply)) => Told::No(Missed::Later(reply)),
        Err(MailFailed::Refused(reply)) => Told::Never(reply),
    })
}

//! The mails about invitations: to the invited person, and to who invited them.

use fluent_bundle::FluentValue;

use super::{Argument, LONG, Parts, SHORT, Writer, clean};
use crate::{
    model::{InvitationAsk, Invited, MailContent},
    values::Fault,
};

/// Is it one of these?
pub(super) fn is_about_one(content: &MailContent) -> bool {
    content.invitation().is_some()
        || matches!(content, MailContent::InvitationAccepted { .. } | MailContent::InvitationBounced { .. } | MailContent::InvitationAsked { .. })
}

impl Writer<'_> {
    fn organisation(&self) -> String {
        clean(self.page.tenant.names.get(self.page.locale), SHORT)
    }

    /// «Sam Okoye (Le Fournil Machines)», or the organisation alone.
    fn who(&self, invited: &Invited) -> String {
        let organisation = self.organisation();
        let inviter = invited.inviter.as_deref().map(|name| clean(name, SHORT)).filter(|name| !name.is_empty());
        inviter.map_or_else(|| organisation.clone(), |inviter| format!("{inviter} ({organisation})"))
    }

    /// A sentence that has a variant for where there is no application.
    fn with_app(&self, of: &str, app: Option<&String>, mut args: Vec<Argument<'_>>) -> Result<String, Fault> {
        match app {
            Some(app) => {
                args.push(("app", clean(app, SHORT).into()));
                self.say(of, args)
            }
            None => self.say(&format!("{of}.without-app"), args),
        }
    }

    pub(super) fn invitation_subject(&self) -> Result<String, Fault> {
        match self.page.content {
            MailContent::Invitation(invited) => self.with_app("subject", invited.app.as_ref(), vec![("who", self.who(invited).into())]),
            MailContent::InvitationReminder(invited) => self.say("subject", vec![("date", self.words.date(invited.expires_at)?.into())]),
            MailContent::InvitationAccepted { invitee, .. } => self.say("subject", vec![("invitee", clean(invitee, SHORT).into())]),
            MailContent::InvitationBounced { email, .. } | MailContent::InvitationAsked { email, .. } => {
                self.say("subject", vec![("email", clean(email, SHORT).into())])
            }
            _ => self.say("subject", Vec::new()),
        }
    }

    /// Everything between the title and whom to ask.
    pub(super) fn invitation(&self, parts: &mut Parts) -> Result<(), Fault> {
        match self.page.content {
            MailContent::Invitation(invited) | MailContent::InvitationReminder(invited) | MailContent::InvitationRegenerated(invited) => {
                self.invited(invited, parts)?;
            }
            MailContent::InvitationAccepted { invitee, app, at } => {
                parts.paragraphs.push(self.with_app("text", app.as_ref(), vec![("invitee", clean(invitee, SHORT).into())])?);
                self.fact("when", self.words.moment(*at)?, parts)?;
            }
            MailContent::InvitationBounced { email, reason } => {
                parts.paragraphs.push(self.say("text", vec![("email", clean(email, SHORT).into())])?);
                let reason = clean(reason, SHORT);
                if !reason.is_empty() {
                    self.fact("answer", reason, parts)?;
                }
            }
            MailContent::InvitationAsked { email, what } => {
                let mut args: Vec<(&str, FluentValue<'_>)> = vec![("email", clean(email, SHORT).into())];
                let sentence = match what {
                    InvitationAsk::Move { to } => {
                        args.push(("to", clean(to, SHORT).into()));
                        "move"
                    }
                    InvitationAsk::NotMe => "not-me",
                    InvitationAsk::Refused => "refused",
                    InvitationAsk::NewLink => "new-link",
                };
                parts.paragraphs.push(self.say(sentence, args)?);
            }
            _ => {}
        }
        parts.notes.push(self.say("unasked", Vec::new())?);
        Ok(())
    }

    fn invited(&self, invited: &Invited, parts: &mut Parts) -> Result<(), Fault> {
        if let Some(name) = invited.invitee.as_deref().map(|name| clean(name, SHORT)).filter(|name| !name.is_empty()) {
            parts.paragraphs.push(self.words.say("mail-hello", [("name", FluentValue::from(name))])?);
        }
        parts.paragraphs.push(self.with_app("text", invited.app.as_ref(), vec![("who", self.who(invited).into())])?);
        if let Some(message) = invited.message.as_deref().map(|message| clean(message, LONG)).filter(|message| !message.is_empty()) {
            self.fact("message", message, parts)?;
        }
        self.fact("until", self.words.date(invited.expires_at)?, parts)?;
        parts.notes.push(self.plain("mail-invited-address")?);
        Ok(())
    }
}

//! Mails that leave nowhere: kept in memory, for whoever looks.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;

use super::{MailFailed, Mailer, Outgoing};

/// How many are kept.
const MOST: usize = 200;

/// One of them.
pub type KeptMail = Arc<Outgoing>;

/// Keeps the last mails; a clone is the same box.
#[derive(Clone, Default)]
pub struct KeptMails(Arc<Mutex<VecDeque<KeptMail>>>);

impl KeptMails {
    /// The newest first.
    #[must_use]
    pub fn all(&self) -> Vec<KeptMail> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }
}

#[async_trait]
impl Mailer for KeptMails {
    async fn send(&self, mail: &Outgoing) -> Result<(), MailFailed> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|before| before.id != mail.id);
        kept.push_back(Arc::new(mail.clone()));
        while kept.len() > MOST {
            kept.pop_front();
        }
        Ok(())
    }
}

//! A folder of mails: for development, and for a server that another program carries mail away from.

use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::{MailFailed, Mailer, Outgoing, message};

/// Writes each mail to a file of its own, `{id}.eml`. A file is whole or not there; the same mail written again is the same file.
#[derive(Clone, Debug)]
pub struct MailFolder(PathBuf);

impl MailFolder {
    /// In this folder, which is made when the first mail is written.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    async fn write(&self, name: &str, content: &[u8]) -> std::io::Result<()> {
        let (making, done) = (self.0.join(format!(".{name}.part")), self.0.join(format!("{name}.eml")));
        make(&self.0).await?;
        write_private(&making, content).await?;
        tokio::fs::rename(&making, &done).await
    }
}

async fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = tokio::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(folder).await
}

/// Mails hold codes: nobody else's to read.
async fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    use tokio::io::AsyncWriteExt as _;
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await?;
    file.write_all(content).await?;
    file.sync_all().await
}

#[async_trait]
impl Mailer for MailFolder {
    async fn send(&self, mail: &Outgoing) -> Result<(), MailFailed> {
        let written = message(mail).map_err(|fault| MailFailed::Refused(fault.to_string()))?;
        self.write(&mail.id, &written.formatted()).await.map_err(|error| MailFailed::Down(format!("the mail folder: {error}")))
    }
}

//! From configuration to a house that can serve.

use std::{net::TcpListener, sync::Arc};

use anyhow::{Context as _, Result};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    config::Config,
    demo::Demo,
    folder::{Folder, master_key},
};
use crate::{
    crypto::{Keyring, PasswordHasher, Sealer, SystemEntropy},
    journey::Tools,
    model::{Key, Table},
    outside::{Fetch, SiteVerify},
    pages::Pages,
    service::{start, token::TokenCounts},
    storage::{
        Store,
        sled::{Health, Sled},
        watch,
    },
    values::{Clock, Entropy, Fault},
};

/// Everything that outlives a request.
pub struct House {
    /// What services use.
    pub tools: Tools,
    /// Tokens that leave no record, counted.
    pub counts: Arc<TokenCounts>,
    /// The store by its own name: for its health and for backups.
    pub store: Arc<Sled>,
    /// Messages that commits queue, for whoever sends them.
    pub news: UnboundedReceiver<Key>,
    /// The data folder, ours as long as this lives.
    pub folder: Folder,
    /// Was there nothing before?
    pub is_new: bool,
}

impl House {
    /// Open the data folder and what is in it; make what the first start makes, the fictional world before it where a demonstration has its socket.
    ///
    /// # Errors
    /// One line on what is wrong with the folder, the key or the store.
    pub async fn open(
        config: &Config,
        (public_url, fetch): (&str, &Arc<Fetch>),
        clock: Arc<dyn Clock>,
        stage: Option<TcpListener>,
    ) -> Result<(Self, Option<Demo>)> {
        let folder = Folder::open(&config.data)?;
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy::default());
        let (store, sealer) = store(config, &folder, &*entropy)?;
        let (watched, news) = watch(Arc::clone(&store) as Arc<dyn Store>, Table::Message);
        let passwords = config.passwords;
        let hasher = PasswordHasher::new(passwords.memory, passwords.passes, passwords.at_once, passwords.waiting, &*entropy).map_err(said)?;
        let tools = Tools {
            store: watched,
            clock,
            entropy,
            hasher: Arc::new(hasher),
            sealer: Arc::new(sealer),
            keyring: Arc::new(Keyring::default()),
            pages: Arc::new(Pages::new().map_err(said)?),
            captchas: Arc::new(SiteVerify::new(Arc::clone(fetch))),
            public_url: Arc::from(public_url),
        };
        let demonstration = match stage {
            Some(socket) => Some(Demo::prepare(&tools, folder.path(), socket).await?),
            None => None,
        };
        let is_new = start::prepare(&tools).await.map_err(said)?;
        Ok((Self { tools, counts: Arc::default(), store, news, folder, is_new }, demonstration))
    }

    /// Why requests should go elsewhere for now.
    #[must_use]
    pub fn unready(store: &Sled) -> Option<&'static str> {
        match store.health() {
            Health::Good => None,
            Health::WritesRefused { .. } => Some("the store cannot write"),
        }
    }
}

/// Open the store with its key.
///
/// # Errors
/// One line on what is wrong with the key or the store.
pub fn store(config: &Config, folder: &Folder, entropy: &dyn Entropy) -> Result<(Arc<Sled>, Sealer)> {
    let key = master_key(&config.master_key, folder.has_store(), entropy)?;
    let sealer = Sealer::new(&key).map_err(said)?;
    let store = Sled::open(&folder.store(), &sealer, entropy).context("the store cannot be opened")?;
    Ok((Arc::new(store), sealer))
}

/// A fault as the terminal shows it: what, and because of what.
#[must_use]
pub fn said(fault: Fault) -> anyhow::Error {
    anyhow::Error::new(fault)
}

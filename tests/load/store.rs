//! Durable commits: our store, and bare sled with `fdatasync` writing the very same rows.

use std::{
    collections::BTreeMap,
    fs::OpenOptions,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use futures_util::future::try_join_all;
use parvis::{
    crypto::{Sealer, SystemEntropy},
    model::{Actor, AuditEvent, EventName, OpaqueAccessToken, Subject},
    storage::{Batch, Store as _, sled::Sled},
    values::{AccountId, ClientId, Digest, EntropyExt as _, GrantId, GrantType, Issuer, IssuerForm, Secret, TenantId, Timestamp},
};
use tokio::runtime::Runtime;

use crate::run::rate;

/// How many commits wait together.
const GROUP: usize = 64;
/// The table of the audit trail: its rows come in order, all others anywhere.
const AUDIT: u8 = 21;

/// Commits in a second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Commits {
    /// Bare, each synced alone.
    pub(crate) bare_alone: f64,
    /// Bare, one sync for 64.
    pub(crate) bare_grouped: f64,
    /// Ours, one after the other.
    pub(crate) ours_alone: f64,
    /// Ours, 64 waiting at a time.
    pub(crate) ours_grouped: f64,
    /// Keys of one commit.
    pub(crate) keys: usize,
    /// Bytes of one commit.
    pub(crate) bytes: usize,
}

/// What one commit writes.
type Entries = Vec<(::sled::IVec, ::sled::IVec)>;

impl Commits {
    /// Ours first; then bare sled writes the same again.
    pub(crate) fn measure(folder: &Path, runtime: &Runtime, time: Duration) -> Result<Self> {
        let ours = |name: &str, tasks: usize| -> Result<(f64, Vec<Entries>)> {
            let dir = folder.join(name);
            let rate = runtime.block_on(ours(&dir, tasks, time))?;
            Ok((rate, written(&dir)?))
        };
        let (ours_alone, alone) = ours("ours-alone", 1)?;
        let (ours_grouped, grouped) = ours("ours-grouped", GROUP)?;
        let one = grouped.first().context("nothing was committed")?;
        let (keys, bytes) = (one.len(), one.iter().map(|(key, value)| key.len() + value.len()).sum());
        let bare_alone = bare(&folder.join("bare-alone"), &alone, 1, time)?;
        let bare_grouped = bare(&folder.join("bare-grouped"), &grouped, GROUP, time)?;
        Ok(Self { bare_alone, bare_grouped, ours_alone, ours_grouped, keys, bytes })
    }
}

/// A record with all that a commit usually has: a row, a listed value, an expiry, an event for the audit trail.
fn batch(entropy: &SystemEntropy, now: Timestamp) -> Result<Batch> {
    let tenant = TenantId(uuid::Uuid::from_u128(7));
    let subject = Subject { home: tenant, id: AccountId(uuid::Uuid::from_u128(8)) };
    let client = ClientId::from("boutique");
    let grant = GrantId(entropy.uuid(now));
    let mut batch = Batch::new(now);
    batch.insert(&OpaqueAccessToken {
        digest: Digest(entropy.bytes()),
        grant: Some(grant),
        issuer: Issuer { tenant, form: IssuerForm::Root },
        client: client.clone(),
        subject: Some(subject),
        scopes: "openid profile email".parse().unwrap_or_default(),
        api: None,
        issued_at: now,
        until: now.plus(600),
    })?;
    let event = AuditEvent::new(EventName::TokenIssued, tenant, Actor::person(subject), now).on("grant", grant).through(&client);
    batch.audit(&event.by(GrantType::AuthorizationCode.as_str()).from(Some("192.0.2.7"), Some("AAAAAAAAAAAAAAAAAAAAAA")))?;
    Ok(batch)
}

async fn ours(dir: &Path, tasks: usize, time: Duration) -> Result<f64> {
    let entropy = SystemEntropy::default();
    let sealer = Sealer::new(&Secret::new(entropy.bytes()))?;
    let store = Sled::open(dir, &sealer, &entropy)?;
    let (began, end) = (Instant::now(), Instant::now() + time);
    let one = async |_| -> Result<usize> {
        let mut count = 0;
        while Instant::now() < end {
            store.commit(batch(&entropy, Timestamp(1_800_000_000))?).await?;
            count += 1;
        }
        Ok(count)
    };
    let count: usize = try_join_all((0..tasks).map(one)).await?.into_iter().sum();
    Ok(rate(count, began.elapsed()))
}

fn open(dir: &Path) -> Result<::sled::Db> {
    Ok(::sled::Config::new().path(dir).flush_every_ms(None).segment_size(4 << 20).cache_capacity(128 << 20).open()?)
}

/// What our commits left in the tree, dealt out to as many commits again.
fn written(dir: &Path) -> Result<Vec<Entries>> {
    let db = open(dir)?;
    let mut kinds: BTreeMap<[u8; 2], Entries> = BTreeMap::new();
    for entry in db.iter() {
        let (key, value) = entry?;
        if let Some([tag @ 1..=4, rest @ ..]) = key.get(..) {
            let number = if *tag == 4 { 0 } else { rest.first().copied().unwrap_or_default() };
            kinds.entry([*tag, number]).or_default().push((key, value));
        }
    }
    let count = kinds.values().map(Vec::len).max().unwrap_or(0);
    let mut commits = vec![Entries::new(); count];
    for ([_, number], entries) in &kinds {
        for (at, entry) in entries.iter().enumerate() {
            // Random keys come out of the tree in order; a stride that is prime to nothing near brings them back into disorder.
            let place = if *number == AUDIT { at } else { at.wrapping_mul(1_000_003) % count };
            if let Some(commit) = commits.get_mut(place) {
                commit.push(entry.clone());
            }
        }
    }
    Ok(commits)
}

fn bare(dir: &Path, commits: &[Entries], group: usize, time: Duration) -> Result<f64> {
    let db = open(dir)?;
    let file = OpenOptions::new().read(true).write(true).open(dir.join("db"))?;
    let began = Instant::now();
    let mut count = 0;
    for together in commits.chunks(group) {
        for commit in together {
            let mut batch = ::sled::Batch::default();
            for (key, value) in commit {
                batch.insert(key, value);
            }
            db.apply_batch(batch)?;
        }
        db.flush()?;
        file.sync_data()?;
        count += together.len();
        if began.elapsed() >= time {
            break;
        }
    }
    Ok(rate(count, began.elapsed()))
}

//! `parvis backup` and `parvis restore`

use std::{
    fs::{File, OpenOptions},
    io::{BufWriter, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use reqwest::Method;

use super::{
    remote::{Reach, Server},
    shown,
};
use crate::{
    boot::{build, clock::SystemClock, folder::Folder},
    crypto::SystemEntropy,
    storage::sled::{Verified, restore as restore_store, verify_backup, verify_folder},
    values::Clock as _,
};

/// A file that counts only when it is whole.
struct Unfinished {
    path: PathBuf,
    wanted: PathBuf,
}

impl Unfinished {
    fn begin(wanted: &Path) -> Result<(Self, File)> {
        if wanted.exists() {
            bail!("{} is there already: a backup replaces nothing", wanted.display());
        }
        let mut name = wanted.as_os_str().to_owned();
        name.push(".unfinished");
        let path = PathBuf::from(name);
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
        let file = file.with_context(|| format!("{} cannot be written", path.display()))?;
        Ok((Self { path, wanted: wanted.to_owned() }, file))
    }

    /// Read it through, and give it its name.
    fn finish(self, file: File) -> Result<Verified> {
        file.sync_all().with_context(|| format!("{} cannot be written", self.path.display()))?;
        let found = verify_backup(&self.path).context("the backup is not whole")?;
        std::fs::rename(&self.path, &self.wanted).with_context(|| format!("{} cannot be written", self.wanted.display()))?;
        Ok(found)
    }
}

pub(super) async fn backup(file: &Path, reach: &Reach) -> Result<()> {
    let (unfinished, out) = Unfinished::begin(file)?;
    let out = match folder_alone(reach)? {
        Some(store) => {
            let mut sink = BufWriter::new(out);
            store(&mut sink)?;
            sink.into_inner().context("the backup cannot be written")?
        }
        None => receive(&reach.server()?, out).await?,
    };
    let found = unfinished.finish(out)?;
    shown::write(&format!("{} records in {}. The master key is not in it: keep it elsewhere.\n", found.total(), file.display()))
}

type Export = Box<dyn FnOnce(&mut dyn std::io::Write) -> Result<()>>;

/// The store, when no server has it open.
fn folder_alone(reach: &Reach) -> Result<Option<Export>> {
    if reach.is_elsewhere() {
        return Ok(None);
    }
    let config = reach.local_config()?;
    if Folder::is_in_use(&config.data) {
        return Ok(None);
    }
    let folder = Folder::open_existing(&config.data)?;
    if !folder.has_store() {
        bail!("there is no store in {}", config.data.display());
    }
    let (store, _) = build::store(&config, &folder, &SystemEntropy::default())?;
    Ok(Some(Box::new(move |sink| {
        let _held = folder;
        store.export(SystemClock.now(), sink).context("the backup broke off")?;
        Ok(())
    })))
}

async fn receive(server: &Server, out: File) -> Result<File> {
    let mut answer = server.send(Method::POST, "/backup", None, None).await?;
    let mut sink = BufWriter::new(out);
    while let Some(piece) = answer.chunk().await.context("the backup broke off")? {
        sink.write_all(&piece).context("the backup cannot be written")?;
    }
    sink.into_inner().context("the backup cannot be written")
}

pub(super) fn restore(file: &Path, into: Option<&Path>, verify: bool) -> Result<()> {
    let Some(into) = into else {
        let found = verify_backup(file).context("the backup is not whole")?;
        return shown::write(&format!("{} is whole: {} records.\n", file.display(), found.total()));
    };
    let folder = Folder::open(into)?;
    if folder.has_store() {
        bail!("there is a store in {} already: restore into a new folder", into.display());
    }
    let found = restore_store(file, &folder.store()).context("the backup cannot be restored")?;
    if verify && verify_folder(&folder.store()).context("the restored store is not whole")? != found {
        bail!("the restored store is not what the backup holds");
    }
    shown::write(&format!(
        "{} records are in {}. Put the master key that they were made with at {}, or name it with --master-key.\n",
        found.total(),
        into.display(),
        folder.path().join("master.key").display()
    ))
}

//! The data folder, who uses it, and the master key.
//!
//! A store whose key is missing or wrong is not opened and no new key is made: a new key would make every secret in the store unreadable for good.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    io::{Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroize as _;

use crate::{
    crypto::MasterKey,
    values::{Entropy, EntropyExt as _, Secret},
};

/// The data folder while this process uses it.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Take it into use; make it if it is not there.
    ///
    /// # Errors
    /// Others may look into it, another process uses it, or the disk fails.
    pub fn open(path: &Path) -> Result<Self> {
        if path.is_dir() && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none()) {
            // Nothing is in it that somebody could have seen: from now on it is ours alone.
            fs::set_permissions(path, Permissions::from_mode(0o700)).with_context(|| format!("{} cannot be kept from others", path.display()))?;
        } else if !path.exists() {
            DirBuilder::new().recursive(true).mode(0o700).create(path).with_context(|| format!("the data folder {} cannot be made", path.display()))?;
        }
        Self::open_existing(path)
    }

    /// Take it into use if it is there.
    ///
    /// # Errors
    /// As [`Folder::open`], and when there is none.
    pub fn open_existing(path: &Path) -> Result<Self> {
        let shown = path.display();
        let kind = fs::metadata(path).with_context(|| format!("the data folder {shown} cannot be used"))?;
        if !kind.is_dir() {
            bail!("{shown} is not a folder");
        }
        if kind.permissions().mode() & 0o007 != 0 {
            bail!("everybody on this machine may look into the data folder: chmod o= {shown}");
        }
        let lock = lock(path)?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Does another process use it? A folder that is not there is used by nobody.
    #[must_use]
    pub fn is_in_use(path: &Path) -> bool {
        OpenOptions::new().read(true).write(true).open(path.join("lock")).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the store is in it.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.path.join("store")
    }

    /// Is there a store?
    #[must_use]
    pub fn has_store(&self) -> bool {
        self.store().join("db").exists()
    }

    /// Write a small file for our own eyes, which says how we are reached while we run: all of it or none of it. After a power cut we do not run, so it need not be
    /// on the disk.
    ///
    /// # Errors
    /// The disk fails.
    pub fn write_private(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path.join(name);
        let unfinished = self.path.join(format!("{name}.new"));
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
            file.set_permissions(Permissions::from_mode(0o600))?;
            file.write_all(text.as_bytes())?;
            fs::rename(&unfinished, &path)
        };
        write().with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Take a small file away, if it is there.
    pub fn remove(&self, name: &str) {
        let path = self.path.join(name);
        if let Err(error) = fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(file = name, cause = %error, "a file could not be removed");
        }
    }
}

fn lock(path: &Path) -> Result<File> {
    let name = path.join("lock");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&name)
        .with_context(|| format!("{} cannot be written", name.display()))?;
    match file.try_lock() {
        Ok(()) => {
            let tell = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
            tell.with_context(|| format!("{} cannot be written", name.display()))?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let known = file.read_to_string(&mut holder).is_ok() && !holder.is_empty();
            let who = if known { format!(" (process {})", holder.trim()) } else { String::new() };
            bail!("another parvis{who} uses the data folder {}", path.display())
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{} cannot be locked", name.display())),
    }
}

/// Read the master key; make one only where there is no store yet.
///
/// # Errors
/// It is missing beside a store, others may read it, or it is not one.
pub fn master_key(path: &Path, has_store: bool, entropy: &dyn Entropy) -> Result<MasterKey> {
    let shown = path.display();
    match File::open(path) {
        Ok(file) => read_key(file, path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !has_store => make_key(path, entropy),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("the master key {shown} is missing and there is a store that needs it: put the key back, or name its file with --master-key")
        }
        Err(error) => Err(error).with_context(|| format!("the master key {shown} cannot be read")),
    }
}

fn read_key(mut file: File, path: &Path) -> Result<MasterKey> {
    let shown = path.display();
    let mode = file.metadata().with_context(|| format!("the master key {shown} cannot be read"))?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!("others may read the master key: chmod 600 {shown}");
    }
    let mut text = String::new();
    file.read_to_string(&mut text).with_context(|| format!("the master key {shown} cannot be read"))?;
    let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok();
    text.zeroize();
    let key = bytes.and_then(|mut bytes| {
        let key = <[u8; 32]>::try_from(bytes.as_slice()).ok();
        bytes.zeroize();
        key
    });
    key.map(Secret::new).with_context(|| format!("{shown} does not hold a master key: 32 bytes as 43 letters of base64url"))
}

fn make_key(path: &Path, entropy: &dyn Entropy) -> Result<MasterKey> {
    let key: MasterKey = Secret::new(entropy.bytes());
    let mut text = URL_SAFE_NO_PAD.encode(key.expose());
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    };
    let written = write().with_context(|| format!("the master key {} cannot be written", path.display()));
    text.zeroize();
    written.map(|()| key)
}

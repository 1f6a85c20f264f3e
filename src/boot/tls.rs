//! Certificates from files, looked at again while we run.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use anyhow::{Context as _, Result, bail};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use super::config::Tls;

/// The certificate in use, exchanged without a restart.
#[derive(Debug)]
pub struct Certificate {
    files: Tls,
    current: RwLock<Current>,
}

#[derive(Clone, Debug)]
struct Current {
    key: Arc<CertifiedKey>,
    changed: [Option<SystemTime>; 2],
}

impl Certificate {
    /// Read the files.
    ///
    /// # Errors
    /// A file cannot be read, the two do not belong together, or others may read the key.
    pub fn open(files: &Tls) -> Result<Self> {
        Ok(Self { files: files.clone(), current: RwLock::new(load(files)?) })
    }

    /// Read them again if they have changed. What cannot be read leaves the old ones in use.
    ///
    /// # Errors
    /// As [`Certificate::open`].
    pub fn refresh(&self) -> Result<bool> {
        let before = self.current.read().unwrap_or_else(PoisonError::into_inner).changed;
        if changed(&self.files) == before {
            return Ok(false);
        }
        let loaded = load(&self.files)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        Ok(true)
    }

    /// What listens with it: TLS 1.2 and 1.3.
    ///
    /// # Errors
    /// The backend lacks a version of TLS, which it does only when it is broken.
    pub fn server(self: &Arc<Self>) -> Result<ServerConfig> {
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider())).with_safe_default_protocol_versions()?;
        Ok(builder.with_no_client_auth().with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).key))
    }
}

fn changed(files: &Tls) -> [Option<SystemTime>; 2] {
    [&files.certificate, &files.key].map(|path| std::fs::metadata(path).and_then(|file| file.modified()).ok())
}

fn load(files: &Tls) -> Result<Current> {
    let changed = changed(files);
    refuse_readable_by_others(&files.key)?;
    let chain = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .with_context(|| format!("the certificate {} cannot be read", files.certificate.display()))?;
    if chain.is_empty() {
        bail!("there is no certificate in {}", files.certificate.display());
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).with_context(|| format!("the key {} cannot be read", files.key.display()))?;
    let key = CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider())
        .with_context(|| format!("{} and {} do not belong together", files.certificate.display(), files.key.display()))?;
    Ok(Current { key: Arc::new(key), changed })
}

fn refuse_readable_by_others(path: &Path) -> Result<()> {
    let mode = std::fs::metadata(path).with_context(|| format!("the key {} cannot be read", path.display()))?.permissions().mode();
    if mode & 0o007 != 0 {
        bail!("everybody on this machine may read the TLS key: chmod o= {}", path.display());
    }
    Ok(())
}

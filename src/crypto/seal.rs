//! What the master key does: keyed hashes of what must be found but not read, and seals around what must be read again.

use std::collections::HashMap;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf, hmac,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroize;

use crate::values::{Digest, Entropy, EntropyExt, Fault, Secret};

/// 32 random bytes in a file of their own, so that a copy of the data alone opens nothing.
pub type MasterKey = Secret<[u8; 32]>;

macro_rules! purposes { ($($(#[$doc:meta])* $variant:ident = $label:literal),* $(,)?) => {
    /// What a derived key is for: a value made for one purpose means nothing to another.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Purpose { $($(#[$doc])* $variant),* }
    impl Purpose {
        const ALL: &'static [Self] = &[$(Self::$variant),*];
        fn label(self) -> &'static str { match self { $(Self::$variant => $label),* } }
    }
}}

purposes! {
    /// Session cookies.
    SessionCookie = "session-cookie",
    /// Browser cookies.
    DeviceCookie = "device-cookie",
    /// Form tokens.
    Form = "form",
    /// Authorization codes.
    AuthorizationCode = "authorization-code",
    /// Refresh tokens.
    RefreshToken = "refresh-token",
    /// The mark in a refresh token by which it is known as ours.
    RefreshMark = "refresh-mark",
    /// Opaque access tokens.
    AccessToken = "access-token",
    /// Client secrets.
    ClientSecret = "client-secret",
    /// Signing keys.
    SigningKey = "signing-key",
    /// Set-up links.
    SetupLink = "setup-link",
    /// Counters of failures.
    Attempts = "attempts",
    /// Ids that unknown addresses would have.
    UnknownAccount = "unknown-account",
    /// The store's own check that this is its key.
    StoreCheck = "store-check",
    /// State of the sign-out page.
    SignOut = "sign-out",
    /// Codes that were mailed, as they are kept to be compared.
    MailCode = "mail-code",
    /// Hashes of passwords that were chosen before there is an account.
    Draft = "draft",
    /// Links in mails that keep an account which is to go.
    DeletionLink = "deletion-link",
    /// What is left of an account that is gone.
    Tombstone = "tombstone",
    /// Links in mails that take an address back.
    AddressUndo = "address-undo",
    /// Codes and links in mails, and the names of mails that are sent once.
    Mail = "mail",
    /// Links that show a mailed code, and the code behind them.
    CodeLink = "code-link",
    /// Links that take a new password back.
    UndoLink = "undo-link",
    /// Links of invitations.
    Invitation = "invitation",
    /// Secrets that webhooks are signed with.
    Webhook = "webhook",
    /// Secrets by which a captcha's provider knows an organisation.
    Captcha = "captcha",
}

/// The seal was broken, made for another purpose, or made with another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this seal does not open")]
pub struct OpenRefused;

struct Derived {
    mac: hmac::Key,
    aead: LessSafeKey,
}

/// The master key at work: one derived key for each [`Purpose`], made once. [RFC 5869]
pub struct Sealer(HashMap<Purpose, Derived>);

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(***)")
    }
}

impl Sealer {
    /// Derive every key.
    ///
    /// # Errors
    /// The backend refuses, which it does only when it is broken.
    pub fn new(master: &MasterKey) -> Result<Self, Fault> {
        let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, b"parvis.v1").extract(master.expose());
        let derive = |label: &str, use_: &str| -> Result<[u8; 32], Fault> {
            let mut key = [0; 32];
            let info = [label.as_bytes(), b"/", use_.as_bytes()];
            extracted.expand(&info, hkdf::HKDF_SHA256).and_then(|okm| okm.fill(&mut key)).map_err(|_| Fault::new("a key could not be derived"))?;
            Ok(key)
        };
        let mut keys = HashMap::new();
        for &purpose in Purpose::ALL {
            let mut mac = derive(purpose.label(), "mac")?;
            let mut aead = derive(purpose.label(), "seal")?;
            let unbound = UnboundKey::new(&AES_256_GCM, &aead).map_err(|_| Fault::new("a key could not be derived"))?;
            keys.insert(purpose, Derived { mac: hmac::Key::new(hmac::HMAC_SHA256, &mac), aead: LessSafeKey::new(unbound) });
            mac.zeroize();
            aead.zeroize();
        }
        Ok(Self(keys))
    }

    fn key(&self, purpose: Purpose) -> Option<&Derived> {
        self.0.get(&purpose)
    }

    /// A keyed hash: what is kept instead of a token, code, cookie or secret.
    #[must_use]
    pub fn digest(&self, purpose: Purpose, secret: impl AsRef<[u8]>) -> Digest {
        self.digest_of(purpose, &[secret.as_ref()])
    }

    /// A keyed hash over several parts, each preceded by its length, so that no two lists of parts meet.
    #[must_use]
    pub fn digest_of(&self, purpose: Purpose, parts: &[&[u8]]) -> Digest {
        let mut digest = [0; 32];
        if let Some(key) = self.key(purpose) {
            let mut context = hmac::Context::with_key(&key.mac);
            for part in parts {
                context.update(&(part.len() as u64).to_be_bytes());
                context.update(part);
            }
            digest.copy_from_slice(context.sign().as_ref());
        }
        Digest(digest)
    }

    /// Close something up. The same thing sealed twice looks different.
    ///
    /// # Errors
    /// The backend refuses, which it does only when it is broken.
    pub fn seal(&self, purpose: Purpose, plain: &[u8], entropy: &dyn Entropy) -> Result<String, Fault> {
        let nonce: [u8; 12] = entropy.bytes();
        let mut sealed = plain.to_vec();
        let key = self.key(purpose).ok_or_else(|| Fault::new("no such purpose"))?;
        key.aead
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose.label()), &mut sealed)
            .map_err(|_| Fault::new("a seal could not be made"))?;
        let mut whole = nonce.to_vec();
        whole.append(&mut sealed);
        Ok(URL_SAFE_NO_PAD.encode(whole))
    }

    /// Open it again.
    ///
    /// # Errors
    /// [`OpenRefused`], without a word on why.
    pub fn open(&self, purpose: Purpose, sealed: &str) -> Result<Secret<Vec<u8>>, OpenRefused> {
        let mut whole = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| OpenRefused)?;
        let (nonce, body) = whole.split_at_mut_checked(12).ok_or(OpenRefused)?;
        let nonce: [u8; 12] = (&*nonce).try_into().map_err(|_| OpenRefused)?;
        let key = self.key(purpose).ok_or(OpenRefused)?;
        let plain = key.aead.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(purpose.label()), body).map_err(|_| OpenRefused)?;
        Ok(Secret::new(plain.to_vec()))
    }
}

//! Randomness as a parameter.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use super::{Secret, Timestamp};

/// A source of unpredictable bytes. Tests give a seeded one.
pub trait Entropy: Send + Sync {
    /// Fill all of `buffer`.
    fn fill(&self, buffer: &mut [u8]);
}

/// What is made from randomness, over any source.
pub trait EntropyExt: Entropy {
    /// `N` unpredictable bytes.
    fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// 256 bits as 43 characters that are safe in URLs, cookies and forms.
    fn token(&self) -> Secret<String> {
        Secret::new(URL_SAFE_NO_PAD.encode(self.bytes::<32>()))
    }

    /// 128 bits as 22 characters, for names that are public but must not be guessed.
    fn name(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<16>())
    }

    /// A time-ordered id (UUID version 7): milliseconds are not known here, so their digits are random below the second. [RFC 9562 §5.7]
    fn uuid(&self, now: Timestamp) -> Uuid {
        let random: [u8; 12] = self.bytes();
        let millis = now.0.saturating_mul(1000).saturating_add(u64::from(u16::from_be_bytes([random[10], random[11]]) % 1000));
        let mut ten = [0; 10];
        ten.copy_from_slice(&random[..10]);
        uuid::Builder::from_unix_timestamp_millis(millis, &ten).into_uuid()
    }
}

impl<E: Entropy + ?Sized> EntropyExt for E {}

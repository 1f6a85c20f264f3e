//! Signatures of webhooks. [Standard Webhooks 1.0.0, «Signature scheme»]

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::values::{Entropy, EntropyExt as _, Secret, Timestamp};

/// How a secret is recognised wherever it turns up.
const PREFIX: &str = "whsec_";

/// What one endpoint's messages are signed with: 32 random bytes, which its owner has as `whsec_…`.
#[derive(Clone, Debug)]
pub struct WebhookSecret(Secret<Vec<u8>>);

impl WebhookSecret {
    /// A new one.
    #[must_use]
    pub fn make(entropy: &dyn Entropy) -> Self {
        Self(Secret::new(entropy.bytes::<32>().to_vec()))
    }

    /// From its bytes.
    #[must_use]
    pub fn from_bytes(bytes: Secret<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.expose()
    }

    /// As its owner gets it, once.
    #[must_use]
    pub fn told(&self) -> Secret<String> {
        Secret::new(format!("{PREFIX}{}", STANDARD.encode(self.0.expose())))
    }

    /// One part of `webhook-signature`: `v1,` and the MAC over id, time of the try, and body, in base64.
    #[must_use]
    pub fn sign(&self, id: &str, at: Timestamp, body: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.0.expose());
        let mac = hmac::sign(&key, format!("{id}.{}.{body}", at.0).as_bytes());
        format!("v1,{}", STANDARD.encode(mac.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_other_implementations_make_of_the_same_message() {
        // The example that the specification's own libraries are tested with.
        let secret = WebhookSecret::from_bytes(Secret::new(STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()));
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", Timestamp(1_614_265_330), r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_told_with_its_prefix_and_printed_nowhere() {
        let secret = WebhookSecret::from_bytes(Secret::new(vec![1; 32]));
        assert_eq!(secret.told().expose(), "whsec_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
        assert_eq!(format!("{secret:?}"), "WebhookSecret(***)");
    }
}

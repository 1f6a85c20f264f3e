//! Checks on what administrators write.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use url::Url;

use super::{Refused, invalid};
use crate::model::Localised;

/// One line of text for people: not empty, not longer than `most`, nothing that moves a cursor.
pub(super) fn line(field: &'static str, text: &str, most: usize) -> Result<(), Refused> {
    if text.trim().is_empty() {
        return Err(invalid(field, "must not be empty"));
    }
    optional_line(field, Some(text), most)
}

/// The same, where it may be absent.
pub(super) fn optional_line(field: &'static str, text: Option<&str>, most: usize) -> Result<(), Refused> {
    let Some(text) = text else { return Ok(()) };
    if text.chars().count() > most {
        return Err(invalid(field, format!("has at most {most} characters")));
    }
    // Direction marks could make a name on a consent page read as another one.
    let is_unfit = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if text.chars().any(is_unfit) {
        return Err(invalid(field, "has no control or invisible characters"));
    }
    Ok(())
}

/// A text in each language.
pub(super) fn localised(field: &'static str, text: &Localised, most: usize) -> Result<(), Refused> {
    line(field, &text.fr, most)?;
    line(field, &text.en, most)
}

/// The address of a page: https, or http on this machine.
pub(super) fn page_url(field: &'static str, text: Option<&str>) -> Result<(), Refused> {
    let Some(text) = text else { return Ok(()) };
    let url = Url::parse(text).map_err(|_| invalid(field, "is not a URL"))?;
    let is_fine = match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_here(&url),
        _ => false,
    };
    if !is_fine || text.len() > 2000 || !url.username().is_empty() || url.password().is_some() {
        return Err(invalid(field, "must be an https URL"));
    }
    Ok(())
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Why an image cannot be a logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageRefused {
    /// Not base64, or neither PNG nor SVG as it says.
    #[error("must be a PNG or an SVG, in base64")]
    Kind,
    /// Too many bytes.
    #[error("has at most 24 kB")]
    Large,
    /// An SVG that could do something.
    #[error("an SVG logo has no scripts, no event attributes, no links and no entities")]
    Active,
}

/// A logo: PNG, or an SVG that can do nothing.
pub(super) fn image(base64: &str, media_type: &str) -> Result<(), ImageRefused> {
    let bytes = STANDARD.decode(base64).map_err(|_| ImageRefused::Kind)?;
    if bytes.len() > 24 * 1024 {
        return Err(ImageRefused::Large);
    }
    match media_type {
        "image/png" if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Ok(()),
        "image/svg+xml" => {
            let text = String::from_utf8(bytes).map_err(|_| ImageRefused::Kind)?.to_ascii_lowercase();
            if !text.contains("<svg") {
                return Err(ImageRefused::Kind);
            }
            let squeezed: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let active =
                ["<script", "javascript:", "<foreignobject", "<!entity", "<!doctype", "href", "<iframe", "<embed", "<object", "<use", "@import", "url("];
            let has_handler = squeezed.split([' ', '"', '\'', '/']).any(|word| word.starts_with("on") && word.contains('='));
            if has_handler || squeezed.contains(" on") && squeezed.contains(" =") || active.iter().any(|sign| squeezed.contains(sign)) {
                return Err(ImageRefused::Active);
            }
            Ok(())
        }
        _ => Err(ImageRefused::Kind),
    }
}

/// Why keys cannot be a client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicKeysRefused {
    /// Not a JWK Set, or with too many or too few keys.
    #[error("must be a JWK Set of 1 to 10 public keys")]
    Form,
    /// It gives away what only the client may know.
    #[error("holds a private or secret key: send the public part only, and make a new key")]
    Private,
    /// A key without its kind.
    #[error("each key has a kty: RSA, EC or OKP")]
    Kind,
}

/// A client's public keys, by value. [RFC 7517 §5]
pub(super) fn public_keys(jwks: &serde_json::Value) -> Result<(), PublicKeysRefused> {
    let keys = jwks.get("keys").and_then(serde_json::Value::as_array).filter(|keys| (1..=10).contains(&keys.len()));
    for key in keys.ok_or(PublicKeysRefused::Form)? {
        if ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].iter().any(|part| key.get(part).is_some()) {
            return Err(PublicKeysRefused::Private);
        }
        let kind = key.get("kty").and_then(serde_json::Value::as_str);
        if !matches!(kind, Some("RSA" | "EC" | "OKP")) {
            return Err(PublicKeysRefused::Kind);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_logo_is_a_picture_and_nothing_else() {
        let svg = |inside: &str| image(&STANDARD.encode(format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>")), "image/svg+xml");
        assert_eq!(svg("<path d='M0 0h1'/>"), Ok(()));
        for bad in
            ["<script>x</script>", "<g onload=x>", "<g\nonload = 'x'>", "<a href='https://x.test'/>", "<g fill='url(https://x.test)'/>", "<foreignObject/>"]
        {
            assert_eq!(svg(bad), Err(ImageRefused::Active), "{bad}");
        }
        assert_eq!(image(&STANDARD.encode("GIF89a"), "image/png"), Err(ImageRefused::Kind));
        assert_eq!(image(&STANDARD.encode(vec![0; 25 * 1024]), "image/png"), Err(ImageRefused::Large));
    }

    #[test]
    fn private_keys_are_refused() {
        assert_eq!(public_keys(&json!({"keys": [{"kty": "EC", "crv": "P-256", "x": "a", "y": "b"}]})), Ok(()));
        assert_eq!(public_keys(&json!({"keys": [{"kty": "EC", "d": "c"}]})), Err(PublicKeysRefused::Private));
        assert_eq!(public_keys(&json!({"keys": [{"kty": "oct", "k": "c"}]})), Err(PublicKeysRefused::Private));
        assert_eq!(public_keys(&json!({"keys": []})), Err(PublicKeysRefused::Form));
    }

    #[test]
    fn invisible_characters_stay_out_of_names() {
        assert!(line("name", "Espace client", 100).is_ok());
        assert!(line("name", " ", 100).is_err());
        assert!(line("name", "Espace\u{202e}tneilc", 100).is_err());
    }
}

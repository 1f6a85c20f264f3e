//! Whom an organisation asks whether it is a person.

use serde_json::Value;
use url::Url;

use super::super::{Refused, invalid, written};
use crate::{crypto::Purpose, journey::Tools, model::Settings};

/// The most other origins.
const MOST_ORIGINS: usize = 5;

/// The change with its secret sealed: nothing of ours holds it open.
pub(super) fn sealed(patch: &Value, tools: &Tools) -> Result<Value, Refused> {
    let mut patch = patch.clone();
    let Some(secret) = patch.get_mut("captcha").and_then(|captcha| captcha.get_mut("secret")) else { return Ok(patch) };
    let Some(text) = secret.as_str().map(str::trim).filter(|text| !text.is_empty() && text.len() <= 1000) else {
        return Err(invalid("captcha.secret", "is a text of 1 to 1000 bytes"));
    };
    *secret = Value::String(tools.sealer.seal(Purpose::Captcha, text.as_bytes(), &*tools.entropy)?);
    Ok(patch)
}

/// Can that provider be asked?
pub(super) fn check(settings: &Settings, before: &Settings, patch: &Value) -> Result<(), Refused> {
    let Some(captcha) = &settings.captcha else { return Ok(()) };
    written::page_url("captcha.verify_url", Some(&captcha.verify_url))?;
    written::page_url("captcha.script_url", Some(&captcha.script_url))?;
    written::line("captcha.site_key", &captcha.site_key, 200)?;
    if captcha.origins.len() > MOST_ORIGINS {
        return Err(invalid("captcha.origins", format!("has at most {MOST_ORIGINS}")));
    }
    for text in &captcha.origins {
        written::page_url("captcha.origins", Some(text))?;
        if Url::parse(text).is_ok_and(|url| url.origin().ascii_serialization() != *text) {
            return Err(invalid("captcha.origins", "are origins: https, a name, and no path"));
        }
    }
    let is_said = patch.get("captcha").is_some_and(|captcha| captcha.get("secret").is_some());
    // Whoever changes the address and not the secret would be told a secret that nobody is shown.
    let is_moved = before.captcha.as_ref().is_some_and(|was| was.verify_url != captcha.verify_url);
    if captcha.secret.is_empty() || is_moved && !is_said {
        return Err(invalid("captcha.secret", "must be given with the address at which it counts"));
    }
    Ok(())
}

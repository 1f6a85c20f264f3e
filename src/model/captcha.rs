//! Who tells people from robots for an organisation, in the place of the work of the person's machine.

use serde::{Deserialize, Serialize};
use url::Url;

/// Which widget a provider's script fills, by the class that it looks for. What it answers stands in a form field of that name and `-response`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaptchaWidget {
    /// `cf-turnstile`
    CfTurnstile,
    /// `h-captcha`
    HCaptcha,
    /// `g-recaptcha`
    GRecaptcha,
}

impl CaptchaWidget {
    /// The class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::CfTurnstile => "cf-turnstile",
            Self::HCaptcha => "h-captcha",
            Self::GRecaptcha => "g-recaptcha",
        }
    }
}

/// A provider that answers as the known ones do: its address gets a form with `secret`, `response` and `remoteip`, and says `success` in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Captcha {
    /// Where we ask whether an answer is good.
    pub verify_url: String,
    /// The script that the page of the check loads.
    pub script_url: String,
    /// Which widget that script fills: `cf-turnstile`, `h-captcha` or `g-recaptcha`.
    pub widget: CaptchaWidget,
    /// Under which name the provider knows the organisation, in the page.
    pub site_key: String,
    /// By what it knows our questions. It is written, and never shown: what is kept is sealed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub secret: String,
    /// Other origins that the widget needs, where its script's own is not enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<String>,
}

impl Captcha {
    /// As it is shown: without the secret.
    #[must_use]
    pub fn without_secret(self) -> Self {
        Self { secret: String::new(), ..self }
    }

    /// What the page of the check may load from, besides us.
    #[must_use]
    pub fn origins(&self) -> Vec<String> {
        let all = std::iter::once(&self.script_url).chain(&self.origins);
        all.filter_map(|text| Url::parse(text).ok()).map(|url| url.origin().ascii_serialization()).collect()
    }
}

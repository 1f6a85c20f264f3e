//! The languages of the pages.

use serde::{Deserialize, Serialize};

/// A language that every page, mail and error exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// French.
    Fr,
    /// English.
    #[default]
    En,
}

impl Locale {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Fr, Self::En];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The first of our languages in a list of tags, in the reader's order: `ui_locales` (spaces) or `Accept-Language` (commas, weights). Unknown tags are passed over.
    #[must_use]
    pub fn first_of(tags: &str) -> Option<Self> {
        let mut weighed: Vec<(u32, usize, Self)> = tags
            .split([' ', ','])
            .enumerate()
            .filter_map(|(place, part)| {
                let mut pieces = part.trim().split(';');
                let primary = pieces.next()?.split('-').next()?.to_ascii_lowercase();
                let locale = Self::ALL.iter().copied().find(|l| l.tag() == primary)?;
                let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")).and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1 first")]
                let weight = (weight.clamp(0.0, 1.0) * 1000.0) as u32;
                (weight > 0).then_some((weight, place, locale))
            })
            .collect();
        weighed.sort_by_key(|(weight, place, _)| (std::cmp::Reverse(*weight), *place));
        weighed.first().map(|(_, _, locale)| *locale)
    }
}

//! A tenant's accent: may it be used, and the style sheet that brings it.
//!
//! Contrast is the ratio of relative luminances. [WCAG 2.2, 1.4.3]

use std::fmt::Write as _;

use crate::model::Brand;

/// The least contrast of text.
const LEAST: f64 = 4.5;

/// A colour scheme of `assets/tokens.css`: what an accent meets there.
struct Scheme {
    name: &'static str,
    surface: Rgb,
    page: Rgb,
    /// What may stand on an accent; the more legible one is taken.
    inks: [Rgb; 2],
}

const LIGHT: Scheme =
    Scheme { name: "light", surface: Rgb(0xff, 0xfe, 0xfb), page: Rgb(0xf4, 0xf0, 0xe8), inks: [Rgb(0xff, 0xff, 0xff), Rgb(0x14, 0x16, 0x1a)] };
const DARK: Scheme = Scheme { name: "dark", surface: Rgb(0x1e, 0x21, 0x26), page: Rgb(0x12, 0x14, 0x17), inks: [Rgb(0xff, 0xff, 0xff), Rgb(0x0c, 0x12, 0x20)] };

/// Why an accent is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrandRefused {
    /// Not `#rrggbb`.
    #[error("{0:?} is not a colour of the form #rrggbb")]
    NotAColour(String),
    /// Text in this colour, or on it, could not be read by everybody.
    #[error("{colour} has a contrast of {contrast} to 1 with the {scheme} page; text needs 4.5")]
    TooFaint {
        /// The colour.
        colour: String,
        /// On pages of which scheme.
        scheme: &'static str,
        /// What it has, to one decimal.
        contrast: String,
    },
}

/// May these be a tenant's accents? Links and buttons are drawn in them, so they must be legible on the card and on the page, in each scheme.
///
/// # Errors
/// Which colour is none, or how far it falls short, and where.
pub fn brand_contrast(accent: Option<&str>, accent_dark: Option<&str>) -> Result<(), BrandRefused> {
    for (scheme, colour) in [(LIGHT, accent), (DARK, accent_dark)] {
        if let Some(colour) = colour {
            let rgb = Rgb::parse(colour).ok_or_else(|| BrandRefused::NotAColour(colour.to_owned()))?;
            let found = rgb.contrast(scheme.surface).min(rgb.contrast(scheme.page)).min(rgb.contrast(rgb.ink_of(&scheme)));
            if found < LEAST {
                // Rounded down: «4.5» must not be what is refused.
                let contrast = format!("{:.1}", (found * 10.0).floor() / 10.0);
                return Err(BrandRefused::TooFaint { colour: colour.to_owned(), scheme: scheme.name, contrast });
            }
        }
    }
    Ok(())
}

/// The style sheet of a tenant's accents; empty without any. A colour that is none is left out, whatever the record says.
#[must_use]
pub fn brand_css(brand: &Brand) -> String {
    let mut css = String::new();
    for (scheme, colour) in [(LIGHT, &brand.accent), (DARK, &brand.accent_dark)] {
        if let Some(accent) = colour.as_deref().and_then(Rgb::parse) {
            let ink = accent.ink_of(&scheme);
            let (deep, soft) = (accent.mixed(ink.opposite(), 0.18), scheme.surface.mixed(accent, 0.11));
            let _ = write!(
                css,
                "@media (prefers-color-scheme:{}){{:root{{--accent:{accent};--accent-ink:{ink};--accent-deep:{deep};--accent-soft:{soft}}}}}",
                scheme.name
            );
        }
    }
    css
}

/// What a mail's button is painted with, and what is written on it: mails have no style sheet of ours.
pub(super) fn mail_colours(brand: &Brand) -> (String, String) {
    let accent = brand.accent.as_deref().and_then(Rgb::parse).unwrap_or(Rgb(0x1d, 0x4f, 0xd7));
    (accent.to_string(), accent.ink_of(&LIGHT).to_string())
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Rgb(u8, u8, u8);

impl Rgb {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|c| c.is_ascii_hexdigit()))?;
        let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self(r, g, b))
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn ink_of(self, scheme: &Scheme) -> Self {
        let [light, dark] = scheme.inks;
        if self.contrast(light) >= self.contrast(dark) { light } else { dark }
    }

    /// Black for a light ink, white for a dark one: towards it, an accent gains contrast with its ink.
    fn opposite(self) -> Self {
        if self.luminance() > 0.5 { Self(0, 0, 0) } else { Self(0xff, 0xff, 0xff) }
    }

    fn mixed(self, other: Self, share: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of two bytes is a byte")]
        let mix = |a: u8, b: u8| (f64::from(a) * (1.0 - share) + f64::from(b) * share).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_accents_would_be_accepted() {
        assert_eq!(brand_contrast(Some("#1d4fd7"), Some("#8fb0ff")), Ok(()));
        assert_eq!(brand_contrast(None, None), Ok(()));
    }

    #[test]
    fn a_faint_accent_is_refused_with_what_it_has() {
        let refused = |accent, dark| brand_contrast(accent, dark).unwrap_err().to_string();
        assert_eq!(refused(Some("#ff9900"), None), "#ff9900 has a contrast of 1.8 to 1 with the light page; text needs 4.5");
        assert_eq!(refused(Some("#1d4fd7"), Some("#1d4fd7")), "#1d4fd7 has a contrast of 2.4 to 1 with the dark page; text needs 4.5");
    }

    #[test]
    fn what_is_no_colour_is_refused_and_never_reaches_a_style_sheet() {
        for wrong in ["red", "#12345", "#12345g", "#123456;}", "1d4fd7", ""] {
            assert_eq!(brand_contrast(Some(wrong), None), Err(BrandRefused::NotAColour(wrong.to_owned())));
            assert_eq!(brand_css(&Brand { accent: Some(wrong.to_owned()), ..Brand::default() }), "");
        }
    }

    #[test]
    fn the_style_sheet_states_each_scheme_apart() {
        let brand = Brand { accent: Some("#8A1538".to_owned()), accent_dark: Some("#ff9fb8".to_owned()), ..Brand::default() };
        assert_eq!(
            brand_css(&brand),
            "@media (prefers-color-scheme:light){:root{--accent:#8a1538;--accent-ink:#ffffff;--accent-deep:#71112e;--accent-soft:#f2e4e6}}\
             @media (prefers-color-scheme:dark){:root{--accent:#ff9fb8;--accent-ink:#0c1220;--accent-deep:#ffb0c5;--accent-soft:#372f36}}"
        );
    }

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        assert!((Rgb(0, 0, 0).contrast(Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
    }
}

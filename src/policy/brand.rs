//! May an organisation use this colour? Only when text in it, and text on it, can be read. [WCAG 2.2 §1.4.3]

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// Light pages.
pub const LIGHT: Rgb = [0xff, 0xff, 0xff];
/// Dark pages.
pub const DARK: Rgb = [0x14, 0x16, 0x1a];
/// What text needs against what is behind it.
pub const ENOUGH: f64 = 4.5;

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ColourRefused {
    /// Not `#rrggbb`.
    #[error("is a colour such as #0b5fff")]
    Form,
    /// Too near to the page.
    #[error("has a contrast of {0:.1} against the page; text needs 4.5")]
    Faint(f64),
}

/// Judge an accent against the page it stands on.
///
/// # Errors
/// See [`ColourRefused`].
pub fn judge(colour: &str, page: Rgb) -> Result<(), ColourRefused> {
    let contrast = contrast(parse(colour).ok_or(ColourRefused::Form)?, page);
    if contrast < ENOUGH { Err(ColourRefused::Faint(contrast)) } else { Ok(()) }
}

/// `#rrggbb`.
#[must_use]
pub fn parse(colour: &str) -> Option<Rgb> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|c| c.is_ascii_hexdigit()))?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

/// From 1 (the same) to 21 (black on white).
#[must_use]
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance([red, green, blue]: Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::{ColourRefused, DARK, LIGHT, contrast, judge};

    #[test]
    fn black_on_white_is_the_most() {
        assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 0.001);
    }

    #[test]
    fn a_faint_accent_is_refused() {
        assert_eq!(judge("#0b5fa5", LIGHT), Ok(()));
        assert!(matches!(judge("#ffd400", LIGHT), Err(ColourRefused::Faint(_))));
        assert_eq!(judge("#ffd400", DARK), Ok(()));
        assert_eq!(judge("yellow", LIGHT), Err(ColourRefused::Form));
        assert_eq!(judge("#ffd4é0", LIGHT), Err(ColourRefused::Form));
    }
}

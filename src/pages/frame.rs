//! What stands around every page: whose it is, for which application, in which language, where to get help.

use serde::Serialize;

use crate::values::Locale;

/// Filled by the web layer, the same for every page of a request; a screen never touches it.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The page's language.
    pub lang: Locale,
    /// The one that the foot of the page offers.
    pub other_lang: Locale,
    /// The same page in that language.
    pub other_lang_href: String,
    /// Whose page it is.
    pub tenant: FrameTenant,
    /// The application that the person is on the way to.
    pub app: Option<Named>,
    /// Whom to ask.
    pub support: FrameSupport,
    /// The form's token.
    pub csrf: String,
    /// Where the page's forms are posted: its own path.
    pub action: String,
    /// The journey it belongs to.
    pub journey: Option<String>,
    /// Is this a demonstration? Said at the foot of the page.
    pub demo: bool,
    /// The screen's id in the specification.
    pub screen: &'static str,
}

/// The organisation at the top of the card.
#[derive(Clone, Debug, Serialize)]
pub struct FrameTenant {
    /// Its name.
    pub name: String,
    /// Shown where there is no logo.
    pub initials: String,
    /// Its logo.
    pub logo_src: Option<String>,
    /// The style sheet with its accent.
    pub brand_css: Option<String>,
    /// The badge of a test organisation.
    pub badge: Option<String>,
}

/// The foot of the page: help, and what may be read.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FrameSupport {
    /// A number, as people write it.
    pub phone: Option<String>,
    /// An address.
    pub mail: Option<String>,
    /// Terms of use.
    pub terms_url: Option<String>,
    /// Privacy statement.
    pub privacy_url: Option<String>,
}

/// Something known by its name alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The name.
    pub name: String,
}

/// The one or two letters that stand for a name without a picture: «Cabinet Aubépine» is CA.
#[must_use]
pub fn initials(name: &str) -> String {
    let letters: Vec<char> = name.split([' ', '-', '\'', '’']).filter_map(|word| word.chars().find(|c| c.is_alphanumeric())).collect();
    let picked = match letters.as_slice() {
        [] => vec!['?'],
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    picked.into_iter().flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_last_word() {
        let of = |names: [&str; 6]| names.map(initials);
        assert_eq!(of(["Cabinet Aubépine", "Étude Lacaze", "Caisse", "étude de l’ouest", "espace-client", ""]), ["CA", "ÉL", "C", "ÉO", "EC", "?"]);
    }
}

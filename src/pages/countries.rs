//! Countries in the language of the page, in its order.

use serde::Serialize;

use super::Words;
use crate::{policy::attributes::COUNTRIES, values::folded};

/// One that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountryShown {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: String,
}

/// All of them, by their names.
#[must_use]
pub fn countries(words: &Words) -> Vec<CountryShown> {
    let named =
        |code: &&'static str| CountryShown { code, name: words.plain(&format!("country-{code}")).map_or_else(|_| (*code).to_owned(), |name| name.to_string()) };
    let mut all: Vec<CountryShown> = COUNTRIES.iter().map(named).collect();
    // As a dictionary orders them: without accents, capitals and signs.
    all.sort_by_cached_key(|country| folded(&country.name).replace(|c: char| !c.is_alphanumeric() && c != ' ', ""));
    all
}

#[cfg(test)]
mod tests {
    use super::countries;
    use crate::{pages::Words, values::Locale};

    #[test]
    fn they_stand_as_in_a_dictionary_of_each_language() {
        let names = |locale| countries(&Words::of(locale).unwrap()).into_iter().map(|country| country.name).collect::<Vec<_>>();
        let (fr, en) = (names(Locale::Fr), names(Locale::En));
        let at = |names: &[String], name: &str| names.iter().position(|known| known == name).unwrap();
        assert!(at(&fr, "Égypte") < at(&fr, "Espagne") && at(&fr, "Espagne") < at(&fr, "France") && at(&fr, "Éthiopie") < at(&fr, "Fidji"));
        assert!(at(&en, "Åland Islands") < at(&en, "Albania") && at(&en, "France") < at(&en, "Germany"));
        assert_eq!((fr.len(), en.len()), (249, 249));
    }
}

//! May this be somebody's new password? No composition rules: length, and nothing of the person's own. [NIST SP 800-63B-4 §3.1.1.2]

use serde::Serialize;
use zxcvbn::feedback::Warning;

use crate::model::Account;

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefused {
    /// Too few characters.
    Short {
        /// At least this many.
        least: usize,
        /// How many are missing.
        missing: usize,
    },
    /// Too many characters, or one that no keyboard has.
    Long {
        /// At most this many.
        most: usize,
    },
    /// It holds a name or the address of its owner.
    Own,
    /// It is in lists that others have, or put together from them in a way that they try.
    Known(Guessable),
}

/// What makes a password easy to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Guessable {
    /// It is in a published list.
    Listed,
    /// It is nearly one of a published list.
    Similar,
    /// Letters or figures in their order.
    Sequence,
    /// The same again and again.
    Repeat,
    /// Keys that lie side by side.
    Keyboard,
    /// A date or a year.
    Date,
    /// A word, and hardly anything else.
    Word,
    /// A name, and hardly anything else.
    Name,
    /// Something of all that.
    Mixed,
}

/// The longest password that is hashed at all.
pub const LONGEST: usize = 128;

/// Judge a new password. `own` are the names and addresses of the person; short ones (an initial, a two-letter name) say nothing.
///
/// # Errors
/// See [`PasswordRefused`].
pub fn judge<'a>(password: &str, least: usize, own: impl IntoIterator<Item = &'a str>) -> Result<(), PasswordRefused> {
    let length = password.chars().count();
    if length < least {
        return Err(PasswordRefused::Short { least, missing: least - length });
    }
    if length > LONGEST || password.contains('\0') {
        return Err(PasswordRefused::Long { most: LONGEST });
    }
    let folded = password.to_lowercase();
    let is_in = |part: &str| part.chars().count() >= 4 && folded.contains(&part.to_lowercase());
    let parts = own.into_iter().flat_map(|text| [text, text.split('@').next().unwrap_or_default()]);
    if parts.into_iter().any(is_in) {
        return Err(PasswordRefused::Own);
    }
    guessable(password).map_or(Ok(()), |why| Err(PasswordRefused::Known(why)))
}

/// What must not be in this person's password.
#[must_use]
pub fn own_words(account: &Account) -> Vec<String> {
    let profile = &account.profile;
    let names = [&profile.given_name, &profile.family_name, &profile.nickname, &account.login].into_iter().flatten().cloned();
    names.chain(account.emails.iter().map(|email| email.address.spelt().to_owned())).collect()
}

/// Is it found within so many guesses by somebody with the published lists, the usual words and the usual changes to them, and why? The lists are compiled in.
#[must_use]
pub fn guessable(password: &str) -> Option<Guessable> {
    let estimate = zxcvbn::zxcvbn(password, &[]);
    (estimate.guesses() < FEW).then(|| estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning).map_or(Guessable::Mixed, why))
}

fn why(warning: Warning) -> Guessable {
    match warning {
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword => Guessable::Listed,
        Warning::ThisIsSimilarToACommonlyUsedPassword => Guessable::Similar,
        Warning::SequencesLikeAbcAreEasyToGuess => Guessable::Sequence,
        Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Guessable::Repeat,
        Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess => Guessable::Keyboard,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Guessable::Date,
        Warning::AWordByItselfIsEasyToGuess => Guessable::Word,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess => Guessable::Name,
    }
}

/// The pauses leave a stranger about a hundred tries a day: for this many they need eight hundred years.
const FEW: u64 = 30_000_000;

#[cfg(test)]
mod tests {
    use super::{Guessable, LONGEST, PasswordRefused, judge};

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(judge("ééééééééééé", 12, []), Err(PasswordRefused::Short { least: 12, missing: 1 }));
        assert_eq!(judge("éàéùéàéùéàéô", 12, []), Ok(()));
        assert_eq!(judge(&"a".repeat(LONGEST + 1), 12, []), Err(PasswordRefused::Long { most: LONGEST }));
        assert_eq!(judge("with a nul \0 in it", 12, []), Err(PasswordRefused::Long { most: LONGEST }));
    }

    #[test]
    fn what_is_in_published_lists_is_no_password_however_long() {
        for known in ["password12345", "123456789012", "qwertyuiop1234", "aaaaaaaaaaaaaaaa", "iloveyouiloveyou"] {
            assert!(matches!(judge(known, 12, []), Err(PasswordRefused::Known(_))), "{known}");
        }
        for chosen in ["correct cheval batterie agrafe", "une phrase assez longue", "éééééé à l’été", "k7#Vq2!mZx9@"] {
            assert_eq!(judge(chosen, 12, []), Ok(()), "{chosen}");
        }
    }

    #[test]
    fn it_is_said_why_a_password_is_easy_to_guess() {
        for (known, why) in [
            ("password12345", Guessable::Similar),
            ("abcdefghijklmnop", Guessable::Sequence),
            ("aaaaaaaaaaaaaaaa", Guessable::Repeat),
            ("abcabcabcabcabc", Guessable::Repeat),
        ] {
            assert_eq!(judge(known, 12, []), Err(PasswordRefused::Known(why)), "{known}");
        }
    }

    #[test]
    fn the_owners_name_and_address_stay_out_of_it() {
        assert_eq!(judge("Ferrand-2026-soleil", 12, ["Nadia", "Ferrand"]), Err(PasswordRefused::Own));
        assert_eq!(judge("nadia.ferrand soleil", 12, ["nadia.ferrand@morvan.test"]), Err(PasswordRefused::Own));
        assert_eq!(judge("un soleil de janvier", 12, ["Éon", "Li"]), Ok(()));
    }
}

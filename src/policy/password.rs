//! May this be somebody's new password? No composition rules: length, and nothing of the person's own. [NIST SP 800-63B-4 §3.1.1.2]

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
    Known,
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
    if is_known(password) { Err(PasswordRefused::Known) } else { Ok(()) }
}

/// What must not be in this person's password.
#[must_use]
pub fn own_words(account: &Account) -> Vec<String> {
    let profile = &account.profile;
    let names = [&profile.given_name, &profile.family_name, &profile.nickname, &account.login].into_iter().flatten().cloned();
    names.chain(account.emails.iter().map(|email| email.address.spelt().to_owned())).collect()
}

/// Is it found within so many guesses by somebody with the published lists, the usual words and the usual changes to them? The lists are compiled in.
#[must_use]
pub fn is_known(password: &str) -> bool {
    zxcvbn::zxcvbn(password, &[]).guesses() < FEW
}

/// The pauses leave a stranger about a hundred tries a day: for this many they need eight hundred years.
const FEW: u64 = 30_000_000;

#[cfg(test)]
mod tests {
    use super::{LONGEST, PasswordRefused, judge};

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
            assert_eq!(judge(known, 12, []), Err(PasswordRefused::Known), "{known}");
        }
        for chosen in ["correct cheval batterie agrafe", "une phrase assez longue", "éééééé à l’été", "k7#Vq2!mZx9@"] {
            assert_eq!(judge(chosen, 12, []), Ok(()), "{chosen}");
        }
    }

    #[test]
    fn the_owners_name_and_address_stay_out_of_it() {
        assert_eq!(judge("Ferrand-2026-soleil", 12, ["Nadia", "Ferrand"]), Err(PasswordRefused::Own));
        assert_eq!(judge("nadia.ferrand soleil", 12, ["nadia.ferrand@morvan.test"]), Err(PasswordRefused::Own));
        assert_eq!(judge("un soleil de janvier", 12, ["Éon", "Li"]), Ok(()));
    }
}

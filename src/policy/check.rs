//! Is a network so busy that a robot may be behind it? Then whoever comes from there pays with some seconds of their machine before a mail is sent: no puzzle,
//! and nothing for people to do.

use crate::model::Settings;

/// What a network has done within the window of its counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// How many mails it caused.
    pub mails: u32,
    /// How many wrong passwords and codes came from it.
    pub failures: u32,
}

/// Must it be checked?
#[must_use]
pub fn is_suspect(network: Network, rules: &Settings) -> bool {
    network.mails >= rules.check_after_mails || network.failures >= rules.check_after_failures
}

/// Does the number pay for the challenge: does the hash of both begin with so many bits that are zero? `hash` is SHA-256 of `{challenge}:{solution}`.
#[must_use]
pub fn is_paid(hash: &[u8; 32], bits: u32) -> bool {
    let zeros = hash.iter().position(|byte| *byte != 0).map_or(256, |place| place * 8 + hash.get(place).map_or(0, |byte| byte.leading_zeros() as usize));
    zeros >= bits as usize
}

/// What can be a solution: a number as people write it.
#[must_use]
pub fn is_number(solution: &str) -> bool {
    (1..=16).contains(&solution.len()) && solution.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_suspect_from_the_numbers_that_the_organisation_sets() {
        let rules = Settings { check_after_mails: 3, check_after_failures: 5, ..Settings::default() };
        let suspect = |mails, failures| is_suspect(Network { mails, failures }, &rules);
        assert_eq!([suspect(0, 0), suspect(2, 4), suspect(3, 0), suspect(0, 5)], [false, false, true, true]);
    }

    #[test]
    fn zeros_are_counted_bit_by_bit_from_the_front() {
        let mut hash = [0; 32];
        hash[1] = 0b0001_0000;
        assert!(is_paid(&hash, 11) && !is_paid(&hash, 12));
        assert!(is_paid(&[0; 32], 256));
        assert!(!is_paid(&[255; 32], 1));
    }

    #[test]
    fn only_numbers_are_solutions() {
        assert!(is_number("0") && is_number("131072"));
        for text in ["", "-1", "1.5", "12345678901234567", "١"] {
            assert!(!is_number(text), "{text}");
        }
    }
}

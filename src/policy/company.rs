//! Is what somebody says of a company in order? Numbers are held against their check digits, so that a slip is noticed while the person is still there.

use super::attributes;
use crate::model::CompanyDetails;

/// The longest text of a field, in characters.
pub const LONGEST: usize = 120;

/// How many people work there, as it is asked.
pub const SIZES: &[&str] = &["1-9", "10-49", "50-249", "250+"];

/// Numbers for value added tax, by country: their prefix, and what follows it. `9` is a digit, `A` a letter, `*` either, anything else itself. Check digits are
/// known of France alone; of the others the form.
const VAT: &[(&str, &str, &[&str])] = &[
    ("AT", "AT", &["U99999999"]),
    ("BE", "BE", &["0999999999", "1999999999"]),
    ("BG", "BG", &["999999999", "9999999999"]),
    ("CY", "CY", &["99999999A"]),
    ("CZ", "CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", "DE", &["999999999"]),
    ("DK", "DK", &["99999999"]),
    ("EE", "EE", &["999999999"]),
    ("ES", "ES", &["*9999999*"]),
    ("FI", "FI", &["99999999"]),
    ("FR", "FR", &["**999999999"]),
    ("GR", "EL", &["999999999"]),
    ("HR", "HR", &["99999999999"]),
    ("HU", "HU", &["99999999"]),
    ("IE", "IE", &["9*99999A", "9999999AA"]),
    ("IT", "IT", &["99999999999"]),
    ("LT", "LT", &["999999999", "999999999999"]),
    ("LU", "LU", &["99999999"]),
    ("LV", "LV", &["99999999999"]),
    ("MC", "FR", &["**999999999"]),
    ("MT", "MT", &["99999999"]),
    ("NL", "NL", &["999999999B99"]),
    ("PL", "PL", &["9999999999"]),
    ("PT", "PT", &["999999999"]),
    ("RO", "RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"]),
    ("SE", "SE", &["999999999999"]),
    ("SI", "SI", &["99999999"]),
    ("SK", "SK", &["9999999999"]),
];

/// The SIREN of La Poste, whose establishments are numbered by a rule of their own.
const LA_POSTE: &str = "356000000";

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing stands in it.
    Missing,
    /// More than anybody needs, or what is no text.
    TooLong,
    /// A number that contradicts itself.
    Number,
    /// A telephone number that is not of the country.
    Phone,
}

/// As it is kept: one space between words, and numbers without what people put between their digits.
#[must_use]
pub fn tidied(mut details: CompanyDetails) -> CompanyDetails {
    for field in CompanyDetails::FIELDS {
        let text = details.value(field).split_whitespace().collect::<Vec<_>>().join(" ");
        details.write(field, &text);
    }
    details.country = details.country.to_ascii_uppercase();
    details.reg_no = bare(&details.reg_no);
    details.vat_no = bare(&details.vat_no);
    if let Some(number) = international(&details.phone, &details.country) {
        details.phone = number;
    }
    details
}

fn bare(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/' | '\u{2011}')).collect::<String>().to_uppercase()
}

/// All that is wrong with what was tidied, in the order of the fields; empty when a company can be made of it.
#[must_use]
pub fn faults(details: &CompanyDetails) -> Vec<(&'static str, Wrong)> {
    let mut faults = Vec::new();
    for field in CompanyDetails::FIELDS.iter().copied() {
        if let Some(wrong) = fault(details, field) {
            faults.push((field, wrong));
        }
    }
    faults
}

/// All that keeps it from being put aside: only what could not be kept.
#[must_use]
pub fn unfit(details: &CompanyDetails) -> Vec<(&'static str, Wrong)> {
    CompanyDetails::FIELDS.iter().copied().filter(|field| !is_line(details.value(field))).map(|field| (field, Wrong::TooLong)).collect()
}

fn is_line(text: &str) -> bool {
    let is_unfit = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    text.chars().count() <= LONGEST && !text.chars().any(is_unfit)
}

fn fault(details: &CompanyDetails, field: &'static str) -> Option<Wrong> {
    let text = details.value(field);
    let is_french = details.country == "FR";
    let is_needed = matches!(field, "legal_name" | "country" | "street-address" | "postal-code" | "address-level2") || field == "reg_no" && is_french;
    if text.is_empty() {
        return is_needed.then_some(Wrong::Missing);
    }
    if !is_line(text) {
        return Some(Wrong::TooLong);
    }
    let is_right = match field {
        "country" => return (attributes::country(text).is_none()).then_some(Wrong::Missing),
        "size" => return (!SIZES.contains(&text)).then_some(Wrong::Missing),
        "contact_language" => return (!matches!(text, "fr" | "en")).then_some(Wrong::Missing),
        "timezone" => return (!super::profile::ZONES.contains(&text)).then_some(Wrong::Missing),
        "phone" => return international(text, &details.country).is_none().then_some(Wrong::Phone),
        "reg_no" => is_registration(&details.country, text),
        "vat_no" => is_vat(&details.country, text) && agrees(details),
        _ => true,
    };
    (!is_right).then_some(Wrong::Number)
}

/// By what a company is known in its country's register: in France the SIREN, whichever of its establishments was named.
#[must_use]
pub fn identity(details: &CompanyDetails) -> Option<String> {
    let number = &details.reg_no;
    if number.is_empty() {
        return None;
    }
    Some(if details.country == "FR" { number.chars().take(9).collect() } else { number.clone() })
}

fn is_registration(country: &str, number: &str) -> bool {
    match country {
        "FR" if number.len() == 9 => is_siren(number),
        "FR" => is_siret(number),
        _ => (2..=30).contains(&number.len()) && number.chars().all(char::is_alphanumeric),
    }
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// From the right, each second digit is doubled, and the sum of all digits is a multiple of ten. [ISO/IEC 7812-1, annex B]
fn luhn(digits: &[u32]) -> bool {
    let twice = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits.iter().rev().enumerate().map(|(place, digit)| if place % 2 == 1 { twice(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

/// Nine digits, the last of them a check digit.
#[must_use]
pub fn is_siren(number: &str) -> bool {
    number.len() == 9 && digits(number).is_some_and(|digits| luhn(&digits))
}

/// Fourteen digits: a SIREN and an establishment of it, the last of them a check digit. Those of La Poste only have a sum that is a multiple of five.
#[must_use]
pub fn is_siret(number: &str) -> bool {
    let Some(digits) = digits(number).filter(|digits| digits.len() == 14) else { return false };
    if number.starts_with(LA_POSTE) {
        return luhn(&digits) || digits.iter().sum::<u32>().is_multiple_of(5);
    }
    luhn(&digits) && number.get(..9).is_some_and(is_siren)
}

/// Of the form of its country; in France with the right key.
fn is_vat(country: &str, number: &str) -> bool {
    let Some((_, prefix, forms)) = VAT.iter().find(|(known, ..)| *known == country) else {
        return (4..=20).contains(&number.len()) && number.chars().all(char::is_alphanumeric);
    };
    let Some(rest) = number.strip_prefix(prefix) else { return false };
    forms.iter().any(|form| fits(rest, form)) && (*prefix != "FR" || has_french_key(rest))
}

fn fits(text: &str, form: &str) -> bool {
    let is_like = |(c, wanted): (char, char)| match wanted {
        '9' => c.is_ascii_digit(),
        'A' => c.is_ascii_uppercase(),
        '*' => c.is_ascii_uppercase() || c.is_ascii_digit(),
        other => c == other,
    };
    text.chars().count() == form.chars().count() && text.chars().zip(form.chars()).all(is_like)
}

/// A key of two digits is (12 + 3 × (SIREN mod 97)) mod 97; one with letters is of the newer kind, whose rule is not published as a formula for all.
fn has_french_key(rest: &str) -> bool {
    let (Some(key), Some(siren)) = (rest.get(..2), rest.get(2..)) else { return false };
    match (key.parse::<u64>(), siren.parse::<u64>()) {
        (Ok(key), Ok(number)) => is_siren(siren) && key == (12 + 3 * (number % 97)) % 97,
        _ => true,
    }
}

/// A French number for value added tax ends with the SIREN of the same company.
fn agrees(details: &CompanyDetails) -> bool {
    let (Some(siren), "FR") = (details.reg_no.get(..9), details.country.as_str()) else { return true };
    details.vat_no.ends_with(siren)
}

/// In E.164 form: as it is where it says its country, else as it is dialled in the country chosen.
#[must_use]
pub fn international(typed: &str, country: &str) -> Option<String> {
    let number: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')' | '/' | '\u{2011}')).collect();
    if let Some(digits) = number.strip_prefix('+').or_else(|| number.strip_prefix("00")) {
        let is_fine = (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        // A French number has nine digits behind its code.
        let fits = !digits.starts_with("33") || digits.len() == 11;
        return (is_fine && fits).then(|| format!("+{digits}"));
    }
    let rest = number.strip_prefix('0').filter(|rest| rest.len() == 9 && rest.bytes().all(|b| b.is_ascii_digit()) && !rest.starts_with('0'))?;
    (country == "FR").then(|| format!("+33{rest}"))
}

#[cfg(test)]
mod tests;

//! What may be said of a person.

use super::AccountWritten;
use crate::{
    model::{Account, AccountEmail, AccountPhone, Profile},
    service::admin::{Refused, invalid, written},
    values::{AccountId, Email},
};

/// Judge and write.
pub(in crate::service::admin) fn apply(account: &mut Account, after: AccountWritten) -> Result<(), Refused> {
    let email: Option<Email> = after.email.as_deref().map(str::parse).transpose().map_err(|_| invalid("email", "is not one complete mail address"))?;
    if account.primary_email().map(|old| &old.address) != email.as_ref() {
        // What an administrator writes holds, and no link in an old mailbox takes it back.
        account.aliases.clear();
        let kept = account.emails.drain(..).find(|old| email.as_ref().is_some_and(|new| new.norm() == old.address.norm()));
        account.emails = email.into_iter().map(|address| AccountEmail { verified_at: kept.as_ref().and_then(|old| old.verified_at), address }).collect();
    }
    let phone = after.phone.map(|number| phone(&number)).transpose()?;
    if account.phones.first().map(|old| &old.number) != phone.as_ref() {
        account.phones = phone.into_iter().map(|number| AccountPhone { number, verified_at: None }).collect();
    }
    account.login = after.login.map(|login| login_name(&login)).transpose()?;
    check_profile(&after.profile)?;
    if let Some(address) = &after.address {
        let lines = address.street_address.as_deref().map(|text| text.replace('\n', " "));
        written::optional_line("address.street_address", lines.as_deref(), 300)?;
        for (field, part) in [
            ("address.locality", &address.locality),
            ("address.region", &address.region),
            ("address.postal_code", &address.postal_code),
            ("address.country", &address.country),
        ] {
            written::optional_line(field, part.as_deref(), 100)?;
        }
    }
    account.profile = after.profile;
    account.address = after.address;
    account.locale = after.locale;
    Ok(())
}

/// E.164, with the spaces and dots that people write.
fn phone(text: &str) -> Result<String, Refused> {
    let number: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}')).collect();
    let digits = number.strip_prefix('+').filter(|digits| (7..=15).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit()));
    if digits.is_some_and(|digits| !digits.starts_with('0')) { Ok(number) } else { Err(invalid("phone", "is a number such as +33612345678")) }
}

fn login_name(text: &str) -> Result<String, Refused> {
    let login = text.trim().to_lowercase();
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if login.is_empty() || login.chars().count() > 64 || !login.chars().all(allowed) || login.parse::<AccountId>().is_ok() {
        return Err(invalid("login", "has letters, digits, dots, hyphens and underscores, at most 64"));
    }
    Ok(login)
}

fn check_profile(profile: &Profile) -> Result<(), Refused> {
    for (field, text) in [
        ("profile.given_name", &profile.given_name),
        ("profile.family_name", &profile.family_name),
        ("profile.middle_name", &profile.middle_name),
        ("profile.nickname", &profile.nickname),
        ("profile.gender", &profile.gender),
        ("profile.zoneinfo", &profile.zoneinfo),
    ] {
        written::optional_line(field, text.as_deref(), 100)?;
    }
    written::page_url("profile.profile", profile.profile.as_deref())?;
    written::page_url("profile.picture", profile.picture.as_deref())?;
    written::page_url("profile.website", profile.website.as_deref())?;
    if profile.birthdate.as_deref().is_some_and(|date| !is_birthdate(date)) {
        return Err(invalid("profile.birthdate", "is YYYY-MM-DD, or YYYY alone, or 0000-MM-DD without the year"));
    }
    Ok(())
}

/// [OpenID Connect Core §5.1]
fn is_birthdate(text: &str) -> bool {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|c| c.is_ascii_digit());
    if is_year(text) {
        return true;
    }
    // A leap year stands in for the year that is not told.
    let told = text.strip_prefix("0000").map_or_else(|| text.to_owned(), |rest| format!("2000{rest}"));
    told.len() == 10 && told.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{is_birthdate, login_name, phone};

    #[test]
    fn numbers_are_kept_in_one_form() {
        assert_eq!(phone("+33 6 12 34 56 78").unwrap(), "+33612345678");
        for bad in ["0612345678", "+0612345678", "+33", "+33612345678901234", "tel:+33612345678"] {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn login_names_are_lower_case_and_no_addresses() {
        assert_eq!(login_name(" N.Ferrand ").unwrap(), "n.ferrand");
        for bad in ["", "n@morvan.test", "n ferrand", "018f3c7e-0000-7000-8000-000000000000"] {
            assert!(login_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn birthdates_are_the_three_forms_of_the_specification() {
        for good in ["1987-02-28", "1987", "0000-02-29"] {
            assert!(is_birthdate(good), "{good}");
        }
        for bad in ["1987-02-30", "87", "28/02/1987", "1987-2-8"] {
            assert!(!is_birthdate(bad), "{bad}");
        }
    }
}

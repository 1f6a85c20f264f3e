//! What somebody who makes an account is asked besides their names: only what the organisation says it needs.

use jiff::{Timestamp as Instant, civil::Date, tz::TimeZone};

use crate::{
    model::{Client, Localised, Settings},
    values::{Attribute, Timestamp},
};

/// What somebody is asked who makes an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Their country?
    pub country: bool,
    /// Their date of birth, and why, as they read it.
    pub birth_date: Option<&'a Localised>,
    /// Whether they wish to have news?
    pub marketing: bool,
}

/// What the organisation asks, and the application on whose way it is asked, if there is one, does not leave out: an application adds nothing.
#[must_use]
pub fn asked<'a>(rules: &'a Settings, client: Option<&Client>) -> Asked<'a> {
    let narrowed = client.and_then(|client| client.sign_up_attributes.as_ref());
    let wants = |attribute| narrowed.is_none_or(|some| some.contains(&attribute));
    Asked {
        country: rules.ask_country && wants(Attribute::Country),
        birth_date: rules.birth_date_reason.as_ref().filter(|_| wants(Attribute::BirthDate)),
        marketing: rules.marketing && wants(Attribute::Marketing),
    }
}

/// The countries and regions that may be chosen. [ISO 3166-1 alpha-2]
#[rustfmt::skip]
pub const COUNTRIES: &[&str] = &[
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI",
    "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN",
    "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK",
    "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN",
    "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP",
    "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF",
    "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// The country with this code.
#[must_use]
pub fn country(code: &str) -> Option<&'static str> {
    COUNTRIES.iter().copied().find(|known| *known == code)
}

/// Why a date of birth is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthRefused {
    /// Day, month or year is missing.
    Missing(&'static str),
    /// There is no such day, or nobody alive was born on it.
    Impossible,
    /// Born too late.
    Young,
}

/// The oldest that people get, with some room.
const OLDEST: i16 = 130;

/// Judge a date of birth in three fields. Answers as the claim `birthdate` has it. [OpenID Connect Core §5.1]
///
/// # Errors
/// See [`BirthRefused`].
pub fn birth_date((day, month, year): (&str, &str, &str), least: u32, now: Timestamp) -> Result<String, BirthRefused> {
    let number = |name, text: &str| if text.trim().is_empty() { Err(BirthRefused::Missing(name)) } else { Ok(text.trim().parse::<i16>().ok()) };
    let (day, month, year) = (number("bday_day", day)?, number("bday_month", month)?, number("bday_year", year)?);
    let (Some(day), Some(month), Some(year)) = (day, month, year) else { return Err(BirthRefused::Impossible) };
    let small = |number: i16| i8::try_from(number).map_err(|_| BirthRefused::Impossible);
    let born = Date::new(year, small(month)?, small(day)?).map_err(|_| BirthRefused::Impossible)?;
    let today = i64::try_from(now.0).ok().and_then(|seconds| Instant::from_second(seconds).ok()).map(|at| at.to_zoned(TimeZone::UTC).date());
    let today = today.ok_or(BirthRefused::Impossible)?;
    if born > today || born.year() < today.year().saturating_sub(OLDEST) {
        return Err(BirthRefused::Impossible);
    }
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    let age = today.year().saturating_sub(born.year()).saturating_sub(i16::from(!had_birthday));
    if u32::try_from(age).unwrap_or_default() < least {
        return Err(BirthRefused::Young);
    }
    Ok(born.to_string())
}

#[cfg(test)]
mod tests {
    use super::{BirthRefused, COUNTRIES, birth_date, country};
    use crate::values::Timestamp;

    /// 5 January 2026.
    const NOW: Timestamp = Timestamp(1_767_603_600);

    fn judged(day: &str, month: &str, year: &str) -> Result<String, BirthRefused> {
        birth_date((day, month, year), 15, NOW)
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_none() {
        assert_eq!(judged("4", " 05", "1986").as_deref(), Ok("1986-05-04"));
        assert_eq!(judged("29", "2", "2000").as_deref(), Ok("2000-02-29"));
        for (day, month, year) in [
            ("31", "2", "1990"),
            ("29", "2", "1900"),
            ("0", "1", "1990"),
            ("1", "13", "1990"),
            ("1", "1", "1890"),
            ("6", "1", "2026"),
            ("x", "1", "1990"),
            ("400", "1", "1990"),
        ] {
            assert_eq!(judged(day, month, year), Err(BirthRefused::Impossible), "{day}/{month}/{year}");
        }
        assert_eq!(judged("", "2", "1990"), Err(BirthRefused::Missing("bday_day")));
        assert_eq!(judged("1", "2", " "), Err(BirthRefused::Missing("bday_year")));
    }

    #[test]
    fn an_age_is_reached_on_the_birthday() {
        assert_eq!(judged("5", "1", "2011").as_deref(), Ok("2011-01-05"));
        assert_eq!(judged("6", "1", "2011"), Err(BirthRefused::Young));
        assert!(birth_date(("6", "1", "2011"), 0, NOW).is_ok());
    }

    #[test]
    fn countries_are_known_by_their_codes_each_once() {
        assert_eq!((country("FR"), country("fr"), country("XX")), (Some("FR"), None, None));
        assert!(COUNTRIES.is_sorted() && COUNTRIES.len() == 249);
    }
}

//! What people may write about themselves on S-ME-PROFILE.

use super::attributes;
use crate::values::Locale;

/// The longest text of a field, in characters.
pub const LONGEST: usize = 100;

/// The time zones that may be chosen: one for each rule in use among people, by the name of its best known place. [RFC 6557]
pub const ZONES: &[&str] = &[
    "Europe/Paris",
    "Europe/Brussels",
    "Europe/Luxembourg",
    "Europe/Zurich",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "America/Miquelon",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Marquesas",
    "Pacific/Gambier",
    "Pacific/Wallis",
    "Africa/Abidjan",
    "Africa/Algiers",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Dakar",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Africa/Tunis",
    "America/Anchorage",
    "America/Bogota",
    "America/Argentina/Buenos_Aires",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Lima",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "America/Vancouver",
    "Asia/Baku",
    "Asia/Bangkok",
    "Asia/Beirut",
    "Asia/Colombo",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Ho_Chi_Minh",
    "Asia/Hong_Kong",
    "Asia/Jakarta",
    "Asia/Jerusalem",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Manila",
    "Asia/Riyadh",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tashkent",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Asia/Yangon",
    "Atlantic/Azores",
    "Atlantic/Cape_Verde",
    "Atlantic/Reykjavik",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Darwin",
    "Australia/Perth",
    "Australia/Sydney",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Bucharest",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Moscow",
    "Europe/Prague",
    "Europe/Rome",
    "Europe/Stockholm",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Indian/Mauritius",
    "Pacific/Auckland",
    "Pacific/Fiji",
    "Pacific/Guam",
    "Pacific/Honolulu",
    "UTC",
];

/// What a person says of themselves; empty is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidOfSelf {
    /// Given names.
    pub given_name: Option<String>,
    /// Family names.
    pub family_name: Option<String>,
    /// Language.
    pub locale: Locale,
    /// Country.
    pub country: Option<String>,
    /// Time zone.
    pub zoneinfo: Option<String>,
    /// Whether they wish to have news, where they were asked.
    pub news: Option<NewsChosen>,
}

/// A choice about news, and the sentence that it was made beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsChosen {
    /// Do they wish to have any?
    pub agreed: bool,
    /// The sentence, word for word.
    pub text: String,
}

/// What the form was made from: what the account has may stay, whatever it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offered<'a> {
    /// The account's time zone.
    pub zone: Option<&'a str>,
    /// The account's country.
    pub country: Option<&'a str>,
    /// The sentence beside the box for news, where there is one.
    pub news: Option<&'a str>,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRefused {
    /// It is empty, or none of what may be chosen.
    Missing(&'static str),
    /// It is longer than [`LONGEST`].
    Long(&'static str),
}

/// One line as people mean it: no space at its ends or twice, and nothing that cannot be seen or turns the direction of what follows.
#[must_use]
pub fn line(text: &str) -> Option<String> {
    let is_unseen = |c: char| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let words = text.split_whitespace().map(|word| word.chars().filter(|c| !is_unseen(*c)).collect::<String>());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Judge what was posted. All that is wrong, in the order of the fields.
///
/// # Errors
/// See [`FieldRefused`].
pub fn judge<'a>(field: impl Fn(&str) -> Option<&'a str>, offered: Offered<'_>) -> Result<SaidOfSelf, Vec<FieldRefused>> {
    let mut wrong = Vec::new();
    let mut text = |name: &'static str, is_required: bool| {
        let line = field(name).and_then(line);
        match &line {
            None if is_required => wrong.push(FieldRefused::Missing(name)),
            Some(line) if line.chars().count() > LONGEST => wrong.push(FieldRefused::Long(name)),
            _ => {}
        }
        line
    };
    let (given_name, family_name) = (text("given_name", true), text("family_name", false));
    let chosen = field("locale").and_then(|tag| Locale::ALL.iter().copied().find(|locale| locale.tag() == tag));
    if chosen.is_none() {
        wrong.push(FieldRefused::Missing("locale"));
    }
    let country = field("country").filter(|country| !country.is_empty()).map(str::to_owned);
    if country.as_deref().is_some_and(|said| attributes::country(said).is_none() && offered.country != Some(said)) {
        wrong.push(FieldRefused::Missing("country"));
    }
    let zoneinfo = field("zoneinfo").filter(|zone| !zone.is_empty()).map(str::to_owned);
    if zoneinfo.as_deref().is_some_and(|said| !ZONES.contains(&said) && offered.zone != Some(said)) {
        wrong.push(FieldRefused::Missing("zoneinfo"));
    }
    let news = offered.news.map(|text| NewsChosen { agreed: field("marketing").is_some(), text: text.to_owned() });
    match chosen {
        Some(locale) if wrong.is_empty() => Ok(SaidOfSelf { given_name, family_name, locale, country, zoneinfo, news }),
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldRefused, LONGEST, NewsChosen, Offered, ZONES, judge, line};
    use crate::values::Locale;

    fn judged(pairs: &[(&str, &str)], offered: Offered<'_>) -> Result<super::SaidOfSelf, Vec<FieldRefused>> {
        judge(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value), offered)
    }

    #[test]
    fn a_name_is_one_line_without_what_cannot_be_seen() {
        assert_eq!(line("  Marie \r\n Anne\t").as_deref(), Some("Marie Anne"));
        assert_eq!(line("Éon\u{202e}\u{0}").as_deref(), Some("Éon"));
        assert_eq!(line(" \u{202e} \n"), None);
    }

    #[test]
    fn one_name_and_a_language_are_all_that_is_needed() {
        let said = judged(&[("given_name", "Camille"), ("locale", "fr")], Offered::default()).unwrap();
        assert_eq!((said.given_name.as_deref(), said.family_name, said.locale, said.country, said.zoneinfo), (Some("Camille"), None, Locale::Fr, None, None));
    }

    #[test]
    fn all_that_is_wrong_is_said_in_the_order_of_the_fields() {
        let long = "é".repeat(LONGEST + 1);
        let wrong =
            judged(&[("given_name", " "), ("family_name", &long), ("locale", "de"), ("country", "France"), ("zoneinfo", "Mars/Olympus")], Offered::default());
        let fields = [
            FieldRefused::Missing("given_name"),
            FieldRefused::Long("family_name"),
            FieldRefused::Missing("locale"),
            FieldRefused::Missing("country"),
            FieldRefused::Missing("zoneinfo"),
        ];
        assert_eq!(wrong, Err(fields.to_vec()));
        assert!(judged(&[("given_name", &"é".repeat(LONGEST)), ("locale", "en")], Offered::default()).is_ok());
    }

    #[test]
    fn a_time_zone_and_a_country_that_the_account_has_may_stay() {
        let pairs = [("given_name", "Camille"), ("locale", "en"), ("zoneinfo", "Antarctica/Troll"), ("country", "France")];
        let kept = Offered { zone: Some("Antarctica/Troll"), country: Some("France"), news: None };
        let said = judged(&pairs, kept).unwrap();
        assert_eq!((said.zoneinfo.as_deref(), said.country.as_deref()), (Some("Antarctica/Troll"), Some("France")));
        assert!(judged(&pairs, Offered { zone: Some("Europe/Paris"), ..kept }).is_err());
        assert!(judged(&pairs, Offered { country: Some("FR"), ..kept }).is_err());
        assert_eq!(judged(&[("given_name", "Camille"), ("locale", "en"), ("country", "RE")], Offered::default()).unwrap().country.as_deref(), Some("RE"));
    }

    #[test]
    fn news_are_chosen_only_beside_a_sentence() {
        let (ticked, unticked) = ([("given_name", "Camille"), ("locale", "fr"), ("marketing", "yes")], [("given_name", "Camille"), ("locale", "fr")]);
        let asked = Offered { news: Some("Je souhaite…"), ..Offered::default() };
        let chosen = |agreed| Some(NewsChosen { agreed, text: "Je souhaite…".to_owned() });
        assert_eq!((judged(&ticked, asked).unwrap().news, judged(&unticked, asked).unwrap().news), (chosen(true), chosen(false)));
        assert_eq!(judged(&ticked, Offered::default()).unwrap().news, None);
    }

    #[test]
    fn no_time_zone_is_offered_twice() {
        let mut zones = ZONES.to_vec();
        zones.sort_unstable();
        zones.dedup();
        assert_eq!(zones.len(), ZONES.len());
    }
}

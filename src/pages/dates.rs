//! Days and moments as people read them: «21 novembre 2026», “21 November 2026”.

use fluent_bundle::FluentValue;
use jiff::{civil::Time, tz::TimeZone};

use super::Words;
use crate::values::{Fault, Timestamp};

impl Words {
    /// The day of an instant, in UTC: pages do not know the reader's time zone.
    ///
    /// # Errors
    /// An instant after the year 9999.
    pub fn date(&self, at: Timestamp) -> Result<String, Fault> {
        let day = civil(at)?.date();
        let month = self.plain(&format!("month-{}", day.month()))?;
        let id = if day.day() == 1 { "date-first" } else { "date" };
        // As text: a year is not a number to be grouped.
        let parts = [("day", day.day().to_string()), ("month", month.to_string()), ("year", day.year().to_string())];
        self.say(id, parts.into_iter().map(|(name, said)| (name, FluentValue::from(said))))
    }

    /// The day and the time of an instant, in UTC and saying so.
    ///
    /// # Errors
    /// An instant after the year 9999.
    pub fn moment(&self, at: Timestamp) -> Result<String, Fault> {
        let time: Time = civil(at)?.time();
        let time = format!("{:02}:{:02}", time.hour(), time.minute());
        self.say("date-and-time", [("date", FluentValue::from(self.date(at)?)), ("time", FluentValue::from(time))])
    }
}

fn civil(at: Timestamp) -> Result<jiff::civil::DateTime, Fault> {
    let seconds = i64::try_from(at.0).map_err(|error| Fault::because("an instant past the end of time", error))?;
    let instant = jiff::Timestamp::from_second(seconds).map_err(|error| Fault::because("an instant past the end of time", error))?;
    Ok(instant.to_zoned(TimeZone::UTC).datetime())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Locale;

    #[test]
    fn a_day_is_said_as_its_language_says_it() {
        let (fr, en) = (Words::of(Locale::Fr).unwrap(), Words::of(Locale::En).unwrap());
        let evening = Timestamp(1_795_271_640);
        assert_eq!((fr.date(evening).unwrap().as_str(), en.date(evening).unwrap().as_str()), ("21\u{a0}novembre 2026", "21 November 2026"));
        assert_eq!(fr.moment(evening).unwrap(), "21\u{a0}novembre 2026 à 14:34 UTC");
        assert_eq!(en.moment(evening).unwrap(), "21 November 2026, 14:34 UTC");
    }

    #[test]
    fn the_first_of_a_month_has_its_ordinal_in_french() {
        assert_eq!(Words::of(Locale::Fr).unwrap().date(Timestamp(0)).unwrap(), "1er\u{a0}janvier 1970");
    }

    #[test]
    fn there_is_an_end_of_time() {
        assert!(Words::of(Locale::En).unwrap().date(Timestamp(u64::MAX)).is_err());
    }
}

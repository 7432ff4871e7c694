//! Moments in time, read strictly and printed in one way.
//!
//! Nothing here reads a clock: the moment of a check is an argument.

use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime, UtcOffset};

/// A moment, with its offset from UTC kept as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(OffsetDateTime);

/// The text is not a date and time with a zone (RFC 3339, years 0001 to 9999,
/// no leap second, no `24:00:00`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time with a time zone")]
pub struct NotAMoment;

impl Moment {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(OffsetDateTime::UNIX_EPOCH);

    /// Reads an RFC 3339 date and time; the zone is not optional.
    ///
    /// # Errors
    /// [`NotAMoment`].
    ///
    /// ```
    /// use countersign::clock::Moment;
    /// assert!(Moment::parse("2026-11-25T12:00:00Z").is_ok());
    /// assert!(Moment::parse("2026-11-25T12:00:00").is_err()); // where?
    /// assert!(Moment::parse("2026-06-30T23:59:60Z").is_err()); // leap second
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAMoment> {
        let bytes = text.as_bytes();
        let upper_case = bytes.get(10) == Some(&b'T') && !bytes.contains(&b'z');
        let leap_second = bytes.get(17..19) == Some(b"60");
        if !upper_case || leap_second || bytes.starts_with(b"0000") || bytes.len() > 64 {
            return Err(NotAMoment);
        }
        OffsetDateTime::parse(text, &Rfc3339)
            .map(Self)
            .map_err(|_| NotAMoment)
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`NotAMoment`] outside the years 0001 to 9999.
    pub fn from_unix(seconds: i64) -> Result<Self, NotAMoment> {
        OffsetDateTime::from_unix_timestamp(seconds)
            .ok()
            .filter(|moment| (1..=9999).contains(&moment.year()))
            .map(Self)
            .ok_or(NotAMoment)
    }

    /// Seconds since 1970-01-01T00:00:00Z, fractions dropped.
    #[must_use]
    pub const fn as_unix(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// Whether a fraction of a second was written. JWT dates cannot say it
    /// (`open-badges` profile of VC-JWT), so we never issue it.
    #[must_use]
    pub const fn is_whole_second(self) -> bool {
        self.0.nanosecond() == 0
    }

    /// The moment `seconds` later (earlier, if negative), or the same moment
    /// at the end of time.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(Duration::seconds(seconds)))
    }

    /// The same day and time so many calendar months later; the last day of a
    /// month that is shorter. The same moment at the end of time.
    ///
    /// ```
    /// use countersign::clock::Moment;
    /// let given = Moment::parse("2024-01-31T09:00:00Z")?;
    /// assert_eq!(given.plus_months(1).to_rfc3339(), "2024-02-29T09:00:00Z");
    /// assert_eq!(given.plus_months(12).to_rfc3339(), "2025-01-31T09:00:00Z");
    /// # Ok::<(), countersign::clock::NotAMoment>(())
    /// ```
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let date = self.0.date();
        let count =
            i64::from(date.year()) * 12 + i64::from(u8::from(date.month()) - 1) + i64::from(months);
        let year = i32::try_from(count.div_euclid(12)).unwrap_or(i32::MAX);
        let month = u8::try_from(count.rem_euclid(12) + 1).unwrap_or(1);
        let Ok(month) = time::Month::try_from(month) else {
            return self;
        };
        let day = date.day().min(month.length(year));
        time::Date::from_calendar_date(year, month, day)
            .map_or(self, |date| Self(self.0.replace_date(date)))
    }

    /// Seconds from `earlier` to this moment; negative if it is later.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).whole_seconds()
    }

    /// `2026-11-25T12:00:00Z`: UTC, whole seconds.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        self.0
            .to_offset(UtcOffset::UTC)
            .replace_nanosecond(0)
            .ok()
            .and_then(|moment| moment.format(&Rfc3339).ok())
            .unwrap_or_default()
    }

    /// `25 November 2026`: how dates are shown to people.
    #[must_use]
    pub fn to_plain_date(self) -> String {
        let date = self.0.date();
        format!("{} {} {}", date.day(), date.month(), date.year())
    }

    /// `25 November 2026 at 2:05pm`: how moments are shown to people, in UTC.
    #[must_use]
    pub fn to_plain_moment(self) -> String {
        let utc = self.0.to_offset(UtcOffset::UTC);
        let (hour, half) = match utc.hour() {
            0 => (12, "am"),
            hour @ 1..=11 => (hour, "am"),
            12 => (12, "pm"),
            hour => (hour - 12, "pm"),
        };
        format!(
            "{} at {hour}:{:02}{half}",
            Self(utc).to_plain_date(),
            utc.minute()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_date_times_with_a_zone_are_moments() {
        for good in [
            "2026-11-25T12:00:00Z",
            "2026-11-25T12:00:00.125Z",
            "2026-11-25T12:00:00+01:00",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2024-02-29T00:00:00-11:30",
        ] {
            assert!(Moment::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "2026-11-25",
            "2026-11-25T12:00:00",
            "2026-11-25 12:00:00Z",
            "2026-11-25t12:00:00Z",
            "2026-11-25T12:00:00z",
            "2026-11-25T24:00:00Z",
            "2026-06-30T23:59:60Z",
            "2026-02-30T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "2026-11-25T12:00Z",
            "2026-11-25T12:00:00+0100",
            "2026-11-25T12:00:00+25:00",
            "1764072000",
            "",
        ] {
            assert!(Moment::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn moments_are_shown_in_plain_words() {
        let moment = Moment::parse("2026-11-05T14:05:09+00:00").expect("a moment");
        assert_eq!(moment.to_plain_date(), "5 November 2026");
        assert_eq!(moment.to_plain_moment(), "5 November 2026 at 2:05pm");
        assert_eq!(moment.to_rfc3339(), "2026-11-05T14:05:09Z");
    }

    #[test]
    fn zones_do_not_change_the_order() {
        let london = Moment::parse("2026-06-01T12:00:00+01:00").expect("a moment");
        let utc = Moment::parse("2026-06-01T11:00:00Z").expect("a moment");
        assert_eq!(london, utc);
        assert_eq!(london.seconds_since(utc), 0);
    }
}

//! Dates and moments as text, judged without building anything.
//!
//! [`is_date_time`] accepts exactly what [`crate::clock::Moment::parse`]
//! accepts (a property test holds them together); it exists because a badge
//! has up to a dozen dates and the shape check must stay under microseconds.

/// Longest text looked at; a fraction of a second has no end of its own.
const LONGEST: usize = 64;

/// Whether `text` is an RFC 3339 date and time with a zone: `DateTimeZ` of the
/// Open Badges data model, years 0001 to 9999, no leap second, no `24:00:00`.
///
/// ```
/// use countersign::credential::date::is_date_time;
/// assert!(is_date_time("2026-11-25T12:00:00Z"));
/// assert!(!is_date_time("2026-11-25T12:00:00"));
/// ```
#[must_use]
pub fn is_date_time(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', rest @ ..] = text.as_bytes() else {
        return false;
    };
    let [h1, h2, b':', i1, i2, b':', s1, s2, rest @ ..] = rest else {
        return false;
    };
    text.len() <= LONGEST
        && is_day(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])
        && is_number_up_to(&[*h1, *h2], 23)
        && is_number_up_to(&[*i1, *i2], 59)
        && is_number_up_to(&[*s1, *s2], 59)
        && without_fraction(rest).is_some_and(is_zone)
}

/// Whether `text` is a calendar date: `Date` of the Open Badges data model.
#[must_use]
pub fn is_date(text: &str) -> bool {
    match text.as_bytes() {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
            is_day(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])
        }
        _ => false,
    }
}

fn is_day(year: &[u8], month: &[u8], day: &[u8]) -> bool {
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    year > 0 && (1..=days).contains(&day)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| {
        digit
            .is_ascii_digit()
            .then(|| sum * 10 + u32::from(digit - b'0'))
    })
}

fn is_number_up_to(digits: &[u8], most: u32) -> bool {
    number(digits).is_some_and(|number| number <= most)
}

fn without_fraction(rest: &[u8]) -> Option<&[u8]> {
    let [b'.', fraction @ ..] = rest else {
        return Some(rest);
    };
    let end = fraction
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .filter(|end| *end > 0)?;
    fraction.get(end..)
}

fn is_zone(rest: &[u8]) -> bool {
    match rest {
        [b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            is_number_up_to(&[*h1, *h2], 23) && is_number_up_to(&[*m1, *m2], 59)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Moment;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_date_time(text), expected, "{text}");
        assert_eq!(Moment::parse(text).is_ok(), expected, "Moment: {text}");
    }

    #[test]
    fn a_moment_has_a_zone_and_exists() {
        for text in [
            "2026-11-25T12:00:00Z",
            "2026-11-25T12:00:00.447Z",
            "2026-11-25T12:00:00.123456789012+01:00",
            "2023-02-25T19:10:39-06:00",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2024-02-29T23:59:59+23:59",
            "2000-02-29T00:00:00-00:00",
        ] {
            check(text, true);
        }
        for text in [
            "",
            "2026-11-25",
            "2026-11-25T12:00Z",
            "2026-11-25T12:00:00",
            "2026-11-25T12:00:00.Z",
            "2026-11-25T12:00:00,5Z",
            "2026-11-25t12:00:00Z",
            "2026-11-25T12:00:00z",
            "2026-11-25 12:00:00Z",
            "2026-11-25T24:00:00Z",
            "2026-11-25T12:60:00Z",
            "2026-06-30T23:59:60Z",
            "2026-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "2026-11-25T12:00:00+0100",
            "2026-11-25T12:00:00+24:00",
            "2026-11-25T12:00:00+01:60",
            "2026-11-25T12:00:00Z ",
            " 2026-11-25T12:00:00Z",
            "2026-11-25T12:00:00\u{2212}01:00",
            "Sat 25 Feb 2023 07:16:31 PM CST",
            "1764072000",
        ] {
            check(text, false);
        }
        let endless = format!("2026-11-25T12:00:00.{}Z", "0".repeat(LONGEST));
        check(&endless, false);
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        for (text, expected) in [
            ("2008-02-29", true),
            ("2009-02-29", false),
            ("2009-2-9", false),
            ("0000-01-01", false),
            ("2009-01-01T00:00:00Z", false),
            ("20090101", false),
            ("2009-01-32", false),
        ] {
            assert_eq!(is_date(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_clock(
            text in r"[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,12})?(Z|[+-][0-2][0-9]:[0-6][0-9])?"
        ) {
            prop_assert_eq!(is_date_time(&text), Moment::parse(&text).is_ok());
        }
    }
}

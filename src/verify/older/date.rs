//! Dates, as the editions wrote them.

use super::version::Version;
use crate::clock::Moment;
use crate::json::Value;

/// Which end of a day a date without a time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// An award counts from the start of its day.
    Start,
    /// A badge lasts to the end of its last day.
    End,
}

/// Digits below this (nine of them) are no seconds but a year.
const FIRST_SECOND: i64 = 100_000_000;

/// Open Badges 2 wants ISO 8601 with a zone. Open Badges 1 also had seconds
/// since 1970, dates without a time, and times without a zone, which are read
/// as UTC.
pub(super) fn moment(value: &Value<'_>, version: Version, edge: Edge) -> Option<Moment> {
    if let Some(text) = value.as_str()
        && let Ok(moment) = Moment::parse(text)
    {
        return Some(moment);
    }
    if version.is_two() {
        return None;
    }
    match value {
        Value::Number(number) => number.as_i64().and_then(unix),
        Value::String(text) => text
            .parse()
            .ok()
            .filter(|seconds| *seconds >= FIRST_SECOND)
            .and_then(unix)
            .or_else(|| Moment::parse(&format!("{text}Z")).ok())
            .or_else(|| {
                let time = match edge {
                    Edge::Start => "00:00:00",
                    Edge::End => "23:59:59",
                };
                Moment::parse(&format!("{text}T{time}Z")).ok()
            }),
        _ => None,
    }
}

fn unix(seconds: i64) -> Option<Moment> {
    Moment::from_unix(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, version: Version, edge: Edge, expected: Option<&str>) {
        let value = crate::json::parse(text.as_bytes()).expect("JSON");
        let read = moment(&value, version, edge).map(Moment::to_rfc3339);
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn two_wants_a_time_with_a_zone() {
        let two = |text, expected| check(text, Version::V2_0, Edge::Start, expected);
        two(
            r#""2016-12-31T23:59:59+00:00""#,
            Some("2016-12-31T23:59:59Z"),
        );
        two(r#""2016-12-31T23:59:59.5Z""#, Some("2016-12-31T23:59:59Z"));
        for refused in [
            "1483228799",
            r#""1483228799""#,
            r#""2016-12-31""#,
            r#""2016-12-31T23:59:59""#,
            r#""yesterday""#,
            "null",
            "[]",
        ] {
            two(refused, None);
        }
    }

    #[test]
    fn one_also_has_seconds_and_days() {
        let one = |text, edge, expected| check(text, Version::V1_0, edge, expected);
        one("1326758400", Edge::Start, Some("2012-01-17T00:00:00Z"));
        one(r#""1326758400""#, Edge::Start, Some("2012-01-17T00:00:00Z"));
        one(r#""2012-01-17""#, Edge::Start, Some("2012-01-17T00:00:00Z"));
        one(r#""2012-01-17""#, Edge::End, Some("2012-01-17T23:59:59Z"));
        one(
            r#""2012-01-17T12:00:00""#,
            Edge::End,
            Some("2012-01-17T12:00:00Z"),
        );
        for refused in [
            "1326758400.5",
            "9007199254740991",
            r#""2012-02-30""#,
            r#""17/01/2012""#,
            r#""2012""#,
            r#""""#,
            "true",
        ] {
            one(refused, Edge::Start, None);
        }
    }
}

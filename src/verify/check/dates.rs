//! The badge has started and has not expired (Open Badges 3.0 §8.4 step 8).

use crate::clock::{Moment, NotAMoment};
use crate::json::Object;
use crate::limits;
use crate::verify::report::Finding;

/// The members that say when a credential begins and ends, in the 2.0 and the
/// 1.1 form.
pub(in crate::verify) fn span<'d>(
    credential: &'d Object<'_>,
) -> (Option<&'d str>, Option<&'d str>) {
    let either = |new: &str, old: &str| credential.text(new).or_else(|| credential.text(old));
    (
        either("validFrom", "issuanceDate"),
        either("validUntil", "expirationDate"),
    )
}

/// The narrowest span of all the dates given: a credential in the 1.1 form may
/// carry members of both.
fn narrowest(credential: &Object<'_>) -> Result<(Option<Moment>, Option<Moment>), NotAMoment> {
    let read = |member: &str| match credential.get(member) {
        None => Ok(None),
        Some(value) => value
            .as_str()
            .ok_or(NotAMoment)
            .and_then(Moment::parse)
            .map(Some),
    };
    let from = [read("validFrom")?, read("issuanceDate")?]
        .into_iter()
        .flatten()
        .max();
    let until = [read("validUntil")?, read("expirationDate")?]
        .into_iter()
        .flatten()
        .min();
    Ok((from, until))
}

/// Equality is still valid; clocks may differ by the allowed skew at the start.
pub(in crate::verify) fn check(credential: &Object<'_>, now: Moment) -> Finding {
    let Ok((from, until)) = narrowest(credential) else {
        return Finding::fails("date_invalid", "a date is not one");
    };
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        return Finding::fails("date_invalid", "the badge ends before it begins");
    }
    if let Some(from) = from
        && from.seconds_since(now) > limits::CLOCK_SKEW_SECONDS
    {
        return Finding::fails("not_yet_valid", format!("valid from {}", from.to_rfc3339()))
            .at(from);
    }
    match until {
        Some(until) if now > until => {
            Finding::fails("expired", format!("valid until {}", until.to_rfc3339())).at(until)
        }
        Some(until) => Finding::holds().at(until),
        None => Finding::holds(),
    }
}

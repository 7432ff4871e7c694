//! Times in whole seconds.

use crate::clock::Moment;
use crate::issue::lint::{Broken, Context, Lint, Severity, designs};

pub(super) static LINT: Lint = Lint {
    name: "whole_seconds",
    citation: "RFC 7519 §2 NumericDate, Open Badges 3.0 §8.2.4.1; OB3-DM-17",
    sentence: "Times are in whole seconds, so that a token can say the same.",
    severity: Severity::Error,
    applies: designs,
    broken,
};

const TIMES: [&str; 5] = [
    "validFrom",
    "validUntil",
    "awardedDate",
    "activityStartDate",
    "activityEndDate",
];

fn broken(context: &Context<'_>) -> Option<Broken> {
    let places = context
        .own_texts()
        .filter(|(node, text)| {
            TIMES.contains(&node.name) && Moment::parse(text).is_ok() && text.contains('.')
        })
        .map(|(node, _)| {
            context.place(node, LINT.name, "has a fraction of a second; leave it out")
        });
    Broken::at(&LINT, places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn seconds_are_whole() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for place in [
            "/validFrom",
            "/validUntil",
            "/awardedDate",
            "/credentialSubject/activityStartDate",
            "/credentialSubject/activityEndDate",
        ] {
            trial.bad_there(place, r#""2026-03-02T09:00:00.5Z""#);
            trial.bad_there(place, r#""2026-03-02T09:00:00.000Z""#);
            trial.bad_there(place, r#""2026-03-02T09:00:00.000000001+01:00""#);
        }
        Trial::status_list(&LINT).bad_there("/validFrom", r#""2026-01-01T00:00:00.1Z""#);
    }
}

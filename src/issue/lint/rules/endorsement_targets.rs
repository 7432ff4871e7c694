//! What embedded endorsements are about.

use crate::credential::read::{Credential, Endorsement};
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, badges};
use crate::json::Value;
use crate::limits;

pub(super) static LINT: Lint = Lint {
    name: "endorsement_targets",
    citation: "Open Badges 3.0 §B.1 EndorsementSubject, §8.6; OB3-END-02, L-13",
    sentence: "An embedded endorsement is about the thing it lies in, and there are not too many.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut places = Vec::new();
    let mut all = 0;
    for attached in Credential::new(context.object()).endorsements() {
        all += 1;
        let Endorsement::Embedded(endorsement) = attached.endorsement else {
            continue;
        };
        let about = endorsement
            .get("credentialSubject")
            .and_then(|subject| subject.get("id"))
            .and_then(Value::as_str);
        if about.is_some() && about == attached.host_id {
            continue;
        }
        let node = context
            .nodes()
            .find(|node| std::ptr::eq(node.value, endorsement));
        places.extend(node.map(|node| {
            context.place_in(
                node,
                "credentialSubject",
                "endorsement_of_other",
                "is about something else than what it lies in",
            )
        }));
    }
    if all > limits::ENDORSEMENTS {
        places.push(Place::new(
            "",
            "endorsement_too_many",
            format!("has more than {} endorsements", limits::ENDORSEMENTS),
        ));
    }
    Broken::at(&LINT, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::{BADGE, Trial, signed_endorsement, value};

    fn about(id: &str) -> String {
        format!("[{}]", signed_endorsement(id))
    }

    #[test]
    fn endorsements_lie_in_what_they_are_about() {
        let badge = value(BADGE);
        let id_of = |path: &[&str]| {
            let host = path
                .iter()
                .fold(&badge, |place, step| place.get(step).expect("a member"));
            host.get("id")
                .and_then(Value::as_str)
                .expect("an id")
                .to_owned()
        };
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        let hosts: [(&str, &[&str]); 3] = [
            ("", &[]),
            ("/issuer", &["issuer"]),
            (
                "/credentialSubject/achievement",
                &["credentialSubject", "achievement"],
            ),
        ];
        for (host, path) in hosts {
            let place = format!("{host}/endorsement");
            trial.good(&[(&place, &about(&id_of(path)))]);
            let wrong = format!("{place}/0/credentialSubject");
            trial.bad((&place, &about("urn:uuid:other")), &wrong);
        }
    }

    #[test]
    fn there_are_not_too_many() {
        let badge = value(BADGE);
        let id = badge.get("id").and_then(Value::as_str).expect("an id");
        let many = |count: usize| {
            let one = signed_endorsement(id);
            let all: Vec<String> = (0..count)
                .map(|at| one.replace("urn:uuid:6e0d7b52", &format!("urn:uuid:6e0d7b{at:02}")))
                .collect();
            format!("[{}]", all.join(","))
        };
        let trial = Trial::badge(&LINT);
        trial.good(&[("/endorsement", &many(16))]);
        trial.bad(("/endorsement", &many(17)), "");
    }
}

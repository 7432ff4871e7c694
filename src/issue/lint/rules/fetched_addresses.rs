//! Addresses that software fetches.

use super::web_addresses::is_https;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges_and_endorsements};

pub(super) static LINT: Lint = Lint {
    name: "fetched_addresses",
    citation: "Bitstring Status List §2.1, Open Badges 3.0 §B.2; SEC-02",
    sentence: "What is fetched to check the credential lies at an https address.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

/// The member that holds the address, by the member that holds the object.
const FETCHED: [(&str, &str); 3] = [
    ("credentialStatus", "statusListCredential"),
    ("credentialSchema", "id"),
    ("refreshService", "id"),
];

fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut places = Vec::new();
    for (node, object) in context.own_objects() {
        let member = FETCHED.iter().find(|(name, _)| *name == node.name);
        if let Some((_, member)) = member
            && let Some(address) = object.text(member)
            && !is_https(address, context.settings().dev)
        {
            places.push(context.place_in(node, member, LINT.name, "must be an https address"));
        }
    }
    Broken::at(&LINT, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn what_is_fetched_is_at_https_addresses() {
        let trial = Trial::badge(&LINT).with(&[
            (
                "/@context/-",
                r#""https://purl.imsglobal.org/spec/ob/v3p0/extensions.json""#,
            ),
            (
                "/credentialSchema",
                r#"[{"id":"https://badges.example.org/s.json","type":"1EdTechJsonSchemaValidator2019"}]"#,
            ),
            (
                "/refreshService",
                r#"{"id":"https://badges.example.org/r","type":"1EdTechCredentialRefresh"}"#,
            ),
        ]);
        trial.good(&[]);
        for place in [
            "/credentialStatus/statusListCredential",
            "/credentialSchema/0/id",
            "/refreshService/id",
        ] {
            for other in [
                r#""http://badges.example.org/1""#,
                r#""file:///etc/passwd""#,
                r#""urn:uuid:11c3f7de-6a02-4a0e-9f53-83f1bb0e6c77""#,
                r#""https://a:b@badges.example.org/1""#,
                r#""http://127.0.0.1/1""#,
            ] {
                trial.bad_there(place, other);
            }
        }
        let trial = trial.set(|settings| settings.dev = true);
        trial.good(&[("/refreshService/id", r#""http://127.0.0.1/1""#)]);
    }
}

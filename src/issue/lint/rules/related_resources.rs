//! What a credential vouches for by a digest.

use crate::issue::lint::{Broken, Context, Lint, Place, Severity, always};
use crate::json::Value;

pub(super) static LINT: Lint = Lint {
    name: "related_resources",
    citation: "VC Data Model 2.0 §5.3",
    sentence: "Every related resource is named once.",
    severity: Severity::Error,
    applies: always,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let resources = context.object().get("relatedResource")?.one_or_many();
    let id = |resource: &Value<'_>| {
        resource
            .get("id")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let mut seen = Vec::new();
    let mut places = Vec::new();
    for (at, resource) in resources.iter().enumerate() {
        let Some(id) = id(resource) else { continue };
        if seen.contains(&id) {
            places.push(Place::new(
                format!("/relatedResource/{at}/id"),
                "MALFORMED_VALUE_ERROR",
                "is named before",
            ));
        }
        seen.push(id);
    }
    Broken::at(&LINT, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Moment;
    use crate::credential::DocumentKind;
    use crate::issue::lint::broken_rules;
    use crate::issue::samples;
    use crate::json;

    fn places(resources: &str) -> Vec<String> {
        let text = format!(r#"{{"type":"VerifiableCredential","relatedResource":{resources}}}"#);
        let document = json::parse(text.as_bytes()).expect("JSON");
        let now: Moment = samples::now();
        let kind = DocumentKind::OtherCredential;
        broken_rules(&document, kind, &samples::settings(), now)
            .into_iter()
            .filter(|broken| *broken.lint == LINT)
            .flat_map(|broken| broken.places)
            .map(|place| place.pointer)
            .collect()
    }

    #[test]
    fn a_resource_is_named_once() {
        assert_eq!(places("[]"), [""; 0]);
        assert_eq!(places(r#"{"id":"urn:a"}"#), [""; 0]);
        assert_eq!(places(r#"[{"id":"urn:a"},{"id":"urn:b"},{},{}]"#), [""; 0]);
        assert_eq!(
            places(r#"[{"id":"urn:a"},{"id":"urn:b"},{"id":"urn:a"}]"#),
            ["/relatedResource/2/id"]
        );
        let three = r#"[{"id":"urn:a"},{"id":"urn:a"},{"id":"urn:a"}]"#;
        assert_eq!(places(three).len(), 2);
    }
}

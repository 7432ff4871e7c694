//! The context of 1EdTech's extension types.

use crate::issue::lint::{Broken, Context, Lint, Severity, badges_and_endorsements};

pub(super) static LINT: Lint = Lint {
    name: "extension_context",
    citation: "Open Badges 3.0 §B.1 (extension types); OB3-CTX-02",
    sentence: "Who uses a type of 1EdTech's extensions names the context that defines it.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

const TYPES: [&str; 3] = [
    "1EdTechJsonSchemaValidator2019",
    "1EdTechRevocationList",
    "1EdTechCredentialRefresh",
];

fn broken(context: &Context<'_>) -> Option<Broken> {
    if context.contexts().any(|address| address == EXTENSIONS) {
        return None;
    }
    let places = context
        .own_texts()
        .filter(|(node, text)| node.name == "type" && TYPES.contains(text))
        .map(|(node, text)| {
            context.place(
                node,
                "context_missing",
                format!("is {text}, which only {EXTENSIONS} defines"),
            )
        });
    Broken::at(&LINT, places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn extension_types_come_with_their_context() {
        let extensions = format!("{EXTENSIONS:?}");
        let schema = r#"[{"id":"https://badges.example.org/s.json","type":"1EdTechJsonSchemaValidator2019"}]"#;
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/credentialSchema", schema), ("/@context/-", &extensions)]);
        trial.bad(("/credentialSchema", schema), "/credentialSchema/0/type");
        trial.bad(
            (
                "/refreshService",
                r#"{"id":"https://badges.example.org/r","type":"1EdTechCredentialRefresh"}"#,
            ),
            "/refreshService/type",
        );
        trial.bad_there("/credentialStatus/type", r#""1EdTechRevocationList""#);
    }
}

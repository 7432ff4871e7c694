//! Schemas that the credential names.

use crate::issue::lint::{Broken, Context, Lint, Place, Severity, badges_and_endorsements};

pub(super) static LINT: Lint = Lint {
    name: "credential_schema",
    citation: "Open Badges 3.0 §B.1 CredentialSchema",
    sentence: "Who names schemas names one of 1EdTech's kind.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

const TYPE: &str = "1EdTechJsonSchemaValidator2019";

fn broken(context: &Context<'_>) -> Option<Broken> {
    let schemas = context.object().get("credentialSchema")?;
    let is_named = schemas
        .one_or_many()
        .iter()
        .any(|schema| schema.get("type").is_some_and(|types| types.includes(TYPE)));
    if is_named {
        return None;
    }
    let place = Place::new(
        "/credentialSchema",
        LINT.name,
        format!("must hold a schema of the type {TYPE}"),
    );
    Broken::at(&LINT, vec![place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn one_schema_is_of_the_known_kind() {
        const SCHEMAS: &str = "/credentialSchema";
        let extensions = (
            "/@context/-",
            r#""https://purl.imsglobal.org/spec/ob/v3p0/extensions.json""#,
        );
        let ours =
            r#"{"id":"https://badges.example.org/s","type":"1EdTechJsonSchemaValidator2019"}"#;
        let other = r#"{"id":"https://badges.example.org/t","type":"JsonSchema"}"#;
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[(SCHEMAS, &format!("[{ours}]")), extensions]);
        trial.good(&[(SCHEMAS, &format!("[{other},{ours}]")), extensions]);
        trial.bad_there(SCHEMAS, &format!("[{other}]"));
        trial.bad_there(SCHEMAS, r#"[{"id":"https://badges.example.org/t"}]"#);
        trial.bad_there(SCHEMAS, "[]");
        trial.bad_there(SCHEMAS, r#""https://badges.example.org/s""#);
    }
}

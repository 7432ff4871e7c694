//! Who the issuer is, for people.

use crate::issue::lint::{Broken, Context, Lint, Place, Severity, badges_and_endorsements};
use crate::json::Value;

pub(super) static LINT: Lint = Lint {
    name: "issuer_profile",
    citation: "Open Badges 3.0 §B.1 ProfileRef; OB3-ISS-04",
    sentence: "The issuer is written as a profile with a name.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let place = match context.object().get("issuer") {
        Some(Value::Object(profile)) => {
            let is_profile = profile
                .get("type")
                .is_some_and(|types| types.includes("Profile"));
            let is_named = profile
                .text("name")
                .is_some_and(|name| !name.trim().is_empty());
            match (is_profile, is_named) {
                (false, _) => Place::new("/issuer/type", LINT.name, "must include Profile"),
                (true, false) => {
                    Place::new("/issuer/name", LINT.name, "is needed: readers show it")
                }
                (true, true) => return None,
            }
        }
        _ => Place::new(
            "/issuer",
            LINT.name,
            "must be a profile, not only an identifier",
        ),
    };
    Broken::at(&LINT, vec![place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::{ISSUER, Trial};

    #[test]
    fn an_issuer_has_a_name() {
        for trial in [Trial::badge(&LINT), Trial::endorsement(&LINT)] {
            trial.good(&[]);
            trial.bad_there("/issuer", "");
            trial.bad_there("/issuer", &format!("{ISSUER:?}"));
            trial.bad_there("/issuer/name", "");
            trial.bad_there("/issuer/name", r#"" ""#);
            trial.bad_there("/issuer/name", "7");
            trial.bad_there("/issuer/type", "");
            trial.bad_there("/issuer/type", r#"["Organization"]"#);
        }
    }
}

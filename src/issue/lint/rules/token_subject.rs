//! The subject of a token.

use crate::credential::read::Credential;
use crate::issue::Seal;
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "token_subject",
    citation: "Open Badges 3.0 §8.2.4.1 (sub is required); OB3-JWT-02",
    sentence: "A credential that becomes a token has a subject with an id.",
    severity: Severity::Error,
    applies: always,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let needed = context.settings().seal == Seal::VcJwt;
    if !needed || Credential::new(context.object()).subject_id().is_some() {
        return None;
    }
    let place = Place::new(
        "/credentialSubject/id",
        LINT.name,
        "is needed for a token: add a urn:uuid, or use an embedded proof",
    );
    Broken::at(&LINT, vec![place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn tokens_have_a_subject() {
        const ID: &str = "/credentialSubject/id";
        Trial::badge(&LINT).good(&[(ID, "")]);
        let trial = Trial::badge(&LINT).set(|settings| settings.seal = Seal::VcJwt);
        trial.good(&[]);
        trial.bad_there(ID, "");
        trial.bad_there(ID, "7");
        trial.bad_there(ID, r#"["urn:uuid:s"]"#);
    }
}

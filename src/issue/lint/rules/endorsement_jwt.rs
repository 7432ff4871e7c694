//! Endorsements as tokens, and which seal covers them.

use crate::issue::Seal;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges};

pub(super) static LINT: Lint = Lint {
    name: "endorsement_jwt",
    citation: "Open Badges 3.0 context 3.0.3, changed in June 2026; OB3-CTX-04",
    sentence: "Endorsements that are tokens come only in a badge that is a token itself.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

/// Two documents circulate as context 3.0.3, and one of them does not know the
/// term: half the world would not find the proof to hold.
fn broken(context: &Context<'_>) -> Option<Broken> {
    if context.settings().seal == Seal::VcJwt {
        return None;
    }
    let places = context
        .nodes()
        .filter(|node| node.member() == Some("endorsementJwt"))
        .map(|node| {
            context.place(
                node,
                LINT.name,
                "may not be in a badge with an embedded proof; use endorsement",
            )
        });
    Broken::at(&LINT, places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;
    use crate::proof::Suite;

    #[test]
    fn tokens_are_sealed_by_tokens() {
        const TOKENS: &str = r#"["ey.ey.ab"]"#;
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for place in [
            "/endorsementJwt",
            "/issuer/endorsementJwt",
            "/credentialSubject/achievement/endorsementJwt",
            "/credentialSubject/achievement/creator/endorsementJwt",
        ] {
            trial.bad_there(place, TOKENS);
            Trial::badge(&LINT)
                .set(|settings| settings.seal = Seal::Embedded(Suite::EddsaJcs2022))
                .bad_there(place, TOKENS);
            Trial::badge(&LINT)
                .set(|settings| settings.seal = Seal::VcJwt)
                .good(&[(place, TOKENS)]);
        }
    }
}

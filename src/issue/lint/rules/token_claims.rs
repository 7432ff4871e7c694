//! Members that are claims of a token.

use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "token_claims",
    citation: "Open Badges 3.0 §8.2.4.1, RFC 7519 §4.1; OB3-JWT-02",
    sentence: "The claims of a token are added by signing, not by the draft.",
    severity: Severity::Error,
    applies: always,
    broken,
};

const CLAIMS: [&str; 9] = ["iss", "sub", "jti", "nbf", "exp", "iat", "aud", "cnf", "vc"];

fn broken(context: &Context<'_>) -> Option<Broken> {
    let at_top = context.nodes().filter(|node| {
        node.member().is_some_and(|member| CLAIMS.contains(&member))
            && context
                .parent_of(node)
                .is_some_and(|parent| std::ptr::eq(parent, context.object()))
    });
    let places =
        at_top.map(|node| context.place(node, LINT.name, "is a claim of a token; leave it out"));
    Broken::at(&LINT, places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::Seal;
    use crate::issue::samples::Trial;

    #[test]
    fn claims_are_not_members() {
        for seal in [None, Some(Seal::VcJwt)] {
            let trial = Trial::badge(&LINT).set(|settings| {
                settings.seal = seal.unwrap_or(settings.seal);
            });
            trial.good(&[]);
            for (claim, value) in [
                ("/iss", r#""did:web:badges.example.org""#),
                ("/sub", r#""urn:uuid:s""#),
                ("/jti", r#""urn:uuid:c""#),
                ("/nbf", "1772442000"),
                ("/exp", "1772442000"),
                ("/iat", "1772442000"),
                ("/aud", r#""urn:uuid:a""#),
                ("/vc", "{}"),
            ] {
                trial.bad_there(claim, value);
            }
        }
    }
}

//! How good a salt is.

use super::identity_hash::hashed;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges};

pub(super) static LINT: Lint = Lint {
    name: "salt_strength",
    citation: "OB3-REC-03",
    sentence: "A salt has 128 bits: 32 hexadecimal digits.",
    severity: Severity::Warning,
    applies: badges,
    broken,
};

const GOOD_DIGITS: usize = 32;

fn broken(context: &Context<'_>) -> Option<Broken> {
    let places = hashed(context)
        .filter(|(_, identity)| {
            identity
                .text("salt")
                .is_some_and(|salt| salt.len() < GOOD_DIGITS)
        })
        .map(|(node, _)| {
            context.place_in(node, "salt", LINT.name, "should have 32 digits or more")
        });
    Broken::at(&LINT, places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn a_short_salt_is_worth_a_word() {
        const SALT: &str = "/credentialSubject/identifier/0/salt";
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[(SALT, &format!("\"{}\"", "a".repeat(64)))]);
        trial.good(&[("/credentialSubject/identifier", "")]);
        for length in [16, 24, 31] {
            trial.bad_there(SALT, &format!("\"{}\"", "a".repeat(length)));
        }
    }
}

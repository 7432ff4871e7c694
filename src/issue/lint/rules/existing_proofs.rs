//! Proofs that the draft came with.

use crate::issue::lint::{Broken, Context, Lint, Place, Severity, always};
use crate::json::{Object, Value};
use crate::limits;
use crate::proof::{Error, Options, Suite};

pub(super) static LINT: Lint = Lint {
    name: "existing_proofs",
    citation: "VC Data Integrity §2.1.1 (proof sets), §2.1; SEC-35, L-13",
    sentence: "Proofs that are there already form a set that can be checked, with room for one more.",
    severity: Severity::Error,
    applies: always,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let proof = context.object().get("proof")?;
    let proofs = proof.one_or_many();
    let mut places = Vec::new();
    if proofs.len() >= limits::PROOFS {
        places.push(Place::new(
            "/proof",
            "proof_too_many",
            format!("may hold {} proofs at most", limits::PROOFS - 1),
        ));
    }
    for (at, one) in proofs.iter().enumerate() {
        let pointer = if matches!(proof, Value::Array(_)) {
            format!("/proof/{at}")
        } else {
            "/proof".to_owned()
        };
        let refused = one.as_object().map_or(Err(Refused::NotAnObject), check);
        if let Err(refused) = refused {
            places.push(refused.at(pointer));
        }
    }
    Broken::at(&LINT, places)
}

enum Refused {
    NotAnObject,
    Form(Error),
    Purpose,
    Chain,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Form(error)
    }
}

impl Refused {
    fn at(self, pointer: String) -> Place {
        let code = Error::Value.code();
        match self {
            Self::NotAnObject => Place::new(pointer, code, "must be a proof"),
            Self::Form(error) => Place::new(pointer, error.code(), error.to_string()),
            Self::Purpose => Place::new(
                format!("{pointer}/proofPurpose"),
                code,
                "must be assertionMethod",
            ),
            Self::Chain => Place::new(
                format!("{pointer}/previousProof"),
                code,
                "makes a chain; proofs in a badge are a set",
            ),
        }
    }
}

fn check(proof: &Object<'_>) -> Result<(), Refused> {
    let options = Options::read(proof)?;
    if options.purpose != "assertionMethod" {
        return Err(Refused::Purpose);
    }
    if proof.contains("previousProof") {
        return Err(Refused::Chain);
    }
    // A selective disclosure proof is not a plain signature.
    if options.suite != Suite::EcdsaSd2023 {
        options.signature()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    fn proof(member: &str, value: &str) -> String {
        let mut members = vec![
            ("type", r#""DataIntegrityProof""#),
            ("cryptosuite", r#""eddsa-rdfc-2022""#),
            ("created", r#""2026-03-02T09:00:00Z""#),
            ("verificationMethod", r#""did:web:other.example#key-1""#),
            ("proofPurpose", r#""assertionMethod""#),
            ("proofValue", r#""z5x9aCBYovW3CQCbKdNyhEm7""#),
        ];
        members.retain(|(name, _)| *name != member);
        if !value.is_empty() {
            members.push((member, value));
        }
        let members: Vec<String> = members
            .iter()
            .map(|(name, value)| format!("{name:?}:{value}"))
            .collect();
        format!("{{{}}}", members.join(","))
    }

    #[test]
    fn a_set_of_proofs_may_grow() {
        let plain = proof("", "");
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/proof", &plain)]);
        trial.good(&[("/proof", &format!("[{plain}]"))]);
        trial.good(&[("/proof", &proof("cryptosuite", r#""ecdsa-jcs-2019""#))]);
        let seven = vec![plain.clone(); 7].join(",");
        trial.good(&[("/proof", &format!("[{seven}]"))]);
        trial.bad_there("/proof", &format!("[{seven},{plain}]"));
    }

    #[test]
    fn proofs_that_nobody_can_check_are_refused() {
        let trial = Trial::badge(&LINT);
        for (member, value) in [
            ("type", r#""OtherProof""#),
            ("type", ""),
            ("cryptosuite", r#""bbs-2023""#),
            ("cryptosuite", ""),
            ("created", r#""2026-03-02""#),
            ("verificationMethod", ""),
            ("verificationMethod", r#"["did:web:other.example#key-1"]"#),
            ("proofPurpose", ""),
            ("proofValue", ""),
            ("proofValue", r#""u5x9aCBYovW3CQCbKdNyhEm7""#),
            ("proofValue", r#""z0OIl""#),
        ] {
            trial.bad_there("/proof", &proof(member, value));
        }
        trial.bad(
            ("/proof", &proof("proofPurpose", r#""authentication""#)),
            "/proof/proofPurpose",
        );
        let chained = proof("previousProof", r#""urn:uuid:p""#);
        trial.bad(
            ("/proof", &format!("[{chained}]")),
            "/proof/0/previousProof",
        );
        trial.bad_there("/proof", r#""z5x9""#);
        trial.bad(("/proof", r#"["z5x9"]"#), "/proof/0");
    }
}

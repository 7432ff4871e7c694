//! Every member has a meaning and is covered by the signature.

use crate::canon::{Edition, Mode, Nothing, Unmapped, engine};
use crate::canon::{Error as CanonError, rdfc::Hash};
use crate::json::{Object, Value};
use crate::proof::{Digester, Error as ProofError, Form, Reading, Suite};
use crate::verify::desk::Desk;
use crate::verify::report::{Finding, Report};

/// How the document is signed, as far as its terms depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) enum Covered {
    /// By its statements: a term without meaning would not be covered.
    Statements,
    /// By its JSON, every byte of it.
    Json,
}

/// How the proofs of `document` cover it: by its JSON only if all of them do.
pub(in crate::verify) fn covered(proofs: &[&Object<'_>]) -> Covered {
    let all_json = !proofs.is_empty()
        && proofs
            .iter()
            .all(|proof| Suite::of(proof).is_some_and(|suite| suite.form() == Form::Jcs));
    if all_json {
        Covered::Json
    } else {
        Covered::Statements
    }
}

/// Reads the document in safe mode.
pub(in crate::verify) fn check(
    desk: &Desk<'_>,
    report: &mut Report,
    document: &Value<'_>,
    covered: Covered,
) -> Finding {
    let outcome = match covered {
        // The digest is needed for the proof anyway, and is remembered.
        Covered::Statements => desk
            .document_digest(
                document,
                &[],
                Digester::new(Form::Rdfc, Hash::Sha256, Reading::STANDARD),
            )
            .map(drop)
            .map_err(|error| match error {
                ProofError::Canon(error) => error,
                _ => CanonError::Unsupported {
                    feature: "this document",
                },
            }),
        Covered::Json => read(document, Unmapped::Refused),
    };
    match outcome {
        Ok(()) => Finding::holds(),
        Err(CanonError::UnmappedTerm { .. }) if covered == Covered::Json => {
            match read(document, Unmapped::Passed) {
                Ok(()) => {
                    report.note(
                        "unmapped_terms",
                        "the badge holds members without a defined meaning; they are signed",
                    );
                    Finding::holds()
                }
                Err(error) => refusal(&error),
            }
        }
        Err(error) => refusal(&error),
    }
}

fn read(document: &Value<'_>, unmapped: Unmapped) -> Result<(), CanonError> {
    let mode = Mode {
        unmapped,
        ..Mode::strict()
    };
    engine(Edition::Newest).read(document, Some("proof"), &mode, &mut Nothing)
}

fn refusal(error: &CanonError) -> Finding {
    if error.is_unknown() {
        Finding::unknown(error.code(), error.to_string())
    } else {
        Finding::fails(error.code(), error.to_string())
    }
}

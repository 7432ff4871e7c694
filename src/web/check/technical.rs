//! What specialists ask for: identifiers, seals, and each check with its code.
//!
//! **Promises.** Codes and names of checks are ours. Texts that a badge could
//! have put there are shown only if its seal holds.

use crate::verify::{Report, Verified};
use crate::web::shown;

/// The technical details of a check.
#[derive(Debug, Clone, Default)]
pub struct Technical {
    /// Identifiers, each with what it is.
    pub identifiers: Vec<(&'static str, String)>,
    /// Each check.
    pub checks: Vec<Row>,
    /// Each seal.
    pub seals: Vec<Row>,
    /// Remarks.
    pub notes: Vec<Row>,
    /// When the check was made.
    pub checked_at: String,
}

/// A check, a seal or a remark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What was looked at.
    pub what: String,
    /// How it ended.
    pub state: &'static str,
    /// Why.
    pub code: &'static str,
    /// The same in a sentence.
    pub detail: String,
}

impl Technical {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        let row = |what: &str| Row {
            what: what.to_owned(),
            state: "holds",
            code: "ok",
            detail: "nothing to add".to_owned(),
        };
        Self {
            identifiers: vec![("Issuer", "did:web:northmarch.badges.example.org".to_owned())],
            checks: vec![row("format"), row("proof")],
            seals: vec![row("eddsa-rdfc-2022")],
            notes: vec![row("note")],
            checked_at: "2026-11-21T10:14:00Z".to_owned(),
        }
    }

    /// The details of a report.
    #[must_use]
    pub fn of(report: &Report, verified: Option<&Verified>) -> Self {
        // What a stranger wrote must not speak from our page.
        let told = |text: &str| match verified {
            Some(_) => shown::line(text),
            None => String::new(),
        };
        let checks = report.findings().map(|(check, finding)| Row {
            what: check.id().to_owned(),
            state: finding.state.id(),
            code: finding.code,
            detail: told(&finding.detail),
        });
        let seals = report.proofs.iter().map(|proof| Row {
            what: match told(&format!("{} {}", proof.suite, proof.method)) {
                hidden if hidden.is_empty() => "a seal".to_owned(),
                seal => seal,
            },
            state: proof.finding.state.id(),
            code: proof.finding.code,
            detail: told(&proof.finding.detail),
        });
        let endorsements = report.endorsements.iter().map(|one| Row {
            what: "endorsement".to_owned(),
            state: one.finding.state.id(),
            code: one.finding.code,
            detail: told(&one.path),
        });
        let notes = report.notes.iter().map(|note| Row {
            what: "note".to_owned(),
            state: "",
            code: note.code,
            detail: told(&note.text),
        });
        Self {
            identifiers: verified.map(identifiers).unwrap_or_default(),
            checks: checks.collect(),
            seals: seals.collect(),
            notes: endorsements.chain(notes).collect(),
            checked_at: report.checked_at.to_rfc3339(),
        }
    }
}

fn identifiers(verified: &Verified) -> Vec<(&'static str, String)> {
    let all = [
        ("Credential", &verified.id),
        ("Issuer", &verified.issuer_id),
        ("Achievement", &verified.achievement_id),
        ("Achievement type", &verified.achievement_type),
        ("Subject", &verified.subject_id),
        ("Valid from", &verified.valid_from),
        ("Valid until", &verified.valid_until),
    ];
    all.into_iter()
        .filter_map(|(label, value)| Some((label, shown::line(value.as_deref()?))))
        .collect()
}

//! Data Integrity proofs: each judged by itself, then folded.

use super::method::{self, FoundKey};
use crate::canon::Edition;
use crate::clock::Moment;
use crate::did::Relationship;
use crate::json::{Object, Value, beginning};
use crate::limits;
use crate::proof::{Digester, Error, Form, Options, Reading, Suite, proof_digest, sd};
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Finding, ProofReport, Report, State};

/// What the proofs are about, and for.
#[derive(Clone, Copy)]
pub(in crate::verify) struct Sealed<'d> {
    pub(in crate::verify) document: &'d Value<'d>,
    pub(in crate::verify) proofs: &'d [&'d Object<'d>],
    /// Who must have signed; nobody in particular for a presentation without
    /// a holder.
    pub(in crate::verify) signer: Option<&'d str>,
    pub(in crate::verify) relationship: Relationship,
}

/// What all proofs together say.
#[derive(Debug, Clone)]
pub(in crate::verify) struct Outcome {
    pub(in crate::verify) proof: Finding,
    pub(in crate::verify) issuer: Finding,
    pub(in crate::verify) key: Finding,
}

/// One proof: its report, and the state of its key.
struct Judged {
    report: ProofReport,
    key: Finding,
}

/// Judges every proof. Authentic means: at least one supported proof of the
/// issuer's key holds, and no supported proof fails.
pub(in crate::verify) fn check(
    desk: &Desk<'_>,
    report: &mut Report,
    sealed: &Sealed<'_>,
) -> Asking<Outcome> {
    if sealed.proofs.is_empty() {
        return Ok(Outcome::only(Finding::fails(
            "proof_missing",
            "the badge has no seal",
        )));
    }
    if sealed.proofs.len() > limits::PROOFS {
        return Ok(Outcome::only(Finding::unknown(
            "proof_too_many",
            "the badge has too many seals",
        )));
    }
    let mut judged = Vec::new();
    for proof in sealed.proofs {
        judged.push(judge(desk, sealed, proof)?);
    }
    report.proofs = judged.iter().map(|judged| judged.report.clone()).collect();
    Ok(fold(&judged))
}

impl Outcome {
    /// Whether the seal holds only under the older copy of context 3.0.3.
    pub(in crate::verify) fn is_older_copy(&self) -> bool {
        self.proof.code == "context_copy_2025_04"
    }

    pub(in crate::verify) fn only(proof: Finding) -> Self {
        Self {
            proof,
            issuer: Finding::not_reached("not_reached"),
            key: Finding::not_reached("not_reached"),
        }
    }
}

fn fold(judged: &[Judged]) -> Outcome {
    let with = |state: State| {
        judged
            .iter()
            .find(move |judged| judged.report.finding.state == state)
    };
    if let Some(failed) = with(State::Fails) {
        return Outcome::only(failed.report.finding.clone());
    }
    let mut by_issuer = judged
        .iter()
        .filter(|judged| judged.report.finding.state == State::Holds && judged.report.by_issuer);
    if let Some(first) = by_issuer.clone().next() {
        // A badge may carry proofs of an old and of a new key: one key in good
        // order is enough.
        let key = by_issuer
            .find(|judged| judged.key.state == State::Holds)
            .map_or(&first.key, |judged| &judged.key);
        return Outcome {
            proof: first.report.finding.clone(),
            issuer: Finding::holds(),
            key: key.clone(),
        };
    }
    // "The issuer could not be reached" is more use than "one seal is of a kind
    // we do not know".
    let unknown = judged
        .iter()
        .filter(|judged| judged.report.finding.state == State::Unknown)
        .min_by_key(|judged| judged.report.finding.code == "proof_unsupported");
    match (with(State::Holds), unknown) {
        (_, Some(unknown)) => Outcome::only(unknown.report.finding.clone()),
        (Some(_), None) => Outcome {
            proof: Finding::holds(),
            issuer: Finding::fails(
                "verification_method_mismatch",
                "the badge is sealed with the key of somebody else than its issuer",
            ),
            key: Finding::not_reached("not_reached"),
        },
        (None, None) => Outcome::only(Finding::fails("proof_missing", "the badge has no seal")),
    }
}

fn judge(desk: &Desk<'_>, sealed: &Sealed<'_>, proof: &Object<'_>) -> Asking<Judged> {
    let mut report = ProofReport {
        suite: beginning(
            proof
                .text("cryptosuite")
                .or(proof.text("type"))
                .unwrap_or_default(),
            64,
        ),
        method: beginning(proof.text("verificationMethod").unwrap_or_default(), 300),
        finding: Finding::not_reached("not_reached"),
        controller: None,
        by_issuer: false,
    };
    let mut key = Finding::not_reached("not_reached");
    match judge_steps(desk, sealed, proof)? {
        Err(finding) => report.finding = finding,
        Ok(steps) => {
            let controller = &steps.found.controller;
            report.by_issuer = sealed.signer.is_none_or(|signer| signer == controller);
            report.controller = Some(controller.clone());
            key = key_and_expiry(desk, steps.expires, &steps.found);
            report.finding = steps.finding;
        }
    }
    Ok(Judged { report, key })
}

/// An expired proof is a matter of being current, not of being genuine.
fn key_and_expiry(desk: &Desk<'_>, expires: Option<Moment>, found: &FoundKey) -> Finding {
    if let Some(expires) = expires
        && expires < desk.now
    {
        return Finding::fails(
            "proof_expired",
            format!("the seal expired on {}", expires.to_rfc3339()),
        )
        .at(expires);
    }
    method::key_state(found, desk.now)
}

fn refusal(error: &Error) -> Finding {
    if error.is_unknown() {
        Finding::unknown(error.code(), error.to_string())
    } else {
        Finding::fails(error.code(), error.to_string())
    }
}

/// A proof that holds.
struct Steps {
    found: FoundKey,
    finding: Finding,
    expires: Option<Moment>,
}

/// VC Data Integrity §4.3 Verify Proof, in order.
fn judge_steps(
    desk: &Desk<'_>,
    sealed: &Sealed<'_>,
    proof: &Object<'_>,
) -> Asking<Result<Steps, Finding>> {
    let options = match Options::read(proof) {
        Ok(options) => options,
        Err(error) => return Ok(Err(refusal(&error))),
    };
    if options.purpose != sealed.relationship.name() {
        return Ok(Err(Finding::fails(
            "PROOF_VERIFICATION_ERROR",
            "the seal was made for another purpose",
        )));
    }
    if let Some(created) = options.created
        && created.seconds_since(desk.now) > limits::CLOCK_SKEW_SECONDS
    {
        return Ok(Err(Finding::fails(
            "proof_in_future",
            "the seal says it was made in the future",
        )
        .at(created)));
    }
    let found = match method::find(desk, options.method, sealed.relationship)? {
        Ok(found) => found,
        Err(finding) => return Ok(Err(finding)),
    };
    if !options.suite.fits(found.key.algorithm()) {
        return Ok(Err(refusal(&Error::Algorithm)));
    }
    let earlier = match earlier(sealed.proofs, &options) {
        Ok(earlier) => earlier,
        Err(finding) => return Ok(Err(finding)),
    };
    let reading = signature_holds(desk, sealed.document, proof, &options, &earlier, &found);
    Ok(match reading {
        Ok(reading) => Ok(Steps {
            found,
            finding: reading.map_or_else(Finding::holds, reading_finding),
            expires: options.expires,
        }),
        Err(error) => Err(refusal(&error)),
    })
}

/// A seal that holds, but not under the standard reading.
fn reading_finding(reading: Reading) -> Finding {
    if reading.edition == Edition::Newest {
        let detail = "the seal covers language tags as they are written";
        return Finding::new(State::Holds, "language_tags_as_written", detail);
    }
    let detail = format!(
        "the seal was made under the copy of context 3.0.3 of {}",
        reading.edition.date()
    );
    Finding::new(State::Holds, "context_copy_2025_04", detail)
}

/// The proofs that this one also signs. A name that is not there, or is there
/// twice, and a chain that closes on itself are errors.
fn earlier<'d>(
    proofs: &'d [&'d Object<'d>],
    options: &Options<'_>,
) -> Result<Vec<&'d Object<'d>>, Finding> {
    let fail = |why| Err(Finding::fails("PROOF_VERIFICATION_ERROR", why));
    let mut found: Vec<usize> = Vec::new();
    for name in &options.previous {
        match named(proofs, name).as_slice() {
            [one] if !found.contains(one) => found.push(*one),
            _ => return fail("the seal follows another that is not there, or not there once"),
        }
    }
    if options
        .id
        .is_some_and(|own| leads_back(proofs, &found, own))
    {
        return fail("the seals follow each other in a circle");
    }
    Ok(found
        .iter()
        .filter_map(|at| proofs.get(*at).copied())
        .collect())
}

fn named(proofs: &[&Object<'_>], name: &str) -> Vec<usize> {
    let ids = proofs.iter().map(|proof| proof.text("id")).enumerate();
    ids.filter(|(_, id)| *id == Some(name))
        .map(|(at, _)| at)
        .collect()
}

/// Whether the proof called `own` is reached from those at `from`; each proof
/// is looked at once.
fn leads_back(proofs: &[&Object<'_>], from: &[usize], own: &str) -> bool {
    let mut seen: Vec<usize> = from.to_vec();
    let mut next = 0;
    while let Some(proof) = seen.get(next).and_then(|at| proofs.get(*at)) {
        if proof.text("id") == Some(own) {
            return true;
        }
        let previous = proof
            .get("previousProof")
            .map_or(&[][..], Value::one_or_many);
        for at in previous
            .iter()
            .filter_map(Value::as_str)
            .flat_map(|name| named(proofs, name))
        {
            if !seen.contains(&at) {
                seen.push(at);
            }
        }
        next += 1;
    }
    false
}

/// Checks the signature under the standard reading, and where software is
/// known to differ under the others that could apply. Returns the reading if it
/// was not the standard one.
fn signature_holds(
    desk: &Desk<'_>,
    document: &Value<'_>,
    proof: &Object<'_>,
    options: &Options<'_>,
    earlier: &[&Object<'_>],
    found: &FoundKey,
) -> Result<Option<Reading>, Error> {
    if options.suite == Suite::EcdsaSd2023 {
        return sd::verify(
            document,
            proof,
            options.value(),
            &found.key,
            Reading::STANDARD,
        )
        .map(|_| None);
    }
    let signature = options.signature()?;
    let hash = Suite::hash(found.key.algorithm());
    let attempt = |reading| {
        let digester = Digester::new(options.suite.form(), hash, reading);
        let mut data = proof_digest(document, proof, digester)?;
        data.extend(desk.document_digest(document, earlier, digester)?);
        found
            .key
            .verify(&data, &signature)
            .map_err(|_| Error::Signature)
    };
    match attempt(Reading::STANDARD) {
        Ok(()) => Ok(None),
        Err(error) => {
            for reading in other_readings(document, options.suite) {
                if attempt(reading).is_ok() {
                    return Ok(Some(reading));
                }
            }
            Err(error)
        }
    }
}

/// Context 3.0.3 was changed in place, and language tags are lower-cased by
/// some software only.
fn other_readings(document: &Value<'_>, suite: Suite) -> Vec<Reading> {
    let mut readings = Vec::new();
    if suite.form() == Form::Jcs {
        return readings;
    }
    if mentions(document, &Edition::ADDED_LATER) {
        readings.push(Reading {
            edition: Edition::April2025,
            ..Reading::STANDARD
        });
    }
    if mentions(document, &["@language"]) {
        readings.push(Reading {
            keep_language_case: true,
            ..Reading::STANDARD
        });
    }
    readings
}

fn mentions(value: &Value<'_>, names: &[&str]) -> bool {
    match value {
        Value::Object(object) => object
            .iter()
            .any(|(name, value)| names.contains(&name) || mentions(value, names)),
        Value::Array(items) => items.iter().any(|item| mentions(item, names)),
        _ => false,
    }
}

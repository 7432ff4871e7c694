//! Presentations: somebody shows credentials (VCDM 2.0 §4.13).

use super::check::{contexts, proof, terms, token};
use super::credential::{self, Role};
use super::desk::{Asking, Desk};
use super::report::{Check, Finding, ProofReport, Report, State, Subject};
use crate::credential::DocumentKind;
use crate::did::Relationship;
use crate::json::{self, Object, Value};
use crate::limits;
use crate::proof::{Jws, Options};

/// Judges a presentation with embedded proofs, and each credential in it.
pub(super) fn judge_value(desk: &Desk<'_>, value: &Value<'_>) -> Asking<Box<Report>> {
    let mut report = Report::new(desk.now);
    report.subject = Subject::Presentation;
    report.set(Check::Format, Finding::holds());
    let Some(object) = value.as_object() else {
        return Ok(report);
    };
    let proofs: Vec<&Object<'_>> = object
        .get("proof")
        .map_or(&[][..], Value::one_or_many)
        .iter()
        .filter_map(Value::as_object)
        .collect();
    inner(desk, &mut report, object)?;
    if !passes_form(desk, &mut report, value, terms::covered(&proofs))
        || !report.passes(Check::Shape, shape(desk, object))
    {
        return Ok(report);
    }
    let sealed = proof::Sealed {
        document: value,
        proofs: &proofs,
        signer: None,
        relationship: relationship(&proofs),
    };
    let outcome = proof::check(desk, &mut report, &sealed)?;
    // One and the same proof must hold, be the holder's, and be for us.
    let judged = report.proofs.iter().zip(&proofs);
    let addressed = judged
        .filter(|(judged, _)| is_by_holder(judged, holder(object)))
        .any(|(_, proof)| is_addressed(desk, proof));
    settle(desk, &mut report, object, outcome, addressed);
    Ok(report)
}

/// Judges a presentation in a token.
pub(super) fn judge_token(
    desk: &Desk<'_>,
    jws: &Jws<'_>,
    payload: &Object<'_>,
) -> Asking<Box<Report>> {
    let mut report = Report::new(desk.now);
    report.subject = Subject::Presentation;
    report.set(Check::Format, Finding::holds());
    let object = match payload.get("vp") {
        Some(Value::Object(inner)) => inner,
        _ => payload,
    };
    inner(desk, &mut report, object)?;
    let issuer = payload.text("iss");
    if let (Some(issuer), Some(holder)) = (issuer, holder(object))
        && issuer != holder
    {
        let finding = Finding::fails(
            "jwt_claims_mismatch",
            "the token and the presentation in it differ in iss",
        );
        report.set(Check::Format, finding);
        return Ok(report);
    }
    let value = Value::Object(without_claims(object));
    if !passes_form(desk, &mut report, &value, terms::Covered::Json)
        || !report.passes(Check::Shape, shape(desk, object))
    {
        return Ok(report);
    }
    let holder = holder(object).or(issuer).unwrap_or_default().to_owned();
    let outcome = token::check(
        desk,
        &mut report,
        jws,
        &holder,
        Relationship::Authentication,
    )?;
    let said = |claim: &str, wanted: &Option<String>| {
        wanted
            .as_deref()
            .is_none_or(|wanted| payload.get(claim).is_some_and(|said| said.includes(wanted)))
    };
    let addressed = said("nonce", &desk.policy.challenge) && said("aud", &desk.policy.domain);
    settle(desk, &mut report, object, outcome, addressed);
    if report.is_authentic() {
        report.set(Check::Dates, token::lifetime(payload, desk.now));
    }
    Ok(report)
}

/// What of a presentation in a token is JSON-LD: without the registered claims,
/// which are the token's, and the tokens in it, which are judged by themselves.
fn without_claims<'d>(object: &Object<'d>) -> Object<'d> {
    let mut bare = object.clone();
    for claim in [
        "iss", "sub", "jti", "nbf", "exp", "iat", "aud", "nonce", "cnf",
    ] {
        bare.remove(claim);
    }
    if let Some(Value::Array(credentials)) = bare.get_mut("verifiableCredential") {
        credentials.retain(|credential| credential.as_str().is_none());
    }
    bare
}

/// Contexts and terms; stops at the first that is not good.
fn passes_form(
    desk: &Desk<'_>,
    report: &mut Report,
    value: &Value<'_>,
    covered: terms::Covered,
) -> bool {
    if !report.passes(
        Check::Contexts,
        contexts::check(value, DocumentKind::Presentation),
    ) {
        return false;
    }
    let terms = terms::check(desk, report, value, covered);
    report.passes(Check::Terms, terms)
}

/// Presentations are made to prove who one is; some wallets say they assert.
fn relationship(proofs: &[&Object<'_>]) -> Relationship {
    let asserts = !proofs.is_empty()
        && proofs
            .iter()
            .all(|proof| proof.text("proofPurpose") == Some("assertionMethod"));
    if asserts {
        Relationship::AssertionMethod
    } else {
        Relationship::Authentication
    }
}

/// Whether a proof answers the challenge and is for us.
fn is_addressed(desk: &Desk<'_>, proof: &Object<'_>) -> bool {
    let Ok(options) = Options::read(proof) else {
        return false;
    };
    let challenge_fits = desk
        .policy
        .challenge
        .as_deref()
        .is_none_or(|wanted| options.challenge == Some(wanted));
    let domain_fits = desk
        .policy
        .domain
        .as_deref()
        .is_none_or(|wanted| options.domains.contains(&wanted));
    challenge_fits && domain_fits
}

fn shape(desk: &Desk<'_>, object: &Object<'_>) -> Finding {
    if credentials(object).is_empty() && !desk.policy.empty_presentations {
        return Finding::fails("presentation_empty", "nothing is presented");
    }
    Finding::holds()
}

fn holder<'d>(object: &'d Object<'_>) -> Option<&'d str> {
    match object.get("holder")? {
        Value::String(id) => Some(id),
        Value::Object(holder) => holder.text("id"),
        _ => None,
    }
}

fn credentials<'d>(object: &'d Object<'d>) -> &'d [Value<'d>] {
    object
        .get("verifiableCredential")
        .map_or(&[][..], Value::one_or_many)
}

/// Each credential gets a report of its own, whatever the presentation is
/// worth.
fn inner(desk: &Desk<'_>, report: &mut Report, object: &Object<'_>) -> Asking<()> {
    let all = credentials(object);
    for (at, credential) in all.iter().take(limits::PRESENTED_CREDENTIALS).enumerate() {
        let inner = desk.for_part(&at.to_string());
        let judged = match credential {
            Value::String(text) => credential::judge_token(&inner, text, Role::Inner)?,
            Value::Object(object) => match enveloped(object) {
                Some(token) => credential::judge_token(&inner, token, Role::Inner)?,
                None => credential::judge_value(&inner, credential, Role::Inner)?,
            },
            other => credential::judge_value(&inner, other, Role::Inner)?,
        };
        report.credentials.push(*judged.report);
    }
    Ok(())
}

/// VCDM 2.0 §4.13.1: a token as a `data:` URL.
fn enveloped<'d>(object: &'d Object<'_>) -> Option<&'d str> {
    object
        .get("type")
        .filter(|types| types.includes("EnvelopedVerifiableCredential"))?;
    let (media_type, token) = object.text("id")?.strip_prefix("data:")?.split_once(',')?;
    matches!(
        media_type,
        "application/vc+jwt"
            | "application/vc-ld+jwt"
            | "application/vc+ld+json+jwt"
            | "application/jwt"
    )
    .then_some(token)
}

fn settle(
    desk: &Desk<'_>,
    report: &mut Report,
    object: &Object<'_>,
    outcome: proof::Outcome,
    addressed: bool,
) {
    let signed = outcome.proof.state == State::Holds;
    let asked = desk.policy.challenge.is_some() || desk.policy.domain.is_some();
    let proof = if signed && asked && !addressed {
        Finding::fails(
            "presentation_not_for_us",
            "the presentation answers another challenge, or is for somebody else",
        )
    } else {
        outcome.proof
    };
    if !report.passes(Check::Proof, proof) {
        return;
    }
    let mut proofs = report.proofs.iter();
    let issuer = if proofs.any(|proof| is_by_holder(proof, holder(object))) {
        Finding::holds()
    } else {
        Finding::fails(
            "verification_method_mismatch",
            "the presentation is sealed with the key of somebody else than its holder",
        )
    };
    if !report.passes(Check::Issuer, issuer) {
        return;
    }
    report.set(Check::Key, outcome.key);
    for check in [Check::Schema, Check::Status, Check::Dates] {
        report.set(check, Finding::not_applicable("presentation", ""));
    }
    note_holder(report, object);
    if credentials(object).len() > limits::PRESENTED_CREDENTIALS {
        let why = "not every credential was checked";
        report.note("presentation_too_large", why);
        report.set(
            Check::Shape,
            Finding::unknown("presentation_too_large", why),
        );
    }
}

fn is_by_holder(proof: &ProofReport, holder: Option<&str>) -> bool {
    proof.finding.state == State::Holds
        && holder.is_none_or(|holder| proof.controller.as_deref() == Some(holder))
}

/// Somebody else than the person of a badge is reported, not refused. Whoever
/// leaves the holder out is known by the key.
fn note_holder(report: &mut Report, object: &Object<'_>) {
    let shown_by = |person: &str| match holder(object) {
        Some(holder) => holder == person,
        None => report.proofs.iter().any(|proof| {
            proof.finding.state == State::Holds && proof.controller.as_deref() == Some(person)
        }),
    };
    let others = report
        .credentials
        .iter()
        .filter_map(|credential| credential.verified.as_ref()?.subject_id.as_deref())
        .any(|subject| !shown_by(subject));
    if others {
        report.note(
            "holder_not_subject",
            "somebody else than the person of a badge presents it",
        );
    }
}

/// Whether a token's payload is a presentation.
pub(super) fn is_presentation(payload: &Value<'_>) -> bool {
    payload.get("vp").is_some() || DocumentKind::of(payload) == DocumentKind::Presentation
}

/// Reads a token's payload.
pub(super) fn payload(jws: &Jws<'_>) -> Option<Object<'static>> {
    match json::parse(jws.payload()) {
        Ok(Value::Object(payload)) => Some(payload.into_owned()),
        _ => None,
    }
}

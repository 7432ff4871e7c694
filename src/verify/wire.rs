//! A report as JSON: the answer of `check --json` and of the checking API.
//!
//! The member names are a promise to scripts; they change only by addition.

use super::explain::explain;
use super::report::{EndorsementReport, Finding, ProofReport, Question, Report, State};
use super::summary::Verified;
use crate::json::{Object, Value};

/// The report on `input` (its file name, or what the caller calls it).
#[must_use]
pub fn to_wire(report: &Report, input: &str) -> Object<'static> {
    let explanation = explain(report);
    let mut object = Object::new();
    object.set("input", input.to_owned());
    object.set("outcome", explanation.outcome.id());
    object.set("conclusion", report.conclusion().id());
    object.set("headline", explanation.headline);
    object.set("findings", findings(report));
    for (question, text) in explanation.answers {
        object.set(
            question_name(question),
            answer(report.answer(question), text),
        );
    }
    if !report.proofs.is_empty() {
        object.set("proofs", list(&report.proofs, proof));
    }
    if !report.endorsements.is_empty() {
        object.set("endorsements", list(&report.endorsements, endorsement));
    }
    if !report.credentials.is_empty() {
        let inner = report.credentials.iter().enumerate();
        let inner =
            inner.map(|(at, report)| Value::Object(to_wire(report, &format!("{input}#{at}"))));
        object.set("credentials", Value::Array(inner.collect()));
    }
    if let Some(verified) = report.verified.as_ref().filter(|_| report.is_authentic()) {
        object.set("credential", summary(verified));
    }
    if !report.notes.is_empty() {
        object.set("notes", notes(report));
    }
    object.set("checked_at", report.checked_at.to_rfc3339());
    object
}

const fn question_name(question: Question) -> &'static str {
    match question {
        Question::Authentic => "authentic",
        Question::Current => "current",
        Question::Recognised => "recognised",
        Question::Person => "person",
    }
}

fn list<T>(items: &[T], to_object: impl Fn(&T) -> Object<'static>) -> Value<'static> {
    Value::Array(
        items
            .iter()
            .map(|item| Value::Object(to_object(item)))
            .collect(),
    )
}

fn findings(report: &Report) -> Value<'static> {
    let all = report.findings().map(|(check, finding)| {
        let mut object = Object::new();
        object.set("check", check.id());
        set_finding(&mut object, finding);
        object.set("required", report.is_required(check));
        Value::Object(object)
    });
    Value::Array(all.collect())
}

fn set_finding(object: &mut Object<'static>, finding: &Finding) {
    object.set("state", finding.state.id());
    object.set("code", finding.code);
    object.set("detail", finding.detail.clone());
    if let Some(at) = finding.at {
        object.set("at", at.to_rfc3339());
    }
    if let Some(age) = finding.age_seconds {
        object.set("age_seconds", age);
    }
}

fn answer(finding: &Finding, text: String) -> Object<'static> {
    let mut object = Object::new();
    object.set("state", finding.state.id());
    object.set("code", finding.code);
    object.set("text", text);
    object
}

fn proof(report: &ProofReport) -> Object<'static> {
    let mut object = Object::new();
    object.set("suite", report.suite.clone());
    object.set("method", report.method.clone());
    object.set("by_issuer", report.by_issuer);
    set_finding(&mut object, &report.finding);
    object
}

fn endorsement(report: &EndorsementReport) -> Object<'static> {
    let mut object = Object::new();
    object.set("path", report.path.clone());
    set_finding(&mut object, &report.finding);
    if report.finding.state == State::Holds {
        let texts = [
            ("endorser", &report.endorser),
            ("endorser_name", &report.endorser_name),
            ("comment", &report.comment),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                object.set(name, text.clone());
            }
        }
        object.set("self_endorsement", report.is_own);
    }
    object
}

fn summary(verified: &Verified) -> Object<'static> {
    let mut object = Object::new();
    let texts = [
        ("id", &verified.id),
        ("name", &verified.name),
        ("description", &verified.description),
        ("achievement_type", &verified.achievement_type),
        ("achievement_id", &verified.achievement_id),
        ("criteria", &verified.criteria),
        ("issuer_id", &verified.issuer_id),
        ("issuer_name", &verified.issuer_name),
        ("subject_id", &verified.subject_id),
        ("subject_name", &verified.subject_name),
        ("awarded", &verified.awarded),
        ("valid_from", &verified.valid_from),
        ("valid_until", &verified.valid_until),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            object.set(name, text.clone());
        }
    }
    object
}

fn notes(report: &Report) -> Value<'static> {
    let all = report.notes.iter().map(|note| {
        let mut object = Object::new();
        object.set("code", note.code);
        object.set("text", note.text.clone());
        Value::Object(object)
    });
    Value::Array(all.collect())
}

//! What others say about the badge: each endorsement judged by itself (Open
//! Badges 3.0 §8.6). One that fails says nothing about the badge.

use super::token::issuer_id;
use crate::credential::Path;
use crate::json::{Object, Value};
use crate::limits;
use crate::verify::credential::{self, Role};
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{EndorsementReport, Finding, Question, Report, State};

/// An endorsement found in the badge.
struct Found<'d> {
    path: String,
    /// The thing it is attached to.
    host: Option<&'d str>,
    content: Content<'d>,
}

enum Content<'d> {
    Embedded(&'d Value<'d>),
    Token(&'d str),
    Malformed,
}

/// Judges every endorsement, wherever it lies. `tokens` is false if the seal
/// does not cover endorsements that are tokens.
pub(in crate::verify) fn check(
    desk: &Desk<'_>,
    report: &mut Report,
    badge: &Object<'_>,
    tokens: bool,
) -> Asking<Finding> {
    let mut found = Vec::new();
    collect(badge, &Path::ROOT, &mut found);
    found.retain(|found| tokens || !matches!(found.content, Content::Token(_)));
    if found.is_empty() {
        return Ok(Finding::not_applicable("no_endorsements", ""));
    }
    let all = found.len();
    for one in found.iter().take(limits::ENDORSEMENTS) {
        let judged = judge(desk, badge, one)?;
        report.endorsements.push(judged);
    }
    if all > limits::ENDORSEMENTS {
        return Ok(Finding::unknown(
            "endorsement_too_many",
            "not every endorsement was checked",
        ));
    }
    let states = || {
        report
            .endorsements
            .iter()
            .map(|endorsement| &endorsement.finding)
    };
    let worst = states()
        .find(|finding| finding.state == State::Fails)
        .or_else(|| states().find(|finding| finding.state == State::Unknown));
    Ok(worst.cloned().unwrap_or_else(Finding::holds))
}

fn collect<'d>(object: &'d Object<'d>, path: &Path<'_>, found: &mut Vec<Found<'d>>) {
    if path.depth > limits::JSON_DEPTH || found.len() > limits::ENDORSEMENTS {
        return;
    }
    let host = object.text("id");
    for (name, value) in object.iter() {
        let here = path.member(name);
        let items = value.one_or_many().iter().enumerate();
        match name {
            "endorsement" | "endorsementJwt" => found.extend(items.map(|(at, item)| Found {
                path: here.item(at).pointer(),
                host,
                content: content(name, item),
            })),
            "proof" => {}
            _ => {
                for (at, item) in items {
                    if let Value::Object(inner) = item {
                        collect(inner, &here.item_of(value, at), found);
                    }
                }
            }
        }
    }
}

fn content<'d>(name: &str, item: &'d Value<'d>) -> Content<'d> {
    match item {
        Value::Object(_) if name == "endorsement" => Content::Embedded(item),
        Value::String(token) if name == "endorsementJwt" => Content::Token(token),
        _ => Content::Malformed,
    }
}

fn judge(desk: &Desk<'_>, badge: &Object<'_>, one: &Found<'_>) -> Asking<EndorsementReport> {
    let inner = desk.for_part(&one.path);
    let judged = match &one.content {
        Content::Embedded(value) => credential::judge_value(&inner, value, Role::Endorsement)?,
        Content::Token(token) => {
            credential::judge_bytes(&inner, token.as_bytes(), Role::Endorsement)?
        }
        Content::Malformed => {
            return Ok(unusable(
                one,
                Finding::fails("credential_shape", "not an endorsement"),
            ));
        }
    };
    let authentic = judged.report.is_authentic();
    let Some(endorsement) = judged.credential.filter(|_| authentic) else {
        return Ok(unusable(
            one,
            judged.report.answer(Question::Authentic).clone(),
        ));
    };
    let current = judged.report.answer(Question::Current);
    let subject = endorsement
        .get("credentialSubject")
        .and_then(|subject| subject.one_or_many().first());
    let about = subject
        .and_then(|subject| subject.get("id"))
        .and_then(Value::as_str);
    let finding = if about.is_none() || about != one.host {
        Finding::fails("endorsement_of_other", "it endorses something else")
    } else if matches!(current.state, State::Fails | State::Unknown) {
        current.clone()
    } else {
        Finding::holds()
    };
    let endorser = issuer_id(&endorsement).map(str::to_owned);
    Ok(EndorsementReport {
        path: one.path.clone(),
        is_own: endorser.as_deref() == issuer_id(badge),
        endorser_name: endorsement
            .get("issuer")
            .and_then(|issuer| issuer.get("name"))
            .and_then(Value::as_str)
            .map(str::to_owned),
        comment: subject
            .and_then(|subject| subject.get("endorsementComment"))
            .and_then(Value::as_str)
            .map(str::to_owned),
        endorser,
        finding,
    })
}

/// Nothing of its content is shown as fact.
fn unusable(one: &Found<'_>, finding: Finding) -> EndorsementReport {
    EndorsementReport {
        path: one.path.clone(),
        endorser: None,
        endorser_name: None,
        comment: None,
        is_own: false,
        finding,
    }
}

//! The pipeline for one credential, in the order of Open Badges 3.0 §8.4.

use super::check::{
    contexts, dates, endorsements, person, proof, recognition, refresh, schema, shape, status,
    terms, token,
};
use super::desk::{Asking, Desk};
use super::report::{Check, Finding, Report, State};
use super::summary::Verified;
use crate::credential::DocumentKind;
use crate::did::Relationship;
use crate::json::{self, Object, Value};
use crate::proof::Jws;

/// What a credential is judged as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) enum Role {
    /// What was presented.
    Presented,
    /// Within a presentation.
    Inner,
    /// A newer copy, which is not refreshed again.
    Refreshed,
    /// A list of withdrawn badges: only whether it is genuine matters.
    StatusList,
    /// What somebody says about a badge.
    Endorsement,
}

/// A report and, where the caller goes on with it, the credential.
pub(in crate::verify) struct Judged {
    pub(in crate::verify) report: Box<Report>,
    pub(in crate::verify) credential: Option<Object<'static>>,
}

/// Judges JSON or a token.
pub(in crate::verify) fn judge_bytes(desk: &Desk<'_>, bytes: &[u8], role: Role) -> Asking<Judged> {
    let text = std::str::from_utf8(bytes)
        .map(str::trim)
        .unwrap_or_default();
    if Jws::looks_like(text) {
        return judge_token(desk, text, role);
    }
    match json::parse(bytes) {
        Ok(value) => judge_value(desk, &value, role),
        Err(error) => Ok(unreadable(desk, format_finding(&error))),
    }
}

pub(in crate::verify) fn format_finding(error: &json::Error) -> Finding {
    if error.is_limit() {
        Finding::unknown(error.code(), error.to_string())
    } else {
        Finding::fails(error.code(), error.to_string())
    }
}

fn unreadable(desk: &Desk<'_>, finding: Finding) -> Judged {
    let mut report = Report::new(desk.now);
    report.set(Check::Format, finding);
    Judged {
        report,
        credential: None,
    }
}

/// Judges a credential with embedded proofs.
pub(in crate::verify) fn judge_value(
    desk: &Desk<'_>,
    value: &Value<'_>,
    role: Role,
) -> Asking<Judged> {
    let Some(object) = value.as_object() else {
        return Ok(unreadable(
            desk,
            Finding::fails("credential_shape", "not an object"),
        ));
    };
    if let Some((report, outcome)) = desk.recall() {
        let older_copy = outcome.is_older_copy();
        return settle(desk, report, object, role, outcome, !older_copy);
    }
    let proofs: Vec<&Object<'_>> = object
        .get("proof")
        .map_or(&[][..], Value::one_or_many)
        .iter()
        .filter_map(Value::as_object)
        .collect();
    let (mut report, passed) = desk.form(|report| {
        report.set(Check::Format, Finding::holds());
        passes_form(desk, report, value, role, terms::covered(&proofs))
    });
    if !passed {
        return Ok(Judged {
            report,
            credential: None,
        });
    }
    let issuer = token::issuer_id(object).unwrap_or_default();
    let sealed = proof::Sealed {
        document: value,
        proofs: &proofs,
        signer: Some(issuer),
        relationship: Relationship::AssertionMethod,
    };
    let outcome = proof::check(desk, &mut report, &sealed)?;
    let older_copy = outcome.is_older_copy();
    if older_copy {
        report.note(
            "signed_without",
            "members that the older context lacks are not covered by the seal",
        );
    }
    desk.remember(&report, &outcome);
    settle(desk, report, object, role, outcome, !older_copy)
}

/// Judges a credential in a token.
pub(in crate::verify) fn judge_token(desk: &Desk<'_>, text: &str, role: Role) -> Asking<Judged> {
    let jws = match Jws::parse(text) {
        Ok(jws) => jws,
        Err(error) if error.is_unknown() => {
            return Ok(unreadable(
                desk,
                Finding::unknown(error.code(), error.to_string()),
            ));
        }
        Err(error) => {
            return Ok(unreadable(
                desk,
                Finding::fails(error.code(), error.to_string()),
            ));
        }
    };
    let payload = match json::parse(jws.payload()) {
        Ok(Value::Object(payload)) => payload,
        Ok(_) => {
            return Ok(unreadable(
                desk,
                Finding::fails("credential_shape", "the token holds no object"),
            ));
        }
        Err(error) => return Ok(unreadable(desk, format_finding(&error))),
    };
    let credential = match token::credential(&payload) {
        Ok(credential) => credential,
        Err(finding) => return Ok(unreadable(desk, finding)),
    };
    let mut report = Report::new(desk.now);
    let claims = token::claims(&mut report, &payload, &credential);
    if !report.passes(Check::Format, claims) {
        return Ok(Judged {
            report,
            credential: None,
        });
    }
    let value = Value::Object(without_claims(&credential, &payload));
    if !passes_form(desk, &mut report, &value, role, terms::Covered::Json) {
        return Ok(Judged {
            report,
            credential: None,
        });
    }
    let issuer = token::issuer_id(&credential).unwrap_or_default().to_owned();
    let outcome = token::check(
        desk,
        &mut report,
        &jws,
        &issuer,
        Relationship::AssertionMethod,
    )?;
    let credential = token::with_lifetime(credential, &payload);
    settle(desk, report, &credential, role, outcome, true)
}

/// In the 2.0 form the claims lie beside the credential's own members.
fn without_claims<'p>(credential: &Object<'p>, payload: &Object<'_>) -> Object<'p> {
    let mut bare = credential.clone();
    if !payload.contains("vc") {
        for claim in ["iss", "sub", "jti", "nbf", "exp", "iat", "aud", "cnf"] {
            bare.remove(claim);
        }
    }
    bare
}

/// Contexts, terms, shape and schema; stops at the first that is not good.
fn passes_form(
    desk: &Desk<'_>,
    report: &mut Report,
    value: &Value<'_>,
    role: Role,
    covered: terms::Covered,
) -> bool {
    let kind = DocumentKind::of(value);
    if !role.takes(kind) {
        return report.passes(
            Check::Shape,
            Finding::fails(
                "credential_shape",
                "not the kind of credential expected here",
            ),
        );
    }
    if role == Role::Presented && kind != DocumentKind::Badge {
        report.note(
            "not_a_badge",
            "this is a credential of another kind than a badge",
        );
    }
    let contexts = contexts::check(value, kind);
    // A context that adds nothing leaves the rest readable: go on, so that what
    // is wrong is found, but the answer stays open.
    let readable = contexts.code == "context_unused";
    if !report.passes(Check::Contexts, contexts) && !readable {
        return false;
    }
    let terms = terms::check(desk, report, value, covered);
    if !report.passes(Check::Terms, terms) {
        return false;
    }
    let shape = shape::check(report, value, kind, desk.now);
    if !report.passes(Check::Shape, shape) {
        return false;
    }
    if let Value::Object(object) = value {
        let schema = schema::check(report, object);
        report.set(Check::Schema, schema);
    }
    true
}

impl Role {
    const fn takes(self, kind: DocumentKind) -> bool {
        match self {
            Self::StatusList => matches!(
                kind,
                DocumentKind::StatusList | DocumentKind::StatusList2021
            ),
            Self::Endorsement => matches!(kind, DocumentKind::Endorsement),
            Self::Presented | Self::Inner | Self::Refreshed => !matches!(
                kind,
                DocumentKind::Presentation | DocumentKind::OpenBadges2(_)
            ),
        }
    }
}

/// Everything after the proof. After a bad proof nothing later is looked at.
fn settle(
    desk: &Desk<'_>,
    mut report: Box<Report>,
    credential: &Object<'_>,
    role: Role,
    outcome: proof::Outcome,
    tokens_covered: bool,
) -> Asking<Judged> {
    let good = report.passes(Check::Proof, outcome.proof);
    let good = report.passes(Check::Issuer, outcome.issuer) && good;
    if !good {
        return Ok(Judged {
            report,
            credential: None,
        });
    }
    report.set(Check::Key, outcome.key);
    report.verified = Some(Verified::read(credential));
    if role == Role::StatusList {
        return Ok(Judged {
            report,
            credential: Some(credential.clone().into_owned()),
        });
    }
    if matches!(role, Role::Presented | Role::Inner) {
        match refresh::check(desk, credential)? {
            refresh::Refreshed::Yes(mut newer) => {
                newer.report.set(
                    Check::Refresh,
                    Finding::new(State::Holds, "refreshed", "the newer copy was checked"),
                );
                newer.report.note(
                    "refreshed",
                    "the badge was replaced by the newer copy that its issuer offers",
                );
                return Ok(*newer);
            }
            refresh::Refreshed::No(finding) => report.set(Check::Refresh, finding),
        }
    }
    let issuer = token::issuer_id(credential).unwrap_or_default();
    let status = status::check(desk, &mut report, credential, issuer)?;
    report.set(Check::Status, status);
    report.set(Check::Dates, dates::check(credential, desk.now));
    if role != Role::Endorsement {
        report.set(
            Check::Person,
            person::check(credential, desk.policy.recipient.as_deref()),
        );
        let endorsements = endorsements::check(desk, &mut report, credential, tokens_covered)?;
        report.set(Check::Endorsements, endorsements);
        let recognition = recognition::check(desk.policy, &mut report, credential, desk.now);
        report.set(Check::Recognition, recognition);
    }
    let kept = matches!(role, Role::Endorsement | Role::Refreshed);
    Ok(Judged {
        report,
        credential: kept.then(|| credential.clone().into_owned()),
    })
}

//! Badges of Open Badges 0.5, 1.0, 1.1, 2.0 and 2.1.
//!
//! Two kinds. A *hosted* badge is whatever its address serves today: of what
//! was handed in only the address is believed, and the answer takes its place.
//! A *signed* badge is a JWS by a key that the issuer's own profile lists.
//!
//! **Promises.** Nothing of the input of a hosted badge reaches the report but
//! its address. The issuer is the one whose profile was fetched from its own
//! identifier, and whose profile says that the assertion may be where it is.
//! What could not be fetched is unknown. Every document is asked for at the
//! [`Desk`], which counts them; an address leads on at most once.
//!
//! **Does not:** process JSON-LD (its ways of writing are read by hand), check
//! endorsements or the schemas of extensions, or look into pictures.

mod assertion;
mod badge_class;
mod chain;
mod date;
mod documents;
mod hosted;
mod key;
mod node;
mod profile;
mod recipient;
mod revocation;
mod scope;
mod settle;
mod signed;
#[cfg(test)]
mod tests;
mod version;
mod view;

use super::desk::{Asking, Desk};
use super::input::{self, Presented};
use super::report::{Check, Finding, Report, Subject};
use super::wanted::WantedKind;
use crate::bake;
use crate::credential::DocumentKind;
use crate::credential::kind::OpenBadges2;
use crate::json::Value;
use crate::proof::Jws;
use assertion::Method;
use documents::unusable;

/// Judges a hosted badge by its address. Behind it may also lie a signed badge,
/// a newer badge or a picture of one.
pub(super) fn judge_hosted(desk: &Desk<'_>, url: &str) -> Asking<Box<Report>> {
    let Ok(document) = desk.ask(WantedKind::OlderDocument, url)? else {
        return hosted::judge(desk, begin(desk), url);
    };
    let mut notes = Vec::new();
    let found = input::read(document.bytes(), &mut notes);
    let is_picture = bake::looks_like(document.bytes()).is_some();
    let named = match &found {
        Presented::Token(text) => return Ok(found_at(super::judge_token(desk, text)?, url)),
        Presented::Document(value, kind) if is_newer(*kind) => {
            return Ok(found_at(super::judge_document(desk, value, *kind)?, url));
        }
        Presented::Document(value, _) if is_picture => assertion::address_of(value),
        Presented::HostedUrl(named) => Some(named.as_str()),
        _ => return hosted::judge(desk, begin(desk), url),
    };
    let mut report = begin(desk);
    match named {
        Some(named) if named != url => {
            report.note(
                "hosted_moved",
                format!("the badge at {url:.200} says that its address is {named:.200}"),
            );
            hosted::judge(desk, report, named)
        }
        _ => {
            report.set(Check::Proof, unusable(url, "not_a_badge"));
            Ok(report)
        }
    }
}

/// Judges an assertion, of which only the address is believed.
pub(super) fn judge_document(desk: &Desk<'_>, value: &Value<'_>) -> Asking<Box<Report>> {
    if DocumentKind::of(value) != DocumentKind::OpenBadges2(OpenBadges2::Assertion) {
        return Ok(no_badge(desk));
    }
    if let Some(url) = assertion::address_of(value) {
        return judge_hosted(desk, url);
    }
    let mut report = begin(desk);
    let finding = match assertion::method_of(value) {
        Method::Signed { .. } => proof_missing(),
        Method::Hosted | Method::Unsaid => Finding::unknown(
            "hosted_address_missing",
            "the badge does not say where it is hosted, and has no seal",
        ),
    };
    report.set(Check::Proof, finding);
    Ok(report)
}

/// Judges a signed assertion.
pub(super) fn judge_token(
    desk: &Desk<'_>,
    jws: &Jws<'_>,
    value: &Value<'_>,
) -> Asking<Box<Report>> {
    if DocumentKind::of(value) != DocumentKind::OpenBadges2(OpenBadges2::Assertion) {
        return Ok(no_badge(desk));
    }
    // A badge that says its host vouches for it is not asked for its seal.
    if let (Method::Hosted, Some(url)) = (assertion::method_of(value), assertion::address_of(value))
    {
        return hosted::judge(desk, begin(desk), url);
    }
    signed::judge(desk, begin(desk), jws, value)
}

fn begin(desk: &Desk<'_>) -> Box<Report> {
    let mut report = Report::new(desk.now);
    report.subject = Subject::OlderBadge;
    report.set(Check::Format, Finding::holds());
    for check in [Check::Contexts, Check::Terms, Check::Schema, Check::Refresh] {
        report.set(
            check,
            Finding::not_applicable("older_badge", "older badges have none"),
        );
    }
    report
}

/// A badge design, a profile, a key or a list is not a badge that somebody has.
fn no_badge(desk: &Desk<'_>) -> Box<Report> {
    let mut report = Report::new(desk.now);
    report.subject = Subject::Nothing;
    report.set(
        Check::Format,
        Finding::unknown(
            "no_badge_found",
            "the document belongs to older badges, but is no badge itself",
        ),
    );
    report
}

fn proof_missing() -> Finding {
    Finding::fails(
        "proof_missing",
        "the badge says that it is sealed, but the seal is not there",
    )
}

fn found_at(mut report: Box<Report>, url: &str) -> Box<Report> {
    report.note(
        "hosted_other_kind",
        format!("this is the badge that was found at {url:.200}"),
    );
    report
}

const fn is_newer(kind: DocumentKind) -> bool {
    !matches!(kind, DocumentKind::OpenBadges2(_) | DocumentKind::Unknown)
}

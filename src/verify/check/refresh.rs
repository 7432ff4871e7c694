//! A newer copy, asked for once, after the proof (Open Badges 3.0 §8.4 step 6).

use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::verify::check::{dates, token};
use crate::verify::credential::{self, Judged, Role};
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::Finding;
use crate::verify::wanted::WantedKind;

/// What became of the offer.
pub(in crate::verify) enum Refreshed {
    /// The copy at hand stands.
    No(Finding),
    /// The newer copy takes its place.
    Yes(Box<Judged>),
}

/// Asks for the newer copy. It must be of the same issuer and name, not older,
/// and genuine; else the copy at hand stands.
pub(in crate::verify) fn check(desk: &Desk<'_>, badge: &Object<'_>) -> Asking<Refreshed> {
    let services = badge
        .get("refreshService")
        .map_or(&[][..], Value::one_or_many);
    let service = services.iter().find(|service| {
        service
            .get("type")
            .is_some_and(|types| types.includes("1EdTechCredentialRefresh"))
    });
    let Some(url) = service
        .and_then(|service| service.get("id"))
        .and_then(Value::as_str)
    else {
        return Ok(Refreshed::No(Finding::not_applicable(
            "no_refresh",
            "the badge offers no newer copy",
        )));
    };
    if desk.policy.skip_refresh {
        return Ok(Refreshed::No(Finding::not_reached("not_asked")));
    }
    let document = match desk.ask(WantedKind::Refreshed, url)? {
        Ok(document) => document,
        Err(why) => {
            return Ok(Refreshed::No(Finding::unknown(
                "refresh_unavailable",
                why.code(),
            )));
        }
    };
    let judged = credential::judge_bytes(&desk.for_part(url), document.bytes(), Role::Refreshed)?;
    let same = judged
        .credential
        .as_ref()
        .is_some_and(|newer| is_newer_copy(badge, newer));
    if same && judged.report.is_authentic() {
        return Ok(Refreshed::Yes(Box::new(judged)));
    }
    Ok(Refreshed::No(Finding::unknown(
        "refresh_not_usable",
        "what was offered as a newer copy is not one",
    )))
}

fn is_newer_copy(badge: &Object<'_>, newer: &Object<'_>) -> bool {
    let begin = |credential: &Object<'_>| {
        dates::span(credential)
            .0
            .and_then(|text| Moment::parse(text).ok())
    };
    token::issuer_id(badge) == token::issuer_id(newer)
        && badge.text("id") == newer.text("id")
        && matches!((begin(badge), begin(newer)), (Some(old), Some(new)) if new >= old)
}

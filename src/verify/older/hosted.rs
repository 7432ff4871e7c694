//! Hosted badges: what the host serves today takes the place of what was
//! handed in (Open Badges 2.0 "Verification of Hosted Badges").

use super::assertion::{self, Assertion, Method};
use super::chain::{self, Chain};
use super::documents::{self, Found, Stop};
use super::node::Kind;
use super::settle::{Badge, settle};
use super::version::Version;
use super::{proof_missing, scope};
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Check, Finding, Report, State};

/// Judges the assertion at `url`.
pub(super) fn judge(desk: &Desk<'_>, mut report: Box<Report>, url: &str) -> Asking<Box<Report>> {
    let fetched = documents::follow(desk, &mut report, url, Kind::Assertion, Version::V1_0)?;
    let found = match fetched {
        Ok(found) => found,
        Err(Stop::Gone(_)) => {
            let said = "its host says that it is gone for good";
            return Ok(withdrawn(report, said, None));
        }
        Err(stop) => {
            stop.write(&mut report);
            return Ok(report);
        }
    };
    if assertion::is_withdrawn(&found.node()) {
        let reason = assertion::reason(&found.node());
        return Ok(withdrawn(report, &reason, found.age_seconds));
    }
    judge_found(desk, report, &found)
}

/// A known bad fact does not wait for the badge design and the issuer. Who
/// issued the badge was not looked at, so nothing of it is shown.
fn withdrawn(mut report: Box<Report>, reason: &str, age_seconds: Option<i64>) -> Box<Report> {
    for check in [Check::Shape, Check::Issuer, Check::Key] {
        report.set(check, Finding::not_applicable("withdrawn", ""));
    }
    report.set(
        Check::Proof,
        Finding::new(State::Holds, "hosted", "its host says so itself"),
    );
    report.set(
        Check::Status,
        Finding::fails("revoked", reason).aged(age_seconds),
    );
    report
}

fn judge_found(desk: &Desk<'_>, mut report: Box<Report>, found: &Found) -> Asking<Box<Report>> {
    let assertion = match Assertion::read(found.node()) {
        Ok(assertion) => assertion,
        Err(finding) => {
            report.set(Check::Shape, finding);
            return Ok(report);
        }
    };
    if matches!(assertion.method, Method::Signed { .. }) {
        report.set(Check::Proof, proof_missing());
        return Ok(report);
    }
    let chain = match chain::follow(desk, &mut report, &assertion)? {
        Ok(chain) => chain,
        Err(stop) => {
            stop.write(&mut report);
            return Ok(report);
        }
    };
    judge_whole(desk, &mut report, found, &assertion, &chain);
    Ok(report)
}

fn judge_whole(
    desk: &Desk<'_>,
    report: &mut Report,
    found: &Found,
    assertion: &Assertion<'_>,
    chain: &Chain,
) {
    let (design, issuer) = match chain.read() {
        Ok(read) => read,
        Err(finding) => return report.set(Check::Shape, finding),
    };
    let id = found.id.as_deref().unwrap_or_default();
    report.set(Check::Shape, Finding::holds());
    report.set(
        Check::Proof,
        Finding::new(State::Holds, "hosted", format!("hosted at {id:.300}")),
    );
    report.note(
        "hosted_not_sealed",
        format!("hosted at {id:.300}, not sealed"),
    );
    if !report.passes(Check::Issuer, scope::check(&issuer, id)) {
        return;
    }
    report.set(
        Check::Key,
        Finding::not_applicable("hosted", "the badge is hosted, not sealed"),
    );
    let badge = Badge {
        id: Some(id),
        assertion,
        design: &design,
        design_id: chain.badge.id.as_deref(),
        issuer: &issuer,
    };
    let status = Finding::holds().aged(found.age_seconds);
    settle(desk, report, &badge, status);
}

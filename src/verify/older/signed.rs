//! Signed badges: a JWS by a key that the issuer's own profile lists (Open
//! Badges 2.0 "Verification of Signed Badges").

use super::assertion::{self, Assertion, Method};
use super::chain::{self, Chain};
use super::key::{self, Sealed};
use super::node::{Kind, Node};
use super::profile::Profile;
use super::settle::{Badge, settle};
use super::version::Version;
use super::{revocation, scope};
use crate::json::{Value, beginning};
use crate::proof::Jws;
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Check, Finding, ProofReport, Report};

/// Judges a token whose payload is an assertion.
pub(super) fn judge(
    desk: &Desk<'_>,
    mut report: Box<Report>,
    jws: &Jws<'_>,
    value: &Value<'_>,
) -> Asking<Box<Report>> {
    let Some(object) = value.as_object() else {
        return Ok(report);
    };
    let node = Node {
        kind: Kind::Assertion,
        version: Version::of_assertion(object),
        object,
    };
    let (assertion, id) = match read(node) {
        Ok(read) => read,
        Err(finding) => {
            report.set(Check::Shape, finding);
            return Ok(report);
        }
    };
    let chain = match chain::follow(desk, &mut report, &assertion)? {
        Ok(chain) => chain,
        Err(stop) => {
            stop.write(&mut report);
            return Ok(report);
        }
    };
    judge_sealed(desk, report, &assertion, id, (jws, &chain))
}

/// A signed assertion needs a name of its own, by which it can be withdrawn;
/// in Open Badges 1 that is `uid`.
fn read<'d>(node: Node<'d>) -> Result<(Assertion<'d>, &'d str), Finding> {
    let assertion = Assertion::read(node)?;
    let id = match node.id()? {
        Some(id) => id,
        None if node.version.is_two() => return Err(node.missing("id")),
        None => node.needed_text("uid")?,
    };
    match assertion.method {
        Method::Signed { .. } => Ok((assertion, id)),
        Method::Hosted | Method::Unsaid => Err(node.malformed("verification")),
    }
}

fn judge_sealed(
    desk: &Desk<'_>,
    mut report: Box<Report>,
    assertion: &Assertion<'_>,
    id: &str,
    (jws, chain): (&Jws<'_>, &Chain),
) -> Asking<Box<Report>> {
    let (design, issuer) = match chain.read() {
        Ok(read) => read,
        Err(finding) => {
            report.set(Check::Shape, finding);
            return Ok(report);
        }
    };
    report.set(Check::Shape, Finding::holds());
    if !is_sealed(desk, &mut report, jws, &issuer, assertion.method)? {
        return Ok(report);
    }
    let badge = Badge {
        id: Some(id),
        assertion,
        design: &design,
        design_id: chain.badge.id.as_deref(),
        issuer: &issuer,
    };
    let status = if assertion::is_withdrawn(&assertion.node) {
        Finding::fails("revoked", assertion::reason(&assertion.node))
    } else {
        revocation::check(desk, &mut report, &badge)?
    };
    settle(desk, &mut report, &badge, status);
    Ok(report)
}

/// Whether the seal is the issuer's.
fn is_sealed(
    desk: &Desk<'_>,
    report: &mut Report,
    jws: &Jws<'_>,
    issuer: &Profile<'_>,
    method: Method<'_>,
) -> Asking<bool> {
    // Keys in a profile that anybody could have written prove nothing.
    if !issuer.has_own_address {
        report.set(Check::Issuer, scope::not_bound());
        return Ok(false);
    }
    let named = match method {
        Method::Signed { key } => key,
        Method::Hosted | Method::Unsaid => None,
    };
    let sealed = key::check(desk, jws, issuer, named)?;
    report.proofs.push(proof_report(jws, named, &sealed));
    Ok(match sealed {
        Err(finding) => report.passes(Check::Proof, finding),
        Ok(sealed) => {
            report.set(Check::Proof, Finding::holds());
            report.set(Check::Issuer, Finding::holds());
            report.set(Check::Key, Finding::holds().aged(sealed.age_seconds));
            true
        }
    })
}

fn proof_report(
    jws: &Jws<'_>,
    named: Option<&str>,
    sealed: &Result<Sealed, Finding>,
) -> ProofReport {
    let method = match sealed {
        Ok(sealed) => sealed.key_id.as_str(),
        Err(_) => named.unwrap_or_default(),
    };
    ProofReport {
        suite: jws.header().text("alg").unwrap_or_default().to_owned(),
        method: beginning(method, 300),
        finding: sealed
            .as_ref()
            .map_or_else(Clone::clone, |_| Finding::holds()),
        controller: None,
        by_issuer: sealed.is_ok(),
    }
}

//! From the assertion to its badge design and on to its issuer.

use super::assertion::Assertion;
use super::badge_class::BadgeClass;
use super::documents::{Found, Stop, resolve};
use super::node::Kind;
use super::profile::Profile;
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Finding, Report};

/// The documents behind an assertion. Both were read once, without a fault.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) badge: Found,
    pub(super) issuer: Found,
}

impl Chain {
    pub(super) fn read(&self) -> Result<(BadgeClass<'_>, Profile<'_>), Finding> {
        Ok((
            BadgeClass::read(self.badge.node())?,
            Profile::read(&self.issuer)?,
        ))
    }
}

/// Fetches the badge design and the issuer by their identifiers.
pub(super) fn follow(
    desk: &Desk<'_>,
    report: &mut Report,
    assertion: &Assertion<'_>,
) -> Asking<Result<Chain, Stop>> {
    let version = assertion.node.version;
    let badge = match resolve(desk, report, assertion.badge, Kind::BadgeClass, version)? {
        Ok(badge) => badge,
        Err(stop) => return Ok(Err(stop)),
    };
    let reference = match BadgeClass::read(badge.node()) {
        Ok(read) => read.issuer,
        Err(finding) => return Ok(Err(Stop::Shape(finding))),
    };
    let issuer = match resolve(desk, report, reference, Kind::Profile, badge.version)? {
        Ok(issuer) => issuer,
        Err(stop) => return Ok(Err(stop)),
    };
    if let Err(finding) = Profile::read(&issuer) {
        return Ok(Err(Stop::Shape(finding)));
    }
    Ok(Ok(Chain { badge, issuer }))
}

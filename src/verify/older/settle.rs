//! Everything after the badge was found to be its issuer's.

use super::assertion::Assertion;
use super::badge_class::BadgeClass;
use super::node::Node;
use super::profile::Profile;
use super::view;
use crate::json::Value;
use crate::verify::check::{dates, person, recognition};
use crate::verify::desk::Desk;
use crate::verify::report::{Check, Finding, Report};
use crate::verify::summary::Verified;

/// A whole badge.
#[derive(Debug, Clone, Copy)]
pub(super) struct Badge<'d> {
    pub(super) id: Option<&'d str>,
    pub(super) assertion: &'d Assertion<'d>,
    pub(super) design: &'d BadgeClass<'d>,
    pub(super) design_id: Option<&'d str>,
    pub(super) issuer: &'d Profile<'d>,
}

/// Dates, person, recognition, and the content.
pub(super) fn settle(desk: &Desk<'_>, report: &mut Report, badge: &Badge<'_>, status: Finding) {
    let credential = view::of(badge);
    report.set(Check::Status, status);
    report.set(Check::Dates, dates::check(&credential, desk.now));
    report.set(
        Check::Person,
        person::check(&credential, desk.policy.recipient.as_deref()),
    );
    remarks(report, badge);
    let recognition = recognition::check(desk.policy, report, &credential, desk.now);
    report.set(Check::Recognition, recognition);
    report.verified = Some(Verified::older(credential));
}

fn remarks(report: &mut Report, badge: &Badge<'_>) {
    report.note(
        "older_version",
        format!(
            "made to Open Badges {}",
            badge.assertion.node.version.name()
        ),
    );
    if badge.assertion.recipient.is_plain_after_all {
        report.note(
            "recipient_plain",
            "the badge says that its recipient is hashed, but it is written in plain",
        );
    }
    let nodes = [badge.assertion.node, badge.design.node, badge.issuer.node];
    if nodes.iter().any(has_extension) {
        report.note(
            "extensions_not_checked",
            "the badge has extensions; they were not compared with their schemas",
        );
    }
    let has_endorsement = |node: &Node<'_>| node.all("endorsement").next().is_some();
    if nodes.iter().any(has_endorsement) {
        report.note(
            "endorsements_not_checked",
            "endorsements of older badges are not checked",
        );
        report.set(
            Check::Endorsements,
            Finding::unknown("endorsements_not_checked", "endorsements of an older kind"),
        );
    } else {
        report.set(
            Check::Endorsements,
            Finding::not_applicable("no_endorsements", ""),
        );
    }
}

fn has_extension(node: &Node<'_>) -> bool {
    node.object.iter().any(|(_, value)| {
        let parts = value.one_or_many().iter().filter_map(Value::as_object);
        parts.into_iter().any(|part| {
            part.get("type")
                .is_some_and(|types| types.includes("Extension"))
        })
    })
}

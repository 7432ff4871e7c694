//! The list of withdrawn signed badges (Open Badges 2.0 "RevocationList";
//! Open Badges 1 had an object of `uid` and reason).

use super::node::Node;
use super::settle::Badge;
use crate::json::{Object, Value, beginning};
use crate::verify::check::method::unreachable;
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Finding, Report};
use crate::verify::wanted::{Unavailable, WantedKind};

/// Looks the badge up in the list that the issuer's own profile names. The
/// list has no seal: it counts because of where it lies.
pub(super) fn check(desk: &Desk<'_>, report: &mut Report, badge: &Badge<'_>) -> Asking<Finding> {
    let url = match badge.issuer.node.iri("revocationList") {
        Ok(Some(url)) => url,
        Ok(None) => {
            report.note(
                "no_status",
                "the issuer offers no way to see whether the badge was withdrawn",
            );
            return Ok(Finding::not_applicable(
                "no_status",
                "the issuer keeps no list of withdrawn badges",
            ));
        }
        Err(_) => return Ok(broken("the address of the list is malformed")),
    };
    let document = match desk.ask(WantedKind::RevocationList, url)? {
        Ok(document) => document,
        Err(why) => return Ok(unavailable(url, why)),
    };
    let finding = match document.json() {
        Ok(Value::Object(list)) => look_up(&list, badge, url),
        Ok(_) => broken("it is no object"),
        Err(error) => broken(error.code()),
    };
    Ok(finding.aged(document.age(desk.now)))
}

fn unavailable(url: &str, why: Unavailable) -> Finding {
    Finding::unknown(why.status_code(), unreachable(url, why).detail)
}

fn broken(why: &str) -> Finding {
    Finding::unknown(
        "STATUS_VERIFICATION_ERROR",
        format!("the list of withdrawn badges cannot be read: {why}"),
    )
}

fn look_up(list: &Object<'_>, badge: &Badge<'_>, url: &str) -> Finding {
    let node = Node {
        object: list,
        ..badge.issuer.node
    };
    let uid = badge.assertion.node.text("uid").ok().flatten();
    let is_ours =
        |name: Option<&str>| name.is_some_and(|name| Some(name) == badge.id || Some(name) == uid);
    if !node.is_a(&["RevocationList"]) {
        return look_up_older(&node, badge, uid);
    }
    let is_other = node.id().ok().flatten().is_some_and(|id| id != url);
    let by_other = !matches!(node.iri("issuer"), Ok(None))
        && node.iri("issuer").ok().flatten() != badge.issuer.id;
    if is_other || by_other {
        return broken("it says that it is another");
    }
    for entry in node.all("revokedAssertions") {
        let reason = match entry {
            Value::String(name) if is_ours(Some(name)) => "",
            Value::String(_) => continue,
            Value::Object(object) => {
                let entry = node.part(object);
                let (Ok(id), Ok(uid)) = (entry.id(), entry.text("uid")) else {
                    return broken("an entry is malformed");
                };
                if !is_ours(id) && !is_ours(uid) {
                    continue;
                }
                let reason = entry.text("revocationReason").ok().flatten();
                reason.unwrap_or_default()
            }
            _ => return broken("an entry is malformed"),
        };
        return Finding::fails("revoked", beginning(reason, 300));
    }
    Finding::holds()
}

/// `{"uid": "reason"}`.
fn look_up_older(node: &Node<'_>, badge: &Badge<'_>, uid: Option<&str>) -> Finding {
    if badge.issuer.node.version.is_two() || node.has_type() {
        return broken("it is of another kind");
    }
    match uid.and_then(|uid| node.object.get(uid)) {
        None => Finding::holds(),
        Some(reason) => Finding::fails(
            "revoked",
            beginning(reason.as_str().unwrap_or_default(), 300),
        ),
    }
}

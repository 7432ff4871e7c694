//! The contexts are known ones, in order, and each is used.

use crate::canon::{is_context_used, is_shipped};
use crate::credential::DocumentKind;
use crate::json::Value;
use crate::limits;
use crate::verify::report::Finding;

const VC_2_0: &str = "https://www.w3.org/ns/credentials/v2";
const VC_1_1: &str = "https://www.w3.org/2018/credentials/v1";
const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context";

/// An ordered list of known addresses that begins with VC 2.0 or 1.1 (VCDM 2.0
/// §4.3, Open Badges 3.0 "Serialization"). An unknown, inline or unused context
/// is not the badge's fault, but we cannot say what it means.
pub(in crate::verify) fn check(document: &Value<'_>, kind: DocumentKind) -> Finding {
    let contexts = document.get("@context").map_or(&[][..], Value::one_or_many);
    if contexts.len() > limits::CONTEXTS {
        return Finding::unknown("context_not_allowed", "the badge names too many contexts");
    }
    let Some(first) = contexts.first() else {
        return Finding::fails("context_missing", "the badge names no context");
    };
    if contexts.iter().any(|context| context.as_str().is_none()) {
        return Finding::unknown(
            "context_not_allowed",
            "the badge brings a context of its own",
        );
    }
    if !matches!(first.as_str(), Some(VC_2_0 | VC_1_1)) {
        return Finding::fails(
            "context_order",
            "the first context is not the one of verifiable credentials",
        );
    }
    let addresses: Vec<&str> = contexts.iter().filter_map(Value::as_str).collect();
    if let Some(unknown) = addresses.iter().find(|address| !is_shipped(address)) {
        return Finding::unknown(
            "context_not_allowed",
            format!("the context {unknown:.200} is not one we know"),
        );
    }
    if matches!(kind, DocumentKind::Badge | DocumentKind::Endorsement)
        && !addresses.iter().any(|address| is_open_badges(address))
    {
        return Finding::fails("context_missing", "the context of Open Badges is missing");
    }
    for (at, address) in addresses.iter().enumerate().skip(1) {
        let earlier = addresses.get(..at).unwrap_or_default();
        if !is_open_badges(address) && is_context_used(document, address, earlier) != Some(true) {
            return Finding::unknown(
                "context_unused",
                format!("nothing in the badge uses the context {address}"),
            );
        }
    }
    Finding::holds()
}

fn is_open_badges(address: &str) -> bool {
    address.starts_with(OPEN_BADGES)
        || address.ends_with("ob_v3p0.html")
        || address.ends_with("jff-vc-edu-plugfest-1-context.json")
}

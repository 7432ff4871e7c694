//! What becomes of a badge.

mod approve;
mod renew;
mod replace;
mod resume;
mod revoke;
mod suspend;

use crate::{Badge, Node, Office};
use serde_json::json;

/// An organisation whose badges may be paused, and a badge.
fn pausable(node: &Node) -> (Office, String, Badge) {
    let office = node.office_with(&json!({ "settings": { "allowPausing": true } }));
    let design = node.design_with(&office, &json!({ "policy": { "mayBePaused": true } }));
    let badge = node.badge(&office, &design);
    (office, design, badge)
}

//! One request for each route that changes something, with what it leaves in
//! the audit.

use super::client::Request;
use super::made::{Office, fresh, new_badge, new_design, new_issuer};
use super::node::Node;
use countersign::picture::plain_png;
use serde_json::{Value, json};

/// A request that works, made when everything it needs is there.
pub struct Act {
    /// The route's method.
    pub method: &'static str,
    /// The route's path in the table.
    pub path: &'static str,
    /// The acts in the audit, in order.
    pub leaves: &'static [&'static str],
    /// Makes what it needs, and the request.
    pub prepare: fn(&Node) -> Request,
}

const ONE: &str = "/api/v1/issuers/{issuer}";

fn by(node: &Node, token: &str, method: &'static str, path: &str, body: &Value) -> Request {
    node.request(method, path).token(token).json(body)
}

/// A request of an administrator of an organisation of its own.
fn head(node: &Node, method: &'static str, tail: &str, body: &Value) -> Request {
    let office = node.office();
    by(
        node,
        &office.administrator,
        method,
        &format!("{}{tail}", office.path),
        body,
    )
}

/// A request about a badge that may be paused.
fn about(node: &Node, method: &'static str, tail: &str, body: &Value, first: &[&str]) -> Request {
    let (office, design, badge) = pausable(node);
    for tail in first {
        node.about(&office, &badge, tail).expect(200);
    }
    let mut body = body.clone();
    if body["achievement"] == "" {
        body["achievement"] = json!(design);
    }
    let path = format!("{}/credentials/{}{tail}", office.path, badge.id);
    by(node, &office.officer, method, &path, &body)
}

fn pausable(node: &Node) -> (Office, String, super::made::Badge) {
    let office = node.office_with(&json!({ "settings": { "allowPausing": true } }));
    let design = node.design_with(&office, &json!({ "policy": { "mayBePaused": true } }));
    let badge = node.badge(&office, &design);
    (office, design, badge)
}

fn waiting(node: &Node) -> Request {
    let office = node.office_with(&json!({ "settings": { "twoPeople": true } }));
    let design = node.design_with(&office, &json!({ "policy": { "approvals": ["assessor"] } }));
    let id = node
        .order(&office, &new_badge(&design))
        .expect(201)
        .word("id");
    let path = format!("{}/credentials/{id}/approval", office.path);
    by(node, &office.approver, "POST", &path, &json!({}))
}

fn key_to_use(node: &Node) -> Request {
    let office = node.office();
    let keys = format!("{}/keys", office.path);
    let made = by(node, &office.administrator, "POST", &keys, &json!({})).expect(201);
    node.pass(300);
    let path = format!("{keys}/{}/activation", made.word("id"));
    by(node, &office.administrator, "POST", &path, &json!({}))
}

fn token_to_end(node: &Node) -> Request {
    let office = node.office();
    let tokens = format!("{}/tokens", office.path);
    let body = json!({ "role": "auditor", "name": "Spare" });
    let made = by(node, &office.administrator, "POST", &tokens, &body).expect(201);
    let path = format!("{tokens}/{}", made.word("id"));
    by(node, &office.administrator, "DELETE", &path, &json!({}))
}

fn design_of(node: &Node, method: &'static str, body: &Value) -> Request {
    let office = node.office();
    let design = node.design(&office);
    let path = format!("{}/achievements/{design}", office.path);
    by(node, &office.officer, method, &path, body)
}

fn share_to_end(node: &Node) -> Request {
    let (office, _, badge) = node.given();
    let body = json!({ "kind": "link" });
    let token = node
        .about(&office, &badge, "shares")
        .json(&body)
        .expect(201)
        .word("token");
    let path = format!("{}/credentials/{}/shares/{token}", office.path, badge.id);
    by(node, &office.officer, "DELETE", &path, &json!({}))
}

fn stop(node: &Node, method: &'static str) -> Request {
    by(
        node,
        &node.operator,
        method,
        "/api/v1/stops/fetch",
        &json!({ "reason": "a test" }),
    )
}

macro_rules! acts {
    ($($method:literal $path:expr => [$($leaves:literal),*] $prepare:expr;)*) => {
        vec![$(Act { method: $method, path: $path, leaves: &[$($leaves),*], prepare: $prepare }),*]
    };
}

/// All of them; a switch is set before it is lifted.
pub fn all() -> Vec<Act> {
    acts! {
        "POST" "/api/v1/issuers" => ["issuer.created"] |node| {
            by(node, &node.operator, "POST", "/api/v1/issuers", &new_issuer(&fresh("act")))
        };
        "POST" "/api/v1/tokens" => ["token.created"] |node| {
            by(node, &node.operator, "POST", "/api/v1/tokens", &json!({ "role": "operator", "name": "Second" }))
        };
        "DELETE" "/api/v1/tokens/{id}" => ["token.ended"] |node| {
            let body = json!({ "role": "operator", "name": "Third" });
            let made = by(node, &node.operator, "POST", "/api/v1/tokens", &body).expect(201);
            by(node, &node.operator, "DELETE", &format!("/api/v1/tokens/{}", made.word("id")), &json!({}))
        };
        "PUT" "/api/v1/stops/{what}" => ["stop.set"] |node| stop(node, "PUT");
        "DELETE" "/api/v1/stops/{what}" => ["stop.lifted"] |node| stop(node, "DELETE");
        "PATCH" ONE => ["issuer.changed"] |node| head(node, "PATCH", "", &json!({ "profile": { "name": "A" } }));
        "POST" "/api/v1/issuers/{issuer}/closure" => ["issuer.closed"] |node| head(node, "POST", "/closure", &json!({}));
        "POST" "/api/v1/issuers/{issuer}/keys" => ["key.published"] |node| head(node, "POST", "/keys", &json!({}));
        "POST" "/api/v1/issuers/{issuer}/keys/{id}/activation" => ["key.activated"] key_to_use;
        "POST" "/api/v1/issuers/{issuer}/keys/{id}/revocation" => ["key.revoked"] |node| {
            head(node, "POST", "/keys/key-1/revocation", &json!({ "since": "2026-11-01T00:00:00Z" }))
        };
        "POST" "/api/v1/issuers/{issuer}/tokens" => ["token.created"] |node| {
            head(node, "POST", "/tokens", &json!({ "role": "officer", "name": "New" }))
        };
        "DELETE" "/api/v1/issuers/{issuer}/tokens/{id}" => ["token.ended"] token_to_end;
        "POST" "/api/v1/issuers/{issuer}/achievements" => ["achievement.created"] |node| {
            let office = node.office();
            let path = format!("{}/achievements", office.path);
            by(node, &office.officer, "POST", &path, &new_design(&fresh("act")))
        };
        "PUT" "/api/v1/issuers/{issuer}/achievements/{id}" => ["achievement.changed"] |node| {
            design_of(node, "PUT", &json!({ "achievement": new_design("x")["achievement"] }))
        };
        "DELETE" "/api/v1/issuers/{issuer}/achievements/{id}" => ["achievement.retired"] |node| {
            design_of(node, "DELETE", &json!({}))
        };
        "POST" "/api/v1/issuers/{issuer}/files" => ["file.added"] |node| {
            let office = node.office();
            let request = node.post(&format!("{}/files", office.path)).token(&office.officer);
            request.bytes("image/png", &plain_png())
        };
        "POST" "/api/v1/issuers/{issuer}/credentials" => ["credential.issued"] |node| {
            let office = node.office();
            let design = node.design(&office);
            node.order(&office, &new_badge(&design))
        };
        "POST" "/api/v1/issuers/{issuer}/credentials/batch" => ["credential.issued", "credential.issued"] |node| {
            let office = node.office();
            let badge = new_badge(&node.design(&office));
            let path = format!("{}/credentials/batch", office.path);
            by(node, &office.officer, "POST", &path, &json!({ "credentials": [badge, badge] }))
        };
        "POST" "/api/v1/issuers/{issuer}/credentials/{id}/revocation" => ["credential.withdrawn"] |node| {
            about(node, "POST", "/revocation", &json!({}), &[])
        };
        "POST" "/api/v1/issuers/{issuer}/credentials/{id}/suspension" => ["credential.paused"] |node| {
            about(node, "POST", "/suspension", &json!({}), &[])
        };
        "DELETE" "/api/v1/issuers/{issuer}/credentials/{id}/suspension" => ["credential.resumed"] |node| {
            about(node, "DELETE", "/suspension", &json!({}), &["suspension"])
        };
        "POST" "/api/v1/issuers/{issuer}/credentials/{id}/renewal" => ["credential.issued"] |node| {
            about(node, "POST", "/renewal", &json!({}), &[])
        };
        "POST" "/api/v1/issuers/{issuer}/credentials/{id}/replacement" => ["credential.issued", "credential.withdrawn"] |node| {
            about(node, "POST", "/replacement", &new_badge(""), &[])
        };
        "POST" "/api/v1/issuers/{issuer}/credentials/{id}/approval" => ["credential.approved", "credential.issued"] waiting;
        "POST" "/api/v1/issuers/{issuer}/credentials/{id}/shares" => ["credential.shared"] |node| {
            about(node, "POST", "/shares", &json!({ "kind": "link" }), &[])
        };
        "DELETE" "/api/v1/issuers/{issuer}/credentials/{id}/shares/{token}" => ["credential.unshared"] share_to_end;
    }
}

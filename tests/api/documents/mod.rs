//! What others fetch from a node.

mod achievement;
mod health;
mod keys;
mod lists;
mod outage;
mod profile;
mod shared;

use crate::{Answer, Node};

/// A document that others fetch: its form, and that a copy is recognised.
#[track_caller]
fn fetched(node: &Node, path: &str, media_type: &str, keep: &str) -> Answer {
    let answer = node.get(path).expect(200);
    assert_eq!(answer.header("content-type"), media_type, "{path}");
    assert_eq!(answer.header("cache-control"), keep, "{path}");
    assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
    let etag = answer.header("etag").to_owned();
    assert!(etag.starts_with('"') && etag.len() == 34, "{path}: {etag}");
    for known in [
        etag.clone(),
        format!("W/{etag}"),
        format!("\"x\", {etag}"),
        "*".to_owned(),
    ] {
        let copy = node.get(path).header("If-None-Match", &known).expect(304);
        assert!(copy.body.is_empty(), "{path}");
        assert_eq!(copy.header("etag"), etag, "{path}");
        assert_eq!(copy.header("cache-control"), keep, "{path}");
        assert_eq!(copy.header("access-control-allow-origin"), "*", "{path}");
    }
    let other = node
        .get(path)
        .header("If-None-Match", "\"other\"")
        .expect(200);
    assert_eq!(other.body, answer.body, "{path}");
    let head = node.request("HEAD", path).expect(200);
    assert!(head.body.is_empty(), "{path}");
    assert_eq!(head.header("content-type"), media_type, "{path}");
    assert_eq!(head.header("etag"), etag, "{path}");
    assert_eq!(
        head.header("content-length"),
        answer.body.len().to_string(),
        "{path}"
    );
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let refused = node.request(method, path).refused("method_not_allowed");
        assert_eq!(refused.header("allow"), "GET, HEAD", "{method} {path}");
    }
    answer
}

//! What becomes of a design on this node: its addresses on its own host become
//! ours, and nothing else changes.

use super::source::Source;
use crate::edge::address::NodeAddress;
use crate::json::{Object, Value};
use std::collections::HashMap;
use url::Url;

/// Where a design comes to lie.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// This node.
    pub node: &'a NodeAddress,
    /// The last part of the design's address.
    pub slug: &'a str,
    /// The identifier of the issuer whose design it is.
    pub issuer: &'a str,
    /// The identifiers here of organisations, by those where they come from.
    pub known: &'a HashMap<String, String>,
}

/// The Achievement as it is here.
#[must_use]
pub fn achievement(source: &Source, here: Here<'_>) -> Object<'static> {
    let mut achievement = source.achievement.clone();
    let Some(home) = achievement.text("id").and_then(authority) else {
        return achievement;
    };
    let base = here.node.achievement(here.slug);
    achievement.set("id", base.clone());
    move_id(&mut achievement, "criteria", |id| {
        is_at(id, &home).then(|| format!("{base}/criteria"))
    });
    move_id(&mut achievement, "image", |id| {
        is_at(id, &home).then(|| format!("{base}/image.svg"))
    });
    move_id(&mut achievement, "creator", |id| {
        let here_it_is = || here.known.get(id).map_or(here.issuer, String::as_str);
        is_at(id, &home).then(|| here_it_is().to_owned())
    });
    achievement
}

/// The policy as it is here: with the digest of the picture, by which it is
/// found.
#[must_use]
pub fn policy(source: &Source, image_digest: Option<&str>) -> Object<'static> {
    let mut policy = source.policy.clone();
    if let Some(digest) = image_digest {
        policy.set("imageDigest", digest.to_owned());
    }
    policy
}

fn move_id(object: &mut Object<'static>, member: &str, to: impl Fn(&str) -> Option<String>) {
    let Some(part) = object.get_mut(member).and_then(Value::as_object_mut) else {
        return;
    };
    if let Some(id) = part.text("id").and_then(to) {
        part.set("id", id);
    }
}

/// The host and the port of an address.
fn authority(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url
        .host_str()
        .filter(|_| url.scheme().starts_with("http"))?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// Whether an address, or a did:web, lies at a host.
fn is_at(id: &str, home: &str) -> bool {
    match id.strip_prefix("did:web:") {
        Some(rest) => {
            let host = rest.split(':').next().unwrap_or_default();
            host.replace("%3A", ":").eq_ignore_ascii_case(home)
        }
        None => authority(id).as_deref() == Some(home),
    }
}

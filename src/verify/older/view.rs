//! An older badge in the members of Open Badges 3, to be shown.
//!
//! **Does not** make a credential: nobody signed this form, and it has neither
//! contexts nor types, so that it cannot be taken for one.

use super::node::{Kind, Node};
use super::settle::Badge;
use crate::clock::Moment;
use crate::json::{Object, Value};

/// The badge, with the content that was checked and no other.
pub(super) fn of(badge: &Badge<'_>) -> Object<'static> {
    let mut credential = Object::new();
    set_text(&mut credential, "id", badge.id);
    credential.set("issuer", issuer(badge));
    let date = |moment: Option<Moment>| moment.map(Moment::to_rfc3339);
    let issued = date(badge.assertion.issued_on);
    // An older badge counts from the moment it was awarded.
    set_text(&mut credential, "validFrom", issued.as_deref());
    set_text(&mut credential, "awardedDate", issued.as_deref());
    let expires = date(badge.assertion.expires);
    set_text(&mut credential, "validUntil", expires.as_deref());
    credential.set("credentialSubject", subject(badge));
    let evidence = list(&badge.assertion.node, "evidence", evidence);
    if !evidence.is_empty() {
        credential.set("evidence", Value::Array(evidence));
    }
    credential
}

fn issuer(badge: &Badge<'_>) -> Object<'static> {
    let mut issuer = Object::new();
    let node = &badge.issuer.node;
    set_text(&mut issuer, "id", badge.issuer.id);
    issuer.set("type", "Profile");
    issuer.set("name", badge.issuer.name.to_owned());
    issuer.set("url", badge.issuer.url.to_owned());
    for (new, old) in [
        ("email", "email"),
        ("phone", "telephone"),
        ("description", "description"),
    ] {
        copy_text(&mut issuer, new, node, old);
    }
    set_image(&mut issuer, node);
    issuer
}

fn subject(badge: &Badge<'_>) -> Object<'static> {
    let recipient = &badge.assertion.recipient;
    let mut subject = Object::new();
    set_text(&mut subject, "id", recipient.subject_id());
    let identity = Value::Object(recipient.to_identity_object());
    subject.set("identifier", Value::Array(vec![identity]));
    copy_text(
        &mut subject,
        "narrative",
        &badge.assertion.node,
        "narrative",
    );
    set_image(&mut subject, &badge.assertion.node);
    subject.set("achievement", achievement(badge));
    subject
}

fn achievement(badge: &Badge<'_>) -> Object<'static> {
    let node = &badge.design.node;
    let mut achievement = Object::new();
    set_text(&mut achievement, "id", badge.design_id);
    achievement.set("type", "Achievement");
    achievement.set("name", badge.design.name.to_owned());
    achievement.set("description", badge.design.description.to_owned());
    achievement.set("criteria", criteria(node));
    set_image(&mut achievement, node);
    copy_text(&mut achievement, "inLanguage", node, "@language");
    copy_text(&mut achievement, "version", node, "version");
    let tags = node
        .all("tags")
        .filter_map(|tag| Some(Value::from(tag.as_str()?.to_owned())));
    let tags: Vec<Value<'static>> = tags.collect();
    if !tags.is_empty() {
        achievement.set("tag", Value::Array(tags));
    }
    let alignment = list(node, "alignment", alignment);
    if !alignment.is_empty() {
        achievement.set("alignment", Value::Array(alignment));
    }
    achievement
}

/// An address becomes an `id`.
fn criteria(node: &Node<'_>) -> Object<'static> {
    let mut criteria = Object::new();
    let id = node.iri("criteria").ok().flatten();
    set_text(&mut criteria, "id", id);
    if let Ok(Some(Value::Object(object))) = node.one("criteria") {
        copy_text(&mut criteria, "narrative", &node.part(object), "narrative");
    }
    criteria
}

fn evidence(node: &Node<'_>) -> Option<Object<'static>> {
    let mut evidence = Object::new();
    set_text(&mut evidence, "id", node.id().ok()?);
    evidence.set("type", "Evidence");
    for member in ["name", "description", "narrative", "genre", "audience"] {
        copy_text(&mut evidence, member, node, member);
    }
    Some(evidence)
}

/// Open Badges 1 called the members `name`, `url` and `description`.
fn alignment(node: &Node<'_>) -> Option<Object<'static>> {
    let either = |new: &str, old: &str| {
        let text = |member: &str| node.iri(member).ok().flatten();
        text(new).or_else(|| text(old)).map(str::to_owned)
    };
    let mut alignment = Object::new();
    alignment.set("type", "Alignment");
    alignment.set("targetName", either("targetName", "name")?);
    alignment.set("targetUrl", either("targetUrl", "url")?);
    let description = either("targetDescription", "description");
    set_text(&mut alignment, "targetDescription", description.as_deref());
    copy_text(&mut alignment, "targetFramework", node, "targetFramework");
    copy_text(&mut alignment, "targetCode", node, "targetCode");
    Some(alignment)
}

/// Each value of a member; an address stands for a node that has it. What is
/// malformed is left out: nothing depends on it.
fn list(
    node: &Node<'_>,
    member: &str,
    read: impl Fn(&Node<'_>) -> Option<Object<'static>>,
) -> Vec<Value<'static>> {
    let read_value = |value: &Value<'_>| {
        let object = match value {
            Value::Object(object) => object.clone().into_owned(),
            Value::String(id) => {
                let mut object = Object::new();
                object.set("id", id.clone().into_owned());
                object
            }
            _ => return None,
        };
        read(&Node {
            kind: Kind::Assertion,
            version: node.version,
            object: &object,
        })
        .map(Value::Object)
    };
    node.all(member).filter_map(read_value).collect()
}

fn set_image(object: &mut Object<'static>, node: &Node<'_>) {
    let Ok(Some(id)) = node.iri("image") else {
        return;
    };
    let mut image = Object::new();
    image.set("id", id.to_owned());
    image.set("type", "Image");
    if let Ok(Some(Value::Object(written))) = node.one("image") {
        copy_text(&mut image, "caption", &node.part(written), "caption");
    }
    object.set("image", image);
}

fn copy_text(object: &mut Object<'static>, new: &'static str, node: &Node<'_>, old: &str) {
    set_text(object, new, node.text(old).ok().flatten());
}

fn set_text(object: &mut Object<'static>, name: &'static str, text: Option<&str>) {
    if let Some(text) = text {
        object.set(name, text.to_owned());
    }
}

//! `POST /api/v1/issuers/{issuer}/files`, and `GET /files/{digest}`.

use crate::{Badge, Node, Office, Request, new_badge, rows};
use countersign::picture::plain_png;
use serde_json::json;

const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#246"/></svg>"##;

fn upload(node: &Node, office: &Office, media_type: &str, bytes: &[u8]) -> Request {
    node.post(&format!("{}/files", office.path))
        .token(&office.officer)
        .bytes(media_type, bytes)
}

#[test]
fn a_picture_is_served_as_a_picture_and_nothing_else() {
    let node = Node::shared();
    let office = node.office();
    for (media_type, bytes) in [
        ("image/png", plain_png()),
        ("image/svg+xml", SVG.as_bytes().to_vec()),
    ] {
        let made = upload(node, &office, media_type, &bytes).expect(201);
        assert_eq!(made.word("mediaType"), media_type);
        let path = node.path_of(&made.word("address")).to_owned();
        assert_eq!(path, format!("/files/{}", made.word("digest")));
        let served = node.get(&path).expect(200);
        assert_eq!(served.header("content-type"), media_type);
        assert_eq!(
            served.header("content-security-policy"),
            "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        );
        assert_eq!(
            served.body.len(),
            made.json()["size"].as_u64().expect("a size") as usize
        );
        let again = upload(node, &office, media_type, &bytes).expect(201);
        assert_eq!(again.body, made.body);
    }
}

#[test]
fn a_badge_is_baked_into_the_picture_of_its_design() {
    let node = Node::shared();
    let office = node.office();
    for (media_type, bytes, form) in [
        ("image/png", plain_png(), "png"),
        ("image/svg+xml", SVG.as_bytes().to_vec(), "svg"),
    ] {
        let address = upload(node, &office, media_type, &bytes)
            .expect(201)
            .word("address");
        let design = node.design_with(&office, &json!({ "achievement": { "image": { "id": address, "type": "Image", "caption": "A shield" } } }));
        let badge = Badge::of(&node.order(&office, &new_badge(&design)).expect(201));
        let path = format!("{}/credentials/{}/file?form={form}", office.path, badge.id);
        let file = node.get(&path).token(&office.officer).expect(200);
        node.hold_current(&file.body);
        if form == "svg" {
            assert!(file.text().contains("#246"), "{}", file.text());
        }
    }
}

#[test]
fn what_acts_or_is_no_picture_is_refused() {
    let node = Node::shared();
    let office = node.office();
    let before = rows::entries_of(node, &office);
    let svg = |inside: &str| {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">{inside}</svg>"#)
    };
    for bad in [
        svg("<script>alert(1)</script>"),
        svg(r#"<rect width="4" height="4" onload="alert(1)"/>"#),
        svg(r#"<image href="https://evil.example/x.png" width="4" height="4"/>"#),
    ] {
        let answer = upload(node, &office, "image/svg+xml", bad.as_bytes()).refused("svg_refused");
        assert_eq!(answer.status, 422);
    }
    for (media_type, bad) in [
        ("image/png", b"".to_vec()),
        ("image/png", b"not a picture".to_vec()),
        ("image/png", plain_png()[..60].to_vec()),
        ("image/svg+xml", b"<svg".to_vec()),
        ("image/png", b"GIF89a\x01\x00\x01\x00".to_vec()),
    ] {
        let answer = upload(node, &office, media_type, &bad).send();
        assert!([415, 422].contains(&answer.status), "{}", answer.text());
    }
    let large = vec![0; 4 * 1024 * 1024 + 1];
    upload(node, &office, "image/png", &large).refused("payload_too_large");
    assert_eq!(rows::entries_of(node, &office), before);
}

#[test]
fn what_is_no_digest_is_not_there() {
    let node = Node::shared();
    for digest in ["none", "..", "%2e%2e%2fmaster.key", &"0".repeat(64), "%00"] {
        node.get(&format!("/files/{digest}")).refused("not_found");
    }
}

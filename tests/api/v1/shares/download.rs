//! `GET …/credentials/{id}/file`.

use crate::{Badge, Node, Office, Request};
use serde_json::json;

fn file(node: &Node, office: &Office, badge: &Badge, query: &str) -> Request {
    node.get(&format!(
        "{}/credentials/{}/file{query}",
        office.path, badge.id
    ))
    .token(&office.officer)
}

#[test]
fn every_form_of_a_file_holds_the_badge() {
    let node = Node::shared();
    for seal in ["eddsa-rdfc-2022", "vc-jwt"] {
        let office = node.office_with(&json!({ "settings": { "seal": seal } }));
        let design = node.design(&office);
        let badge = node.badge(&office, &design);
        let plain = if seal == "vc-jwt" {
            ("jwt", "text/plain")
        } else {
            ("json", "application/vc+ld+json")
        };
        for (query, (ending, media_type)) in [
            ("", plain),
            ("?form=json", plain),
            ("?form=png", ("png", "image/png")),
            ("?form=svg", ("svg", "image/svg+xml")),
        ] {
            let got = file(node, &office, &badge, query).expect(200);
            assert_eq!(got.header("content-type"), media_type, "{seal} {query}");
            let name = format!("attachment; filename=\"badge-{}.{ending}\"", badge.id);
            assert_eq!(got.header("content-disposition"), name);
            assert_eq!(got.header("cache-control"), "no-store");
            node.hold_current(&got.body);
            if query.is_empty() {
                assert_eq!(got.body, badge.bytes);
            }
            assert_eq!(
                file(node, &office, &badge, query).expect(200).body,
                got.body
            );
        }
    }
}

#[test]
fn a_picture_with_a_changed_badge_inside_does_not_hold() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let svg = file(node, &office, &badge, "?form=svg").expect(200).text();
    let changed = svg.replace("Saffron", "Saffrom");
    assert_ne!(changed, svg);
    assert_eq!(node.check(changed.as_bytes())["conclusion"], "reject");
}

#[test]
fn there_is_no_other_form() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    for query in ["?form=pdf", "?form=", "?form=PNG", "?form=png&form=svg"] {
        file(node, &office, &badge, query).refused("schema_invalid");
    }
    node.get(&format!("{}/credentials/none/file", office.path))
        .token(&office.officer)
        .refused("not_found");
}

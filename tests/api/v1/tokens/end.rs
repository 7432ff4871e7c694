//! `DELETE …/tokens/{id}`.

use crate::{Node, rows};
use serde_json::json;

#[test]
fn an_ended_token_works_nowhere_from_that_moment_on() {
    let node = Node::shared();
    let office = node.office();
    let made = node
        .post(&format!("{}/tokens", office.path))
        .token(&office.administrator)
        .json(&json!({ "role": "auditor", "name": "Short" }))
        .expect(201);
    let (id, token) = (made.word("id"), made.word("token"));
    let end = |id: &str| {
        node.request("DELETE", &format!("{}/tokens/{id}", office.path))
            .token(&office.administrator)
    };
    node.get(&office.path).token(&token).expect(200);
    end(&id).expect(204);
    node.get(&office.path)
        .token(&token)
        .refused("auth_required");
    end(&id).expect(204);
    assert_eq!(rows::acts(node, &id), ["token.created", "token.ended"]);
    end("none").refused("not_found");
    let actors = rows::lines(
        node,
        &format!("SELECT actor AS line FROM audit WHERE object = '{id}'"),
    );
    assert_ne!(actors[0], id);
}

#[test]
fn a_token_of_the_node_is_not_an_organisations_to_end_and_the_other_way_round() {
    let node = Node::shared();
    let office = node.office();
    let made = node
        .post("/api/v1/tokens")
        .token(&node.operator)
        .json(&json!({ "role": "operator", "name": "Second" }))
        .expect(201);
    let id = made.word("id");
    node.request("DELETE", &format!("{}/tokens/{id}", office.path))
        .token(&office.administrator)
        .refused("not_found");
    node.get("/api/v1/issuers")
        .token(&made.word("token"))
        .expect(200);
    let theirs = node
        .get(&format!("{}/tokens", office.path))
        .token(&office.administrator)
        .expect(200)
        .json();
    let theirs = theirs["items"][0]["id"].as_str().expect("an id").to_owned();
    node.request("DELETE", &format!("/api/v1/tokens/{theirs}"))
        .token(&node.operator)
        .refused("not_found");
    node.request("DELETE", &format!("/api/v1/tokens/{id}"))
        .token(&node.operator)
        .expect(204);
    node.get("/api/v1/issuers")
        .token(&made.word("token"))
        .refused("auth_required");
}

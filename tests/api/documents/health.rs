//! `/livez` and `/readyz`.

use crate::Node;
use std::sync::atomic::Ordering;

#[test]
fn health_is_asked_by_address_and_needs_no_name() {
    let node = Node::shared();
    for path in ["/livez", "/readyz"] {
        for host in ["127.0.0.1", "10.0.0.7:8080", "other.example"] {
            node.get(path).host(host).expect(200);
        }
    }
    assert_eq!(
        node.get("/readyz").expect(200).json()["problems"],
        serde_json::json!([])
    );
}

#[test]
fn a_node_that_stops_or_whose_lists_end_is_not_ready() {
    let node = Node::start();
    node.given();
    node.state.stopping.store(true, Ordering::Relaxed);
    let stopping = node.get("/readyz").may_fail().expect(503);
    assert_eq!(stopping.json()["problems"][0], "stopping");
    node.get("/livez").expect(200);
    node.clock.advance(6 * 86_400 + 1);
    let ending = node.get("/readyz").may_fail().expect(503);
    assert!(ending.text().contains("status_lists"), "{}", ending.text());
}

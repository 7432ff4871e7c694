//! A node under load, beside actix answering "hello" on the same machine in
//! the same run: `cargo bench --bench load`.
//!
//! Needs `wrk` (Debian's package of that name). Everything runs on loopback,
//! with both cores shared between the node and `wrk`; limits for clients are
//! off. `SECONDS` (5) is how long each measurement takes, `ROUNDS` (3) how
//! often each is made; the middle one is told.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a benchmark stops where it stands, and prints"
)]

mod node;
mod wrk;

use node::Node;
use serde_json::json;
use wrk::{Measured, Request};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    if !wrk::is_there() {
        println!("wrk is missing: apt-get install wrk");
        return;
    }
    let hello = node::hello();
    let node = Node::start();
    let badge = node.badge();
    let check = json!({"credential": badge.credential}).to_string();
    let (issue, authorization) = (node.order(), node.authorization());
    let get = |path: &str| Request::get(&node.base, path);
    let all = [
        ("hello JSON", Request::get(&hello, "/")),
        ("GET badge", get(&badge.path)),
        ("GET did.json", get("/.well-known/did.json")),
        ("GET status list", get("/status/1")),
        (
            "POST check, 4 KB, warm",
            Request::post(&node.base, "/api/v1/checks", &check, &[]),
        ),
        (
            "POST issue, durable",
            Request::post(
                &node.base,
                "/api/v1/issuers/council/credentials",
                &issue,
                &[("authorization", &authorization)],
            )
            .once_each(),
        ),
    ];
    println!("badge: {} bytes", badge.credential.to_string().len());
    println!(
        "{:<26} {:>10} {:>9} {:>9} {:>8} {:>7}",
        "", "per second", "p50 ms", "p99 ms", "÷ hello", "errors"
    );
    let mut first = None;
    for (name, request) in all {
        let measured = middle(&request);
        let hello = *first.get_or_insert(measured.per_second);
        println!(
            "{name:<26} {:>10.0} {:>9.2} {:>9.2} {:>8.2} {:>7}",
            measured.per_second,
            measured.p50,
            measured.p99,
            measured.per_second / hello,
            measured.errors
        );
    }
    node.batch();
}

fn middle(request: &Request) -> Measured {
    let rounds = std::env::var("ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(3);
    let mut all: Vec<Measured> = (0..rounds).map(|_| wrk::measure(request)).collect();
    all.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    all[all.len() / 2]
}

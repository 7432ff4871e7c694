//! Kills at every named point of issuing, and at random.

use crate::invariants::{Told, can_be_withdrawn};
use crate::node::{Place, wait_until};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Every point at which issuing can be cut off.
const POINTS: [&str; 12] = [
    "issuing.before_reserve",
    "issuing.in_reserve",
    "issuing.after_position",
    "issuing.after_reserve",
    "issuing.before_seal",
    "issuing.after_seal",
    "issuing.in_finish",
    "store.before_log",
    "store.before_commit",
    "store.after_commit",
    "issuing.before_answer",
    "lists.before_keep",
];

fn is_long() -> bool {
    std::env::var_os("COUNTERSIGN_LONG").is_some()
}

/// Asks for badges from several clients until none is answered any more, or
/// `enough` were asked for.
fn ask_until_gone(place: &Place, told: &Told, round: &str, enough: u32) {
    let next = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= enough || !told.ask(place, &format!("{round}-{number}")) {
                        break;
                    }
                }
            });
        }
    });
}

#[test]
fn killed_at_any_point_of_issuing_a_node_loses_and_doubles_nothing() {
    let (place, mut node) = Place::new("points");
    let told = Told::default();
    ask_until_gone(&place, &told, "before", 4);
    let rounds = if is_long() { 45 } else { 2 };
    for round in 0..rounds {
        for point in POINTS {
            node.kill();
            // The first few badges pass, so that there is something to lose.
            let starts = if point.starts_with("store.") { 12 } else { 1 };
            let passes = round * 3 + starts;
            node = place.start(&format!("{point}={passes}*off->return"));
            let name = format!("{point}-{round}");
            ask_until_gone(&place, &told, &name, 60);
            if point != "lists.before_keep" {
                wait_until(|| node.is_gone());
            }
        }
    }
    node.kill();
    node = place.start("");
    told.broken(&place).unwrap();
    can_be_withdrawn(&place, &told);
    assert!(
        told.acknowledged() > POINTS.len(),
        "{}",
        told.acknowledged()
    );
    node.kill();
}

#[test]
fn killed_at_random_a_node_loses_and_doubles_nothing() {
    let (place, mut node) = Place::new("random");
    let told = Told::default();
    let kills: u64 = if is_long() { 1_000 } else { 30 };
    for kill in 0..kills {
        let round = format!("r{kill}");
        std::thread::scope(|scope| {
            let clients = scope.spawn(|| ask_until_gone(&place, &told, &round, 200));
            // Spread over the time that a few commits take.
            std::thread::sleep(Duration::from_millis(3 + (kill * 7_919) % 61));
            node.kill();
            clients.join().expect("clients");
        });
        node = place.start("");
    }
    told.broken(&place).unwrap();
    can_be_withdrawn(&place, &told);
    assert!(told.acknowledged() > 0);
}

/// The control: commits that are lost after they were acknowledged, as a disk
/// loses them that lies about what it wrote, are found out.
#[test]
fn lost_commits_are_found_out() {
    let (place, mut node) = Place::new("lost");
    let told = Told::default();
    assert!(told.ask(&place, "kept"));
    told.broken(&place).unwrap();
    node.kill();
    let (data, before) = (
        place.folder.path().join("data"),
        place.folder.path().join("before"),
    );
    copy(&data, &before);
    let mut node = place.start("");
    for number in 0..5 {
        assert!(told.ask(&place, &format!("lost-{number}")));
    }
    node.kill();
    std::fs::remove_dir_all(&data).expect("removed");
    copy(&before, &data);
    let _node = place.start("");
    let found = told
        .broken(&place)
        .expect_err("what was acknowledged is gone");
    assert!(found.starts_with("I1"), "{found}");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

/// The control: a node that gives a badge anew instead of finding the first is
/// found out.
#[test]
fn a_node_that_forgets_who_asked_is_found_out() {
    let (place, mut node) = Place::new("forgets-who");
    let told = Told::default();
    node.kill();
    let _node = place.start("idempotency.forget=return");
    assert!(told.ask(&place, "once"));
    let found = told.broken(&place).expect_err("there are two badges");
    assert!(
        found.starts_with("I1") || found.starts_with("I2"),
        "{found}"
    );
}

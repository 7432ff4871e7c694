//! Our check of one `eddsa-rdfc-2022` badge beside that of the Digital Bazaar
//! libraries: the same badge and documents, round by round in one run.
//!
//! ```sh
//! npm --prefix tests/peers ci
//! taskset -c 1 cargo bench --bench beside
//! ```

#![expect(clippy::expect_used, reason = "a bench that cannot set up has to stop")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

#[path = "../library/badges.rs"]
#[expect(dead_code, reason = "the other sizes are for the other bench")]
mod badges;

use countersign::json::Value;
use countersign::proof::Suite;
use countersign::verify::{Answer, Conclusion, Document, Policy, Step, Verification};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// That of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 7;
const OURS_A_ROUND: usize = 5_000;
const THEIRS_A_ROUND: &str = "300";

fn main() {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
    if !peers.join("node_modules").is_dir() {
        println!("skipped: the peers are not there; npm --prefix tests/peers ci");
        return;
    }
    let mut badge = badges::typical();
    if let Some(object) = badge.as_object_mut() {
        object.remove("credentialStatus");
    }
    let badge = badges::signed(&badge, Suite::EddsaRdfc2022);
    let folder = std::env::temp_dir().join(format!("countersign-beside-{}", std::process::id()));
    lay_out(&folder, &badge);
    let document = Arc::new(Document::new(badges::did_document().into_bytes(), None));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(our_round(&badge, &document));
        theirs.push(their_round(&peers, &folder));
    }
    std::fs::remove_dir_all(&folder).expect("a folder");
    report(&badge, &mut ours, &mut theirs);
}

/// As `countersign check --documents` wants it.
fn lay_out(folder: &Path, badge: &str) {
    let host = folder.join("northmarch.badges.example.org/.well-known");
    std::fs::create_dir_all(&host).expect("a folder");
    std::fs::write(host.join("did.json"), badges::did_document()).expect("a file");
    std::fs::write(folder.join("badge.json"), badge).expect("a file");
}

/// The median time of one check, in microseconds.
fn our_round(badge: &str, document: &Arc<Document>) -> f64 {
    let mut times: Vec<Duration> = (0..OURS_A_ROUND)
        .map(|_| {
            let start = Instant::now();
            check(badge, document);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, |time| time.as_secs_f64() * 1e6)
}

fn check(badge: &str, document: &Arc<Document>) {
    let mut verification = Verification::new(badge.as_bytes(), badges::now(), Policy::default());
    loop {
        match verification.step() {
            Step::Ask(wanted) => {
                verification.answer(wanted, Answer::Document(Arc::clone(document)));
            }
            Step::Done(report) => {
                assert_eq!(report.conclusion(), Conclusion::Accept);
                return;
            }
        }
    }
}

fn their_round(peers: &Path, folder: &Path) -> f64 {
    let output = Command::new("node")
        .arg(peers.join("bench.mjs"))
        .arg(folder.join("badge.json"))
        .args(["--times", THEIRS_A_ROUND, "--json", "--documents"])
        .arg(folder)
        .output()
        .expect("node");
    let text = String::from_utf8_lossy(&output.stdout);
    let said = countersign::json::parse(text.trim().as_bytes());
    said.ok()
        .and_then(|said| said.get("median_us").and_then(Value::as_number))
        .expect("a median")
        .as_f64()
}

fn report(badge: &str, ours: &mut [f64], theirs: &mut [f64]) {
    let ratios: Vec<f64> = ours
        .iter()
        .zip(&*theirs)
        .map(|(ours, theirs)| theirs / ours)
        .collect();
    println!(
        "one eddsa-rdfc-2022 badge of {} bytes, medians of {ROUNDS} rounds",
        badge.len()
    );
    println!("countersign      {:>8.1} µs", middle(ours));
    println!("digitalbazaar    {:>8.1} µs", middle(theirs));
    println!(
        "times as fast    {:>8.1}  (each round: {:.1?})",
        middle(&mut ratios.clone()),
        ratios
    );
}

fn middle(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

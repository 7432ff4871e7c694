//! What a check costs, step by step, beside what it cannot do without: one
//! SHA-256 of the text and one strict Ed25519 verification, in the same run.
//!
//! `cargo bench --bench library` prints medians; the ratios that the design
//! sets bars for are in the README.

#![expect(clippy::expect_used, reason = "a bench that cannot set up has to stop")]

mod badges;

use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Mode, Nothing, engine, jcs};
use countersign::issue::{Draft, Method, Seal, Settings, lint, sign};
use countersign::json::{self, Value};
use countersign::proof::{Claims, Suite, create};
use countersign::verify::{Answer, Conclusion, Document, Policy, Report, Step, Verification};
use divan::{Bencher, black_box};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// That of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    for size in SIZES {
        let badge = badge(size);
        let bytes = badges::signed(&badge, Suite::EddsaRdfc2022).len();
        println!(
            "{size}: {bytes} bytes signed, {} statements",
            statements(&badge).len()
        );
    }
    divan::main();
}

const SIZES: [&str; 3] = ["small", "typical", "large"];

fn badge(size: &str) -> Value<'static> {
    match size {
        "small" => badges::small(),
        "typical" => badges::typical(),
        _ => badges::large(),
    }
}

#[divan::bench(args = SIZES)]
fn a_sha256(bencher: Bencher<'_, '_>, size: &str) {
    let text = badges::signed(&badge(size), Suite::EddsaRdfc2022);
    bencher.bench(|| Sha256::digest(black_box(text.as_bytes())));
}

#[divan::bench]
fn a_ed25519_sign(bencher: Bencher<'_, '_>) {
    let key = badges::key();
    bencher.bench(|| key.sign(black_box(&[1; 64])));
}

#[divan::bench]
fn a_ed25519_verify_strict(bencher: Bencher<'_, '_>) {
    let key = badges::key();
    let signature = key.sign(&[1; 64]).expect("a signature");
    bencher.bench(|| {
        key.public()
            .verify(black_box(&[1; 64]), black_box(&signature))
            .expect("good")
    });
}

#[divan::bench(args = SIZES)]
fn b_scan(bencher: Bencher<'_, '_>, size: &str) {
    let text = badges::signed(&badge(size), Suite::EddsaRdfc2022);
    bencher.bench(|| json::scan(black_box(text.as_bytes())).map(str::len));
}

#[divan::bench(args = SIZES)]
fn c_scan_and_parse(bencher: Bencher<'_, '_>, size: &str) {
    let text = badges::signed(&badge(size), Suite::EddsaRdfc2022);
    bencher.bench(|| drop(json::parse(black_box(text.as_bytes()))));
}

#[divan::bench(args = SIZES)]
fn d_jcs(bencher: Bencher<'_, '_>, size: &str) {
    let badge = badge(size);
    bencher.bench(|| jcs::to_text(black_box(&badge)));
}

#[divan::bench(args = SIZES)]
fn d_serde_jcs(bencher: Bencher<'_, '_>, size: &str) {
    let badge = badge(size);
    bencher.bench(|| serde_jcs::to_string(black_box(&badge)));
}

fn statements(badge: &Value<'_>) -> Dataset {
    let mut dataset = Dataset::new();
    engine(Edition::Newest)
        .read(badge, None, &Mode::strict(), &mut dataset)
        .expect("JSON-LD");
    dataset
}

#[divan::bench(args = SIZES)]
fn e_statements(bencher: Bencher<'_, '_>, size: &str) {
    let badge = badge(size);
    println!(
        "{size}: {} bytes, {} statements",
        badges::signed(&badge, Suite::EddsaRdfc2022).len(),
        statements(&badge).len()
    );
    bencher.bench(|| statements(black_box(&badge)).len());
}

#[divan::bench(args = SIZES)]
fn e_terms_only(bencher: Bencher<'_, '_>, size: &str) {
    let badge = badge(size);
    bencher.bench(|| {
        engine(Edition::Newest).read(black_box(&badge), None, &Mode::strict(), &mut Nothing)
    });
}

#[divan::bench(args = SIZES)]
fn f_rdfc(bencher: Bencher<'_, '_>, size: &str) {
    let badge = badge(size);
    bencher
        .with_inputs(|| statements(&badge))
        .bench_values(|mut dataset| canonicalize(&mut dataset, Hash::Sha256));
}

fn documents() -> (Arc<Document>, Arc<Document>) {
    (
        Arc::new(Document::new(badges::did_document().into_bytes(), None)),
        Arc::new(Document::new(badges::status_list().into_bytes(), None)),
    )
}

fn check(text: &str, documents: &(Arc<Document>, Arc<Document>)) -> Report {
    let mut verification = Verification::new(text.as_bytes(), badges::now(), Policy::default());
    loop {
        match verification.step() {
            Step::Done(report) => return *report,
            Step::Ask(wanted) => {
                let document = if wanted.url.ends_with("did.json") {
                    &documents.0
                } else {
                    &documents.1
                };
                verification.answer(wanted, Answer::Document(Arc::clone(document)));
            }
        }
    }
}

fn bench_check(bencher: Bencher<'_, '_>, badge: &Value<'static>, suite: Suite) {
    let text = badges::signed(badge, suite);
    let documents = documents();
    assert_eq!(
        check(&text, &documents).conclusion(),
        Conclusion::Accept,
        "{:?}",
        check(&text, &documents)
    );
    bencher.bench(|| check(black_box(&text), &documents));
}

fn without_status(mut badge: Value<'static>) -> Value<'static> {
    badge
        .as_object_mut()
        .expect("an object")
        .remove("credentialStatus");
    badge
}

#[divan::bench(args = SIZES)]
fn g_check_rdfc(bencher: Bencher<'_, '_>, size: &str) {
    bench_check(bencher, &without_status(badge(size)), Suite::EddsaRdfc2022);
}

#[divan::bench(args = SIZES)]
fn g_check_jcs(bencher: Bencher<'_, '_>, size: &str) {
    bench_check(bencher, &without_status(badge(size)), Suite::EddsaJcs2022);
}

#[divan::bench(args = SIZES)]
fn h_check_rdfc_with_status(bencher: Bencher<'_, '_>, size: &str) {
    bench_check(bencher, &badge(size), Suite::EddsaRdfc2022);
}

#[divan::bench(args = SIZES)]
fn j_draft(bencher: Bencher<'_, '_>, size: &str) {
    let text = badge(size).to_json();
    bencher.bench(|| Draft::parse(black_box(text.as_bytes())));
}

/// Lint, sign, and check what was signed by the path of strangers.
#[divan::bench(args = SIZES)]
fn j_issue(bencher: Bencher<'_, '_>, size: &str) {
    let draft = Draft::parse(badge(size).to_json().as_bytes()).expect("a draft");
    let key = badges::key();
    let seal = Seal::Embedded(Suite::EddsaRdfc2022);
    let settings = Settings::new(badges::ISSUER, seal);
    let method = Method {
        seal,
        verification_method: format!("{}#key-1", badges::ISSUER),
        created: badges::now(),
    };
    let drafts = bencher.with_inputs(|| draft.clone());
    drafts.bench_values(|draft| {
        let (ready, _) = lint(draft, &settings, badges::now()).expect("a good draft");
        sign(ready, &key, &method).expect("signed")
    });
}

#[divan::bench(args = SIZES)]
fn i_proof(bencher: Bencher<'_, '_>, size: &str) {
    let badge = badge(size);
    let key = badges::key();
    let claims = Claims {
        method: "did:web:northmarch.badges.example.org#key-1",
        purpose: "assertionMethod",
        created: badges::now(),
        challenge: None,
        domain: None,
    };
    bencher.bench(|| create(black_box(&badge), &key, Suite::EddsaRdfc2022, &claims));
}

//! FZ-03: the strict pass over JSON-LD is right, or refuses.
//!
//! The input is a JSON object, or (if it does not begin with `{`) bytes from
//! which one is made; the contexts are put in. Asserts: no panic; what strict
//! mode accepts, lax mode reads as the same statements; what we read in either
//! mode has the canonical form that `json-ld` with `rdf-canon` gives, whenever
//! they give one.

#![no_main]

use arbitrary::Unstructured;
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Error, Mode, engine};
use countersign::json::{self, Value};
use countersign_fuzz::{oracle, tree};
use libfuzzer_sys::fuzz_target;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const V1: &str = "https://www.w3.org/2018/credentials/v1";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

fuzz_target!(|bytes: &[u8]| {
    if bytes.first() == Some(&b'{') {
        if let Ok(text) = std::str::from_utf8(bytes) {
            check(text, &[V2, OB]);
        }
        return;
    }
    let mut bytes = Unstructured::new(bytes);
    let contexts: &[&str] = match bytes.int_in_range(0..=5) {
        Ok(0) => &[V2],
        Ok(1) => &[V1, OB],
        Ok(2) => &[V2, OB, EXTENSIONS],
        _ => &[V2, OB],
    };
    if let Ok(text) = tree::object(&mut bytes) {
        check(&text, contexts);
    }
});

fn check(text: &str, contexts: &[&str]) {
    let Ok(mut document) = json::parse(text.as_bytes()) else {
        return;
    };
    let Some(object) = document.as_object_mut() else {
        return;
    };
    let contexts: Vec<Value<'_>> = contexts.iter().map(|url| Value::from(*url)).collect();
    object.set("@context", contexts);

    let strict = nquads(&document, &Mode::strict());
    let lax = nquads(&document, &Mode::lax(None));
    if let Ok(strict) = &strict {
        assert_eq!(
            lax.as_ref().ok(),
            Some(strict),
            "lax reads other statements"
        );
    }
    if let Ok(ours) = &lax
        && let Some(theirs) = oracle::nquads(&document.to_json())
    {
        assert_eq!(
            *ours,
            theirs,
            "not what json-ld reads: {}",
            document.to_json()
        );
    }
}

fn nquads(document: &Value<'_>, mode: &Mode) -> Result<String, Error> {
    let mut dataset = Dataset::new();
    engine(Edition::Newest).read(document, None, mode, &mut dataset)?;
    Ok(canonicalize(&mut dataset, Hash::Sha256)?.nquads)
}

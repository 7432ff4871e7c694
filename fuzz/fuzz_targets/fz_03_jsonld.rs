//! FZ-03: the strict pass over JSON-LD is right, or refuses.
//!
//! The input is a JSON object, or (if it does not begin with `{`) bytes from
//! which one is made; the contexts are put in. Asserts: no panic in either
//! mode; what strict mode accepts, lax mode reads as the same statements; those
//! are the ones that `json-ld` reads, if it takes the document, and have the
//! canonical form that `rdf-canon` gives them.

#![no_main]

use arbitrary::Unstructured;
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Error, Mode, engine, iri};
use countersign::json::{self, Number, Value};
use countersign_fuzz::{oracle, statements, tree};
use json_ld::iref::Iri;
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

    let lax = nquads(&document, &Mode::lax(None));
    let Ok(ours) = nquads(&document, &Mode::strict()) else {
        return;
    };
    assert_eq!(lax.as_ref(), Ok(&ours), "lax reads other statements");
    if !has_odd_number(&document)
        && !has_odd_iri(&document)
        && let Some(quads) = oracle::quads(&document.to_json())
    {
        let text = document.to_json();
        if let Some(theirs) = oracle::canonical(&quads) {
            assert_eq!(ours, theirs, "not what json-ld and rdf-canon give: {text}");
        }
        if let Ok(mut theirs) = statements::dataset(&quads) {
            let theirs = canonicalize(&mut theirs, Hash::Sha256).map(|canonical| canonical.nquads);
            assert_eq!(theirs.as_ref(), Ok(&ours), "not what json-ld reads: {text}");
        }
    }
}

fn nquads(document: &Value<'_>, mode: &Mode) -> Result<String, Error> {
    let mut dataset = Dataset::new();
    engine(Edition::Newest).read(document, None, mode, &mut dataset)?;
    Ok(canonicalize(&mut dataset, Hash::Sha256)?.nquads)
}

/// Whether `json-ld` writes a number in the tree in another way than the
/// JSON-LD API says (§8.6): whole numbers with a point or an exponent, which it
/// makes `xsd:double`, and doubles that 16 digits do not tell exactly.
fn has_odd_number(value: &Value<'_>) -> bool {
    match value {
        Value::Number(Number::Integer(_)) => false,
        Value::Number(Number::Float(double)) => {
            let sixteen: f64 = format!("{double:.15e}").parse().expect("a number");
            double.fract() == 0.0 || sixteen != *double || !double.is_normal()
        }
        Value::Array(items) => items.iter().any(has_odd_number),
        Value::Object(object) => object.iter().any(|(_, value)| has_odd_number(value)),
        _ => false,
    }
}

/// Whether `json-ld` drops a node or a type for its IRI, as the one of a host
/// with a port that is no number. For us an IRI is a scheme and characters that
/// may stand in one, as it is for the software that most badges are made with.
fn has_odd_iri(value: &Value<'_>) -> bool {
    match value {
        Value::String(text) => iri::is_absolute(text) && Iri::new(text).is_err(),
        Value::Array(items) => items.iter().any(has_odd_iri),
        Value::Object(object) => object.iter().any(|(_, value)| has_odd_iri(value)),
        _ => false,
    }
}

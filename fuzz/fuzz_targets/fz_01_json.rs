//! FZ-01: what the scanner lets through, every reader takes for the same tree.
//!
//! Asserts: if `json::scan` accepts, then our tree, that of `serde_json` and
//! that of `json-syntax` are equal, members in their order, numbers to the last
//! bit; our text of the tree reads back as the same tree; the limits hold.

#![no_main]

use countersign::json::{self, Number, Value};
use countersign::limits;
use json_syntax::Parse as _;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = json::scan(bytes) else {
        assert!(
            json::parse(bytes).is_err(),
            "parsed what was not let through"
        );
        return;
    };
    assert_eq!(text.as_bytes(), bytes);
    let ours = json::parse(bytes).expect("our parser takes it");
    let serde: serde_json::Value = serde_json::from_slice(bytes).expect("serde_json takes it");
    let (syntax, _) = json_syntax::Value::parse_slice(bytes).expect("json-syntax takes it");
    compare(&ours, &serde, &syntax, limits::JSON_DEPTH);

    for again in [ours.to_json(), ours.to_json_pretty()] {
        let reread = json::parse(again.as_bytes()).expect("our own text");
        assert_eq!(reread, ours, "another tree: {again}");
    }
});

fn compare(ours: &Value<'_>, serde: &serde_json::Value, syntax: &json_syntax::Value, depth: usize) {
    use json_syntax::Value as Syntax;
    use serde_json::Value as Serde;
    match (ours, serde, syntax) {
        (Value::Null, Serde::Null, Syntax::Null) => {}
        (Value::Bool(a), Serde::Bool(b), Syntax::Boolean(c)) => assert!(a == b && b == c),
        (Value::Number(a), Serde::Number(b), Syntax::Number(c)) => {
            numbers(*a, b, c.as_str());
        }
        (Value::String(a), Serde::String(b), Syntax::String(c)) => {
            assert!(a == b && b == c.as_str());
        }
        (Value::Array(a), Serde::Array(b), Syntax::Array(c)) => {
            assert!(depth > 0 && a.len() == b.len() && b.len() == c.len());
            for ((a, b), c) in a.iter().zip(b).zip(c) {
                compare(a, b, c, depth - 1);
            }
        }
        (Value::Object(a), Serde::Object(b), Syntax::Object(c)) => {
            assert!(depth > 0 && a.len() == b.len() && b.len() == c.len());
            for ((name, a), c) in a.iter().zip(c.iter()) {
                assert_eq!(name, c.key.as_str());
                compare(a, &b[name], &c.value, depth - 1);
            }
        }
        _ => panic!("of another kind: {ours:?} {serde:?} {syntax:?}"),
    }
}

fn numbers(ours: Number, serde: &serde_json::Number, text: &str) {
    let exact: f64 = text.parse().expect("a number");
    assert!(exact.is_finite());
    assert_eq!(ours.as_f64().to_bits(), exact.to_bits(), "{text}");
    assert_eq!(
        serde.as_f64().map(f64::to_bits),
        Some(exact.to_bits()),
        "{text}"
    );
    if let Number::Integer(integer) = ours {
        assert!(integer.unsigned_abs() <= limits::JSON_SAFE_INTEGER);
        assert_eq!(integer.to_string(), text);
    }
}

//! Our JCS beside `serde_jcs`.

use countersign::canon::jcs;
use countersign::json::{self, Number, Value};
use proptest::prelude::*;

/// Text with what canonical forms differ in: quotes, controls, and characters
/// whose order as UTF-16 is not their order as code points. NUL is left out:
/// the scanner refuses it.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        4 => proptest::char::range('a', 'e'),
        2 => proptest::char::range('\u{1}', '\u{7f}'),
        1 => proptest::char::range('\u{80}', '\u{7ff}'),
        1 => proptest::char::range('\u{d7f0}', '\u{d7ff}'),
        2 => proptest::char::range('\u{e000}', '\u{ffff}'),
        2 => proptest::char::range('\u{10000}', '\u{10ffff}'),
        1 => proptest::sample::select(vec!['😀', 'ﬀ', 'é', '\u{2028}', '\u{feff}', '"', '\\']),
    ]
}

pub fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(character(), 0..6).prop_map(|text| text.into_iter().collect())
}

fn finite() -> impl Strategy<Value = f64> {
    let bits = any::<u64>().prop_map(f64::from_bits);
    let subnormal = (1..0x0010_0000_0000_0000_u64).prop_map(f64::from_bits);
    let near_integer = (-9_007_199_254_740_991_i64..9_007_199_254_740_991)
        .prop_map(|integer| integer as f64 / 1000.0);
    let near_the_edges = (
        proptest::sample::select(vec![1e21, 1e-6, 1e16, 1e15, 1e-7]),
        -9..9_i64,
    )
        .prop_map(|(edge, steps): (f64, i64)| {
            f64::from_bits(edge.to_bits().wrapping_add_signed(steps))
        });
    prop_oneof![bits, subnormal, near_integer, near_the_edges]
        .prop_filter("finite", |float: &f64| float.is_finite())
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(serde_json::Value::from),
        finite().prop_map(serde_json::Value::from),
        text().prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(serde_json::Value::from),
            proptest::collection::vec((text(), inner), 0..8)
                .prop_map(|members| { serde_json::Value::Object(members.into_iter().collect()) }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn jcs_text_is_that_of_serde_jcs(value in json_value(), pretty in any::<bool>()) {
        let input = if pretty {
            serde_json::to_string_pretty(&value)
        } else {
            serde_json::to_string(&value)
        };
        let input = input.expect("JSON");
        let ours = json::parse(input.as_bytes())
            .map_err(|error| TestCaseError::fail(format!("{error}: {input}")))?;
        let theirs = serde_jcs::to_string(&value).expect("canonical");
        prop_assert_eq!(jcs::to_text(&ours), theirs);
    }

    #[test]
    fn a_double_is_printed_as_serde_jcs_prints_it(float in finite()) {
        let ours = jcs::to_text(&Value::Number(Number::Float(float)));
        prop_assert_eq!(&ours, &serde_jcs::to_string(&float).expect("canonical"));
        prop_assert_eq!(ours.parse::<f64>().expect("a number"), float);
    }

    #[test]
    fn integers_that_doubles_cannot_hold_have_no_canonical_form(
        integer in 9_007_199_254_740_992_u64..,
        negative in any::<bool>(),
    ) {
        let input = if negative { format!("-{integer}") } else { integer.to_string() };
        let code = json::parse(input.as_bytes()).map_err(|error| error.code());
        prop_assert_eq!(code, Err("json_number"));
    }
}

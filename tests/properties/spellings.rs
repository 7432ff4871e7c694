//! PT-02: what keeps the meaning keeps the badge authentic.

use crate::documents::{Place, at, with};
use crate::issuing::{BADGE, ENDORSEMENT, JCS, RDFC, STATUS_LIST, is_authentic, issue, key};
use countersign::issue::Signed;
use countersign::json::{Object, Value};

fn signed(text: &str, seal: countersign::issue::Seal) -> Value<'static> {
    match issue(text, &key(3), seal) {
        Signed::Json(object) => Value::Object(object),
        Signed::Token(token) => panic!("{token}"),
    }
}

/// Members in another order, at every depth.
fn turned_around(value: &Value<'static>) -> Value<'static> {
    match value {
        Value::Object(object) => {
            let mut members: Vec<(&str, &Value<'static>)> = object.iter().collect();
            members.reverse();
            let turned: Object<'static> = members
                .into_iter()
                .map(|(name, value)| (name.to_owned().into(), turned_around(value)))
                .collect();
            Value::Object(turned)
        }
        Value::Array(items) => Value::Array(items.iter().map(turned_around).collect()),
        other => other.clone(),
    }
}

/// Every letter of every name and text as an escape.
fn escaped(value: &Value<'static>) -> String {
    let text = |text: &str| {
        let escapes: String = text
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect();
        format!("\"{escapes}\"")
    };
    match value {
        Value::Object(object) => {
            let members: Vec<String> = object
                .iter()
                .map(|(name, value)| format!("{}:{}", text(name), escaped(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(escaped).collect();
            format!("[{}]", items.join(","))
        }
        Value::String(string) => text(string),
        other => other.to_json(),
    }
}

#[test]
fn order_space_and_escapes_change_nothing() {
    for text in [BADGE, ENDORSEMENT, STATUS_LIST] {
        for seal in [RDFC, JCS] {
            let document = signed(text, seal);
            let turned = turned_around(&document);
            assert_ne!(turned.to_json(), document.to_json());
            for spelling in [
                turned.to_json(),
                document.to_json_pretty(),
                format!("\n\t {} \r\n", document.to_json()),
                escaped(&document),
                escaped(&turned),
            ] {
                assert!(is_authentic(spelling.as_bytes()), "{spelling:.300}");
            }
        }
    }
}

#[test]
fn numbers_are_the_same_however_they_are_written() {
    for seal in [RDFC, JCS] {
        let text = signed(BADGE, seal).to_json();
        for spelling in ["2.50", "25e-1", "0.25E1", "2.5e0"] {
            let other = text.replace(
                "\"creditsEarned\":2.5",
                &format!("\"creditsEarned\":{spelling}"),
            );
            assert_ne!(other, text);
            assert!(is_authentic(other.as_bytes()), "{spelling}");
        }
    }
}

#[test]
fn a_list_of_one_is_that_one_for_statements() {
    let document = signed(BADGE, RDFC);
    for place in ["/evidence/0/type", "/issuer/type", "/proof"] {
        let place = Place::parse(place);
        let one = at(&document, &place).as_array().expect("a list")[0].clone();
        let other = with(&document, &place, one);
        assert!(is_authentic(other.to_json().as_bytes()), "{place}");
    }
}

#[test]
fn an_ordered_list_keeps_its_order() {
    const ALLOWED: &str = "/credentialSubject/achievement/resultDescription/0/allowedValue";
    for (place, seal, stays) in [
        ("/credentialSubject/achievement/tag", RDFC, true),
        ("/credentialSubject/achievement/tag", JCS, false),
        (ALLOWED, RDFC, false),
        (ALLOWED, JCS, false),
    ] {
        let document = signed(BADGE, seal);
        let place = Place::parse(place);
        let mut items = at(&document, &place).as_array().expect("a list").to_vec();
        items.reverse();
        let other = with(&document, &place, Value::Array(items));
        assert_eq!(is_authentic(other.to_json().as_bytes()), stays, "{place}");
    }
}

//! PT-03: whatever may be issued is authentic when it is checked.

use crate::documents::{Place, grown, with, without};
use crate::issuing::{BADGE, JCS, RDFC, is_authentic, issue, key, value};
use countersign::issue::{Seal, Signed};
use countersign::json::Value;
use countersign::proof::Suite;
use proptest::prelude::*;

/// Members that a badge can do without.
const OPTIONAL: [&str; 40] = [
    "/name",
    "/description",
    "/image",
    "/issuer/url",
    "/issuer/description",
    "/issuer/email",
    "/issuer/phone",
    "/issuer/image",
    "/issuer/address",
    "/issuer/otherIdentifier",
    "/validUntil",
    "/awardedDate",
    "/credentialSubject/identifier",
    "/credentialSubject/activityStartDate",
    "/credentialSubject/activityEndDate",
    "/credentialSubject/creditsEarned",
    "/credentialSubject/narrative",
    "/credentialSubject/role",
    "/credentialSubject/term",
    "/credentialSubject/licenseNumber",
    "/credentialSubject/source",
    "/credentialSubject/result",
    "/credentialSubject/achievement/achievementType",
    "/credentialSubject/achievement/creditsAvailable",
    "/credentialSubject/achievement/fieldOfStudy",
    "/credentialSubject/achievement/specialization",
    "/credentialSubject/achievement/humanCode",
    "/credentialSubject/achievement/inLanguage",
    "/credentialSubject/achievement/version",
    "/credentialSubject/achievement/criteria/id",
    "/credentialSubject/achievement/image",
    "/credentialSubject/achievement/creator",
    "/credentialSubject/achievement/alignment",
    "/credentialSubject/achievement/otherIdentifier",
    "/credentialSubject/achievement/related",
    "/credentialSubject/achievement/tag",
    "/evidence/0/audience",
    "/evidence/0/id",
    "/evidence/1",
    "/credentialStatus",
];

/// Members that hold any text.
const TEXTS: [&str; 8] = [
    "/name",
    "/issuer/name",
    "/credentialSubject/narrative",
    "/credentialSubject/role",
    "/credentialSubject/achievement/name",
    "/credentialSubject/achievement/description",
    "/credentialSubject/achievement/criteria/narrative",
    "/evidence/0/name",
];

/// Text as people write it, and as nobody does, within the rules.
fn text() -> impl Strategy<Value = String> {
    "[ -~\n\u{a0}-\u{17f}\u{2028}\u{4e00}-\u{4e20}\u{1f3c5}\u{fffd}\u{10ffff}]{1,60}"
        .prop_filter("not blank", |text| !text.trim().is_empty())
}

fn seal() -> impl Strategy<Value = Seal> {
    prop_oneof![
        Just(RDFC),
        Just(JCS),
        Just(Seal::VcJwt),
        Just(Seal::Embedded(Suite::EddsaRdfc2022)),
    ]
}

prop_compose! {
    fn draft()(
        left_out in proptest::sample::subsequence(OPTIONAL.to_vec(), 0..OPTIONAL.len()),
        texts in proptest::collection::vec(text(), TEXTS.len()),
        tags in proptest::collection::btree_set(text(), 1..6),
        credits in prop_oneof![
            (0..2_000_i64).prop_map(|whole| whole.to_string()),
            (0.0..1e6_f64).prop_map(|number| format!("{number}")),
            any::<f64>()
                .prop_filter("finite", |number| number.is_finite())
                .prop_map(|number| format!("{number:e}")),
        ],
        evidence in proptest::collection::vec(text(), 0..4),
    ) -> Value<'static> {
        let mut badge = value(BADGE);
        for (place, text) in TEXTS.iter().zip(texts) {
            badge = with(&badge, &Place::parse(place), text.into());
        }
        let tags: Vec<Value<'static>> = tags.into_iter().map(Value::from).collect();
        badge = with(&badge, &Place::parse("/credentialSubject/achievement/tag"), tags.into());
        badge = with(&badge, &Place::parse("/credentialSubject/creditsEarned"), value(&credits));
        for text in evidence {
            let mut one = value(r#"{"type":["Evidence"]}"#).as_object().expect("an object").clone();
            one.set("narrative", text);
            badge = grown(&badge, &Place::parse("/evidence"), "", one.into()).expect("a list");
        }
        // From the last to the first, so that places stay where they are.
        for place in left_out.iter().rev() {
            badge = without(&badge, &Place::parse(place));
        }
        badge
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_issued_is_authentic(draft in draft(), seal in seal(), seed in 1_u8..) {
        let signed = issue(&draft.to_json(), &key(seed), seal);
        prop_assert!(is_authentic(signed.text().as_bytes()));
        if let Signed::Json(object) = &signed {
            let pretty = Value::Object(object.clone()).to_json_pretty();
            prop_assert!(is_authentic(pretty.as_bytes()));
        }
    }

    #[test]
    fn what_others_sign_is_not(draft in draft(), seal in seal()) {
        let (ours, theirs) = (issue(&draft.to_json(), &key(1), seal), issue(&draft.to_json(), &key(2), seal));
        match (&ours, &theirs) {
            (Signed::Json(ours), Signed::Json(theirs)) => {
                let mut forged = ours.clone();
                forged.set("proof", theirs.get("proof").expect("a proof").clone());
                prop_assert!(!is_authentic(Value::Object(forged).to_json().as_bytes()));
            }
            (Signed::Token(ours), Signed::Token(theirs)) => {
                let (said, _) = ours.rsplit_once('.').expect("three parts");
                let (_, signature) = theirs.rsplit_once('.').expect("three parts");
                let forged = format!("{said}.{signature}");
                prop_assert!(!is_authentic(forged.as_bytes()));
            }
            _ => prop_assert!(false, "two kinds of seal"),
        }
    }
}

//! Tests of the shape check, most of them one spoiled place each.

mod documents;
mod values;

use super::*;
use crate::credential::model::{
    ACHIEVEMENT, ACHIEVEMENT_CREDENTIAL, BITSTRING_STATUS_LIST_CREDENTIAL, ENDORSEMENT_CREDENTIAL,
    STATUS_LIST_2021_CREDENTIAL, VERIFIABLE_CREDENTIAL, VERIFIABLE_PRESENTATION,
};
use crate::credential::sample::{full_badge, with, without};
use crate::json;

const BOTH: [Mode; 2] = [Mode::ISSUE, Mode::Check];

#[track_caller]
fn check_faults(badge: &Value<'_>, mode: Mode, expected: &[&str]) {
    let faults = check(badge, &ACHIEVEMENT_CREDENTIAL, mode);
    let told: Vec<_> = faults
        .iter()
        .map(|fault| format!("{} {}", fault.pointer, fault.code()))
        .collect();
    assert_eq!(told, expected, "{mode:?}");
}

/// A value at a place makes this one fault there, in both modes.
#[track_caller]
fn refuse(pointer: &str, value: &str, code: &str) {
    for mode in BOTH {
        check_faults(&with(pointer, value), mode, &[&format!("{pointer} {code}")]);
    }
}

/// A value at a place is refused when issuing and read when checking.
#[track_caller]
fn only_read(pointer: &str, value: &str, code: &str) {
    let badge = with(pointer, value);
    check_faults(&badge, Mode::Check, &[]);
    check_faults(&badge, Mode::ISSUE, &[&format!("{pointer} {code}")]);
}

#[track_caller]
fn accept(pointer: &str, value: &str) {
    for mode in BOTH {
        check_faults(&with(pointer, value), mode, &[]);
    }
}

#[test]
fn the_full_badge_is_good() {
    for mode in BOTH {
        check_faults(&full_badge(), mode, &[]);
    }
}

#[test]
fn what_must_be_there_is_missed() {
    let subject = "/credentialSubject";
    let achievement = "/credentialSubject/achievement";
    for (object, names) in [
        ("", "@context id type credentialSubject issuer validFrom"),
        (subject, "type achievement"),
        (achievement, "id type name description criteria"),
        ("/issuer", "id type"),
        ("/issuer/address", "type"),
        ("/issuer/address/geo", "type latitude longitude"),
        ("/issuer/parentOrg", "id type"),
        (
            "/issuer/otherIdentifier/0",
            "type identifier identifierType",
        ),
        ("/image", "id type"),
        ("/evidence/0", "type"),
        ("/proof/0", "type"),
        ("/credentialSchema/0", "id type"),
        ("/refreshService", "id type"),
        ("/termsOfUse/0", "type"),
        (
            "/credentialStatus",
            "statusPurpose statusListIndex statusListCredential",
        ),
        (
            "/credentialSubject/identifier/0",
            "type hashed identityHash identityType",
        ),
        ("/credentialSubject/result/0", "type"),
        (
            "/credentialSubject/achievement/alignment/0",
            "type targetName targetUrl",
        ),
        ("/credentialSubject/achievement/related/0", "id type"),
        (
            "/credentialSubject/achievement/resultDescription/0",
            "id type name resultType",
        ),
        (
            "/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0",
            "id type name",
        ),
        (
            "/credentialSubject/achievement/creator/endorsement/0",
            "@context id type name credentialSubject issuer validFrom",
        ),
        (
            "/credentialSubject/achievement/creator/endorsement/0/credentialSubject",
            "id type",
        ),
    ] {
        for name in names.split(' ') {
            let pointer = format!("{object}/{name}");
            let badge = without(&pointer);
            for mode in BOTH {
                check_faults(&badge, mode, &[&format!("{pointer} credential_shape")]);
            }
        }
    }
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    for pointer in [
        "/name",
        "/description",
        "/image",
        "/awardedDate",
        "/endorsementJwt",
        "/evidence",
        "/validUntil",
        "/proof",
        "/credentialSchema",
        "/credentialStatus",
        "/credentialStatus/id",
        "/refreshService",
        "/termsOfUse",
        "/credentialSubject/id",
        "/credentialSubject/identifier",
        "/credentialSubject/identifier/0/salt",
        "/issuer/name",
        "/proof/0/nonce",
    ] {
        for mode in BOTH {
            check_faults(&without(pointer), mode, &[]);
        }
    }
}

#[test]
fn null_is_refused_wherever_it_stands() {
    for pointer in [
        "/@context",
        "/type",
        "/name",
        "/issuer",
        "/evidence",
        "/evidence/0",
        "/credentialStatus",
        "/credentialSubject/achievement/tag/1",
        "/credentialSubject/achievement/unknown",
        "/unknown",
        "/image/type",
        "/proof/0/domain",
        "/proof",
        "/@context/2",
    ] {
        refuse(pointer, "null", "credential_shape");
    }
    let deep = with("/unknown", r#"{"a":[[{"b":null}]]}"#);
    check_faults(&deep, Mode::Check, &["/unknown/a/0/0/b credential_shape"]);
}

#[test]
fn the_wrong_kind_is_never_taken_for_absent() {
    for (pointer, value) in [
        ("/id", "1"),
        ("/id", r#"["https://x.example"]"#),
        ("/id", "{}"),
        ("/name", "true"),
        ("/name", r#"{"en":"Name","cy":"Enw"}"#),
        ("/name", r#"{"@value":"Name"}"#),
        ("/name", r#"["Name"]"#),
        ("/issuer", "1"),
        ("/issuer", r#"["did:web:x.example"]"#),
        ("/validFrom", "1764072000"),
        ("/validUntil", "[]"),
        ("/awardedDate", "{}"),
        ("/credentialSubject", r#""did:web:x.example""#),
        ("/credentialSubject/achievement", r#""https://x.example/a""#),
        ("/credentialSubject/creditsEarned", r#""7.5""#),
        ("/credentialSubject/identifier/0/hashed", r#""true""#),
        ("/credentialSubject/identifier/0/salt", "1"),
        (
            "/credentialSubject/achievement/criteria",
            r#""https://x.example/c""#,
        ),
        (
            "/credentialSubject/achievement/image",
            r#""https://x.example/i""#,
        ),
        ("/credentialSubject/achievement/tag/0", "1"),
        ("/credentialSubject/achievement/alignment/0", r#""x""#),
        ("/credentialSubject/achievement/alignment/0", "[]"),
        ("/issuer/address/geo/latitude", r#""51""#),
        ("/image", r#""https://x.example/i""#),
        ("/proof/0", "1"),
        ("/credentialStatus", "true"),
        ("/endorsementJwt/0", "{}"),
        ("/@context", "1"),
        ("/@context", "{}"),
    ] {
        refuse(pointer, value, "credential_shape");
    }
    for mode in BOTH {
        let faults = check(&Value::from("x"), &ACHIEVEMENT_CREDENTIAL, mode);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].to_string(), "the document must be an object");
    }
}

#[test]
fn one_subject_one_achievement_one_criteria() {
    for pointer in [
        "/credentialSubject",
        "/credentialSubject/achievement",
        "/credentialSubject/achievement/criteria",
        "/image",
        "/refreshService",
        "/issuer",
        "/credentialSubject/source",
    ] {
        refuse(pointer, "[]", "credential_shape");
        refuse(pointer, "[{}]", "credential_shape");
    }
}

#[test]
fn lists_are_lists_when_issuing_and_may_be_one_value_when_checking() {
    for (pointer, value) in [
        ("/evidence", r#"{"type":["Evidence"]}"#),
        ("/proof", r#"{"type":"DataIntegrityProof"}"#),
        ("/endorsementJwt", r#""a.b.c""#),
        ("/termsOfUse", r#"{"type":"Policy"}"#),
        ("/credentialSubject/achievement/tag", r#""one""#),
        ("/credentialSubject/type", r#""AchievementSubject""#),
        ("/issuer/type", r#""Profile""#),
    ] {
        only_read(pointer, value, "credential_shape");
    }
    for pointer in [
        "/evidence",
        "/credentialSubject/achievement/tag",
        "/unknown",
    ] {
        only_read(pointer, "[]", "credential_shape");
    }
    only_read("/image/type", r#"["Image"]"#, "credential_shape");
}

#[test]
fn status_entries_are_one_when_issuing_and_many_when_checking() {
    let entry = r#"{"type":"BitstringStatusListEntry","statusPurpose":"suspension",
        "statusListIndex":"7","statusListCredential":"https://x.example/2"}"#;
    let two = format!("[{entry},{entry}]");
    only_read("/credentialStatus", &two, "credential_shape");
    let both = Mode::Issue { suspension: true };
    check_faults(&with("/credentialStatus", &two), both, &[]);
    check_faults(&with("/credentialStatus", entry), both, &[]);
    let three = with("/credentialStatus", &format!("[{entry},{entry},{entry}]"));
    check_faults(&three, both, &["/credentialStatus credential_shape"]);
    check_faults(&three, Mode::Check, &[]);
    check_faults(
        &with("/credentialStatus", "[]"),
        both,
        &["/credentialStatus credential_shape"],
    );
    only_read(
        "/credentialStatus/statusListIndex",
        "22",
        "credential_shape",
    );
    for index in [
        r#""""#,
        r#""-1""#,
        r#""41abc""#,
        r#""1e3""#,
        r#""11111111111111111111111111111111111111111111111111111111111111111""#,
    ] {
        refuse("/credentialStatus/statusListIndex", index, "schema_invalid");
    }
    for index in ["-1", "1.5"] {
        let badge = with("/credentialStatus/statusListIndex", index);
        check_faults(
            &badge,
            Mode::Check,
            &["/credentialStatus/statusListIndex schema_invalid"],
        );
    }
    accept("/credentialStatus", r#"{"type":"SomethingElse"}"#);
    for mode in BOTH {
        let badge = with("/credentialStatus", r#"{"type":"1EdTechRevocationList"}"#);
        check_faults(&badge, mode, &["/credentialStatus/id credential_shape"]);
    }
}

#[test]
fn nested_types_are_always_looked_at() {
    for pointer in [
        "/credentialSubject/type",
        "/credentialSubject/source/type",
        "/credentialSubject/result/1/type",
        "/credentialSubject/achievement/type",
        "/credentialSubject/achievement/resultDescription/1/type",
        "/credentialSubject/achievement/alignment/0/type",
        "/credentialSubject/achievement/creator/endorsement/0/credentialSubject/type",
        "/evidence/0/type",
        "/issuer/type",
        "/issuer/parentOrg/type",
        "/issuer/address/type",
        "/type",
    ] {
        let faults = check(
            &with(pointer, r#"["Invalid"]"#),
            &ACHIEVEMENT_CREDENTIAL,
            Mode::Check,
        );
        assert!(
            faults
                .iter()
                .all(|fault| fault.pointer == pointer && fault.code() == "credential_shape"),
            "{pointer}: {faults:?}"
        );
        assert!(!faults.is_empty(), "{pointer}");
        refuse(pointer, "[]", "credential_shape");
    }
}

#[test]
fn types_of_closed_classes_are_their_own() {
    for pointer in [
        "/image/type",
        "/credentialSubject/identifier/0/type",
        "/issuer/otherIdentifier/0/type",
        "/issuer/address/geo/type",
    ] {
        refuse(pointer, r#""Invalid""#, "credential_shape");
        refuse(pointer, "1", "credential_shape");
    }
}

#[test]
fn a_badge_has_both_types() {
    for (types, lacks) in [
        (r#"["VerifiableCredential"]"#, "AchievementCredential"),
        (r#"["OpenBadgeCredential"]"#, "VerifiableCredential"),
        (
            r#"["VerifiableCredential","openBadgeCredential"]"#,
            "AchievementCredential",
        ),
    ] {
        for mode in BOTH {
            let faults = check(&with("/type", types), &ACHIEVEMENT_CREDENTIAL, mode);
            assert_eq!(faults.len(), 1);
            assert_eq!(faults[0].wrong, Wrong::TypeLacks(lacks));
        }
    }
    accept(
        "/type",
        r#"["AchievementCredential","VerifiableCredential","Other"]"#,
    );
}

#[test]
fn closed_classes_have_nothing_else() {
    for pointer in [
        "/image/width",
        "/credentialSubject/identifier/0/name",
        "/issuer/otherIdentifier/0/id",
    ] {
        refuse(pointer, "1", "credential_shape");
    }
    accept("/issuer/vatNumber", "1");
    accept(
        "/credentialSubject/achievement/https:example",
        r#"{"a":[1]}"#,
    );
}

#[test]
fn contexts_come_in_order() {
    let vc = "\"https://www.w3.org/ns/credentials/v2\"";
    let ob = "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"";
    let alias = "\"https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld\"";
    for (contexts, wrong) in [
        ("[]".to_owned(), Wrong::EmptyArray),
        (vc.to_owned(), Wrong::NotAnArray),
        (format!("[{vc}]"), Wrong::OpenBadgesContext),
        (format!("[{ob}]"), Wrong::FirstContext),
        (format!("[{ob},{vc}]"), Wrong::FirstContext),
        (format!("[{{}},{vc},{ob}]"), Wrong::FirstContext),
        (
            format!("[\"https://x.example/c\",{ob}]"),
            Wrong::UnknownContexts,
        ),
        (
            format!("[\"https://x.example/c\",{vc},{ob}]"),
            Wrong::FirstContext,
        ),
    ] {
        let faults = check(
            &with("/@context", &contexts),
            &ACHIEVEMENT_CREDENTIAL,
            Mode::Check,
        );
        assert_eq!(faults.len(), 1, "{contexts}");
        assert_eq!(faults[0].wrong, wrong, "{contexts}");
        assert_eq!(faults[0].pointer, "/@context");
    }
    only_read(
        "/@context",
        &format!("[{vc},\"https://w3id.org/x\",{ob}]"),
        "credential_shape",
    );
    only_read("/@context", &format!("[{vc},{alias}]"), "credential_shape");
    let inline = with("/@context", &format!("[{vc},{ob},{{\"x\":null}}]"));
    check_faults(&inline, Mode::Check, &[]);
    check_faults(&inline, Mode::ISSUE, &["/@context/2 context_not_allowed"]);
    let unknown = with("/@context", &format!("[{vc},\"https://x.example/c\"]"));
    check_faults(&unknown, Mode::Check, &["/@context context_not_allowed"]);
    assert!(check(&unknown, &ACHIEVEMENT_CREDENTIAL, Mode::Check)[0].is_unknown());
    check_faults(&unknown, Mode::ISSUE, &["/@context credential_shape"]);
    refuse("/@context/2", "1", "credential_shape");
    refuse("/@context/2", r#""../c.json""#, "iri_not_absolute");
}

#[test]
fn the_form_of_vc_1_1_is_read_and_never_issued() {
    let text = full_badge()
        .to_json()
        .replace(
            "https://www.w3.org/ns/credentials/v2",
            "https://www.w3.org/2018/credentials/v1",
        )
        .replace("validFrom", "issuanceDate")
        .replace("validUntil", "expirationDate");
    let badge = json::parse(text.as_bytes()).expect("JSON");
    check_faults(&badge, Mode::Check, &[]);
    assert!(!check(&badge, &ACHIEVEMENT_CREDENTIAL, Mode::ISSUE).is_empty());
    let text = text.replace(
        "\"expirationDate\":\"2029-01-15T09:00:00.5Z\"",
        "\"expirationDate\":1",
    );
    let badge = json::parse(text.as_bytes()).expect("JSON");
    check_faults(&badge, Mode::Check, &["/expirationDate credential_shape"]);
    let v1 = r#"["https://www.w3.org/2018/credentials/v1","https://purl.imsglobal.org/spec/ob/v3p0/context.json"]"#;
    check_faults(
        &with("/@context", v1),
        Mode::Check,
        &["/issuanceDate credential_shape"],
    );
}

#[test]
fn many_faults_end_and_deep_ones_too() {
    let items = vec!["null"; 1_000].join(",");
    let faults = check(
        &with("/unknown", &format!("[{items}]")),
        &ACHIEVEMENT_CREDENTIAL,
        Mode::Check,
    );
    assert_eq!(faults.len(), MOST_FAULTS);

    let mut deep = Value::from(true);
    for _ in 0..100 {
        deep = Value::from(vec![deep]);
    }
    let mut badge = full_badge();
    badge
        .as_object_mut()
        .expect("an object")
        .set("unknown", deep);
    let faults = check(&badge, &ACHIEVEMENT_CREDENTIAL, Mode::Check);
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (faults[0].code(), faults[0].is_limit()),
        ("json_too_deep", true)
    );
}

#[test]
fn organisations_may_have_parents_up_to_the_limit() {
    let mut profile = r#"{"id":"did:web:x.example","type":["Profile"]}"#.to_owned();
    for _ in 0..25 {
        profile =
            format!(r#"{{"id":"did:web:x.example","type":["Profile"],"parentOrg":{profile}}}"#);
    }
    accept("/issuer", &profile);
}

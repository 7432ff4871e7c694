//! Documents other than badges, and parts that stand alone.

use super::*;

#[track_caller]
fn check_class(class: &'static Class, document: &str, expected: &[&str]) {
    let document = json::parse(document.as_bytes()).expect(document);
    let faults = check(&document, class, Mode::Check);
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected);
}

#[test]
fn status_lists_are_checked_in_both_generations() {
    let list = |version: &str, kind: &str, date: &str, purpose: &str| {
        format!(
            r#"{{"@context":"https://www.w3.org/{version}","type":["VerifiableCredential","{kind}Credential"],
            "issuer":{{"id":"did:web:x.example","name":"X"}},"{date}":"2026-01-01T00:00:00Z",
            "credentialSubject":{{"type":"{kind}","statusPurpose":{purpose},"encodedList":"uH4s"}}}}"#
        )
    };
    let one = r#""revocation""#;
    let bitstring = &BITSTRING_STATUS_LIST_CREDENTIAL;
    let older = &STATUS_LIST_2021_CREDENTIAL;
    check_class(
        bitstring,
        &list("ns/credentials/v2", "BitstringStatusList", "validFrom", one),
        &[],
    );
    check_class(
        bitstring,
        &list(
            "ns/credentials/v2",
            "BitstringStatusList",
            "validFrom",
            r#"["a","b"]"#,
        ),
        &[],
    );
    check_class(
        older,
        &list("2018/credentials/v1", "StatusList2021", "issuanceDate", one),
        &[],
    );
    check_class(
        older,
        &list("ns/credentials/v2", "StatusList2021", "validFrom", one),
        &[],
    );
    check_class(
        bitstring,
        &list("ns/credentials/v2", "StatusList2021", "validFrom", "1"),
        &[
            "/type must include BitstringStatusListCredential",
            "/credentialSubject/type must include BitstringStatusList",
            "/credentialSubject/statusPurpose must be text",
        ],
    );
}

#[test]
fn presentations_hold_credentials() {
    let presentation = |version: &str, credential: &str| {
        format!(
            r#"{{"@context":["https://www.w3.org/{version}"],"type":["VerifiablePresentation"],
            "holder":"did:key:z6Mk","verifiableCredential":{credential}}}"#
        )
    };
    let class = &VERIFIABLE_PRESENTATION;
    let badge = full_badge().to_json();
    check_class(class, &presentation("ns/credentials/v2", &badge), &[]);
    check_class(
        class,
        &presentation("ns/credentials/v2", &format!("[{badge},{badge}]")),
        &[],
    );
    check_class(
        class,
        &presentation("2018/credentials/v1", r#"["a.b.c"]"#),
        &[],
    );
    check_class(
        class,
        &presentation("ns/credentials/v2", r#"["a.b.c"]"#),
        &["/verifiableCredential/0 must be an object"],
    );
    check_class(
        class,
        &presentation("ns/credentials/v2", r#"{"type":[]}"#),
        &[
            "/verifiableCredential/type is an empty list",
            "/verifiableCredential/@context is missing",
        ],
    );
}

#[test]
fn other_credentials_may_speak_languages_but_not_nonsense() {
    let credential = |name: &str| {
        format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],
            "issuer":"did:web:x.example","credentialSubject":[{{"id":"did:key:z"}}],"name":{name}}}"#
        )
    };
    let class = &VERIFIABLE_CREDENTIAL;
    for name in [
        r#""x""#,
        r#"{"@value":"x","@language":"cy"}"#,
        r#"[{"@value":"x"},"y"]"#,
    ] {
        check_class(class, &credential(name), &[]);
    }
    check_class(
        class,
        &credential(r#"{"@value":"x","url":"y"}"#),
        &["/name/url does not belong there"],
    );
    check_class(
        class,
        &credential(r#"{"@language":"cy"}"#),
        &["/name is missing"],
    );
    check_class(class, &credential("1"), &["/name must be text"]);
    check_class(class, &credential("[]"), &["/name is an empty list"]);
}

#[test]
fn endorsements_and_achievements_stand_alone_too() {
    let badge = full_badge();
    let achievement = badge
        .get("credentialSubject")
        .and_then(|it| it.get("achievement"))
        .expect("one");
    for mode in BOTH {
        assert_eq!(check(achievement, &ACHIEVEMENT, mode), []);
        let endorsement = &achievement
            .get("creator")
            .and_then(|it| it.get("endorsement"))
            .expect("one");
        assert_eq!(
            check(&endorsement.one_or_many()[0], &ENDORSEMENT_CREDENTIAL, mode),
            []
        );
    }
}

#[test]
fn unknown_properties_survive_a_round_trip() {
    let badge = with(
        "/credentialSubject/achievement/ext",
        r#"{"b":1,"a":[1.5,"é\u0007",{"":true}]}"#,
    );
    check_faults(&badge, Mode::Check, &[]);
    let text = badge.to_json();
    let again = json::parse(text.as_bytes()).expect("JSON");
    assert_eq!(again, badge);
    assert_eq!(again.to_json(), text, "also the order of members");
}

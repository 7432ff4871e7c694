//! Documents that others published, against the shape check.

use super::support::{shared_file, vectors};
use countersign::clock::Moment;
use countersign::credential::model::{
    ACHIEVEMENT, ACHIEVEMENT_CREDENTIAL, Class, Kind, VERIFIABLE_CREDENTIAL,
    VERIFIABLE_PRESENTATION,
};
use countersign::credential::shape::{Mode, check};
use countersign::credential::{DocumentKind, Fault, cross};
use countersign::json::{self, Object, Value};

fn now() -> Moment {
    Moment::parse("2026-11-25T12:00:00Z").expect("a moment")
}

fn told(faults: &[Fault]) -> Vec<String> {
    faults
        .iter()
        .map(|fault| format!("{} {}", fault.pointer, fault.code()))
        .collect()
}

/// The shape faults in the fixtures of the public validator of 1EdTech. What is
/// wrong with the others is not their shape.
const SHAPE_FAULTS: [(&str, &[&str]); 15] = [
    (
        "complete_v1.json",
        &[
            "/credentialSubject/identifier/0/identityType schema_invalid",
            "/credentialSubject/identifier/1/identityType schema_invalid",
            "/credentialSubject/achievement/creator/endorsement/0/id credential_shape",
            "/credentialSubject/achievement/creator/endorsement/1/id credential_shape",
            "/credentialSubject/achievement/creator/endorsement/1/name credential_shape",
            "/credentialSubject/achievement/endorsement/0/id credential_shape",
            "/endorsement/0/id credential_shape",
            "/issuer/endorsement/0/id credential_shape",
        ],
    ),
    (
        "simple-err-context.json",
        &[
            "/@context credential_shape",
            "/credentialSubject/achievement credential_shape",
            "/validFrom credential_shape",
        ],
    ),
    (
        "simple-err-credential-subject-achievement-result-description-type.json",
        &["/credentialSubject/achievement/resultDescription/2/type credential_shape"],
    ),
    (
        "simple-err-credential-subject-identifier-type.json",
        &["/credentialSubject/identifier/0/type credential_shape"],
    ),
    (
        "simple-err-credential-subject-profile-type.json",
        &["/credentialSubject/source/type credential_shape"],
    ),
    (
        "simple-err-credential-subject-result-type.json",
        &["/credentialSubject/result/1/type credential_shape"],
    ),
    (
        "simple-err-credential-subject-type.json",
        &["/credentialSubject/type credential_shape"],
    ),
    (
        "simple-err-evidence-type.json",
        &["/evidence/1/type credential_shape"],
    ),
    (
        "simple-err-issued.json",
        &["/credentialSubject/achievement credential_shape"],
    ),
    (
        "simple-err-issuer.json",
        &[
            "/credentialSubject/achievement credential_shape",
            "/issuer credential_shape",
        ],
    ),
    (
        "simple-err-issuer-type.json",
        &["/issuer/type credential_shape"],
    ),
    (
        "simple-err-issuer-parentorg-type.json",
        &["/issuer/parentOrg/type credential_shape"],
    ),
    (
        "simple-err-issuer-otheridentifier-type.json",
        &["/issuer/otherIdentifier/1/type credential_shape"],
    ),
    (
        "simple-err-proof-method-no-scheme.json",
        &["/proof/0/verificationMethod iri_not_absolute"],
    ),
    (
        "simple-noproof.json",
        &["/credentialSubject/achievement credential_shape"],
    ),
];

/// Faults across fields in the same fixtures, some of which 1EdTech calls
/// valid: `achievedLevel` of complete.json is a level of another description.
const CROSS_FAULTS: [(&str, &[&str]); 5] = [
    (
        "complete.json",
        &["/credentialSubject/result/1/achievedLevel result_link_broken"],
    ),
    (
        "complete_v1.json",
        &["/credentialSubject/result/1/achievedLevel result_link_broken"],
    ),
    (
        "simple-err-credential-subject-achievement-result-description-type.json",
        &["/credentialSubject/result/1/achievedLevel result_link_broken"],
    ),
    (
        "simple-err-credential-subject-identifier-type.json",
        &["/credentialSubject/identifier/0/identityHash identity_hash_malformed"],
    ),
    (
        "simple-err-credential-subject-result-type.json",
        &[
            "/credentialSubject/result/0/resultDescription result_link_broken",
            "/credentialSubject/result/1/resultDescription result_link_broken",
            "/credentialSubject/result/2/resultDescription result_link_broken",
        ],
    ),
];

fn expected(table: &[(&str, &'static [&'static str])], name: &str) -> &'static [&'static str] {
    let row = table.iter().find(|(file, _)| *file == name);
    row.map_or(&[], |(_, faults)| faults)
}

#[test]
fn fixtures_of_1edtech_are_at_fault_where_they_should_be() {
    let fixtures = vectors(&["1edtech-public-validator/ob30", "golden"]);
    let mut judged = Vec::new();
    for (name, text) in &fixtures {
        let Ok(document) = json::parse(text.as_bytes()) else {
            continue;
        };
        let kind = DocumentKind::of(&document);
        let Some(class) = kind.class() else {
            assert_eq!(name, "did.json");
            continue;
        };
        let faults = told(&check(&document, class, Mode::Check));
        assert_eq!(faults, expected(&SHAPE_FAULTS, name), "{name}");
        if kind == DocumentKind::Badge {
            let badge = document.as_object().expect("an object");
            let faults = told(&cross::check(badge, now(), Mode::Check));
            assert_eq!(faults, expected(&CROSS_FAULTS, name), "{name}");
        }
        judged.push(name);
    }
    for (name, _) in SHAPE_FAULTS.iter().chain(&CROSS_FAULTS) {
        assert!(
            fixtures.is_empty() || judged.iter().any(|it| it == name),
            "{name} is gone"
        );
    }
}

/// What fails in the W3C test suite for another reason: inline contexts that
/// redefine, unmap or mis-map types. That is for whoever reads contexts, and
/// they accept no inline contexts.
const NOT_SHAPE: [&str; 4] = [
    "credential-redef-type-fail.json",
    "credential-redef-type2-fail.json",
    "credential-type-mapped-nonurl-fail.json",
    "credential-type-unmapped-fail.json",
];

#[test]
fn fixtures_of_the_vc_data_model_come_out_as_named() {
    let fixtures = vectors(&["vc-data-model-2.0/tests/input"]);
    for (name, text) in &fixtures {
        let text = text
            .replace("PAST DATE", "2020-01-01T00:00:00Z")
            .replace("FUTURE DATE", "2120-01-01T00:00:00Z");
        let mut document = json::parse(text.as_bytes()).expect("JSON");
        let class = if name.starts_with("presentation") {
            &VERIFIABLE_PRESENTATION
        } else {
            &VERIFIABLE_CREDENTIAL
        };
        let object = document.as_object_mut().expect("an object");
        if class.name == "VerifiableCredential" && name != "credential-no-issuer-fail.json" {
            add_issuer(object);
        }
        let dates = cross::check_dates(object, now(), Mode::Check);
        let shape = check(&document, class, Mode::Check);
        let is_good = dates.is_empty() && shape.is_empty();
        let should_be_good = !name.contains("-fail") || NOT_SHAPE.contains(&name.as_str());
        assert_eq!(is_good, should_be_good, "{name} {shape:?} {dates:?}");
    }
    assert!(
        fixtures.is_empty() || fixtures.len() > 110,
        "{}",
        fixtures.len()
    );
}

/// Each class of the schema that 1EdTech publishes has the same properties,
/// demands the same ones and is open or closed alike, except for what we add:
/// members of proofs that Data Integrity defines.
#[test]
fn tables_have_what_the_published_schema_has() {
    const ADDED: [&str; 3] = ["id", "expires", "previousProof"];
    let name = "vectors/ob3-json-schema/ob_v3p0_achievementcredential_schema.json";
    let Some(text) = shared_file(name) else {
        return;
    };
    let published: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let classes = classes();
    let mut compared = 0;
    for (name, definition) in published["$defs"].as_object().expect("definitions") {
        if definition["properties"].is_object() {
            let class = classes.iter().find(|class| class.name == name).expect(name);
            compare(
                class,
                definition,
                if name == "Proof" { &ADDED } else { &[] },
            );
            compared += 1;
        }
    }
    compare(&ACHIEVEMENT_CREDENTIAL, &published, &[]);
    assert_eq!(compared, 22, "and the root");
}

fn compare(class: &Class, published: &serde_json::Value, added: &[&str]) {
    let mut names: Vec<&str> = class.properties.iter().map(|it| it.name).collect();
    names.retain(|name| !added.contains(name));
    names.sort_unstable();
    let mut theirs: Vec<&str> = keys(&published["properties"]);
    theirs.sort_unstable();
    assert_eq!(names, theirs, "properties of {}", class.name);
    let mut required: Vec<&str> = class.missing(0).map(|it| it.name).collect();
    required.sort_unstable();
    let list = published["required"].as_array().expect("a list");
    let mut theirs: Vec<&str> = list.iter().filter_map(|it| it.as_str()).collect();
    theirs.sort_unstable();
    assert_eq!(required, theirs, "required of {}", class.name);
    assert_eq!(
        Some(class.open),
        published["additionalProperties"].as_bool(),
        "{}",
        class.name
    );
}

fn keys(object: &serde_json::Value) -> Vec<&str> {
    object
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

/// Every class that a badge can hold.
fn classes() -> Vec<&'static Class> {
    let mut found = vec![&ACHIEVEMENT_CREDENTIAL];
    let mut at = 0;
    while let Some(class) = found.get(at) {
        for property in class.properties {
            if let Kind::Object(class) | Kind::UriOrObject(class) = property.kind
                && !found.iter().any(|it| it.name == class.name)
            {
                found.push(class);
            }
        }
        at += 1;
    }
    found
}

/// The suite leaves the issuer to whoever issues.
fn add_issuer(credential: &mut Object<'_>) {
    match credential.get_mut("issuer") {
        None => credential.set("issuer", "did:key:z6Mk"),
        Some(Value::Object(issuer)) if !issuer.contains("id") => issuer.set("id", "did:key:z6Mk"),
        Some(_) => {}
    }
}

#[test]
fn the_sample_designs_have_a_good_shape() {
    let Some(text) = shared_file("sample/achievements.json") else {
        return;
    };
    let sample = json::parse(text.as_bytes()).expect("JSON");
    let designs = sample
        .get("achievements")
        .and_then(Value::as_array)
        .expect("designs");
    assert_eq!(designs.len(), 97);
    for design in designs {
        let achievement = design.get("achievement").expect("an achievement");
        for mode in [Mode::ISSUE, Mode::Check] {
            assert_eq!(check(achievement, &ACHIEVEMENT, mode), []);
        }
        let object = achievement.as_object().expect("an object");
        assert_eq!(cross::check_achievement(object), []);
    }
}

//! Random badges: some of the members of the data model, with values that the
//! canonical forms differ in.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

type Any = BoxedStrategy<Value>;

/// The edition of the data model.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Edition {
    V2,
    V1,
}

/// A document with the contexts it needs.
pub fn badge() -> Any {
    let newer = select(vec![
        json!([V2, OB_3_0_3, EXTENSIONS]),
        json!([V2, OB_3_0_2, EXTENSIONS]),
    ]);
    let older = select(vec![
        json!([V1, OB_3_0_1, EXTENSIONS, DATA_INTEGRITY]),
        json!([V1, OB_3_0_0, EXTENSIONS, DATA_INTEGRITY]),
    ]);
    let with = |contexts: BoxedStrategy<Value>, edition| {
        (contexts, credential(edition)).prop_map(|(contexts, mut credential)| {
            credential["@context"] = contexts;
            credential
        })
    };
    prop_oneof![
        3 => with(newer.boxed(), Edition::V2),
        1 => with(older.boxed(), Edition::V1),
    ]
    .boxed()
}

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const V1: &str = "https://www.w3.org/2018/credentials/v1";
const OB_3_0_3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const OB_3_0_2: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json";
const OB_3_0_1: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json";
const OB_3_0_0: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context.json";
const DATA_INTEGRITY: &str = "https://w3id.org/security/data-integrity/v2";
const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

/// An object with a type and some of `members`.
fn object(kind: Value, members: Vec<(&'static str, Any)>) -> Any {
    let chosen: Vec<_> = members
        .into_iter()
        .map(|(name, value)| of(value).prop_map(move |value| Some((name, value?))))
        .collect();
    chosen
        .prop_map(move |members| {
            let mut object = Map::new();
            object.insert("type".to_owned(), kind.clone());
            for (name, value) in members.into_iter().flatten() {
                object.insert(name.to_owned(), value);
            }
            Value::Object(object)
        })
        .boxed()
}

/// One, or a list of some.
fn some(item: Any) -> Any {
    prop_oneof![item.clone(), vec(item, 0..4).prop_map(Value::from),].boxed()
}

fn text() -> Any {
    crate::jcs::text().prop_map(Value::from).boxed()
}

fn one_of(texts: &[&'static str]) -> Any {
    select(texts.to_vec()).prop_map(Value::from).boxed()
}

fn iri() -> Any {
    one_of(&[
        "https://a.example/1",
        "https://a.example/1?q=%C3%A9#part",
        "https://xn--bcher-kva.example/ü",
        "urn:uuid:1f0c5f52-5b0e-4b59-9d10-0e2a6a1f8a01",
        "did:web:a.example",
        "did:example:123",
        "mailto:a@example.org",
        "data:image/png;base64,iVBORw0KGgo=",
    ])
}

fn date() -> Any {
    one_of(&[
        "2026-01-15T09:00:00Z",
        "2026-01-15T09:00:00.123+01:00",
        "not a date",
    ])
}

/// Whole numbers, and fractions whose shortest form and whose form of 16 digits
/// are one: `json-ld` prints the shortest (see `statements`).
fn number() -> Any {
    let fraction = (-999_999_999_999_i64..=999_999_999_999, 0..=12).prop_map(|(digits, places)| {
        let float = digits as f64 / 10_f64.powi(places);
        let shortest = format!("{float:e}");
        let long = format!("{float:.15e}");
        let (mantissa, exponent) = long.split_once('e').expect("an exponent");
        let trimmed = mantissa.trim_end_matches('0').trim_end_matches('.');
        if float.fract() == 0.0 {
            json!(float as i64)
        } else if shortest == format!("{trimmed}e{exponent}") {
            json!(float)
        } else {
            json!(7.5)
        }
    });
    let whole = (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from);
    prop_oneof![
        whole,
        fraction,
        select(vec![json!(0), json!(7.5), json!(6)])
    ]
    .boxed()
}

fn truth() -> Any {
    any::<bool>().prop_map(Value::from).boxed()
}

/// Text, or the same in languages.
fn words() -> Any {
    let in_language = (text(), one_of(&["en", "en-GB", "cy", "zh-Hant"]))
        .prop_map(|(text, tag)| json!({ "@value": text, "@language": tag }))
        .boxed();
    prop_oneof![4 => text(), 1 => some(in_language)].boxed()
}

fn credential(edition: Edition) -> Any {
    let kinds = select(vec![
        json!(["VerifiableCredential", "OpenBadgeCredential"]),
        json!(["VerifiableCredential", "AchievementCredential"]),
        json!(["AchievementCredential", "VerifiableCredential"]),
    ]);
    let mut members = vec![
        ("id", iri()),
        ("name", words()),
        ("description", words()),
        ("issuer", prop_oneof![iri(), profile(1)].boxed()),
        ("validFrom", date()),
        ("validUntil", date()),
        ("awardedDate", date()),
        ("image", image()),
        ("credentialSubject", some(subject())),
        ("evidence", some(evidence())),
        ("credentialSchema", some(schema())),
        ("endorsement", some(endorsement(edition))),
        ("proof", some(proof())),
    ];
    match edition {
        Edition::V2 => members.push(("credentialStatus", status())),
        Edition::V1 => {
            members.push(("issuanceDate", date()));
            members.push(("expirationDate", date()));
        }
    }
    kinds
        .prop_flat_map(move |kind| object(kind, members.clone()))
        .boxed()
}

fn endorsement(edition: Edition) -> Any {
    let subject = object(
        json!(["EndorsementSubject"]),
        vec![("id", iri()), ("endorsementComment", text())],
    );
    let own_contexts = select(match edition {
        Edition::V2 => vec![
            Value::Null,
            json!([V2, OB_3_0_3]),
            json!([V2, OB_3_0_3, EXTENSIONS]),
        ],
        Edition::V1 => vec![Value::Null, json!([V1, OB_3_0_1])],
    });
    let endorsement = object(
        json!(["VerifiableCredential", "EndorsementCredential"]),
        vec![
            ("id", iri()),
            ("name", text()),
            ("issuer", profile(0)),
            ("validFrom", date()),
            ("credentialSubject", subject),
            ("proof", some(proof())),
        ],
    );
    (own_contexts, endorsement)
        .prop_map(|(contexts, mut endorsement)| {
            if !contexts.is_null() {
                endorsement["@context"] = contexts;
            }
            endorsement
        })
        .boxed()
}

fn proof() -> Any {
    object(
        json!("DataIntegrityProof"),
        vec![
            ("id", iri()),
            ("cryptosuite", one_of(&["eddsa-rdfc-2022"])),
            ("created", date()),
            ("verificationMethod", iri()),
            (
                "proofPurpose",
                one_of(&["assertionMethod", "authentication"]),
            ),
            ("proofValue", one_of(&["z3sXh", "z2s5W"])),
        ],
    )
}

fn status() -> Any {
    object(
        json!("BitstringStatusListEntry"),
        vec![
            ("id", iri()),
            ("statusPurpose", one_of(&["revocation"])),
            ("statusListIndex", one_of(&["22"])),
            ("statusListCredential", iri()),
        ],
    )
}

fn schema() -> Any {
    object(json!("1EdTechJsonSchemaValidator2019"), vec![("id", iri())])
}

fn image() -> Any {
    object(json!("Image"), vec![("id", iri()), ("caption", text())])
}

fn identifier_entry() -> Any {
    object(
        json!("IdentifierEntry"),
        vec![
            ("identifier", text()),
            ("identifierType", one_of(&["sourcedId", "ext:own"])),
        ],
    )
}

fn profile(depth: u8) -> Any {
    let geo = object(
        json!("GeoCoordinates"),
        vec![("latitude", number()), ("longitude", number())],
    );
    let address = object(
        json!(["Address"]),
        vec![
            ("addressCountry", text()),
            ("addressRegion", text()),
            ("postalCode", text()),
            ("geo", geo),
        ],
    );
    let mut members = vec![
        ("id", iri()),
        ("name", text()),
        ("url", iri()),
        ("phone", text()),
        ("description", text()),
        ("email", text()),
        ("image", image()),
        ("address", address),
        ("otherIdentifier", some(identifier_entry())),
        ("official", text()),
        ("dateOfBirth", one_of(&["1999-01-01"])),
    ];
    if depth > 0 {
        members.push(("parentOrg", profile(depth - 1)));
    }
    object(json!(["Profile"]), members)
}

fn subject() -> Any {
    let identity = object(
        json!("IdentityObject"),
        vec![
            ("hashed", truth()),
            ("identityHash", text()),
            ("identityType", one_of(&["emailAddress", "name"])),
            ("salt", text()),
        ],
    );
    let result = object(
        json!(["Result"]),
        vec![
            ("resultDescription", iri()),
            ("value", text()),
            ("status", one_of(&["Completed", "Failed"])),
            ("achievedLevel", iri()),
            ("alignment", some(alignment())),
        ],
    );
    object(
        json!(["AchievementSubject"]),
        vec![
            ("id", iri()),
            ("identifier", some(identity)),
            ("activityStartDate", date()),
            ("creditsEarned", number()),
            ("licenseNumber", text()),
            ("narrative", text()),
            ("role", text()),
            ("term", text()),
            ("source", profile(0)),
            ("result", some(result)),
            ("achievement", achievement()),
        ],
    )
}

fn alignment() -> Any {
    object(
        json!(["Alignment"]),
        vec![
            ("targetName", text()),
            ("targetUrl", iri()),
            ("targetFramework", text()),
            ("targetCode", text()),
            ("targetType", one_of(&["ceasn:Competency", "CTDL"])),
        ],
    )
}

fn evidence() -> Any {
    object(
        json!(["Evidence"]),
        vec![
            ("id", iri()),
            ("narrative", text()),
            ("name", text()),
            ("genre", text()),
            ("audience", text()),
        ],
    )
}

fn achievement() -> Any {
    let level = object(
        json!(["RubricCriterionLevel"]),
        vec![
            ("id", iri()),
            ("level", text()),
            ("name", text()),
            ("points", text()),
        ],
    );
    let result = object(
        json!(["ResultDescription"]),
        vec![
            ("id", iri()),
            ("name", text()),
            // The one list whose order counts.
            (
                "allowedValue",
                vec(text(), 0..5).prop_map(Value::from).boxed(),
            ),
            ("requiredLevel", iri()),
            ("requiredValue", text()),
            ("resultType", one_of(&["LetterGrade", "Percent"])),
            ("rubricCriterionLevel", some(level)),
            ("valueMax", text()),
        ],
    );
    let criteria = prop_oneof![
        text().prop_map(|text| json!({ "narrative": text })),
        (iri(), text()).prop_map(|(id, text)| json!({ "id": id, "narrative": text })),
    ];
    let related = object(
        json!(["Related"]),
        vec![("id", iri()), ("inLanguage", text()), ("version", text())],
    );
    object(
        json!(["Achievement"]),
        vec![
            ("id", iri()),
            ("achievementType", one_of(&["Course", "Badge", "ext:Own"])),
            ("alignment", some(alignment())),
            ("creator", profile(0)),
            ("creditsAvailable", number()),
            ("criteria", criteria.boxed()),
            ("description", text()),
            ("humanCode", text()),
            ("image", image()),
            ("inLanguage", text()),
            ("name", text()),
            ("otherIdentifier", some(identifier_entry())),
            ("related", some(related)),
            ("resultDescription", some(result)),
            ("tag", some(text())),
            ("version", text()),
        ],
    )
}

//! The fixtures of the 1EdTech public validator.
//!
//! Each is checked twice: with nothing to fetch, and as the validator sees it.
//! That validator believes a key in the fragment of a method, so the second
//! time the issuer publishes just that key. Where we end elsewhere than the
//! validator, the table says why.

use crate::replay::{check, line, offline, published_key, sealed_again};
use crate::skips::Skips;
use crate::suite::{bytes, folder, names};
use base64::Engine as _;
use countersign::bake;
use countersign::did::{Located, Settings, locate};
use countersign::verify::{Policy, Wanted, WantedKind};
use serde_json::{Value, json};
use std::path::Path;

/// The badge of a fixture as JSON, and the header of its token.
fn opened(bytes: &[u8]) -> (Value, Value) {
    let text = match bake::unbake(bytes) {
        Ok(baked) => baked.payload.as_str().to_owned(),
        Err(_) => String::from_utf8(bytes.to_vec()).expect("text"),
    };
    if let Ok(badge) = serde_json::from_str(&text) {
        return (badge, Value::Null);
    }
    let mut parts = text.trim().split('.').map(|part| {
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(part)
            .unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    });
    let header = parts.next().expect("a header");
    (parts.next().expect("a payload"), header)
}

/// Every verification method below `value`.
fn methods(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                match value {
                    Value::String(method) if name == "verificationMethod" => {
                        found.push(method.clone());
                    }
                    value => methods(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| methods(item, found)),
        _ => {}
    }
}

/// The document that an issuer would have to publish for the validator's
/// belief in the key of a fragment to be right.
fn controller(address: &str, methods: &[String]) -> Option<Vec<u8>> {
    let mut document = Value::Null;
    for method in methods {
        let (id, key) = method.split_once('#')?;
        let Ok(Located::At { url, .. }) = locate(method, Settings::default()) else {
            continue;
        };
        if url == address && key.starts_with('z') {
            document = json!({
                "id": id,
                "verificationMethod": [{
                    "id": method, "type": "Multikey", "controller": id, "publicKeyMultibase": key,
                }],
                "assertionMethod": [method],
            });
        }
    }
    (!document.is_null()).then(|| document.to_string().into_bytes())
}

/// The world in which the validator would be right.
fn as_the_validator_sees_it(folder: &Path, bytes: &[u8], wanted: &Wanted) -> Option<Vec<u8>> {
    let (badge, header) = opened(bytes);
    match wanted.kind {
        WantedKind::Controller => {
            let mut found = Vec::new();
            methods(&badge, &mut found);
            controller(&wanted.url, &found)
        }
        WantedKind::KeySet => {
            let jwk = header.get("jwk")?;
            Some(json!({ "keys": [jwk] }).to_string().into_bytes())
        }
        WantedKind::StatusList if wanted.url.ends_with("/testlist") => Some(crate::suite::bytes(
            &folder.join("bit-string-list/testlist"),
        )),
        // The list that the validator's test fetches is not among the files.
        WantedKind::RevocationList if wanted.url.starts_with("https://dc.1edtech.org/") => {
            let list = json!({
                "id": wanted.url,
                "issuer": badge["issuer"]["id"],
                "revokedCredential": [{ "id": badge["id"], "revoked": true }],
            });
            Some(list.to_string().into_bytes())
        }
        _ => None,
    }
}

/// What the validator's own tests expect.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Theirs {
    Valid,
    Warning,
    Invalid,
    /// Not judged by them as a badge.
    NotTested,
}
use Theirs::{Invalid, NotTested, Valid, Warning};

struct Case {
    name: &'static str,
    /// With nothing to fetch.
    offline: &'static str,
    /// As the validator sees it.
    replayed: &'static str,
    theirs: Theirs,
    /// Why we end elsewhere; empty if we do not.
    why: &'static str,
}

const fn case(
    name: &'static str,
    offline: &'static str,
    replayed: &'static str,
    theirs: Theirs,
    why: &'static str,
) -> Case {
    Case {
        name,
        offline,
        replayed,
        theirs,
        why,
    }
}

const NO_KEY: &str = "undecided key-unreachable [proof unknown key_unreachable]";
const GOOD: &str = "accept current-no-expiry []";
const UNMAPPED: &str = "reject changed [terms fails jsonld_unmapped_term]";
const SHAPE: &str = "reject changed [shape fails credential_shape]";
const NO_CONTEXT: &str = "undecided unsupported [contexts unknown context_not_allowed]";
const NOT_ITS_ISSUERS: &str =
    "reject changed [contexts unknown context_unused, issuer fails verification_method_mismatch]";
const NO_ACHIEVEMENT: &str =
    "reject changed [contexts unknown context_unused, shape fails credential_shape]";
const NO_METHOD: &str = "undecided unsupported [proof unknown did_method_unsupported]";
const BROKEN: &str = "reject changed [proof fails PROOF_VERIFICATION_ERROR]";
const OTHER_LIST: &str = "undecided status-unreachable [status unknown STATUS_VERIFICATION_ERROR]";

/// 131,072 zero bits, as a status list writes them.
const NO_BIT_SET: &str = "uH4sIAAAAAAACA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";
const UNJUDGED: &str = "what we cannot judge is never called forged";
const LIST_IS_ELSEWHERE: &str =
    "the list says it is the one of https://example.com/credentials/status/3";

#[rustfmt::skip] // a table
const CASES: [Case; 46] = [
    case("bit-string-list/credential-status-revoked-blank-nodes.json", NO_KEY, OTHER_LIST, Invalid, LIST_IS_ELSEWHERE),
    case("bit-string-list/credential-status-revoked.json", NO_KEY, OTHER_LIST, Invalid, LIST_IS_ELSEWHERE),
    case("bit-string-list/testlist", NO_KEY, GOOD, NotTested, "a list is a credential too, and this one is genuine"),
    case("complete.json", NO_KEY,
        "undecided status-unreachable [refresh unknown refresh_unavailable, status unknown STATUS_RETRIEVAL_ERROR, endorsements fails jsonld_unmapped_term]",
        Invalid, "its schema lies nowhere, which says nothing about the badge; its status list neither"),
    case("complete_v1.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("credential-status-revoked.json", NO_KEY,
        "reject withdrawn [refresh unknown refresh_unavailable, status fails revoked]",
        Invalid, ""),
    case("endorsement-err-schema-status-refresh.json", NO_KEY, BROKEN, Invalid, ""),
    case("endorsement-valid.json", NO_KEY, "accept current []", Valid, ""),
    case("sd/derivedcredential.json", NO_KEY, GOOD, Valid, ""),
    case("simple-context-alias.json", NO_KEY, GOOD, Valid, ""),
    case("simple-context-version.json", NO_KEY, GOOD, Warning, ""),
    case("simple-did-key-method.json", NOT_ITS_ISSUERS, NOT_ITS_ISSUERS, Valid,
        "its key is not its issuer's"),
    case("simple-did-web-method.json", NO_KEY, GOOD, NotTested, "their test is switched off"),
    case("simple-eddsa-2022.json", NO_KEY, GOOD, Warning, ""),
    case("simple-err-context.json", "reject changed [contexts fails context_order]",
        "reject changed [contexts fails context_order]", Invalid, ""),
    case("simple-err-credential-subject-achievement-result-description-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-err-credential-subject-identifier-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-err-credential-subject-profile-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-err-credential-subject-result-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-err-credential-subject-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-err-evidence-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-err-expired.json", NO_KEY, "reject expired [dates fails expired]", Invalid, ""),
    // It begins in 2040, and has no achievement either.
    case("simple-err-issued.json", SHAPE, SHAPE, Invalid, ""),
    case("simple-err-issuer-otheridentifier-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-err-issuer-parentorg-type.json", "reject changed [terms fails jsonld_shape_mismatch]",
        "reject changed [terms fails jsonld_shape_mismatch]", Invalid, ""),
    case("simple-err-issuer-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-err-issuer.json", SHAPE, SHAPE, Invalid, ""),
    case("simple-err-proof-method-no-scheme.json", "reject changed [shape fails iri_not_absolute]",
        "reject changed [shape fails iri_not_absolute]", Invalid, ""),
    case("simple-err-proof-method-unknown-did-method.json", NO_METHOD, NO_METHOD, Invalid, UNJUDGED),
    case("simple-err-proof-method-unknown-scheme.json", NO_METHOD, NO_METHOD, Invalid, UNJUDGED),
    case("simple-err-proof-method.json", NO_KEY, "reject changed [proof fails key_malformed]", Invalid, ""),
    case("simple-err-proof-value.json", NO_KEY, BROKEN, Invalid, ""),
    case("simple-err-type.json", UNMAPPED, UNMAPPED, Invalid, ""),
    case("simple-json.png", NO_KEY, GOOD, Valid, ""),
    case("simple-json.svg", NO_KEY, GOOD, Valid, ""),
    case("simple-jwt.png", NO_KEY, GOOD, Valid, ""),
    case("simple-jwt.svg", NO_KEY, GOOD, Valid, ""),
    case("simple-jwt_v1.png", NO_KEY, GOOD, Warning, ""),
    case("simple-jwt_v1.svg", NO_KEY, GOOD, Warning, ""),
    case("simple-multiple-proofs.json", NO_KEY, GOOD, Invalid,
        "a seal of an unknown kind neither helps nor harms; the other one holds"),
    // It has no achievement either.
    case("simple-noproof.json", NO_ACHIEVEMENT, NO_ACHIEVEMENT, Invalid, ""),
    case("simple.1ob", NO_KEY, GOOD, Valid, ""),
    case("simple.json", NO_KEY, GOOD, Valid, ""),
    case("simple.jwt", NO_CONTEXT, NO_CONTEXT, NotTested, "only their parser is tried on it; no key in it"),
    case("simple_v1.json", NO_KEY, GOOD, Warning, ""),
    case("velocity.jwt", NO_CONTEXT, NO_CONTEXT, Invalid, UNJUDGED),
];

#[test]
fn every_fixture_ends_as_the_table_says() {
    let Some(folder) = folder("vectors/1edtech-public-validator/ob30") else {
        return;
    };
    let mut listed: Vec<&str> = CASES.iter().map(|case| case.name).collect();
    let mut found = Vec::new();
    for under in ["", "bit-string-list/", "sd/"] {
        let names = names(&folder.join(under), "");
        found.extend(names.iter().map(|name| format!("{under}{name}")));
    }
    listed.sort_unstable();
    found.sort();
    assert_eq!(listed, found);

    let skips = Skips::of("public-validator");
    let mut wrong = Vec::new();
    for case in &CASES {
        let bytes = bytes(&folder.join(case.name));
        let alone = line(&check(&bytes, Policy::default(), &offline));
        let replayed = line(&check(&bytes, Policy::default(), &|wanted| {
            as_the_validator_sees_it(&folder, &bytes, wanted)
        }));
        assert!(!alone.starts_with("accept"), "{}: {alone}", case.name);
        let as_expected = alone == case.offline && replayed == case.replayed;
        if !as_expected && !skips.has(case.name) {
            wrong.push(format!("{}\n  {alone}\n  {replayed}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    skips.assert_all_used();
}

#[test]
fn every_difference_from_the_validator_has_a_reason() {
    for case in &CASES {
        let agrees = match case.theirs {
            Valid | Warning => case.replayed.starts_with("accept"),
            Invalid => case.replayed.starts_with("reject"),
            NotTested => false,
        };
        assert_eq!(agrees, case.why.is_empty(), "{}", case.name);
    }
}

/// A badge that the validator accepts, and an issuer that publishes another
/// key: believing a fragment would let anyone sign as anyone.
#[test]
fn a_key_in_a_fragment_proves_nothing() {
    let Some(folder) = folder("vectors/1edtech-public-validator/ob30") else {
        return;
    };
    let bytes = bytes(&folder.join("simple.json"));
    let issuer = "https://example.com/issuers/876543";
    let key = "z6MknNHHrBzPytzu6CUBP9Lg7fg4KSBjzimc2Frh693YbMiv";
    let named = format!("{issuer}#{key}");
    let believed = format!("{issuer}#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi");
    let mismatch = "reject changed [proof fails verification_method_mismatch]";
    for (method, listed, expected) in [
        // The issuer has another key.
        (&named, &named, mismatch),
        // It lists a method of that name, but publishes none.
        (&named, &believed, mismatch),
        // It publishes one, but not for making claims.
        (&believed, &named, mismatch),
        // The name says one key and the method another: the method counts.
        (&believed, &believed, BROKEN),
    ] {
        let document = json!({
            "id": issuer,
            "verificationMethod": [{
                "id": method, "type": "Multikey", "controller": issuer, "publicKeyMultibase": key,
            }],
            "assertionMethod": [listed],
        });
        let report = check(&bytes, Policy::default(), &|wanted| {
            (wanted.kind == WantedKind::Controller).then(|| document.to_string().into_bytes())
        });
        assert_eq!(line(&report), expected);
        assert!(report.verified.is_none());
    }
}

/// Statements do not cover the list of contexts, so the unused one can go;
/// what is left is a good signature by a key that is not the issuer's.
#[test]
fn a_badge_of_nobodys_key_is_refused_once_its_contexts_are_in_order() {
    let Some(folder) = folder("vectors/1edtech-public-validator/ob30") else {
        return;
    };
    let bytes = bytes(&folder.join("simple-did-key-method.json"));
    let (mut badge, _) = opened(&bytes);
    badge["@context"].as_array_mut().expect("contexts").pop();
    let sealed_by_another = line(&check(
        badge.to_string().as_bytes(),
        Policy::default(),
        &offline,
    ));
    assert_eq!(
        sealed_by_another,
        "reject changed [issuer fails verification_method_mismatch]"
    );
}

/// The issuer of a token publishes other keys than the one in its header.
#[test]
fn a_key_in_a_token_proves_nothing() {
    let Some(folder) = folder("vectors/1edtech-public-validator/ob30") else {
        return;
    };
    let theirs = bytes(&folder.join("simple-jwt.svg"));
    let (_, other) = opened(&bytes(&folder.join("simple-jwt_v1.svg")));
    for keys in [json!([other["jwk"]]), json!([])] {
        let report = check(&theirs, Policy::default(), &|wanted| {
            let set = json!({ "keys": keys });
            (wanted.kind == WantedKind::KeySet).then(|| set.to_string().into_bytes())
        });
        assert_eq!(
            line(&report),
            "reject changed [proof fails verification_method_mismatch]"
        );
    }
}

/// The key of these fixtures is published with the implementation guide, so
/// their list can be moved to the address that the badges name.
#[test]
fn a_badge_is_withdrawn_once_its_list_lies_where_it_says() {
    let Some(folder) = folder("vectors/1edtech-public-validator/ob30") else {
        return;
    };
    for name in [
        "credential-status-revoked",
        "credential-status-revoked-blank-nodes",
    ] {
        let badge = bytes(&folder.join(format!("bit-string-list/{name}.json")));
        for (purpose, encoded, expected) in [
            (
                "revocation",
                None,
                "reject withdrawn [status fails revoked]",
            ),
            ("suspension", None, OTHER_LIST),
            // No bit is set.
            ("revocation", Some(NO_BIT_SET), GOOD),
        ] {
            let report = check(&badge, Policy::default(), &|wanted| match wanted.kind {
                WantedKind::StatusList => {
                    let list = bytes(&folder.join("bit-string-list/testlist"));
                    let (mut list, _) = opened(&list);
                    list["id"] = wanted.url.clone().into();
                    list["credentialSubject"]["statusPurpose"] = purpose.into();
                    if let Some(encoded) = encoded {
                        list["credentialSubject"]["encodedList"] = encoded.into();
                    }
                    Some(sealed_again(&list, &published_key()))
                }
                _ => as_the_validator_sees_it(&folder, &badge, wanted),
            });
            assert_eq!(line(&report), expected, "{name} {purpose}");
        }
    }
}

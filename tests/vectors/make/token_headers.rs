//! The traps of a token's header, of its keys and of its spelling.

use super::case::Case;
use super::doc::Doc;
use super::documents::{badge, badge_of};
use super::keys::*;
use super::tokens::*;
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use countersign::json::Value;

const HEADER: &str = "Open Badges 3.0, Create the JOSE Header; Choices, Algorithms and headers";

pub(super) fn cases() -> Vec<Case> {
    [
        algorithms(),
        unsupported(),
        headers(),
        header_keys(),
        key_sets(),
        spelling(),
    ]
    .concat()
}

/// HMAC-SHA-256, with the public key as the secret.
fn hs256(input: &str, secret: &[u8]) -> Vec<u8> {
    use sha2::{Digest as _, Sha256};
    let mut block = [0; 64];
    let short = Sha256::digest(secret);
    block[..32].copy_from_slice(&short);
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(input)
        .finalize();
    Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}

fn algorithms() -> Vec<Case> {
    let party = issuer();
    let kid = &party.method;
    let body = encode(&payload(&badge()).0.to_json());
    let none = format!(
        "{}.{body}.AA",
        encode(&format!(r#"{{"alg":"none","kid":"{kid}"}}"#))
    );
    let swap = {
        let input = format!(
            "{}.{body}",
            encode(&format!(r#"{{"alg":"HS256","kid":"{kid}"}}"#))
        );
        let secret = rsa().public().to_jwk();
        let mac = hs256(&input, Value::from(secret).to_json().as_bytes());
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(mac))
    };
    let alg = |name, alg: &str| {
        refused(
            name,
            &with_header(&format!(r#"{{"alg":"{alg}","kid":"{kid}","typ":"JWT"}}"#)),
            "fails jwt_alg",
        )
    };
    const SWAP: &str = "RFC 8725 §2.1; CVE-2015-9235, CVE-2016-5431";
    vec![
        refused("jwt_alg_none", &none, "fails jwt_alg").because(
            "none signs nothing.",
            SWAP,
            ANYBODY,
        ),
        refused("jwt_public_key_as_hmac_secret", &swap, "fails jwt_alg").because(
            "RS256 was made HS256, with the public key as the secret.",
            SWAP,
            ANYBODY,
        ),
        alg("jwt_alg_hs256", "HS256").because(
            "A shared secret proves nothing to others.",
            SWAP,
            ANYBODY,
        ),
        alg("jwt_alg_in_other_letters", "NoNe").because(
            "Algorithms are compared as they are written.",
            "RFC 7515 §4.1.1",
            ANYBODY,
        ),
        alg("jwt_alg_in_lower_case", "eddsa").because(
            "Algorithms are compared as they are written.",
            "RFC 7515 §4.1.1",
            "Readers would differ in whether the badge is signed.",
        ),
        refused(
            "jwt_without_alg",
            &with_header(&format!(r#"{{"kid":"{kid}"}}"#)),
            "fails jwt_alg",
        )
        .because(
            "Without alg nobody can say how it was signed.",
            "RFC 7515 §4.1.1",
            ANYBODY,
        ),
    ]
}

fn bad(name: &'static str, token: &str, finding: &'static str) -> Case {
    Case::forged(name)
        .token(token)
        .finds("proof", finding)
        .outcome("changed")
}

fn unsupported() -> Vec<Case> {
    let kid = issuer().method;
    let alg = |alg: &str| with_header(&format!(r#"{{"alg":"{alg}","kid":"{kid}"}}"#));
    let unknown = |name, token: &str| {
        Case::undecided(name)
            .token(token)
            .finds("format", "unknown proof_unsupported")
            .outcome("unsupported")
    };
    let p256 = Party::did_key(p256("issuer"));
    let zeros = {
        let token = token_of(&badge_of(&p256), &p256);
        let (input, _) = token.rsplit_once('.').expect("a token");
        format!("{input}.{}", URL_SAFE_NO_PAD.encode([0; 64]))
    };
    let changed = with_payload(
        &token_of(&badge(), &issuer()),
        &payload(&badge().text("/name", "Diploma")),
    );
    const HONEST: &str = "An honest badge of other software would be called forged.";
    vec![
        unknown("jwt_alg_es256k", &alg("ES256K")).because(
            "An algorithm that we know of and do not check.",
            "Choices, Algorithms and headers",
            HONEST,
        ),
        unknown("jwt_alg_ps256", &alg("PS256")).because(
            "An algorithm that we know of and do not check.",
            "Choices, Algorithms and headers",
            HONEST,
        ),
        bad(
            "jwt_alg_of_another_key",
            &alg("ES256"),
            "fails proof_algorithm_mismatch",
        )
        .because(
            "The header says P-256, the issuer's key is of Ed25519.",
            "RFC 8725 §3.1",
            "The algorithm could be chosen by whoever writes the token.",
        ),
        bad("jwt_of_zeros", &zeros, "fails PROOF_VERIFICATION_ERROR").because(
            "r = s = 0 once passed for a signature of anything (CVE-2022-21449).",
            "FIPS 186-5 §6.4.2",
            ANYBODY,
        ),
        bad("jwt_changed", &changed, "fails PROOF_VERIFICATION_ERROR").because(
            "The payload was exchanged under the signature.",
            "RFC 7515 §5.2",
            "A learner could rename a badge.",
        ),
    ]
}

fn headers() -> Vec<Case> {
    let kid = issuer().method;
    let with = |more: &str| with_header(&format!(r#"{{"alg":"EdDSA","kid":"{kid}",{more}}}"#));
    let rows = [
        (
            "jwt_jku",
            r#""jku":"https://attacker.example.net/jwks.json""#,
        ),
        (
            "jwt_x5u",
            r#""x5u":"https://attacker.example.net/chain.pem""#,
        ),
        ("jwt_x5c", r#""x5c":["AAAA"]"#),
        ("jwt_crit", r#""crit":["exp"],"exp":1"#),
        ("jwt_b64_false", r#""b64":false,"crit":["b64"]"#),
        ("jwt_zip", r#""zip":"DEF""#),
        ("jwt_typ_access_token", r#""typ":"at+jwt""#),
        ("jwt_typ_is_a_number", r#""typ":1"#),
        ("jwt_kid_is_a_number", r#""jwk":{"kty":"OKP"},"d":1"#),
    ];
    let mut cases: Vec<Case> = rows
        .into_iter()
        .filter(|(name, _)| *name != "jwt_kid_is_a_number")
        .map(|(name, more)| {
            refused(name, &with(more), "fails jwt_header_refused").because(
                "The header brings a key or a rule from elsewhere, or says that the token is something else.",
                HEADER,
                "A key of the attacker, a rule nobody understands or a log-in token would make a badge.",
            )
        })
        .collect();
    cases.push(
        refused(
            "jwt_kid_is_a_number",
            &with_header(r#"{"alg":"EdDSA","kid":1}"#),
            "fails jwt_header_refused",
        )
        .because(
            "A kid of the wrong type is not absent.",
            HEADER,
            "Any key of the issuer would be tried for it.",
        ),
    );
    let twice = format!(r#"{{"alg":"none","alg":"EdDSA","kid":"{kid}"}}"#);
    cases.push(
        refused("jwt_header_names_alg_twice", &with_header(&twice), "fails").because(
            "One reader would check by the first alg, one by the last.",
            "RFC 7515 §4; Choices, Members named twice",
            ANYBODY,
        ),
    );
    cases
}

/// Keys that come in the header or are named there.
fn header_keys() -> Vec<Case> {
    const LISTED: &str = "Choices, Which key signed a token; CVE-2018-0114";
    let party = issuer();
    let thief = Party::did_key(ed25519("thief"));
    let jwk = |by: &Party| Value::from(by.key.public().to_jwk()).to_json();
    let by_thief = |header: &str| token(header, &payload(&badge()), &thief);
    let inline = by_thief(&format!(r#"{{"alg":"EdDSA","jwk":{}}}"#, jwk(&thief)));
    let own = with_header(&format!(r#"{{"alg":"EdDSA","jwk":{}}}"#, jwk(&party)));
    let secret = format!(
        r#"{{"alg":"EdDSA","jwk":{{"kty":"OKP","crv":"Ed25519","x":"{0}","d":"{0}"}}}}"#,
        encode("thirty-two bytes of a public key")
    );
    let named = by_thief(&format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, thief.method));
    let address = by_thief(r#"{"alg":"EdDSA","kid":"https://attacker.example.net/keys/1"}"#);
    let weak = {
        let mut point = [0; 32];
        point[0] = 1;
        let jwk = format!(
            r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#,
            URL_SAFE_NO_PAD.encode(point)
        );
        let id = format!("did:jwk:{}", encode(&jwk));
        let payload = payload(&badge().text("/issuer/id", &id));
        let input = format!(
            "{}.{}",
            encode(&format!(r#"{{"alg":"EdDSA","kid":"{id}#0"}}"#)),
            encode(&payload.0.to_json())
        );
        format!(
            "{input}.{}",
            URL_SAFE_NO_PAD.encode([&point[..], &[0; 32]].concat())
        )
    };
    let council = council();
    let by_council = |header: &str| token(header, &payload(&badge_of(&council)), &council);
    let own_jwk = by_council(&format!(r#"{{"alg":"EdDSA","jwk":{}}}"#, jwk(&council)));
    let revoked = council
        .document()
        .text("/verificationMethod/0/revoked", "2026-09-01T00:00:00Z");
    let unlisted = council.document().set("/assertionMethod", "[]");
    vec![
        Case::not_current("jwt_key_revoked")
            .token(&own_jwk)
            .net(COUNCIL_DOCUMENT, &revoked)
            .because(
                "The key in the header is one that the issuer lists, and has revoked.",
                "Choices, A revoked key",
                "Whoever stole the key could go on making badges, dated back.",
            )
            .finds("proof", "holds ok")
            .finds("key", "fails key_revoked_time_unproven")
            .outcome("withdrawn"),
        bad(
            "jwt_key_not_for_claims",
            &own_jwk,
            "fails verification_method_mismatch",
        )
        .net(COUNCIL_DOCUMENT, &unlisted)
        .because(
            "The issuer has the key in its document, but not for making claims.",
            LISTED,
            "A key that was put out of use would still make badges.",
        ),
        bad(
            "jwt_jwk_of_somebody_else",
            &inline,
            "fails verification_method_mismatch",
        )
        .because(
            "The key in the header is not one that the issuer lists.",
            LISTED,
            ANYBODY,
        ),
        accept("jwt_jwk_of_the_issuer", &own).because(
            "The key in the header is one that the issuer lists.",
            LISTED,
            "An honest badge would be turned away.",
        ),
        refused(
            "jwt_jwk_with_its_secret",
            &with_header(&secret),
            "fails jwt_header_refused",
        )
        .because("A secret key in a header is anybody's.", HEADER, ANYBODY),
        bad(
            "jwt_kid_of_somebody_else",
            &named,
            "fails verification_method_mismatch",
        )
        .because(
            "The token names a key of somebody else than its issuer.",
            LISTED,
            ANYBODY,
        ),
        bad(
            "jwt_kid_at_another_address",
            &address,
            "fails verification_method_mismatch",
        )
        .because(
            "kid is not fetched; the issuer lists no key of that name.",
            LISTED,
            "A token could make us ask any address, and believe what is there.",
        ),
        bad("jwt_of_a_small_order_key", &weak, "fails key_weak").because(
            "The issuer's key is the neutral point, under which one signature fits any token.",
            "Choices, Signatures",
            ANYBODY,
        ),
    ]
}

/// An https issuer whose keys are those of its host.
fn key_sets() -> Vec<Case> {
    const SET: &str = "https://northmarch.badges.example.org/.well-known/jwks.json";
    const GUIDE: &str =
        "Open Badges 3.0 implementation guide, JWKS; Choices, Which key signed a token";
    let care = Party {
        id: super::controllers::CARE.to_owned(),
        method: "key-9".to_owned(),
        key: p256("care"),
    };
    let set = |iss: &str| {
        let jwk = Doc(care.key.public().to_jwk().into())
            .text("/kid", "key-9")
            .text("/iss", iss);
        Doc::read("{}").with("/keys", vec![jwk.0])
    };
    let token = token_of(&badge_of(&care), &care);
    let other_kid = {
        let other = Party {
            method: "key-8".to_owned(),
            key: p256("care"),
            ..Party::at(super::controllers::CARE, p256("care"))
        };
        token_of(&badge_of(&other), &other)
    };
    vec![
        accept("jwt_key_set_of_the_host", &token)
            .net(SET, &set(&care.id))
            .because(
                "The key is in the key set of the issuer's host.",
                GUIDE,
                "An honest badge would be turned away.",
            ),
        bad(
            "jwt_key_set_for_another_issuer",
            &token,
            "fails verification_method_mismatch",
        )
        .net(
            SET,
            &set("https://northmarch.badges.example.org/issuers/other"),
        )
        .because(
            "The key in the set belongs to another issuer of the same host.",
            GUIDE,
            "One tenant of a host could sign as another.",
        ),
        bad(
            "jwt_kid_not_in_the_key_set",
            &other_kid,
            "fails verification_method_mismatch",
        )
        .net(SET, &set(&care.id))
        .because("The set has no key of that name.", GUIDE, ANYBODY),
        Case::undecided("jwt_key_set_unreachable")
            .token(&token)
            .because(
                "The key set could not be had: no sign of forgery.",
                "Choices, Fails, or unknown",
                "An honest badge would be called forged while a host is down.",
            )
            .finds("proof", "unknown key_unreachable")
            .outcome("key-unreachable"),
    ]
}

fn spelling() -> Vec<Case> {
    const STRICT: &str = "RFC 7515 §2; Choices, Algorithms and headers";
    const SPELLINGS: &str =
        "One token would have many spellings, and lists of seen badges miss one.";
    let good = token_of(&badge(), &issuer());
    let parts: Vec<&str> = good.split('.').collect();
    let padded = format!(
        "{}.{}.{}",
        parts[0],
        parts[1],
        URL_SAFE.encode(URL_SAFE_NO_PAD.decode(parts[2]).expect("base64"))
    );
    assert!(padded.ends_with('='), "64 bytes need padding");
    // The last letter of 64 bytes carries two bits of a byte and four of none.
    let stray = format!("{}{}", &good[..good.len() - 1], {
        let last = good.as_bytes()[good.len() - 1];
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let at = alphabet
            .iter()
            .position(|letter| *letter == last)
            .expect("a letter");
        char::from(alphabet[at ^ 1])
    });
    let shorter = format!("{}.{}.{}", parts[0], parts[1], &parts[2][..80]);
    let not_an_object = {
        let input = format!("{}.{}", parts[0], encode("[]"));
        let signature = issuer().key.sign(input.as_bytes()).expect("a signature");
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
    };
    let twice = {
        let text = payload(&badge())
            .0
            .to_json()
            .replacen('{', r#"{"iss":"did:web:a.example","#, 1);
        let input = format!("{}.{}", parts[0], encode(&text));
        let signature = issuer().key.sign(input.as_bytes()).expect("a signature");
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
    };
    vec![
        refused("jwt_padded", &padded, "fails jwt_malformed").because(
            "Base64url in a token has no padding.",
            STRICT,
            SPELLINGS,
        ),
        refused("jwt_with_stray_bits", &stray, "fails jwt_malformed").because(
            "The last letter has bits that belong to no byte.",
            "RFC 4648 §3.5",
            SPELLINGS,
        ),
        bad("jwt_cut_short", &shorter, "fails PROOF_VERIFICATION_ERROR").because(
            "The signature lacks its last bytes.",
            "RFC 8032 §5.1.7",
            ANYBODY,
        ),
        refused("jwt_of_a_list", &not_an_object, "fails credential_shape").because(
            "The payload is no object.",
            "RFC 7519 §7.2",
            "Readers would find nothing to compare, and let it pass.",
        ),
        refused(
            "jwt_payload_names_iss_twice",
            &twice,
            "fails json_duplicate_key",
        )
        .because(
            "One reader would see one issuer, one another.",
            "RFC 7519 §4; Choices, Members named twice",
            ANYBODY,
        ),
        Case::undecided("jwe")
            .token(&format!("{good}.AAAA.AAAA"))
            .because(
                "Five parts are an encrypted token, which is no badge.",
                "RFC 7516 §3.1",
                "An encrypted token that grows without end would be opened (CVE-2024-28180).",
            )
            .finds("format", "unknown no_badge_found")
            .outcome("no-badge-found"),
    ]
}

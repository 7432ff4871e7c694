//! Keys that were withdrawn or have run out, and keys that are none.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::issuers::{ANYBODY, answered};
use super::keys::*;
use super::seal::{Seal, base58};
use countersign::json::Value;
use countersign::proof::Suite;

pub(super) fn cases() -> Vec<Case> {
    [key_states(), odd_keys()].concat()
}

fn key_states() -> Vec<Case> {
    const STOLEN: &str = "Whoever stole the key could go on making badges, dated back.";
    let document = council().document();
    let with = |member: &str, moment: &str| {
        document
            .clone()
            .text(&format!("/verificationMethod/0/{member}"), moment)
    };
    let council = council();
    let rolled = {
        let newer = Party {
            method: format!("{COUNCIL}#key-2"),
            ..Party::at(COUNCIL, ed25519("council-2"))
        };
        let badge = badge_of(&council)
            .sealed(&Seal::by(&council))
            .sealed(&Seal::by(&newer));
        let document = with("expires", "2026-06-01T00:00:00Z")
            .with(
                "/verificationMethod/-",
                multikey(&newer.method, COUNCIL, &newer.key),
            )
            .with("/assertionMethod/-", Value::from(newer.method.clone()));
        Case::accept("expired_key_beside_a_good_one")
            .badge(&badge)
            .net(COUNCIL_DOCUMENT, &document)
    };
    vec![
        answered(
            Case::not_current,
            "key_revoked",
            &with("revoked", "2026-09-01T00:00:00Z"),
        )
        .because(
            "The key was revoked, and nothing but the forger's word says that the badge is older.",
            "Choices, A revoked key",
            STOLEN,
        )
        .finds("proof", "holds ok")
        .finds("key", "fails key_revoked_time_unproven")
        .outcome("withdrawn"),
        answered(
            Case::accept,
            "key_to_be_revoked",
            &with("revoked", "2026-12-31T00:00:00Z"),
        )
        .because(
            "The revocation is announced for later.",
            "Controlled Identifiers 1.0 §2.2, revoked",
            "An honest badge would be turned away.",
        )
        .finds("key", "holds ok"),
        answered(
            Case::not_current,
            "key_expired",
            &with("expires", "2026-09-01T00:00:00Z"),
        )
        .because(
            "The key's planned end has come.",
            "Controlled Identifiers 1.0 §2.2, expires; Choices, An expired key or proof",
            "A key would make badges after its issuer put it away.",
        )
        .finds("proof", "holds ok")
        .finds("key", "fails key_expired")
        .outcome("expired"),
        answered(
            Case::accept,
            "key_that_will_expire",
            &with("expires", "2027-09-01T00:00:00Z"),
        )
        .because(
            "The key's end has not come.",
            "Controlled Identifiers 1.0 §2.2, expires",
            "An honest badge would be turned away.",
        )
        .finds("key", "holds ok"),
        rolled
            .because(
                "The badge carries proofs of an old and of a new key; one in good order is enough.",
                "Choices, Several proofs",
                "Badges could not be carried over to a new key.",
            )
            .finds("key", "holds ok")
            .proofs(&["holds ok", "holds ok"]),
        answered(
            Case::forged,
            "key_with_a_revocation_date_of_garbage",
            &with("revoked", "last autumn"),
        )
        .because(
            "A date that cannot be read might be past, so the key is not used.",
            "Choices, Small cases about documents",
            STOLEN,
        )
        .finds("proof", "fails verification_method_mismatch"),
    ]
}

fn odd_keys() -> Vec<Case> {
    let council = council();
    let document = council.document();
    let method = "/verificationMethod/0";
    let secret = document.clone().text(
        &format!("{method}/secretKeyMultibase"),
        "z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq",
    );
    let two = document.clone().with(
        &format!("{method}/publicKeyJwk"),
        ed25519("thief").public().to_jwk(),
    );
    let pem = document.clone().text(
        &format!("{method}/publicKeyPem"),
        "-----BEGIN PUBLIC KEY-----",
    );
    let secp = document.clone().text(
        &format!("{method}/publicKeyMultibase"),
        "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
    );
    let of_type = document
        .clone()
        .text(&format!("{method}/type"), "BbsVerificationKey2030");
    let one_less = base58(&[&[0xed, 0x01], &[7; 31][..]].concat());
    let short = document
        .clone()
        .text(&format!("{method}/publicKeyMultibase"), &one_less);
    let encryption = {
        let jwk = Doc(council.key.public().to_jwk().into()).text("/use", "enc");
        let jwk_method = Doc(json_web_key(&council.method, &council.id, &council.key))
            .with("/publicKeyJwk", jwk.0);
        document.clone().with(method, jwk_method.0)
    };
    let ecdsa = Party::at(COUNCIL, p256("council"));
    let wrong_kind = badge_of(&ecdsa).sealed(&Seal::by(&ecdsa).suite(Suite::EcdsaRdfc2019));
    vec![
        answered(Case::forged, "key_published_with_its_secret", &secret)
            .because(
                "The secret lies beside the key, so anybody can sign.",
                "Choices, Small cases about documents",
                ANYBODY,
            )
            .finds("proof", "fails key_secret_published"),
        answered(Case::forged, "key_in_two_members", &two)
            .because(
                "Two members hold two keys, and readers differ in which one they take.",
                "Controlled Identifiers 1.0 §2.2; Choices, Small cases about documents",
                ANYBODY,
            )
            .finds("proof", "fails verification_method_mismatch"),
        answered(Case::forged, "key_in_two_forms", &pem)
            .because(
                "A second form of a key stands beside the first.",
                "Choices, Small cases about documents",
                ANYBODY,
            )
            .finds("proof", "fails verification_method_mismatch"),
        answered(Case::undecided, "key_of_an_unsupported_kind", &secp)
            .because(
                "A kind of key that we do not check is no fault.",
                "Choices, Fails, or unknown",
                "An honest badge would be called forged.",
            )
            .finds("proof", "unknown key_unsupported")
            .outcome("unsupported"),
        answered(Case::undecided, "key_of_an_unknown_type", &of_type)
            .because(
                "A type of verification method that we do not know is no fault.",
                "Choices, Fails, or unknown",
                "An honest badge would be called forged.",
            )
            .finds("proof", "unknown key_unsupported"),
        answered(Case::forged, "key_cut_short", &short)
            .because(
                "An Ed25519 key has 32 bytes, and this one has 31.",
                "Controlled Identifiers 1.0 §2.2.2",
                ANYBODY,
            )
            .finds("proof", "fails key_malformed"),
        answered(Case::forged, "key_for_encryption", &encryption)
            .because(
                "The key says that it is for encryption.",
                "RFC 7517 §4.2; Choices, Signatures",
                "A key would be used for what its owner did not mean.",
            )
            .finds("proof", "fails key_use"),
        Case::forged("proof_of_another_kind_than_the_key")
            .badge(&wrong_kind)
            .net(COUNCIL_DOCUMENT, &document)
            .because(
                "The proof is of P-256, the key that the document lists of Ed25519.",
                "VC-DI-ECDSA 1.0, Verify Proof",
                ANYBODY,
            )
            .finds("proof", "fails proof_algorithm_mismatch"),
    ]
}

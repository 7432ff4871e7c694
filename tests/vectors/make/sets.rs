//! Several proofs: sets, chains, and those of other people.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use super::seal::Seal;

const SEVERAL: &str = "Choices, Several proofs";
const CHAINS: &str = "VC Data Integrity 1.0, Proof Chains; Choices, Chains of proofs";

pub(super) fn cases() -> Vec<Case> {
    [sets(), bad_sets(), counted(), chains(), bad_chains()].concat()
}

fn broken(mut badge: Doc) -> Doc {
    let last = badge.at("/proof").one_or_many().len() - 1;
    badge = badge.text(&format!("/proof/{last}/created"), "2026-03-02T09:00:01Z");
    badge
}

fn with_unknown_suite(badge: Doc) -> Doc {
    let mut badge = badge;
    let seal = Seal::by(&issuer()).of(&badge);
    let mut proof = Doc(seal.into());
    proof = proof.text("/cryptosuite", "falcon-rdfc-2030");
    badge.add_proof(proof.object().clone());
    badge
}

fn sets() -> Vec<Case> {
    let both = signed().sealed(&Seal::jcs(&issuer()));
    let beside = with_unknown_suite(signed());
    let other = signed().sealed(&Seal::by(&stranger()));
    vec![
        Case::accept("two_suites")
            .because("Both proofs of the issuer hold.", SEVERAL, "An honest badge would be turned away.")
            .badge(&both)
            .finds("proof", "holds ok")
            .proofs(&["holds ok", "holds ok"]),
        Case::accept("unknown_suite_beside_a_good_proof")
            .because(
                "A proof of an unknown suite neither helps nor harms, and is listed.",
                SEVERAL,
                "Issuers could not add a proof for newer wallets.",
            )
            .badge(&beside)
            .finds("proof", "holds ok")
            .proofs(&["holds ok", "unknown proof_unsupported"]),
        Case::accept("proof_of_somebody_else_beside")
            .because(
                "Somebody else's proof that holds does not make the badge theirs, nor the issuer's proof worse.",
                SEVERAL,
                "A countersigned badge would be turned away.",
            )
            .badge(&other)
            .finds("issuer", "holds ok")
            .proofs(&["holds ok", "holds ok"]),
    ]
}

fn bad_sets() -> Vec<Case> {
    let party = issuer();
    let stranger = stranger();
    let alone = badge().sealed(&Seal::by(&stranger));
    let one_broken = broken(signed().sealed(&Seal::jcs(&party)));
    let other_broken = broken(signed().sealed(&Seal::by(&stranger)));
    let unknown_and_broken = broken(with_unknown_suite(badge()).sealed(&Seal::by(&party)));
    let unknown_and_other = with_unknown_suite(badge()).sealed(&Seal::by(&stranger));
    let bad = |name, badge: &Doc| {
        Case::forged(name)
            .badge(badge)
            .finds("proof", "fails PROOF_VERIFICATION_ERROR")
    };
    vec![
        Case::forged("proof_of_somebody_else_alone")
            .because(
                "The signature holds, but it is not the issuer's.",
                "Controlled Identifiers 1.0 §3.3; Choices, Whose key it is",
                "Anybody could sign a badge of the council with a key of their own.",
            )
            .badge(&alone)
            .finds("proof", "holds ok")
            .finds("issuer", "fails verification_method_mismatch")
            .outcome("changed"),
        bad("good_proof_beside_a_broken_one", &one_broken)
            .because(
                "No supported proof may fail.",
                SEVERAL,
                "A badge could be changed under one proof and shown under the other.",
            )
            .proofs(&["holds ok", "fails PROOF_VERIFICATION_ERROR"]),
        bad(
            "good_proof_beside_a_broken_one_of_somebody_else",
            &other_broken,
        )
        .because(
            "No supported proof may fail, whoever made it.",
            SEVERAL,
            "A false countersignature would go unnoticed.",
        ),
        bad("unknown_suite_beside_a_broken_proof", &unknown_and_broken).because(
            "What cannot be checked does not excuse what was checked and failed.",
            SEVERAL,
            "A forger would add an unknown proof to get away with undecided.",
        ),
        Case::undecided("unknown_suite_beside_somebody_elses")
            .because(
                "The issuer's own proof may be the one that we cannot check.",
                SEVERAL,
                "An honest badge with a countersignature would be called forged.",
            )
            .badge(&unknown_and_other)
            .finds("proof", "unknown proof_unsupported"),
    ]
}

fn counted() -> Vec<Case> {
    let party = issuer();
    let proofs = |count: usize| {
        (0..count).fold(badge(), |badge, at| {
            badge.sealed(&Seal::by(&party).with("created", &format!("\"2026-03-02T09:00:0{at}Z\"")))
        })
    };
    vec![
        Case::accept("eight_proofs")
            .because(
                "As many proofs as we judge.",
                "Limits, L-13",
                "An honest badge would be turned away.",
            )
            .badge(&proofs(8))
            .finds("proof", "holds ok"),
        Case::undecided("nine_proofs")
            .because(
                "More proofs than we judge: a limit is not the badge's fault.",
                "Limits, L-13; Choices, Fails, or unknown",
                "An unjudged proof might be the one that fails.",
            )
            .badge(&proofs(9))
            .finds("proof", "unknown proof_too_many")
            .outcome("unsupported"),
    ]
}

/// A first proof with a name, and one that follows it.
fn chain() -> Doc {
    let party = issuer();
    badge()
        .sealed(&Seal::by(&party).with("id", "\"urn:uuid:0d9f7a52-0000-4000-8000-000000000001\""))
        .sealed(
            &Seal::by(&party)
                .with("created", "\"2026-03-02T10:00:00Z\"")
                .with(
                    "previousProof",
                    "\"urn:uuid:0d9f7a52-0000-4000-8000-000000000001\"",
                ),
        )
}

fn chains() -> Vec<Case> {
    let party = issuer();
    let jcs = badge()
        .sealed(&Seal::jcs(&party).with("id", "\"urn:uuid:0d9f7a52-0000-4000-8000-000000000001\""))
        .sealed(&Seal::jcs(&party).with(
            "previousProof",
            "[\"urn:uuid:0d9f7a52-0000-4000-8000-000000000001\"]",
        ));
    vec![
        Case::accept("chain")
            .because(
                "The second proof signs the first too.",
                CHAINS,
                "An honest badge would be turned away.",
            )
            .badge(&chain())
            .finds("proof", "holds ok")
            .proofs(&["holds ok", "holds ok"]),
        Case::accept("chain_jcs")
            .because(
                "The same under JCS.",
                CHAINS,
                "An honest badge would be turned away.",
            )
            .badge(&jcs)
            .finds("proof", "holds ok")
            .proofs(&["holds ok", "holds ok"]),
    ]
}

fn bad_chains() -> Vec<Case> {
    let party = issuer();
    let first = "/proof/0";
    let replaced = Doc(Seal::by(&party)
        .with("id", "\"urn:uuid:0d9f7a52-0000-4000-8000-000000000001\"")
        .with("created", "\"2026-03-02T09:30:00Z\"")
        .of(&badge())
        .into());
    let replaced = chain().with(first, replaced.0);
    let claimed = badge()
        .sealed(&Seal::by(&party).with("id", "\"urn:uuid:0d9f7a52-0000-4000-8000-000000000001\""))
        .sealed(&Seal::by(&party).with("created", "\"2026-03-02T10:00:00Z\""))
        .text(
            "/proof/1/previousProof",
            "urn:uuid:0d9f7a52-0000-4000-8000-000000000001",
        );
    let circle = chain()
        .text(
            "/proof/1/id",
            "urn:uuid:0d9f7a52-0000-4000-8000-000000000002",
        )
        .text(
            "/proof/0/previousProof",
            "urn:uuid:0d9f7a52-0000-4000-8000-000000000002",
        );
    let itself = signed()
        .text(
            "/proof/0/id",
            "urn:uuid:0d9f7a52-0000-4000-8000-000000000001",
        )
        .text(
            "/proof/0/previousProof",
            "urn:uuid:0d9f7a52-0000-4000-8000-000000000001",
        );
    let twice = {
        let mut twice = chain();
        twice.add_proof(chain().at(first).as_object().expect("a proof").clone());
        twice
    };
    let bad = |name, badge: &Doc| {
        Case::forged(name)
            .badge(badge)
            .finds("proof", "fails PROOF_VERIFICATION_ERROR")
            .outcome("changed")
    };
    vec![
        bad("chain_with_its_first_proof_replaced", &replaced).because(
            "The later proof signed another first proof.",
            CHAINS,
            "A witness would seem to have seen a proof that it never saw.",
        ),
        bad("chain_with_its_first_proof_removed", &chain().remove(first)).because(
            "The proof that the later one follows is not there.",
            CHAINS,
            "An approval could be taken out without notice.",
        ),
        bad("chain_that_was_only_claimed", &claimed).because(
            "The later proof was made without the first, and says otherwise.",
            CHAINS,
            "A witness would seem to have approved what it did not see.",
        ),
        bad("chain_in_a_circle", &circle).because(
            "Two proofs cannot each be made after the other.",
            CHAINS,
            "A reader that follows the chain would never come back.",
        ),
        bad("chain_of_one_proof_with_itself", &itself).because(
            "A proof cannot follow itself.",
            CHAINS,
            "A reader that follows the chain would never come back.",
        ),
        bad("chain_with_two_proofs_of_one_name", &twice).because(
            "Two proofs have the name that the later one follows.",
            CHAINS,
            "Readers would differ in which one was approved.",
        ),
    ]
}

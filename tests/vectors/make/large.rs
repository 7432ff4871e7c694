//! Cases whose files are too large to be kept: they are made when the tests
//! run, and lie nowhere else. `README.md` lists them.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::keys::*;
use super::seal::Seal;
use super::{status, tokens};
use countersign::json::Value;

const LIMIT: &str = "Choices, Fails, or unknown: a limit is never a verdict";
const BUSY: &str = "One badge could end the process or keep it busy.";
const HONEST: &str = "An honest large badge would be called forged.";

pub fn cases() -> Vec<Case> {
    [texts(), nodes(), proofs(), documents(), many(), pictures()].concat()
}

/// Why the verdict on a large case is not the expected one yet.
pub fn known(_folder: &str) -> Option<&'static str> {
    None
}

fn undecided(name: &'static str, text: String, check: &'static str, finding: &'static str) -> Case {
    Case::undecided(name)
        .file("badge.json", text)
        .finds(check, finding)
}

fn texts() -> Vec<Case> {
    let nested = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    let inside = |count: usize| {
        signed()
            .0
            .to_json()
            .replacen('{', &format!("{{\"deep\":{},", nested(count)), 1)
    };
    let long = signed()
        .text("/name", &"n".repeat(64 * 1024 + 1))
        .0
        .to_json();
    vec![
        undecided(
            "brackets_50_000",
            nested(50_000),
            "format",
            "unknown json_too_deep",
        )
        .because(
            "50,000 brackets end the process of some software.",
            "Limits, L-02",
            BUSY,
        ),
        undecided(
            "brackets_1_000_000",
            nested(1_000_000),
            "format",
            "unknown json_too_deep",
        )
        .because("A million brackets.", "Limits, L-02", BUSY),
        undecided(
            "brackets_50_000_in_a_badge",
            inside(50_000),
            "format",
            "unknown json_too_deep",
        )
        .because("The same inside a badge.", "Limits, L-02", BUSY),
        undecided("text_of_64_kib", long, "format", "unknown json_too_large").because(
            "A text longer than is read.",
            LIMIT,
            HONEST,
        ),
        undecided(
            "input_of_5_mib",
            " ".repeat(5 * 1024 * 1024),
            "format",
            "unknown payload_too_large",
        )
        .because("An input larger than is read.", LIMIT, HONEST),
    ]
}

fn nodes() -> Vec<Case> {
    let tags = |count: usize| {
        let tags: Vec<Value<'static>> =
            (0..count).map(|at| Value::from(format!("t{at}"))).collect();
        badge().with("/credentialSubject/achievement/tag", tags)
    };
    let contexts = signed().with(
        "/@context",
        vec![json("\"https://www.w3.org/ns/credentials/v2\""); 10_000],
    );
    vec![
        undecided(
            "statements_5_001",
            signed()
                .with(
                    "/credentialSubject/achievement/tag",
                    tags(5_001).at("/credentialSubject/achievement/tag"),
                )
                .0
                .to_json(),
            "terms",
            "unknown rdf_too_large",
        )
        .because(
            "More statements than are put in order.",
            "Limits, L-06",
            HONEST,
        ),
        Case::accept("statements_5_001_signed_as_json")
            .file("badge.json", seal_jcs(tags(5_001)).0.to_json())
            .because(
                "The same badge under JCS: nothing has to be put in order.",
                "VC-DI-EDDSA 1.0, eddsa-jcs-2022",
                HONEST,
            )
            .finds("proof", "holds ok"),
        undecided(
            "values_20_001",
            tags(20_001).0.to_json(),
            "format",
            "unknown json_too_large",
        )
        .because("More values than are read.", "Limits, L-03", HONEST),
        undecided(
            "contexts_10_000",
            contexts.0.to_json(),
            "contexts",
            "unknown context_not_allowed",
        )
        .because(
            "Ten thousand contexts keep some software busy for minutes.",
            "Limits, L-05",
            BUSY,
        ),
    ]
}

fn proofs() -> Vec<Case> {
    let value = signed().text(
        "/proof/0/proofValue",
        &format!("z{}", "2".repeat(2_000_000)),
    );
    let short_value = signed().text("/proof/0/proofValue", &format!("z{}", "2".repeat(60_000)));
    let party = issuer();
    let long_token = tokens::token_of(
        &badge()
            .text("/credentialSubject/narrative", &"word ".repeat(12_000))
            .text("/description", &"word ".repeat(12_000))
            .with(
                "/credentialSubject/achievement/tag",
                vec![json(&format!("\"{}\"", "t".repeat(60_000))); 2],
            ),
        &party,
    );
    let repeated = {
        let name = |at: usize| format!("urn:uuid:0d9f7a52-0000-4000-8000-{at:012}");
        (0..8).fold(badge(), |badge, at| {
            let following = format!("[{}]", vec![format!("\"{}\"", name(at + 1)); 30].join(","));
            let seal = Seal::by(&party).with("id", &format!("\"{}\"", name(at)));
            let mut proof = Doc(seal.of(&badge).into());
            if at < 7 {
                proof = proof.set("/previousProof", &following);
            }
            let mut badge = badge;
            badge.add_proof(proof.object().clone());
            badge
        })
    };
    vec![
        undecided("proof_value_of_2_mb", value.0.to_json(), "format", "unknown json_too_large").because(
            "Decoding base58 costs the square of its length: minutes in some software.",
            "Limits, L-03",
            BUSY,
        ),
        Case::forged("proof_value_of_60_kb")
            .file("badge.json", short_value.0.to_json())
            .because(
                "No suite has a signature of that length; it is refused before it is decoded.",
                "VC-DI-EDDSA 1.0, Proof Verification",
                BUSY,
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR"),
        Case::undecided("jwt_of_300_kib")
            .token(&long_token)
            .because("A token longer than is read: a limit is not the badge's fault.", LIMIT, HONEST)
            .finds("format", "unknown"),
        Case::forged("chain_that_names_each_proof_thirty_times")
            .file("badge.json", repeated.0.to_json())
            .because(
                "Eight proofs, each naming the next thirty times: following every name takes 30^7 steps.",
                "VC Data Integrity 1.0, Proof Chains; Limits, L-13",
                BUSY,
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR"),
    ]
}

fn documents() -> Vec<Case> {
    let council = council();
    let padded = council.document().text("/note", &"n".repeat(60_000)).with(
        "/more",
        vec![json(&format!("\"{}\"", "n".repeat(60_000))); 4],
    );
    let badge = badge_of(&council);
    let listed = badge
        .clone()
        .with("/credentialStatus", status::entry("revocation", 41))
        .sealed(&Seal::by(&council));
    vec![
        Case::undecided("key_document_of_300_kb")
            .badge(&badge.sealed(&Seal::by(&council)))
            .net(COUNCIL_DOCUMENT, &padded)
            .because(
                "A key document larger than is fetched.",
                "Limits, L-11",
                BUSY,
            )
            .finds("proof", "unknown key_unreachable"),
        Case::undecided("status_list_of_3_mb")
            .badge(&listed)
            .net(COUNCIL_DOCUMENT, &council.document())
            .net_bytes(status::LIST, " ".repeat(3_000_000))
            .because(
                "A status list larger than is fetched.",
                "Limits, L-11",
                BUSY,
            )
            .finds("status", "unknown STATUS_RETRIEVAL_ERROR"),
    ]
}

/// More badges, keys and documents than are looked at.
fn many() -> Vec<Case> {
    let holder = learner();
    let numbered = |at: usize| {
        seal(badge().text("/id", &format!("urn:uuid:0d9f7a52-0000-4000-8000-{at:012}")))
    };
    let badges: Vec<Value<'static>> = (0..17).map(|at| numbered(at).0).collect();
    let presentation = super::presentations::presenting(badges).sealed(
        &Seal::by(&holder)
            .with("created", "\"2026-11-25T11:59:00Z\"")
            .with("proofPurpose", "\"authentication\""),
    );
    let council = council();
    let keys: Vec<Value<'static>> = (0..257)
        .map(|at| multikey(&format!("{COUNCIL}#key-{at}"), COUNCIL, &council.key))
        .collect();
    let listing = council.document().with("/verificationMethod", keys);
    vec![
        Case::undecided("presentation_of_17_badges")
            .presentation(&presentation)
            .because(
                "More badges than are judged: the last one may be forged.",
                LIMIT,
                "A forged badge would be accepted as the seventeenth of a presentation.",
            )
            .notes(&["presentation_too_large"])
            .finds("proof", "holds ok"),
        Case::undecided("key_document_of_257_keys")
            .badge(&badge_of(&council).sealed(&Seal::by(&council)))
            .net(COUNCIL_DOCUMENT, &listing)
            .because(
                "More keys than are read.",
                "Limits, Asking for documents",
                BUSY,
            )
            .finds("proof", "unknown document_too_large"),
        lists_of_others(),
    ]
}

/// Eight entries in lists of eight others: with the documents of their keys
/// more than one check asks for.
fn lists_of_others() -> Case {
    let council = council();
    let party = |at: usize| {
        Party::at(
            &format!("did:web:lists-{at}.example.net"),
            ed25519(&format!("list {at}")),
        )
    };
    let url = |at: usize| format!("https://lists-{at}.example.net/status");
    let entries: Vec<Value<'static>> = (0..8)
        .map(|at| {
            Doc(status::entry("revocation", 41))
                .text("/statusListCredential", &url(at))
                .0
        })
        .collect();
    let badge = badge_of(&council)
        .with("/credentialStatus", entries)
        .sealed(&Seal::by(&council));
    let case = Case::undecided("documents_17")
        .badge(&badge)
        .net(COUNCIL_DOCUMENT, &council.document());
    let case = (0..8).fold(case, |case, at| {
        let keeper = party(at);
        let list = status::list_of(&keeper, "revocation", &[])
            .remove("/proof")
            .text("/id", &url(at));
        case.net(&url(at), &status::seal_list(&keeper, list)).net(
            &format!("https://lists-{at}.example.net/.well-known/did.json"),
            &keeper.document(),
        )
    });
    case.because(
        "More documents than one check asks for: a limit, and what was not asked is unknown.",
        "Limits, L-10",
        "One badge could make the checker ask for any number of documents.",
    )
    .finds("status", "unknown")
}

fn pictures() -> Vec<Case> {
    let groups = "<g/>".repeat(10_001);
    let many = super::pictures::svg(
        "",
        &format!("{groups}{}", super::pictures::cdata(&signed().0.to_json())),
    );
    let mut chunks = vec![super::pictures::chunk(b"tEXt", b"Comment\0x"); 1_025];
    chunks.push(super::pictures::itxt(&signed().0.to_json()));
    let picture = |name, path: &str, bytes: Vec<u8>| {
        Case::undecided(name)
            .file(path, bytes)
            .finds("format", "unknown image_limits")
            .because("More parts than are read.", "Limits, L-15, L-16", BUSY)
    };
    vec![
        picture("svg_of_10_001_elements", "badge.svg", many.into_bytes()),
        picture(
            "png_of_1_025_chunks",
            "badge.png",
            super::pictures::png(&chunks),
        ),
    ]
}

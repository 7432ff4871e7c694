//! Good badges: each suite, each way to name an issuer, each honest way to
//! write the same.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::keys::*;
use super::seal::Seal;
use countersign::canon::Edition;
use countersign::json::{Object, Value};
use countersign::keys::SecretKey;
use countersign::proof::Suite;

const TURNED_AWAY: &str = "An honest badge would be turned away.";

pub(super) fn cases() -> Vec<Case> {
    [suites(), old_suites(), spellings(), editions(), contents()].concat()
}

fn by(name: &'static str, suite: Suite, key: SecretKey) -> Case {
    let party = Party::did_key(key);
    let badge = badge_of(&party).sealed(&Seal::by(&party).suite(suite));
    Case::accept(name)
        .badge(&badge)
        .finds("proof", "holds ok")
        .finds("issuer", "holds ok")
        .finds("status", "not_applicable no_status")
        .proofs(&["holds ok"])
        .outcome("current")
}

fn suites() -> Vec<Case> {
    vec![
        by("eddsa_rdfc_2022", Suite::EddsaRdfc2022, ed25519("issuer")).because(
            "The suite that certified issuers use, over an unchanged badge.",
            "VC-DI-EDDSA 1.0, eddsa-rdfc-2022",
            TURNED_AWAY,
        ),
        by("eddsa_jcs_2022", Suite::EddsaJcs2022, ed25519("issuer")).because(
            "The same key, over the canonical JSON instead of the statements.",
            "VC-DI-EDDSA 1.0, eddsa-jcs-2022",
            TURNED_AWAY,
        ),
        by("ecdsa_rdfc_2019_p256", Suite::EcdsaRdfc2019, p256("issuer")).because(
            "P-256 goes with SHA-256.",
            "VC-DI-ECDSA 1.0, ecdsa-rdfc-2019",
            TURNED_AWAY,
        ),
        by("ecdsa_rdfc_2019_p384", Suite::EcdsaRdfc2019, p384("issuer")).because(
            "P-384 goes with SHA-384, also inside the canonicalisation.",
            "VC-DI-ECDSA 1.0, ecdsa-rdfc-2019",
            TURNED_AWAY,
        ),
        by("ecdsa_jcs_2019_p256", Suite::EcdsaJcs2019, p256("issuer")).because(
            "P-256 over the canonical JSON.",
            "VC-DI-ECDSA 1.0, ecdsa-jcs-2019",
            TURNED_AWAY,
        ),
        by("ecdsa_jcs_2019_p384", Suite::EcdsaJcs2019, p384("issuer")).because(
            "P-384 over the canonical JSON, hashed with SHA-384.",
            "VC-DI-ECDSA 1.0, ecdsa-jcs-2019",
            TURNED_AWAY,
        ),
        by("eddsa_2022", Suite::Eddsa2022, ed25519("issuer")).because(
            "The name that eddsa-rdfc-2022 had in a draft is read, never issued.",
            "Open Badges 3.0, Proof Formats; Choices, Making proofs and keys",
            TURNED_AWAY,
        ),
    ]
}

/// The form of VC 1.1, in which most badges before 2025 were issued.
fn old_suites() -> Vec<Case> {
    let party = issuer();
    let old = badge_1_1(&party, ED25519_2020).sealed(
        &Seal::by(&party)
            .suite(Suite::Ed25519Signature2020)
            .with("created", r#""2024-03-02T09:00:00Z""#),
    );
    let newer = badge_1_1(&party, DATA_INTEGRITY).sealed(&Seal::by(&party));
    let first = badge_1_1(&party, DATA_INTEGRITY)
        .text(
            "/@context/1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        )
        .sealed(&Seal::by(&party));
    vec![
        Case::accept("vc_1_1_ed25519_signature_2020")
            .because(
                "A badge in the form of VC 1.1 with the signature suite of its time.",
                "VC Data Model 1.1; Ed25519Signature2020",
                TURNED_AWAY,
            )
            .badge(&old)
            .finds("proof", "holds ok")
            .finds("dates", "holds ok")
            .outcome("current"),
        Case::accept("vc_1_1_eddsa_rdfc_2022")
            .because(
                "A badge in the form of VC 1.1 with a Data Integrity proof.",
                "VC Data Model 1.1; VC-DI-EDDSA 1.0",
                TURNED_AWAY,
            )
            .badge(&newer)
            .finds("proof", "holds ok")
            .shows("valid_until", "2027-03-02T09:00:00Z"),
        Case::accept("vc_1_1_first_open_badges_context")
            .because(
                "The first context of Open Badges 3.0 stays readable.",
                "Open Badges 3.0, versions of the context",
                "Badges of the first year of Open Badges 3.0 would be turned away.",
            )
            .badge(&first)
            .finds("proof", "holds ok"),
    ]
}

/// Members in the opposite order, at every level.
fn reversed(value: &Value<'static>) -> Value<'static> {
    match value {
        Value::Object(object) => {
            let members: Vec<_> = object.iter().collect();
            let mut turned = Object::new();
            for (name, value) in members.into_iter().rev() {
                turned.set(name.to_owned(), reversed(value));
            }
            Value::Object(turned)
        }
        Value::Array(items) => Value::Array(items.iter().map(reversed).collect()),
        other => other.clone(),
    }
}

fn spellings() -> Vec<Case> {
    let credits = badge().set("/credentialSubject/creditsEarned", "2");
    let number = seal(credits)
        .to_text()
        .replace("\"creditsEarned\": 2", "\"creditsEarned\": 0.2E+1");
    let escaped = signed_jcs()
        .to_text()
        .replace("\"Moving and", "\"\\u004doving and");
    let case = |name| {
        Case::accept(name)
            .proofs(&["holds ok"])
            .finds("proof", "holds ok")
    };
    vec![
        case("members_in_another_order")
            .because(
                "The order of members says nothing.",
                "RFC 8259 §4; RDF Dataset Canonicalization 1.0",
                "A badge that went through other software would be called changed.",
            )
            .badge(&Doc(reversed(&signed().0))),
        case("members_in_another_order_jcs")
            .because(
                "The canonical JSON sorts members before it is signed.",
                "RFC 8785 §3.2.3",
                "A badge that went through other software would be called changed.",
            )
            .badge(&Doc(reversed(&signed_jcs().0))),
        case("without_white_space")
            .because(
                "People paste JSON in other layouts.",
                "RFC 8259 §2",
                "A badge that was copied from a web page would be called changed.",
            )
            .text(&signed().0.to_json()),
        case("number_written_otherwise")
            .because(
                "2 and 0.2E+1 are one number, and one literal.",
                "JSON-LD 1.1 API, Object to RDF Conversion",
                "A badge that went through other software would be called changed.",
            )
            .text(&number),
        case("escape_in_a_text")
            .because(
                "An escape is another spelling of the same letter.",
                "RFC 8259 §7; RFC 8785 §3.2.2.2",
                "A badge that went through other software would be called changed.",
            )
            .text(&escaped),
        case("one_value_for_a_list_of_one")
            .because(
                "JSON-LD compaction unwraps lists of one, and the statements are the same.",
                "Choices, One value, or a list of one",
                "Honest badges that were compacted would be turned away.",
            )
            .badge(
                &signed()
                    .set("/issuer/type", "\"Profile\"")
                    .set("/credentialSubject/achievement/type", "\"Achievement\""),
            ),
        case("issuer_as_address_only")
            .because(
                "The issuer may be named without a profile.",
                "Open Badges 3.0, ProfileRef",
                TURNED_AWAY,
            )
            .badge(&seal(badge().text("/issuer", &issuer().id))),
    ]
}

fn editions() -> Vec<Case> {
    let party = issuer();
    let second = seal(badge().text(
        "/@context/1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    ));
    let copy = badge().text("/jti", "urn:uuid:3f9c1e02-a7d8-4b6e-9c51-d07a2b8e6f14");
    let older = copy
        .clone()
        .sealed(&Seal::by(&party).reading(Edition::April2025, false));
    let newest = copy.sealed(&Seal::by(&party));
    let language =
        other_credential().set("/name", r#"{"@value":"Symud a thrin","@language":"cy-GB"}"#);
    let kept = language
        .clone()
        .sealed(&Seal::by(&party).reading(Edition::Newest, true));
    vec![
        Case::accept("context_3_0_2")
            .because(
                "An earlier context stays readable.",
                "Open Badges 3.0, versions of the context",
                TURNED_AWAY,
            )
            .badge(&second)
            .finds("proof", "holds ok"),
        Case::accept("context_3_0_3_newest_copy")
            .because(
                "The newest copy of context 3.0.3 knows jti, so it is signed.",
                "Choices, Two documents under one address",
                TURNED_AWAY,
            )
            .badge(&newest)
            .finds("proof", "holds ok"),
        Case::accept("context_3_0_3_older_copy")
            .because(
                "Signed under the copy of April 2025, which does not know jti.",
                "Choices, Two documents under one address",
                "Badges of software with the older copy would be called changed.",
            )
            .badge(&older)
            .finds("proof", "holds context_copy_2025_04")
            .notes(&["signed_without"]),
        Case::accept("language_tag_in_lower_case")
            .because(
                "JSON-LD software may sign language tags in lower case.",
                "JSON-LD 1.1 API, Language Tags; Choices, Language tags",
                TURNED_AWAY,
            )
            .badge(&language.sealed(&Seal::by(&party)))
            .finds("proof", "holds ok")
            .notes(&["not_a_badge"]),
        Case::accept("language_tag_as_written")
            .because(
                "Other software signs language tags as they are written.",
                "Choices, Language tags",
                "Badges in Welsh would be called changed.",
            )
            .badge(&kept)
            .finds("proof", "holds language_tags_as_written"),
    ]
}

/// A credential that is no badge.
pub(super) fn other_credential() -> Doc {
    Doc::read(
        r#"{
          "@context": ["https://www.w3.org/ns/credentials/v2"],
          "id": "https://northmarch.badges.example.org/credentials/other-1",
          "type": ["VerifiableCredential"],
          "name": "Letter",
          "issuer": "",
          "validFrom": "2026-03-02T09:00:00Z",
          "credentialSubject": {"id": ""}
        }"#,
    )
    .text("/issuer", &issuer().id)
    .text("/credentialSubject/id", &learner().id)
}

fn full() -> Doc {
    let text = include_str!("full.json");
    Doc::read(text).text("/issuer/id", &issuer().id)
}

fn contents() -> Vec<Case> {
    let own = learner();
    let own_badge = badge_of(&own).sealed(&Seal::by(&own));
    let extended = badge()
        .text("/@context/-", EXTENSIONS)
        .with("/credentialSchema", vec![json(
            r#"{"id":"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json","type":"1EdTechJsonSchemaValidator2019"}"#,
        )]);
    let foreign = badge().with(
        "/credentialSchema",
        vec![json(
            r#"{"id":"https://northmarch.badges.example.org/schema.json","type":"JsonSchema"}"#,
        )],
    );
    let drawn = badge().set(
        "/image",
        r#"{"id":"data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=","type":"Image"}"#,
    );
    let without_end = badge().remove("/validUntil");
    let case = |name| Case::accept(name).finds("proof", "holds ok");
    vec![
        case("every_class_of_the_data_model")
            .because(
                "Results, rubric, alignments, evidence, pictures and addresses are all in order.",
                "Open Badges 3.0, Data Models",
                TURNED_AWAY,
            )
            .badge(&seal(full()))
            .finds("shape", "holds ok")
            .finds("terms", "holds ok"),
        case("no_end_date")
            .because("A badge need not end.", "VC Data Model 2.0 §4.9", TURNED_AWAY)
            .badge(&seal(without_end))
            .outcome("current-no-expiry"),
        case("picture_in_the_badge")
            .because(
                "A picture may lie in the badge itself.",
                "Open Badges 3.0, Image",
                TURNED_AWAY,
            )
            .badge(&seal(drawn)),
        case("self_issued")
            .because(
                "Anybody may give a badge to themselves; the headline says so.",
                "Open Badges 3.0, self-assertions",
                "A self-made badge would look like one of an organisation.",
            )
            .badge(&own_badge)
            .outcome("self-issued"),
        case("schema_of_open_badges")
            .because(
                "The published schema is covered by our own check of the same data model.",
                "Open Badges 3.0, credentialSchema; Choices, Data model",
                TURNED_AWAY,
            )
            .badge(&seal(extended))
            .finds("schema", "holds ok"),
        case("schema_of_the_issuer")
            .because(
                "A schema of the issuer's own is not fetched, and the report says that it was not applied.",
                "VC Data Model 2.0 §4.11; Choices, Data model",
                "Checking would fetch whatever address a stranger writes into a badge.",
            )
            .badge(&seal(foreign))
            .finds("schema", "not_applicable schema_not_checked")
            .notes(&["schema_not_checked"]),
        case("credential_that_is_no_badge")
            .because(
                "A credential of another kind is checked, and the report says that it is no badge.",
                "Choices, Data model",
                "A letter would be taken for a badge.",
            )
            .badge(&seal(other_credential()))
            .notes(&["not_a_badge"]),
    ]
}

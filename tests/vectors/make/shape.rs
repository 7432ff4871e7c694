//! Members that are missing or of another form, of badges that are otherwise
//! honestly signed.
//!
//! Signed as JSON, so that it is the shape that decides: under RDF suites a
//! class without its type has no signed members, and fails earlier.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::keys::*;

pub(super) fn cases() -> Vec<Case> {
    [
        missing(),
        retyped(),
        nested_types(),
        closed(),
        enumerations(),
        subjects(),
        remarks(),
        other_credentials(),
    ]
    .concat()
}

fn bad(name: &'static str, badge: Doc, finding: &'static str) -> Case {
    Case::forged(name)
        .badge(&seal_jcs(badge))
        .finds("shape", finding)
        .finds("proof", "not_reached")
        .outcome("changed")
}

const NOT_A_BADGE: &str =
    "Readers would fill the gap differently, and an employer be shown what nobody said.";

fn missing() -> Vec<Case> {
    let rows = [
        ("without_id", "/id"),
        ("without_issuer", "/issuer"),
        ("without_valid_from", "/validFrom"),
        ("without_subject", "/credentialSubject"),
        ("without_issuer_id", "/issuer/id"),
        ("without_achievement", "/credentialSubject/achievement"),
        (
            "without_achievement_id",
            "/credentialSubject/achievement/id",
        ),
        (
            "without_achievement_name",
            "/credentialSubject/achievement/name",
        ),
        (
            "without_description",
            "/credentialSubject/achievement/description",
        ),
        (
            "without_criteria",
            "/credentialSubject/achievement/criteria",
        ),
    ];
    rows.into_iter()
        .map(|(name, pointer)| {
            bad(name, badge().remove(pointer), "fails credential_shape").because(
                "The standard requires the member, and it is missing.",
                "Open Badges 3.0, Data Models",
                NOT_A_BADGE,
            )
        })
        .collect()
}

fn retyped() -> Vec<Case> {
    let subject = badge().at("/credentialSubject");
    let mut second = Doc(subject.clone());
    second = second.text("/id", &stranger().id);
    let pair = vec![subject, second.0];
    let rows = [
        ("issuer_is_a_number", "/issuer", "1"),
        (
            "issuer_is_a_list",
            "/issuer",
            r#"["did:web:a.example","did:web:b.example"]"#,
        ),
        (
            "subject_is_a_text",
            "/credentialSubject",
            "\"did:web:a.example\"",
        ),
        (
            "achievement_is_an_address",
            "/credentialSubject/achievement",
            "\"https://northmarch.badges.example.org/achievements/moving\"",
        ),
        (
            "criteria_are_a_list",
            "/credentialSubject/achievement/criteria",
            r#"[{"narrative":"A day of training."}]"#,
        ),
        ("name_is_an_object", "/name", r#"{"text":"Moving"}"#),
        ("valid_from_is_a_number", "/validFrom", "1772442000"),
        (
            "valid_until_is_a_list",
            "/validUntil",
            r#"["2027-03-02T09:00:00Z"]"#,
        ),
        (
            "credits_are_a_text",
            "/credentialSubject/creditsEarned",
            "\"2\"",
        ),
        (
            "image_is_an_address",
            "/image",
            "\"https://northmarch.badges.example.org/picture.png\"",
        ),
        (
            "evidence_is_an_address",
            "/evidence",
            r#"["https://files.example.org/1"]"#,
        ),
    ];
    let mut cases: Vec<Case> = rows
        .into_iter()
        .map(|(name, pointer, value)| {
            bad(name, badge().set(pointer, value), "fails credential_shape").because(
                "The member is of another kind than the standard says; that is not the same as absent.",
                "Open Badges 3.0, Data Models; Choices, Data model",
                NOT_A_BADGE,
            )
        })
        .collect();
    cases.push(
        bad(
            "two_subjects",
            badge().with("/credentialSubject", pair),
            "fails credential_shape",
        )
        .because(
            "A badge is about one person.",
            "Open Badges 3.0, AchievementCredential",
            "One badge would serve two people, and each reader show another.",
        ),
    );
    cases
}

fn nested_types() -> Vec<Case> {
    let alignment = r#"[{"targetName":"care","targetUrl":"https://standards.example.org/care"}]"#;
    let rows = [
        (
            "type_lacks_verifiable_credential",
            "/type",
            r#"["OpenBadgeCredential"]"#,
        ),
        ("issuer_without_type", "/issuer/type", ""),
        ("subject_without_type", "/credentialSubject/type", ""),
        (
            "achievement_without_type",
            "/credentialSubject/achievement/type",
            "",
        ),
        (
            "achievement_of_another_type",
            "/credentialSubject/achievement/type",
            r#"["Award"]"#,
        ),
        (
            "alignment_without_type",
            "/credentialSubject/achievement/alignment",
            alignment,
        ),
        (
            "evidence_without_type",
            "/evidence",
            r#"[{"id":"https://files.example.org/1"}]"#,
        ),
        (
            "result_without_type",
            "/credentialSubject/result",
            r#"[{"value":"Pass"}]"#,
        ),
        (
            "result_description_without_type",
            "/credentialSubject/achievement/resultDescription",
            r#"[{"id":"urn:uuid:0d9f7a52-0000-4000-8000-000000000001","name":"Grade","resultType":"LetterGrade"}]"#,
        ),
        (
            "identity_without_type",
            "/credentialSubject/identifier",
            r#"[{"hashed":false,"identityHash":"L0042","identityType":"systemId"}]"#,
        ),
        (
            "parent_organisation_of_another_type",
            "/issuer/parentOrg",
            r#"{"id":"https://marchlands.example.org","type":["Organization"]}"#,
        ),
        (
            "image_of_another_type",
            "/image",
            r#"{"id":"https://files.example.org/1.png","type":"Picture"}"#,
        ),
    ];
    rows.into_iter()
        .map(|(name, pointer, value)| {
            let badge = match value {
                "" => badge().remove(pointer),
                value => badge().set(pointer, value),
            };
            bad(name, badge, "fails credential_shape").because(
                "The class does not say what it is; published schemas let some of these pass.",
                "Open Badges 3.0, Data Models, type",
                "Under other suites the terms inside would go unsigned.",
            )
        })
        .collect()
}

fn closed() -> Vec<Case> {
    let identity = r#"[{"type":"IdentityObject","hashed":"true","identityHash":"L0042","identityType":"systemId"}]"#;
    let image = r#"{"id":"https://files.example.org/1.png","type":"Image","title":"Arms"}"#;
    vec![
        bad(
            "picture_with_an_unknown_member",
            badge().set("/image", image),
            "fails credential_shape",
        )
        .because(
            "A picture is a closed class.",
            "Open Badges 3.0, Image",
            NOT_A_BADGE,
        ),
        bad(
            "hashed_is_a_text",
            badge().set("/credentialSubject/identifier", identity),
            "fails credential_shape",
        )
        .because(
            "The word true is not the truth value; readers differ in what it says.",
            "Open Badges 3.0, IdentityObject",
            "A hash would be compared as if it were the address itself.",
        ),
        bad(
            "two_status_entries_one_malformed",
            badge().set(
                "/credentialStatus",
                r#"[{"type":"BitstringStatusListEntry"},1]"#,
            ),
            "fails credential_shape",
        )
        .because(
            "Every entry of a list must be one.",
            "Open Badges 3.0, CredentialStatus",
            "A malformed entry would be passed over.",
        ),
    ]
}

fn enumerations() -> Vec<Case> {
    let rows = [
        (
            "unknown_achievement_type",
            "/credentialSubject/achievement/achievementType",
            "\"Placement\"",
        ),
        (
            "extension_that_is_none",
            "/credentialSubject/achievement/achievementType",
            "\"xxext:a b\"",
        ),
        (
            "language_in_words",
            "/credentialSubject/achievement/inLanguage",
            "\"english\"",
        ),
        (
            "unknown_identity_type",
            "/credentialSubject/identifier",
            r#"[{"type":"IdentityObject","hashed":false,"identityHash":"a@example.org","identityType":"email"}]"#,
        ),
        (
            "unknown_result_status",
            "/credentialSubject/result",
            r#"[{"type":["Result"],"status":"ext:Excellent"}]"#,
        ),
        (
            "endorsement_token_that_is_none",
            "/endorsementJwt",
            r#"["not a token"]"#,
        ),
    ];
    let mut cases: Vec<Case> = rows
        .into_iter()
        .map(|(name, pointer, value)| {
            bad(name, badge().set(pointer, value), "fails schema_invalid").because(
                "The value is none that its type allows.",
                "Open Badges 3.0, enumerations and derived types; Choices, Data model",
                "Two programs would file the badge in two places.",
            )
        })
        .collect();
    let extension = badge().set(
        "/credentialSubject/achievement/achievementType",
        "\"ext:Placement\"",
    );
    cases.push(
        Case::accept("extension_of_an_enumeration")
            .badge(&seal(extension))
            .because(
                "Terms that begin with ext: are allowed.",
                "Open Badges 3.0, enumerations",
                "Honest badges of new kinds would be turned away.",
            )
            .finds("shape", "holds ok"),
    );
    cases
}

fn subjects() -> Vec<Case> {
    let nobody = badge().remove("/credentialSubject/id");
    let empty = nobody.clone().set("/credentialSubject/identifier", "[]");
    let hashed = nobody.clone().set(
        "/credentialSubject/identifier",
        r#"[{"type":"IdentityObject","hashed":false,"identityHash":"L0042","identityType":"systemId"}]"#,
    );
    vec![
        bad("nobody_named", nobody, "fails subject_unidentified").because(
            "A badge has an id or an identifier of its person.",
            "Open Badges 3.0, AchievementSubject",
            "Anybody could show the badge as their own.",
        ),
        bad("nobody_in_the_list", empty, "fails subject_unidentified").because(
            "An empty list of identifiers names nobody.",
            "Open Badges 3.0, AchievementSubject",
            "Anybody could show the badge as their own.",
        ),
        Case::accept("person_named_by_an_identifier_only")
            .badge(&seal(hashed))
            .because(
                "An identifier is enough.",
                "Open Badges 3.0, AchievementSubject",
                "Badges for people without an online identity would be turned away.",
            )
            .finds("shape", "holds ok"),
    ]
}

/// Rules between members: told, but no sign of forgery.
fn remarks() -> Vec<Case> {
    const RULES: &str = "Choices, Data model";
    const HONEST: &str = "Honest badges of careless software would be called forged.";
    let identity = r#"[{"type":"IdentityObject","hashed":true,"identityHash":"a@example.org","identityType":"emailAddress"}]"#;
    let link = r#"[{"type":["Result"],"resultDescription":"urn:uuid:0d9f7a52-0000-4000-8000-000000000001","value":"Pass"}]"#;
    let description = r#"[{"id":"urn:uuid:0d9f7a52-0000-4000-8000-000000000001","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["Pass"]}]"#;
    let graded = badge()
        .set(
            "/credentialSubject/achievement/resultDescription",
            description,
        )
        .set(
            "/credentialSubject/result",
            &link.replace("Pass", "Distinction"),
        );
    let unfinished = badge()
        .set(
            "/credentialSubject/achievement/resultDescription",
            &description.replace("LetterGrade", "Status"),
        )
        .set("/credentialSubject/result", link);
    let noted = |name, badge: Doc, code: &str| {
        Case::accept(name)
            .badge(&seal(badge))
            .finds("shape", "holds ok")
            .finds("proof", "holds ok")
            .notes(&[code])
    };
    vec![
        noted(
            "hash_that_is_none",
            badge().set("/credentialSubject/identifier", identity),
            "identity_hash_malformed",
        )
        .because(
            "The badge says that the address is hashed, and it is not: a remark.",
            RULES,
            HONEST,
        ),
        noted(
            "result_without_its_description",
            badge().set("/credentialSubject/result", link),
            "result_link_broken",
        )
        .because(
            "The result points to a description that is not there: a remark.",
            RULES,
            HONEST,
        ),
        noted("result_without_its_status", unfinished, "result_incomplete").because(
            "The description asks for a status, and the result has none: a remark.",
            RULES,
            HONEST,
        ),
        noted(
            "result_outside_what_is_allowed",
            graded,
            "result_value_not_allowed",
        )
        .because(
            "The grade is not one of those allowed: a remark.",
            RULES,
            HONEST,
        ),
        noted(
            "awarded_in_the_future",
            badge().text("/awardedDate", "2026-12-24T00:00:00Z"),
            "awarded_in_future",
        )
        .because("The award lies in the future: a remark.", RULES, HONEST),
    ]
}

fn other_credentials() -> Vec<Case> {
    let status = super::status::list_of(&issuer(), "revocation", &[]);
    let endorsement = super::endorsements::endorsement(&issuer(), "https://northmarch.example.org");
    let nameless = seal_jcs(endorsement.remove("/name"));
    let list_like = json(r#"["VerifiableCredential"]"#);
    vec![
        Case::forged("endorsement_without_name")
            .badge(&nameless)
            .because(
                "An endorsement must have a name, other than a badge.",
                "Open Badges 3.0, EndorsementCredential",
                NOT_A_BADGE,
            )
            .finds("shape", "fails credential_shape"),
        Case::accept("status_list_presented")
            .badge(&status)
            .because(
                "A status list is a genuine credential, and the report says that it is no badge.",
                "Choices, Data model",
                "A list would be taken for a badge.",
            )
            .notes(&["not_a_badge"])
            .finds("proof", "holds ok"),
        Case::accept("badge_that_hides_what_it_is")
            .badge(&seal_jcs(badge().with("/type", list_like)))
            .because(
                "Without the type of a badge it is another credential, and the report says so.",
                "Choices, Data model",
                "A badge could escape the rules of badges and still be shown as one.",
            )
            .notes(&["not_a_badge"])
            .finds("proof", "holds ok"),
    ]
}

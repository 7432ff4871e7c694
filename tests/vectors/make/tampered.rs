//! Badges that were changed after they were signed.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::keys::*;
use super::seal::Seal;
use super::status;

const SIGNED: &str = "VC Data Integrity 1.0, Verify Proof";

pub(super) fn cases() -> Vec<Case> {
    [members(), hidden_by_removal(), lists(), proofs(), jcs()].concat()
}

/// A change of what is signed.
fn changed(name: &'static str, badge: &Doc) -> Case {
    Case::forged(name)
        .badge(badge)
        .finds("proof", "fails PROOF_VERIFICATION_ERROR")
        .finds("issuer", "not_reached")
        .outcome("changed")
}

fn members() -> Vec<Case> {
    let end = signed().text("/validUntil", "2036-03-02T09:00:00Z");
    let name = signed().text(
        "/credentialSubject/achievement/name",
        "Administering medicines",
    );
    let person = signed().text("/credentialSubject/id", &stranger().id);
    let calls_itself = signed().text("/issuer/name", "Severnhythe County Council");
    let added = signed().text("/credentialSubject/narrative", "With distinction.");
    let accents = signed().text("/issuer/name", "Northmarch Count\u{79}\u{301} Council");
    let criteria = signed().text(
        "/credentialSubject/achievement/criteria/narrative",
        "A week of training and an observed assessment.",
    );
    let typed = signed().set(
        "/credentialSubject/achievement/achievementType",
        "\"Diploma\"",
    );
    vec![
        changed("achievement_name_changed", &name).because(
            "One word of the achievement was changed after signing.",
            SIGNED,
            "A learner could turn a day of training into any qualification.",
        ),
        changed("achievement_type_changed", &typed).because(
            "A certificate was made a diploma.",
            SIGNED,
            "A short course would pass for a qualification.",
        ),
        changed("criteria_changed", &criteria).because(
            "What had to be done was changed after signing.",
            SIGNED,
            "An employer would believe in more training than there was.",
        ),
        changed("end_date_moved", &end).because(
            "The end was moved by ten years.",
            SIGNED,
            "Lapsed training would look current.",
        ),
        changed("person_changed", &person).because(
            "The badge was given another person.",
            SIGNED,
            "Anybody could show the badge of somebody else as their own.",
        ),
        changed("issuer_name_changed", &calls_itself).because(
            "The name that the issuer gives itself is signed too.",
            SIGNED,
            "A badge would show the name of an organisation that never saw it.",
        ),
        changed("letter_with_another_accent", &accents).because(
            "Letters that look alike are other letters.",
            SIGNED,
            "Names could be changed without notice.",
        ),
        changed("member_added", &added).because(
            "A member that the contexts know was added.",
            SIGNED,
            "Praise that nobody gave would be shown as the issuer's.",
        ),
    ]
}

fn hidden_by_removal() -> Vec<Case> {
    let council = council();
    let with_status = badge_of(&council)
        .with("/credentialStatus", status::entry("revocation", 41))
        .sealed(&Seal::by(&council));
    let without = with_status.clone().remove("/credentialStatus");
    let other = with_status.text("/credentialStatus/statusListIndex", "42");
    let revoked = status::list_of(&council, "revocation", &[41]);
    let case = |name, badge: &Doc| {
        changed(name, badge)
            .net(COUNCIL_DOCUMENT, &council.document())
            .net(status::LIST, &revoked)
    };
    vec![
        changed("end_date_removed", &signed().remove("/validUntil")).because(
            "The end was taken out.",
            SIGNED,
            "Lapsed training would look current for ever.",
        ),
        case("status_removed", &without).because(
            "The entry that says where to look for a withdrawal was taken out.",
            SIGNED,
            "A withdrawn badge would look good.",
        ),
        case("status_index_changed", &other).because(
            "The badge was pointed to an entry of somebody else.",
            SIGNED,
            "A withdrawn badge would look good.",
        ),
    ]
}

fn lists() -> Vec<Case> {
    let graded = seal(badge().with(
        "/credentialSubject/achievement/resultDescription",
        vec![json(
            r#"{"id":"urn:uuid:0d9f7a52-4f3e-4a64-9a5d-2f0b6a5f7c01","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["Pass","Merit","Distinction"]}"#,
        )],
    ));
    let allowed = "/credentialSubject/achievement/resultDescription/0/allowedValue";
    let turned = graded
        .clone()
        .set(allowed, r#"["Distinction","Merit","Pass"]"#);
    let shorter = graded.set(allowed, r#"["Pass","Merit"]"#);
    vec![
        changed("ordered_list_turned_round", &turned).because(
            "The grades are a list whose order says which is the highest.",
            "JSON-LD 1.1, Lists; Open Badges 3.0, allowedValue",
            "A pass would read as the best grade.",
        ),
        changed("ordered_list_cut_short", &shorter).because(
            "Items of an ordered list are signed too; some software forgets them.",
            "JSON-LD 1.1 API, List to RDF Conversion",
            "Grades could be taken out so that a merit reads as the best.",
        ),
    ]
}

fn proofs() -> Vec<Case> {
    let other = seal(badge().text("/name", "Another badge"));
    let borrowed = signed().with("/proof/0/proofValue", other.at("/proof/0/proofValue"));
    let dated = signed().text("/proof/0/created", "2020-01-01T00:00:00Z");
    let stranger = stranger();
    let renamed = signed().text("/proof/0/verificationMethod", &stranger.method);
    let issued_by = signed().text("/issuer/id", &stranger.id);
    let reissued = signed()
        .text("/issuer/id", &stranger.id)
        .text("/proof/0/verificationMethod", &stranger.method);
    vec![
        changed("proof_of_another_badge", &borrowed).because(
            "The signature belongs to another badge of the same issuer.",
            SIGNED,
            "One signature would serve for any number of badges.",
        ),
        changed("proof_date_changed", &dated).because(
            "The options of a proof are signed with the badge.",
            "VC-DI-EDDSA 1.0, Proof Configuration",
            "A badge could be back-dated to before a key was stolen.",
        ),
        changed("proof_method_changed", &renamed).because(
            "The proof was pointed to a key that did not make it.",
            SIGNED,
            "A badge could be ascribed to anybody.",
        ),
        changed("issuer_changed", &issued_by).because(
            "The issuer was exchanged, the proof was kept.",
            SIGNED,
            "A badge could be ascribed to anybody.",
        ),
        changed("issuer_and_method_changed", &reissued).because(
            "Issuer and key were both exchanged, the signature was kept.",
            SIGNED,
            "A badge could be ascribed to anybody.",
        ),
    ]
}

fn jcs() -> Vec<Case> {
    let name = signed_jcs().text("/name", "Administering medicines");
    let added = signed_jcs().text("/anything", "added");
    let dated = signed_jcs().text("/proof/0/created", "2020-01-01T00:00:00Z");
    let extended = signed_jcs().text("/proof/0/expires", "2036-01-01T00:00:00Z");
    vec![
        changed("jcs_name_changed", &name).because(
            "The canonical JSON is another one.",
            "VC-DI-EDDSA 1.0, eddsa-jcs-2022",
            "A learner could rename a badge.",
        ),
        changed("jcs_member_added", &added).because(
            "Under JCS every member is signed, also one without a meaning.",
            "VC-DI-EDDSA 1.0, eddsa-jcs-2022",
            "Members could be added behind the issuer's back.",
        ),
        changed("jcs_proof_date_changed", &dated).because(
            "The options of a proof are signed with the badge.",
            "VC-DI-EDDSA 1.0, eddsa-jcs-2022",
            "A badge could be back-dated.",
        ),
        changed("jcs_proof_member_added", &extended).because(
            "An option that was not there when the proof was made.",
            "VC-DI-EDDSA 1.0, eddsa-jcs-2022",
            "A proof could be given a life that the issuer did not give it.",
        ),
    ]
}

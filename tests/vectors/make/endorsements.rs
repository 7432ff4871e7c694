//! What others say about a badge: judged one by one, and never about the badge.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use super::seal::Seal;
use super::tokens;

const BY_ITSELF: &str =
    "Open Badges 3.0, EndorsementCredential Verification; Choices, An endorsement that fails";
const CREDIT: &str = "Praise that nobody gave would be shown beside a badge.";
const WORTH_LESS: &str = "A badge would be turned away because somebody else let their key expire.";
pub const BADGE: &str = "https://northmarch.badges.example.org/credentials/3f9c1e02a7d84b6e";
const ACHIEVEMENT: &str = "https://northmarch.badges.example.org/achievements/moving";

/// An endorsement of `about`, without a proof.
pub fn endorsement(by: &Party, about: &str) -> Doc {
    Doc::read(
        r#"{
          "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
          ],
          "id": "https://marchlands.example.org/endorsements/1",
          "type": ["VerifiableCredential", "EndorsementCredential"],
          "name": "Marchlands endorsement",
          "issuer": {"id": "", "type": ["Profile"], "name": "Marchlands Care Association"},
          "validFrom": "2026-02-01T00:00:00Z",
          "credentialSubject": {"id": "", "type": ["EndorsementSubject"], "endorsementComment": "We hire people who have this."}
        }"#,
    )
    .text("/issuer/id", &by.id)
    .text("/credentialSubject/id", about)
}

fn by_association(about: &str) -> Doc {
    endorsement(&stranger(), about).sealed(&Seal::by(&stranger()))
}

/// A badge with endorsements at a place, then signed.
fn endorsed(place: &str, endorsements: Vec<Doc>) -> Doc {
    let endorsements: Vec<_> = endorsements.into_iter().map(|doc| doc.0).collect();
    seal(badge().with(place, endorsements))
}

fn on_badge(endorsement: Doc) -> Doc {
    endorsed("/endorsement", vec![endorsement])
}

fn case(name: &'static str, badge: &Doc, finding: &'static str) -> Case {
    Case::accept(name)
        .badge(badge)
        .finds("proof", "holds ok")
        .finds("endorsements", finding)
}

pub(super) fn cases() -> Vec<Case> {
    [good(), failing(), unknown(), in_tokens(), odd()].concat()
}

fn good() -> Vec<Case> {
    let party = issuer();
    let own = endorsement(&party, BADGE).sealed(&Seal::by(&party));
    let on_achievement = endorsed(
        "/credentialSubject/achievement/endorsement",
        vec![by_association(ACHIEVEMENT)],
    );
    let on_issuer = endorsed("/issuer/endorsement", vec![by_association(&party.id)]);
    vec![
        case(
            "endorsement_of_the_badge",
            &on_badge(by_association(BADGE)),
            "holds ok",
        )
        .endorsements(&["holds ok"])
        .because(
            "The association's endorsement holds, and is about this badge.",
            BY_ITSELF,
            "Honest praise would not be shown.",
        ),
        case(
            "endorsement_of_the_achievement",
            &on_achievement,
            "holds ok",
        )
        .endorsements(&["holds ok"])
        .because(
            "The endorsement is attached to the achievement, and about it.",
            BY_ITSELF,
            "Honest praise would not be shown.",
        ),
        case("endorsement_of_the_issuer", &on_issuer, "holds ok")
            .endorsements(&["holds ok"])
            .because(
                "The endorsement is attached to the issuer, and about it.",
                BY_ITSELF,
                "Honest praise would not be shown.",
            ),
        case(
            "endorsement_by_the_issuer_itself",
            &on_badge(own),
            "holds ok",
        )
        .endorsements(&["holds ok own"])
        .because(
            "An issuer that praises itself is shown as such.",
            BY_ITSELF,
            "Praise of oneself would look like praise of others.",
        ),
        case(
            "no_endorsement",
            &signed(),
            "not_applicable no_endorsements",
        )
        .because(
            "There is none.",
            BY_ITSELF,
            "An honest badge would be turned away.",
        ),
    ]
}

fn failing() -> Vec<Case> {
    let association = stranger();
    let changed = endorsement(&association, BADGE)
        .text("/id", "https://marchlands.example.org/endorsements/2")
        .sealed(&Seal::by(&association))
        .text(
            "/credentialSubject/endorsementComment",
            "The best training in the county.",
        );
    let elsewhere = by_association("https://northmarch.badges.example.org/credentials/another");
    let forged = endorsement(&association, BADGE).sealed(&Seal::by(&learner()));
    let expired = endorsement(&association, BADGE)
        .text("/validUntil", "2026-06-01T00:00:00Z")
        .sealed(&Seal::by(&association));
    let two = endorsed("/endorsement", vec![by_association(BADGE), changed.clone()]);
    let withdrawn = endorsement(&association, BADGE)
        .with("/credentialStatus", super::status::entry("revocation", 41))
        .sealed(&Seal::by(&association));
    vec![
        case(
            "endorsement_changed",
            &on_badge(changed),
            "fails PROOF_VERIFICATION_ERROR",
        )
        .endorsements(&["fails PROOF_VERIFICATION_ERROR"])
        .because(
            "The praise was changed before the badge was signed; the badge itself holds.",
            BY_ITSELF,
            CREDIT,
        ),
        case(
            "endorsement_of_something_else",
            &on_badge(elsewhere),
            "fails endorsement_of_other",
        )
        .because(
            "A genuine endorsement of another badge was attached.",
            BY_ITSELF,
            CREDIT,
        ),
        case(
            "endorsement_by_somebody_elses_key",
            &on_badge(forged),
            "fails verification_method_mismatch",
        )
        .because(
            "The endorsement calls itself the association's and is signed with another key.",
            BY_ITSELF,
            CREDIT,
        ),
        case("endorsement_expired", &on_badge(expired), "fails expired").because(
            "The endorsement has ended; the badge has not.",
            BY_ITSELF,
            WORTH_LESS,
        ),
        case(
            "endorsement_withdrawn",
            &on_badge(withdrawn),
            "fails revoked",
        )
        .net(
            super::status::LIST,
            &super::status::list_of(&association, "revocation", &[41]),
        )
        .because(
            "The association took its endorsement back; the badge stays.",
            BY_ITSELF,
            CREDIT,
        ),
        case(
            "endorsement_unsigned",
            &on_badge(endorsement(&association, BADGE)),
            "fails proof_missing",
        )
        .because("Nobody signed the endorsement.", BY_ITSELF, CREDIT),
        case(
            "endorsements_good_and_bad",
            &two,
            "fails PROOF_VERIFICATION_ERROR",
        )
        .endorsements(&["holds ok", "fails PROOF_VERIFICATION_ERROR"])
        .because(
            "Each is judged by itself, and both are listed.",
            BY_ITSELF,
            "A bad one would hide behind a good one, or spoil it.",
        ),
        Case::forged("endorsement_added_after_signing")
            .badge(&signed().with("/endorsement", vec![by_association(BADGE).0]))
            .because(
                "A genuine endorsement was added to a signed badge: the badge was changed.",
                "VC Data Integrity 1.0, Verify Proof",
                "Members could be added to signed badges.",
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR"),
    ]
}

fn unknown() -> Vec<Case> {
    let web = Party::at("did:web:marchlands.example.org", ed25519("association"));
    let away = endorsement(&web, BADGE).sealed(&Seal::by(&web));
    let newer = by_association(BADGE).text("/proof/0/cryptosuite", "falcon-rdfc-2030");
    let many: Vec<Doc> = (0..17)
        .map(|at| {
            endorsement(&stranger(), BADGE)
                .text(
                    "/id",
                    &format!("https://marchlands.example.org/endorsements/{at}"),
                )
                .sealed(&Seal::by(&stranger()))
        })
        .collect();
    vec![
        case(
            "endorsement_whose_key_is_unreachable",
            &on_badge(away),
            "unknown key_unreachable",
        )
        .endorsements(&["unknown key_unreachable"])
        .because(
            "The association's document could not be had; the badge itself holds.",
            BY_ITSELF,
            WORTH_LESS,
        ),
        case(
            "endorsement_of_an_unknown_suite",
            &on_badge(newer),
            "unknown proof_unsupported",
        )
        .because(
            "The endorsement has a proof that we do not check.",
            BY_ITSELF,
            WORTH_LESS,
        ),
        case(
            "seventeen_endorsements",
            &endorsed("/endorsement", many),
            "unknown endorsement_too_many",
        )
        .because(
            "More endorsements than are judged: a limit, and the badge holds.",
            "Limits, L-13",
            "One badge could keep the checker busy.",
        ),
    ]
}

fn in_tokens() -> Vec<Case> {
    let association = stranger();
    let document = endorsement(&association, BADGE);
    let token = tokens::token_of(&document, &association);
    let changed = tokens::with_payload(
        &token,
        &tokens::payload(&document.clone().text("/name", "Another")),
    );
    let with = |token: &str| badge().set("/endorsementJwt", &format!("[\"{token}\"]"));
    let none = tokens::token(
        r#"{"alg":"none"}"#,
        &tokens::payload(&document),
        &association,
    );
    let older = with(&token)
        .sealed(&Seal::by(&issuer()).reading(countersign::canon::Edition::April2025, false));
    vec![
        case("endorsement_token", &seal(with(&token)), "holds ok")
            .endorsements(&["holds ok"])
            .because("An endorsement as a token, about this badge.", BY_ITSELF, "Honest praise would not be shown."),
        case("endorsement_token_changed", &seal(with(&changed)), "fails PROOF_VERIFICATION_ERROR")
            .because("The token's content was changed.", BY_ITSELF, CREDIT),
        case(
            "endorsement_token_of_no_algorithm",
            &seal(with(&none)),
            "fails jwt_alg",
        )
        .because("A token that nobody signed.", BY_ITSELF, CREDIT),
        Case::accept("endorsement_token_not_covered")
            .badge(&older)
            .because(
                "Signed under the copy of the context that does not know endorsementJwt: the token is not covered by the seal and is not judged.",
                "Choices, Two documents under one address",
                "Anybody could put praise into a signed badge.",
            )
            .finds("proof", "holds context_copy_2025_04")
            .finds("endorsements", "not_applicable no_endorsements")
            .notes(&["signed_without"]),
    ]
}

fn odd() -> Vec<Case> {
    let association = stranger();
    let inner = endorsement(
        &association,
        "https://marchlands.example.org/endorsements/1",
    )
    .text("/id", "https://marchlands.example.org/endorsements/2")
    .sealed(&Seal::by(&association));
    let nested = endorsement(&association, BADGE)
        .with("/endorsement", vec![inner.0])
        .sealed(&Seal::by(&association));
    let not_one = badge_of(&association)
        .text("/id", "https://marchlands.example.org/credentials/1")
        .sealed(&Seal::by(&association))
        .0;
    let badge_as_endorsement = seal_jcs(badge().with("/endorsement", vec![not_one]));
    vec![
        case("endorsement_of_an_endorsement", &on_badge(nested), "holds ok")
            .endorsements(&["holds ok"])
            .because(
                "Endorsements of endorsements are not followed; the outer one is judged.",
                "Choices, Data model; Limits, L-13",
                "A chain of endorsements could keep the checker busy.",
            ),
        Case::accept("endorsement_presented")
            .badge(&endorsement(&issuer(), "https://northmarch.example.org").sealed(&Seal::by(&issuer())))
            .because(
                "An endorsement by itself is genuine, and the report says that it is no badge.",
                "Choices, Data model",
                "An endorsement would be taken for a badge.",
            )
            .finds("proof", "holds ok")
            .notes(&["not_a_badge"]),
        Case::forged("badge_as_endorsement")
            .badge(&badge_as_endorsement)
            .because(
                "What is attached as an endorsement is a badge: the shape is not that of the standard.",
                "Open Badges 3.0, endorsement",
                CREDIT,
            )
            .finds("shape", "fails credential_shape"),
    ]
}

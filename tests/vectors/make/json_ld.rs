//! JSON-LD that keeps a signature and changes what readers of the JSON see.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::good::other_credential;
use super::keys::*;
use super::seal::Seal;

const REARRANGED: &str = "Choices, Only terms as member names";
pub(super) const HIDDEN: &str =
    "The signature still holds over the statements, and a reader of the JSON sees no end date.";

pub(super) fn cases() -> Vec<Case> {
    [
        moves(),
        hiding(),
        unmapped(),
        identifiers(),
        values(),
        twice(),
        tangled(),
    ]
    .concat()
}

pub(super) fn bad(name: &'static str, badge: &Doc, finding: &'static str) -> Case {
    Case::forged(name)
        .badge(badge)
        .finds("terms", finding)
        .finds("proof", "not_reached")
        .outcome("changed")
}

fn moves() -> Vec<Case> {
    const MOVED: &str = "JSON-LD 1.1; CVE-2026-42462, CVE-2026-46349, CVE-2026-48028";
    const ANOTHER: &str =
        "A reader of the JSON would see another badge than the one that was signed.";
    let whole = signed().0.as_object().expect("an object").clone();
    let mut inner = whole.clone();
    let contexts = inner.remove("@context").expect("contexts");
    let proof = inner.remove("proof").expect("a proof");
    let graph = Doc::read("{}")
        .with("/@context", contexts.clone())
        .with("/@graph", vec![inner.clone().into()])
        .with("/proof", proof);
    let within = signed().with(
        "/@graph",
        vec![json(
            r#"{"id":"urn:uuid:0d9f7a52-0000-4000-8000-000000000009","name":"Diploma"}"#,
        )],
    );
    let included = signed().remove("/issuer/name").with(
        "/@included",
        vec![
            Doc::read(r#"{"type":["Profile"],"name":"Northmarch County Council"}"#)
                .text("/id", &issuer().id)
                .0,
        ],
    );
    let subject = signed().at("/credentialSubject");
    let reverse = signed()
        .remove("/credentialSubject")
        .with("/@included", vec![Doc(subject)
            .with("/@reverse", Doc::read("{}").with("/https:~1~1www.w3.org~12018~1credentials#credentialSubject", json(r#"{"id":"https://northmarch.badges.example.org/credentials/3f9c1e02a7d84b6e"}"#)).0)
            .0]);
    let nest = signed()
        .remove("/validUntil")
        .set("/@nest", r#"{"validUntil":"2027-03-02T09:00:00Z"}"#);
    vec![
        bad("moved_into_graph", &graph, "fails jsonld_keyword").because(
            "The badge was moved into a @graph: the same statements in another tree.",
            MOVED,
            ANOTHER,
        ),
        bad("graph_within", &within, "fails jsonld_keyword").because(
            "A @graph was put into the badge.",
            MOVED,
            ANOTHER,
        ),
        bad("moved_into_included", &included, "fails jsonld_keyword").because(
            "The issuer's name was moved to an @included node.",
            MOVED,
            ANOTHER,
        ),
        bad("moved_by_reverse", &reverse, "fails jsonld_keyword").because(
            "The subject was hung onto the badge by @reverse.",
            MOVED,
            ANOTHER,
        ),
        bad("moved_into_nest", &nest, "fails jsonld_keyword").because(
            "The end was moved into @nest, which JSON-LD reads through.",
            "JSON-LD 1.1, Nested Properties",
            HIDDEN,
        ),
    ]
}

fn hiding() -> Vec<Case> {
    let end = "/https:~1~1www.w3.org~12018~1credentials#validUntil";
    let typed = json(
        r#"{"type":"http://www.w3.org/2001/XMLSchema#dateTime","@value":"2027-03-02T09:00:00Z"}"#,
    );
    let end_hidden = signed().remove("/validUntil").with(end, typed);
    let council = council();
    let revoked = badge_of(&council)
        .with("/credentialStatus", super::status::entry("revocation", 41))
        .sealed(&Seal::by(&council));
    let status_hidden = revoked.moved(
        "/credentialStatus",
        "/https:~1~1www.w3.org~12018~1credentials#credentialStatus",
    );
    let short = signed().moved("/validUntil", "/cred:validUntil");
    vec![
        bad("end_hidden_by_its_full_name", &end_hidden, "fails jsonld_keyword").because(
            "validUntil is written as its full IRI: the same statement, unseen by readers of the JSON.",
            REARRANGED,
            "Lapsed training would look current.",
        ),
        bad("status_hidden_by_its_full_name", &status_hidden, "fails jsonld_keyword")
            .net(COUNCIL_DOCUMENT, &council.document())
            .net(super::status::LIST, &super::status::list_of(&council, "revocation", &[41]))
            .because(
                "credentialStatus is written as its full IRI.",
                REARRANGED,
                "A withdrawn badge would look good.",
            ),
        bad("end_hidden_by_a_short_form", &short, "fails jsonld_keyword").because(
            "A member name of the form prefix:name is no term.",
            REARRANGED,
            "Lapsed training would look current.",
        ),
        bad("id_spelled_as_keyword", &signed().moved("/credentialSubject/id", "/credentialSubject/@id"), "fails jsonld_keyword")
            .because(
                "@id for id: the same statement, but readers of the JSON find nobody.",
                REARRANGED,
                "The person of the badge would be hidden, so that anybody can show it.",
            ),
        bad("type_spelled_as_keyword", &signed().moved("/issuer/type", "/issuer/@type"), "fails jsonld_keyword").because(
            "@type for type.",
            REARRANGED,
            "Rules that go by the type would be escaped.",
        ),
        bad("member_like_a_keyword", &signed().set("/@status", "\"approved\""), "fails jsonld_keyword").because(
            "A name that looks like a keyword is passed over by JSON-LD, so it is not signed.",
            "JSON-LD 1.1, Terms",
            "Words could be put into a signed badge.",
        ),
    ]
}

fn unmapped() -> Vec<Case> {
    const UNSIGNED: &str =
        "Words could be put into a signed badge and would be shown as the issuer's.";
    const RULE: &str = "Choices, Members that no context maps";
    let grade = "\"distinction\"";
    let both = seal(badge())
        .sealed(&Seal::jcs(&issuer()))
        .set("/grade", grade);
    let drop_type = signed().remove("/credentialSubject/type");
    vec![
        bad("unmapped_term", &signed().set("/grade", grade), "fails jsonld_unmapped_term").because(
            "No context gives the member a meaning, so the signature does not cover it.",
            RULE,
            UNSIGNED,
        ),
        bad("unmapped_term_further_down", &signed().set("/credentialSubject/achievement/grade", grade), "fails jsonld_unmapped_term")
            .because("The same inside the achievement.", RULE, UNSIGNED),
        bad("unmapped_type", &signed().set("/type/-", "\"DiplomaCredential\""), "fails jsonld_unmapped_term").because(
            "A type without a meaning is not signed.",
            RULE,
            UNSIGNED,
        ),
        bad("proto_member", &signed().set("/__proto__", r#"{"validUntil":"2036-03-02T09:00:00Z"}"#), "fails jsonld_unmapped_term").because(
            "Some software drops a member of that name, or makes it the object's ancestor.",
            RULE,
            "An end date could be slipped under a signed badge.",
        ),
        bad("subject_without_its_type", &drop_type, "fails jsonld_unmapped_term").because(
            "Without its type the subject's terms have no meaning, and the achievement is not signed.",
            "Open Badges 3.0, AchievementSubject; JSON-LD 1.1, Type-Scoped Contexts",
            "The achievement could be exchanged for another.",
        ),
        bad("unmapped_term_under_two_suites", &both, "fails jsonld_unmapped_term").because(
            "One of the two proofs signs statements, and there the member is missing.",
            RULE,
            UNSIGNED,
        ),
        Case::accept("unmapped_term_signed_as_json")
            .badge(&seal_jcs(badge().set("/grade", grade)))
            .because(
                "Under JCS the signature covers the member itself; the report says that it has no meaning.",
                RULE,
                "Honest badges of JCS issuers would be turned away.",
            )
            .finds("terms", "holds ok")
            .notes(&["unmapped_terms"]),
        bad("iri_member_signed_as_json", &seal_jcs(badge().set("/https:~1~1www.w3.org~12018~1credentials#validUntil", "\"2026-05-01T00:00:00Z\"")), "fails jsonld_keyword")
            .because(
                "Also under JCS a full IRI for a term hides what it says.",
                REARRANGED,
                HIDDEN,
            ),
    ]
}

fn identifiers() -> Vec<Case> {
    const DROPPED: &str =
        "JSON-LD 1.1 API, Deserialize JSON-LD to RDF; Choices, Only terms as member names";
    const NOT_SIGNED: &str = "The identifier is not signed and could be exchanged.";
    let id = |text: &str| signed().text("/credentialSubject/achievement/id", text);
    let case = |name, badge: &Doc| bad(name, badge, "fails iri_not_absolute");
    vec![
        case("relative_identifier", &id("achievements/moving")).because(
            "A relative identifier makes no statement.",
            DROPPED,
            NOT_SIGNED,
        ),
        case(
            "identifier_with_a_blank",
            &id("https://northmarch.badges.example.org/a b"),
        )
        .because(
            "A blank is not part of an identifier; some software drops it in silence.",
            DROPPED,
            NOT_SIGNED,
        ),
        case(
            "identifier_without_scheme",
            &id("//northmarch.badges.example.org/achievements/moving"),
        )
        .because("Without a scheme it is relative.", DROPPED, NOT_SIGNED),
        case("blank_node_identifier", &id("_:b0")).because(
            "A blank node has no name outside one document.",
            DROPPED,
            "Two things could be made one, or one two, without breaking the signature.",
        ),
        case("empty_identifier", &id("")).because("Empty is relative.", DROPPED, NOT_SIGNED),
        case(
            "relative_identifier_jcs",
            &seal_jcs(badge().text("/credentialSubject/achievement/id", "achievements/moving")),
        )
        .because(
            "Also under JCS an identifier is written in full: nobody could say whose it is.",
            "Open Badges 3.0, Achievement id; Choices, Data model",
            "The same words would name another achievement on another host.",
        ),
    ]
}

fn values() -> Vec<Case> {
    const AS_JSON: &str = "JSON-LD 1.1, Value Objects";
    let narrative = "/credentialSubject/achievement/criteria/narrative";
    let value = |text: &str| signed().set(narrative, text);
    let direction =
        seal(other_credential()).set("/name", r#"{"@value":"Letter","@direction":"rtl"}"#);
    let case = |name, badge: &Doc| bad(name, badge, "fails");
    let two_names = signed().set(
        "/id",
        r#"["urn:uuid:0d9f7a52-0000-4000-8000-000000000001"]"#,
    );
    vec![
        case("id_is_a_list", &two_names).because(
            "An identifier is one text.",
            "JSON-LD 1.1, Node Identifiers",
            "Readers would differ in which badge it is.",
        ),
        case(
            "json_literal",
            &value(r#"{"@value":{"any":"thing"},"@type":"@json"}"#),
        )
        .because(
            "A JSON literal stands where a text belongs.",
            AS_JSON,
            "Readers would show something else than a text.",
        ),
        case("value_with_a_direction", &direction).because(
            "The direction of a text makes no statement, so it is not signed.",
            "JSON-LD 1.1, Base Direction",
            "A text could be turned round on the screen.",
        ),
        case(
            "value_with_an_index",
            &value(r#"{"@value":"A day of training and an observed assessment.","@index":"1"}"#),
        )
        .because(
            "An index makes no statement, so it is not signed.",
            "JSON-LD 1.1, Indexed Values",
            "Words could be put into a signed badge.",
        ),
        case(
            "set_object",
            &signed().set("/credentialSubject/achievement/tag", r#"{"@set":["care"]}"#),
        )
        .because(
            "@set is another way to write a list; readers of the JSON do not find its items.",
            REARRANGED,
            "Readers would see another badge.",
        ),
        case(
            "list_object",
            &signed().set(
                "/credentialSubject/achievement/tag",
                r#"{"@list":["care"]}"#,
            ),
        )
        .because(
            "@list makes an order where there is none.",
            REARRANGED,
            "Readers would see another badge.",
        ),
        case(
            "language_map",
            &signed().set("/name", r#"{"en":"Moving","cy":"Symud"}"#),
        )
        .because(
            "Open Badges has no language maps; the languages would be terms without a meaning.",
            "Open Badges 3.0, editions of the schemas",
            "Both names would go unsigned.",
        ),
    ]
}

fn twice() -> Vec<Case> {
    let profile = r#"{"id":"https://northmarch.badges.example.org/credentials/3f9c1e02a7d84b6e","type":["Profile","VerifiableCredential"],"name":"Temewater College"}"#;
    let honest = badge()
        .set("/credentialSubject/source", profile)
        .sealed(&Seal::by(&issuer()).lax());
    let moved = honest.moved("/validUntil", "/credentialSubject/source/validUntil");
    let creator = badge().with(
        "/credentialSubject/achievement/creator",
        badge().at("/issuer"),
    );
    vec![
        bad("end_moved_to_another_object_of_the_same_name", &moved, "fails jsonld_shape_mismatch").because(
            "Two objects have the badge's identifier and share a type, and the end was moved to the other one: the same statements.",
            "Choices, One thing, described in two places",
            HIDDEN,
        ),
        Case::accept("issuer_also_named_as_creator")
            .badge(&seal(creator))
            .because(
                "The issuer who is also the creator is described twice with one type; nothing that matters can move.",
                "Choices, One thing, described in two places",
                "Many honest badges would be turned away.",
            )
            .finds("proof", "holds ok"),
    ]
}

fn tangled() -> Vec<Case> {
    const BUSY: &str = "One badge could keep the checker busy for hours.";
    let alike = |count: usize| {
        let evidence = json(r#"{"type":["Evidence"],"narrative":"observed"}"#);
        badge().with("/evidence", vec![evidence; count])
    };
    let alignment = json(
        r#"{"type":["Alignment"],"targetName":"care","targetUrl":"https://standards.example.org/care"}"#,
    );
    let result = Doc::read(r#"{"type":["Result"],"value":"Pass"}"#)
        .with("/alignment", vec![alignment; 12])
        .0;
    let trees = signed().with("/credentialSubject/result", vec![result; 2]);
    let too_many = signed().with("/evidence", alike(513).at("/evidence"));
    let undecided = |name, badge: &Doc, finding| {
        Case::undecided(name)
            .text(&badge.0.to_json())
            .finds("terms", finding)
            .outcome("unsupported")
    };
    vec![
        Case::accept("two_hundred_nodes_that_look_alike")
            .text(&seal(alike(200)).0.to_json())
            .because(
                "Nodes without identifiers that look alike are put in order all the same.",
                "RDF Dataset Canonicalization 1.0 §4",
                "An honest badge with many pieces of evidence would be turned away.",
            )
            .finds("proof", "holds ok"),
        undecided("poisonous_graph", &trees, "unknown canonicalization_limit").because(
            "Two branches that look alike, each with twelve leaves that look alike: putting them in order takes factorial time.",
            "RDF Dataset Canonicalization 1.0, Dataset Poisoning; Limits, L-07",
            BUSY,
        ),
        undecided("more_than_512_blank_nodes", &too_many, "unknown rdf_too_large").because(
            "More nodes without identifiers than are read: a limit is not the badge's fault.",
            "Limits, L-06",
            BUSY,
        ),
    ]
}

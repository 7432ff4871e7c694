//! Documents whose canonical form other software computed.

use crate::replay::{check, line, published_key, sealed_again};
use crate::suite::{bytes, folder, text};
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Mode, engine};
use countersign::did;
use countersign::json::{self, Object, Value};
use countersign::keys::SecretKey;
use countersign::verify::{Check, Conclusion, Policy, Report, State, WantedKind};
use serde_json::{Value as Tree, json};
use std::path::Path;

fn nquads(document: &Value<'_>, left_out: Option<&str>) -> String {
    let mut dataset = Dataset::new();
    engine(Edition::Newest)
        .read(document, left_out, &Mode::strict(), &mut dataset)
        .unwrap_or_else(|error| panic!("{error}"));
    canonicalize(&mut dataset, Hash::Sha256)
        .expect("canonical")
        .nquads
}

#[test]
fn golden_badges_have_the_golden_statements() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    for name in ["valid", "revoked", "statuslist"] {
        let bytes = text(&folder.join(format!("{name}.json")));
        let document = json::parse(bytes.as_bytes()).expect("JSON");
        assert_eq!(
            nquads(&document, Some("proof")),
            text(&folder.join(format!("{name}.doc.nq"))),
            "{name}"
        );
        let mut proof: Object<'_> = document.get("proof").expect("a proof").one_or_many()[0]
            .as_object()
            .expect("an object")
            .clone();
        proof.remove("proofValue");
        proof.set(
            "@context",
            document.get("@context").expect("contexts").clone(),
        );
        assert_eq!(
            nquads(&Value::Object(proof), None),
            text(&folder.join(format!("{name}.proof.nq"))),
            "{name}"
        );
    }
}

/// The documents of the golden issuer, each of which a test may replace.
struct World {
    controller: Option<Tree>,
    list: Option<Vec<u8>>,
}

impl World {
    fn of(folder: &Path) -> Self {
        Self {
            controller: Some(tree(&bytes(&folder.join("did.json")))),
            list: Some(bytes(&folder.join("statuslist.json"))),
        }
    }

    fn check(&self, badge: &[u8]) -> Box<Report> {
        self.check_with(badge, Policy::default())
    }

    fn check_with(&self, badge: &[u8], policy: Policy) -> Box<Report> {
        check(badge, policy, &|wanted| match (wanted.kind, &*wanted.url) {
            (WantedKind::Controller, "https://badges.example.gov.uk/.well-known/did.json") => {
                Some(self.controller.as_ref()?.to_string().into_bytes())
            }
            (WantedKind::StatusList, "https://badges.example.gov.uk/status/1") => self.list.clone(),
            _ => None,
        })
    }
}

fn tree(bytes: &[u8]) -> Tree {
    serde_json::from_slice(bytes).expect("JSON")
}

#[test]
fn golden_badges_end_as_they_should() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    let world = World::of(&folder);
    let valid = world.check(&bytes(&folder.join("valid.json")));
    assert_eq!(line(&valid), "accept current-no-expiry []");
    assert_eq!(valid.finding(Check::Status).state, State::Holds);
    assert_eq!(valid.finding(Check::Status).code, "ok");
    let verified = valid.verified.as_ref().expect("the content");
    assert_eq!(
        verified.name.as_deref(),
        Some("Digital Skills Apprenticeship")
    );
    assert_eq!(
        verified.issuer_id.as_deref(),
        Some("did:web:badges.example.gov.uk")
    );

    let revoked = world.check(&bytes(&folder.join("revoked.json")));
    assert_eq!(line(&revoked), "reject withdrawn [status fails revoked]");
    let list = world.check(&bytes(&folder.join("statuslist.json")));
    assert_eq!(line(&list), "accept current-no-expiry []");
}

#[test]
fn a_golden_badge_is_for_its_learner() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    let badge = bytes(&folder.join("valid.json"));
    for (recipient, state) in [
        ("learner@example.org", State::Holds),
        ("other@example.org", State::Fails),
        ("7f3c9d0e5b1a4c68", State::Fails),
    ] {
        let policy = Policy {
            recipient: Some(recipient.to_owned()),
            ..Policy::default()
        };
        let report = World::of(&folder).check_with(&badge, policy);
        assert_eq!(report.finding(Check::Person).state, state, "{recipient}");
        assert_eq!(report.conclusion(), Conclusion::Accept, "{recipient}");
    }
}

/// Pointers to every value that is no object or array, proofs included.
fn leaves(value: &Tree, path: &str, found: &mut Vec<String>) {
    match value {
        Tree::Object(object) => {
            for (name, value) in object {
                leaves(value, &format!("{path}/{name}"), found);
            }
        }
        Tree::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}/{at}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

#[test]
fn no_leaf_of_a_golden_badge_can_be_changed() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    let world = World::of(&folder);
    let badge = tree(&bytes(&folder.join("valid.json")));
    let mut paths = Vec::new();
    leaves(&badge, "", &mut paths);
    assert_eq!(paths.len(), 51);
    for path in paths {
        let mut changed = badge.clone();
        let leaf = changed.pointer_mut(&path).expect("a leaf");
        *leaf = match leaf {
            Tree::Bool(truth) => Tree::Bool(!*truth),
            Tree::Number(_) => json!(43),
            Tree::String(text) => json!(format!("{text}0")),
            _ => panic!("another leaf at {path}"),
        };
        let report = world.check(changed.to_string().as_bytes());
        assert_eq!(line(&report), refusal(&path), "{path}");
        assert!(report.verified.is_none(), "{path}");
    }
}

/// How a changed leaf is refused.
fn refusal(path: &str) -> &'static str {
    match path {
        "/@context/0" => "reject changed [contexts fails context_order]",
        // Contexts, suites and kinds of proof that we do not know.
        "/@context/1" => "undecided unsupported [contexts unknown context_not_allowed]",
        "/proof/0/type" | "/proof/0/cryptosuite" => {
            "undecided unsupported [proof unknown proof_unsupported]"
        }
        "/proof/0/verificationMethod" => NO_SUCH_METHOD,
        "/validFrom" | "/awardedDate" | "/proof/0/created" => {
            "reject changed [shape fails date_invalid]"
        }
        // Words of a closed list.
        "/credentialSubject/achievement/achievementType"
        | "/credentialSubject/achievement/inLanguage"
        | "/credentialSubject/achievement/resultDescription/0/resultType"
        | "/credentialSubject/identifier/0/identityType" => {
            "reject changed [shape fails schema_invalid]"
        }
        _ if path.ends_with("/type") || path.contains("/type/") => UNMAPPED,
        _ => BROKEN,
    }
}

const BROKEN: &str = "reject changed [proof fails PROOF_VERIFICATION_ERROR]";
const UNMAPPED: &str = "reject changed [terms fails jsonld_unmapped_term]";
const NO_SUCH_METHOD: &str = "reject changed [proof fails verification_method_mismatch]";
const UNUSABLE_LIST: &str =
    "undecided status-unreachable [status unknown STATUS_VERIFICATION_ERROR]";

/// Sets the member that `pointer` names, or takes it out.
fn set(tree: &mut Tree, pointer: &str, value: Tree) {
    let (above, name) = pointer.rsplit_once('/').expect("a pointer");
    let above = tree.pointer_mut(above).expect("a place");
    match (above, value) {
        (Tree::Object(object), Tree::Null) => drop(object.remove(name).expect("a member")),
        (Tree::Object(object), value) => drop(object.insert(name.to_owned(), value)),
        (other, _) => panic!("no object: {other}"),
    }
}

/// A changed badge, as it is, and sealed again by the issuer itself.
#[test]
fn mutants_of_the_badge_end_as_they_should() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    let world = World::of(&folder);
    for (member, value, changed, sealed) in [
        (
            "/issuer/id",
            json!("did:web:evil.example"),
            BROKEN,
            "reject changed [issuer fails verification_method_mismatch]",
        ),
        (
            "/validUntil",
            json!("2026-01-16T09:00:00Z"),
            BROKEN,
            "reject expired [dates fails expired]",
        ),
        (
            "/validFrom",
            json!("2027-01-16T09:00:00Z"),
            BROKEN,
            "reject not-started [dates fails not_yet_valid]",
        ),
        (
            "/proof/0/verificationMethod",
            json!("did:web:badges.example.gov.uk#key-2"),
            NO_SUCH_METHOD,
            NO_SUCH_METHOD,
        ),
        (
            "/credentialStatus/statusListIndex",
            json!("131072"),
            BROKEN,
            "undecided status-unreachable [status unknown RANGE_ERROR]",
        ),
        (
            "/credentialStatus/statusListIndex",
            json!("23"),
            BROKEN,
            "reject withdrawn [status fails revoked]",
        ),
        (
            "/credentialStatus/statusPurpose",
            json!("suspension"),
            BROKEN,
            UNUSABLE_LIST,
        ),
        (
            "/credentialStatus",
            Tree::Null,
            BROKEN,
            "accept current-no-expiry []",
        ),
        (
            "/name",
            json!("Another name"),
            BROKEN,
            "accept current-no-expiry []",
        ),
    ] {
        let mut badge = tree(&bytes(&folder.join("valid.json")));
        set(&mut badge, member, value);
        let report = world.check(badge.to_string().as_bytes());
        assert_eq!(line(&report), changed, "{member}");
        let report = world.check(&sealed_again(&badge, &published_key()));
        assert_eq!(line(&report), sealed, "{member}, sealed again");
    }
    // Without its type the subject's members have no meaning, so it cannot
    // even be sealed.
    let mut badge = tree(&bytes(&folder.join("valid.json")));
    set(&mut badge, "/credentialSubject/type", Tree::Null);
    let report = world.check(badge.to_string().as_bytes());
    assert_eq!(line(&report), UNMAPPED);
}

#[test]
fn mutants_of_the_issuers_document_end_as_they_should() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    let badge = bytes(&folder.join("valid.json"));
    let other_key = json!("z6MknNHHrBzPytzu6CUBP9Lg7fg4KSBjzimc2Frh693YbMiv");
    for (member, value, expected) in [
        ("/assertionMethod", json!([]), NO_SUCH_METHOD),
        ("/assertionMethod", Tree::Null, NO_SUCH_METHOD),
        ("/verificationMethod", json!([]), NO_SUCH_METHOD),
        (
            "/verificationMethod/0/controller",
            json!("did:web:evil.example"),
            NO_SUCH_METHOD,
        ),
        ("/id", json!("did:web:evil.example"), NO_SUCH_METHOD),
        (
            "/verificationMethod/0/publicKeyMultibase",
            other_key,
            BROKEN,
        ),
    ] {
        let mut world = World::of(&folder);
        set(
            world.controller.as_mut().expect("a document"),
            member,
            value,
        );
        assert_eq!(line(&world.check(&badge)), expected, "{member}");
    }
    let gone = World {
        controller: None,
        ..World::of(&folder)
    };
    assert_eq!(
        line(&gone.check(&badge)),
        "undecided key-unreachable [proof unknown key_unreachable]"
    );
}

/// 65,536 zero bits: half of what a list must have.
const SHORT_LIST: &str = "uH4sIAAAAAAACA-3BAQ0AAADCoPdPbQ43oAAAAAAAAACAdwOUmfTYACAAAA";

/// A list that cannot be used says nothing: the badge is neither good nor
/// withdrawn.
#[test]
fn mutants_of_the_status_list_leave_the_badge_undecided() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    let badge = bytes(&folder.join("valid.json"));
    let theirs = published_key();
    let other = SecretKey::from_ed25519_seed(&[7; 32]);
    let original = tree(&bytes(&folder.join("statuslist.json")));
    for (member, value, key, expected) in [
        (
            "/credentialSubject/statusPurpose",
            json!("suspension"),
            &theirs,
            UNUSABLE_LIST,
        ),
        (
            "/credentialSubject/encodedList",
            json!(SHORT_LIST),
            &theirs,
            "undecided status-unreachable [status unknown STATUS_LIST_LENGTH_ERROR]",
        ),
        ("/name", json!("A list"), &other, UNUSABLE_LIST),
        (
            "/validUntil",
            json!("2026-01-16T09:00:00Z"),
            &theirs,
            "undecided status-unreachable [status unknown status_list_expired]",
        ),
        (
            "/id",
            json!("https://badges.example.gov.uk/status/2"),
            &theirs,
            UNUSABLE_LIST,
        ),
        (
            "/issuer",
            json!("did:web:evil.example"),
            &theirs,
            UNUSABLE_LIST,
        ),
    ] {
        let mut list = original.clone();
        set(&mut list, member, value);
        let world = World {
            list: Some(sealed_again(&list, key)),
            ..World::of(&folder)
        };
        assert_eq!(line(&world.check(&badge)), expected, "{member}");
    }
    let mut unsigned = original;
    set(&mut unsigned, "/proof", Tree::Null);
    for (list, expected) in [
        (Some(unsigned.to_string().into_bytes()), UNUSABLE_LIST),
        (
            None,
            "undecided status-unreachable [status unknown STATUS_RETRIEVAL_ERROR]",
        ),
    ] {
        let world = World {
            list,
            ..World::of(&folder)
        };
        assert_eq!(line(&world.check(&badge)), expected);
    }
}

/// The badge itself names the list's address, so a list that another party
/// keeps there counts, unless the one who checks wants the issuer's own.
#[test]
fn the_list_of_another_party_counts_and_is_named() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    let key = SecretKey::from_ed25519_seed(&[7; 32]);
    let method = did::key::method_id(key.public());
    let mut list = tree(&bytes(&folder.join("statuslist.json")));
    list["issuer"] = json!(did::key::did(key.public()));
    list["proof"][0]["verificationMethod"] = json!(method);
    let world = World {
        list: Some(sealed_again(&list, &key)),
        ..World::of(&folder)
    };
    let badge = bytes(&folder.join("valid.json"));
    let report = world.check(&badge);
    assert_eq!(line(&report), "accept current-no-expiry []");
    let noted = |report: &Report| {
        report
            .notes
            .iter()
            .any(|note| note.code == "status_by_other_party")
    };
    assert!(noted(&report));
    let revoked = world.check(&bytes(&folder.join("revoked.json")));
    assert_eq!(line(&revoked), "reject withdrawn [status fails revoked]");
    let policy = Policy {
        own_status_lists_only: true,
        ..Policy::default()
    };
    let strict = world.check_with(&badge, policy);
    assert_eq!(strict.conclusion(), Conclusion::Undecided);
}

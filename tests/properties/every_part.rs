//! PT-01: every part of a signed badge is signed.

use crate::documents::{Place, with};
use crate::issuing::{BADGE, ENDORSEMENT, JCS, RDFC, STATUS_LIST, is_authentic, issue, key, value};
use crate::meaning::Meaning;
use crate::mutants::{self, Kind};
use countersign::issue::{Seal, Signed};
use countersign::json::{self, Value};
use countersign::keys::{Algorithm, SecretKey, base64url};
use countersign::proof::Suite;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

/// How many changes are looked at: one in so many of those that lose
/// something, and of the others.
#[derive(Clone, Copy)]
struct Share {
    losses: usize,
    others: usize,
}

const ALL: Share = Share {
    losses: 1,
    others: 1,
};
/// Every loss.
const MANY: Share = Share {
    losses: 1,
    others: 41,
};
const SOME: Share = Share {
    losses: 3,
    others: 151,
};

/// Changes `signed` in every way. Returns in how many.
fn none_survives(signed: &Signed, share: Share) -> usize {
    let mut survivors = Vec::new();
    let all = match signed {
        Signed::Json(object) => in_json(&Value::Object(object.clone()), share, &mut survivors),
        Signed::Token(token) => {
            in_token(token, 0, share, &mut survivors) + in_token(token, 1, share, &mut survivors)
        }
    };
    assert!(
        survivors.is_empty(),
        "{} of {all} survive:\n{}",
        survivors.len(),
        survivors.join("\n")
    );
    all
}

fn in_json(document: &Value<'static>, share: Share, survivors: &mut Vec<String>) -> usize {
    let text = document.to_json();
    assert!(is_authentic(text.as_bytes()));
    let by_statements = !text.contains("-jcs-");
    let meant = Meaning::of(document, by_statements);
    changes(document, share, |change, mutant| {
        if is_authentic(mutant.to_json().as_bytes())
            && !Meaning::of(&mutant, by_statements).is_of(&meant)
        {
            survivors.push(change.to_owned());
        }
    })
}

/// Changes the header or the payload, and leaves the signature.
fn in_token(token: &str, part: usize, share: Share, survivors: &mut Vec<String>) -> usize {
    assert!(is_authentic(token.as_bytes()));
    let parts: Vec<&str> = token.split('.').collect();
    let bytes = base64url::decode(parts[part]).expect("base64url");
    let document = json::parse(&bytes).expect("JSON").into_owned();
    changes(&document, share, |change, mutant| {
        let encoded = base64url::encode(mutant.to_json().as_bytes());
        let mut parts = parts.clone();
        let same = encoded == parts[part];
        parts[part] = &encoded;
        if !same && is_authentic(parts.join(".").as_bytes()) {
            survivors.push(format!("part {part}: {change}"));
        }
    })
}

fn changes(
    document: &Value<'static>,
    share: Share,
    mut look: impl FnMut(&str, Value<'static>),
) -> usize {
    let (mut losses, mut others, mut looked_at) = (0_usize, 0_usize, 0);
    mutants::each(document, |kind, change| {
        let (count, share) = match kind {
            Kind::Loss => (&mut losses, share.losses),
            Kind::Other => (&mut others, share.others),
        };
        *count += 1;
        if count.is_multiple_of(share)
            && let Some((name, mutant)) = change()
        {
            looked_at += 1;
            look(&name, mutant);
        }
    });
    looked_at
}

/// The badge with an endorsement in it.
pub fn endorsed_badge() -> String {
    let badge = value(BADGE);
    let id = badge.get("id").expect("an id").clone();
    let about = with(
        &value(ENDORSEMENT),
        &Place::parse("/credentialSubject/id"),
        id,
    );
    let Signed::Json(endorsement) = issue(&about.to_json(), &key(7), RDFC) else {
        panic!("a token");
    };
    let mut badge = badge.as_object().expect("an object").clone();
    badge.set("endorsement", vec![Value::Object(endorsement)]);
    Value::Object(badge).to_json()
}

/// The badge with what needs a third context.
fn badge_with_extensions() -> String {
    let mut badge = value(BADGE).as_object().expect("an object").clone();
    let extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
    if let Some(Value::Array(contexts)) = badge.get_mut("@context") {
        contexts.push(extensions.into());
    }
    badge.set(
        "refreshService",
        value(r#"{"id":"https://badges.example.org/r","type":"1EdTechCredentialRefresh"}"#),
    );
    Value::Object(badge).to_json()
}

fn p256() -> SecretKey {
    SecretKey::generate(Algorithm::P256, &mut StdRng::seed_from_u64(1)).expect("a key")
}

#[test]
fn every_part_is_signed_by_statements() {
    let all = none_survives(&issue(BADGE, &key(42), RDFC), MANY);
    assert!(all > 2_000, "only {all} changes");
}

#[test]
fn every_part_of_other_credentials_is_signed_by_statements() {
    for text in [ENDORSEMENT, STATUS_LIST] {
        let all = none_survives(&issue(text, &key(42), RDFC), MANY);
        assert!(all > 200, "only {all} changes");
    }
    for text in [endorsed_badge(), badge_with_extensions()] {
        none_survives(&issue(&text, &key(42), RDFC), SOME);
    }
    let seal = Seal::Embedded(Suite::EcdsaRdfc2019);
    none_survives(&issue(BADGE, &p256(), seal), SOME);
}

#[test]
fn every_part_is_signed_by_json() {
    for text in [BADGE, ENDORSEMENT, STATUS_LIST] {
        none_survives(&issue(text, &key(42), JCS), SOME);
    }
}

#[test]
fn every_part_is_signed_by_a_token() {
    for text in [BADGE, ENDORSEMENT, STATUS_LIST] {
        none_survives(&issue(text, &key(42), Seal::VcJwt), SOME);
    }
}

#[test]
fn every_part_is_signed_by_a_set_of_proofs() {
    let Signed::Json(first) = issue(BADGE, &key(42), RDFC) else {
        panic!("a token");
    };
    let set = issue(&Value::Object(first).to_json(), &key(42), JCS);
    none_survives(&set, SOME);
}

/// Each character of a token but the last two of a part, which may hold stray
/// bits, is part of what is signed; stray bits are refused.
#[test]
fn every_character_of_a_token_counts() {
    let Signed::Token(token) = issue(ENDORSEMENT, &key(42), Seal::VcJwt) else {
        panic!("no token");
    };
    for at in (0..token.len()).filter(|at| at % 3 == 0 || at + 200 > token.len()) {
        for other in ["A", "B", ".", "=", ""] {
            let mut changed = token.clone();
            changed.replace_range(at..=at, other);
            assert!(
                changed == token || !is_authentic(changed.as_bytes()) || changed.trim() == token,
                "{other:?} at {at}"
            );
        }
    }
}

/// All changes, some half a million. Takes minutes, also when optimised, so it
/// is only made when asked for: `COUNTERSIGN_LONG=1 cargo test --release`.
#[test]
fn every_change_of_every_badge() {
    if std::env::var_os("COUNTERSIGN_LONG").is_none() {
        println!("skipped: set COUNTERSIGN_LONG to make every change");
        return;
    }
    let mut all = 0;
    for text in [
        BADGE,
        ENDORSEMENT,
        STATUS_LIST,
        &endorsed_badge(),
        &badge_with_extensions(),
    ] {
        for seal in [RDFC, JCS, Seal::VcJwt] {
            all += none_survives(&issue(text, &key(42), seal), ALL);
        }
    }
    let seal = Seal::Embedded(Suite::EcdsaRdfc2019);
    all += none_survives(&issue(BADGE, &p256(), seal), ALL);
    println!("{all} changes");
    assert!(all > 200_000);
}

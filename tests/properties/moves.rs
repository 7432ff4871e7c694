//! PT-01: nothing that was said in one object can be moved to another.
//!
//! Objects with one id are one thing in the signed statements, wherever they
//! are written. A reader of the JSON is told something else if a member moves.

use crate::documents::{Place, Step, at, grown, places, with, without};
use crate::every_part::endorsed_badge;
use crate::issuing::{BADGE, ENDORSEMENT, JCS, RDFC, is_authentic, issue, key, value};
use countersign::did;
use countersign::issue::Signed;
use countersign::json::{Object, Value};

/// Moves each member of each object to every other object of the same id.
/// Returns which moves leave the badge authentic.
fn unseen_moves(signed: &Signed) -> Vec<String> {
    let Signed::Json(object) = signed else {
        panic!("a token");
    };
    let document = Value::Object(object.clone());
    let object_at =
        |place: &Place| -> Option<Object<'static>> { at(&document, place).as_object().cloned() };
    let identified: Vec<(Place, Object<'static>)> = places(&document)
        .into_iter()
        .filter_map(|place| Some((place.clone(), object_at(&place)?)))
        .filter(|(_, object)| object.contains("id"))
        .collect();
    let mut unseen = Vec::new();
    for (from, giver) in &identified {
        for (to, taker) in &identified {
            if from == to || giver.text("id") != taker.text("id") {
                continue;
            }
            for (member, said) in giver.iter() {
                let mut old = from.0.clone();
                old.push(Step::Member(member.to_owned()));
                let stays = matches!(member, "id" | "type" | "@context");
                if stays || to.0.starts_with(&old) {
                    continue;
                }
                if let Some(both) = grown(&document, to, member, said.clone()) {
                    let moved = without(&both, &Place(old));
                    if is_authentic(moved.to_json().as_bytes()) {
                        unseen.push(format!("{member} from {from} to {to}"));
                    }
                }
            }
        }
    }
    unseen
}

#[test]
fn what_the_rules_let_pass_without_a_word_cannot_be_moved() {
    for text in [BADGE, ENDORSEMENT] {
        for seal in [RDFC, JCS] {
            let unseen = unseen_moves(&issue(text, &key(42), seal));
            assert!(unseen.is_empty(), "{unseen:#?}");
        }
    }
}

#[test]
fn nothing_moves_where_the_json_is_signed() {
    let unseen = unseen_moves(&issue(&endorsed_badge(), &key(42), JCS));
    assert!(unseen.is_empty(), "{unseen:#?}");
}

#[test]
fn nothing_moves_between_a_badge_and_its_endorsement() {
    let unseen = unseen_moves(&issue(&endorsed_badge(), &key(42), RDFC));
    assert!(unseen.is_empty(), "{unseen:#?}");
}

/// Both classes have a picture, so that of somebody who issued a badge to
/// themselves may stand in either place. Nothing else moves.
#[test]
fn only_a_picture_moves_between_an_issuer_and_itself_as_recipient() {
    let key = key(42);
    let did = did::key::did(key.public()).expect("a did:key");
    let place = Place::parse("/credentialSubject/id");
    let badge = with(&value(BADGE), &place, did.into());
    let unseen = unseen_moves(&issue(&badge.to_json(), &key, RDFC));
    assert!(
        unseen.iter().all(|moved| moved.starts_with("image from ")),
        "{unseen:#?}"
    );
}

/// An issuer that is also the creator is one organisation in one class, and
/// honest badges describe it in both places: its particulars may stand in
/// either. Nothing else moves.
#[test]
fn an_issuer_may_say_who_it_is_where_it_is_the_creator() {
    let key = key(42);
    let did = did::key::did(key.public()).expect("a did:key");
    let place = Place::parse("/credentialSubject/achievement/creator/id");
    let badge = with(&value(BADGE), &place, did.into());
    for unseen in unseen_moves(&issue(&badge.to_json(), &key, RDFC)) {
        assert!(
            unseen.contains("/issuer") && unseen.contains("/creator"),
            "{unseen}"
        );
    }
}

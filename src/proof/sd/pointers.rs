//! Which places of a document its mandatory pointers select (VC-DI-ECDSA
//! §3.4.10 to §3.4.13: `jsonPointerToPaths`, `createInitialSelection`,
//! `selectPaths`, `selectJsonLd`).
//!
//! A pointer selects what it points at, what links that to the top, and the
//! types of the objects on the way.
//!
//! The standard resolves pointers in a document that JSON-LD compacted again;
//! ours is as it was written. The two differ in shape only where compaction
//! unwraps an array of one item or wraps a single value, flattens nested
//! arrays, or spreads the values of one member over two. A pointer that could
//! mean something else there is refused.

use super::unsupported;
use crate::canon::Step;
use crate::json::{Object, Value};
use crate::proof::Error;
use std::mem::discriminant;

/// What the pointers point at.
pub(super) struct Targets(Vec<Target>);

struct Target {
    path: Vec<Token>,
    /// Whether a statement showed that the place is one that makes statements.
    seen: bool,
}

/// One step of a resolved pointer.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    Member(String),
    Item(usize),
}

impl Targets {
    /// Follows `pointers` through `document` without its proofs.
    ///
    /// # Errors
    /// [`Error::Value`] for what is no JSON Pointer, [`Error::Signature`] if
    /// the document does not have what is pointed at, [`Error::Unsupported`]
    /// where the compacted document could have another shape.
    pub(super) fn resolve(pointers: &[String], document: &Value<'_>) -> Result<Self, Error> {
        let targets = pointers.iter().map(|pointer| {
            Ok(Target {
                path: resolve(pointer, document)?,
                seen: false,
            })
        });
        targets.collect::<Result<_, _>>().map(Self)
    }

    /// Whether a statement made at `place` is mandatory.
    pub(super) fn select(&mut self, place: &[Step<'_>]) -> bool {
        let mut selected = false;
        for target in &mut self.0 {
            selected |= target.select(place);
        }
        selected
    }

    /// Whether every pointer led to something that makes statements. One that
    /// leads into a literal does not: a part of a literal is another literal.
    pub(super) fn all_seen(&self) -> bool {
        self.0.iter().all(|target| target.seen)
    }
}

impl Target {
    fn select(&mut self, place: &[Step<'_>]) -> bool {
        let shared = self
            .path
            .iter()
            .zip(place)
            .take_while(|(token, step)| token.is(step))
            .count();
        let is_inside = shared == self.path.len();
        self.seen |= is_inside || (self.names_node() && self.is_in_node(shared, place));
        is_inside
            || shared == place.len()
            || place
                .iter()
                .take(shared + 1)
                .any(|step| *step == Step::Member("type"))
    }

    /// An identifier makes no statement of its own.
    fn names_node(&self) -> bool {
        self.path.last() == Some(&Token::Member("id".to_owned()))
    }

    /// Whether `place` lies in the object that the last step starts from.
    fn is_in_node(&self, shared: usize, place: &[Step<'_>]) -> bool {
        shared + 1 >= self.path.len() && place.len() >= self.path.len()
    }
}

impl Token {
    fn is(&self, step: &Step<'_>) -> bool {
        match (self, step) {
            (Self::Member(own), Step::Member(other)) => own == other,
            (Self::Item(own), Step::Item(other)) => own == other,
            _ => false,
        }
    }
}

fn resolve(pointer: &str, document: &Value<'_>) -> Result<Vec<Token>, Error> {
    let mut path = Vec::new();
    if pointer.is_empty() {
        return Ok(path);
    }
    let steps = pointer.strip_prefix('/').ok_or(Error::Value)?;
    let contexts = document.get("@context");
    let mut value = document;
    for step in steps.split('/') {
        let step = unescape(step)?;
        if value
            .get("@context")
            .is_some_and(|own| Some(own) != contexts)
        {
            return Err(unsupported("with a pointer into other contexts"));
        }
        let (token, next) = match value {
            Value::Object(object) => member(object, step, path.is_empty())?,
            Value::Array(items) => item(items, &step)?,
            _ => return Err(unsupported("with a pointer into a value")),
        };
        path.push(token);
        value = next;
    }
    Ok(path)
}

/// RFC 6901 §4.
fn unescape(step: &str) -> Result<String, Error> {
    let mut text = String::with_capacity(step.len());
    let mut rest = step.split('~');
    text.push_str(rest.next().unwrap_or_default());
    for part in rest {
        let (escaped, plain) = part.split_at_checked(1).ok_or(Error::Value)?;
        text.push(match escaped {
            "0" => '~',
            "1" => '/',
            _ => return Err(Error::Value),
        });
        text.push_str(plain);
    }
    Ok(text)
}

fn member<'v, 'd>(
    object: &'v Object<'d>,
    name: String,
    is_top: bool,
) -> Result<(Token, &'v Value<'d>), Error> {
    let found = object.get(&name).filter(|_| !is_top || name != "proof");
    match found {
        Some(value) => Ok((Token::Member(name), value)),
        None if index(&name).is_some() => Err(unsupported("with a pointer to an item of no array")),
        None => Err(Error::Signature),
    }
}

fn item<'v, 'd>(items: &'v [Value<'d>], step: &str) -> Result<(Token, &'v Value<'d>), Error> {
    let at = index(step).ok_or_else(|| unsupported("with a pointer past an array"))?;
    let found = items.get(at).ok_or(Error::Signature)?;
    let are_alike = |other: &Value<'_>| {
        discriminant(other) == discriminant(found)
            && other.get("@value").is_some() == found.get("@value").is_some()
    };
    if found.as_array().is_some() || !items.iter().all(are_alike) {
        return Err(unsupported("with a pointer into a mixed array"));
    }
    Ok((Token::Item(at), found))
}

/// An array index of RFC 6901 §4: no sign, no leading zero.
fn index(step: &str) -> Option<usize> {
    let is_number = step.bytes().all(|byte| byte.is_ascii_digit());
    let is_shortest = step == "0" || !step.starts_with('0');
    if is_number && is_shortest {
        step.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canon::{Dataset, Edition, Mode, Selecting, engine};
    use crate::json;

    const BADGE: &str = r#"{
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ],
        "id": "urn:example:badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": [{"@value": "Gwaith", "@language": "cy"}, {"@value": "Work"}],
        "issuer": {"id": "urn:example:issuer", "type": "Profile", "name": "Council"},
        "evidence": [{"type": ["Evidence"], "name": "Workbook"}, "urn:example:evidence"],
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "result": [
                {"type": ["Result"], "value": "1"},
                {"type": ["Result"], "value": "2"}
            ],
            "achievement": {
                "id": "urn:example:achievement",
                "type": ["Achievement"],
                "tag": ["a", "b"],
                "endorsement": {
                    "@context": ["https://www.w3.org/ns/credentials/v2"],
                    "id": "urn:example:endorsement",
                    "type": ["VerifiableCredential", "EndorsementCredential"],
                    "issuer": "urn:example:council"
                }
            }
        },
        "proof": {"type": "DataIntegrityProof"}
    }"#;

    fn targets(pointers: &[&str]) -> Result<Targets, Error> {
        let document = json::parse(BADGE.as_bytes()).expect("JSON");
        let pointers: Vec<String> = pointers.iter().map(ToString::to_string).collect();
        Targets::resolve(&pointers, &document)
    }

    /// The places that `pointers` select, of those that make statements, and
    /// whether each pointer led to one.
    fn selection(pointers: &[&str]) -> (Vec<String>, bool) {
        let document = json::parse(BADGE.as_bytes()).expect("JSON");
        let mut targets = targets(pointers).expect("resolved");
        let mut places = Vec::new();
        let mut dataset = Dataset::new();
        let mut sink = Selecting::new(&mut dataset, |place: &[Step<'_>]| {
            let selected = targets.select(place);
            if selected {
                let steps = place.iter().map(|step| match step {
                    Step::Member(name) => format!("/{name}"),
                    Step::Item(at) => format!("/{at}"),
                });
                places.push(steps.collect());
            }
            selected
        });
        engine(Edition::Newest)
            .read(&document, Some("proof"), &Mode::strict(), &mut sink)
            .expect("JSON-LD");
        places.sort();
        (places, targets.all_seen())
    }

    #[track_caller]
    fn selects(pointers: &[&str], expected: &[&str]) {
        assert_eq!(
            selection(pointers),
            (strings(expected), true),
            "{pointers:?}"
        );
    }

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn nothing_selects_nothing() {
        selects(&[], &[]);
    }

    #[test]
    fn a_pointer_selects_its_target_its_way_and_the_types_on_it() {
        let top = ["/type/0", "/type/1"];
        let with = |more: &[&'static str]| {
            let mut all = [&top[..], more].concat();
            all.sort_unstable();
            all
        };
        selects(&["/type"], &top);
        selects(&["/type/1"], &top);
        selects(&["/id"], &top);
        selects(&["/name/0"], &with(&["/name/0"]));
        selects(&["/name"], &with(&["/name/0", "/name/1"]));
        selects(
            &["/issuer"],
            &with(&["/issuer", "/issuer/name", "/issuer/type/0"]),
        );
        selects(&["/issuer/id"], &with(&["/issuer", "/issuer/type/0"]));
        selects(
            &["/credentialSubject/result/1/value"],
            &with(&[
                "/credentialSubject",
                "/credentialSubject/result/1",
                "/credentialSubject/result/1/type/0",
                "/credentialSubject/result/1/value",
                "/credentialSubject/type/0",
            ]),
        );
        selects(
            &["/credentialSubject/achievement/tag/1", "/name/1"],
            &with(&[
                "/credentialSubject",
                "/credentialSubject/achievement",
                "/credentialSubject/achievement/tag/1",
                "/credentialSubject/achievement/type/0",
                "/credentialSubject/type/0",
                "/name/1",
            ]),
        );
    }

    #[test]
    fn the_empty_pointer_selects_everything() {
        assert_eq!(selection(&[""]).0.len(), 27);
        assert!(selection(&[""]).1);
    }

    #[test]
    fn a_pointer_into_a_literal_leads_nowhere() {
        assert!(!selection(&["/name/0/@value"]).1);
        assert!(!selection(&["/issuer", "/name/0/@language"]).1);
        assert!(!selection(&["/@context"]).1);
        assert!(!selection(&["/@context/0", "/id"]).1);
    }

    #[test]
    fn names_are_compared_after_unescaping() {
        let document = json::parse(br#"{"a/b": {"~1": 1}, "": 2}"#).expect("JSON");
        let path = |pointer| resolve(pointer, &document);
        let member = |name: &str| Token::Member(name.to_owned());
        assert_eq!(path("/a~1b/~01"), Ok(vec![member("a/b"), member("~1")]));
        assert_eq!(path("/"), Ok(vec![member("")]));
        assert_eq!(path("/a~1b/~1"), Err(Error::Signature));
    }

    #[test]
    fn what_is_not_there_is_not_what_was_signed() {
        for pointer in [
            "/validUntil",
            "/proof",
            "/proof/type",
            "/issuer/url",
            "/credentialSubject/result/2",
            "/type/2",
            "/Issuer",
            "/",
            "//",
        ] {
            assert_eq!(
                targets(&[pointer]).err(),
                Some(Error::Signature),
                "{pointer}"
            );
        }
    }

    #[test]
    fn what_is_no_pointer_is_malformed() {
        for pointer in [
            "issuer",
            "issuer/id",
            "#/issuer",
            "/~",
            "/~2",
            "/a~",
            "/name/~é",
        ] {
            assert_eq!(targets(&[pointer]).err(), Some(Error::Value), "{pointer}");
        }
    }

    #[test]
    fn a_place_that_compaction_could_move_is_not_guessed() {
        for pointer in [
            "/issuer/0",
            "/issuer/name/0",
            "/issuer/id/0",
            "/credentialSubject/result/value",
            "/credentialSubject/result/01",
            "/credentialSubject/result/-",
            "/credentialSubject/result/+1",
            "/credentialSubject/result/99999999999999999999",
            "/evidence/0",
            "/evidence/1",
            "/credentialSubject/achievement/endorsement/issuer",
        ] {
            let error = targets(&[pointer]).err().expect(pointer);
            assert!(
                matches!(error, Error::Unsupported { .. }),
                "{pointer}: {error}"
            );
        }
        assert!(targets(&["/credentialSubject/achievement/endorsement"]).is_ok());
    }
}

//! Drafts that keep every rule, and how tests spoil them.

use super::lint::{Broken, Lint, Severity, broken_rules};
use super::{Draft, Seal, Settings};
use crate::clock::Moment;
use crate::did;
use crate::json::{self, Value};
use crate::keys::SecretKey;
use crate::proof::{self, Claims, Suite};

/// A badge with nearly everything that a badge can have.
pub(super) const BADGE: &str = include_str!("samples/badge.json");
pub(super) const ENDORSEMENT: &str = include_str!("samples/endorsement.json");
pub(super) const STATUS_LIST: &str = include_str!("samples/status_list.json");
/// A badge that other software signed (`research/open-badges.md` §2.11).
pub(super) const GOLDEN: &str = include_str!("samples/golden.json");

pub(super) const ISSUER: &str = "did:web:badges.example.org";

/// What makes a badge one with a refresh service, and the context for it.
pub(super) const REFRESHED: [Edit<'static>; 2] = [
    (
        "/@context/-",
        r#""https://purl.imsglobal.org/spec/ob/v3p0/extensions.json""#,
    ),
    (
        "/refreshService",
        r#"{"id":"https://badges.example.org/r","type":"1EdTechCredentialRefresh"}"#,
    ),
];

pub(super) fn settings() -> Settings {
    Settings::new(ISSUER, Seal::Embedded(Suite::EddsaRdfc2022))
}

pub(super) fn now() -> Moment {
    Moment::parse("2026-11-25T12:00:00Z").expect("a moment")
}

pub(super) fn value(text: &str) -> Value<'static> {
    json::parse(text.as_bytes())
        .unwrap_or_else(|error| panic!("{error}: {text}"))
        .into_owned()
}

/// Sets the value at a JSON Pointer (`-` appends to a list), or takes it out
/// if there is no new one.
pub(super) fn edit(document: &mut Value<'static>, pointer: &str, new: Option<Value<'static>>) {
    let (parent, last) = pointer.rsplit_once('/').expect("a pointer");
    let mut place = document;
    for step in parent.split('/').skip(1) {
        place = match place {
            Value::Object(object) => object.get_mut(step),
            Value::Array(items) => items.get_mut(step.parse::<usize>().expect("an index")),
            _ => None,
        }
        .unwrap_or_else(|| panic!("there is no {step} of {pointer}"));
    }
    match (place, new) {
        (Value::Object(object), Some(new)) => object.set(last.to_owned(), new),
        (Value::Object(object), None) => {
            object.remove(last).expect("a member to take out");
        }
        (Value::Array(items), Some(new)) if last == "-" => items.push(new),
        (Value::Array(items), Some(new)) => items[last.parse::<usize>().expect("an index")] = new,
        (Value::Array(items), None) => {
            items.remove(last.parse::<usize>().expect("an index"));
        }
        _ => panic!("{pointer} is in no object or list"),
    }
}

/// An endorsement of `id` by somebody whose identifier is a key, as JSON.
pub(super) fn signed_endorsement(id: &str) -> String {
    let key = SecretKey::from_ed25519_seed(&[9; 32]);
    let mut document = value(ENDORSEMENT);
    edit(
        &mut document,
        "/credentialSubject/id",
        Some(Value::from(id.to_owned())),
    );
    edit(&mut document, "/credentialStatus", None);
    let endorser = did::key::did(key.public()).expect("a did:key");
    edit(&mut document, "/issuer/id", Some(endorser.into()));
    let claims = Claims {
        method: &did::key::method_id(key.public()).expect("a method"),
        purpose: "assertionMethod",
        created: now(),
        challenge: None,
        domain: None,
    };
    let proof = proof::create(&document, &key, Suite::EddsaRdfc2022, &claims).expect("a proof");
    edit(
        &mut document,
        "/proof",
        Some(Value::from(vec![Value::Object(proof)])),
    );
    document.to_json()
}

/// A rule on trial.
pub(super) struct Trial {
    lint: &'static Lint,
    base: Value<'static>,
    settings: Settings,
}

/// A pointer, and the JSON to put there; nothing takes it out.
type Edit<'e> = (&'e str, &'e str);

impl Trial {
    pub(super) fn badge(lint: &'static Lint) -> Self {
        Self::of(lint, BADGE)
    }

    pub(super) fn endorsement(lint: &'static Lint) -> Self {
        Self::of(lint, ENDORSEMENT)
    }

    pub(super) fn status_list(lint: &'static Lint) -> Self {
        Self::of(lint, STATUS_LIST)
    }

    fn of(lint: &'static Lint, text: &str) -> Self {
        Self {
            lint,
            base: value(text),
            settings: settings(),
        }
    }

    pub(super) fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Another base: the same with some edits.
    pub(super) fn with(mut self, edits: &[Edit<'_>]) -> Self {
        self.base = self.edited(edits);
        self
    }

    fn edited(&self, edits: &[Edit<'_>]) -> Value<'static> {
        let mut document = self.base.clone();
        for (pointer, new) in edits {
            let new = (!new.is_empty()).then(|| value(new));
            edit(&mut document, pointer, new);
        }
        document
    }

    fn broken(&self, document: &Value<'static>) -> Vec<Broken> {
        let draft = Draft::parse(document.to_json().as_bytes()).expect("still a draft");
        broken_rules(document, draft.kind(), &self.settings, now())
    }

    /// With these edits the rule still holds, and no other is an error.
    #[track_caller]
    pub(super) fn good(&self, edits: &[Edit<'_>]) {
        let broken = self.broken(&self.edited(edits));
        let unwanted: Vec<&Broken> = broken
            .iter()
            .filter(|broken| {
                broken.lint.severity == Severity::Error || broken.lint.name == self.lint.name
            })
            .collect();
        assert!(unwanted.is_empty(), "{edits:?} broke {unwanted:#?}");
    }

    /// With this one edit the rule is broken at `place`.
    #[track_caller]
    pub(super) fn bad(&self, edit: Edit<'_>, place: &str) {
        let broken = self.broken(&self.edited(&[edit]));
        let ours = broken
            .iter()
            .find(|broken| broken.lint.name == self.lint.name)
            .unwrap_or_else(|| panic!("{edit:?} broke only {broken:#?}"));
        assert!(
            ours.places.iter().any(|found| found.pointer == place),
            "{edit:?} broke {ours:#?}"
        );
        assert!(
            ours.places
                .iter()
                .all(|place| !place.code.is_empty() && !place.why.is_empty())
        );
    }

    /// With this one edit the rule is broken.
    #[track_caller]
    pub(super) fn bad_somewhere(&self, edit: Edit<'_>) {
        let broken = self.broken(&self.edited(&[edit]));
        assert!(
            broken
                .iter()
                .any(|broken| broken.lint.name == self.lint.name),
            "{edit:?} broke only {broken:#?}"
        );
    }

    /// [`Self::bad`], broken where the edit is.
    #[track_caller]
    pub(super) fn bad_there(&self, pointer: &str, new: &str) {
        self.bad((pointer, new), pointer);
    }
}

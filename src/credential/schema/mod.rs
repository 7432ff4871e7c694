//! The tables as JSON Schema (draft 2020-12).
//!
//! **Promises.** Each schema accepts what [`super::shape::check`] accepts and
//! refuses what it refuses, except for what JSON Schema cannot count: it
//! measures text in characters, L-22 in bytes. `tests/schemas.rs` holds the
//! files under `schemas/` to the tables and the two checks to each other.
//! Validators must assert formats.

mod build;
mod values;

use super::model::{self, Cardinality, Class, Due, Form, Kind, MOST_PROPERTIES, Property};
use super::shape::Mode;
use crate::json::{Object, Value};
use build::{Names, any_of, object, reference, text};

/// One schema that is published: its file, what it describes, and for whom.
#[derive(Debug)]
pub struct Schema {
    /// The name of its file under `schemas/`.
    pub file: &'static str,
    /// The class it describes.
    pub class: &'static Class,
    /// What is issued, or what is read.
    pub mode: Mode,
}

/// Every schema that is published.
pub static SCHEMAS: [Schema; 11] = [
    read(
        "achievement-credential.json",
        &model::ACHIEVEMENT_CREDENTIAL,
    ),
    read(
        "achievement-credential-vc-1.1.json",
        &model::ACHIEVEMENT_CREDENTIAL_1_1,
    ),
    read(
        "endorsement-credential.json",
        &model::ENDORSEMENT_CREDENTIAL,
    ),
    read("achievement.json", &model::ACHIEVEMENT),
    read("profile.json", &model::PROFILE),
    read("status-list.json", &model::BITSTRING_STATUS_LIST_CREDENTIAL),
    issued(
        "achievement-credential-issued.json",
        &model::ACHIEVEMENT_CREDENTIAL,
    ),
    issued(
        "endorsement-credential-issued.json",
        &model::ENDORSEMENT_CREDENTIAL,
    ),
    issued("achievement-issued.json", &model::ACHIEVEMENT),
    issued("profile-issued.json", &model::PROFILE),
    issued(
        "status-list-issued.json",
        &model::BITSTRING_STATUS_LIST_CREDENTIAL,
    ),
];

const fn read(file: &'static str, class: &'static Class) -> Schema {
    Schema {
        file,
        class,
        mode: Mode::Check,
    }
}

const fn issued(file: &'static str, class: &'static Class) -> Schema {
    Schema {
        file,
        class,
        mode: Mode::ISSUE,
    }
}

impl Schema {
    /// The schema as a document.
    #[must_use]
    pub fn document(&self) -> Value<'static> {
        let title = if self.mode.is_issue() {
            format!("{}, as Countersign issues it", self.class.name)
        } else {
            format!("{}, as Countersign reads it", self.class.name)
        };
        let mut writer = Writer {
            mode: self.mode,
            names: Names::default(),
        };
        let root = writer.object_of(self.class);
        let mut definitions = values::definitions(self.mode);
        while let Some(class) = writer.names.next() {
            if let Some(choice) = writer.choice(class) {
                definitions.set(format!("{}-any", class.name), choice);
            }
            definitions.set(class.name, writer.class(class));
        }
        let mut document = Object::new();
        document.set("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.set("title", title);
        for (name, value) in root.as_object().into_iter().flat_map(Object::iter) {
            document.set(name.to_owned(), value.clone());
        }
        document.set("$defs", definitions);
        document.into()
    }

    /// The schema as it stands in its file.
    #[must_use]
    pub fn file_text(&self) -> String {
        self.document().to_json_pretty() + "\n"
    }
}

struct Writer {
    mode: Mode,
    names: Names,
}

impl Writer {
    fn class(&mut self, class: &'static Class) -> Value<'static> {
        let mut properties = Object::new();
        let mut required = Vec::with_capacity(MOST_PROPERTIES);
        for property in class.properties {
            properties.set(property.name, self.property(property));
            if property.cardinality.required {
                required.push(text(property.name));
            }
        }
        let mut schema = Object::new();
        schema.set("type", "object");
        schema.set("properties", properties);
        if !required.is_empty() {
            schema.set("required", required);
        }
        if class.filled {
            schema.set("minProperties", 1);
        }
        if let Some(one_of) = class.one_of
            && (self.mode.is_issue() || one_of.due == Due::Always)
        {
            let names = one_of.names.iter();
            schema.set(
                "anyOf",
                names
                    .map(|name| object([("required", Value::from(vec![text(name)]))]))
                    .collect::<Vec<_>>(),
            );
        }
        let others = if class.open {
            reference("Any")
        } else {
            Value::from(false)
        };
        schema.set("additionalProperties", others);
        Value::from(schema)
    }

    /// Which class an object is of, where more than one may stand there.
    fn choice(&mut self, class: &'static Class) -> Option<Value<'static>> {
        let mut choice = reference(class.name);
        for variant in class.variants.iter().rev() {
            self.names.want(variant);
            choice = if_then_else(
                values::member("type", values::includes(variant.name)),
                reference(variant.name),
                choice,
            );
        }
        if let (Some(vc_1_1), Mode::Check) = (class.vc_1_1, self.mode) {
            self.names.want(vc_1_1);
            choice = if_then_else(
                values::member("@context", values::begins_with_vc_1_1()),
                reference(vc_1_1.name),
                choice,
            );
        }
        (choice != reference(class.name)).then_some(choice)
    }

    fn property(&mut self, property: &Property) -> Value<'static> {
        let mode = self.mode;
        match property.kind {
            Kind::Contexts(contexts) => return values::contexts(contexts, mode),
            Kind::Types(wanted) => return values::types(wanted, mode),
            Kind::Type(wanted) => return values::sole_type(wanted, mode),
            Kind::NaturalLanguage => return reference("NaturalLanguage"),
            Kind::Any => return reference("Any"),
            _ => {}
        }
        let one = self.kind(property.kind);
        let Cardinality { required, form } = property.cardinality;
        let list = values::list(one.clone(), required || mode.is_issue());
        match (form, mode) {
            (Form::One, _) | (Form::OneToIssue, Mode::Issue { .. }) => one,
            (Form::Many, Mode::Issue { .. }) => list,
            (Form::Many | Form::OneToIssue, Mode::Check) | (Form::OneOrMany, _) => {
                any_of([one, list])
            }
        }
    }

    fn kind(&mut self, kind: Kind) -> Value<'static> {
        match kind {
            Kind::Object(class) => self.object_of(class),
            Kind::UriOrObject(class) => any_of([reference("Uri"), self.object_of(class)]),
            Kind::JwsOrObject(class) => any_of([reference("CompactJws"), self.object_of(class)]),
            other => values::scalar(other, self.mode),
        }
    }

    fn object_of(&mut self, class: &'static Class) -> Value<'static> {
        self.names.want(class);
        let has_choice =
            !class.variants.is_empty() || (class.vc_1_1.is_some() && self.mode == Mode::Check);
        if has_choice {
            reference(&format!("{}-any", class.name))
        } else {
            reference(class.name)
        }
    }
}

fn if_then_else(
    condition: Value<'static>,
    then: Value<'static>,
    otherwise: Value<'static>,
) -> Value<'static> {
    object([("if", condition), ("then", then), ("else", otherwise)])
}

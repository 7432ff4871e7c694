//! The data model of Open Badges 3.0 as tables: the single source of truth.
//!
//! A [`Class`] lists its [`Property`]s in the order of the standard; a property
//! has a [`Kind`] of value and a [`Cardinality`]. The shape check and the JSON
//! Schemas are both read off these tables, so they cannot disagree about what
//! exists. References are to Open Badges 3.0 §B (data model), Verifiable
//! Credentials Data Model 2.0 and 1.1, and Bitstring Status List 1.0.

mod achievement;
mod class;
mod credential;
mod enumeration;
mod presentation;
mod profile;
mod service;
mod status_list;
mod subject;

pub use achievement::{
    ACHIEVEMENT, ALIGNMENT, CRITERIA, RELATED, RESULT_DESCRIPTION, RUBRIC_CRITERION_LEVEL,
};
pub use class::{Cardinality, Class, Contexts, Due, Form, Kind, MOST_PROPERTIES, OneOf, Property};
pub use credential::{
    ACHIEVEMENT_CREDENTIAL, ACHIEVEMENT_CREDENTIAL_1_1, ENDORSEMENT_CREDENTIAL,
    ENDORSEMENT_CREDENTIAL_1_1, VERIFIABLE_CREDENTIAL, VERIFIABLE_CREDENTIAL_1_1,
};
pub use enumeration::{
    ACHIEVEMENT_TYPE, ALIGNMENT_TARGET_TYPE, Enumeration, IDENTIFIER_TYPE, RESULT_STATUS_TYPE,
    RESULT_TYPE,
};
pub use presentation::{VERIFIABLE_PRESENTATION, VERIFIABLE_PRESENTATION_1_1};
pub use profile::{ADDRESS, GEO_COORDINATES, IDENTIFIER_ENTRY, IMAGE, PROFILE};
pub use service::{CREDENTIAL_SCHEMA, CREDENTIAL_STATUS, PROOF, REFRESH_SERVICE, TERMS_OF_USE};
pub use status_list::{
    BITSTRING_STATUS_LIST, BITSTRING_STATUS_LIST_CREDENTIAL, STATUS_LIST_2021,
    STATUS_LIST_2021_CREDENTIAL, STATUS_LIST_2021_CREDENTIAL_1_1,
};
pub use subject::{ACHIEVEMENT_SUBJECT, ENDORSEMENT_SUBJECT, EVIDENCE, IDENTITY_OBJECT, RESULT};

pub(crate) use enumeration::EXTENSION_PATTERN;

use super::kind::VcVersion;
use crate::limits;

/// A short text: a name, a code, a label.
const LABEL: Kind = Kind::Text(limits::NAME_BYTES);

/// A longer text in plain words.
const DESCRIPTION: Kind = Kind::Text(limits::DESCRIPTION_BYTES);

/// Text made by machines; its length is the business of whoever reads it.
const TOKEN: Kind = Kind::Text(usize::MAX);

const fn property(name: &'static str, kind: Kind, required: bool, form: Form) -> Property {
    Property {
        name,
        kind,
        cardinality: Cardinality { required, form },
    }
}

/// `1`.
const fn one(name: &'static str, kind: Kind) -> Property {
    property(name, kind, true, Form::One)
}

/// `0..1`.
const fn optional(name: &'static str, kind: Kind) -> Property {
    property(name, kind, false, Form::One)
}

/// `0..*`.
const fn many(name: &'static str, kind: Kind) -> Property {
    property(name, kind, false, Form::Many)
}

/// `1..*`.
const fn some(name: &'static str, kind: Kind) -> Property {
    property(name, kind, true, Form::Many)
}

/// `0..1` when issuing, `0..*` when checking.
const fn optional_to_issue(name: &'static str, kind: Kind) -> Property {
    property(name, kind, false, Form::OneToIssue)
}

/// `1` when issuing, `1..*` when checking.
const fn one_to_issue(name: &'static str, kind: Kind) -> Property {
    property(name, kind, true, Form::OneToIssue)
}

/// `0..*`, written either way.
const fn either(name: &'static str, kind: Kind) -> Property {
    property(name, kind, false, Form::OneOrMany)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_is_found_and_nothing_else() {
        for class in [
            &ACHIEVEMENT_CREDENTIAL,
            &ACHIEVEMENT,
            &PROFILE,
            &CRITERIA,
            &PROOF,
        ] {
            for (index, property) in class.properties.iter().enumerate() {
                let found = class.find(property.name).expect(property.name);
                assert_eq!(found.0, index, "{}", property.name);
            }
            for other in ["", "Id", "nam", "namee", "endorsementjwt", "@id", "\u{0}"] {
                assert!(class.find(other).is_none(), "{other}");
            }
        }
    }

    #[test]
    fn missing_names_only_what_is_required_and_unseen() {
        let names = |seen| -> Vec<&str> {
            ACHIEVEMENT
                .missing(seen)
                .map(|property| property.name)
                .collect()
        };
        assert_eq!(names(0), ["id", "type", "criteria", "description", "name"]);
        assert_eq!(names(u32::MAX), [""; 0]);
        let (id, _) = ACHIEVEMENT.find("id").expect("a property");
        assert_eq!(names(1 << id), ["type", "criteria", "description", "name"]);
    }
}

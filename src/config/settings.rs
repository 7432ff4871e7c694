//! How a section of settings is written down: once.
//!
//! `settings!` makes the section's struct, the table of its fields (for the
//! sample, the manual and unknown names) and the reading of it from one list.

use super::given::Given;
use super::problem::{Problem, Wrong};
use super::raw::Raw;

/// One setting, as it is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The section; empty for what stands before all sections.
    pub section: &'static str,
    /// The key.
    pub key: &'static str,
    /// The default as it is written in a variable; `[]` is an empty list, and
    /// an empty text is "not set".
    pub default: &'static str,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
}

/// These never stand in the file: only a variable, or a file of their own.
const SECRETS: [&str; 2] = ["passphrase", "pkcs11_pin"];

impl Field {
    /// `section.key`.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.section, self.key)
    }

    /// The variable that sets it.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("COUNTERSIGN_{}", self.name().replace('.', "_")).to_ascii_uppercase()
    }

    /// Whether its value is a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.section == "keys" && SECRETS.contains(&self.key)
    }

    /// Whether it takes several values.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.default.starts_with('[')
    }

    /// What it means, on one line.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.meaning
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// `section.key`, or the key alone.
pub(super) fn name(section: &str, key: &str) -> String {
    if section.is_empty() {
        key.to_owned()
    } else {
        format!("{section}.{key}")
    }
}

/// Reads a value, or writes down what is wrong with it.
pub(super) fn take<T>(
    given: &Given,
    (section, key): (&str, &str),
    parse: fn(&Raw) -> Result<T, Wrong>,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let name = name(section, key);
    let raw = given.raw(&name)?;
    match parse(raw) {
        Ok(value) => Some(value),
        Err(wrong) => {
            problems.push(given.problem(&name, wrong));
            None
        }
    }
}

/// Writes down a section: `key: Type = "default" => reader;`.
macro_rules! settings {
    (
        $(#[doc = $about:literal])+
        $vis:vis struct $name:ident = $section:literal {
            $( $(#[doc = $meaning:literal])+ $key:ident: $type:ty = $default:literal => $parse:expr; )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis struct $name { $( $(#[doc = $meaning])+ pub $key: $type, )+ }

        /// The section while it is read: what could not be read is missing.
        #[derive(Debug)]
        pub(super) struct Draft { $( pub(super) $key: Option<$type>, )+ }

        /// The settings of this section.
        pub(super) const FIELDS: &[super::settings::Field] = &[ $( super::settings::Field {
            section: $section,
            key: stringify!($key),
            default: $default,
            meaning: concat!($($meaning),+),
        } ),+ ];

        impl Draft {
            pub(super) fn read(
                given: &super::given::Given,
                problems: &mut Vec<super::problem::Problem>,
            ) -> Self {
                Self { $( $key: super::settings::take::<$type>(
                    given, ($section, stringify!($key)), $parse, problems,
                ), )+ }
            }

            /// The section, if nothing is missing.
            pub(super) fn finish(self) -> Option<$name> {
                Some($name { $( $key: self.$key?, )+ })
            }
        }
    };
}

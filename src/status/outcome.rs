//! What the value of a status entry means for the badge.

use super::{ListEntry, Purpose};

/// What a list says about one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The entry is not set.
    NotSet,
    /// Withdrawn for good. Counts.
    Revoked {
        /// What the issuer says to this value, for the technical details.
        message: Option<String>,
    },
    /// Paused. Counts, and may end.
    Suspended {
        /// What the issuer says to this value, for the technical details.
        message: Option<String>,
    },
    /// Something the issuer lets readers know; the badge stays as it is
    /// (Bitstring Status List v1.0 §2.1 on `refresh` and `message`).
    Information {
        /// What the list is for.
        purpose: Purpose,
        /// The value.
        status: u64,
        /// What the issuer says to this value, for the technical details.
        message: Option<String>,
    },
}

impl Outcome {
    /// What `value` means in a list of the entry's purpose.
    ///
    /// Any value but 0 is "set". A message list gives a meaning to 0, too: if
    /// the entry says which, that is information.
    #[must_use]
    pub fn of(entry: &ListEntry, value: u64) -> Self {
        let message = message(entry, value);
        match (&entry.purpose, value) {
            (Purpose::Message, 0) if message.is_some() => Self::Information {
                purpose: Purpose::Message,
                status: 0,
                message,
            },
            (_, 0) => Self::NotSet,
            (Purpose::Revocation, _) => Self::Revoked { message },
            (Purpose::Suspension, _) => Self::Suspended { message },
            (purpose, status) => Self::Information {
                purpose: purpose.clone(),
                status,
                message,
            },
        }
    }

    /// Whether the badge is not to be relied on.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(self, Self::Revoked { .. } | Self::Suspended { .. })
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotSet => "not_set",
            Self::Revoked { .. } => "revoked",
            Self::Suspended { .. } => "suspended",
            Self::Information { .. } => "information",
        }
    }

    /// What the issuer says to this value.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::NotSet => None,
            Self::Revoked { message }
            | Self::Suspended { message }
            | Self::Information { message, .. } => message.as_deref(),
        }
    }
}

/// `undefined` stands for "no meaning yet" (§2.1).
fn message(entry: &ListEntry, value: u64) -> Option<String> {
    entry
        .messages
        .iter()
        .find(|message| message.status == value)
        .map(|message| message.message.clone())
        .filter(|message| message != "undefined")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::StatusMessage;

    fn entry(purpose: &str, messages: &[&str]) -> ListEntry {
        let mut entry = ListEntry::new(
            "https://example.com/s".into(),
            0,
            Purpose::from_text(purpose),
        );
        entry.messages = messages
            .iter()
            .zip(0..)
            .map(|(message, status)| StatusMessage {
                status,
                message: (*message).to_owned(),
            })
            .collect();
        entry
    }

    #[track_caller]
    fn check(purpose: &str, value: u64, code: &str, counts: bool) {
        let outcome = Outcome::of(&entry(purpose, &[]), value);
        assert_eq!(
            (outcome.code(), outcome.counts()),
            (code, counts),
            "{purpose}"
        );
        assert_eq!(outcome.message(), None);
    }

    #[test]
    fn only_revocation_and_suspension_count() {
        check("revocation", 1, "revoked", true);
        check("revocation", 3, "revoked", true);
        check("suspension", 1, "suspended", true);
        check("refresh", 1, "information", false);
        check("message", 1, "information", false);
        check("colour", 1, "information", false);
        check("Revocation", 1, "information", false);
        for purpose in ["revocation", "suspension", "refresh", "message", "colour"] {
            check(purpose, 0, "not_set", false);
        }
    }

    #[test]
    fn the_issuers_words_are_looked_up() {
        let entry_of = |purpose| entry(purpose, &["red", "blue", "undefined"]);
        let said = |purpose, value| {
            let outcome = Outcome::of(&entry_of(purpose), value);
            (outcome.code(), outcome.message().map(str::to_owned))
        };
        assert_eq!(said("message", 0), ("information", Some("red".into())));
        assert_eq!(said("message", 1), ("information", Some("blue".into())));
        assert_eq!(said("message", 2), ("information", None));
        assert_eq!(said("message", 3), ("information", None));
        assert_eq!(said("revocation", 1), ("revoked", Some("blue".into())));
        assert_eq!(said("revocation", 0), ("not_set", None));
        let undefined = Outcome::of(&entry("message", &["undefined"]), 0);
        assert_eq!(undefined, Outcome::NotSet);
    }
}

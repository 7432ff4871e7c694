//! Where a sealed key belongs.

use crate::keys::Algorithm;

/// Where a sealed key belongs. All of it is needed to open the key, and none of
/// it is kept with it: it is what the row says where the key lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Whose key it is: the issuer's own identifier, which never changes.
    pub tenant: &'a str,
    /// Which of the issuer's keys.
    pub key: &'a str,
    /// What kind of key.
    pub algorithm: Algorithm,
    /// What it is for.
    pub purpose: Purpose,
}

/// What a key is for. No key is for two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Badges, endorsements, status lists.
    Assertion,
    /// Statements to other nodes about whom we vouch for.
    Federation,
    /// Requests to other nodes.
    Transport,
    /// Checkpoints of the audit log.
    Audit,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 4] = [
        Self::Assertion,
        Self::Federation,
        Self::Transport,
        Self::Audit,
    ];

    /// The name it is stored by, which never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assertion => "assertion",
            Self::Federation => "federation",
            Self::Transport => "transport",
            Self::Audit => "audit",
        }
    }

    /// The purpose of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }
}

impl<'a> Place<'a> {
    /// What the sealed bytes are bound to.
    pub(super) const fn parts(&self) -> [&'a str; 4] {
        [
            self.tenant,
            self.key,
            self.algorithm.jose(),
            self.purpose.name(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_is_found_by_its_name_and_no_other() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::named(purpose.name()), Some(purpose));
        }
        for name in ["", "Assertion", "assertion ", "signing"] {
            assert_eq!(Purpose::named(name), None, "{name:?}");
        }
    }
}

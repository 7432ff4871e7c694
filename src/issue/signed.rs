//! What signing makes.

use crate::json::Object;
use std::borrow::Cow;

/// A signed credential.
#[derive(Debug, Clone, PartialEq)]
pub enum Signed {
    /// With its proofs in it.
    Json(Object<'static>),
    /// In a token.
    Token(String),
}

impl Signed {
    /// The text that was checked: compact JSON, or the token.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Json(object) => Cow::Owned(object.to_json()),
            Self::Token(token) => Cow::Borrowed(token),
        }
    }

    /// What to send as `Content-Type` (Open Badges 3.0 §6.2.2).
    #[must_use]
    pub const fn media_type(&self) -> &'static str {
        match self {
            Self::Json(_) => "application/vc+ld+json",
            Self::Token(_) => "text/plain",
        }
    }
}

//! Why a tree has no canonical form.

/// Why a JSON tree cannot be read as JSON-LD, or canonicalised.
///
/// Paths are JSON Pointers (RFC 6901) into the tree that was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A member or type that no context gives a meaning to; it would not be
    /// covered by the signature.
    #[error("“{term}” has no meaning in the badge's contexts (at {path})")]
    UnmappedTerm {
        /// The member name or type.
        term: String,
        /// Where.
        path: String,
    },
    /// A keyword that re-arranges the statements, a name that only looks like
    /// one, or another spelling of a member that hides it from readers.
    #[error("“{key}” may not be used here (at {path})")]
    Keyword {
        /// The member name.
        key: String,
        /// Where.
        path: String,
    },
    /// An identifier that is not an absolute IRI in full.
    #[error("“{value}” is not a full web address or identifier (at {path})")]
    NotAbsolute {
        /// What was written.
        value: String,
        /// Where.
        path: String,
    },
    /// A value whose shape JSON-LD does not allow here, or whose content would
    /// be left out of the signature.
    #[error("{what} (at {path})")]
    Shape {
        /// What is wrong.
        what: &'static str,
        /// Where.
        path: String,
    },
    /// A context that is not one of the known ones.
    #[error("the context {url} is not one we know")]
    UnknownContext {
        /// Its address, or `inline` for a context written into the document.
        url: String,
    },
    /// The contexts contradict each other, or are not contexts.
    #[error("the contexts cannot be combined: {why}")]
    ContextConflict {
        /// The code of the JSON-LD API.
        why: String,
    },
    /// A JSON-LD feature that this pass leaves to others.
    #[error("{feature} is not supported")]
    Unsupported {
        /// Which.
        feature: &'static str,
    },
    /// More contexts than we compile for one document.
    #[error("the document combines too many contexts")]
    ContextLimit,
    /// More statements or blank nodes than L-06.
    #[error("the document makes too many statements")]
    TooLarge,
    /// RDFC-1.0 did not end within L-07.
    #[error("the document is too tangled to be put in order")]
    CanonicalizationLimit,
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnmappedTerm { .. } => "jsonld_unmapped_term",
            Self::Keyword { .. } => "jsonld_keyword",
            Self::NotAbsolute { .. } => "iri_not_absolute",
            Self::Shape { .. } => "jsonld_shape_mismatch",
            Self::UnknownContext { .. } | Self::ContextConflict { .. } => "context_not_allowed",
            Self::Unsupported { .. } => "jsonld_unsupported",
            Self::ContextLimit | Self::TooLarge => "rdf_too_large",
            Self::CanonicalizationLimit => "canonicalization_limit",
        }
    }

    /// Whether we cannot judge, rather than the document doing wrong.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        match self {
            Self::UnmappedTerm { .. }
            | Self::Keyword { .. }
            | Self::NotAbsolute { .. }
            | Self::Shape { .. } => false,
            Self::UnknownContext { .. }
            | Self::ContextConflict { .. }
            | Self::Unsupported { .. }
            | Self::ContextLimit
            | Self::TooLarge
            | Self::CanonicalizationLimit => true,
        }
    }
}

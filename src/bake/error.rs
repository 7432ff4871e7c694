//! Why a badge cannot be put into a picture, or taken out of one.
//!
//! Three things stay apart: what the picture does wrong, a limit that was
//! reached ([`Error::is_limit`]: nobody did wrong), and a good picture without
//! a badge ([`Error::NoBadge`]).

use crate::json;

/// Why baking or unbaking stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are neither a PNG nor an SVG (the only two that can be baked).
    #[error("the file is neither a PNG nor an SVG picture")]
    NotAnImage,
    /// The PNG is broken.
    #[error("the PNG cannot be used: {0}")]
    Png(#[from] PngFault),
    /// The SVG is broken, or says something we do not follow.
    #[error("the SVG cannot be used: {0}")]
    Svg(#[from] SvgFault),
    /// The SVG, or the badge in the picture, is not UTF-8.
    #[error("the text in the picture is not UTF-8")]
    Utf8,
    /// The picture is fine and holds no badge.
    #[error("there is no badge in the picture")]
    NoBadge,
    /// A limit was reached.
    #[error("the picture is too large: {0}")]
    Limit(#[from] Limit),
    /// The badge to be baked is not a JSON object that can be read back.
    #[error("the badge cannot be baked: {0}")]
    BadgeJson(json::Error),
    /// The badge to be baked is not a compact JWS (RFC 7515 §3.1).
    #[error("the badge cannot be baked: it is not a compact JWS")]
    BadgeJws,
    /// The address of the hosted assertion is not an `http` or `https` URL.
    #[error("the badge cannot be baked: its address is not a web address")]
    BadgeUrl,
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAnImage => "media_type",
            Self::Png(_) => "png_malformed",
            Self::Svg(_) => "svg_refused",
            Self::Utf8 => "utf8_invalid",
            Self::NoBadge => "no_badge_found",
            Self::Limit(_) => "image_limits",
            Self::BadgeJson(error) => error.code(),
            Self::BadgeJws => "jws_malformed",
            Self::BadgeUrl => "url_invalid",
        }
    }

    /// Whether a limit was reached: we cannot judge, and nobody did wrong.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        match self {
            Self::Limit(_) => true,
            Self::BadgeJson(error) => error.is_limit(),
            _ => false,
        }
    }
}

/// What a PNG does wrong (PNG third edition, §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PngFault {
    /// The bytes end inside a chunk, or before `IEND`.
    #[error("it ends too early")]
    Truncated,
    /// A length above 2^31 − 1, or a type that is not four letters.
    #[error("a chunk is malformed (at byte {at})")]
    Chunk {
        /// Where the chunk begins.
        at: usize,
    },
    /// The checksum of a critical chunk or of the badge is wrong.
    #[error("a checksum is wrong (at byte {at})")]
    Checksum {
        /// Where the chunk begins.
        at: usize,
    },
    /// A chunk stands where it may not.
    #[error("its chunks are in the wrong order (at byte {at})")]
    Order {
        /// Where the chunk begins.
        at: usize,
    },
    /// `IHDR` has another length, or a side of zero pixels.
    #[error("its header is malformed")]
    Header,
    /// The text chunk that should hold the badge has no text.
    #[error("the chunk that should hold the badge is malformed")]
    Badge,
    /// The compressed badge does not inflate.
    #[error("the compressed badge is broken")]
    Inflate,
}

/// What is wrong with an SVG, or what we refuse in one (SEC-67).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SvgFault {
    /// Not well-formed XML, or not with namespaces.
    #[error("it is not well-formed XML (at byte {at})")]
    Xml {
        /// Where reading stopped.
        at: usize,
    },
    /// The elements are not closed at the end.
    #[error("it ends too early")]
    Truncated,
    /// The XML declaration names another encoding than UTF-8.
    #[error("it says that it is not UTF-8")]
    Encoding,
    /// The badge refers to an entity, which we would have to expand.
    #[error("the badge in it uses an entity")]
    Entity,
    /// The badge contains elements, so its text has more than one reading.
    #[error("the badge in it contains markup")]
    Markup,
}

/// Which limit was reached (L-01, L-15, L-16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// Bytes of the picture.
    #[error("too many bytes")]
    Bytes,
    /// Pixels a side.
    #[error("too many pixels")]
    Pixels,
    /// Chunks of a PNG.
    #[error("too many chunks")]
    Chunks,
    /// Bytes of the badge, after inflating.
    #[error("the badge in it is too long")]
    Badge,
    /// Elements of an SVG.
    #[error("too many elements")]
    Elements,
    /// Nesting of an SVG.
    #[error("elements nested too deeply")]
    Depth,
    /// Attributes of one element, or namespaces in force at one place.
    #[error("too many attributes or namespaces")]
    Attributes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_limits_are_limits() {
        assert!(Error::from(Limit::Pixels).is_limit());
        assert!(Error::BadgeJson(json::Error::TooDeep).is_limit());
        for error in [
            Error::NoBadge,
            Error::NotAnImage,
            Error::Utf8,
            Error::BadgeJws,
            Error::from(PngFault::Truncated),
            Error::from(SvgFault::Entity),
            Error::BadgeJson(json::Error::Utf8),
        ] {
            assert!(!error.is_limit(), "{error}");
        }
    }

    #[test]
    fn the_codes_of_the_error_register_are_kept() {
        assert_eq!(Error::NotAnImage.code(), "media_type");
        assert_eq!(Error::from(Limit::Depth).code(), "image_limits");
        assert_eq!(Error::from(SvgFault::Markup).code(), "svg_refused");
        assert_eq!(
            Error::BadgeJson(json::Error::TooLarge).code(),
            "json_too_large"
        );
    }
}

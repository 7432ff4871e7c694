//! Why a picture cannot be taken.
//!
//! The texts are for whoever drew the picture: they name the element or the
//! attribute, so that it can be taken out.

use super::Kind;

/// Why a picture cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// More bytes than L-01.
    #[error("the file is larger than 4 MiB")]
    Bytes,
    /// Neither PNG nor JPEG nor SVG, by its content.
    #[error("the file is neither a PNG nor a JPEG nor an SVG picture")]
    Kind,
    /// A JPEG for printing presses. Its colours depend on the press.
    #[error("the JPEG has four colours for printing (CMYK); save it with red, green and blue")]
    Colours,
    /// The picture is broken.
    #[error("the {0} picture is broken")]
    Broken(Kind),
    /// A limit was reached.
    #[error("the picture is too large: {0}")]
    Limit(#[from] Limit),
    /// The SVG has something in it that is more than a drawing.
    #[error("the SVG cannot be used: {0}")]
    Svg(#[from] Refusal),
}

/// Which limit was reached (L-15, L-16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// Bytes of an SVG, read or written.
    #[error("an SVG may have 512 KiB")]
    Bytes,
    /// Pixels a side, or of all pictures inside an SVG.
    #[error("it has more than 4,096 pixels a side")]
    Pixels,
    /// Chunks of a PNG, or scans of a JPEG.
    #[error("it is in too many pieces")]
    Pieces,
    /// Elements of an SVG.
    #[error("it has more than 10,000 elements")]
    Elements,
    /// Nesting of an SVG.
    #[error("its elements are nested too deeply")]
    Depth,
    /// Attributes of one element, or namespaces in force at one place.
    #[error("an element has too many attributes")]
    Attributes,
    /// What `use`, patterns and masks would draw.
    #[error("it uses parts of itself too often")]
    Uses,
}

/// What is wrong with an SVG, or what we refuse in one (SEC-67).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not well-formed XML, or not with namespaces.
    #[error("it is not well-formed XML (at byte {at})")]
    Xml {
        /// Where reading stopped.
        at: usize,
    },
    /// Another encoding than UTF-8.
    #[error("it is not UTF-8")]
    Encoding,
    /// The root is not in SVG's namespace, so no browser would show it.
    #[error("its first element lacks xmlns=\"http://www.w3.org/2000/svg\"")]
    Namespace,
    /// An entity, or a DOCTYPE that declares some.
    #[error("it uses or declares entities")]
    Entity,
    /// `xml-stylesheet`.
    #[error("it asks for a style sheet elsewhere")]
    Instruction,
    /// An element that acts: it runs, moves, links or loads.
    #[error("the element {name} is more than a drawing; take it out")]
    Active {
        /// The element.
        name: String,
    },
    /// An element of SVG that we do not know.
    #[error("the element {name} is not among those we take; draw it with plain shapes")]
    Element {
        /// The element.
        name: String,
    },
    /// An attribute that acts: `onload` and its like, `xml:base`.
    #[error("the attribute {name} of {element} is more than a drawing; take it out")]
    Attribute {
        /// The element.
        element: String,
        /// The attribute.
        name: String,
    },
    /// A reference to something outside the picture.
    #[error("{element} refers in {name} to something outside the picture; embed it as a PNG")]
    Outside {
        /// The element.
        element: String,
        /// The attribute or property.
        name: String,
    },
    /// A picture inside that cannot be read.
    #[error("a picture inside it is neither a sound PNG nor a sound JPEG")]
    Image,
    /// CSS beyond simple rules: at-rules, combined selectors, escapes.
    #[error("its style sheet has {0}; set colours at the elements themselves")]
    Style(&'static str),
    /// Neither `viewBox` nor `width` and `height`.
    #[error("it has no size: neither viewBox nor width and height")]
    Size,
    /// Something is drawn with itself.
    #[error("a part of it is drawn with itself ({id})")]
    Loop {
        /// The part's `id`.
        id: String,
    },
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Bytes => "payload_too_large",
            Self::Kind | Self::Colours => "media_type",
            Self::Broken(Kind::Png) => "png_malformed",
            Self::Broken(Kind::Jpeg) => "jpeg_malformed",
            Self::Limit(_) => "image_limits",
            Self::Broken(Kind::Svg) | Self::Svg(_) => "svg_refused",
        }
    }

    /// Whether a limit was reached: nobody did wrong.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        matches!(self, Self::Bytes | Self::Limit(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_the_error_register_are_kept() {
        for (error, code, is_limit) in [
            (Error::Bytes, "payload_too_large", true),
            (Error::Kind, "media_type", false),
            (Error::Colours, "media_type", false),
            (Error::Broken(Kind::Png), "png_malformed", false),
            (Error::Broken(Kind::Jpeg), "jpeg_malformed", false),
            (Limit::Uses.into(), "image_limits", true),
            (Refusal::Size.into(), "svg_refused", false),
        ] {
            assert_eq!((error.code(), error.is_limit()), (code, is_limit));
        }
    }
}

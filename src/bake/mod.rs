//! Badges in pictures: put one into a PNG or an SVG, and take it out again
//! (Open Badges 3.0, "Baked Badge"; Open Badges 2.0 Baking Specification).
//!
//! **Promises.** A picture is told by its content, never by a name. Baking
//! splices: every byte of the picture that is not a badge stays as it was
//! (except bytes after the end of a PNG, which go). The result holds exactly
//! one badge, old ones of either generation are removed first, and baking the
//! same badge again changes nothing. Whatever [`bake`] returns, [`unbake`]
//! reads. Every stranger's input is bounded by [`crate::limits`]; nothing is
//! decoded, drawn, run, fetched or expanded, and nothing recurses.
//!
//! **Not done here.** Nothing in a badge is verified. An SVG is not made safe
//! to be shown: it may hold scripts.
//!
//! Layout, byte for byte:
//!
//! | | 3.0 | 2.0 |
//! |---|---|---|
//! | PNG | `iTXt`, keyword `openbadgecredential`, five zero bytes, JSON or JWS | the same, keyword `openbadges` |
//! | SVG | `credential` in `https://purl.imsglobal.org/ob/v3p0`: JSON in CDATA, or JWS in `verify` | `assertion` in `http://openbadges.org`: URL in `verify` and JSON in CDATA, or JWS in `verify` |

mod error;
mod payload;
mod png;
mod svg;
#[cfg(test)]
mod tests;

pub use error::{Error, Limit, PngFault, SvgFault};
pub use payload::{Badge, Generation, Payload};

/// A kind of picture that can hold a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics, as plain text.
    Svg,
}

/// What was found in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baked {
    /// The picture's kind.
    pub image: ImageKind,
    /// The edition of Open Badges, by keyword or namespace.
    pub generation: Generation,
    /// The badge, unverified.
    pub payload: Payload,
    /// What was odd and tolerated, each once.
    pub notes: Vec<Note>,
}

/// Something a picture should not do, and that takes nothing from its badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// There are several badges; the first one was taken (L-15).
    SeveralBadges,
    /// The badge was compressed, which the standard forbids.
    Compressed,
    /// A 3.0 badge in `tEXt` or `zTXt` instead of `iTXt`.
    PlainTextChunk,
    /// There are bytes after the end of the PNG.
    BytesAfterEnd,
    /// The element has a JWS in `verify` and text too; the JWS was taken.
    TextBesideJws,
}

impl Note {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SeveralBadges => "baked_several_badges",
            Self::Compressed => "baked_compressed",
            Self::PlainTextChunk => "baked_plain_text_chunk",
            Self::BytesAfterEnd => "baked_bytes_after_end",
            Self::TextBesideJws => "baked_text_beside_jws",
        }
    }
}

/// Tells a picture by its content: the PNG signature, or a root element named
/// `svg`. Whether the rest is sound is not looked at.
#[must_use]
pub fn looks_like(bytes: &[u8]) -> Option<ImageKind> {
    if bytes.starts_with(&png::SIGNATURE) {
        Some(ImageKind::Png)
    } else if svg::is_svg(bytes) {
        Some(ImageKind::Svg)
    } else {
        None
    }
}

/// The PNG without anything that is not needed for its pixels, bounded like
/// every PNG here. What the pixels look like is not looked at.
pub(crate) fn png_pixels_only(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    png::pixels_only(bytes)
}

/// Takes the badge out of a picture.
///
/// # Errors
/// [`Error`]; [`Error::NoBadge`] for a sound picture without a badge.
///
/// ```
/// use countersign::bake::{self, Generation, Payload};
/// let picture = br#"<svg xmlns="http://www.w3.org/2000/svg"
///     xmlns:ob="https://purl.imsglobal.org/ob/v3p0"><ob:credential verify="e30.e30.AA"/></svg>"#;
/// let baked = bake::unbake(picture)?;
/// assert_eq!(baked.generation, Generation::V3);
/// assert_eq!(baked.payload, Payload::Jws("e30.e30.AA".into()));
/// # Ok::<(), bake::Error>(())
/// ```
pub fn unbake(bytes: &[u8]) -> Result<Baked, Error> {
    match looks_like(bytes) {
        Some(ImageKind::Png) => png::unbake(bytes),
        Some(ImageKind::Svg) => svg::unbake(bytes),
        None => Err(Error::NotAnImage),
    }
}

/// Puts `badge` into a picture, in place of any badge that is there.
///
/// # Errors
/// [`Error`]: the picture or the badge cannot be used, or the result would be
/// beyond what [`unbake`] reads.
///
/// ```
/// use countersign::bake::{self, Badge, Payload};
/// let picture = bake::bake(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Badge::Json("{}"))?;
/// assert_eq!(bake::unbake(&picture)?.payload, Payload::Json("{}".into()));
/// # Ok::<(), bake::Error>(())
/// ```
pub fn bake(image: &[u8], badge: Badge<'_>) -> Result<Vec<u8>, Error> {
    let badge = badge.checked()?;
    let mut baked = splice(image, &badge)?;
    // Declaring the prefix can make badges of elements that were none before.
    // It is declared now, so once more is enough.
    if unbake(&baked)?.notes.contains(&Note::SeveralBadges) {
        baked = splice(&baked, &badge)?;
        unbake(&baked)?;
    }
    Ok(baked)
}

fn splice(image: &[u8], badge: &payload::Checked<'_>) -> Result<Vec<u8>, Error> {
    match looks_like(image) {
        Some(ImageKind::Png) => png::bake(image, badge),
        Some(ImageKind::Svg) => svg::bake(image, badge),
        None => Err(Error::NotAnImage),
    }
}

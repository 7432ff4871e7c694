//! Pictures of badges, made anew from what strangers upload (SEC-67, SEC-68).
//!
//! [`sanitise`] takes a file and returns a [`Picture`] in which every byte is
//! ours: pixels are decoded and encoded again, drawings are read and written
//! again from a list of what a drawing needs. Nothing is cut out of the
//! original, because what somebody forgot to cut out would stay.
//!
//! **Promises.** The kind is told by content. A PNG or JPEG comes back as a PNG
//! that has pixels and nothing else: no EXIF, no text, no colour profile, no
//! animation, nothing behind its end; JPEGs stand upright. An SVG comes back
//! without anything that runs, moves, links or loads, as UTF-8 without DOCTYPE
//! or entities, with a size. Whoever drew something that acts is told so
//! (`svg_refused`, with its name); what is only of use to a drawing program is
//! left out silently. Making a picture anew twice is making it anew once. A
//! badge baked into the file is **not** kept: this is for pictures of designs.
//! [`drawn`] makes a plain picture for a design that has none.
//!
//! **Cost.** A picture of 4,096 × 4,096 pixels needs up to 250 MB while it is
//! made anew. The caller does one or two at a time.
//!
//! **Does not** serve. Files go out from a host of their own, or with
//! `Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline';
//! sandbox` and `nosniff` (SEC-65), so that a mistake here is not the end.

mod drawn;
mod error;
mod jpeg;
mod plain;
mod raster;
mod svg;
#[cfg(test)]
mod tests;
mod wrap;

use std::fmt;

pub use drawn::drawn;
pub use error::{Error, Limit, Refusal};
pub use plain::plain_png;

use crate::{bake, limits};
use sha2::{Digest as _, Sha256};

/// A kind of picture that may be uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Portable Network Graphics.
    Png,
    /// JPEG; comes back as a PNG.
    Jpeg,
    /// Scalable Vector Graphics, as plain text.
    Svg,
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Svg => "SVG",
        })
    }
}

impl Kind {
    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }

    /// Tells a picture by its content. Whether the rest is sound is not looked
    /// at.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&jpeg::START) {
            return Some(Self::Jpeg);
        }
        bake::looks_like(bytes).map(|kind| match kind {
            bake::ImageKind::Png => Self::Png,
            bake::ImageKind::Svg => Self::Svg,
        })
    }
}

/// A picture that may be shown: only [`sanitise`] makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    kind: Kind,
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    digest: String,
}

impl Picture {
    fn new(kind: Kind, bytes: Vec<u8>, (width, height): (u32, u32)) -> Self {
        let digest = Sha256::digest(&bytes);
        let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Self {
            kind,
            bytes,
            width,
            height,
            digest,
        }
    }

    /// PNG or SVG.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// `image/png` or `image/svg+xml`.
    #[must_use]
    pub const fn media_type(&self) -> &'static str {
        self.kind.media_type()
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file, for whoever keeps it.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Pixels from left to right; of a drawing, as many as it asks for.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Pixels from top to bottom.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// SHA-256 of the file in 64 lower-case hexadecimal digits: its name.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// Makes a picture anew.
///
/// # Errors
/// [`Error`], with a text for whoever made the picture.
///
/// ```
/// use countersign::picture;
/// let file = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="4"/></svg>"#;
/// let picture = picture::sanitise(file)?;
/// assert_eq!(picture.media_type(), "image/svg+xml");
/// let again = picture::sanitise(picture.bytes())?;
/// assert_eq!(picture, again);
///
/// let file = br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#;
/// let error = picture::sanitise(file).expect_err("it acts");
/// assert_eq!(error.code(), "svg_refused");
/// # Ok::<(), picture::Error>(())
/// ```
pub fn sanitise(bytes: &[u8]) -> Result<Picture, Error> {
    if bytes.len() > limits::IMAGE_BYTES {
        return Err(Error::Bytes);
    }
    match Kind::of(bytes).ok_or(Error::Kind)? {
        Kind::Svg => {
            let (text, size) = svg::remake(bytes)?;
            Ok(Picture::new(Kind::Svg, text.into_bytes(), size))
        }
        kind => {
            let room = raster::Room {
                pixels: raster::MOST_PIXELS,
                bytes: limits::PICTURE_BYTES,
            };
            let made = raster::remake(kind, bytes, room)?;
            Ok(Picture::new(Kind::Png, made.png, made.size))
        }
    }
}

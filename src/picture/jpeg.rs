//! What a JPEG says about itself before anything of it is decoded (ITU T.81,
//! annex B).

use super::Kind;
use super::error::{Error, Limit};
use crate::limits;

/// Start of image, and the beginning of the marker that follows.
pub(super) const START: [u8; 3] = [0xff, 0xd8, 0xff];

/// Width and height of a JPEG that we would decode: of three colours or of
/// grey, within L-15, not in endless scans.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Error> {
    let scans = bytes.windows(2).filter(|pair| *pair == [0xff, 0xda]);
    if scans.count() > limits::JPEG_SCANS {
        return Err(Limit::Pieces.into());
    }
    let frame = frame(bytes).ok_or(Error::Broken(Kind::Jpeg))?;
    let [_, high, low, wide, narrow, colours] = *frame;
    let height = u32::from(u16::from_be_bytes([high, low]));
    let width = u32::from(u16::from_be_bytes([wide, narrow]));
    if width == 0 || height == 0 {
        return Err(Error::Broken(Kind::Jpeg));
    }
    if width.max(height) > limits::PNG_PIXELS_A_SIDE {
        return Err(Limit::Pixels.into());
    }
    match colours {
        1 | 3 => Ok((width, height)),
        _ => Err(Error::Colours),
    }
}

/// The frame header: precision, height, width, number of colours.
fn frame(bytes: &[u8]) -> Option<&[u8; 6]> {
    let mut rest = bytes.get(2..)?;
    loop {
        let (mark, after) = rest.split_first_chunk::<2>()?;
        let [0xff, marker] = *mark else { return None };
        rest = match marker {
            // Fill bytes may stand before a marker.
            0xff => rest.get(1..)?,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return after.get(2..)?.first_chunk();
            }
            0x01 | 0xd0..=0xd8 => after,
            // Pixels or the end, and no frame header so far.
            0xd9 | 0xda | 0x00 => return None,
            _ => {
                let length = u16::from_be_bytes(*after.first_chunk()?);
                after.get(usize::from(length).max(2)..)?
            }
        };
    }
}

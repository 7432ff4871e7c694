//! SVG: read as events, built again from a list of what a drawing needs.
//!
//! | file | does |
//! |---|---|
//! | `read` | XML: events, namespaces, limits |
//! | `names` | the list: elements, attributes, properties, and the kind of each |
//! | `value` | one value, held to its kind |
//! | `css` | `style` attributes and simple style sheets |
//! | `build` | decides for each element: kept, left out, refused |
//! | `tree` | what was kept |
//! | `cost` | how much it draws when uses are followed |
//! | `size` | width, height, `viewBox` |
//! | `write` | the tree as text |

mod build;
mod cost;
mod css;
mod names;
mod read;
mod size;
mod tree;
mod value;
mod write;

pub(super) use write::escape;

use super::error::{Error, Limit, Refusal};
use crate::limits;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// A drawing made anew, and its size in pixels.
pub(super) fn remake(bytes: &[u8]) -> Result<(String, (u32, u32)), Error> {
    if bytes.len() > limits::SVG_PLAIN_BYTES {
        return Err(Limit::Bytes.into());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Encoding)?;
    let mut drawing = build::build(text)?;
    css::apply(&mut drawing)?;
    cost::check(&drawing)?;
    let size = size::settle(&mut drawing)?;
    let text = write::write(&drawing);
    if text.len() > limits::SVG_PLAIN_BYTES {
        return Err(Limit::Bytes.into());
    }
    Ok((text, size))
}

//! JSON as strangers send it: scanned first, parsed once, kept whole.
//!
//! [`parse`] runs an iterative scanner (`scan`) that enforces every limit of
//! [`crate::limits`] and refuses what two readers could understand in two ways
//! (duplicate members, lone surrogates, integers beyond 2^53 − 1, a byte order
//! mark), and only then makes the tree, of what the scanner saw. The tree
//! borrows its strings from the bytes where it can, keeps members in the order
//! they came, and is the only reading of those bytes that anything else uses.

mod number;
mod plain;
mod scan;
mod tree;
mod value;

pub use number::Number;
pub(crate) use plain::{beginning, plain_prefix};
pub use scan::{Error, scan};
pub use value::{Object, Value};

/// Parses a stranger's bytes into a tree.
///
/// # Errors
/// [`Error`], whose code is stable; [`Error::is_limit`] tells a limit that was
/// reached from something the document does wrong.
///
/// ```
/// use countersign::json;
/// let badge = json::parse(br#"{"name":"First aid"}"#)?;
/// assert_eq!(badge.get("name").and_then(|name| name.as_str()), Some("First aid"));
/// assert_eq!(json::parse(br#"{"a":1,"\u0061":2}"#).unwrap_err().code(), "json_duplicate_key");
/// # Ok::<(), json::Error>(())
/// ```
pub fn parse(bytes: &[u8]) -> Result<Value<'_>, Error> {
    let (text, tokens) = scan::read(bytes)?;
    Ok(tree::build(text, &tokens))
}

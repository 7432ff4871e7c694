//! Makes the cases. What each expects is written here by hand, from the
//! standards and our choices; nothing is read off the library's answers.

pub mod case;
mod doc;
mod documents;
mod good;
mod gzip;
mod keys;
mod proofs;
mod seal;
mod sets;
mod status;
mod tampered;

use case::Case;

/// Every case that lies under `tests/vectors`.
pub fn all() -> Vec<Case> {
    [
        good::cases(),
        tampered::cases(),
        proofs::cases(),
        sets::cases(),
        status::cases(),
    ]
    .concat()
}

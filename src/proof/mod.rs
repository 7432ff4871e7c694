//! Proofs: what makes a document somebody's.
//!
//! Two families. *Data Integrity* proofs lie in the document and sign its
//! canonical form ([`Suite`] names the kinds); a *JWS* ([`Jws`]) wraps the
//! document's bytes.
//!
//! **Promises.** The set of suites and algorithms is closed. Which algorithm a
//! signature is checked with is decided by the key alone. **Does not:** decide
//! whose key it is (`did`) or what a proof means for a badge (`verify`).

mod error;
mod hash;
mod jose;
mod options;
pub mod sd;
mod sign;
mod suite;

pub use error::Error;
pub use hash::{Digester, Reading, data_to_verify, document_digest, proof_digest};
pub use jose::{Jws, sign_jws};
pub use options::Options;
pub use sign::{Claims, create};
pub use suite::{Form, Suite};

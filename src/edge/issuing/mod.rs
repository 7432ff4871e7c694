//! Gives badges, in an order that a crash cannot break (REL-01):
//!
//! 1. [`draft`]: what was asked for becomes a badge without a seal, and is
//!    linted;
//! 2. [`reserve`]: one transaction keeps everything but the proof, with the
//!    moment that the proof will say, and takes the positions;
//! 3. [`seal`]: the very bytes that were kept are linted again and signed;
//! 4. [`finish`]: one transaction keeps the signed bytes, the audit and the
//!    answer; the issue log is on the disk before it.
//!
//! A badge that a crash left between 2 and 4 is sealed when the node starts:
//! signatures are deterministic and the moment is fixed, so it gets the same
//! bytes, and there is never a second one.

mod approve;
pub mod draft;
mod finish;
mod give;
mod recover;
mod reserve;
mod seal;

pub use approve::approve;
pub use draft::{Follows, NewCredential, NewSubject};
pub use finish::finish;
pub use give::{Given, Order, give};
pub use recover::{recover, recover_older};
pub use reserve::{Planned, reserve};
pub use seal::seal;

//! `/vc`: the VC-API profile, by which the W3C's test suites and some wallets
//! have any credential of VC 2.0 signed and checked.
//!
//! **Promises.** What is signed keeps the rules of VC 2.0 and of its contexts,
//! a badge those of badges, and was checked before it is handed out. What is
//! sent to be checked never makes the node fail: 200 or 400.
//!
//! **Does not** keep what it signs, act once for a repeated request, or sign
//! status lists that somebody sends.

mod answer;
pub(super) mod issue;
mod seal;
pub(super) mod status;
pub(super) mod verify;
mod whose;

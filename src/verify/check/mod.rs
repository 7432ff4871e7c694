//! The checks, one file each.

pub(super) mod contexts;
pub(super) mod dates;
pub(super) mod endorsements;
pub(super) mod method;
pub(super) mod person;
pub(super) mod proof;
pub(super) mod recognition;
pub(super) mod refresh;
pub(super) mod schema;
pub(super) mod shape;
pub(super) mod status;
pub(super) mod terms;
pub(super) mod token;

//! What the API, the pages and the jobs share.

pub mod gather;

//! Makes the cases. What each expects is written here by hand, from the
//! standards and our choices; nothing is read off the library's answers.

pub mod case;
mod contexts;
mod controllers;
mod dates;
mod disclosure;
mod doc;
mod documents;
mod endorsements;
mod good;
mod gzip;
mod issuers;
mod json_ld;
mod json_text;
mod key_states;
mod keys;
pub mod large;
mod old_status;
mod older;
mod people;
mod pictures;
mod presentations;
mod proofs;
mod refresh;
mod seal;
mod sets;
mod shape;
mod status;
mod status_entries;
mod status_lists;
mod tampered;
mod token_claims;
mod token_headers;
mod tokens;

use case::Case;

/// Every case that lies under `tests/vectors`.
pub fn all() -> Vec<Case> {
    [
        good::cases(),
        controllers::cases(),
        tampered::cases(),
        json_text::cases(),
        json_ld::cases(),
        contexts::cases(),
        shape::cases(),
        dates::cases(),
        tokens::cases(),
        token_headers::cases(),
        token_claims::cases(),
        endorsements::cases(),
        issuers::cases(),
        key_states::cases(),
        people::cases(),
        refresh::cases(),
        presentations::cases(),
        pictures::cases(),
        disclosure::cases(),
        old_status::cases(),
        older::cases(),
        proofs::cases(),
        sets::cases(),
        status::cases(),
        status_lists::cases(),
        status_entries::cases(),
    ]
    .concat()
}

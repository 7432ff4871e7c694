//! The manual: the long documents of the project, one module for each file.
//!
//! Start with [`checking`] (how a check runs, file by file), then [`words`].
//! The reasons lie in [`choices`] (one case each) and [`decisions`] (the few
//! that shape everything). [`errors`] and [`limits`] are for looking things up.
//!
//! Nothing here runs. Each file reads as well on its own, in `src/manual/`.
//! Whoever changes what the code does changes the page that says so, in the
//! same commit.

#[doc = include_str!("api.md")]
pub mod api {}

#[doc = include_str!("checking.md")]
pub mod checking {}

#[doc = include_str!("choices.md")]
pub mod choices {}

#[doc = include_str!("divergences.md")]
pub mod divergences {}

#[doc = include_str!("documents.md")]
pub mod documents {}

#[doc = include_str!("errors.md")]
pub mod errors {}

#[doc = include_str!("issuing.md")]
pub mod issuing {}

#[doc = include_str!("limits.md")]
pub mod limits {}

#[doc = include_str!("operating.md")]
pub mod operating {}

#[doc = include_str!("past_failures.md")]
pub mod past_failures {}

#[doc = include_str!("threat_model.md")]
pub mod threat_model {}

#[doc = include_str!("w3c_suites.md")]
pub mod w3c_suites {}

#[doc = include_str!("words.md")]
pub mod words {}

/// Decisions that shape everything: context, decision, consequences.
///
/// A decision is not edited once others build on it. A new one takes its place
/// and says so.
pub mod decisions {
    #[doc = include_str!("decisions/001-one-crate-in-rows.md")]
    pub mod d001_one_crate_in_rows {}

    #[doc = include_str!("decisions/002-verify-asks.md")]
    pub mod d002_verify_asks {}

    #[doc = include_str!("decisions/003-one-tree-scanned-first.md")]
    pub mod d003_one_tree_scanned_first {}

    #[doc = include_str!("decisions/004-one-strict-pass.md")]
    pub mod d004_one_strict_pass {}

    #[doc = include_str!("decisions/005-own-rdfc.md")]
    pub mod d005_own_rdfc {}

    #[doc = include_str!("decisions/006-the-model-is-a-table.md")]
    pub mod d006_the_model_is_a_table {}

    #[doc = include_str!("decisions/007-algorithms-belong-to-keys.md")]
    pub mod d007_algorithms_belong_to_keys {}

    #[doc = include_str!("decisions/008-a-closed-set-of-contexts.md")]
    pub mod d008_a_closed_set_of_contexts {}

    #[doc = include_str!("decisions/009-a-finding-for-every-check.md")]
    pub mod d009_a_finding_for_every_check {}

    #[doc = include_str!("decisions/010-key-files-are-pem.md")]
    pub mod d010_key_files_are_pem {}

    #[doc = include_str!("decisions/011-described-in-one-place.md")]
    pub mod d011_described_in_one_place {}

    #[doc = include_str!("decisions/012-keys-at-rest.md")]
    pub mod d012_keys_at_rest {}
    #[doc = include_str!("decisions/013-pictures-made-anew.md")]
    pub mod d013_pictures_made_anew {}

    #[doc = include_str!("decisions/014-one-writer-and-a-log.md")]
    pub mod d014_one_writer_and_a_log {}

    #[doc = include_str!("decisions/015-permissions-in-signatures.md")]
    pub mod d015_permissions_in_signatures {}
}

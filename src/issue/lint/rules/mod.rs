//! The rules, one file each.

mod absolute_iris;
mod awarded_date;
mod bidi_controls;
mod blank_texts;
mod contexts;
mod control_characters;
mod credential_schema;
mod criteria;
mod data_uris;
mod dates;
mod described_once;
mod endorsement_jwt;
mod endorsement_targets;
mod endorsements_sealed;
mod enumerations;
mod existing_proofs;
mod extension_context;
mod fetched_addresses;
mod field_lengths;
mod identity_hash;
mod image_caption;
mod issuer_controller;
mod issuer_profile;
mod language_maps;
mod languages;
mod nested_types;
mod nulls;
mod plain_email;
mod related_resources;
mod repeated_values;
mod required;
mod result_complete;
mod result_links;
mod result_values;
mod safe_mode;
mod salt_strength;
mod shape;
mod shared_ids;
mod status_entry;
mod status_list;
mod subject_identified;
mod token_claims;
mod token_subject;
mod unused_context;
mod validity_order;
mod web_addresses;
mod whole_seconds;

use super::Lint;

/// Every rule, in the order in which they are told.
pub static ALL: [&Lint; 47] = [
    &contexts::LINT,
    &extension_context::LINT,
    &unused_context::LINT,
    &required::LINT,
    &nested_types::LINT,
    &shape::LINT,
    &nulls::LINT,
    &blank_texts::LINT,
    &field_lengths::LINT,
    &language_maps::LINT,
    &languages::LINT,
    &enumerations::LINT,
    &dates::LINT,
    &whole_seconds::LINT,
    &validity_order::LINT,
    &awarded_date::LINT,
    &absolute_iris::LINT,
    &web_addresses::LINT,
    &fetched_addresses::LINT,
    &data_uris::LINT,
    &issuer_profile::LINT,
    &issuer_controller::LINT,
    &subject_identified::LINT,
    &identity_hash::LINT,
    &salt_strength::LINT,
    &plain_email::LINT,
    &criteria::LINT,
    &image_caption::LINT,
    &result_links::LINT,
    &result_complete::LINT,
    &result_values::LINT,
    &status_entry::LINT,
    &status_list::LINT,
    &credential_schema::LINT,
    &endorsement_targets::LINT,
    &endorsements_sealed::LINT,
    &endorsement_jwt::LINT,
    &existing_proofs::LINT,
    &token_claims::LINT,
    &token_subject::LINT,
    &control_characters::LINT,
    &bidi_controls::LINT,
    &related_resources::LINT,
    &repeated_values::LINT,
    &shared_ids::LINT,
    &described_once::LINT,
    &safe_mode::LINT,
];

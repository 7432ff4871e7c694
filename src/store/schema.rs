// Generated from the migrations: `tests/migrations.rs` compares it with the
// database, column by column.

diesel::table! {
    achievement_versions (issuer_id, achievement_id, number) {
        issuer_id -> Text,
        achievement_id -> Text,
        number -> BigInt,
        body -> Text,
        policy -> Text,
        digest -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    achievements (id) {
        id -> Text,
        issuer_id -> Text,
        state -> Text,
        latest -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    audit (seq) {
        seq -> BigInt,
        created_at -> BigInt,
        actor -> Text,
        tenant -> Text,
        act -> Text,
        object -> Text,
        before -> Text,
        after -> Text,
        request -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_checkpoints (seq) {
        seq -> BigInt,
        hash -> Text,
        key -> Text,
        signature -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    credentials (id) {
        id -> Text,
        issuer_id -> Text,
        achievement_id -> Text,
        achievement_version -> BigInt,
        state -> Text,
        draft -> Nullable<Text>,
        sealed_at -> BigInt,
        key_id -> Text,
        seal -> Text,
        body -> Nullable<Text>,
        digest -> Nullable<Text>,
        media_type -> Nullable<Text>,
        subject -> Nullable<Text>,
        valid_from -> BigInt,
        valid_until -> Nullable<BigInt>,
        follows -> Nullable<Text>,
        follows_as -> Nullable<Text>,
        request -> Nullable<Text>,
        created_by -> Text,
        approved_by -> Nullable<Text>,
        created_at -> BigInt,
        issued_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    files (issuer_id, digest) {
        issuer_id -> Text,
        digest -> Text,
        media_type -> Text,
        bytes -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    holders_to_tell (credential_id) {
        credential_id -> Text,
        issuer_id -> Text,
        reason -> Text,
        newer_id -> Nullable<Text>,
        created_at -> BigInt,
        told_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    idempotency_keys (tenant, key) {
        tenant -> Text,
        key -> Text,
        fingerprint -> Text,
        status -> Nullable<BigInt>,
        body -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    issuer_keys (issuer_id, id) {
        issuer_id -> Text,
        id -> Text,
        purpose -> Text,
        algorithm -> Text,
        public_key -> Text,
        thumbprint -> Text,
        sealed -> Nullable<Binary>,
        hardware -> Nullable<Text>,
        state -> Text,
        created_at -> BigInt,
        activated_at -> Nullable<BigInt>,
        retired_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
        revoked_from -> Nullable<BigInt>,
    }
}

diesel::table! {
    issuers (id) {
        id -> Text,
        slug -> Text,
        is_root -> Bool,
        name -> Text,
        profile -> Text,
        id_form -> Text,
        settings -> Text,
        data_key -> Binary,
        state -> Text,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        closed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        subject -> Text,
        state -> Text,
        run_at -> BigInt,
        attempts -> BigInt,
        leased_until -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    node_facts (name) {
        name -> Text,
        value -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    published_lists (issuer_id, list) {
        issuer_id -> Text,
        list -> BigInt,
        version -> BigInt,
        body -> Text,
        digest -> Text,
        valid_until -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    saved_checks (reference) {
        reference -> Text,
        outcome -> Text,
        badge_id -> Nullable<Text>,
        own_reference -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    shares (token) {
        token -> Text,
        issuer_id -> Text,
        credential_id -> Text,
        kind -> Text,
        stops_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    status_changes (id) {
        id -> BigInt,
        issuer_id -> Text,
        list -> BigInt,
        position -> BigInt,
        is_set -> Bool,
        reason -> Nullable<Text>,
        actor -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    status_entries (issuer_id, list, position) {
        issuer_id -> Text,
        list -> BigInt,
        position -> BigInt,
        credential_id -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    status_lists (issuer_id, number) {
        issuer_id -> Text,
        number -> BigInt,
        purpose -> Text,
        order_key -> Binary,
        given -> BigInt,
        capacity -> BigInt,
        state -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    stops (tenant, what) {
        tenant -> Text,
        what -> Text,
        reason -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    tokens (id) {
        id -> Text,
        issuer_id -> Nullable<Text>,
        role -> Text,
        name -> Text,
        digest -> Text,
        created_by -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    achievement_versions,
    achievements,
    audit,
    audit_checkpoints,
    credentials,
    files,
    holders_to_tell,
    idempotency_keys,
    issuer_keys,
    issuers,
    jobs,
    node_facts,
    published_lists,
    saved_checks,
    shares,
    status_changes,
    status_entries,
    status_lists,
    stops,
    tokens,
);

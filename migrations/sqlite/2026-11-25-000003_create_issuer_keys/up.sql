-- Why: the life of every key (pre-published, active, retired, revoked). A
-- public half is kept for ever, or old badges would stop verifying; the
-- private half goes when a key retires. A few rows for each issuer.
CREATE TABLE issuer_keys (
    issuer_id    TEXT    NOT NULL CONSTRAINT issuer_keys_issuer REFERENCES issuers (id),
    id           TEXT    NOT NULL,
    purpose      TEXT    NOT NULL CONSTRAINT issuer_keys_purpose_known
                 CHECK (purpose IN ('assertion', 'federation', 'transport')),
    algorithm    TEXT    NOT NULL CONSTRAINT issuer_keys_algorithm_known
                 CHECK (algorithm IN ('ed25519', 'p256', 'p384', 'rsa')),
    -- A JWK without private members.
    public_key   TEXT    NOT NULL,
    -- RFC 7638. Unique over all purposes: one key never serves two.
    thumbprint   TEXT    NOT NULL CONSTRAINT issuer_keys_thumbprint_unique UNIQUE,
    -- Sealed by the issuer's data key; empty when destroyed or in hardware.
    sealed       BLOB,
    -- Where a token of hardware keeps it.
    hardware     TEXT,
    state        TEXT    NOT NULL CONSTRAINT issuer_keys_state_known
                 CHECK (state IN ('pre-published', 'active', 'retired', 'revoked')),
    created_at   INTEGER NOT NULL,
    activated_at INTEGER,
    retired_at   INTEGER,
    revoked_at   INTEGER,
    -- From when on the key may have been in other hands.
    revoked_from INTEGER,
    CONSTRAINT issuer_keys_pk PRIMARY KEY (issuer_id, id),
    CONSTRAINT issuer_keys_revoked_when
        CHECK ((state = 'revoked') = (revoked_at IS NOT NULL AND revoked_from IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX issuer_keys_one_active
    ON issuer_keys (issuer_id, purpose, algorithm) WHERE state = 'active';

-- Why: every badge, from before it is signed (REL-01): what was ever signed has
-- a row and can be withdrawn. Millions of rows of some kilobytes.
CREATE TABLE credentials (
    id                  TEXT    NOT NULL CONSTRAINT credentials_pk PRIMARY KEY,
    issuer_id           TEXT    NOT NULL CONSTRAINT credentials_issuer REFERENCES issuers (id),
    achievement_id      TEXT    NOT NULL,
    achievement_version INTEGER NOT NULL,
    state               TEXT    NOT NULL CONSTRAINT credentials_state_known
                        CHECK (state IN ('waiting', 'reserved', 'issued', 'failed', 'erased')),
    -- Everything but the proof; gone once it is in the body.
    draft               TEXT,
    -- The moment that the proof says.
    sealed_at           INTEGER NOT NULL,
    key_id              TEXT    NOT NULL,
    seal                TEXT    NOT NULL,
    -- The signed bytes, exactly as they are handed out.
    body                TEXT,
    digest              TEXT,
    media_type          TEXT,
    subject             TEXT,
    valid_from          INTEGER NOT NULL,
    valid_until         INTEGER,
    -- The badge that this one renews, replaces or re-issues.
    follows             TEXT    CONSTRAINT credentials_follows REFERENCES credentials (id),
    follows_as          TEXT    CONSTRAINT credentials_follows_as_known
                        CHECK (follows_as IN ('renewal', 'replacement', 'reissue')),
    -- The request that asked for it, for finishing it after a crash.
    request             TEXT,
    created_by          TEXT    NOT NULL,
    approved_by         TEXT,
    created_at          INTEGER NOT NULL,
    issued_at           INTEGER,
    CONSTRAINT credentials_tenant_unique UNIQUE (issuer_id, id),
    CONSTRAINT credentials_achievement
        FOREIGN KEY (issuer_id, achievement_id, achievement_version)
        REFERENCES achievement_versions (issuer_id, achievement_id, number),
    CONSTRAINT credentials_key FOREIGN KEY (issuer_id, key_id) REFERENCES issuer_keys (issuer_id, id),
    CONSTRAINT credentials_issued_when CHECK (
        (state = 'issued') = (body IS NOT NULL AND digest IS NOT NULL AND issued_at IS NOT NULL)
    ),
    CONSTRAINT credentials_follows_both CHECK ((follows IS NULL) = (follows_as IS NULL))
) STRICT;

CREATE INDEX credentials_by_time ON credentials (issuer_id, created_at, id);
CREATE INDEX credentials_achievement ON credentials (issuer_id, achievement_id, achievement_version);
CREATE INDEX credentials_key ON credentials (issuer_id, key_id, sealed_at);
CREATE INDEX credentials_unfinished ON credentials (state, issuer_id) WHERE state IN ('reserved', 'waiting');
-- One badge has one newer badge of each kind.
CREATE UNIQUE INDEX credentials_followed_once ON credentials (follows) WHERE follows IS NOT NULL;

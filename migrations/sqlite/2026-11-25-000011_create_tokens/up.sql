-- Why: who may call the API. Only digests are kept (SEC-52): a copy of the
-- database holds no token that works. Hundreds of rows.
CREATE TABLE tokens (
    id           TEXT    NOT NULL CONSTRAINT tokens_pk PRIMARY KEY,
    -- Empty for the node's own roles.
    issuer_id    TEXT    CONSTRAINT tokens_issuer REFERENCES issuers (id),
    role         TEXT    NOT NULL CONSTRAINT tokens_role_known
                 CHECK (role IN ('operator', 'administrator', 'officer', 'approver', 'auditor', 'tester')),
    name         TEXT    NOT NULL,
    digest       TEXT    NOT NULL CONSTRAINT tokens_digest_unique UNIQUE,
    created_by   TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    last_used_at INTEGER
) STRICT;

CREATE INDEX tokens_issuer ON tokens (issuer_id);

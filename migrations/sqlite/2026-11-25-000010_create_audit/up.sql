-- Why: who did what, in a chain of digests, written in the transaction of the
-- act (SEC-70). Rows are never changed or removed. A row for each act.
CREATE TABLE audit (
    seq        INTEGER NOT NULL CONSTRAINT audit_pk PRIMARY KEY,
    created_at INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    -- The issuer, or empty for the node's own acts.
    tenant     TEXT    NOT NULL,
    act        TEXT    NOT NULL,
    object     TEXT    NOT NULL,
    -- Digests of the object before and after; empty where there is none.
    before     TEXT    NOT NULL,
    after      TEXT    NOT NULL,
    request    TEXT    NOT NULL,
    -- SHA-256 over the hash before this one and all columns above.
    hash       TEXT    NOT NULL
) STRICT;

CREATE INDEX audit_tenant ON audit (tenant, seq);

CREATE TABLE audit_checkpoints (
    seq        INTEGER NOT NULL CONSTRAINT audit_checkpoints_pk PRIMARY KEY,
    hash       TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    signature  TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

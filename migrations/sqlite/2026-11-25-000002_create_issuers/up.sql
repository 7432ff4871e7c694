-- Why: the organisations a node issues for. They are closed, never removed:
-- their badges go on verifying. Hundreds of rows.
CREATE TABLE issuers (
    id         TEXT    NOT NULL CONSTRAINT issuers_pk PRIMARY KEY,
    -- The path segment of the issuer's addresses; it is in every badge, so it
    -- never changes.
    slug       TEXT    NOT NULL CONSTRAINT issuers_slug_unique UNIQUE,
    -- The root issuer's base is the node's own.
    is_root    INTEGER NOT NULL CONSTRAINT issuers_is_root_bool CHECK (is_root IN (0, 1)),
    name       TEXT    NOT NULL,
    -- The Open Badges Profile as it was given, without its id.
    profile    TEXT    NOT NULL,
    id_form    TEXT    NOT NULL CONSTRAINT issuers_id_form_known CHECK (id_form IN ('did', 'https')),
    settings   TEXT    NOT NULL,
    -- Sealed by the master key; seals the issuer's signing keys.
    data_key   BLOB    NOT NULL,
    state      TEXT    NOT NULL CONSTRAINT issuers_state_known CHECK (state IN ('open', 'closed')),
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- Empty while it is open.
    closed_at  INTEGER,
    CONSTRAINT issuers_closed_when CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX issuers_one_root ON issuers (is_root) WHERE is_root = 1;

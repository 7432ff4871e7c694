-- Why: switches that outlive a restart (REL-24): no issuing, no fetching.
CREATE TABLE stops (
    -- The issuer, or empty for the whole node.
    tenant     TEXT    NOT NULL,
    what       TEXT    NOT NULL CONSTRAINT stops_what_known CHECK (what IN ('issue', 'fetch')),
    reason     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT stops_pk PRIMARY KEY (tenant, what)
) STRICT;

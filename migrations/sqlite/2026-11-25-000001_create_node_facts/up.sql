-- Why: what a node knows of itself (its name for restored copies, the epoch of
-- its issue log, the check value of its master key). A handful of rows.
CREATE TABLE node_facts (
    name       TEXT    NOT NULL CONSTRAINT node_facts_pk PRIMARY KEY,
    value      TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

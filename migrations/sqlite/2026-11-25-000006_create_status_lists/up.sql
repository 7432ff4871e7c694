-- Why: a position in a status list must never be given to a second badge, also
-- after the first is gone, or withdrawing one would withdraw the other. Rows of
-- status_entries and status_changes are never removed. One entry for each
-- badge, a change for each withdrawal.
CREATE TABLE status_lists (
    issuer_id   TEXT    NOT NULL CONSTRAINT status_lists_issuer REFERENCES issuers (id),
    -- The last segment of the list's address.
    number      INTEGER NOT NULL CONSTRAINT status_lists_number_positive CHECK (number > 0),
    purpose     TEXT    NOT NULL CONSTRAINT status_lists_purpose_known CHECK (purpose IN ('revocation', 'suspension')),
    -- Orders the positions so that nobody outside can tell which came first.
    order_key   BLOB    NOT NULL,
    -- How many positions were given out.
    given       INTEGER NOT NULL CONSTRAINT status_lists_given_not_negative CHECK (given >= 0),
    capacity    INTEGER NOT NULL,
    state       TEXT    NOT NULL CONSTRAINT status_lists_state_known CHECK (state IN ('open', 'full', 'closed')),
    created_at  INTEGER NOT NULL,
    CONSTRAINT status_lists_pk PRIMARY KEY (issuer_id, number),
    CONSTRAINT status_lists_not_overfull CHECK (given <= capacity)
) STRICT;

CREATE UNIQUE INDEX status_lists_one_open ON status_lists (issuer_id, purpose) WHERE state = 'open';

CREATE TABLE status_entries (
    issuer_id     TEXT    NOT NULL,
    list          INTEGER NOT NULL,
    position      INTEGER NOT NULL CONSTRAINT status_entries_position_not_negative CHECK (position >= 0),
    -- The badge; it may be gone, its position is not.
    credential_id TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    CONSTRAINT status_entries_given_once PRIMARY KEY (issuer_id, list, position),
    CONSTRAINT status_entries_list
        FOREIGN KEY (issuer_id, list) REFERENCES status_lists (issuer_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX status_entries_credential ON status_entries (issuer_id, credential_id);

CREATE TABLE status_changes (
    -- Rises with every change: the version of a list is its newest change.
    id         INTEGER NOT NULL CONSTRAINT status_changes_pk PRIMARY KEY AUTOINCREMENT,
    issuer_id  TEXT    NOT NULL,
    list       INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    is_set     INTEGER NOT NULL CONSTRAINT status_changes_is_set_bool CHECK (is_set IN (0, 1)),
    -- Shown to everybody who checks the badge.
    reason     TEXT,
    actor      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT status_changes_entry
        FOREIGN KEY (issuer_id, list, position) REFERENCES status_entries (issuer_id, list, position)
) STRICT;

CREATE INDEX status_changes_entry ON status_changes (issuer_id, list, position, id);

CREATE TABLE published_lists (
    issuer_id    TEXT    NOT NULL,
    list         INTEGER NOT NULL,
    -- The change that it includes last; 0 before the first.
    version      INTEGER NOT NULL,
    body         TEXT    NOT NULL,
    digest       TEXT    NOT NULL,
    valid_until  INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    CONSTRAINT published_lists_pk PRIMARY KEY (issuer_id, list),
    CONSTRAINT published_lists_list
        FOREIGN KEY (issuer_id, list) REFERENCES status_lists (issuer_id, number)
) STRICT;

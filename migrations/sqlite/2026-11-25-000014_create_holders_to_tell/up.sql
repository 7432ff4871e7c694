-- Why: people whose badges were re-issued or withdrawn after a key was lost
-- have to be told (SEC-46). A row for each badge of a lost key.
CREATE TABLE holders_to_tell (
    credential_id TEXT    NOT NULL CONSTRAINT holders_to_tell_pk PRIMARY KEY,
    issuer_id     TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    newer_id      TEXT,
    created_at    INTEGER NOT NULL,
    told_at       INTEGER,
    CONSTRAINT holders_to_tell_credential
        FOREIGN KEY (issuer_id, credential_id) REFERENCES credentials (issuer_id, id)
) STRICT;

CREATE INDEX holders_to_tell_issuer ON holders_to_tell (issuer_id, credential_id);

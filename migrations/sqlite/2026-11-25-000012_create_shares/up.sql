-- Why: a badge is private until it is shared: by a link that may stop working,
-- or by a code that can be read out. Removed with the badge's particulars.
CREATE TABLE shares (
    token         TEXT    NOT NULL CONSTRAINT shares_pk PRIMARY KEY,
    issuer_id     TEXT    NOT NULL,
    credential_id TEXT    NOT NULL,
    kind          TEXT    NOT NULL CONSTRAINT shares_kind_known CHECK (kind IN ('link', 'code', 'page')),
    stops_at      INTEGER,
    ended_at      INTEGER,
    created_at    INTEGER NOT NULL,
    CONSTRAINT shares_credential
        FOREIGN KEY (issuer_id, credential_id) REFERENCES credentials (issuer_id, id)
) STRICT;

CREATE INDEX shares_credential ON shares (issuer_id, credential_id);

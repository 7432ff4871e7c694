-- Why: pictures that were uploaded and made anew. Named by their digest, so
-- they never change. Thousands of rows of some kilobytes.
CREATE TABLE files (
    issuer_id  TEXT    NOT NULL CONSTRAINT files_issuer REFERENCES issuers (id),
    digest     TEXT    NOT NULL,
    media_type TEXT    NOT NULL,
    bytes      BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT files_pk PRIMARY KEY (issuer_id, digest)
) STRICT;

CREATE INDEX files_digest ON files (digest);

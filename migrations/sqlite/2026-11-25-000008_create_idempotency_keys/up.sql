-- Why: a request that is sent twice acts once (REL-03). Removed after 30 days.
CREATE TABLE idempotency_keys (
    -- The issuer, or empty for the node's own routes.
    tenant      TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    -- Of method, route and body.
    fingerprint TEXT    NOT NULL,
    -- The answer; empty while the request runs.
    status      INTEGER,
    body        TEXT,
    created_at  INTEGER NOT NULL,
    CONSTRAINT idempotency_keys_unique PRIMARY KEY (tenant, key),
    CONSTRAINT idempotency_keys_answered_when CHECK ((status IS NULL) = (body IS NULL))
) STRICT;

CREATE INDEX idempotency_keys_by_time ON idempotency_keys (created_at);

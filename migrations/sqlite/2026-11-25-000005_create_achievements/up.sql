-- Why: badge designs. What was issued names the version it was issued from, so
-- versions are added, never changed. Thousands of rows of some kilobytes.
CREATE TABLE achievements (
    -- The path segment of its address, one for the whole node.
    id         TEXT    NOT NULL CONSTRAINT achievements_pk PRIMARY KEY,
    issuer_id  TEXT    NOT NULL CONSTRAINT achievements_issuer REFERENCES issuers (id),
    state      TEXT    NOT NULL CONSTRAINT achievements_state_known CHECK (state IN ('published', 'retired')),
    latest     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT achievements_tenant_unique UNIQUE (issuer_id, id)
) STRICT;

CREATE TABLE achievement_versions (
    issuer_id      TEXT    NOT NULL,
    achievement_id TEXT    NOT NULL,
    number         INTEGER NOT NULL CONSTRAINT achievement_versions_number_positive CHECK (number > 0),
    -- The Open Badges Achievement.
    body           TEXT    NOT NULL,
    -- How the service treats it: expiry, renewal, approvals.
    policy         TEXT    NOT NULL,
    digest         TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    CONSTRAINT achievement_versions_pk PRIMARY KEY (issuer_id, achievement_id, number),
    CONSTRAINT achievement_versions_achievement
        FOREIGN KEY (issuer_id, achievement_id) REFERENCES achievements (issuer_id, id)
) STRICT;

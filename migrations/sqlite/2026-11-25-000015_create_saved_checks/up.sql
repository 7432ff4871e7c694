-- Why: somebody who relied on a check may need to show that they made it.
-- Only on request; nothing of the badge's content and nothing of the viewer.
CREATE TABLE saved_checks (
    reference     TEXT    NOT NULL CONSTRAINT saved_checks_pk PRIMARY KEY,
    outcome       TEXT    NOT NULL,
    badge_id      TEXT,
    own_reference TEXT,
    created_at    INTEGER NOT NULL
) STRICT;

-- Why: every effect elsewhere is a row in the transaction of its cause (REL-07).
-- A job that is done is removed; one that cannot be done stays as dead.
CREATE TABLE jobs (
    id           INTEGER NOT NULL CONSTRAINT jobs_pk PRIMARY KEY AUTOINCREMENT,
    kind         TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    state        TEXT    NOT NULL CONSTRAINT jobs_state_known CHECK (state IN ('ready', 'running', 'dead')),
    run_at       INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    leased_until INTEGER,
    last_error   TEXT,
    created_at   INTEGER NOT NULL,
    CONSTRAINT jobs_leased_when CHECK ((state = 'running') = (leased_until IS NOT NULL))
) STRICT;

-- A job that waits already need not wait twice; one that runs may wait again.
CREATE UNIQUE INDEX jobs_waiting_once ON jobs (kind, subject) WHERE state = 'ready';
CREATE INDEX jobs_due ON jobs (state, run_at);

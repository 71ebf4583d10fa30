-- 0002: who may ask, for which clients, and who did.

-- Units, as a tree: a path names all units above, '/clinic/north/'.  A unit
-- contains another if its path begins the other's.
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,          -- handle, as in episode.unit
    path TEXT NOT NULL UNIQUE,
    added_ms INTEGER NOT NULL,
    CHECK (path LIKE '/%/')
) STRICT;

INSERT INTO unit (name, path, added_ms)
    SELECT DISTINCT unit, '/' || replace(unit, '/', '\') || '/', 0 FROM episode;

-- Accounts: people of the staff, and clients under their own code.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,          -- handle, such as 'operator'
    unit_id INTEGER REFERENCES unit,    -- null: the whole clinic
    person_id INTEGER REFERENCES person, -- the client it is, role 'client'
    added_ms INTEGER NOT NULL,
    left_ms INTEGER                     -- null while it may ask
) STRICT;

CREATE TABLE account_role (
    account_id INTEGER NOT NULL REFERENCES account,
    role TEXT NOT NULL CHECK (role IN ('client', 'therapist', 'supervisor',
        'leader', 'administrator', 'operator', 'researcher', 'auditor',
        'duty')),
    PRIMARY KEY (account_id, role)
) STRICT, WITHOUT ROWID;

INSERT INTO account (name, added_ms)
    SELECT name, min(added_ms) FROM actor GROUP BY name ORDER BY min(id);

-- Operators could do everything until now, and still can: their roles are to
-- be taken away where others have them.
INSERT INTO account_role (account_id, role)
    SELECT DISTINCT c.id, r.value
    FROM actor a JOIN account c ON c.name = a.name
        JOIN json_each(iif(a.role = 'operator',
            '["therapist", "supervisor", "leader", "administrator",
              "operator", "auditor", "duty"]',
            '["therapist"]')) r;

-- A key that was ever admitted, and whose it is.  One account may have several:
-- one a machine.
CREATE TABLE new_actor (
    id INTEGER PRIMARY KEY,
    public_key BLOB NOT NULL UNIQUE,    -- 32 bytes
    account_id INTEGER NOT NULL REFERENCES account,
    added_ms INTEGER NOT NULL,
    expires_ms INTEGER,                 -- null: never
    revoked_ms INTEGER,                 -- null: admitted
    revoked_why TEXT,
    CHECK (length(public_key) = 32)
) STRICT;

INSERT INTO new_actor (id, public_key, account_id, added_ms)
    SELECT a.id, a.public_key, c.id, a.added_ms
    FROM actor a JOIN account c ON c.name = a.name;
DROP TABLE actor;
ALTER TABLE new_actor RENAME TO actor;

-- One-time codes by which a key is enrolled.
CREATE TABLE enrolment (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account,
    hash BLOB NOT NULL,                 -- of the code, 32 bytes
    key_days INTEGER,                   -- life of the key; null: no end
    added_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    n_tries INTEGER NOT NULL DEFAULT 0, -- wrong codes while it was open
    actor_id INTEGER REFERENCES actor   -- the key it was used for
) STRICT;

-- Beside the owner (episode.therapist): who stands in until when, and who
-- supervises; null: the supervisor of the unit.
ALTER TABLE episode ADD COLUMN cover TEXT;
ALTER TABLE episode ADD COLUMN cover_until_date INTEGER;
ALTER TABLE episode ADD COLUMN supervisor TEXT;

-- Every time an episode came into other hands.
CREATE TABLE hand_over (
    id INTEGER PRIMARY KEY,
    episode_id INTEGER NOT NULL REFERENCES episode,
    kind TEXT NOT NULL CHECK (kind IN ('owner', 'cover', 'supervisor',
        'unit')),
    from_name TEXT,                     -- null: nobody
    to_name TEXT,                       -- null: nobody any more
    until_date INTEGER,                 -- of a cover
    why TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor
) STRICT;

CREATE INDEX hand_over_episode ON hand_over (episode_id);

-- Somebody who had no right to look had to.
CREATE TABLE break_glass (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account,
    person_id INTEGER NOT NULL REFERENCES person,
    why TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX break_glass_person ON break_glass (person_id, account_id);

-- Who looked, and who was refused.  One row a request, in the order in which
-- they were answered; no references, since a row outlives what it is about.
-- No index: it is written with every request and read now and then.
CREATE TABLE access_log (
    seq INTEGER PRIMARY KEY,            -- from 1, without gaps
    at_ms INTEGER NOT NULL,
    actor_id INTEGER,                   -- key; null: one that nobody knows
    name TEXT,                          -- of its account
    role TEXT,                          -- by which it was allowed
    action TEXT NOT NULL,               -- the verb, log-in, ...
    unit TEXT,                          -- path of the episode's unit
    code TEXT,                          -- the client
    episode INTEGER,                    -- number
    people BLOB,                        -- who else was in a list: person ids,
                                        -- 8 bytes each, little-endian
    object TEXT,                        -- what else it was about
    ground TEXT,                        -- relation that allowed it
    reason TEXT,                        -- in words, where one is asked for
    outcome TEXT NOT NULL,              -- ok, or the word of the refusal
    request BLOB,                       -- its id, 16 bytes
    hash BLOB NOT NULL                  -- BLAKE2b of the hash before and the
                                        -- row, 32 bytes
) STRICT;

-- The oldest rows were let go, once they were old enough.
CREATE TABLE log_cut (
    seq INTEGER PRIMARY KEY,            -- last row that went
    hash BLOB NOT NULL,                 -- its hash: the chain goes on from it
    newest_ms INTEGER NOT NULL,         -- its time
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor,
    CHECK (newest_ms <= at_ms - 157784630000) -- five years of 365.2422 days
) STRICT;

CREATE TRIGGER access_log_kept BEFORE UPDATE ON access_log
BEGIN SELECT raise(ABORT, 'the access log is append-only'); END;

CREATE TRIGGER access_log_cut BEFORE DELETE ON access_log
WHEN old.seq > (SELECT coalesce(max(seq), 0) FROM log_cut)
BEGIN SELECT raise(ABORT, 'the access log is append-only'); END;

CREATE TRIGGER log_cut_true BEFORE INSERT ON log_cut
WHEN NOT EXISTS (SELECT 1 FROM access_log l WHERE l.seq = new.seq
    AND l.hash = new.hash AND l.at_ms = new.newest_ms)
BEGIN SELECT raise(ABORT, 'the access log is cut behind a row of its own'); END;

CREATE TRIGGER log_cut_kept BEFORE UPDATE ON log_cut
BEGIN SELECT raise(ABORT, 'the access log is append-only'); END;

CREATE TRIGGER log_cut_stays BEFORE DELETE ON log_cut
BEGIN SELECT raise(ABORT, 'the access log is append-only'); END;

-- Spot checks of the log: who looked over which rows, and what was found.
CREATE TABLE log_review (
    id INTEGER PRIMARY KEY,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL,
    seed INTEGER NOT NULL,              -- draws the same rows again
    n_rows INTEGER NOT NULL,
    finding TEXT,                       -- null until it was looked over
    at_ms INTEGER NOT NULL,
    closed_ms INTEGER,
    actor_id INTEGER NOT NULL REFERENCES actor
) STRICT;

DROP VIEW visible_episode;
CREATE VIEW visible_episode AS
    SELECT e.*, coalesce(i.is_made_up, 0) AS is_made_up,
        coalesce(u.path, '/') AS unit_path
    FROM episode e LEFT JOIN import i ON i.id = e.import_id
        LEFT JOIN unit u ON u.name = e.unit
    WHERE e.import_id IS NULL OR i.finished_ms IS NOT NULL;

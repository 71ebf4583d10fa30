-- 0003: who was erased.

-- A person of whom everything is gone but the code, when, by whom and why.
-- What is restored from a backup is held against this list, which also lies
-- outside the database.  Tables of later migrations that say something of a
-- person refer to it ON DELETE CASCADE.
CREATE TABLE deletion (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    actor_id INTEGER REFERENCES actor   -- null: again, when it was restored
) STRICT;

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

-- The id of an erased person is not given out again: rows of the access log
-- hold it for ever.
CREATE TABLE new_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,          -- 'K3M9-7TPX', with check symbol
    born_month INTEGER,                 -- months since 1970-01; null: unknown
    gender TEXT CHECK (gender IN ('female', 'male', 'other'))
) STRICT;

INSERT INTO new_person (id, code, born_month, gender)
    SELECT id, code, born_month, gender FROM person;
DROP TABLE person;
ALTER TABLE new_person RENAME TO person;

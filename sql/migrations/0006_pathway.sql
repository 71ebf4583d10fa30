-- 0006: what an episode is supposed to be, and what is due.

-- The catalogue of pathways.  A definition never changes; a new one is a new
-- row.
CREATE TABLE pathway (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                  -- word on a command line: 'talk'
    version TEXT NOT NULL,
    definition TEXT NOT NULL,           -- JSON, docs/pathways.md
    added_ms INTEGER NOT NULL,
    UNIQUE (key, version)
) STRICT;

-- The version that an episode goes by, and where it is on it.  Episodes of
-- before have none, and nothing is due of them until they are moved to one.
ALTER TABLE episode ADD COLUMN pathway_id INTEGER REFERENCES pathway;
ALTER TABLE episode ADD COLUMN phase TEXT;          -- key; null: no pathway
ALTER TABLE episode ADD COLUMN phase_date INTEGER;  -- first day of the phase
ALTER TABLE episode ADD COLUMN phase_session INTEGER; -- that ended the one
                                                    -- before, by its number
ALTER TABLE episode ADD COLUMN ending_reason TEXT;  -- key in the definition
ALTER TABLE episode ADD COLUMN module TEXT;         -- that was reached, a key

-- What was expected of an episode and has not come, or never came.  What came
-- has no row: the answer is its own record.
-- An id is never given to another row: people read it off a list.
CREATE TABLE due (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('contact', 'scale', 'sheet')),
    occasion TEXT NOT NULL CHECK (occasion IN ('intake', 'session-start',
        'session-end', 'log-in', 'every', 'end', 'follow-up')),
    key TEXT NOT NULL,                  -- of the contact, scale or sheet
    rater TEXT NOT NULL,                -- of a scale; else ''
    session_id INTEGER REFERENCES session ON DELETE CASCADE,
    due_date INTEGER NOT NULL,
    until_date INTEGER NOT NULL,        -- overdue after it
    missing TEXT CHECK (missing IN ('forgot', 'declined', 'crisis', 'phone',
        'unsuitable', 'unsaid')),       -- null: still to come
    review_date INTEGER,                -- when to ask again what was declined
    CHECK (until_date >= due_date),
    CHECK ((missing IS 'declined') = (review_date IS NOT NULL))
) STRICT;

CREATE INDEX due_episode ON due (episode_id);
CREATE INDEX due_open ON due (due_date) WHERE missing IS NULL;

-- How far the work of a day has come.
CREATE TABLE day (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    day_date INTEGER NOT NULL,          -- that is done, or begun
    after_id INTEGER                    -- last episode; null: all are done
) STRICT;

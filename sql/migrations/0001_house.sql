-- 0001: people, episodes, sessions, answers, and what is said of them.
--
-- A person is a code.  Nothing is overwritten: a correction is a new version
-- of an answer.  Instants are UTC milliseconds (_ms), dates are days since
-- 1970-01-01 in the clinic's zone (_date).  Released migrations are never
-- edited; the next change is a file of its own.

-- Who may ask: one row for each CURVE key that was ever admitted.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    public_key BLOB NOT NULL UNIQUE,    -- 32 bytes
    name TEXT NOT NULL,                 -- handle of the person, such as 'operator'
    role TEXT NOT NULL CHECK (role IN ('operator', 'therapist')),
    added_ms INTEGER NOT NULL,
    CHECK (length(public_key) = 32)
) STRICT;

-- A request that changed something: its answer is given again if the same id
-- comes again.  Ids are kept for ever, replies for 30 days.  It has a rowid,
-- since a reply of a kilobyte would spill out of an index into a page of its
-- own.
CREATE TABLE request (
    id BLOB NOT NULL,                   -- UUID of the client's making, 16 bytes
    actor_id INTEGER NOT NULL REFERENCES actor,
    at_ms INTEGER NOT NULL,
    hash BLOB NOT NULL,                 -- of verb and body, 16 bytes
    reply TEXT,                         -- body of the reply; null once expired
    PRIMARY KEY (id, actor_id)
) STRICT;

-- Replies that are still kept, in the order in which they were stored.
CREATE INDEX request_reply ON request (at_ms) WHERE reply IS NOT NULL;

-- The catalogue of scales.  A definition never changes; a new one is a new row.
CREATE TABLE instrument (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                  -- word on a command line, such as 'phq9'
    version TEXT NOT NULL,
    definition TEXT NOT NULL,           -- JSON, docs/instruments.md
    added_ms INTEGER NOT NULL,
    UNIQUE (key, version)
) STRICT;

-- Expected courses with their birth certificates.  A course never changes.
CREATE TABLE course (
    id INTEGER PRIMARY KEY,
    scale TEXT NOT NULL,                -- key of the instrument
    certificate TEXT NOT NULL,          -- JSON, docs/methods/course.md
    fitted_ms INTEGER NOT NULL,
    in_use INTEGER NOT NULL DEFAULT 0 CHECK (in_use IN (0, 1))
) STRICT;

-- A file that is being imported, or was.  Its episodes are invisible until
-- finished_ms is set.
CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                 -- of the file, without folders
    hash TEXT NOT NULL UNIQUE,          -- BLAKE2b-256 of file and map
    n_rows INTEGER NOT NULL CHECK (n_rows > 0),
    next_row INTEGER NOT NULL DEFAULT 0,-- rows that have arrived
    is_made_up INTEGER NOT NULL CHECK (is_made_up IN (0, 1)),
    begun_ms INTEGER NOT NULL,
    finished_ms INTEGER
) STRICT;

-- A client, or whoever a scale is about.  No name, ever.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,          -- 'K3M9-7TPX', with check symbol
    born_month INTEGER,                 -- months since 1970-01; null: unknown
    gender TEXT CHECK (gender IN ('female', 'male', 'other'))
) STRICT;

-- One stretch of help.  Coming back is a new episode with a number of its own.
CREATE TABLE episode (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999),
    pathway TEXT NOT NULL,
    unit TEXT NOT NULL,
    therapist TEXT NOT NULL,            -- name of an actor, or the import's word
    opened_date INTEGER NOT NULL,
    planned_end_date INTEGER,
    closed_date INTEGER,
    ending TEXT NOT NULL DEFAULT 'open'
        CHECK (ending IN ('open', 'planned', 'unplanned')),
    reason TEXT,
    lead_scale TEXT,                    -- carries standing and signals
    import_id INTEGER REFERENCES import,
    UNIQUE (person_id, number),
    CHECK ((ending = 'open') = (closed_date IS NULL))
) STRICT;

CREATE INDEX episode_open ON episode (id) WHERE ending = 'open';

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    episode_id INTEGER NOT NULL REFERENCES episode,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 9999),
    session_date INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('held', 'cancelled-client',
        'cancelled-late', 'cancelled-clinic', 'not-attended')),
    mode TEXT CHECK (mode IN ('room', 'phone', 'video', 'home', 'net')),
    UNIQUE (episode_id, number)
) STRICT;

-- One answered scale, with where it stood when it was given.  A correction is
-- a row with the next version; a struck row has lost its values, since it was
-- entered on the wrong client.
CREATE TABLE answer (
    session_id INTEGER NOT NULL REFERENCES session,
    instrument_id INTEGER NOT NULL REFERENCES instrument,
    rater TEXT NOT NULL,                -- 'client', 'parent1', ...
    version INTEGER NOT NULL CHECK (version >= 1),
    language TEXT,                      -- of the form
    how TEXT NOT NULL CHECK (how IN ('self', 'aloud', 'interpreter', 'helped',
        'import')),
    items BLOB,                         -- little-endian doubles, NAN: missing
    total REAL,                         -- null: too much is missing, or struck
    n_missing INTEGER NOT NULL,
    is_prorated INTEGER NOT NULL CHECK (is_prorated IN (0, 1)),
    attention INTEGER NOT NULL DEFAULT 0,-- item that asks; -1: not seen
    is_struck INTEGER NOT NULL DEFAULT 0 CHECK (is_struck IN (0, 1)),
    why TEXT,                           -- of a correction, or of the strike
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor,
    start REAL,                         -- start score it was held against
    needed REAL,                        -- points that count as reliable
    course_id INTEGER REFERENCES course,
    expected REAL,
    low80 REAL,
    high80 REAL,
    standing INTEGER NOT NULL DEFAULT 0,-- enum kor_standing
    unsaid INTEGER NOT NULL DEFAULT 0,  -- enum kor_unsaid
    findings INTEGER NOT NULL DEFAULT 0,-- bits of finding.def
    PRIMARY KEY (session_id, instrument_id, rater, version)
) STRICT, WITHOUT ROWID;

-- A finding that asks for an answer.
CREATE TABLE signal (
    id INTEGER PRIMARY KEY,
    episode_id INTEGER NOT NULL REFERENCES episode,
    session_id INTEGER NOT NULL REFERENCES session, -- that raised it
    scale TEXT NOT NULL,
    finding INTEGER NOT NULL,           -- one bit of finding.def
    raised_ms INTEGER NOT NULL,
    passed_session_id INTEGER REFERENCES session -- from which it no longer holds
) STRICT;

CREATE INDEX signal_open ON signal (episode_id) WHERE passed_session_id IS NULL;

-- Which person of an imported file became which episode.
CREATE TABLE import_person (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES import,
    person TEXT NOT NULL,               -- the file's own id
    episode_id INTEGER NOT NULL REFERENCES episode,
    UNIQUE (import_id, person)
) STRICT;

-- Episodes that can be seen: all but those of an unfinished import.
CREATE VIEW visible_episode AS
    SELECT e.*, coalesce(i.is_made_up, 0) AS is_made_up
    FROM episode e LEFT JOIN import i ON i.id = e.import_id
    WHERE e.import_id IS NULL OR i.finished_ms IS NOT NULL;

-- The answers that count: the last version of each, unless it is struck.
CREATE VIEW current_answer AS
    SELECT a.* FROM answer a
    WHERE a.is_struck = 0
      AND a.version = (SELECT max(b.version) FROM answer b
                       WHERE b.session_id = a.session_id
                         AND b.instrument_id = a.instrument_id
                         AND b.rater = a.rater);

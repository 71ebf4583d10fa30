-- 0009: sheets, and the forms that they are filled in on.

-- The catalogue of forms.  A definition never changes; a new one is a new row.
CREATE TABLE form (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                  -- word on a command line: 'closing'
    version TEXT NOT NULL,
    definition TEXT NOT NULL,           -- JSON, docs/sheets.md
    added_ms INTEGER NOT NULL,
    UNIQUE (key, version)
) STRICT;

-- Sheets that were filled in.  A correction is a row of its own with the next
-- version; nothing is written over.
CREATE TABLE sheet (
    id INTEGER PRIMARY KEY,
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    number INTEGER NOT NULL,            -- in the episode, from 1
    version INTEGER NOT NULL CHECK (version >= 1),
    form_id INTEGER NOT NULL REFERENCES form,
    sheet_date INTEGER NOT NULL,        -- day it was filled in
    answers TEXT NOT NULL,              -- JSON, by the keys of the fields
    reason TEXT,                        -- of a correction
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor,
    UNIQUE (episode_id, number, version),
    CHECK ((version = 1) = (reason IS NULL))
) STRICT;

-- Whose signature a version of a sheet has on paper, and who got a copy of it.
-- What was ticked by mistake is taken back by a later row.
CREATE TABLE sheet_tick (
    id INTEGER PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES sheet ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('signature', 'copy')),
    whom TEXT NOT NULL CHECK (whom IN ('client', 'family', 'gp', 'staff',
        'other')),
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor
) STRICT;

CREATE INDEX sheet_tick_sheet ON sheet_tick (sheet_id);

-- A signal may come from an answer on a sheet, by its number; 'scale' is then
-- the key of the form.  Null: from an answer on a scale.
ALTER TABLE signal ADD COLUMN sheet INTEGER;

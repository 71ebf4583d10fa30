-- 0011: who held a session, and what was agreed for days to come.

-- Null: the therapist whose client it was then.
ALTER TABLE session ADD COLUMN held_by TEXT;

-- The client answered alone, and met nobody: no session in the sense of a
-- contact, though it has its number and its status is 'held'.
ALTER TABLE session ADD COLUMN is_check_in INTEGER NOT NULL DEFAULT 0
    CHECK (is_check_in IN (0, 1));

-- What stands in calendars of the staff: when a client comes.  Nothing else of
-- an event is here.
CREATE TABLE appointment (
    id INTEGER PRIMARY KEY,
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    owner TEXT NOT NULL,                -- name of the account that brought it
    calendar TEXT NOT NULL,             -- which of its calendars; '': the one
    uid TEXT NOT NULL,                  -- hash of the event's id and which time
    start_ms INTEGER NOT NULL,
    day_date INTEGER NOT NULL,          -- of the start, in the clinic's zone
    mode TEXT CHECK (mode IN ('room', 'phone', 'video', 'home', 'net')),
    is_cancelled INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelled IN (0, 1)),
    is_met INTEGER NOT NULL DEFAULT 0 CHECK (is_met IN (0, 1)),
                                        -- there is a session of that day
    run INTEGER NOT NULL,               -- import that had it last
    UNIQUE (owner, calendar, uid)
) STRICT;

CREATE INDEX appointment_day ON appointment (episode_id, day_date);
CREATE INDEX appointment_open ON appointment (day_date)
    WHERE is_cancelled = 0 AND is_met = 0;

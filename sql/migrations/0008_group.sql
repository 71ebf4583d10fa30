-- 0008: groups that meet.

-- A group that works together, or the responsibility group round one client.
CREATE TABLE meeting_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,          -- handle, such as 'imr-monday'
    kind TEXT NOT NULL CHECK (kind IN ('group', 'responsibility')),
    unit_id INTEGER NOT NULL REFERENCES unit,
    leader TEXT NOT NULL,               -- name of an account
    second_leader TEXT,
    planned_meetings INTEGER,
    added_ms INTEGER NOT NULL
) STRICT;

-- Who belongs to it, from when to when.
CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES meeting_group ON DELETE CASCADE,
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    joined_date INTEGER NOT NULL,
    left_date INTEGER,                  -- last day; null: still in it
    why TEXT,
    CHECK (left_date IS NULL OR left_date >= joined_date)
) STRICT;

CREATE INDEX member_group ON member (group_id);
CREATE INDEX member_episode ON member (episode_id);

CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES meeting_group ON DELETE CASCADE,
    number INTEGER NOT NULL,
    meeting_date INTEGER NOT NULL,
    module TEXT,                        -- what it was about
    UNIQUE (group_id, number)
) STRICT;

-- Each member of the day: there or not, and whether the homework was done.
CREATE TABLE attendance (
    meeting_id INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
    member_id INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
    was_there INTEGER NOT NULL CHECK (was_there IN (0, 1)),
    did_homework INTEGER NOT NULL CHECK (did_homework IN (0, 1)),
    PRIMARY KEY (meeting_id, member_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attendance_member ON attendance (member_id);

-- What somebody took on until a day.
CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES meeting_group ON DELETE CASCADE,
    text TEXT NOT NULL,                 -- without names
    who TEXT NOT NULL,                  -- name of an account, or a role
    until_date INTEGER NOT NULL,
    done_date INTEGER
) STRICT;

CREATE INDEX task_group ON task (group_id);

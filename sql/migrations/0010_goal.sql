-- 0010: what a client wants to reach, thinks will help, and consents to.

-- A goal of an episode, a sub-goal under one, or a step under that.  What it
-- says stands in its versions.
CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    set_date INTEGER NOT NULL           -- on which it was agreed
) STRICT;

CREATE INDEX goal_episode ON goal (episode_id);

-- What a goal says, or said until it was changed.
CREATE TABLE goal_version (
    goal_id INTEGER NOT NULL REFERENCES goal ON DELETE CASCADE,
    version INTEGER NOT NULL CHECK (version >= 1),
    is_last INTEGER NOT NULL CHECK (is_last IN (0, 1)), -- it holds now
    under_id INTEGER REFERENCES goal ON DELETE CASCADE, -- null: under none
    text TEXT NOT NULL,
    criterion TEXT,                     -- by which it is known to be reached
    target_date INTEGER,                -- by which it is to be
    status TEXT NOT NULL CHECK (status IN ('open', 'reached', 'dropped')),
    weight REAL NOT NULL CHECK (weight > 0), -- beside the others'
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (goal_id, version),
    CHECK (under_id IS NOT goal_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX goal_version_last ON goal_version (goal_id)
    WHERE is_last = 1;
CREATE INDEX goal_version_under ON goal_version (under_id)
    WHERE under_id IS NOT NULL;
CREATE INDEX goal_target ON goal_version (target_date)
    WHERE is_last = 1 AND status = 'open' AND target_date IS NOT NULL;

-- How far it has come on a day.  A later row says more; none is changed.
CREATE TABLE goal_mark (
    id INTEGER PRIMARY KEY,
    goal_id INTEGER NOT NULL REFERENCES goal ON DELETE CASCADE,
    mark_date INTEGER NOT NULL,
    progress INTEGER CHECK (progress BETWEEN 0 AND 10),
    level INTEGER CHECK (level BETWEEN -2 AND 2), -- of goal attainment
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor,
    CHECK (progress IS NOT NULL OR level IS NOT NULL)
) STRICT;

CREATE INDEX goal_mark_goal ON goal_mark (goal_id, mark_date);

-- What a client thinks will help, in one line, or thought until it was said
-- anew: the version with the greatest number holds.
CREATE TABLE theory (
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    version INTEGER NOT NULL CHECK (version >= 1),
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor, -- who wrote it down
    PRIMARY KEY (episode_id, version)
) STRICT, WITHOUT ROWID;

-- What a client has consented to: a purpose, and who gets what it takes.
CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    purpose TEXT NOT NULL,              -- word: 'research'
    recipient TEXT NOT NULL,            -- word: 'uio'
    given_ms INTEGER NOT NULL,
    given_actor_id INTEGER NOT NULL REFERENCES actor, -- who wrote it down
    withdrawn_ms INTEGER,               -- null: it stands
    withdrawn_actor_id INTEGER REFERENCES actor,
    why TEXT,                           -- it was withdrawn
    CHECK ((withdrawn_ms IS NULL) = (withdrawn_actor_id IS NULL)),
    CHECK ((withdrawn_ms IS NULL) = (why IS NULL))
) STRICT;

CREATE UNIQUE INDEX consent_standing ON consent (person_id, purpose, recipient)
    WHERE withdrawn_ms IS NULL;
CREATE INDEX consent_person ON consent (person_id);

-- Episodes that a researcher is told of: not those of a person who withdrew a
-- consent to research, and gave none after that.
CREATE VIEW study_episode AS
    SELECT e.* FROM visible_episode e
    WHERE NOT EXISTS (SELECT 1 FROM consent w
        WHERE w.person_id = e.person_id AND w.purpose = 'research'
            AND w.withdrawn_ms IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM consent g
                WHERE g.person_id = w.person_id AND g.purpose = 'research'
                    AND g.withdrawn_ms IS NULL
                    AND g.given_ms > w.withdrawn_ms));

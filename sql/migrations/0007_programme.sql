-- 0007: programmes that a client works through under a code.

-- Parts of the pathway (its modules) that were agreed until the next contact.
CREATE TABLE part (
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    module TEXT NOT NULL,               -- key in the pathway
    agreed_date INTEGER NOT NULL,
    until_date INTEGER NOT NULL,        -- the next contact
    done_date INTEGER,                  -- null: not yet
    PRIMARY KEY (episode_id, module)
) STRICT, WITHOUT ROWID;

-- Every time the client came to the programme.  No address is kept.
CREATE TABLE log_in (
    id INTEGER PRIMARY KEY,
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX log_in_episode ON log_in (episode_id, at_ms);

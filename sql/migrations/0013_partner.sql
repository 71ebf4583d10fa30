-- 0013: somebody of another organisation who works on an episode, too.

-- Each change is a row; the last one of a name says what holds.
CREATE TABLE partner (
    id INTEGER PRIMARY KEY,
    episode_id INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    name TEXT NOT NULL,                 -- of an account
    may TEXT NOT NULL CHECK (may IN ('see', 'work', 'nothing')),
    until_date INTEGER,                 -- last day; null: while it is open
    consent_id INTEGER REFERENCES consent ON DELETE CASCADE,
    why TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor,
    CHECK ((may = 'nothing') = (consent_id IS NULL))
) STRICT;

CREATE INDEX partner_episode ON partner (episode_id, name);
CREATE INDEX partner_name ON partner (name);

-- Those that hold, but for their last day: while the episode is open, the
-- client's consent stands, and the partner is of the unit that it names.
CREATE VIEW standing_partner AS
    SELECT p.* FROM partner p
        JOIN episode e ON e.id = p.episode_id AND e.ending = 'open'
        JOIN consent c ON c.id = p.consent_id AND c.withdrawn_ms IS NULL
        JOIN account a ON a.name = p.name AND a.left_ms IS NULL
        JOIN unit u ON u.id = a.unit_id AND u.name = c.recipient
    WHERE p.id = (SELECT max(q.id) FROM partner q
        WHERE q.episode_id = p.episode_id AND q.name = p.name);

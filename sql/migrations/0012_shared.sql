-- 0012: an answer that counts in several episodes of a client.

-- The session, of another episode, in which it was given; null: in this one.
ALTER TABLE answer ADD COLUMN shared_session_id INTEGER REFERENCES session;

CREATE INDEX answer_shared ON answer (shared_session_id)
    WHERE shared_session_id IS NOT NULL;

-- Of two episodes that share answers the later one: its scores are those of the
-- other one again, and no second person's.
CREATE VIEW overlapping_episode AS
    SELECT DISTINCT max(k.episode_id, g.episode_id) AS id
    FROM answer c JOIN session k ON k.id = c.session_id
        JOIN session g ON g.id = c.shared_session_id
    WHERE c.shared_session_id IS NOT NULL;

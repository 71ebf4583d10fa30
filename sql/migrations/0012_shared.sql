-- 0012: an answer that counts in several episodes of a client.

-- The session, of another episode, in which it was given; null: in this one.
ALTER TABLE answer ADD COLUMN shared_session_id INTEGER REFERENCES session;

CREATE INDEX answer_shared ON answer (shared_session_id)
    WHERE shared_session_id IS NOT NULL;

-- 0007: who held a session.

-- Null: the therapist whose client it was then.
ALTER TABLE session ADD COLUMN held_by TEXT;

-- Sessions that are mended.

-- name: session_set
UPDATE session SET session_date = $1, status = $2, mode = $3,
    held_by = coalesce($4, held_by)
WHERE id = $5;

-- name: session_holders
SELECT number, held_by FROM session
WHERE episode_id = $1 AND held_by IS NOT NULL ORDER BY number;

-- name: session_last_held
SELECT max(session_date) FROM session
WHERE episode_id = $1 AND status = 'held';

-- What was expected of a session that was not held.
-- name: due_drop_session
DELETE FROM due WHERE episode_id = $1 AND session_id = $2;

-- name: due_move_session
UPDATE due SET due_date = due_date + $1, until_date = until_date + $1
WHERE episode_id = $2 AND session_id = $3;

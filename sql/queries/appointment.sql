-- Sessions that are mended, and appointments.

-- name: session_set
UPDATE session SET session_date = $1,
    status = iif($2 = 'check-in', 'held', $2), is_check_in = $2 = 'check-in',
    mode = $3, held_by = coalesce($4, held_by)
WHERE id = $5;

-- name: session_holders
SELECT number, held_by FROM session
WHERE episode_id = $1 AND held_by IS NOT NULL ORDER BY number;

-- What was expected of a session that was not held.
-- name: due_drop_session
DELETE FROM due WHERE episode_id = $1 AND session_id = $2;

-- name: due_move_session
UPDATE due SET due_date = due_date + $1, until_date = until_date + $1
WHERE episode_id = $2 AND session_id = $3;

-- name: appointment_find
SELECT id, episode_id, start_ms, mode, is_cancelled FROM appointment
WHERE owner = $1 AND calendar = coalesce($2, '') AND uid = $3;

-- name: appointment_add
INSERT INTO appointment (episode_id, owner, calendar, uid, start_ms, day_date,
    mode, run)
VALUES ($1, $2, coalesce($3, ''), $4, $5, $6, $7, $8);

-- name: appointment_change
UPDATE appointment SET episode_id = $1, start_ms = $2, day_date = $3,
    mode = $4, run = $5, is_cancelled = 0
WHERE id = $6;

-- Those of a day were met if there is a session of it.
-- name: appointment_meet
UPDATE appointment SET is_met = EXISTS (SELECT 1 FROM session s
    WHERE s.episode_id = appointment.episode_id
        AND s.session_date = appointment.day_date AND s.is_check_in = 0)
WHERE episode_id = $1 AND day_date = $2;

-- What lies ahead and was not in the last import of the calendar.
-- name: appointment_gone
SELECT DISTINCT episode_id FROM appointment
WHERE owner = $1 AND calendar = coalesce($2, '') AND run <> $3
    AND start_ms > $4 AND is_cancelled = 0
ORDER BY episode_id LIMIT $5;

-- name: appointment_cancel
UPDATE appointment SET is_cancelled = 1
WHERE owner = $1 AND calendar = coalesce($2, '') AND run <> $3
    AND start_ms > $4 AND is_cancelled = 0 AND episode_id = $5;

-- name: appointment_last
SELECT max(day_date) FROM appointment
WHERE episode_id = $1 AND day_date BETWEEN $2 AND $3 AND is_cancelled = 0
    AND is_met = 0;

-- name: appointment_mode
SELECT mode FROM appointment
WHERE episode_id = $1 AND day_date = $2 AND is_cancelled = 0
ORDER BY start_ms LIMIT 1;

-- name: appointment_list
SELECT a.id, e.id, p.id, p.code, e.number, e.therapist, a.start_ms,
    a.day_date, a.mode
FROM appointment a JOIN visible_episode e ON e.id = a.episode_id
    JOIN person p ON p.id = e.person_id
WHERE a.is_cancelled = 0 AND a.is_met = 0
    AND a.day_date BETWEEN $1 AND $2
    AND a.day_date >= e.opened_date
    AND (e.closed_date IS NULL OR a.day_date <= e.closed_date)
    AND (a.day_date > $3 OR (a.day_date = $3 AND a.id > $4))
    AND ($5 IS NULL OR e.therapist = $5)
    AND (($6 AND (e.therapist = $7
            OR (e.cover = $7 AND e.cover_until_date >= $8)
            OR e.id IN (SELECT n.episode_id FROM standing_partner n
                WHERE n.name = $7
                    AND (n.until_date IS NULL OR n.until_date >= $8))))
        OR ($9 AND coalesce(e.supervisor = $7,
            substr(e.unit_path, 1, length($10)) = $10)))
ORDER BY a.day_date, a.id LIMIT $11;

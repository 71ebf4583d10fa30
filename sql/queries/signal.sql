-- Signals.

-- name: signal_add
INSERT INTO signal (episode_id, session_id, scale, finding, raised_ms, sheet)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: signal_pass
UPDATE signal SET passed_session_id = $1 WHERE id = $2;

-- name: signal_of_episode
SELECT g.id, g.finding, g.scale, s.number, s.session_date,
    (SELECT count(*) FROM session n WHERE n.episode_id = $1
     AND (n.session_date, n.number) > (s.session_date, s.number)
     AND n.status = 'held' AND n.is_check_in = 0), g.sheet, g.session_id,
    r.number, r.therapist
FROM signal g JOIN session s ON s.id = g.session_id
    JOIN episode r ON r.id = g.episode_id
-- An answer to talk about (finding 1) goes with the client into a new episode.
WHERE g.passed_session_id IS NULL
    AND (g.episode_id = $1 OR g.finding = 1)
    AND g.episode_id IN (SELECT o.id FROM episode e
        JOIN episode o ON o.person_id = e.person_id WHERE e.id = $1)
ORDER BY g.id;

-- name: signal_open
SELECT g.id, p.code, e.number, e.therapist, g.finding, g.scale, s.number,
    s.session_date, p.id,
    (SELECT count(*) FROM session n WHERE n.episode_id = g.episode_id
     AND n.number > s.number AND n.status = 'held'
     AND n.is_check_in = 0), g.sheet
FROM signal g JOIN visible_episode e ON e.id = g.episode_id
    JOIN person p ON p.id = e.person_id JOIN session s ON s.id = g.session_id
-- An answer to talk about (finding 1) waits for a person, also past the end.
WHERE g.passed_session_id IS NULL AND (e.ending = 'open' OR g.finding = 1)
    AND ($1 IS NULL OR e.therapist = $1)
    AND (($2 AND (e.therapist = $3
            OR (e.cover = $3 AND e.cover_until_date >= $4)
            OR e.id IN (SELECT n.episode_id FROM standing_partner n
                WHERE n.name = $3
                    AND (n.until_date IS NULL OR n.until_date >= $4))))
        OR ($5 AND coalesce(e.supervisor = $3,
            substr(e.unit_path, 1, length($6)) = $6))
        OR ($7 AND g.finding = 1
            AND substr(e.unit_path, 1, length($6)) = $6))
ORDER BY g.id LIMIT 10000;

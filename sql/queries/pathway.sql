-- Pathways, and what is due.

-- name: pathway_add
INSERT INTO pathway (key, version, definition, added_ms)
VALUES ($1, $2, $3, $4);

-- name: pathway_by_key
SELECT id, definition FROM pathway WHERE key = $1
    AND ($2 IS NULL OR version = $2) ORDER BY id DESC LIMIT 1;

-- name: pathway_by_id
SELECT id, definition FROM pathway WHERE id = $1;

-- name: pathway_list
SELECT max(id) FROM pathway GROUP BY key ORDER BY key;

-- name: episode_pathway
UPDATE episode SET pathway = $1, pathway_id = $2, phase = $3, phase_date = $4,
    phase_session = $5
WHERE id = $6;

-- name: due_add
INSERT INTO due (episode_id, kind, occasion, key, rater, session_id, due_date,
    until_date, missing, review_date)
VALUES ($1, $2, $3, $4, coalesce($5, ''), $6, $7, $8, $9, $10);

-- name: due_change
UPDATE due SET due_date = $1, until_date = $2, missing = $3, review_date = $4
WHERE id = $5;

-- name: due_remove
DELETE FROM due WHERE id = $1;

-- What a session was missing, once it comes after all.
-- name: due_came_late
DELETE FROM due WHERE episode_id = $1 AND session_id = $2 AND kind = $3
    AND key = $4 AND rater = coalesce($5, '');

-- The same of what is asked for on a day: what came on that day is the last
-- that was due by then, as early and as late as it is awaited.
-- name: due_came_by_day
DELETE FROM due WHERE id = (SELECT id FROM due
    WHERE episode_id = $1 AND session_id IS NULL AND kind = $2 AND key = $3
        AND rater = coalesce($4, '') AND missing = 'unsaid'
        AND 2 * due_date - until_date <= $5 AND until_date + $6 >= $5
    ORDER BY due_date DESC LIMIT 1);

-- name: due_of_episode
SELECT id, kind, occasion, key, rater, session_id, due_date, until_date,
    missing, review_date
FROM due WHERE episode_id = $1
    AND (missing IS NULL OR (missing = 'declined' AND review_date > $2))
ORDER BY id;

-- name: due_by_id
SELECT id, kind, occasion, key, rater, session_id, due_date, until_date,
    missing, review_date, episode_id
FROM due WHERE id = $1;

-- What has a row, and the goals whose day has passed.  A goal's number stands
-- far behind all rows (KOR_DUE_GOALS), so that a page knows where to go on.
-- name: due_list
SELECT d.id AS row, d.kind, d.occasion, d.key, d.rater, d.session_id,
    d.due_date AS due_date, d.until_date, d.missing, d.review_date,
    e.id, p.id, e.pathway_id, p.code, e.number, s.number, e.therapist, NULL
FROM due d JOIN visible_episode e ON e.id = d.episode_id
    JOIN person p ON p.id = e.person_id
    LEFT JOIN session s ON s.id = d.session_id
WHERE d.missing IS NULL AND d.due_date <= $1
    AND (NOT $2 OR d.until_date < $1) AND (NOT $3 OR d.until_date >= $1)
    AND (d.due_date > $4 OR (d.due_date = $4 AND d.id > $5))
    AND ($6 IS NULL OR e.therapist = $6)
    AND (($7 AND (e.therapist = $8
            OR (e.cover = $8 AND e.cover_until_date >= $1)
            OR e.id IN (SELECT n.episode_id FROM standing_partner n
                WHERE n.name = $8
                    AND (n.until_date IS NULL OR n.until_date >= $1))))
        OR ($9 AND coalesce(e.supervisor = $8,
            substr(e.unit_path, 1, length($10)) = $10)))
UNION ALL
SELECT v.goal_id + 1000000000000, 'goal', 'target', 'goal', NULL, NULL,
    v.target_date, v.target_date, NULL, NULL,
    e.id, p.id, e.pathway_id, p.code, e.number, NULL, e.therapist, v.text
FROM goal_version v JOIN goal g ON g.id = v.goal_id
    JOIN visible_episode e ON e.id = g.episode_id
    JOIN person p ON p.id = e.person_id
WHERE v.is_last = 1 AND v.status = 'open' AND v.target_date < $1
    AND NOT $3 AND e.ending = 'open'
    AND (v.target_date > $4 OR (v.target_date = $4
        AND v.goal_id > $5 - 1000000000000))
    AND ($6 IS NULL OR e.therapist = $6)
    AND (($7 AND (e.therapist = $8
            OR (e.cover = $8 AND e.cover_until_date >= $1)
            OR e.id IN (SELECT n.episode_id FROM standing_partner n
                WHERE n.name = $8
                    AND (n.until_date IS NULL OR n.until_date >= $1))))
        OR ($9 AND coalesce(e.supervisor = $8,
            substr(e.unit_path, 1, length($10)) = $10)))
ORDER BY due_date, row LIMIT $11;

-- name: due_of_person
SELECT d.id, d.kind, d.occasion, d.key, d.rater, d.session_id, d.due_date,
    d.until_date, d.missing, d.review_date,
    e.id, p.id, e.pathway_id, p.code, e.number, s.number, e.therapist, NULL
FROM due d JOIN visible_episode e ON e.id = d.episode_id
    JOIN person p ON p.id = e.person_id
    LEFT JOIN session s ON s.id = d.session_id
WHERE e.person_id = $1 ORDER BY d.due_date, d.id LIMIT $2;

-- Episodes for which a day may have something to do.
-- name: day_episodes
SELECT e.id FROM episode e
WHERE e.id > $1 AND e.pathway_id IS NOT NULL
    AND (e.ending = 'open' OR EXISTS (SELECT 1 FROM due d
        WHERE d.episode_id = e.id AND (d.missing IS NULL
            OR (d.missing = 'declined'
                AND d.occasion IN ('end', 'follow-up')))))
ORDER BY e.id LIMIT $2;

-- The session with which so many were held in the phase.
-- name: phase_sessions
SELECT number, session_date FROM session
WHERE episode_id = $1 AND status = 'held' AND is_check_in = 0
    AND session_date >= $2
    AND number > coalesce($3, 0)
ORDER BY number LIMIT 1 OFFSET $4;

-- name: last_held
SELECT session_date FROM session
WHERE episode_id = $1 AND status = 'held' AND is_check_in = 0
ORDER BY number DESC LIMIT 1;

-- name: day_find
SELECT day_date, after_id FROM day;

-- name: day_put
INSERT OR REPLACE INTO day (id, day_date, after_id) VALUES (1, $1, $2);

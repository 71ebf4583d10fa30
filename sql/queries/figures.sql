-- What a course is fitted to, and the clinic's figures.

-- name: course_scores
SELECT e.id, e.opened_date, p.born_month, s.number, s.session_date, a.total
FROM visible_episode e JOIN person p ON p.id = e.person_id
    JOIN session s ON s.episode_id = e.id
    JOIN current_answer a ON a.session_id = s.id
    JOIN instrument i ON i.id = a.instrument_id
WHERE e.ending <> 'open'
    AND i.id = (SELECT max(n.id) FROM instrument n WHERE n.key = $1) AND ($2 IS NULL OR e.pathway = $2)
    AND ($2 IS NOT NULL OR e.id NOT IN (SELECT id FROM overlapping_episode))
    AND a.rater = $3 AND a.total IS NOT NULL
    AND s.session_date <= e.closed_date
ORDER BY e.id, s.number;

-- The same of the latest $3 episodes that had ended by $2, looked for among the
-- last 20,000 alone, since somebody waits for a picture.
-- name: course_scores_latest
SELECT e.id, e.opened_date, p.born_month, s.number, s.session_date, a.total
FROM (SELECT v.id, v.opened_date, v.closed_date, v.person_id
        FROM visible_episode v
        WHERE v.id > (SELECT max(id) FROM episode) - 20000
            AND v.ending <> 'open' AND ($1 IS NULL OR v.pathway = $1)
            AND v.closed_date <= $2
        ORDER BY v.id DESC LIMIT $3) e
    JOIN person p ON p.id = e.person_id
    JOIN session s ON s.episode_id = e.id
    JOIN current_answer a ON a.session_id = s.id
    JOIN instrument i ON i.id = a.instrument_id
WHERE i.id = (SELECT max(n.id) FROM instrument n WHERE n.key = $4)
    AND ($1 IS NOT NULL OR e.id NOT IN (SELECT id FROM overlapping_episode))
    AND a.rater = $5 AND a.total IS NOT NULL
    AND s.session_date <= e.closed_date
ORDER BY e.id, s.number;

-- name: study_people
SELECT DISTINCT person_id FROM study_episode;

-- name: study_pathways
SELECT pathway FROM study_episode GROUP BY pathway
HAVING count(DISTINCT person_id) >= $1 ORDER BY count(*) DESC LIMIT $2;

-- name: clinic_episodes
SELECT count(*), coalesce(sum(ending = 'open'), 0),
    coalesce(sum(ending = 'planned'), 0),
    coalesce(sum(ending = 'unplanned'), 0), coalesce(sum(is_made_up), 0)
FROM visible_episode
WHERE ($1 IS NULL OR opened_date <= $1)
    AND ($2 IS NULL OR closed_date IS NULL OR closed_date >= $2)
    AND substr(unit_path, 1, length($3)) = $3;

-- name: clinic_sessions
SELECT iif(s.is_check_in, 'check-in', s.status) AS kind, count(*)
FROM session s
    JOIN visible_episode e ON e.id = s.episode_id
WHERE ($1 IS NULL OR s.session_date >= $1)
    AND ($2 IS NULL OR s.session_date <= $2)
    AND substr(e.unit_path, 1, length($3)) = $3
GROUP BY kind;

-- name: clinic_closed
SELECT e.id FROM visible_episode e WHERE e.ending <> 'open'
    AND ($1 IS NULL OR e.closed_date >= $1)
    AND ($2 IS NULL OR e.closed_date <= $2)
    AND substr(e.unit_path, 1, length($3)) = $3 ORDER BY e.id;

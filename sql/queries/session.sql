-- Sessions and answers.  'check-in' is a status to all but the table.

-- name: session_add
INSERT INTO session (episode_id, number, session_date, status, mode,
    is_check_in)
VALUES ($1, $2, $3, iif($4 = 'check-in', 'held', $4), $5, $4 = 'check-in');

-- name: session_change
UPDATE session SET status = iif($1 = 'check-in', 'held', $1),
    is_check_in = $1 = 'check-in', mode = $2
WHERE id = $3;

-- name: session_list
SELECT id, number, session_date, iif(is_check_in, 'check-in', status), mode
FROM session
WHERE episode_id = $1 ORDER BY number;

-- name: answer_add
INSERT INTO answer (session_id, instrument_id, rater, version, language, how,
    items, total, n_missing, is_prorated, attention, why, at_ms, actor_id,
    start, needed, course_id, expected, low80, high80, standing, unsaid,
    findings, shared_session_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    $17, $18, $19, $20, $21, $22, $23, $24);

-- name: answer_strike
UPDATE answer SET items = NULL, total = NULL, n_missing = 0, is_prorated = 0,
    attention = 0, is_struck = 1, why = $1, start = NULL, needed = NULL,
    course_id = NULL, expected = NULL, low80 = NULL, high80 = NULL,
    standing = 0, unsaid = 0, findings = 0
WHERE session_id = $2 AND instrument_id = $3 AND rater = $4;

-- name: answer_list
SELECT session_id, instrument_id, rater, version, language, how, items, total,
    n_missing, is_prorated, attention, is_struck, why, at_ms, actor_id, start,
    needed, course_id, expected, low80, high80, standing, unsaid, findings,
    shared_session_id
FROM answer WHERE session_id = $1 ORDER BY instrument_id, rater, version;

-- Where else an answer counts, and where one that counts here was given.
-- name: answer_copies
SELECT DISTINCT e.number, s.number
FROM answer a JOIN session s ON s.id = a.session_id
    JOIN episode e ON e.id = s.episode_id
WHERE a.shared_session_id = $1 AND a.instrument_id = $2 AND a.rater = $3
    AND a.is_struck = 0
ORDER BY e.number LIMIT $4;

-- name: session_where
SELECT e.number, s.number FROM session s JOIN episode e ON e.id = s.episode_id
WHERE s.id = $1;

-- name: timeline_answers
SELECT a.session_id, a.instrument_id, a.rater, a.version, a.total, a.is_struck
FROM session s JOIN answer a ON a.session_id = s.id
WHERE s.episode_id = $1 ORDER BY s.number, a.instrument_id, a.rater, a.version;

-- name: answer_last_lead
SELECT s.number, a.total, a.start, a.standing, a.unsaid, a.findings,
    a.instrument_id
FROM episode e JOIN session s ON s.episode_id = e.id
    JOIN current_answer a ON a.session_id = s.id
    JOIN instrument i ON i.id = a.instrument_id
WHERE e.id = $1 AND i.key = e.lead_scale AND a.rater = 'client'
    AND a.total IS NOT NULL
    AND (e.closed_date IS NULL OR s.session_date <= e.closed_date)
ORDER BY s.number DESC LIMIT 1;

-- name: session_summary
SELECT count(*), max(session_date) FROM session WHERE episode_id = $1;

-- name: export_sessions
SELECT s.id, p.code, e.number, e.pathway, e.unit, e.therapist, e.ending,
    s.number, s.session_date, iif(s.is_check_in, 'check-in', s.status),
    s.mode, e.is_made_up, p.id,
    e.opened_date, s.held_by
FROM session s JOIN visible_episode e ON e.id = s.episode_id
    JOIN person p ON p.id = e.person_id
WHERE s.id > $1 ORDER BY s.id LIMIT $2;

-- name: export_person
SELECT s.id, p.code, e.number, e.pathway, e.unit, e.therapist, e.ending,
    s.number, s.session_date, iif(s.is_check_in, 'check-in', s.status),
    s.mode, e.is_made_up, p.id,
    e.opened_date, s.held_by
FROM visible_episode e JOIN person p ON p.id = e.person_id
    JOIN session s ON s.episode_id = e.id
WHERE e.person_id = $1 ORDER BY e.number, s.number LIMIT $2 OFFSET $3;

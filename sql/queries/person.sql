-- What else is kept of one person, for the file of everything about a client.

-- name: person_appointments
SELECT e.number, a.start_ms, a.day_date, a.mode, a.is_cancelled, a.is_met
FROM appointment a JOIN episode e ON e.id = a.episode_id
WHERE e.person_id = $1 ORDER BY a.day_date, a.id LIMIT $2;

-- name: person_log_ins
SELECT e.number, l.at_ms FROM log_in l JOIN episode e ON e.id = l.episode_id
WHERE e.person_id = $1 ORDER BY l.id LIMIT $2;

-- Of the groups round this client; tasks of a group that works together are
-- not about one of them.
-- name: person_tasks
SELECT g.name, t.text, t.who, t.until_date, t.done_date
FROM task t JOIN meeting_group g ON g.id = t.group_id
WHERE g.kind = 'responsibility' AND g.id IN (SELECT m.group_id
    FROM member m JOIN episode e ON e.id = m.episode_id
    WHERE e.person_id = $1)
ORDER BY t.id LIMIT $2;

-- Goals: a tree an episode, in versions, with how far each has come.

-- name: goal_add
INSERT INTO goal (episode_id, set_date) VALUES ($1, $2);

-- What held until now is kept.
-- name: goal_version_end
UPDATE goal_version SET is_last = 0 WHERE goal_id = $1 AND is_last = 1;

-- name: goal_version_add
INSERT INTO goal_version (goal_id, version, is_last, under_id, text,
    criterion, target_date, status, weight, at_ms, actor_id)
VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: goal_mark_add
INSERT INTO goal_mark (goal_id, mark_date, progress, level, at_ms, actor_id)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: goal_list
SELECT g.id, v.version, v.under_id, v.text, v.criterion, v.target_date,
    v.status, v.weight, v.at_ms, c.name, g.set_date,
    p.progress, p.mark_date, l.level, l.mark_date
FROM goal g JOIN goal_version v ON v.goal_id = g.id AND v.is_last = 1
    JOIN actor a ON a.id = v.actor_id
    JOIN account c ON c.id = a.account_id
    LEFT JOIN goal_mark p ON p.id = (SELECT m.id FROM goal_mark m
        WHERE m.goal_id = g.id AND m.progress IS NOT NULL
        ORDER BY m.mark_date DESC, m.id DESC LIMIT 1)
    LEFT JOIN goal_mark l ON l.id = (SELECT m.id FROM goal_mark m
        WHERE m.goal_id = g.id AND m.level IS NOT NULL
        ORDER BY m.mark_date DESC, m.id DESC LIMIT 1)
WHERE g.episode_id = $1 ORDER BY g.id LIMIT $2;

-- name: goal_versions
SELECT v.goal_id, v.version, v.under_id, v.text, v.criterion, v.target_date,
    v.status, v.weight, v.at_ms, c.name
FROM goal_version v JOIN actor a ON a.id = v.actor_id
    JOIN account c ON c.id = a.account_id
WHERE v.goal_id = $1 AND v.is_last = 0 ORDER BY v.version DESC LIMIT $2;

-- name: goal_marks
SELECT m.mark_date, m.progress, m.level, m.at_ms, c.name
FROM goal_mark m JOIN actor a ON a.id = m.actor_id
    JOIN account c ON c.id = a.account_id
WHERE m.goal_id = $1 ORDER BY m.mark_date DESC, m.id DESC LIMIT $2;

-- name: theory_add
INSERT INTO theory (episode_id, version, text, at_ms, actor_id)
VALUES ($1, $2, $3, $4, $5);

-- name: theory_list
SELECT t.version, t.text, t.at_ms, c.name
FROM theory t JOIN actor a ON a.id = t.actor_id
    JOIN account c ON c.id = a.account_id
WHERE t.episode_id = $1 ORDER BY t.version DESC LIMIT $2;

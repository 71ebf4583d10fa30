-- Forms, and the sheets that are filled in on them.

-- name: form_add
INSERT INTO form (key, version, definition, added_ms)
VALUES ($1, $2, $3, $4);

-- name: form_by_key
SELECT id, definition FROM form WHERE key = $1
    AND ($2 IS NULL OR version = $2) ORDER BY id DESC LIMIT 1;

-- name: form_by_id
SELECT id, definition FROM form WHERE id = $1;

-- name: form_list
SELECT max(id) FROM form GROUP BY key ORDER BY key;

-- name: sheet_add
INSERT INTO sheet (episode_id, number, version, form_id, sheet_date, answers,
    reason, at_ms, actor_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: sheet_last
SELECT coalesce(max(number), 0), count(*) FROM sheet WHERE episode_id = $1;

-- name: sheet_find
SELECT s.id, s.number, s.version, s.form_id, s.sheet_date, s.reason, s.at_ms,
    c.name, EXISTS (SELECT 1 FROM sheet n WHERE n.episode_id = s.episode_id
        AND n.number = s.number AND n.version > s.version) AS replaced,
    s.answers
FROM sheet s JOIN actor a ON a.id = s.actor_id
    JOIN account c ON c.id = a.account_id
WHERE s.episode_id = $1 AND ($2 IS NULL OR s.number = $2)
    AND ($3 IS NULL OR s.version = $3) AND ($4 OR NOT replaced)
ORDER BY s.number, s.version;

-- name: sheet_tick_add
INSERT INTO sheet_tick (sheet_id, kind, whom, is_on, at_ms, actor_id)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: sheet_ticks
SELECT t.kind, t.whom, t.is_on, t.at_ms, c.name
FROM sheet_tick t JOIN actor a ON a.id = t.actor_id
    JOIN account c ON c.id = a.account_id
WHERE t.sheet_id = $1 ORDER BY t.id LIMIT $2;

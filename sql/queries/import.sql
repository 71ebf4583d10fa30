-- Imports.

-- name: import_add
INSERT INTO import (name, hash, n_rows, is_made_up, begun_ms)
VALUES ($1, $2, $3, $4, $5);

-- name: import_by_hash
SELECT id, n_rows, next_row, finished_ms IS NOT NULL FROM import
WHERE hash = $1;

-- name: import_by_id
SELECT id, n_rows, next_row, finished_ms IS NOT NULL FROM import
WHERE id = $1;

-- name: import_advance
UPDATE import SET next_row = $1 WHERE id = $2;

-- name: import_finish
UPDATE import SET finished_ms = $1 WHERE id = $2;

-- name: import_person_add
INSERT INTO import_person (import_id, person, episode_id) VALUES ($1, $2, $3);

-- name: import_person_find
SELECT episode_id FROM import_person WHERE import_id = $1 AND person = $2;

-- name: import_codes
SELECT i.id, i.person, p.code, p.id FROM import_person i
    JOIN episode e ON e.id = i.episode_id JOIN person p ON p.id = e.person_id
WHERE i.import_id = $1 AND i.id > $2 ORDER BY i.id LIMIT 1000;

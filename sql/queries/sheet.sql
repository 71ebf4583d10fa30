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

-- Requests, scales and courses.

-- name: request_find
SELECT hash, reply FROM request WHERE id = $1 AND actor_id = $2;

-- name: request_newest
SELECT id FROM request ORDER BY id DESC LIMIT 1;

-- name: request_add
INSERT INTO request (id, actor_id, at_ms, hash, reply)
VALUES ($1, $2, $3, $4, $5);

-- name: request_expire
UPDATE request SET reply = NULL WHERE rowid IN (
    SELECT rowid FROM request WHERE reply IS NOT NULL AND at_ms < $1
    ORDER BY at_ms LIMIT $2);

-- name: instrument_add
INSERT INTO instrument (key, version, definition, added_ms)
VALUES ($1, $2, $3, $4);

-- name: instrument_by_key
SELECT id, definition FROM instrument WHERE key = $1
    AND ($2 IS NULL OR version = $2) ORDER BY id DESC LIMIT 1;

-- name: instrument_by_id
SELECT id, definition FROM instrument WHERE id = $1;

-- name: instrument_list
SELECT max(id) FROM instrument GROUP BY key ORDER BY key;

-- name: course_add
INSERT INTO course (scale, certificate, fitted_ms) VALUES ($1, $2, $3);

-- name: course_by_id
SELECT id, certificate, in_use FROM course WHERE id = $1;

-- name: course_in_use
SELECT id, certificate, in_use FROM course WHERE scale = $1 AND in_use = 1
ORDER BY id;

-- name: course_list
SELECT id, certificate, in_use FROM course ORDER BY id DESC LIMIT 1000;

-- name: course_use
UPDATE course SET in_use = $1 WHERE id = $2;

-- name: stamp
SELECT (SELECT coalesce(max(id), 0) FROM instrument),
    (SELECT coalesce(max(id), 0) FROM pathway),
    (SELECT coalesce(max(id), 0) FROM form),
    (SELECT group_concat(id) FROM
        (SELECT id FROM course WHERE in_use = 1 ORDER BY id));

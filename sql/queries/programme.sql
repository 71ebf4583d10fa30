-- Programmes under a code.

-- name: part_put
INSERT INTO part (episode_id, module, agreed_date, until_date)
VALUES ($1, $2, $3, $4)
ON CONFLICT (episode_id, module) DO UPDATE
    SET agreed_date = $3, until_date = $4, done_date = NULL;

-- name: part_done
UPDATE part SET done_date = $1 WHERE episode_id = $2 AND module = $3;

-- name: parts
SELECT module, agreed_date, until_date, done_date FROM part
WHERE episode_id = $1 ORDER BY module;

-- name: log_in_add
INSERT INTO log_in (episode_id, at_ms) VALUES ($1, $2);

-- name: log_ins
SELECT count(*), max(at_ms) FROM log_in WHERE episode_id = $1;

-- One-time codes by which keys are enrolled.  One is open until it was used or
-- its time is over.

-- name: enrolment_add
INSERT INTO enrolment (account_id, hash, key_days, added_ms, expires_ms)
VALUES ($1, $2, $3, $4, $5);

-- name: enrolment_find
SELECT e.id, e.account_id, e.key_days
FROM enrolment e JOIN account c ON c.id = e.account_id
WHERE e.hash = $1 AND e.actor_id IS NULL AND e.expires_ms > $2
    AND c.left_ms IS NULL;

-- name: enrolment_use
UPDATE enrolment SET actor_id = $1 WHERE id = $2;

-- name: enrolment_close
UPDATE enrolment SET expires_ms = $1
WHERE actor_id IS NULL AND expires_ms > $1
    AND ($2 IS NULL OR account_id = $2);

-- name: enrolment_count_try
UPDATE enrolment SET n_tries = n_tries + 1
WHERE actor_id IS NULL AND expires_ms > $1;

-- name: enrolment_open
SELECT count(*), coalesce(max(n_tries), 0), coalesce(max(expires_ms), 0)
FROM enrolment WHERE actor_id IS NULL AND expires_ms > $1;

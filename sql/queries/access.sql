-- Accounts, keys, units, and the log of who looked.

-- name: unit_add
INSERT INTO unit (name, path, added_ms) VALUES ($1, $2, $3);

-- name: unit_find
SELECT id, path FROM unit WHERE name = $1;

-- name: account_add
INSERT INTO account (name, unit_id, person_id, added_ms)
VALUES ($1, $2, $3, $4);

-- name: account_role_add
INSERT INTO account_role (account_id, role) VALUES ($1, $2);

-- name: account_by_name
SELECT c.id, c.name,
    (SELECT group_concat(r.role) FROM account_role r
     WHERE r.account_id = c.id),
    c.unit_id, coalesce(u.path, '/'), c.person_id, c.left_ms, u.name
FROM account c LEFT JOIN unit u ON u.id = c.unit_id WHERE c.name = $1;

-- name: actor_add
INSERT INTO actor (public_key, account_id, added_ms, expires_ms)
VALUES ($1, $2, $3, $4);

-- name: actor_find
SELECT 1 FROM actor WHERE public_key = $1
UNION ALL SELECT 1 FROM revoked_key WHERE public_key = $1;

-- name: actor_list
SELECT a.id, a.public_key, a.expires_ms, c.id, c.name,
    (SELECT group_concat(r.role) FROM account_role r
     WHERE r.account_id = c.id),
    c.unit_id, coalesce(u.path, '/'), c.person_id, c.left_ms, u.name
FROM actor a JOIN account c ON c.id = a.account_id
    LEFT JOIN unit u ON u.id = c.unit_id
WHERE a.revoked_ms IS NULL AND c.left_ms IS NULL ORDER BY a.id;

-- name: glass_add
INSERT INTO break_glass (account_id, person_id, why, at_ms, until_ms)
VALUES ($1, $2, $3, $4, $5);

-- name: glass_list
SELECT g.id, c.name, p.id, p.code, g.why, g.at_ms, g.until_ms
FROM break_glass g JOIN account c ON c.id = g.account_id
    JOIN person p ON p.id = g.person_id
WHERE g.id < $1 AND g.at_ms >= $2 ORDER BY g.id DESC LIMIT $3;

-- name: glass_of
SELECT g.id, c.name, p.id, p.code, g.why, g.at_ms, g.until_ms
FROM break_glass g JOIN account c ON c.id = g.account_id
    JOIN person p ON p.id = g.person_id
WHERE g.person_id = $1 ORDER BY g.id DESC LIMIT $2;

-- name: glass_broken
SELECT 1 FROM break_glass
WHERE person_id = $1 AND account_id = $2 AND until_ms > $3 LIMIT 1;

-- name: log_tail
SELECT seq, hash, at_ms FROM access_log ORDER BY seq DESC LIMIT 1;

-- name: log_cut_last
SELECT seq, hash, newest_ms FROM log_cut ORDER BY seq DESC LIMIT 1;

-- name: log_add
INSERT INTO access_log (seq, at_ms, actor_id, name, role, action, unit, code,
    episode, people, object, ground, reason, outcome, request, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
    $16);

-- name: log_row
SELECT seq, at_ms, actor_id, name, role, action, unit, code, episode, people,
    object, ground, reason, outcome, request, hash
FROM access_log WHERE seq = $1;

-- What was done to one client, and the lists that he or she may be in: $3 is
-- the id as eight bytes, which may also begin in the middle of another's.
-- name: log_of
SELECT seq, at_ms, actor_id, name, role, action, unit, code, episode, people,
    object, ground, reason, outcome, request, hash
FROM access_log WHERE seq > $1 AND (code = $2 OR instr(people, $3) > 0)
ORDER BY seq;

-- name: log_cut_add
INSERT INTO log_cut (seq, hash, newest_ms, at_ms, actor_id)
VALUES ($1, $2, $3, $4, $5);

-- name: log_trim
DELETE FROM access_log WHERE seq IN (
    SELECT seq FROM access_log
    WHERE seq <= (SELECT max(seq) FROM log_cut) ORDER BY seq LIMIT $1);

-- name: review_add
INSERT INTO log_review (from_seq, to_seq, seed, n_rows, at_ms, actor_id)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: review_list
SELECT r.id, r.from_seq, r.to_seq, r.seed, r.n_rows, r.finding, r.at_ms,
    c.name
FROM log_review r JOIN actor a ON a.id = r.actor_id
    JOIN account c ON c.id = a.account_id
WHERE ($1 IS NULL OR r.id = $1) ORDER BY r.id DESC LIMIT 1000;

-- name: review_close
UPDATE log_review SET finding = $1, closed_ms = $2
WHERE id = $3 AND finding IS NULL;

-- name: log_rows
SELECT seq, at_ms, actor_id, name, role, action, unit, code, episode, people,
    object, ground, reason, outcome, request, hash
FROM access_log WHERE seq > $1 ORDER BY seq;

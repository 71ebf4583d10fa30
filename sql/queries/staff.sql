-- Units, accounts and keys, as administrators see and change them.

-- name: unit_list
SELECT id, name, path FROM unit ORDER BY path;

-- name: account_list
SELECT c.id, c.name,
    (SELECT group_concat(r.role) FROM account_role r
     WHERE r.account_id = c.id),
    c.unit_id, coalesce(u.path, '/'), c.person_id, c.left_ms, u.name, p.code,
    (SELECT count(*) FROM actor a WHERE a.account_id = c.id
     AND c.left_ms IS NULL AND a.revoked_ms IS NULL
     AND coalesce(a.expires_ms > $1, 1)),
    coalesce(o.n, 0)
FROM account c LEFT JOIN unit u ON u.id = c.unit_id
    LEFT JOIN person p ON p.id = c.person_id
    LEFT JOIN (SELECT therapist, count(*) AS n FROM visible_episode
        WHERE ending = 'open' GROUP BY therapist) o ON o.therapist = c.name
WHERE $2 IS NULL OR c.name = $2 ORDER BY c.name;

-- name: account_by_id
SELECT c.id, c.name,
    (SELECT group_concat(r.role) FROM account_role r
     WHERE r.account_id = c.id),
    c.unit_id, coalesce(u.path, '/'), c.person_id, c.left_ms, u.name
FROM account c LEFT JOIN unit u ON u.id = c.unit_id WHERE c.id = $1;

-- name: account_unit
UPDATE account SET unit_id = $1 WHERE id = $2;

-- name: account_roles_drop
DELETE FROM account_role WHERE account_id = $1;

-- name: account_leave
UPDATE account SET left_ms = $1 WHERE id = $2;

-- name: account_others
SELECT count(*) FROM account c JOIN account_role r ON r.account_id = c.id
WHERE r.role = $1 AND c.unit_id IS NULL AND c.left_ms IS NULL AND c.id <> $2
    AND EXISTS (SELECT 1 FROM actor a WHERE a.account_id = c.id
        AND a.revoked_ms IS NULL AND coalesce(a.expires_ms > $3, 1));

-- name: account_cares
SELECT count(*) FILTER (WHERE e.therapist = $1),
    count(*) FILTER (WHERE e.supervisor = $1)
FROM visible_episode e WHERE e.ending = 'open';

-- name: account_named_elsewhere
SELECT count(*) FROM episode e LEFT JOIN unit u ON u.name = e.unit
WHERE $1 IN (e.therapist, e.cover, e.supervisor)
    AND substr(coalesce(u.path, '/'), 1, length($2)) <> $2;

-- name: person_unit
SELECT p.id, coalesce(u.id, 0), coalesce(u.path, '/')
FROM person p JOIN visible_episode e ON e.person_id = p.id
    LEFT JOIN unit u ON u.name = e.unit
WHERE p.code = $1 ORDER BY e.number DESC LIMIT 1;

-- name: key_list
SELECT id, public_key, account_id, added_ms, expires_ms, revoked_ms,
    revoked_why
FROM actor WHERE ($1 IS NULL OR id = $1) AND ($2 IS NULL OR account_id = $2)
ORDER BY id;

-- name: key_revoke
UPDATE actor SET revoked_ms = $1, revoked_why = $2
WHERE id = $3 AND revoked_ms IS NULL;

-- name: key_revoke_all
UPDATE actor SET revoked_ms = $1, revoked_why = $2
WHERE account_id = $3 AND revoked_ms IS NULL;

-- name: key_revoke_found
UPDATE actor SET revoked_ms = $1, revoked_why = $2
WHERE public_key = $3 AND revoked_ms IS NULL;

-- name: revoked_key_add
INSERT INTO revoked_key (public_key, at_ms) SELECT $1, $2
WHERE NOT EXISTS (SELECT 1 FROM actor WHERE public_key = $1)
ON CONFLICT DO NOTHING;

-- name: revocation_list
SELECT public_key, revoked_ms FROM actor WHERE revoked_ms IS NOT NULL
UNION ALL SELECT public_key, at_ms FROM revoked_key ORDER BY 2, 1;

-- Labels and addresses.

-- name: label_key_add
INSERT INTO label_key (unit_id, proof, added_ms, actor_id)
VALUES ($1, $2, $3, $4);

-- name: label_key_newest
SELECT k.id, u.name, u.path, k.proof FROM label_key k
    JOIN unit u ON u.id = k.unit_id
WHERE u.name = $1 ORDER BY k.id DESC LIMIT 1;

-- name: label_key_by_id
SELECT k.id, u.name, u.path, k.proof FROM label_key k
    JOIN unit u ON u.id = k.unit_id
WHERE k.id = $1;

-- name: label_share_put
INSERT OR REPLACE INTO label_share (label_key_id, actor_id, sealed,
    shared_by_id, at_ms)
VALUES ($1, $2, $3, $4, $5);

-- name: label_share_find
SELECT sealed FROM label_share WHERE label_key_id = $1 AND actor_id = $2;

-- Keys that are admitted and belong to staff of a unit, and whether they can
-- open a key of labels.
-- name: label_members
SELECT a.id, c.name, a.public_key,
    EXISTS (SELECT 1 FROM label_share s
            WHERE s.label_key_id = $1 AND s.actor_id = a.id)
FROM actor a JOIN account c ON c.id = a.account_id
    LEFT JOIN unit u ON u.id = c.unit_id
WHERE a.revoked_ms IS NULL AND c.left_ms IS NULL
    AND (a.expires_ms IS NULL OR a.expires_ms > $2)
    AND substr($3, 1, length(coalesce(u.path, '/'))) = coalesce(u.path, '/')
    AND EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = c.id
                AND r.role IN ('therapist', 'supervisor', 'administrator',
                    'duty'))
ORDER BY a.id LIMIT 1000;

-- name: label_put
INSERT OR REPLACE INTO label (person_id, label_key_id, sealed)
VALUES ($1, $2, $3);

-- name: label_find
SELECT label_key_id, sealed FROM label WHERE person_id = $1;

-- name: label_drop
DELETE FROM label WHERE person_id = $1;

-- name: contact_put
INSERT OR REPLACE INTO contact (person_id, kind, sealed) VALUES ($1, $2, $3);

-- name: contact_drop
DELETE FROM contact WHERE person_id = $1 AND kind = $2;

-- name: contact_find
SELECT sealed FROM contact WHERE person_id = $1 AND kind = $2;

-- name: person_has_account
SELECT 1 FROM account WHERE person_id = $1 LIMIT 1;

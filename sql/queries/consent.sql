-- Consents, standing and withdrawn.

-- name: consent_add
INSERT INTO consent (person_id, purpose, recipient, given_ms, given_actor_id)
VALUES ($1, $2, $3, $4, $5);

-- name: consent_withdraw
UPDATE consent SET withdrawn_ms = $1, withdrawn_actor_id = $2, why = $3
WHERE id = $4;

-- name: consent_list
SELECT s.id, s.purpose, s.recipient, s.given_ms, c.name, s.withdrawn_ms,
    d.name, s.why
FROM consent s JOIN actor a ON a.id = s.given_actor_id
    JOIN account c ON c.id = a.account_id
    LEFT JOIN actor b ON b.id = s.withdrawn_actor_id
    LEFT JOIN account d ON d.id = b.account_id
WHERE s.person_id = $1 ORDER BY s.id DESC LIMIT $2;

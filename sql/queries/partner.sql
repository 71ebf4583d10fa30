-- Partners of other organisations.

-- name: partner_add
INSERT INTO partner (episode_id, name, may, until_date, consent_id, why, at_ms,
    actor_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: partner_may
SELECT may FROM standing_partner
WHERE episode_id = $1 AND name = $2
    AND (until_date IS NULL OR until_date >= $3);

-- name: partner_list
SELECT p.name, p.may, p.until_date, p.why, p.at_ms, c.name,
    p.id IN (SELECT n.id FROM standing_partner n WHERE n.episode_id = $1
        AND (n.until_date IS NULL OR n.until_date >= $2))
FROM partner p JOIN actor a ON a.id = p.actor_id
    JOIN account c ON c.id = a.account_id
WHERE p.episode_id = $1 ORDER BY 7 DESC, p.id DESC LIMIT $3;

-- name: partner_episodes
SELECT episode_id FROM standing_partner
WHERE name = $1 AND (until_date IS NULL OR until_date >= $2)
ORDER BY episode_id LIMIT $3;

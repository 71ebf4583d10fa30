-- People and their episodes.

-- name: person_add
INSERT INTO person (code, born_month, gender) VALUES ($1, $2, $3);

-- name: person_find
SELECT id, born_month, gender FROM person WHERE code = $1;

-- Imported episodes name therapists who have no account.
-- name: is_therapist
SELECT EXISTS (SELECT 1 FROM account WHERE name = $1)
    OR EXISTS (SELECT 1 FROM episode WHERE therapist = $1);

-- name: episode_add
INSERT INTO episode (person_id, number, pathway, unit, therapist,
    opened_date, planned_end_date, import_id, cover, cover_until_date,
    supervisor, pathway_id, phase, phase_date)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: episode_last
SELECT id FROM visible_episode WHERE person_id = $1
ORDER BY number DESC LIMIT 1;

-- name: episode_numbered
SELECT id FROM visible_episode WHERE person_id = $1 AND number = $2;

-- name: episode_open_by_code
SELECT e.id, e.number
FROM person p JOIN visible_episode e ON e.person_id = p.id
WHERE p.code = $1 AND e.ending = 'open' ORDER BY e.number DESC LIMIT $2;

-- name: episode_count
SELECT max(number) FROM visible_episode WHERE person_id = $1;

-- name: episode_load
SELECT p.id, p.code, p.born_month, p.gender, e.number, e.pathway, e.unit,
    e.therapist, e.opened_date, e.planned_end_date, e.closed_date, e.ending,
    e.reason, e.lead_scale, e.cover, e.cover_until_date, e.supervisor,
    coalesce(u.path, '/'), e.pathway_id, e.phase, e.phase_date,
    e.ending_reason, e.module, e.phase_session
FROM episode e JOIN person p ON p.id = e.person_id
    LEFT JOIN unit u ON u.name = e.unit WHERE e.id = $1;

-- name: episode_close
UPDATE episode SET ending = $1, reason = $2, closed_date = $3,
    ending_reason = $4, module = $5 WHERE id = $6;

-- name: episode_lead
UPDATE episode SET lead_scale = $1 WHERE id = $2;

-- name: episode_hands
UPDATE episode SET therapist = $1, cover = $2, cover_until_date = $3,
    supervisor = $4, unit = $5 WHERE id = $6;

-- name: episode_open_of
SELECT id FROM visible_episode
WHERE ending = 'open' AND (therapist = $1 OR supervisor = $1) AND id > $2
ORDER BY id LIMIT $3;

-- name: hands_add
INSERT INTO hand_over (episode_id, kind, from_name, to_name, until_date, why,
    at_ms, actor_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: hands_list
SELECT h.kind, h.from_name, h.to_name, h.until_date, h.why, h.at_ms, c.name
FROM hand_over h JOIN actor a ON a.id = h.actor_id
    JOIN account c ON c.id = a.account_id
WHERE h.episode_id = $1 ORDER BY h.id DESC LIMIT $2;

-- name: episode_open_after
SELECT e.id FROM visible_episode e
WHERE e.ending = 'open' AND e.id > $1 AND ($2 IS NULL OR e.therapist = $2)
    AND (($3 AND (e.therapist = $4
            OR (e.cover = $4 AND e.cover_until_date >= $5)
            OR e.id IN (SELECT n.episode_id FROM standing_partner n
                WHERE n.name = $4
                    AND (n.until_date IS NULL OR n.until_date >= $5))))
        OR ($6 AND coalesce(e.supervisor = $4,
            substr(e.unit_path, 1, length($7)) = $7))
        OR ($8 AND substr(e.unit_path, 1, length($7)) = $7
            AND EXISTS (SELECT 1 FROM signal g JOIN episode o
                ON o.id = g.episode_id WHERE o.person_id = e.person_id
                AND g.finding = 1 AND g.passed_session_id IS NULL)))
ORDER BY e.id LIMIT $9;

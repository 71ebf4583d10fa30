-- Letting everything about a person go; in this order.

-- The group round this client alone, with all that was said in it.
-- name: erase_groups
DELETE FROM meeting_group AS g WHERE g.kind = 'responsibility'
    AND EXISTS (SELECT 1 FROM member m JOIN episode e ON e.id = m.episode_id
        WHERE m.group_id = g.id AND e.person_id = $1)
    AND NOT EXISTS (SELECT 1 FROM member m JOIN episode e
            ON e.id = m.episode_id
        WHERE m.group_id = g.id AND e.person_id <> $1);

-- name: erase_signals
DELETE FROM signal WHERE episode_id IN
    (SELECT id FROM episode WHERE person_id = $1);

-- name: erase_answers
DELETE FROM answer WHERE session_id IN
    (SELECT s.id FROM session s JOIN episode e ON e.id = s.episode_id
     WHERE e.person_id = $1);

-- name: erase_sessions
DELETE FROM session WHERE episode_id IN
    (SELECT id FROM episode WHERE person_id = $1);

-- name: erase_imports
DELETE FROM import_person WHERE episode_id IN
    (SELECT id FROM episode WHERE person_id = $1);

-- name: erase_hand_overs
DELETE FROM hand_over WHERE episode_id IN
    (SELECT id FROM episode WHERE person_id = $1);

-- name: erase_episodes
DELETE FROM episode WHERE person_id = $1;

-- name: erase_glass
DELETE FROM break_glass WHERE person_id = $1;

-- The client's own account asks no more.
-- name: erase_account
UPDATE account SET person_id = NULL, left_ms = coalesce(left_ms, $1),
    name = 'erased-' || id
WHERE person_id = $2;

-- Replies about that account name the code as well.
-- name: erase_account_replies
UPDATE request SET reply = NULL
WHERE reply IS NOT NULL AND EXISTS (SELECT 1 FROM account c
    WHERE c.person_id = $1 AND instr(request.reply, c.name) > 0);

-- name: erase_person
DELETE FROM person WHERE id = $1;

-- Replies that are kept to be given again hold scores.
-- name: erase_replies
UPDATE request SET reply = NULL
WHERE reply IS NOT NULL AND instr(reply, $1) > 0;

-- name: deletion_add
INSERT INTO deletion (code, reason, at_ms, actor_id) VALUES ($1, $2, $3, $4);

-- name: deletion_find
SELECT 1 FROM deletion WHERE code = $1 LIMIT 1;

-- name: deletion_list
SELECT code, at_ms FROM deletion ORDER BY id;

-- People of whom nothing was entered since a day and no episode is open, in
-- units under a path.
-- name: retention
SELECT p.id, p.code, max(coalesce(
        (SELECT max(s.session_date) FROM session s WHERE s.episode_id = e.id),
        e.opened_date), e.closed_date) AS last_date
FROM person p JOIN visible_episode e ON e.person_id = p.id
WHERE p.id > $1
GROUP BY p.id
HAVING sum(e.ending = 'open') = 0 AND max(max(coalesce(
        (SELECT max(s.session_date) FROM session s WHERE s.episode_id = e.id),
        e.opened_date), e.closed_date)) < $2
    AND min(substr(e.unit_path, 1, length($3)) = $3) = 1
ORDER BY p.id LIMIT $4;

-- Groups that meet.

-- name: group_add
INSERT INTO meeting_group (name, kind, unit_id, leader, second_leader,
    planned_meetings, added_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: group_find
SELECT g.id, g.name, g.kind, u.name, u.path, g.leader, g.second_leader,
    g.planned_meetings
FROM meeting_group g JOIN unit u ON u.id = g.unit_id WHERE g.name = $1;

-- name: group_list
SELECT g.id, g.name, g.kind, u.name, u.path, g.leader, g.second_leader,
    g.planned_meetings
FROM meeting_group g JOIN unit u ON u.id = g.unit_id
WHERE g.leader = $1 OR g.second_leader = $1
    OR ($2 AND substr(u.path, 1, length($3)) = $3)
ORDER BY g.name LIMIT 1000;

-- name: member_add
INSERT INTO member (group_id, episode_id, joined_date) VALUES ($1, $2, $3);

-- name: member_leave
UPDATE member SET left_date = $1, why = $2 WHERE id = $3;

-- Who is in groups leaves them with the end of the episode.
-- name: member_end
UPDATE member SET left_date = max(joined_date, $1)
WHERE episode_id = $2 AND left_date IS NULL;

-- name: members
SELECT m.id, m.episode_id, p.id, p.code, m.joined_date, m.left_date,
    (SELECT count(*) FROM attendance a WHERE a.member_id = m.id),
    (SELECT count(*) FROM attendance a WHERE a.member_id = m.id
        AND a.was_there = 1),
    (SELECT max(t.meeting_date) FROM attendance a
        JOIN meeting t ON t.id = a.meeting_id
        WHERE a.member_id = m.id AND a.was_there = 1), e.number
FROM member m JOIN episode e ON e.id = m.episode_id
    JOIN person p ON p.id = e.person_id
WHERE m.group_id = $1 ORDER BY m.id LIMIT 1000;

-- name: memberships
SELECT count(*) FROM member WHERE episode_id = $1;

-- name: attended
SELECT m.id, g.name, m.joined_date, m.left_date, m.why, t.number,
    t.meeting_date, t.module, a.was_there, a.did_homework
FROM member m JOIN meeting_group g ON g.id = m.group_id
    LEFT JOIN attendance a ON a.member_id = m.id
    LEFT JOIN meeting t ON t.id = a.meeting_id
WHERE m.episode_id = $1 ORDER BY m.id, t.number;

-- name: meeting_add
INSERT INTO meeting (group_id, number, meeting_date, module)
VALUES ($1, $2, $3, $4);

-- name: meetings
SELECT t.number, t.meeting_date, t.module,
    (SELECT count(*) FROM attendance a WHERE a.meeting_id = t.id
        AND a.was_there = 1),
    (SELECT count(*) FROM attendance a WHERE a.meeting_id = t.id)
FROM meeting t WHERE t.group_id = $1 ORDER BY t.number DESC LIMIT 500;

-- name: attendance_add
INSERT INTO attendance (meeting_id, member_id, was_there, did_homework)
VALUES ($1, $2, $3, $4);

-- name: task_add
INSERT INTO task (group_id, text, who, until_date) VALUES ($1, $2, $3, $4);

-- name: task_done
UPDATE task SET done_date = $1
WHERE id = $2 AND group_id = $3 AND done_date IS NULL;

-- name: tasks
SELECT id, text, who, until_date FROM task
WHERE group_id = $1 AND done_date IS NULL ORDER BY until_date, id LIMIT 500;

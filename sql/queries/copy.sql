-- What tells one copy of the database from another.

-- name: schema_number
SELECT user_version FROM pragma_user_version;

-- name: schema_tables
SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name;

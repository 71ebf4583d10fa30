-- 0005: keys that are refused and were never here.

-- A key that was enrolled and revoked after the backup which this database was
-- restored from: the list beside the backups says so, and there is no row of
-- it in actor, nor will there be.
CREATE TABLE revoked_key (
    public_key BLOB PRIMARY KEY,        -- 32 bytes
    at_ms INTEGER NOT NULL,             -- when it was revoked
    CHECK (length(public_key) = 32)
) STRICT, WITHOUT ROWID;

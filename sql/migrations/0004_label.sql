-- 0004: labels that the unit's staff can read and kord cannot, and addresses
-- that kord needs and nobody finds in the file.

-- Keys of labels, each of one unit; a later one takes the place of an earlier
-- one for labels that are written from then on.  kord never holds such a key.
CREATE TABLE label_key (
    id INTEGER PRIMARY KEY,
    unit_id INTEGER NOT NULL REFERENCES unit,
    proof BLOB NOT NULL,                -- BLAKE2b of the key, 32 bytes: who
                                        -- opened one knows it is the right one
    added_ms INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor
) STRICT;

CREATE INDEX label_key_unit ON label_key (unit_id);

-- Such a key, closed for the key of one of the staff.
CREATE TABLE label_share (
    label_key_id INTEGER NOT NULL REFERENCES label_key,
    actor_id INTEGER NOT NULL REFERENCES actor,    -- who can open it
    sealed BLOB NOT NULL,               -- libsodium sealed box, 80 bytes
    shared_by_id INTEGER NOT NULL REFERENCES actor,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (label_key_id, actor_id)
) STRICT, WITHOUT ROWID;

-- The label of a person, such as initials, closed with such a key.
CREATE TABLE label (
    person_id INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    label_key_id INTEGER NOT NULL REFERENCES label_key,
    sealed BLOB NOT NULL
) STRICT;

-- Where a person can be reached: closed with the key of the clinic, which lies
-- outside the database; the person's id and the kind go into the seal.
CREATE TABLE contact (
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
    sealed BLOB NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;

-- 0007: sheets, and the forms that they are filled in on.

-- The catalogue of forms.  A definition never changes; a new one is a new row.
CREATE TABLE form (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                  -- word on a command line: 'closing'
    version TEXT NOT NULL,
    definition TEXT NOT NULL,           -- JSON, docs/sheets.md
    added_ms INTEGER NOT NULL,
    UNIQUE (key, version)
) STRICT;

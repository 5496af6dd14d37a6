"""The terms by which papers name their subjects."""

from __future__ import annotations

import sqlite_utils

from storage.sqlite.migrations.steps import MIGRATIONS, execute

VOCABULARY = """
CREATE TABLE terms (
    term TEXT NOT NULL,
    paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
    kinds INTEGER NOT NULL,
    spelling TEXT NOT NULL,
    PRIMARY KEY (term, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX terms_by_paper ON terms (paper);
CREATE TABLE uncounted (paper INTEGER PRIMARY KEY REFERENCES papers (pk) ON DELETE CASCADE) STRICT;
INSERT INTO uncounted SELECT pk FROM papers
WHERE unnamed_on >= (SELECT date(max(unnamed_on), '-45 days') FROM papers);
CREATE TABLE counting (version INTEGER NOT NULL) STRICT;
INSERT INTO counting VALUES (0);
"""

TRIGGERS = (
    """
CREATE TRIGGER papers_come AFTER INSERT ON papers WHEN new.unnamed_on IS NOT NULL BEGIN
    INSERT INTO uncounted VALUES (new.pk);
END
""",
    """
CREATE TRIGGER papers_rename AFTER UPDATE OF title, keywords, unnamed_on ON papers
WHEN new.unnamed_on IS NOT NULL
    AND (new.title, new.keywords, 1) IS NOT (old.title, old.keywords, old.unnamed_on IS NOT NULL)
BEGIN
    INSERT OR IGNORE INTO uncounted VALUES (new.pk);
END
""",
)


@MIGRATIONS()
def vocabulary(database: sqlite_utils.Database) -> None:
    """The terms of papers, and which papers are still to be counted."""
    execute(database, [*VOCABULARY.split(";"), *TRIGGERS])

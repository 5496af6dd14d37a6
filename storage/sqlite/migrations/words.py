"""Papers' folded words are kept, and filed in the order of the days on which they were listed last."""

from __future__ import annotations

import sqlite_utils

from storage.sqlite.migrations.steps import MIGRATIONS, execute

PAPER_WORDS = """
CREATE TABLE paper_words (
    paper INTEGER PRIMARY KEY REFERENCES papers (pk) ON DELETE CASCADE,
    words BLOB NOT NULL
) STRICT;
DROP INDEX papers_by_folded;
CREATE INDEX papers_by_folded ON papers (
    folded, upvotes, comments, stars, code_url, project_url, unnamed_on, last_listed, listings, categories
);
UPDATE folding SET version = 0;
"""
"""The index answers counts, facts and lists without reading papers. All are filed anew: their words are missing."""

RELISTED_TRIGGER = """
CREATE TRIGGER papers_relisted AFTER UPDATE OF last_listed ON papers WHEN new.last_listed IS NOT old.last_listed
BEGIN
    UPDATE papers SET folded = NULL WHERE pk = new.pk;
END
"""


@MIGRATIONS()
def paper_words(database: sqlite_utils.Database) -> None:
    """The folded words of papers."""
    execute(database, PAPER_WORDS.split(";"))
    execute(database, [RELISTED_TRIGGER])

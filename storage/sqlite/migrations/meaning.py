"""The latest steps: what papers mean, how close they are to subjects, and what people think of them."""

from __future__ import annotations

import sqlite_utils

from storage.sqlite.migrations.steps import MIGRATIONS, execute

MEANING = """
CREATE TABLE space (
    version INTEGER NOT NULL,
    fitted_at TEXT NOT NULL,
    papers INTEGER NOT NULL,
    terms BLOB NOT NULL,
    weights BLOB NOT NULL
) STRICT;
CREATE TABLE places (
    paper INTEGER PRIMARY KEY REFERENCES papers (pk) ON DELETE CASCADE,
    place BLOB NOT NULL,
    is_new INTEGER NOT NULL
) STRICT;
CREATE INDEX places_new ON places (is_new) WHERE is_new;
"""

NEARNESS = """
CREATE TABLE nearness (
    paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    closeness REAL NOT NULL,
    sentence TEXT NOT NULL,
    PRIMARY KEY (paper, subject)
) STRICT, WITHOUT ROWID;
"""

PLACED_TRIGGER = """
CREATE TRIGGER papers_displace AFTER UPDATE OF title, abstract, keywords ON papers
WHEN (new.title, new.abstract, new.keywords) IS NOT (old.title, old.abstract, old.keywords)
BEGIN
    DELETE FROM places WHERE paper = new.pk;
END
"""

OPINIONS = """
CREATE TABLE opinions (
    subscription INTEGER NOT NULL REFERENCES subscriptions (pk) ON DELETE CASCADE,
    paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
    is_liked INTEGER NOT NULL CHECK (is_liked IN (0, 1)),
    at TEXT NOT NULL,
    PRIMARY KEY (subscription, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX opinions_by_paper ON opinions (paper);
"""


@MIGRATIONS()
def meaning(database: sqlite_utils.Database) -> None:
    """The space of meaning, and where papers lie in it."""
    execute(database, [*MEANING.split(";"), PLACED_TRIGGER])


@MIGRATIONS()
def nearness(database: sqlite_utils.Database) -> None:
    """How close papers are to subjects, as it was decided."""
    execute(database, NEARNESS.split(";"))


@MIGRATIONS()
def opinions(database: sqlite_utils.Database) -> None:
    """What people think of papers."""
    execute(database, OPINIONS.split(";"))

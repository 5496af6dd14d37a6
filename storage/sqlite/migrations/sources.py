"""The latest steps: papers that are on the lists of several sources."""

from __future__ import annotations

import sqlite_utils

from storage.sqlite.migrations.steps import MIGRATIONS, execute

LISTINGS = """
ALTER TABLE papers ADD COLUMN categories TEXT NOT NULL DEFAULT '[]';
ALTER TABLE papers ADD COLUMN comment TEXT NOT NULL DEFAULT '';
ALTER TABLE papers ADD COLUMN is_withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1));
ALTER TABLE papers ADD COLUMN listings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE papers ADD COLUMN last_listed TEXT NOT NULL DEFAULT '';
ALTER TABLE papers ADD COLUMN unnamed_on TEXT;
ALTER TABLE papers ADD COLUMN is_wanted INTEGER NOT NULL DEFAULT 1 CHECK (is_wanted IN (0, 1));
UPDATE papers SET last_listed = list_day, unnamed_on = list_day, listings = json_object(
    coalesce((SELECT min(source) FROM lists WHERE lists.day = papers.list_day), 'huggingface'), list_day
);
CREATE INDEX papers_by_last_day ON papers (last_listed);
CREATE INDEX papers_unnamed ON papers (unnamed_on, position) WHERE unnamed_on IS NOT NULL;
ALTER TABLE followed_papers ADD COLUMN is_withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1));
ALTER TABLE queries ADD COLUMN sources TEXT NOT NULL DEFAULT '';
ALTER TABLE forgotten ADD COLUMN source TEXT NOT NULL DEFAULT '';
"""

COMMENT_TRIGGER = """
CREATE TRIGGER papers_unfold_comment AFTER UPDATE OF comment ON papers WHEN new.comment IS NOT old.comment
BEGIN
    UPDATE papers SET folded = NULL WHERE pk = new.pk;
END
"""


@MIGRATIONS()
def listings(database: sqlite_utils.Database) -> None:
    """The lists that papers are on, what arXiv says of them, and the sources that queries name."""
    execute(database, [*LISTINGS.split(";"), COMMENT_TRIGGER])

"""What is forgotten: papers, and what became of them, when they are old enough that nothing comes of them any more.

Of a forgotten paper its id is kept for ever, so that it is no new one when it is listed again. Its deliveries can go:
nobody gets it any more, since a paper that is not in the store is never enqueued.
"""

from __future__ import annotations

from datetime import date

from storage.sqlite.engine import Database

PAPERS_AT_ONCE = 50
"""Papers that are removed in one transaction: some 20 ms of the write lock."""

PAGES_AT_ONCE = 64
"""Pages of the index of words that are written in one transaction."""

# The last paper and delivery stay, however old: keys are given anew only when the highest is gone, and what refers to a
# paper or delivery by its key must never find another one.
OLD = """
SELECT pk FROM papers WHERE list_day < :day AND changed_at < :day AND NOT pending
  AND pk < (SELECT max(pk) FROM papers)
  AND pk NOT IN (SELECT paper FROM outbox WHERE state IN ('due', 'claimed'))
ORDER BY list_day LIMIT :limit
"""

REMEMBER = """
INSERT INTO forgotten (id) SELECT id FROM papers WHERE pk = :pk AND NOT pending
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.pk > :newest AND paper = papers.pk)
ON CONFLICT DO NOTHING
"""

REMOVE = "DELETE FROM papers WHERE pk = :pk AND id IN (SELECT id FROM forgotten)"

REFILE = """
UPDATE folding SET version = 0
WHERE (SELECT count(*) FROM papers_folded_docsize) > 2 * (SELECT count(*) FROM papers) + 100
"""
"""Nothing can be taken out of an index that keeps no texts, so it is made anew when most of it is of no use any more:
https://www.sqlite.org/fts5.html#contentless_tables."""


def forget_papers(database: Database, listed_before: date) -> int:
    """Remove some old papers; see `PaperStore.forget`."""
    with database.reading() as connection:  # what is slow here need not keep others from writing
        newest = connection.execute("SELECT coalesce(max(pk), 0) FROM outbox").fetchone()[0]
        old = connection.execute(OLD, {"day": listed_before.isoformat(), "limit": PAPERS_AT_ONCE}).fetchall()
    if not old:
        return 0
    with database.writing() as connection:
        before = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
        connection.executemany(REMEMBER, [{"pk": row["pk"], "newest": newest} for row in old])
        connection.executemany(REMOVE, [{"pk": row["pk"]} for row in old])
        connection.execute("DELETE FROM lists WHERE day < ?", (listed_before.isoformat(),))
        connection.execute("DELETE FROM gaps WHERE until < ?", (listed_before.isoformat(),))
        return int(before - connection.execute("SELECT count(*) FROM papers").fetchone()[0])


def tidy_words(database: Database, *, begin: bool) -> bool:
    """Free some of what forgotten papers' words take; see `PaperStore.tidy`.

    FTS5 notes what was deleted, and drops it when it merges its segments, which by itself it seldom does:
    https://www.sqlite.org/fts5.html#the_merge_command. The figure is negative to begin with all segments.
    """
    with database.writing() as connection:
        before = connection.total_changes
        connection.execute(
            "INSERT INTO papers_text (papers_text, rank) VALUES ('merge', ?)",
            (-PAGES_AT_ONCE if begin else PAGES_AT_ONCE,),
        )
        if connection.total_changes - before > 1:  # fewer when there was nothing to do
            return True
        connection.execute(REFILE)
        return False

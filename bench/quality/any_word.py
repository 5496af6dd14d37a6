"""Plain BM25 for comparison: papers with any word of the query, as a common search engine would rank them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing

from bot.domain import Paper


def any_word(query: str, papers: Iterable[Paper]) -> Sequence[str]:
    """The ids of the papers with any of the words in title, abstract or keywords, best first by BM25.

    With FTS5's constants and Porter's stems, https://www.sqlite.org/fts5.html#the_bm25_function. Equal ones stay in
    their order.
    """
    words = re.findall(r"\w+", query)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE papers USING fts5 (id UNINDEXED, text, tokenize = 'porter unicode61')")
        database.executemany(
            "INSERT INTO papers VALUES (?, ?)",
            ((paper.id, "\n".join((paper.title, paper.abstract, *paper.keywords))) for paper in papers),
        )
        wanted = " OR ".join(f'"{word}"' for word in words)
        rows = database.execute("SELECT id FROM papers WHERE papers MATCH ? ORDER BY bm25(papers), rowid", (wanted,))
        return [paper_id for (paper_id,) in rows]

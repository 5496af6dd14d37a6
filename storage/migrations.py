"""The schema, as the steps that led to it. A step that was released is never changed.

Days are written ``2026-03-10``, moments ``2026-03-10T12:00:00.000000+00:00``: text in their order.

A channel holds its messages back in order, so what is waited for is a matter of the channel, not of its deliveries:
``next_due`` says when its next message is due, and is empty while nothing is open or a message is on its way;
``claim_key``, ``claimed_at``, ``uncertain`` and ``attempts`` are those of the message that was claimed last and is not
settled, whose deliveries have the state ``claimed``.

A channel with a ``rhythm`` has its next digest at ``digest_due``; ``digest_last`` is the last delivery that the digest
before it brings, which may take several messages; without a rhythm, the last one of a flood. A channel is quiet until
``quiet_until``, however long ago that is; ``next_due`` is never before that, so that nothing else has to look at it.
See `storage.due`.

A paper's folded words are filed in ``papers_folded``, which keeps no text, so nothing can be taken out of it singly: a
paper that is filed anew has a new row there, and ``papers.folded`` names the one that counts; it is empty while the
paper is still to be filed. ``folding`` holds the version with which all of them were folded.

A subscription whose query was changed brings papers listed from ``counts_from`` on; others from ``created_at`` on.

``created_by`` is a name for people to read, ``created_by_id`` what the platform tells people apart by, empty where it
is not known. A pause is told at ``pause_told_at``, which is set before anything is sent.

The outbox is by far the largest table and is written in bursts, so it has few indexes and no foreign keys: a delivery
names the number of its subscription, which is never given again in its channel, and what was settled is counted in
``settled``.

``followed`` has the messages whose counts follow the source's, for a week each, with what they say as JSON that is
compressed; ``followed_papers`` what counts each of them shows of a paper, and from which on that is worth an edit
(``…_from``). A paper has ``matched_at`` once its matches were enqueued for the first time; a delivery that is enqueued
when it has is a ``second_chance``.
A gap is a time of which the database knows nothing, since it was restored from a copy made at ``since``; in such a copy
itself ``until`` is empty. See `storage.gaps`.

Of papers that were removed since they are old, ``forgotten`` keeps the ids. See `storage.retention`.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlite_utils
from sqlite_utils import Migrations

MIGRATIONS = Migrations("paperwire")

PAPERS = """
CREATE TABLE papers (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    list_day TEXT NOT NULL,
    position INTEGER NOT NULL,
    abstract TEXT NOT NULL,
    authors TEXT NOT NULL,
    published_at TEXT,
    summary TEXT NOT NULL,
    keywords TEXT NOT NULL,
    organization TEXT NOT NULL,
    upvotes INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    stars INTEGER,
    code_url TEXT NOT NULL,
    project_url TEXT NOT NULL,
    thumbnail_url TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    pending INTEGER NOT NULL CHECK (pending IN (0, 1))
) STRICT;
CREATE INDEX papers_by_day ON papers (list_day, position);
CREATE INDEX papers_pending ON papers (list_day, position) WHERE pending;

CREATE TABLE lists (
    source TEXT NOT NULL,
    day TEXT NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE definitions (
    paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
    acronym TEXT NOT NULL,
    full_form TEXT NOT NULL,
    PRIMARY KEY (paper, acronym, full_form)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE papers_text USING fts5 (
    title, abstract, keywords, authors,
    content = 'papers', content_rowid = 'pk', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE papers_words USING fts5vocab (papers_text, row);
"""

TEXT_TRIGGERS = (
    """
CREATE TRIGGER papers_inserted AFTER INSERT ON papers BEGIN
    INSERT INTO papers_text (rowid, title, abstract, keywords, authors)
    VALUES (new.pk, new.title, new.abstract, new.keywords, new.authors);
END
""",
    """
CREATE TRIGGER papers_updated AFTER UPDATE OF title, abstract, keywords, authors ON papers BEGIN
    INSERT INTO papers_text (papers_text, rowid, title, abstract, keywords, authors)
    VALUES ('delete', old.pk, old.title, old.abstract, old.keywords, old.authors);
    INSERT INTO papers_text (rowid, title, abstract, keywords, authors)
    VALUES (new.pk, new.title, new.abstract, new.keywords, new.authors);
END
""",
    """
CREATE TRIGGER papers_deleted AFTER DELETE ON papers BEGIN
    INSERT INTO papers_text (papers_text, rowid, title, abstract, keywords, authors)
    VALUES ('delete', old.pk, old.title, old.abstract, old.keywords, old.authors);
END
""",
)
"""The full-text index follows its table: https://www.sqlite.org/fts5.html#external_content_tables."""

SUBSCRIPTIONS = """
CREATE TABLE channels (
    pk INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    id TEXT NOT NULL,
    next_number INTEGER NOT NULL DEFAULT 1,
    greeted INTEGER NOT NULL DEFAULT 0 CHECK (greeted IN (0, 1)),
    pause_reason TEXT,
    pause_repair TEXT,
    paused_since TEXT,
    probe_at TEXT,
    rhythm TEXT,
    digest_due TEXT,
    digest_last INTEGER,
    empty_digests INTEGER NOT NULL DEFAULT 0 CHECK (empty_digests IN (0, 1)),
    quiet_since TEXT,
    quiet_until TEXT,
    quiet_by TEXT,
    next_due TEXT,
    claim_key TEXT,
    claimed_at TEXT,
    uncertain INTEGER NOT NULL DEFAULT 0 CHECK (uncertain IN (0, 1)),
    attempts INTEGER NOT NULL DEFAULT 0,
    UNIQUE (platform, id)
) STRICT;
CREATE INDEX channels_due ON channels (platform, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX channels_without_digest ON channels (digest_due)
    WHERE digest_due IS NOT NULL AND next_due IS NULL AND claim_key IS NULL;
CREATE INDEX channels_claimed ON channels (pk) WHERE claim_key IS NOT NULL;

CREATE TABLE queries (
    pk INTEGER PRIMARY KEY,
    canonical TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    filed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX queries_by_filing ON queries (filed);

CREATE TABLE anchors (
    anchor TEXT NOT NULL,
    query INTEGER NOT NULL REFERENCES queries (pk) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    conjunction TEXT NOT NULL,
    PRIMARY KEY (anchor, query, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX anchors_by_query ON anchors (query);

CREATE TABLE subscriptions (
    pk INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels (pk),
    number INTEGER NOT NULL,
    query INTEGER NOT NULL REFERENCES queries (pk),
    text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
    UNIQUE (channel, number),
    UNIQUE (channel, query)
) STRICT;
CREATE INDEX subscriptions_by_query ON subscriptions (query, channel, number, created_at);
CREATE INDEX subscriptions_pending ON subscriptions (pk) WHERE pending;

CREATE TABLE outbox (
    pk INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    paper INTEGER NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'claimed', 'delivered', 'failed', 'expired')),
    enqueued_at TEXT NOT NULL,
    settled_at TEXT,
    reason TEXT,
    receipt TEXT,
    link TEXT,
    UNIQUE (channel, paper)
) STRICT;
CREATE INDEX outbox_open ON outbox (channel, state, pk) WHERE state IN ('due', 'claimed');
CREATE INDEX outbox_due ON outbox (pk) WHERE state = 'due';

CREATE TABLE settled (
    state TEXT PRIMARY KEY,
    deliveries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

SEARCH = """
CREATE VIRTUAL TABLE papers_folded USING fts5 (
    title, body, joined, names,
    content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* S* P* C*'"
);
CREATE TABLE folding (version INTEGER NOT NULL) STRICT;
INSERT INTO folding VALUES (0);
ALTER TABLE papers ADD COLUMN folded INTEGER;
CREATE UNIQUE INDEX papers_by_folded ON papers (folded);
CREATE INDEX papers_unfolded ON papers (list_day) WHERE folded IS NULL;
"""

FOLDED_TRIGGER = """
CREATE TRIGGER papers_unfold AFTER UPDATE OF title, abstract, keywords, authors, organization ON papers
WHEN (new.title, new.abstract, new.keywords, new.authors, new.organization)
    IS NOT (old.title, old.abstract, old.keywords, old.authors, old.organization)
BEGIN
    UPDATE papers SET folded = NULL WHERE pk = new.pk;
END
"""

VOTES = """
CREATE TABLE votes (
    paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
    at TEXT NOT NULL,
    upvotes INTEGER NOT NULL,
    PRIMARY KEY (paper, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX votes_by_time ON votes (at);
"""

CHANGES = """
ALTER TABLE subscriptions ADD COLUMN counts_from TEXT;
DROP INDEX subscriptions_by_query;
CREATE INDEX subscriptions_by_query ON subscriptions (query, channel, number, created_at, counts_from);
"""

CLOSINGS = """
ALTER TABLE subscriptions ADD COLUMN created_by_id TEXT NOT NULL DEFAULT '';
ALTER TABLE channels ADD COLUMN pause_told_at TEXT;
CREATE INDEX channels_paused ON channels (pk) WHERE paused_since IS NOT NULL;
"""

FOLLOWING = """
CREATE TABLE followed (
    pk INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    channel INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    again_at TEXT NOT NULL,
    until TEXT NOT NULL,
    message BLOB NOT NULL
) STRICT;
CREATE INDEX followed_by_turn ON followed (again_at, channel, until);
CREATE INDEX followed_by_end ON followed (until);

CREATE TABLE followed_papers (
    message INTEGER NOT NULL REFERENCES followed (pk) ON DELETE CASCADE,
    paper INTEGER NOT NULL,
    upvotes INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    stars INTEGER NOT NULL,
    upvotes_from INTEGER NOT NULL,
    comments_from INTEGER NOT NULL,
    stars_from INTEGER NOT NULL,
    PRIMARY KEY (message, paper)
) STRICT, WITHOUT ROWID;
"""

SECOND_CHANCES = """
ALTER TABLE papers ADD COLUMN matched_at TEXT;
ALTER TABLE outbox ADD COLUMN second_chance INTEGER CHECK (second_chance IN (0, 1));
UPDATE papers SET matched_at = changed_at WHERE NOT pending;
"""

GAPS = """
CREATE TABLE gaps (
    pk INTEGER PRIMARY KEY,
    since TEXT NOT NULL,
    until TEXT
) STRICT;
"""

FORGOTTEN = """
CREATE TABLE forgotten (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
"""


@MIGRATIONS()
def papers(database: sqlite_utils.Database) -> None:
    """Papers, the lists they came on, and an index of their words."""
    _execute(database, PAPERS.split(";"))
    _execute(database, TEXT_TRIGGERS)


@MIGRATIONS()
def subscriptions(database: sqlite_utils.Database) -> None:
    """Channels, queries, subscriptions and the outbox."""
    _execute(database, SUBSCRIPTIONS.split(";"))


@MIGRATIONS()
def search(database: sqlite_utils.Database) -> None:
    """An index of papers' folded words."""
    _execute(database, SEARCH.split(";"))
    _execute(database, [FOLDED_TRIGGER])


@MIGRATIONS()
def votes(database: sqlite_utils.Database) -> None:
    """What was seen of papers' votes."""
    _execute(database, VOTES.split(";"))


@MIGRATIONS()
def changes(database: sqlite_utils.Database) -> None:
    """Subscriptions whose query was changed."""
    _execute(database, CHANGES.split(";"))


@MIGRATIONS()
def following(database: sqlite_utils.Database) -> None:
    """Messages that are kept up to date."""
    _execute(database, FOLLOWING.split(";"))


@MIGRATIONS()
def second_chances(database: sqlite_utils.Database) -> None:
    """Which papers were matched before, and which deliveries come of a later change."""
    _execute(database, SECOND_CHANCES.split(";"))


@MIGRATIONS()
def closings(database: sqlite_utils.Database) -> None:
    """Who is told of a channel's pause, and when somebody was."""
    _execute(database, CLOSINGS.split(";"))


@MIGRATIONS()
def gaps(database: sqlite_utils.Database) -> None:
    """Times of which a restored database knows nothing."""
    _execute(database, GAPS.split(";"))


@MIGRATIONS()
def forgotten(database: sqlite_utils.Database) -> None:
    """Papers that were removed."""
    _execute(database, FORGOTTEN.split(";"))


def _execute(database: sqlite_utils.Database, statements: Iterable[str]) -> None:
    """One by one: a script would commit the transaction that a migration runs in."""
    for statement in statements:
        if statement.strip():
            database.conn.execute(statement)

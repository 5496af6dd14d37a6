"""The schema of version 0.1.0."""

from __future__ import annotations

import sqlite_utils

from storage.sqlite.migrations.steps import MIGRATIONS, execute

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


@MIGRATIONS()
def papers(database: sqlite_utils.Database) -> None:
    """Papers, the lists they came on, and an index of their words."""
    execute(database, PAPERS.split(";"))
    execute(database, TEXT_TRIGGERS)


@MIGRATIONS()
def subscriptions(database: sqlite_utils.Database) -> None:
    """Channels, queries, subscriptions and the outbox."""
    execute(database, SUBSCRIPTIONS.split(";"))

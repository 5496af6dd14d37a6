"""The steps since then, oldest first; the last ones are in `meaning`."""

from __future__ import annotations

import contextlib
import json
import zlib
from typing import Any

import sqlite_utils

from storage.sqlite.migrations.steps import MIGRATIONS, execute

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

CLOSINGS = """
ALTER TABLE subscriptions ADD COLUMN created_by_id TEXT NOT NULL DEFAULT '';
ALTER TABLE channels ADD COLUMN pause_told_at TEXT;
CREATE INDEX channels_paused ON channels (pk) WHERE paused_since IS NOT NULL;
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

REFUSALS = """
ALTER TABLE channels ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
"""

LASTING_KEYS = """
CREATE TABLE queries_new (
    pk INTEGER PRIMARY KEY AUTOINCREMENT,
    canonical TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    filed INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO queries_new SELECT pk, canonical, text, filed FROM queries;
DROP TABLE queries;
ALTER TABLE queries_new RENAME TO queries;
CREATE INDEX queries_by_filing ON queries (filed);

CREATE TABLE outbox_new (
    pk INTEGER PRIMARY KEY AUTOINCREMENT,
    channel INTEGER NOT NULL,
    paper INTEGER NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'claimed', 'delivered', 'failed', 'expired')),
    enqueued_at TEXT NOT NULL,
    settled_at TEXT,
    reason TEXT,
    receipt TEXT,
    link TEXT,
    second_chance INTEGER CHECK (second_chance IN (0, 1)),
    UNIQUE (channel, paper)
) STRICT;
INSERT INTO outbox_new
SELECT pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link, second_chance FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE INDEX outbox_open ON outbox (channel, state, pk) WHERE state IN ('due', 'claimed');
CREATE INDEX outbox_due ON outbox (pk) WHERE state = 'due';
"""

POSTING_OUTAGES = """
CREATE TABLE posting_outages (
    platform TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    reason TEXT NOT NULL,
    next_try TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

NAMES = """
ALTER TABLE papers ADD COLUMN organization_handle TEXT NOT NULL DEFAULT '';
ALTER TABLE papers ADD COLUMN submitter TEXT NOT NULL DEFAULT '';
ALTER TABLE papers ADD COLUMN submitter_handle TEXT NOT NULL DEFAULT '';
DROP TRIGGER papers_unfold;
"""
"""Filled as lists are read again, which they are for two weeks; see `bot.polling.due_lists`."""

NAMED_TRIGGER = """
CREATE TRIGGER papers_unfold AFTER UPDATE
OF title, abstract, keywords, authors, organization, organization_handle, submitter, submitter_handle ON papers
WHEN (new.title, new.abstract, new.keywords, new.authors, new.organization, new.organization_handle, new.submitter,
      new.submitter_handle)
    IS NOT (old.title, old.abstract, old.keywords, old.authors, old.organization, old.organization_handle,
            old.submitter, old.submitter_handle)
BEGIN
    UPDATE papers SET folded = NULL WHERE pk = new.pk;
END
"""

PIECES = """
ALTER TABLE outbox ADD COLUMN at_most INTEGER CHECK (at_most > 0);
"""

SET_ASIDE = """
CREATE TABLE set_aside (
    key TEXT PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels (pk),
    claimed_at TEXT NOT NULL,
    posted_after TEXT,
    attempts INTEGER NOT NULL,
    refusals INTEGER NOT NULL,
    alone INTEGER NOT NULL CHECK (alone IN (0, 1)),
    next_try TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX set_aside_by_channel ON set_aside (channel, claimed_at);
CREATE INDEX set_aside_by_turn ON set_aside (next_try);
ALTER TABLE outbox ADD COLUMN set_aside TEXT;
ALTER TABLE channels ADD COLUMN last_receipt TEXT;
ALTER TABLE channels ADD COLUMN posted_after TEXT;
ALTER TABLE channels ADD COLUMN alone INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1));
"""

SAVED = """
CREATE TABLE saved (
    platform TEXT NOT NULL,
    channel TEXT NOT NULL,
    paper_id TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    paper TEXT NOT NULL,
    PRIMARY KEY (platform, channel, paper_id, person)
) STRICT;
CREATE INDEX saved_by_paper ON saved (paper_id, at);
"""

PAUSED_SUBSCRIPTIONS = """
ALTER TABLE subscriptions ADD COLUMN paused_at TEXT;
ALTER TABLE subscriptions ADD COLUMN paused_by TEXT NOT NULL DEFAULT '';
DROP INDEX subscriptions_by_query;
CREATE INDEX subscriptions_by_query ON subscriptions (query, channel, number, created_at, counts_from, paused_at);
"""

DIGESTS = """
ALTER TABLE channels ADD COLUMN digest_top INTEGER CHECK (digest_top > 0);
ALTER TABLE channels ADD COLUMN digest_shown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN place INTEGER;
ALTER TABLE outbox ADD COLUMN out_of INTEGER;
ALTER TABLE outbox ADD COLUMN rest_of TEXT;
CREATE INDEX outbox_rest ON outbox (rest_of) WHERE rest_of IS NOT NULL;
"""

PEOPLE = """
CREATE TABLE people (
    platform TEXT NOT NULL,
    id TEXT NOT NULL,
    zone TEXT NOT NULL,
    PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;
"""


@MIGRATIONS()
def search(database: sqlite_utils.Database) -> None:
    """An index of papers' folded words."""
    execute(database, SEARCH.split(";"))
    execute(database, [FOLDED_TRIGGER])


@MIGRATIONS()
def votes(database: sqlite_utils.Database) -> None:
    """Papers' votes over time."""
    execute(database, VOTES.split(";"))


@MIGRATIONS()
def changes(database: sqlite_utils.Database) -> None:
    """Subscriptions whose query was changed."""
    execute(database, CHANGES.split(";"))


@MIGRATIONS()
def following(database: sqlite_utils.Database) -> None:
    """Messages that are kept up to date."""
    execute(database, FOLLOWING.split(";"))


@MIGRATIONS()
def second_chances(database: sqlite_utils.Database) -> None:
    """Which papers were matched before, and which deliveries come of a later change."""
    execute(database, SECOND_CHANCES.split(";"))


@MIGRATIONS()
def closings(database: sqlite_utils.Database) -> None:
    """Whom to notify of a channel's pause, and when that was done."""
    execute(database, CLOSINGS.split(";"))


@MIGRATIONS()
def gaps(database: sqlite_utils.Database) -> None:
    """Gaps: times of which a restored database knows nothing."""
    execute(database, GAPS.split(";"))


@MIGRATIONS()
def forgotten(database: sqlite_utils.Database) -> None:
    """Papers that were removed."""
    execute(database, FORGOTTEN.split(";"))


@MIGRATIONS()
def refusals(database: sqlite_utils.Database) -> None:
    """How many attempts to post a message ended in unknown refusals or unexpected errors."""
    execute(database, REFUSALS.split(";"))


@MIGRATIONS()
def lasting_keys(database: sqlite_utils.Database) -> None:
    """Keys of queries and deliveries that are never given again."""
    execute(database, LASTING_KEYS.split(";"))


@MIGRATIONS()
def posting_outages(database: sqlite_utils.Database) -> None:
    """Which platforms take nothing at present."""
    execute(database, POSTING_OUTAGES.split(";"))


@MIGRATIONS()
def names(database: sqlite_utils.Database) -> None:
    """The other name of a paper's organization, and who submitted it."""
    execute(database, [*NAMES.split(";"), NAMED_TRIGGER])


@MIGRATIONS()
def pieces(database: sqlite_utils.Database) -> None:
    """How many papers, at most, a message may have with a paper whose message was refused and taken apart."""
    execute(database, PIECES.split(";"))


@MIGRATIONS()
def set_aside(database: sqlite_utils.Database) -> None:
    """Claims that the next messages pass."""
    execute(database, SET_ASIDE.split(";"))


@MIGRATIONS()
def saved(database: sqlite_utils.Database) -> None:
    """Reading lists."""
    execute(database, SAVED.split(";"))


@MIGRATIONS()
def paused_subscriptions(database: sqlite_utils.Database) -> None:
    """Which subscriptions are paused, since when and by whom."""
    execute(database, PAUSED_SUBSCRIPTIONS.split(";"))


@MIGRATIONS()
def digests(database: sqlite_utils.Database) -> None:
    """Digests of the best papers with the rest behind a button, and digests in several messages."""
    execute(database, DIGESTS.split(";"))


@MIGRATIONS()
def layouts(database: sqlite_utils.Database) -> None:
    """Posted messages are in the first layout, and stay so when they are edited."""
    # One by one: all of them, which are those of a week, may be a gigabyte.
    for (pk,) in database.conn.execute("SELECT pk FROM followed").fetchall():
        [message] = database.conn.execute("SELECT message FROM followed WHERE pk = ?", (pk,)).fetchone()
        # What cannot be read is left to `storage.outbox.followed`, which passes over it.
        with contextlib.suppress(zlib.error, ValueError, TypeError, AttributeError):
            written = zlib.compress(json.dumps(in_first_layout(json.loads(zlib.decompress(message)))).encode())
            database.conn.execute("UPDATE followed SET message = ? WHERE pk = ?", (written, pk))


@MIGRATIONS()
def people(database: sqlite_utils.Database) -> None:
    """The time zones of people."""
    execute(database, PEOPLE.split(";"))


def in_first_layout(message: dict[str, Any]) -> dict[str, Any]:
    """A stored message of the first layout, as it is stored now."""
    cards = message.get("cards", [message])
    for card in cards:
        card["layout"] = 1
        for line in card.get("reasons", []):
            for piece in line:
                if piece.pop("matched", False):
                    piece["bold"] = True
    return message | {"layout": 1}

"""A host upgrades: the service goes on while the database of an older release is upgraded and filed anew."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.matching.glossary import Glossary
from bot.text.folding import FOLDING_VERSION
from tests.bot.cli.host import PATIENCE, Host, addresses, is_up, stores_of_host, today, wait_until
from tests.builders import ROOT
from tests.servers.huggingface import an_item

RELEASES = sorted((ROOT / "tests" / "storage" / "sqlite" / "schemas").glob("*.sql"))

PAPERS, SUBJECTS = 700, 200

COLUMNS = (
    "url, authors, published_at, summary, keywords, organization, upvotes, comments, stars, code_url, project_url,"
    " thumbnail_url, changed_at, pending"
)


def fill(host: Host, release: Path) -> None:
    """Give the host the database of that release, with papers of the last month and many subscriptions.

    The terminal is subscribed to robots and to “DINO v2”, which releases filed under the words “dino” and “v2”.
    """
    path = host.folder / "data" / "paperwire.db"
    path.parent.mkdir()
    text = release.read_text(encoding="utf-8")
    subjects = [f"subject{number}" for number in range(SUBJECTS)]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(f"BEGIN;{text}COMMIT;")
        connection.executemany(
            f"INSERT INTO papers (id, title, list_day, position, abstract, {COLUMNS})"  # noqa: S608 - our own names
            f" SELECT ?, ?, ?, ?, ?, {COLUMNS} FROM papers WHERE pk = 1",
            [
                (
                    f"9902.{number:05}",
                    f"Part {number}",
                    str(today().date() - timedelta(days=1 + number % 29)),
                    number,
                    body,
                )
                for number in range(PAPERS)
                for body in (f"On DINOv2 and subject{number % SUBJECTS}." if number % 10 == 0 else "On tea.",)
            ],
        )
        for text, anchor in [("DINO v2", "dino"), *((subject, subject) for subject in subjects)]:
            query = connection.execute(
                "INSERT INTO queries (canonical, text, filed) VALUES (?1, ?1, 1)", (text,)
            ).lastrowid
            connection.execute("INSERT INTO anchors VALUES (?, ?, 0, ?)", (anchor, query, text.casefold()))
            connection.execute(
                "INSERT INTO subscriptions (channel, number, query, text, created_at, created_by, pending)"
                " SELECT pk, next_number, ?, ?, '2026-03-08T12:00:00.000000+00:00', 'ada', 0 FROM channels"
                " WHERE platform = 'terminal'",
                (query, text),
            )
            connection.execute("UPDATE channels SET next_number = next_number + 1 WHERE platform = 'terminal'")


def is_filed(host: Host) -> bool:
    """Whether every paper and every query is filed by the folding of today."""
    with stores_of_host(host) as stores:
        queries = stores.query_index.unfiled(Glossary(stores.papers).index_version, limit=1)
        return not stores.paper_index.unfiled(FOLDING_VERSION, limit=1) and not queries


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_commands_health_and_new_papers_do_not_wait_for_an_upgrade(host: Host, release: Path) -> None:
    fill(host, release)
    host.hub.lists[today().date()] = [an_item("9903.00001", title="Seeing", summary="We use DINOv2.", ai_summary="")]
    process = host.start("run")
    try:
        while_upgraded = [
            json.loads(host.do(*arguments)) for arguments in (("try", "DINO-v2", "--json"), ("subscriptions", "--json"))
        ]
        wait_until(lambda: is_up(host))
        assert len(while_upgraded[0]) >= PAPERS // 10
        assert len(while_upgraded[1]) == SUBJECTS + 8
        wait_until(lambda: is_filed(host))
        wait_until(lambda: "9903.00001" in host.do("try", "dinov2", "--json"))
    finally:
        process.terminate()
        printed, errors = process.communicate(timeout=PATIENCE)
    assert addresses(host, printed) == ["9903.00001"]
    assert "Traceback" not in errors
    assert "ERROR" not in errors

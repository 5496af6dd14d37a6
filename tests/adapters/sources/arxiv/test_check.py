"""What is said of arXiv's addresses and categories."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sources.arxiv.check import check
from bot.domain import Finding
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer


def found(server: ArxivServer, *categories: str) -> list[Finding]:
    """What a check finds that asks once."""
    return Reader(server, categories, tries=1).with_source(lambda source: check(source, categories))


def test_records_and_each_category_are_tried(server: ArxivServer) -> None:
    server.world.submit(primary="cs.CL")
    server.world.advance(server.world.now + timedelta(days=1))
    assert [(each.subject, each.state, each.detail) for each in found(server, "cs.LG", "cs.CL")] == [
        ("arxiv records", "ok", "arXiv answers"),
        ("arxiv cs.LG", "ok", "its feed of 11 March 2026 is empty, as on weekends and holidays"),
        ("arxiv cs.CL", "ok", "1 new paper in its feed of 11 March 2026"),
    ]


def test_a_category_that_does_not_exist_is_named(server: ArxivServer) -> None:
    server.refusing.add("cs.ZZ")
    [_, wrong, right] = found(server, "cs.ZZ", "cs.CL")
    assert (wrong.subject, wrong.state, wrong.detail) == ("arxiv cs.ZZ", "failed", "it has no feed of cs.ZZ")
    assert "correct sources.arxiv.categories" in wrong.repair
    assert right.state == "ok"


@pytest.mark.parametrize(
    ("fault", "detail", "repair"),
    [
        ("html", "its answer makes no sense", "open the address in sources.arxiv.oai_url from this machine"),
        ("redirect", "it redirects us (302); sources.arxiv.oai_url must be where it is itself", ""),
        (403, "it refuses us (403)", "see whether a firewall or proxy answers for it"),
        ("429 later", "it asks us to come back at 10 March 2026, 14:00 UTC", "see what else asks it"),
    ],
)
def test_records_that_cannot_be_read_are_told_with_the_repair(
    server: ArxivServer, fault: int | str, detail: str, repair: str
) -> None:
    server.faults.append(fault)
    [wrong] = found(server, "cs.LG")
    assert (wrong.subject, wrong.state) == ("arxiv records", "failed")
    assert detail in wrong.detail
    assert repair in wrong.repair


def test_feeds_that_cannot_be_read_are_told_once(server: ArxivServer) -> None:
    server.faults.extend(["", "html"])
    [_, wrong] = found(server, "cs.LG", "cs.CL")
    assert (wrong.subject, wrong.state) == ("arxiv feeds", "failed")
    assert "sources.arxiv.rss_url" in wrong.repair

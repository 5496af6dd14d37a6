"""The bundled sample feed: what the demo shows."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.sources.sample import Sample
from bot.domain import Paper, PaperList
from bot.matching.verdicts import match
from bot.query import COMMON, Knowledge
from tests.builders import TODAY

DAYS = [TODAY - timedelta(days=ago) for ago in range(3)]


def lists() -> list[PaperList]:
    """Its lists, the latest first."""
    source = Sample(TODAY)
    return [asyncio.run(source.fetch(day)) for day in DAYS]


def papers() -> list[Paper]:
    """Everything on them."""
    return [paper for read in lists() for paper in read.papers]


def test_today_and_the_two_days_before_have_papers() -> None:
    assert all(len(read.papers) >= 5 for read in lists())


@pytest.mark.parametrize("ago", [-1, 3])
def test_other_days_have_none(ago: int) -> None:
    day = TODAY - timedelta(days=ago)
    assert asyncio.run(Sample(TODAY).fetch(day)) == PaperList(day, ())


def test_no_record_is_left_out_and_no_id_stands_twice() -> None:
    assert [read.skipped for read in lists()] == [(), (), ()]
    assert len({paper.id for paper in papers()}) == len(papers()) == 24


def test_nothing_in_it_can_be_taken_for_a_real_paper() -> None:
    """Ids of a month in which arXiv gave none of this form, and addresses that lead nowhere."""
    for paper in papers():
        assert paper.id.startswith("9901.")
        for url in filter(None, (paper.url, paper.code_url, paper.project_url, paper.thumbnail_url)):
            assert url.split("/")[2].endswith(".example")


def test_papers_were_published_the_day_before_they_are_listed() -> None:
    for paper in papers():
        assert paper.published_at is not None
        assert paper.list_day - paper.published_at.date() == timedelta(days=1)


def test_it_has_what_cards_differ_in() -> None:
    feed = papers()
    assert any("π" in paper.title for paper in feed)
    assert not any("$" in paper.title or "\\" in paper.title + paper.abstract for paper in feed)
    assert any(len(paper.authors) > 50 for paper in feed)
    assert any(paper.upvotes == 0 for paper in feed)
    assert any(not paper.summary for paper in feed)
    assert any(paper.stars and paper.code_url for paper in feed)
    assert any(not paper.code_url for paper in feed)
    assert any(not paper.organization for paper in feed)


@pytest.mark.parametrize(
    "query",
    [
        "reinforcement learning",
        "RLHF",
        "diffusion",
        "retrieval-augmented generation",
        "agents",
        "robot*",
        '"world model"',
        "upvotes>=50",
    ],
)
def test_what_people_try_first_finds_several_papers(query: str) -> None:
    assert sum(match(query, paper, Knowledge(COMMON)) is not None for paper in papers()) >= 2

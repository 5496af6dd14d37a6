"""Which source decides which attribute of a paper."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Listing, Paper
from bot.domain.merging import DECIDES, merge
from tests.bot.query.strategies import papers
from tests.builders import TODAY

sources = st.sampled_from(["huggingface", "arxiv", "newsstand", "sample"])


def first_read(paper: Paper, source: str) -> Paper:
    """The paper as it is stored once one source has listed it."""
    return replace(paper, listings=(Listing(source, paper.list_day),))


def test_every_attribute_that_a_source_gives_has_its_row() -> None:
    assert set(DECIDES) == {field.name for field in fields(Paper)} - {"id", "list_day", "listings"}


@given(st.lists(st.tuples(sources, papers), min_size=1, max_size=4), st.data())
def test_a_source_that_is_read_again_changes_nothing(read: list[tuple[str, Paper]], data: st.DataObject) -> None:
    latest = dict(read)
    days = {source: TODAY + timedelta(days=data.draw(st.integers(0, 3))) for source in latest}
    listed = {source: replace(paper, id="9901.00001", list_day=days[source]) for source, paper in latest.items()}
    known = None
    for source, paper in listed.items():
        known = first_read(paper, source) if known is None else merge(known, paper, source)
    assert known is not None
    settled = known
    for source, paper in listed.items():
        settled = merge(settled, paper, source)
    for source, paper in listed.items():
        assert merge(settled, paper, source) == settled


@given(papers, papers)
def test_the_order_in_which_two_sources_are_read_makes_no_difference(one: Paper, other: Paper) -> None:
    at_arxiv = replace(one, id="9901.00001", list_day=TODAY)
    at_hugging_face = replace(other, id="9901.00001", list_day=TODAY + timedelta(days=1))
    assert merge(first_read(at_arxiv, "arxiv"), at_hugging_face, "huggingface") == merge(
        first_read(at_hugging_face, "huggingface"), at_arxiv, "arxiv"
    )

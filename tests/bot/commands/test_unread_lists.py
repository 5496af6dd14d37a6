"""What is said of a query that asks for lists which are not read here."""

from __future__ import annotations

import pytest

from bot.commands.unread_lists import OFF, unread_lists
from bot.query import parse


@pytest.mark.parametrize(
    ("query", "categories", "said"),
    [
        ("robots", (), ""),
        ("source:huggingface robots", (), ""),
        ("source:arxiv robots", (), OFF),
        ("cat:cs.RO, robots", (), OFF),
        ("cat:cs.RO", ("cs.RO",), ""),
        ("cat:cs.RO", ("cs",), ""),
        ("cat:cs.*", ("cs.RO",), ""),
        ("cat:hep-th", ("hep-th",), ""),
        ("source:arxiv robots", ("cs.RO",), ""),
        ("cat:cs.LG -cat:cs.CV", ("cs.LG",), ""),
        (
            "cat:cs.CV, cat:cs.LG",
            ("cs.LG", "stat.ML"),
            "Of arXiv I read cs.LG and stat.ML, so of cs.CV only papers come that are in one of those too.",
        ),
    ],
)
def test_lists_that_are_not_read_are_named(query: str, categories: tuple[str, ...], said: str) -> None:
    assert unread_lists(parse(query), categories) == said

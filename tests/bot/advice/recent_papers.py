"""Stored papers to give advice on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.backtest import Recent, recent
from bot.domain import Paper
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, list_of


def papers_of(*kinds: tuple[int, str, str]) -> list[Paper]:
    """Papers of several kinds: how many of each, with which title and abstract."""
    every = [(title, abstract) for number, title, abstract in kinds for _ in range(number)]
    return [
        a_paper(id=f"9901.{number:05}", title=title, abstract=abstract)
        for number, (title, abstract) in enumerate(every)
    ]


def recently(stores: Stores, papers: Sequence[Paper]) -> Recent:
    """Store these papers, and take them as the recent ones."""
    stores.papers.save("sample", list_of(*papers), at=NOW)
    return recent(stores, Glossary(stores.papers), now=NOW)

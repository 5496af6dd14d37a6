"""The subjects and their labels, and the recorded lists with the papers that are meant."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from adapters.sources.huggingface.payload import read_list
from bot.domain import PaperList

HERE = Path(__file__).parent

RECORDED = Path("..", "shared", "hf")
"""Where the lists stand that were labelled: their texts are other people's, and not in this repository."""

DAYS = "2026-08-*.json"

SITE = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that somebody may subscribe to.

    Attributes:
        name: Its short name.
        query: What is typed for it.
        relevant: The ids of the papers that are about it.
        mention: The ids of those that only mention it.
    """

    name: str
    query: str
    relevant: frozenset[str]
    mention: frozenset[str]


def read_subjects() -> list[Subject]:
    """All subjects, in their order."""
    subjects = tomllib.loads((HERE / "subjects.toml").read_text())
    labels = tomllib.loads((HERE / "labels.toml").read_text())
    return [
        Subject(name, chosen["query"], frozenset(labels[name]["relevant"]), frozenset(labels[name]["mention"]))
        for name, chosen in subjects.items()
    ]


def read_lists(folder: Path) -> list[PaperList]:
    """The recorded lists in that folder, by day.

    Raises:
        click.ClickException: There are none.
    """
    files = sorted(folder.glob(DAYS))
    if not files:
        raise click.ClickException(
            f"There are no {DAYS} in {folder}: the labels are for these lists, one file a day as Hugging Face's"
            " /api/daily_papers?date=… gives it. With --lists you say where they are."
        )
    return [read_list(json.loads(file.read_text()), day=date.fromisoformat(file.stem), base_url=SITE) for file in files]


def not_listed(subjects: Sequence[Subject], lists: Sequence[PaperList]) -> set[str]:
    """The ids with a label that no list has: with some, the measure would be of something else."""
    listed = {paper.id for papers in lists for paper in papers.papers}
    return {paper for subject in subjects for paper in subject.relevant | subject.mention} - listed

"""A store of invented papers about a few subjects, large enough to learn from what they mean."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from bot.domain import Paper
from bot.ports.stores import Stores
from tests.builders import NOW, TODAY, a_paper, list_of

SUBJECTS = {
    "tea": "teapots samovars infusers kettles teacups strainers caddies tisanes oolong matcha sencha".split(),
    "music": "violins fiddles cellos oboes bassoons quartets sonatas orchestras concertos rosin maestros".split(),
    "gardens": "roses tulips orchards hedges compost mulch seedlings trellises greenhouses pruning petals".split(),
}
"""The words of each subject, of which a paper has a few."""

EVERYDAY = "we show that a method for the study of many things is better than others in every case".split()


def invented(count: int = 180) -> list[Paper]:
    """So many papers, of the last 30 days, the subjects in turn."""
    return [_paper(number) for number in range(count)]


def keep(stores: Stores, papers: list[Paper]) -> None:
    """Store papers, each on the list of its day."""
    for day in sorted({paper.list_day for paper in papers}):
        stores.papers.save("sample", list_of(*(paper for paper in papers if paper.list_day == day)), at=NOW)


def is_about(subject: str, text: str) -> bool:
    """Whether the text has a word of the subject."""
    return any(word in text.lower() for word in SUBJECTS[subject])


def _paper(number: int) -> Paper:
    random = Random(number)  # noqa: S311 - a paper that is the same each time
    words = random.sample(list(SUBJECTS.values())[number % len(SUBJECTS)], 4)
    said = [" ".join([*random.sample(EVERYDAY, 6), *random.sample(words, 2)]) for _ in range(3)]
    return a_paper(
        id=f"9901.{number:05}",
        title=f"{words[0]} and {words[1]}".title(),
        abstract=" ".join(f"{sentence.capitalize()}." for sentence in said),
        list_day=TODAY - timedelta(days=number % 30),
        keywords=(words[2],) if number % 2 else (),
    )

"""``python -m bench.digests``: where in a digest papers come that are like others that people pressed for.

Readers of everything like one of the labelled subjects of `bench.quality`, and do not like another. They press *Save*
for some papers of the one and *Less like this* for as many of the other; then a digest brings two others of each, and
six of neither.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from random import Random
from statistics import fmean

import click

import bot.cards
import bot.matching.meaning.liking
from bench.quality.labels import RECORDED, read_lists, read_subjects
from bench.quality.ways import Collection, collect
from bench.resources import timed
from bot.cards import EVERY_PAPER, make_card, make_digest
from bot.domain import Opinion, Paper
from bot.matching.meaning.liking import likings
from storage import open_stores

PRESSES = (1, 3, 6)
"""How many papers of either subject were pressed for."""

OF_EACH, OF_NEITHER = 2, 6
"""Papers of either subject, and of neither, in a digest of ten."""

FEWEST = max(PRESSES) + OF_EACH
"""Papers that a subject must have beside those of the other."""

AT = datetime(2026, 8, 21, 12, tzinfo=UTC)
"""When all was pressed."""

HEAD = "| pressed | liked | neither | not liked | moved | told apart | ms |\n|" + " ---: |" * 7


@dataclass(frozen=True, slots=True)
class Seen:
    """A digest as readers with opinions see it.

    Attributes:
        liked: The places of papers of the subject that they like, from 1, by votes and by their liking.
        neither: Those of papers of neither subject.
        disliked: Those of papers of the subject that they do not like.
        moved: By how many places a paper moves, in the mean.
        apart: The share of pairs of a liked paper and one of neither, or one of these and a disliked one, of which the
            first is more to their liking: the area under the ROC curve. By chance it is a half.
        seconds: How long it took to find out what they like.
    """

    liked: tuple[float, float]
    neither: tuple[float, float]
    disliked: tuple[float, float]
    moved: float
    apart: float
    seconds: float


@click.command()
@click.option("--lists", "folder", type=click.Path(path_type=Path), default=RECORDED, show_default=True)
@click.option("--digests", default=1_000, show_default=True, help="Digests per row.")
@click.option("--seed", default=1, show_default=True, help="Another seed, other presses and digests.")
@click.option("--nearest", type=int, help="Instead of the program's own number of papers that one is compared with.")
@click.option("--weight", type=float, help="Instead of the program's own weight of what is liked.")
def digests(folder: Path, digests: int, seed: int, nearest: int | None, weight: float | None) -> None:
    """Let readers press for some papers, and print where those like them come in their digests."""
    bot.matching.meaning.liking.NEAREST = nearest or bot.matching.meaning.liking.NEAREST
    bot.cards.LIKING = bot.cards.LIKING if weight is None else weight
    with (
        tempfile.TemporaryDirectory(prefix="paperwire-bench-") as scratch,
        open_stores(Path(scratch) / "paperwire.db") as stores,
    ):
        collection = collect(read_lists(folder), stores)
        click.echo(HEAD)
        for presses in PRESSES:
            click.echo(_row(presses, list(_seen(collection, presses, digests, Random(seed)))))


def _row(presses: int, seen: Sequence[Seen]) -> str:
    kinds = zip(*((each.liked, each.neither, each.disliked) for each in seen), strict=True)
    places = [f"{fmean(before for before, _ in kind):.1f} → {fmean(after for _, after in kind):.1f}" for kind in kinds]
    moved, apart = fmean(each.moved for each in seen), fmean(each.apart for each in seen)
    took = 1_000 * fmean(each.seconds for each in seen)
    return f"| {presses} | {' | '.join(places)} | {moved:.1f} | {apart:.2f} | {took:.1f} |"


def _seen(collection: Collection, presses: int, count: int, random: Random) -> Iterator[Seen]:
    """So many digests, each of readers with other opinions."""
    subjects = [subject.relevant for subject in read_subjects() if len(subject.relevant) >= FEWEST]
    papers = {paper.id: paper for paper in collection.papers}
    for _ in range(count):
        first, second = random.sample(subjects, 2)
        either = [sorted(first - second), sorted(second - first)]
        if min(map(len, either)) < FEWEST:
            continue
        (pressed_up, up), (pressed_down, down) = (_split(random.sample(ids, len(ids)), presses) for ids in either)
        neither = random.sample(sorted(papers.keys() - first - second), OF_NEITHER)
        kinds = [[papers[paper_id] for paper_id in ids] for ids in (up, neither, down)]
        opinions = [*_opinions(pressed_up, is_liked=True), *_opinions(pressed_down, is_liked=False)]
        yield _digest(kinds, opinions, collection)


def _split(ids: Sequence[str], presses: int) -> tuple[Sequence[str], Sequence[str]]:
    return ids[:presses], ids[presses : presses + OF_EACH]


def _opinions(ids: Sequence[str], *, is_liked: bool) -> list[Opinion]:
    return [Opinion(EVERY_PAPER, paper_id, is_liked, AT) for paper_id in ids]


def _digest(kinds: Sequence[Sequence[Paper]], opinions: Sequence[Opinion], collection: Collection) -> Seen:
    wanted = {paper.id: (EVERY_PAPER,) for paper in chain(*kinds)}
    seconds, liking = timed(lambda: likings(wanted, opinions, collection.meaning))
    today = max(paper.list_day for paper in chain(*kinds))
    cards = [make_card(paper, today=today) for paper in chain(*kinds)]
    before, after = (
        {card.paper_id: place for place, card in enumerate(make_digest(cards, today=today, liking=given).cards, 1)}
        for given in (None, liking)
    )
    liked, neither, disliked = (
        (fmean(before[paper.id] for paper in kind), fmean(after[paper.id] for paper in kind)) for kind in kinds
    )
    pairs = [
        liking[sooner.id] - liking[later.id]
        for above, below in ((kinds[0], kinds[1]), (kinds[1], kinds[2]))
        for sooner in above
        for later in below
    ]
    apart = fmean(0.5 if difference == 0 else difference > 0 for difference in pairs)
    moved = fmean(abs(before[paper_id] - after[paper_id]) for paper_id in wanted)
    return Seen(liked, neither, disliked, moved, apart, seconds)


if __name__ == "__main__":
    digests(prog_name="python -m bench.digests")

"""``python -m bench quality``: how well what is typed finds what is meant."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console

from bench.quality.labels import RECORDED, Subject, not_listed, read_lists, read_subjects
from bench.quality.measures import DEPTH, MENTION, Found, average_precision, count, mean, ndcg
from bench.quality.ways import FINDING, RANKING, Collection, collect
from bench.report import Sheet, markdown, show
from storage import open_stores

WIDTH = 120
"""Characters per line where the output is not a terminal."""

Ranked = tuple[float, float]
"""Average precision and nDCG of a ranking."""


@click.command()
@click.option(
    "--lists",
    "folder",
    type=click.Path(path_type=Path),
    default=RECORDED,
    show_default=True,
    help="Where the recorded lists are.",
)
@click.option("--markdown", "file", type=click.Path(path_type=Path), help="Write the tables in Markdown there.")
def quality(folder: Path, file: Path | None) -> None:
    """Measure how well subscriptions and searches find what people mean, on labelled papers."""
    subjects, lists = read_subjects(), read_lists(folder)
    if absent := not_listed(subjects, lists):
        raise click.ClickException(f"{len(absent)} labelled papers are on no list in {folder}, such as {min(absent)}.")
    with (
        tempfile.TemporaryDirectory(prefix="paperwire-bench-") as scratch,
        open_stores(Path(scratch) / "paperwire.db") as stores,
    ):
        sheets = measure(subjects, collect(lists, stores))
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    for sheet in sheets:
        show(sheet, console)
    if file:
        file.write_text("\n".join(map(markdown, sheets)))


def measure(subjects: Sequence[Subject], collection: Collection) -> list[Sheet]:
    """The tables: how each way does in all, and how each subject fares."""
    found = {
        name: [count(way(subject, collection), subject.relevant, subject.mention) for subject in subjects]
        for name, way in FINDING.items()
    }
    ranked = {
        name: [_ranked(subject, way(subject, collection)) for subject in subjects] for name, way in RANKING.items()
    }
    return [
        _subscribing(found),
        _searching(ranked),
        _subscribing_by_subject(subjects, found),
        _searching_by_subject(subjects, ranked),
    ]


def _ranked(subject: Subject, papers: Sequence[str]) -> Ranked:
    labels = (subject.relevant, subject.mention)
    return average_precision(papers, *labels), ndcg(papers, *labels)


def _subscribing(found: Mapping[str, Sequence[Found]]) -> Sheet:
    rows = []
    for name, of_subjects in found.items():
        total = sum(of_subjects, Found())
        figures = (total.precision, total.recall, total.f1, mean(each.f1 for each in of_subjects))
        rows.append([name, *map(str, (total.right, total.wrong, total.missed)), *(f"{each:.3f}" for each in figures)])
    head = ["", "right", "wrong", "missed", "precision", "recall", "F1", "mean F1"]
    note = (
        "Papers of all subjects together; mean F1: of the subjects. Papers that only mention a subject count neither as"
        " right nor as wrong."
    )
    return Sheet("Subscribing", head, rows, note)


def _searching(ranked: Mapping[str, Sequence[Ranked]]) -> Sheet:
    rows = [
        [name, *(f"{mean(figures):.3f}" for figures in zip(*of_subjects, strict=True))]
        for name, of_subjects in ranked.items()
    ]
    note = f"Means of the subjects. A paper that only mentions one is passed over for AP, and has a gain of {MENTION}."
    return Sheet("Searching", ["", "AP", f"nDCG@{DEPTH}"], rows, note)


def _subscribing_by_subject(subjects: Sequence[Subject], found: Mapping[str, Sequence[Found]]) -> Sheet:
    rows = []
    for at, subject in enumerate(subjects):
        typed = found["typed"][at]
        precision = f"{typed.precision:.2f}" if typed.right + typed.wrong else "–"
        scores = (typed.recall, *(of_subjects[at].f1 for of_subjects in found.values()))
        labelled = (len(subject.relevant), len(subject.mention))
        rows.append([subject.query, *map(str, labelled), precision, *(f"{score:.2f}" for score in scores)])
    head = ["typed", "about", "mention", "precision", "recall", *(f"F1 {name}" for name in found)]
    return Sheet("Subscribing, by subject", head, rows, "Precision and recall: as typed; –: nothing came.")


def _searching_by_subject(subjects: Sequence[Subject], ranked: Mapping[str, Sequence[Ranked]]) -> Sheet:
    rows = [
        [subject.query, *(f"{figure:.2f}" for of_subjects in ranked.values() for figure in of_subjects[at])]
        for at, subject in enumerate(subjects)
    ]
    head = ["typed", *(f"{measured} {name}" for name in ranked for measured in ("AP", "nDCG"))]
    return Sheet("Searching, by subject", head, rows, f"nDCG@{DEPTH}.")

"""What is known of sources besides their lists: what they are called, and whether their papers have to be asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

UNNAMED = ""
"""Stands for all sources whose papers need not be asked for by name."""


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A source that queries can name: ``source:arxiv``.

    Attributes:
        name: Its key in the configuration, and the name after the colon.
        called: How people call its list: "the Daily Papers list".
        aliases: What else people type.
        is_large: Whether it lists far more than anybody reads, so that its papers come only where they are asked for.
    """

    name: str
    called: str
    aliases: tuple[str, ...] = ()
    is_large: bool = False


HUGGING_FACE, ARXIV = "huggingface", "arxiv"

SOURCES = {
    kind.name: kind
    for kind in (
        SourceKind(HUGGING_FACE, "the Daily Papers list", aliases=("hf", "daily", "dailypapers", "hugging", "papers")),
        SourceKind(ARXIV, "arXiv's list", aliases=("ar", "axiv", "oai"), is_large=True),
    )
}


def is_among(source: str, wanted: Collection[str]) -> bool:
    """Whether the source is one of those wanted, by its name or as one that need not be named."""
    return source in wanted or (UNNAMED in wanted and not (source in SOURCES and SOURCES[source].is_large))


def called(source: str) -> str:
    """How people call its list: "arXiv's list"; those that need not be named: "the Daily Papers list"."""
    return SOURCES.get(source, SOURCES[HUGGING_FACE]).called

"""A record of arXiv in its format arXivRaw, checked, cleaned and made into a paper.

arXivRaw is the one format that has the dates of all versions; the others give that of the latest as the paper's own.
Its id and title are required; any other field that makes no sense counts as absent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import Element

from adapters.sources.arxiv.announcements import earliest_list
from adapters.sources.arxiv.authors import author_names
from adapters.sources.arxiv.tex import without_accents_in_tex
from adapters.sources.arxiv.xml import text_of
from bot.domain import Paper
from bot.domain.times import http_date
from bot.text.paper_links import ARXIV_ID, paper_ids
from bot.text.plain import plain
from bot.text.shorten import shorten

NAMESPACES = {"oai": "http://www.openarchives.org/OAI/2.0/", "raw": "http://arxiv.org/OAI/arXivRaw/"}

PAGES = "https://arxiv.org/abs/"
"""Where papers are read, wherever the records come from."""

TITLE, ABSTRACT, COMMENT, NAME = 1_000, 20_000, 1_000, 200
"""Characters that are kept at most."""

AUTHORS, CATEGORIES = 2_000, 50
"""A collaboration of physicists has more than a thousand members."""

FIRST_YEAR = 1991

CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]{0,19}(?:\.[A-Za-z-]{1,20})?")

WITHDRAWN = re.compile(
    r"(?:^|[.;:!]\s*)(?:(?:this|the|our)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:is|was|has\s+been|have\s+been)\s+)?(?:[a-z]+ly\s+)?withdrawn\b",
    re.IGNORECASE,
)
"""How a comment begins a sentence that says so; other papers may be said to be withdrawn in the middle of one."""

IGNORED = "I"
"""In a version's ``source_type``: there is nothing to read; https://info.arxiv.org/help/withdraw.html."""


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as arXiv knows it.

    Attributes:
        paper: The paper; its list day is the earliest that it can have.
        versions: How many there are.
    """

    paper: Paper
    versions: int


class Unreadable(ValueError):
    """A record makes no sense; ``id`` is the one that it claims, "" if it has none."""

    def __init__(self, claimed: str, reason: str) -> None:
        super().__init__(reason)
        self.id = shorten(plain(claimed[:200]), 64)
        self.reason = reason


def read_record(element: Element) -> Record | None:
    """The paper in a ``record``; None if arXiv has deleted it, and says nothing more.

    Raises:
        Unreadable: It is no paper.
    """
    claimed = text_of(element, "oai:header/oai:identifier", NAMESPACES)
    raw = element.find("oai:metadata/raw:arXivRaw", NAMESPACES)
    header = element.find("oai:header", NAMESPACES)
    is_deleted = header is not None and header.get("status") == "deleted"
    if raw is None:
        if is_deleted:
            return None
        raise Unreadable(claimed, "it holds no arXivRaw")

    def field(name: str, limit: int) -> str:
        return _line(text_of(raw, f"raw:{name}", NAMESPACES), limit)

    paper_id = _id(text_of(raw, "raw:id", NAMESPACES))
    if not paper_id:
        raise Unreadable(claimed, "id: not an id")
    title = field("title", TITLE)
    if not title:
        raise Unreadable(claimed, "title: empty")
    changed = _day(text_of(element, "oai:header/oai:datestamp", NAMESPACES))
    if changed is None:
        raise Unreadable(claimed, "datestamp: not a day")
    versions = raw.findall("raw:version", NAMESPACES)
    submitted = next((moment for version in versions if (moment := _moment(version))), None)
    comment = field("comments", COMMENT)
    sources = [text_of(version, "raw:source_type", NAMESPACES) for version in versions[-1:]]
    authors = author_names(without_accents_in_tex(text_of(raw, "raw:authors", NAMESPACES)[:ABSTRACT]).replace("~", " "))
    names = (shorten(plain(name), NAME) for name in authors[:AUTHORS])
    categories = text_of(raw, "raw:categories", NAMESPACES)[:ABSTRACT].split()
    paper = Paper(
        id=paper_id,
        title=title,
        url=f"{PAGES}{paper_id}",
        list_day=min(earliest_list(submitted), changed) if submitted else changed,
        abstract=field("abstract", ABSTRACT),
        authors=tuple(dict.fromkeys(name for name in names if name)),
        published_at=submitted,
        categories=tuple(dict.fromkeys(filter(CATEGORY.fullmatch, categories)))[:CATEGORIES],
        comment=comment,
        is_withdrawn=is_deleted or bool(WITHDRAWN.search(comment)) or any(IGNORED in source for source in sources),
    )
    return Record(paper, max(1, len(versions)))


def _line(written: str, limit: int) -> str:
    return shorten(plain(without_accents_in_tex(written[: 2 * limit])), limit)


def _id(written: str) -> str:
    named = paper_ids(written)
    whole = re.sub(r"v[0-9]+\Z", "", written)
    is_one = len(named) == 1 and (whole == named[0] or re.sub(r"\.[A-Za-z]{2}(?=/)", "", whole) == named[0])
    return named[0] if is_one and ARXIV_ID.fullmatch(named[0]) else ""


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _moment(version: Element) -> datetime | None:
    """When a version was submitted; None if that is no date of arXiv's."""
    moment = http_date(text_of(version, "raw:date", NAMESPACES)[:100])
    return moment if moment and FIRST_YEAR <= moment.year < date.max.year else None

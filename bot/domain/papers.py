"""Papers, the lists that they stand on, and what a query finds in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}")
"""An arXiv identifier since April 2007, without its version: https://info.arxiv.org/help/arxiv_identifier.html."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How a paper is received at its source: votes, comments, and stars of its code (None when it has none)."""

    upvotes: int
    comments: int
    stars: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a source lists it; text fields are one line each, in plain characters.

    Attributes:
        id: Its identity for ever: the arXiv id wherever it has one.
        title: Never empty.
        url: Its page at the source.
        list_day: The UTC day of the list it stands on; in a store, of the first such list.
        abstract: May be empty, as every attribute from here on.
        authors: Names in their printed order, without those who asked to be hidden.
        published_at: When it first appeared in public.
        summary: The source's short summary.
        keywords: The source's keywords.
        organization: The name of the organization behind it.
        upvotes: Votes at the source.
        comments: Comments at the source.
        stars: Stars of its code repository; None when it has none that is known.
        code_url: Its code repository.
        project_url: Its project page.
        thumbnail_url: A picture of its first page.
    """

    id: str
    title: str
    url: str
    list_day: date
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    summary: str = ""
    keywords: tuple[str, ...] = ()
    organization: str = ""
    upvotes: int = 0
    comments: int = 0
    stars: int | None = None
    code_url: str = ""
    project_url: str = ""
    thumbnail_url: str = ""

    @property
    def arxiv_url(self) -> str:
        """Its arXiv page; empty when its id is not arXiv's."""
        return f"https://arxiv.org/abs/{self.id}" if ARXIV_ID.fullmatch(self.id) else ""

    @property
    def pdf_url(self) -> str:
        """Its PDF at arXiv; empty when its id is not arXiv's."""
        return f"https://arxiv.org/pdf/{self.id}" if ARXIV_ID.fullmatch(self.id) else ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """How many votes a paper had when it was looked at."""

    at: datetime
    upvotes: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record of a list that made no sense and was left out: its id, as far as it has one, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class PaperList:
    """A source's list of one day: the papers in the source's order, and the records that were left out."""

    day: date
    papers: tuple[Paper, ...]
    skipped: tuple[Skipped, ...] = ()


WATCHED_FOR = timedelta(days=7)
"""How long after its list day a paper's votes, comments and stars are followed, and it is matched anew when it changes:
it may have crossed a line."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a term of a query stands in a paper, in the paper's own words.

    ``before``, ``words`` and ``after`` are adjoining pieces of the original text of ``field``
    (title, abstract, keyword, author, org), ``words`` being what matched; an ellipsis marks a cut.
    A fact such as ``upvotes>=20`` has its field, the fact as ``words``, and no surroundings.
    """

    field: str
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that a query matched, and the evidence for it; ``*`` has none."""

    query: str
    evidence: tuple[Evidence, ...] = ()

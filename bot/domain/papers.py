"""Papers, the lists that they are on, and what a query finds in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.sources import UNNAMED, is_among
from bot.text.paper_links import ARXIV_ID


@dataclass(frozen=True, slots=True)
class Counts:
    """A paper's votes and comments at its source, its code's stars (None without code), whether it was withdrawn."""

    upvotes: int
    comments: int
    stars: int | None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """That a paper is on a source's list of a UTC day, the first such list."""

    source: str
    day: date


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a source lists it; text fields are one line each, in plain characters.

    Attributes:
        id: Its permanent id: the arXiv id if it has one.
        title: Never empty.
        url: Its page at the source.
        list_day: The UTC day of the list it is on; in a store, of the first such list.
        abstract: May be empty, like every attribute from here on.
        authors: Names in their printed order, without authors who asked to be hidden.
        published_at: When it was first published.
        summary: The source's short summary.
        keywords: The source's keywords.
        organization: The full name of the organization behind it.
        organization_handle: The same organization's short name at the source.
        submitter: The full name of the person who submitted it to the list.
        submitter_handle: The same person's name at the source.
        upvotes: Votes at the source.
        comments: Comments at the source.
        stars: Stars of its code repository; None if no repository is known.
        code_url: Its code repository.
        project_url: Its project page.
        thumbnail_url: A picture of its first page.
        categories: The categories of arXiv that it is in, such as ``cs.LG``; its primary one first.
        comment: What its authors say beside the abstract: pages, where it is accepted, why it was withdrawn.
        is_withdrawn: Whether its authors, or arXiv, have withdrawn it.
        listings: The lists that it is on, one for each source, earliest first; empty until it is stored.
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
    organization_handle: str = ""
    submitter: str = ""
    submitter_handle: str = ""
    upvotes: int = 0
    comments: int = 0
    stars: int | None = None
    code_url: str = ""
    project_url: str = ""
    thumbnail_url: str = ""
    categories: tuple[str, ...] = ()
    comment: str = ""
    is_withdrawn: bool = False
    listings: tuple[Listing, ...] = ()

    def listed_on(self, sources: Collection[str]) -> date | None:
        """The day of the first list that one of these `bot.domain.sources` has it on; None if none has.

        A paper that is only looked at, and on no list, counts as one of its ``list_day`` that need not be asked for.
        """
        if not self.listings:
            return self.list_day if UNNAMED in sources else None
        return next((listing.day for listing in self.listings if is_among(listing.source, sources)), None)

    @property
    def last_listed(self) -> date:
        """The day of the latest list that it came on."""
        return max((listing.day for listing in self.listings), default=self.list_day)

    @property
    def arxiv_url(self) -> str:
        """Its arXiv page; empty if its id is not an arXiv id."""
        return f"https://arxiv.org/abs/{self.id}" if ARXIV_ID.fullmatch(self.id) else ""

    @property
    def pdf_url(self) -> str:
        """Its PDF at arXiv; empty if its id is not an arXiv id."""
        return f"https://arxiv.org/pdf/{self.id}" if ARXIV_ID.fullmatch(self.id) else ""

    @property
    def discussion_url(self) -> str:
        """Where people discuss it; empty without a page at its source, or with one at arXiv, where nobody can."""
        return f"{self.url}#community" if self.url and self.url != self.arxiv_url else ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """How many votes a paper had at a certain time."""

    at: datetime
    upvotes: int


@dataclass(frozen=True, slots=True)
class Voted:
    """A paper's votes, with its id and the day of its list."""

    id: str
    list_day: date
    upvotes: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record of a list that could not be understood: its id, if it has one, and the reason."""

    id: str
    reason: str

    def __str__(self) -> str:
        """Which record, and why."""
        return f"{self.id or 'a record without an id'}: {self.reason}"


@dataclass(frozen=True, slots=True)
class PaperList:
    """A source's list for one day: the papers in the source's order, and the records that were left out."""

    day: date
    papers: tuple[Paper, ...]
    skipped: tuple[Skipped, ...] = ()


WATCHED_FOR = timedelta(days=7)
"""How long after its list day a paper's counts are kept up to date, and the paper is matched again when they change: it
may have reached the votes, comments or stars that a query asks for."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How close a paper is to a subject.

    Attributes:
        subject: The subject, as it was typed.
        closeness: 1 at most, about 0 if the two have nothing in common.
        sentence: The sentence of the paper that is nearest to it; empty for a paper without an abstract.
    """

    subject: str
    closeness: float
    sentence: str = ""

    def __str__(self) -> str:
        """How close: "0.52"."""
        return f"{self.closeness:.2f}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a term of a query was found in a paper, quoted from the paper.

    ``words`` is what matched in the original text of ``field`` (title, abstract, keyword, author, org), ``before`` and
    ``after`` are the text around it; an ellipsis marks a cut. A fact such as ``upvotes>=20`` is its own ``words``, with
    nothing around it. Where the words alone would not do, ``near`` says how close the paper is to the subject.
    """

    field: str
    words: str
    before: str = ""
    after: str = ""
    near: Nearness | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that a query matched, and the evidence for it; ``*`` has none."""

    query: str
    evidence: tuple[Evidence, ...] = ()

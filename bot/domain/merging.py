"""One paper from several sources: which source decides which attribute.

The paper's own page and what people do there are Hugging Face's; what its authors say of it is arXiv's. An attribute
is decided by the first source of its row that has the paper on a list. Another one only fills in texts that are empty,
so that sources which are read in turn change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.papers import Listing, Paper
from bot.domain.sources import ARXIV, HUGGING_FACE

PAGE, AUTHORS = (HUGGING_FACE, ARXIV), (ARXIV, HUGGING_FACE)

DECIDES: Mapping[str, Sequence[str]] = {
    "title": PAGE,
    "url": PAGE,
    "abstract": PAGE,
    "authors": PAGE,
    "summary": PAGE,
    "keywords": PAGE,
    "organization": PAGE,
    "organization_handle": PAGE,
    "submitter": PAGE,
    "submitter_handle": PAGE,
    "upvotes": PAGE,
    "comments": PAGE,
    "stars": PAGE,
    "code_url": PAGE,
    "project_url": PAGE,
    "thumbnail_url": PAGE,
    "published_at": AUTHORS,
    "categories": AUTHORS,
    "comment": AUTHORS,
    "is_withdrawn": AUTHORS,
}
"""Which source decides an attribute, first one first; of others, the one whose list had the paper first."""

CONTENT = tuple(DECIDES)
"""The attributes that a source gives."""

KEPT = frozenset(
    """
    abstract authors summary keywords organization organization_handle submitter submitter_handle stars published_at
    categories comment
    """.split()
)
"""What another source fills in, and what a paper keeps when the source that decides no longer gives it: it comes back
within days."""

NOTHING = ("", (), None, 0, False)
"""What an attribute is that a source does not know."""


def merge(known: Paper, read: Paper, source: str) -> Paper:
    """What is known of a paper once a source has been read again.

    Args:
        known: The paper as it is stored, with its listings.
        read: The paper as the source has it now, without listings; its ``list_day`` is the source's.
        source: The source's name.
    """
    listings = listed_too(known.listings, Listing(source, read.list_day))
    changes = {}
    for name in CONTENT:
        before, now = getattr(known, name), getattr(read, name)
        is_filled_in = name in KEPT and before in NOTHING
        is_kept = name in KEPT and now in NOTHING
        if is_filled_in or (not is_kept and _decides(name, source, listings)):
            changes[name] = now
    return replace(known, listings=listings, list_day=listings[0].day, **changes)


def listed_too(listings: Sequence[Listing], listing: Listing) -> tuple[Listing, ...]:
    """The lists that a paper is on, with one more: of each source the first, earliest day first."""
    own = min([listing, *(other for other in listings if other.source == listing.source)], key=lambda each: each.day)
    others = [other for other in listings if other.source != listing.source]
    return tuple(sorted([*others, own], key=lambda each: (each.day, each.source)))


def _decides(name: str, source: str, listings: Sequence[Listing]) -> bool:
    order = DECIDES[name]
    ranks = {each.source: order.index(each.source) if each.source in order else 0 for each in reversed(listings)}
    return min((listing.source for listing in listings), key=ranks.__getitem__) == source

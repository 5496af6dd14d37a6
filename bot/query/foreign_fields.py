"""Names of fields in other search engines that this language does not have, and what to say of them."""

from __future__ import annotations

import re

from bot.query.fields import field_meant

ANYWHERE = frozenset({"all", "allintext", "any", "anywhere", "fulltext", "intext", "paper", "text", "tw", "tiab"})
"""Names for all of a paper, which needs no name here; see
https://info.arxiv.org/help/api/user-manual.html#query_details and https://pubmed.ncbi.nlm.nih.gov/help/#search-tags."""

NO_DATES = "A subscription looks at each day's new papers, so it takes no dates."
NOT_SAID = "The lists say nothing of a paper's language, kind of file or journal."
NO_ADDRESSES = "Papers are found by their words, not by their addresses."

UNKNOWN_HERE = {
    **dict.fromkeys(("after", "before", "since", "until", "year", "date", "daterange", "submitteddate"), NO_DATES),
    **dict.fromkeys(("site", "inurl", "url", "link"), NO_ADDRESSES),
    **dict.fromkeys(("lang", "language", "filetype", "type", "format", "journal", "jr"), NOT_SAID),
}
"""Conditions that nothing here is like, so that they are left out; each with what to say of it."""

SUBJECTS = {
    "cs.ai": "artificial intelligence",
    "cs.cl": "language model",
    "cs.cr": "security",
    "cs.cv": "computer vision",
    "cs.dc": "distributed computing",
    "cs.gr": "computer graphics",
    "cs.hc": "human-computer interaction",
    "cs.ir": "information retrieval",
    "cs.lg": "machine learning",
    "cs.ma": "multi-agent",
    "cs.ne": "evolutionary",
    "cs.ro": "robotics",
    "cs.sd": "audio",
    "cs.se": "software engineering",
    "eess.as": "speech",
    "eess.iv": "image processing",
    "stat.ml": "machine learning",
}
"""What people call the subject of a category, where they would look for it in a text."""


DATE = re.compile(r"[0-9]{4}(?:[-/.]?[0-9]{2}){0,2}")


def not_here(name: str, value: str) -> str:
    """What to say of a condition that nothing here is like; empty if it is another."""
    return NO_DATES if name in {"from", "to"} and DATE.fullmatch(value) else UNKNOWN_HERE.get(name, "")


def subject_of(category: str) -> str:
    """The subject of an arXiv category, as words to look for; empty if it is not one that papers here are about."""
    return SUBJECTS.get(category.casefold(), "")


def field_of_tag(tag: str) -> str:
    """The field that a tag behind words names in PubMed, as in ``protein[ti]``; empty for anywhere or no field here."""
    name = tag.casefold()
    return "" if name in ANYWHERE or "/" in name else field_meant(name)

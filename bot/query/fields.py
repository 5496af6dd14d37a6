"""One row for each field, count and fact of the language: its name, aliases, wording, example, and where it is found.

All that reads, describes, matches, indexes or quotes queries takes it from these rows; nothing else lists them.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain import Paper

HAS = "has"
"""The name before the colon of a fact: ``has:code``."""

WITH = "with"
"""What people type instead of `HAS`."""

CATEGORY = "cat"
"""The name before the colon of an arXiv category: ``cat:cs.LG``."""

SOURCE = "source"
"""The name before the colon of a source: ``source:arxiv``."""

LABELS = {
    HAS: (WITH,),
    CATEGORY: ("category", "categories", "primary_cat", "class", "subj", "field", "archive"),
    SOURCE: ("list", "feed", "lists", "sources"),
}
"""The names before a colon that are not fields, and what people type instead of them."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a paper that words can be confined to: ``title:agent``.

    Attributes:
        name: The name before the colon.
        texts: Gives its texts in a paper, in the order in which they are printed.
        example: A query with it that works.
        described: How a description of a query names it: after the words ("in the title"), or before names ("by").
        within: Where in a paper the words are, or are missing: "in its title".
        quoted_as: What a card says before a quotation from it; empty where that says enough.
        aliases: Its names in other search engines.
        is_name: Whether it holds names: these have no plural and no acronyms, and only this field searches them.
        is_person: Whether these are names of people, whose family name may come first.
        is_apart: Whether words are looked for in it only where a query names it, as for every name.
        is_long: Whether it has too many words to test each of them for every paper.
        column: The column of the word index of papers.
    """

    name: str
    texts: Callable[[Paper], Sequence[str]]
    example: str
    described: str
    within: str
    quoted_as: str = ""
    aliases: tuple[str, ...] = ()
    is_name: bool = False
    is_person: bool = False
    is_apart: bool = False
    is_long: bool = False
    column: Literal["title", "body", "names"] = "body"


@dataclass(frozen=True, slots=True)
class CountKind:
    """Something that is counted for a paper: ``upvotes>=20``.

    Attributes:
        name: The name before the sign, the attribute of `Paper`, and the column of stored papers.
        noun: One of them.
        aliases: Its names in other places.
    """

    name: str
    noun: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a paper has or lacks: ``has:code``.

    Attributes:
        name: The name after the colon.
        noun: Its noun in the description of a query: "a project page".
        attribute: The attribute of `Paper` and the column of stored papers; empty in papers that lack it.
        aliases: Its names in other places.
    """

    name: str
    noun: str
    attribute: str
    aliases: tuple[str, ...] = ()


FIELDS = (
    Field(
        "title",
        lambda paper: (paper.title,),
        example="title:agent",
        described="in the title",
        within="in its title",
        aliases=("ti", "intitle", "allintitle"),
        column="title",
    ),
    Field(
        "keyword",
        lambda paper: paper.keywords,
        example="keyword:world model",
        described="in a keyword",
        within="among its keywords",
        quoted_as="keyword",
        aliases=("tag", "tags", "topic", "kw", "keywords", "subject"),
    ),
    Field(
        "abstract",
        lambda paper: (paper.abstract,),
        example="abstract:robot*",
        described="in the abstract",
        within="in its abstract",
        aliases=("abs", "summary", "ab"),
        is_long=True,
    ),
    Field(
        "comment",
        lambda paper: (paper.comment,) if paper.comment else (),
        example="comment:accepted",
        described="in the authors' comment",
        within="in its authors' comment",
        quoted_as="comment",
        aliases=("co", "venue", "conference", "note"),
        is_apart=True,
        column="names",
    ),
    Field(
        "author",
        lambda paper: paper.authors,
        example='author:"Ada Example"',
        described="by",
        within="among its authors",
        quoted_as="by",
        aliases=("by", "name", "au", "inauthor", "authors"),
        is_name=True,
        is_apart=True,
        is_person=True,
        column="names",
    ),
    Field(
        "org",
        lambda paper: tuple(dict.fromkeys((paper.organization, paper.organization_handle))),
        example="org:allenai",
        described="from",
        within="in its organization's name",
        quoted_as="from",
        aliases=("affiliation", "company", "from", "lab", "university"),
        is_name=True,
        is_apart=True,
        column="names",
    ),
    Field(
        "submitter",
        lambda paper: tuple(dict.fromkeys((paper.submitter, paper.submitter_handle))),
        example="submitter:akhaliq",
        described="submitted by",
        within="in its submitter's name",
        quoted_as="submitted by",
        aliases=("submitted", "submittedby", "user"),
        is_name=True,
        is_apart=True,
        is_person=True,
        column="names",
    ),
)
"""Those in which a match says most about a paper come first; cards quote evidence in this order."""

COUNTS = (
    CountKind("upvotes", noun="vote", aliases=("hearts", "likes", "points", "score", "votes")),
    CountKind("comments", noun="comment"),
    CountKind("stars", noun="star", aliases=("github",)),
)

FACTS = (
    Fact("code", noun="code", attribute="code_url", aliases=("github", "repo", "repository", "implementation")),
    Fact("project", noun="a project page", attribute="project_url", aliases=("demo", "homepage", "page", "website")),
)

FIELD = {field.name: field for field in FIELDS}
COUNT = {count.name: count for count in COUNTS}
FACT = {fact.name: fact for fact in FACTS}

NAMES = tuple(field.name for field in FIELDS if field.is_name)
"""The fields that hold names."""

PEOPLE = tuple(field.name for field in FIELDS if field.is_person)
"""Those of them that hold names of people."""

APART = tuple(field.name for field in FIELDS if field.is_apart)
"""The fields that are searched only when the query names them."""

TEXTS = tuple(field.name for field in FIELDS if not field.is_apart)
"""The fields that are searched when the query names none."""

NEAR = 0.6
"""How alike a name must be to be what was meant; see
https://docs.python.org/3/library/difflib.html#difflib.get_close_matches."""

ANYWHERE = "in it"
"""Where a paper has words that are not confined to a field, or lacks them."""


def has(paper: Paper, fact: str) -> bool:
    """Whether one of `FACTS` is true of the paper."""
    return bool(getattr(paper, FACT[fact].attribute))


def count_of(paper: Paper, count: str) -> int:
    """How many of one of `COUNTS` the paper has; 0 if unknown."""
    return getattr(paper, count) or 0


def counted_in_words(count: str, number: int) -> str:
    """A number of one of `COUNTS`: "1 vote", "20 stars"."""
    noun = COUNT[count].noun
    return f"{number} {noun if number == 1 else f'{noun}s'}"


def within(field: str) -> str:
    """Where a paper has words of the field, or lacks them: "in its title"; "in it" for the empty field."""
    return FIELD[field].within if field else ANYWHERE


def field_meant(name: str) -> str:
    """The field that was probably meant by an unknown name, or one of `LABELS`; empty if none comes close."""
    return _closest(name, {**{field.name: field.aliases for field in FIELDS}, **LABELS})


def count_meant(name: str) -> str:
    """The count that was probably meant by an unknown name; empty if none comes close."""
    return _closest(name, {count.name: count.aliases for count in COUNTS})


def fact_meant(name: str) -> str:
    """The fact that was probably meant by an unknown name; empty if none comes close."""
    return _closest(name, {fact.name: fact.aliases for fact in FACTS})


def _closest(name: str, known: Mapping[str, Sequence[str]]) -> str:
    """The known name, each given with its aliases, that is closest."""
    by_alias = {alias: other for other, aliases in known.items() for alias in aliases}
    return by_alias.get(name) or next(iter(difflib.get_close_matches(name, known, n=1, cutoff=NEAR)), "")

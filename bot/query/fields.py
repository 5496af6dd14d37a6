"""One row per field, count and fact of the language: its name, aliases, words, example, and where it is found.

Whatever reads, describes, matches, files or quotes a query takes it from these rows; nothing else lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain import Paper

HAS = "has"
"""What stands before the colon of a fact: ``has:code``."""

WITH = "with"
"""What people write instead of `HAS`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a paper that words can be confined to: ``title:agent``.

    Attributes:
        name: What stands before the colon.
        texts: The texts of a paper that it is made of, in its printed order.
        example: A query with it that works.
        described: How a query says it in words: behind its own ("in the title"), or before them for names ("by").
        within: Where a paper has the words, or has not: "in its title".
        quoted_as: What a card calls it in front of a quotation; empty where its words alone are named.
        aliases: What people call it elsewhere.
        is_name: Whether it holds names: these have no plural and no acronyms, and are searched only by this field.
        is_long: Whether there are too many words in it to test each of them for every paper.
        column: Where the word index of papers has it.
    """

    name: str
    texts: Callable[[Paper], Sequence[str]]
    example: str
    described: str
    within: str
    quoted_as: str = ""
    aliases: tuple[str, ...] = ()
    is_name: bool = False
    is_long: bool = False
    column: Literal["title", "body", "names"] = "body"


@dataclass(frozen=True, slots=True)
class CountKind:
    """Something that a paper has a number of: ``upvotes>=20``.

    Attributes:
        name: What stands before the sign, the attribute of `Paper`, and the column of stored papers.
        noun: One of them, as a query in words says it.
        on_card: One of them, as a card says it.
        aliases: What people call it elsewhere.
    """

    name: str
    noun: str
    on_card: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a paper has or lacks: ``has:code``.

    Attributes:
        name: What stands behind the colon.
        noun: What it is, as a query in words says it: "a project page".
        attribute: The attribute of `Paper` that holds it, and the column of stored papers: empty where there is none.
        aliases: What people call it elsewhere.
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
        aliases=("ti",),
        column="title",
    ),
    Field(
        "keyword",
        lambda paper: paper.keywords,
        example="keyword:world model",
        described="in a keyword",
        within="among its keywords",
        quoted_as="keyword",
        aliases=("tag", "tags", "topic"),
    ),
    Field(
        "abstract",
        lambda paper: (paper.abstract,),
        example="abstract:robot*",
        described="in the abstract",
        within="in its abstract",
        quoted_as="abstract",
        aliases=("abs", "summary"),
        is_long=True,
    ),
    Field(
        "author",
        lambda paper: paper.authors,
        example='author:"Ada Example"',
        described="by",
        within="among its authors",
        quoted_as="author",
        aliases=("by", "name"),
        is_name=True,
        column="names",
    ),
    Field(
        "org",
        lambda paper: (paper.organization,),
        example="org:allenai",
        described="from",
        within="in its organization’s name",
        quoted_as="organization",
        aliases=("affiliation", "company", "from", "lab", "university"),
        is_name=True,
        column="names",
    ),
)
"""Those in which a quotation says most come first; those without names are searched when no field is named."""

COUNTS = (
    CountKind("upvotes", noun="upvote", on_card="vote", aliases=("hearts", "likes", "points", "score", "votes")),
    CountKind("comments", noun="comment", on_card="comment"),
    CountKind("stars", noun="code star", on_card="star", aliases=("github",)),
)

FACTS = (
    Fact("code", noun="code", attribute="code_url", aliases=("github", "repo", "repository")),
    Fact("project", noun="a project page", attribute="project_url"),
)

FIELD = {field.name: field for field in FIELDS}
COUNT = {count.name: count for count in COUNTS}
FACT = {fact.name: fact for fact in FACTS}

NAMES = tuple(field.name for field in FIELDS if field.is_name)
"""The fields of names."""

TEXTS = tuple(field.name for field in FIELDS if not field.is_name)
"""The fields that are searched when none is named."""

ANYWHERE = "in it"
"""Where a paper has words that are confined to no field, or has not."""


def has(paper: Paper, fact: str) -> bool:
    """Whether one of `FACTS` is true of the paper."""
    return bool(getattr(paper, FACT[fact].attribute))


def count_of(paper: Paper, count: str) -> int:
    """How many of one of `COUNTS` the paper has; 0 if that is not known."""
    return getattr(paper, count) or 0


def counted_in_words(count: str, number: int) -> str:
    """So many of one of `COUNTS`: "1 upvote", "20 code stars"."""
    noun = COUNT[count].noun
    return f"{number} {noun if number == 1 else f'{noun}s'}"


def within(field: str) -> str:
    """Where a paper has words of the field, or has not: "in its title"; "in it" if no field is named."""
    return FIELD[field].within if field else ANYWHERE

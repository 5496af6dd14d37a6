"""What a query means: a tree of terms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.query.folding import Word

ANYWHERE = ""
"""The field of a term that names none: title, abstract and keywords are searched."""

FIELDS = ("title", "abstract", "author", "org", "keyword")
FACTS = ("upvotes", "comments", "stars")
POSSESSIONS = ("code", "project")

ACRONYM = re.compile(r"[A-Z]{2,6}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together in this order.

    Attributes:
        text: As it was written, white space tidied, without quotes and star.
        words: Its words, folded.
        field: One of `FIELDS`, or `ANYWHERE`.
        exact: Whether it was quoted: the words stand in exactly these forms.
        prefix: Whether the last word may have any ending.
    """

    text: str
    words: tuple[Word, ...]
    field: str = ANYWHERE
    exact: bool = False
    prefix: bool = False

    @property
    def acronym(self) -> bool:
        """Whether it is a single word in capitals, which is then meant."""
        return not self.exact and not self.prefix and ACRONYM.fullmatch(self.text) is not None

    def __str__(self) -> str:
        """In the language, in its simplest form: its words as they are compared."""
        folded = "".join(f"{word.form}{'-' if word.hyphened else ' '}" for word in self.words).rstrip()
        body = f'"{folded}"' if self.exact else self.text if self.acronym else folded
        return f"{self.field}{':' if self.field else ''}{body}{'*' if self.prefix else ''}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A count that is at least so high."""

    name: str
    least: int

    def __str__(self) -> str:
        """In the language."""
        return f"{self.name}>={self.least}"


@dataclass(frozen=True, slots=True)
class Has:
    """Something that the paper comes with: one of `POSSESSIONS`."""

    what: str

    def __str__(self) -> str:
        """In the language."""
        return f"has:{self.what}"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paper."""

    def __str__(self) -> str:
        """In the language."""
        return "*"


@dataclass(frozen=True, slots=True)
class Not:
    """Without this."""

    part: Node

    def __str__(self) -> str:
        """In the language."""
        return f"NOT {_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of these, two or more."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """In the language."""
        return " AND ".join(_grouped(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these, two or more."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """In the language."""
        return ", ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


Node = Phrase | Fact | Has | Everything | Not | And | Or


def _grouped(part: Node) -> str:
    return f"({part})" if isinstance(part, And | Or) else str(part)


def is_positive(node: Node) -> bool:
    """Whether whatever matches has something of what was asked for, and does not only lack something."""
    match node:
        case Not():
            return False
        case And(parts):
            return any(is_positive(part) for part in parts)
        case Or(parts):
            return all(is_positive(part) for part in parts)
        case _:
            return True

"""Subjects and their names: what papers on red teaming say when they do not say “red teaming”.

The built-in ones stand in ``subjects.toml``; a host may add to them and replace them, see `bot.matching.subject_file`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from zlib import crc32

from bot.query import Term

BUILT_IN = Path(__file__).with_name("subjects.toml")

MOST_CACHED = 512
"""Subjects whose names are kept folded, at some 20 kB each: more than there are built in."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject.

    Attributes:
        name: What it is called.
        also: Other names of the very same subject.
        narrower: Methods, benchmarks, parts and tasks that papers on it name instead.
    """

    name: str
    also: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()

    @property
    def keys(self) -> Iterator[str]:
        """The keys of the terms that mean this subject when somebody types them; see `bot.query.tree.Term`."""
        return (Term(name).key for name in (self.name, *self.also))


class SubjectTable:
    """Subjects by their names; may be used from any thread."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        """Index the subjects; a name that several have belongs to the last of them."""
        self.subjects = tuple(subjects)
        self._by_key = {key: subject for subject in self.subjects for key in subject.keys}

    @cached_property
    def version(self) -> int:
        """A number that is the same for the same subjects, in every process, and most likely another for others."""
        return crc32(repr(self.subjects).encode())

    def related(self, term: Term) -> tuple[Term, ...]:
        """The other names of the subject that ``term`` names, then the narrower ones; in the same field of a paper.

        Empty for what is not in the table, and for quotes, names of people and organizations, and words with a star:
        who types these wants nothing else.
        """
        subject = self._by_key.get(term.key)
        if subject is None:
            return ()
        return tuple(name for name in _terms_of(subject, term.field) if name.key != term.key)

    def with_own(self, own: Iterable[Subject]) -> SubjectTable:
        """This table with a host's own subjects.

        One that is called as a subject here replaces it. A name that both have leads to the host's.
        """
        own = tuple(own)
        replaced = {Term(subject.name).key for subject in own}
        return SubjectTable((*(one for one in self.subjects if Term(one.name).key not in replaced), *own))


@lru_cache(maxsize=MOST_CACHED)
def _terms_of(subject: Subject, field: str) -> tuple[Term, ...]:
    """All names of a subject, folded: a subscription to it is compared with paper after paper."""
    return tuple(Term(name, field) for name in (subject.name, *subject.also, *subject.narrower))


@cache
def built_in() -> SubjectTable:
    """The table that everybody has; it is read once."""
    tables = tomllib.loads(BUILT_IN.read_text(encoding="utf-8"))
    return SubjectTable(
        Subject(name, *(tuple(lists.get(key, ())) for key in ("also", "narrower"))) for name, lists in tables.items()
    )

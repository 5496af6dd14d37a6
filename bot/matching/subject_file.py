"""Reads a host's own file of subjects, which is written as the built-in ``subjects.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.config.files import read
from bot.errors import ConfigError, QueryError
from bot.matching.subject_table import Subject
from bot.query import Term, parse
from bot.text.characters import one_line
from bot.text.figures import counted
from bot.text.shorten import shorten
from bot.text.toml import tables_in

LARGEST = 1_000_000
"""Bytes: the built-in file has some 180,000."""

MOST_NAMES = 100
"""Names of a subject: a subscription to it is looked up under each of them."""

MOST_MISTAKES = 10
"""Mistakes that are named; more would bury the first ones."""

LONGEST_SHOWN = 80
"""Characters of a name that are shown."""

LISTS = ("also", "narrower")

A_TABLE = 'it must be a table: a line with ["red teaming"], and the lists “also” and “narrower” below it'

A_LIST = 'must be a list of names, such as ["jailbreak", "prompt injection"]'

A_PHRASE = "is not a phrase; a name is words alone, without commas, quotes, brackets, fields and operators"

A_TYPED_NAME = "has a star or a sign, which only names in “narrower” may have"


def read_subjects(path: Path, called: str) -> tuple[Subject, ...]:
    """The subjects in a file; one without any names is there to remove another.

    Args:
        path: The file.
        called: What it is called in errors.

    Raises:
        ConfigError: A line for each subject that is wrong, with the file and what is allowed.
    """
    try:
        tables = tables_in(read(path, called, LARGEST))
    except ValueError as error:
        raise ConfigError(f"{called} is not TOML: {error}.") from None
    subjects: list[Subject] = []
    mistakes: list[str] = []
    for name, lists in tables.items():
        try:
            subjects.append(_subject(name, lists))
        except ValueError as error:
            mistakes.append(f"{called}, {_shown(name)}: {error}.")
    mistakes += [f"{called}, {mistake}." for mistake in _meant_twice(subjects)]
    if mistakes:
        more = len(mistakes) - MOST_MISTAKES
        rest = [f"{called}: {counted(more, 'more subject is', 'more subjects are')} wrong."] if more > 0 else []
        raise ConfigError("\n".join([*mistakes[:MOST_MISTAKES], *rest]))
    return tuple(subjects)


def _subject(name: str, lists: object) -> Subject:
    """Check a subject.

    Raises:
        ValueError: It is wrong; the message goes on after the subject's name.
    """
    if not isinstance(lists, dict):
        raise ValueError(A_TABLE)  # noqa: TRY004 - the mistake is in a file
    for key, names in lists.items():
        if key not in LISTS:
            raise ValueError(f"{_shown(key)} is not a key here; the keys are “also” and “narrower”")
        if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            raise ValueError(f"“{key}” {A_LIST}")
    also, narrower = (lists.get(key, []) for key in LISTS)
    if len(also) + len(narrower) > MOST_NAMES:
        raise ValueError(f"it has {len(also) + len(narrower):,} names; a subject can have {MOST_NAMES}")
    for own in (name, *also):
        if not _phrase(own).key:
            raise ValueError(f"{_shown(own)} {A_TYPED_NAME}")
    return Subject(_phrase(name).text, *(tuple(_phrase(each).text for each in names) for names in (also, narrower)))


def _phrase(name: str) -> Term:
    """A name as people type it.

    Raises:
        ValueError: It is something else.
    """
    try:
        term = parse(name).tree
    except QueryError:
        term = None
    if not isinstance(term, Term) or term.exact or term.field:
        raise ValueError(f"{_shown(name)} {A_PHRASE}")
    return term


def _meant_twice(subjects: Iterable[Subject]) -> Iterator[str]:
    """The names that lead to two subjects."""
    owners: dict[str, Subject] = {}
    for subject in subjects:
        for name, key in zip((subject.name, *subject.also), subject.keys, strict=True):
            owner = owners.setdefault(key, subject)
            if owner is not subject:
                also = f"{_shown(name)} is a name of {_shown(owner.name)}, too"
                yield f"{_shown(subject.name)}: {also}; a name can mean one subject alone"


def _shown(name: str) -> str:
    return f"“{shorten(one_line(name), LONGEST_SHOWN)}”"

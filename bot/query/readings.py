"""Another way to read a query than the language does: `robots or drones`, `#robotics`, `RLHF/DPO`.

People bring the notation of other search engines, and write operators in lower case. The language takes these for
words, which may be what was meant: “search and rescue” is a phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.errors import QueryError
from bot.query.lexer import Kind, lexemes
from bot.query.notations import Rewritten, in_own_notation
from bot.query.parser import Query, parse
from bot.query.runs import Run, runs_of
from bot.query.spoken_operators import with_alternatives, with_operators, without_preamble
from bot.text.characters import one_line

ROUNDS = 20
"""Things of one query that are read in another way, one after the other."""

NAME = re.compile(r"[^\W\d_]++(?:[.'’-][a-z.'’-]*+)?(?<=[a-z.])")
"""A given name, or its initial: no acronym."""

GIVEN_NAMES = 2
"""Words of given names."""


RULES = (in_own_notation, without_preamble, with_operators, with_alternatives)
"""Each gives another way to write a run of words, or None."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way to read a query.

    Attributes:
        message: What the language takes for words, and what it may be.
        position: Where it is, in characters from the start of the query.
        queries: What was probably meant, best first.
        is_certain: Whether nobody would look for it as it is.
        is_natural: Whether it is as likely to be a phrase that no paper has yet.
        phrase: The words alone, as the language reads them; None where it reads no phrase.
        quoted: The whole query with quotes around these words, which leave no doubt; None without a phrase.
    """

    message: str
    position: int
    queries: tuple[Query, ...]
    is_certain: bool
    is_natural: bool
    phrase: Query | None
    quoted: Query | None


def other_reading(query: Query) -> Reading | None:
    """The other way to read the query, with everything in it that can be read so; None if there is none."""
    found = _first(query.text)
    if found is None:
        return None
    run, first, texts = found
    queries = [meant for text in texts if (meant := _read_through(text)) and meant.tree != query.tree]
    unique = tuple({meant.canonical: meant for meant in queries}.values())
    if not unique:
        return None
    words = " ".join(word.text for word in run.words)
    phrase = _query(f"{run.field}{words}")
    quoted = _query(f'{query.text[: run.start]}{run.field}"{words}"{query.text[run.end :]}')
    if first.is_certain or run.after.start == first.position:
        phrase = quoted = None
    return Reading(first.message, first.position, unique, first.is_certain, first.is_natural, phrase, quoted)


def _query(text: str) -> Query | None:
    try:
        return parse(text)
    except QueryError:
        return None


def settled(text: str) -> str:
    """A query with all that nobody would look for read in the other way; the text itself if there is nothing such."""
    found = _first(text)
    meant = _read_through(found[2][0]) if found and found[1].is_certain else None
    return meant.text if meant else text


def _read_through(text: str) -> Query | None:
    """The query of a text, with all else in it read in the other way too; None if it is not one."""
    for _ in range(ROUNDS):
        try:
            query = parse(text)
        except QueryError as error:
            text = error.examples[0]
            continue
        following = _first(query.text)
        if following is None:
            return query
        text = following[2][0]
    return None


def _first(text: str) -> tuple[Run, Rewritten, list[str]] | None:
    """The first run that can be written in another way, and the whole query in these ways."""
    runs = list(runs_of(lexemes(text)))
    for run, following in zip(runs, [*runs[1:], None], strict=False):
        name = _name_in_two(run, following)
        rewritten = name or next((found for rule in RULES if (found := rule(run))), None)
        if rewritten:
            end = following.end if name and following else run.end
            return run, rewritten, [one_line(f"{text[: run.start]}{form}{text[end:]}") for form in rewritten.forms]
    return None


def _name_in_two(run: Run, following: Run | None) -> Rewritten | None:
    """A person's name with the family name first, which a comma makes two alternatives: author:LeCun, Yann."""
    if run.field.lower() != "author:" or following is None or following.field or not following.is_alone:
        return None
    given = [word.text for word in following.words]
    is_name = len(given) <= GIVEN_NAMES and all(word[0].isupper() and NAME.fullmatch(word) for word in given)
    comma = following.before
    if not is_name or comma is None or comma is not run.after or comma.kind is not Kind.OR or comma.text not in ",，":
        return None
    name = " ".join([*given, *(word.text for word in run.words)])
    message = "A comma means “or”, also between two parts of a name."
    return Rewritten(comma.start, message, (f'{run.field}"{name}"',), is_certain=False)

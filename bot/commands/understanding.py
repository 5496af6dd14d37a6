"""Reads the query of a command; what it may mean besides is tried, asked about or offered, never guessed in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.advice.advise import LABEL, Press
from bot.advice.backtest import Backtest, Recent
from bot.domain.messages import Button
from bot.errors import Instead, QueryError
from bot.query import Query, Reading, other_reading, parse, settled
from bot.query.tree import Term
from bot.text.figures import listed
from bot.text.rich import Rich, bold, code, enumerated, rich
from bot.text.shorten import shorten


@dataclass(frozen=True, slots=True)
class Understood:
    """A query, and what it may mean besides.

    Attributes:
        query: The query, as the language reads it.
        doubt: What was taken for words, and what else was tried, in a line; empty if there is no doubt.
        others: The other queries, each with what it would have brought.
    """

    query: Query
    doubt: str = ""
    others: tuple[Backtest, ...] = ()

    def buttons(self, press: Press) -> tuple[Button, ...]:
        """A button for each of the other queries."""
        return tuple(Button(label_of(other), *press(other.query.text)) for other in self.others)


def understand(text: str, recent: Callable[[], Recent], press: Press) -> Understood:
    """Read the query of a command.

    Args:
        text: What was typed.
        recent: Gives the papers to try another reading on, if there is one.
        press: The command that the person gave, with another query.

    Raises:
        QueryError: It is not a query, or nobody would look for it as it is; with what was meant, as buttons.
    """
    try:
        query = parse(text)
    except QueryError as error:
        raise _with_buttons(error, press) from None
    reading = other_reading(query)
    if reading is None:
        return Understood(query)
    papers = recent()
    others = tuple(papers.run(other) for other in reading.queries)
    if _is_name(reading, papers):
        return Understood(query)
    if reading.is_certain or (others[0].found and not _may_be_phrase(reading, papers)):
        raise _question(query, reading, others, papers, press)
    return Understood(query, _doubt(reading, others, papers), others)


def label_of(other: Backtest) -> str:
    """The label of a button for another query: "robots OR drones (12)"."""
    query = shorten(other.query.text, LABEL)
    return f"{query} ({other.number})" if other.count else query


def _doubt(reading: Reading, others: tuple[Backtest, ...], papers: Recent) -> Rich:
    """What was taken for words, and what each reading would have brought."""
    if not papers.count:
        meant = enumerated([bold(other.query.text) for other in others], "or")
        return rich(f"{reading.message} Did you mean ", meant, "?")
    brought = [f"the phrase would have brought {papers.run(reading.phrase).in_papers}"] if reading.phrase else []
    for other in others:
        verb = "" if brought else "would have brought "
        brought.append(f"“{other.query.text}” {verb}{other.in_papers}")
    return rich(f"{reading.message} In the last {papers.days} days {listed(brought)}.")


def _may_be_phrase(reading: Reading, papers: Recent) -> bool:
    """Whether papers have what was typed as it is, or may well have it some day."""
    return reading.phrase is None or reading.is_natural or papers.brings_any(reading.phrase)


def _is_name(reading: Reading, papers: Recent) -> bool:
    """Whether it is the full form of an acronym, as “simultaneous localization and mapping” is."""
    term = reading.phrase.tree if reading.phrase else None
    return isinstance(term, Term) and bool(papers.known.acronyms.short(term))


def _with_count(other: Backtest) -> Rich:
    return rich(bold(other.query.text), f" ({other.in_papers})" if other.count else "")


def _with_buttons(error: QueryError, press: Press) -> QueryError:
    """The error with a button for each example, in which nothing else is left that nobody would look for."""
    examples = [settled(example) for example in error.examples]
    error.repair = error.repair.replace(error.examples[0], examples[0])
    if not error.query:
        error.repair = rich("For example ", code(f"/{' '.join(press(examples[0]))}"))
    error.examples = tuple(examples)
    error.instead = tuple(Instead(shorten(other, LABEL), *press(other)) for other in examples)
    return error


def _question(query: Query, reading: Reading, others: tuple[Backtest, ...], papers: Recent, press: Press) -> QueryError:
    """The error that asks which of the readings is meant."""
    meant = [_with_count(other) for other in others]
    repair = rich("Did you mean ", enumerated(meant, "or"), "?")
    if not papers.count:
        repair = rich("For example: ", bold(others[0].query.text))
    instead = [Instead(label_of(other), *press(other.query.text)) for other in others]
    if reading.quoted:
        unknown = f" No paper of the last {papers.days} days has the phrase."
        repair = rich(repair, unknown, " To look for it all the same, put it in quotes: ", bold(reading.quoted.text))
        instead.append(Instead(shorten(reading.quoted.text, LABEL), *press(reading.quoted.text)))
    error = QueryError(
        reading.message,
        query=query.text,
        position=reading.position,
        repair=repair,
        examples=[other.query.text for other in others],
    )
    error.instead = tuple(instead)
    return error

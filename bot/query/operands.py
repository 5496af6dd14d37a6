"""Reads what stands between a query's operators: phrases, fields, counts and facts."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from bot.errors import QueryError
from bot.query.cursor import Cursor
from bot.query.fields import COUNT, COUNTS, FACT, FACTS, FIELD, FIELDS, HAS, WITH
from bot.query.lexer import EXAMPLE, Kind, Lexeme
from bot.query.phrases import is_plain_word, read_phrase, read_quoted
from bot.query.tree import Count, Everything, Has, Node
from bot.text.figures import listed

MOST_DIGITS = 9

NEAR = 0.6
"""How alike a name must be to be what was meant; see
https://docs.python.org/3/library/difflib.html#difflib.get_close_matches."""


def read_operand(cursor: Cursor, *, single: bool) -> Node:
    """Read the operand that begins here; if ``single``, at most one word of a phrase.

    Raises:
        QueryError: No operand begins here, or it is wrong.
    """
    lexeme, after = cursor.here, cursor.peek(1)
    if lexeme.kind is Kind.QUOTED:
        return read_quoted(cursor)
    if lexeme.kind is not Kind.WORD:
        raise _no_operand(cursor)
    if after.kind is Kind.COLON and after.start == lexeme.end:
        return _read_field(cursor, single=single)
    if after.kind is Kind.COMPARISON:
        return _read_count(cursor)
    if lexeme.text == "*" and (single or not is_plain_word(cursor, 1)):
        cursor.take()
        return Everything()
    return read_phrase(cursor, single=single)


def _no_operand(cursor: Cursor) -> QueryError:
    """The error for a place where an operand should begin and does not."""
    lexeme, before = cursor.here, cursor.before
    if lexeme.kind is Kind.COLON:
        return cursor.error("Put the colon right after the name of a field.", lexeme.start, "title:agent")
    if lexeme.kind is Kind.COMPARISON:
        return cursor.error(f"“{lexeme.text}” needs a count before it.", lexeme.start, "upvotes>=20")
    if lexeme.kind in {Kind.OR, Kind.AND}:
        return cursor.error(
            f"“{lexeme.text}” needs something before it.", lexeme.start, cursor.replacing(lexeme, "") or EXAMPLE
        )
    if before is None:
        return cursor.error("This bracket was never opened.", lexeme.start)
    if before.kind is Kind.OPEN:
        return cursor.error("There is nothing between these brackets.", before.start, "(robot OR drone) AND video")
    return cursor.error(
        f"“{before.text}” needs something after it.", before.start, cursor.replacing(before, "") or EXAMPLE
    )


def _read_field(cursor: Cursor, *, single: bool) -> Node:
    """Read the name of a field, the colon, and the words that are confined to the field."""
    label = cursor.take()
    colon = cursor.take()
    name = label.text.lower()
    if name == HAS:
        return _read_fact(cursor, label)
    if name not in FIELD:
        raise _unknown_field(cursor, label)
    value = cursor.here
    if value.kind is Kind.QUOTED:
        return read_quoted(cursor, name)
    if value.kind is Kind.OPEN:
        raise cursor.error(
            "A field takes words, not brackets; repeat it for each alternative.",
            value.start,
            f"({name}:robot OR {name}:drone)",
        )
    if value.kind is Kind.NOT:
        raise cursor.error(
            "Put the minus before the field.",
            value.start,
            cursor.changed(label.start, value.end, f"{value.text if value.text != 'NOT' else 'NOT '}{name}:"),
        )
    if not is_plain_word(cursor) or value.text == "*":
        raise cursor.error(f"“{name}:” needs a word after it.", colon.start, FIELD[name].example)
    return read_phrase(cursor, name, single=single)


def _unknown_field(cursor: Cursor, label: Lexeme) -> QueryError:
    name, value = label.text.lower(), cursor.here
    if name in COUNT:
        number = value.text if value.text.isdecimal() else "20"
        return cursor.error(f"“{name}” is a number: give its lower limit, with >=.", label.start, f"{name}>={number}")
    known = listed([*(f"{field.name}:" for field in FIELDS), f"{HAS}:"])
    message = f"“{label.text}:” is not a field. The fields are {known}."
    # Before an unknown name with nothing close, the colon is most likely punctuation: “Mamba: linear time”.
    closest = _closest(name, {**{field.name: field.aliases for field in FIELDS}, HAS: (WITH,)})
    if closest == HAS:
        return cursor.error(message, label.start, f"{HAS}:{FACTS[0].name}")
    return _unknown_name(cursor, label, message, closest)


def _read_fact(cursor: Cursor, label: Lexeme) -> Has:
    """Read the name of a fact."""
    value = cursor.here
    name = value.text.lower()
    if value.kind is Kind.WORD and name in FACT:
        cursor.take()
        return Has(name)
    closest = _closest(name, {fact.name: fact.aliases for fact in FACTS})
    known = listed([f"“{fact.name}”" for fact in FACTS], "or")
    position = value.start if value.kind in {Kind.WORD, Kind.QUOTED} else label.start
    raise cursor.error(f"“{HAS}:” takes {known}.", position, f"{HAS}:{closest or FACTS[0].name}")


def _read_count(cursor: Cursor) -> Count:
    """Read the name of a count, a comparison, and a number."""
    label, sign, value = cursor.take(), cursor.take(), cursor.here
    name = label.text.lower()
    number = value.text.replace(",", "") if value.kind is Kind.WORD else ""
    if name not in COUNT:
        raise _unknown_count(cursor, label)
    if sign.text not in {">", ">=", "≥"}:
        raise cursor.error(
            "A count takes only a lower limit, written >=.",
            sign.start,
            cursor.replacing(sign, ">=") if number.isdecimal() else f"{name}>=20",
        )
    if not (number.isascii() and number.isdecimal()):
        position = value.start if value.kind in {Kind.WORD, Kind.QUOTED, Kind.NOT} else sign.start
        raise cursor.error(f"“{name}{sign.text}” needs a whole number after it.", position, f"{name}>=20")
    if len(number) > MOST_DIGITS:
        raise cursor.error(f"No paper has that many {name}.", value.start, f"{name}>=20")
    cursor.take()
    # Counts are whole numbers, so > is the same as >= with one more.
    return Count(name, int(number) + (sign.text == ">"))


def _unknown_count(cursor: Cursor, label: Lexeme) -> QueryError:
    message = f"“{label.text}” is not a count. The counts are {listed([count.name for count in COUNTS])}."
    closest = _closest(label.text.lower(), {count.name: count.aliases for count in COUNTS})
    return _unknown_name(cursor, label, message, closest)


def _unknown_name(cursor: Cursor, label: Lexeme, message: str, closest: str) -> QueryError:
    """The error for a name that is not in the language: with the closest that is, or the words in quotes."""
    if closest:
        return cursor.error(message, label.start, cursor.replacing(label, closest))
    return cursor.error(f"{message} To look for these words, put them in quotes.", label.start, cursor.quoted())


def _closest(name: str, known: Mapping[str, Sequence[str]]) -> str:
    """The known name, each given with its aliases, that was probably meant; empty if none comes close."""
    by_alias = {alias: other for other, aliases in known.items() for alias in aliases}
    return by_alias.get(name) or next(iter(difflib.get_close_matches(name, known, n=1, cutoff=NEAR)), "")

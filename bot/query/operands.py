"""Reads what stands between a query's operators: phrases, fields, counts and facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import ceil

from bot.query.cursor import Cursor
from bot.query.fields import (
    CATEGORY,
    COUNT,
    COUNTS,
    FACT,
    FACTS,
    FIELD,
    HAS,
    LABELS,
    SOURCE,
    count_meant,
    fact_meant,
    field_meant,
)
from bot.query.foreign_fields import ANYWHERE, not_here
from bot.query.labels import check_operators
from bot.query.lexer import Kind, Lexeme
from bot.query.lists import read_category, read_source
from bot.query.mistake import Mistake
from bot.query.phrases import is_plain_word, read_phrase, read_quoted
from bot.query.tree import About, Count, Everything, Has, Node, Term
from bot.text.figures import listed

MOST_DIGITS = 9

MANY = "20"
"""A limit for those who gave none that can be read."""

ABOUT = re.compile(r"(\d+(?:\.\d+)?)(k?)\+?", re.IGNORECASE)
"""A number as people write it: 2.5, 20+, 1.2k."""

TURNED = str.maketrans("<>≤≥", "><≥≤")
"""The comparison when its two sides change places."""


def read_operand(cursor: Cursor, *, single: bool) -> Node:
    """Read the operand that begins here; if ``single``, at most one word of a phrase.

    Raises:
        Mistake: No operand begins here, or it is wrong.
    """
    lexeme, after = cursor.here, cursor.peek(1)
    if lexeme.kind is Kind.QUOTED:
        return read_quoted(cursor)
    if lexeme.kind is Kind.ABOUT:
        return _read_subject(cursor, single=single)
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


def _no_operand(cursor: Cursor) -> Mistake:
    """The mistake where an operand should begin and does not."""
    lexeme, before = cursor.here, cursor.before
    without = cursor.replacing(lexeme, " ")
    if lexeme.kind is Kind.COLON:
        is_field = before is not None and before.text.lower() in FIELD
        joined = cursor.changed(before.end, lexeme.end, ":") if before and is_field else without
        return cursor.mistake("Put the colon right after the name of a field.", lexeme.start, joined or "title:agent")
    if lexeme.kind is Kind.COMPARISON:
        counted = f"{COUNTS[0].name}>=" if cursor.peek(1).text.isdecimal() else " "
        corrected = cursor.replacing(lexeme, counted) or "upvotes>=20"
        return cursor.mistake(f"“{lexeme.text}” needs a count before it.", lexeme.start, corrected)
    if lexeme.kind in {Kind.OR, Kind.AND}:
        return cursor.mistake(f"“{lexeme.text}” needs something before it.", lexeme.start, without)
    if before is None:
        return cursor.mistake("This bracket was never opened.", lexeme.start, without)
    if before.kind is Kind.OPEN:
        corrected = cursor.changed(before.start, lexeme.end, " ") or "(robot OR drone) AND video"
        return cursor.mistake("There is nothing between these brackets.", before.start, corrected)
    return cursor.mistake(f"“{before.text}” needs something after it.", before.start, cursor.replacing(before, " "))


def _read_field(cursor: Cursor, *, single: bool) -> Node:
    """Read the name of a field, the colon, and the words that are confined to the field."""
    label = cursor.take()
    colon = cursor.take()
    name = label.text.lower()
    if name in LABEL_READERS:
        return LABEL_READERS[name](cursor, label)
    if name not in FIELD:
        raise _unknown_field(cursor, label)
    value = cursor.here
    if value.kind is Kind.QUOTED:
        return read_quoted(cursor, name)
    check_operators(cursor, label, f"{label.text}:", taker="A field", called="the field")
    if value.kind is Kind.ABOUT:
        corrected = cursor.changed(label.start, value.start, " ")
        raise cursor.mistake("A subject is in the whole paper, not in one field.", label.start, corrected)
    if not is_plain_word(cursor) or value.text == "*":
        end = value.end if value.text == "*" else colon.end
        corrected = cursor.changed(label.start, end, " ") or FIELD[name].example
        raise cursor.mistake(f"“{name}:” needs a word after it.", colon.start, corrected)
    return read_phrase(cursor, name, single=single)


def _read_subject(cursor: Cursor, *, single: bool) -> Node:
    """Read a tilde, and the words of the subject behind it."""
    tilde, value, after = cursor.take(), cursor.here, cursor.peek(1)
    is_quoted = value.kind is Kind.QUOTED
    check_operators(cursor, tilde, tilde.text, taker="“~”", called="the “~”")
    if value.kind is Kind.ABOUT:
        raise cursor.mistake("One “~” is enough.", value.start, cursor.changed(tilde.start, value.end, "~"))
    if not (is_quoted or is_plain_word(cursor)):
        # “~title:agents” and “~upvotes>=5” are right without the tilde, and “~author:…” is somebody's name.
        end = after.end if after.kind is Kind.COLON and value.text.lower() not in FIELD else tilde.end
        corrected = cursor.changed(tilde.start, end, "~" if end > tilde.end else " ")
        raise cursor.mistake("“~” needs the words of a subject right after it.", tilde.start, corrected)
    term = read_quoted(cursor) if is_quoted else read_phrase(cursor, single=single)
    if "*" in term.text:
        without = cursor.changed(tilde.start, tilde.end, " ")
        plain = cursor.changed(
            value.start, cursor.before.end if cursor.before else value.end, term.text.replace("*", "")
        )
        raise cursor.mistake("After “~” a star has no meaning: a subject has all forms.", tilde.start, without, plain)
    return About(Term(term.text), is_quoted)


def _unknown_field(cursor: Cursor, label: Lexeme) -> Mistake:
    """The mistake of a name that is no field: of a count, of another search engine, or of nothing at all."""
    name, value = label.text.lower(), cursor.here
    if name in COUNT:
        sign = "" if value.kind is Kind.COMPARISON else ">="
        corrected = cursor.changed(label.end, value.start, sign)
        return cursor.mistake(f"“{name}” is a number: give its lower limit, with >=.", label.start, corrected)
    if name in ANYWHERE:
        message = f"Without a field, words are looked for anywhere, so “{name}:” is not needed."
        return cursor.mistake(message, label.start, cursor.changed(label.start, value.start, " "))
    if message := not_here(name, value.text):
        return cursor.mistake(message, label.start, cursor.changed(label.start, value.end, " "))
    known = listed([f"{name}:" for name in (*FIELD, *LABELS)])
    message = f"“{label.text}:” is not a field. The fields are {known}."
    # Before an unknown name with nothing close, the colon is most likely punctuation: “Mamba: linear time”.
    closest = field_meant(name)
    return _unknown_name(cursor, label, message, closest)


def _read_fact(cursor: Cursor, label: Lexeme) -> Has:
    """Read the name of a fact."""
    value = cursor.here
    name = value.text.lower()
    if value.kind is Kind.WORD and name in FACT:
        cursor.take()
        return Has(name)
    closest = fact_meant(name)
    known = listed([f"“{fact.name}”" for fact in FACTS], "or")
    is_there = value.kind in {Kind.WORD, Kind.QUOTED}
    if closest:
        corrected = cursor.replacing(value, closest)
    else:
        without = cursor.changed(label.start, value.end if is_there else value.start, " ")
        corrected = without or f"{HAS}:{FACTS[0].name}"
    raise cursor.mistake(f"“{HAS}:” takes {known}.", value.start if is_there else label.start, corrected)


def _read_count(cursor: Cursor) -> Count:
    """Read the name of a count, a comparison, and a number."""
    minus = cursor.before
    label, sign, value = cursor.take(), cursor.take(), cursor.here
    name = label.text.lower()
    number = value.text.replace(",", "") if value.kind is Kind.WORD else ""
    if name not in COUNT:
        raise _unknown_count(cursor, label, sign)
    if not (number.isascii() and number.isdecimal()):
        raise _no_number(cursor, name, sign, value)
    if sign.text not in {">", ">=", "≥"}:
        raise _no_lower_limit(cursor, label, sign, int(number[:MOST_DIGITS]), minus)
    if len(number) > MOST_DIGITS:
        raise cursor.mistake(f"No paper has that many {name}.", value.start, cursor.replacing(value, "1,000"))
    cursor.take()
    # Counts are whole numbers, so > is the same as >= with one more.
    return Count(name, int(number) + (sign.text == ">"))


def _no_number(cursor: Cursor, name: str, sign: Lexeme, value: Lexeme) -> Mistake:
    about = ABOUT.fullmatch(value.text.replace(",", ""))
    if about and len(value.text) <= MOST_DIGITS:
        number = str(ceil(float(about[1]) * (1000 if about[2] else 1)))
    else:
        number = MANY
    is_there = value.kind is Kind.WORD and not (about is None and cursor.peek(1).kind in {Kind.COLON, Kind.COMPARISON})
    if value.kind is Kind.NOT and cursor.peek(1).text.isdecimal():
        corrected = cursor.replacing(value, " ")
    else:
        corrected = cursor.changed(sign.end, value.end if is_there else sign.end, f"{number} ")
    position = value.start if value.kind in {Kind.WORD, Kind.QUOTED, Kind.NOT} else sign.start
    return cursor.mistake(f"“{name}{sign.text}” needs a whole number after it.", position, corrected)


def _no_lower_limit(cursor: Cursor, label: Lexeme, sign: Lexeme, number: int, minus: Lexeme | None) -> Mistake:
    """The mistake of another comparison than a lower limit: fewer than 5 is “not at least 5”."""
    if "<" not in sign.text and "≤" not in sign.text:
        return cursor.mistake("A count takes only a lower limit, written >=.", sign.start, cursor.replacing(sign, ">="))
    least = number + (sign.text != "<")
    negated = minus is not None and minus.kind is Kind.NOT
    start = minus.start if minus and negated else label.start
    end = cursor.here.end
    written = f"{'' if negated else '-'}{label.text}>={least}"
    message = "A count takes only a lower limit, written >=; with a minus before it, that becomes an upper one."
    return cursor.mistake(message, sign.start, cursor.changed(start, end, written))


def _unknown_count(cursor: Cursor, label: Lexeme, sign: Lexeme) -> Mistake:
    """The mistake of a comparison with something that is not counted: a field, a number, or any other word."""
    name, value = label.text.lower(), cursor.here
    message = f"“{label.text}” is not a count. The counts are {listed([count.name for count in COUNTS])}."
    if name in FIELD and sign.text in {"=", "=="}:
        corrected = cursor.changed(label.end, value.start, ":")
        return cursor.mistake(f"“{name}” is a field: put a colon after it.", label.start, corrected)
    if name.isdecimal() and value.text.lower() in COUNT:
        turned = f"{value.text}{sign.text.translate(TURNED)}{name}"
        return cursor.mistake(message, label.start, cursor.changed(label.start, value.end, turned))
    closest = count_meant(name)
    return _unknown_name(cursor, label, message, closest)


def _unknown_name(cursor: Cursor, label: Lexeme, message: str, closest: str) -> Mistake:
    """The mistake of a name that is not in the language: with the closest that is, or the words in quotes."""
    if closest:
        return cursor.mistake(message, label.start, cursor.replacing(label, closest))
    return cursor.mistake(f"{message} To look for these words, put them in quotes.", label.start, cursor.quoted())


LABEL_READERS: Mapping[str, Callable[[Cursor, Lexeme], Node]] = {
    HAS: _read_fact,
    CATEGORY: read_category,
    SOURCE: read_source,
}
"""What reads the value behind each of `LABELS`."""

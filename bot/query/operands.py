"""Reads what stands between a query's operators: phrases, fields and facts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from bot.errors import QueryError
from bot.query.cursor import EXAMPLE, Cursor
from bot.query.fields import COUNT, COUNTS, FACT, FACTS, FIELD, FIELDS, HAS, WITH
from bot.query.lexer import Kind, Lexeme
from bot.query.tree import Count, Everything, Has, Node, Term
from bot.text.figures import listed
from bot.text.folding import fold, is_spaceless

SHORTEST_PREFIX = 3
"""Letters and digits before a star: fewer would find half of everything."""

MOST_DIGITS = 9

NEAR = 0.6
"""How alike a name must be to be what was meant, see `difflib.get_close_matches`."""


FOREIGN = re.compile(r"[!+&]+(?=[^\W\d])")
"""Signs that other search engines put before a word."""

INSTEAD = {"!": "-", "+": "", "&": "AND "}


def read_operand(cursor: Cursor, *, single: bool) -> Node:
    """Read the operand that begins here; if ``single``, no phrase of several words.

    Raises:
        QueryError: None does, or it is wrong.
    """
    lexeme, after = cursor.here, cursor.peek(1)
    if lexeme.kind is Kind.QUOTED:
        return _quoted(cursor)
    if lexeme.kind is not Kind.WORD:
        raise _missing(cursor)
    if after.kind is Kind.COLON and after.start == lexeme.end:
        return _in_field(cursor, single=single)
    if after.kind is Kind.COMPARISON:
        return _count(cursor)
    if lexeme.text == "*" and (single or not _is_plain_word(cursor, 1)):
        cursor.take()
        return Everything()
    return _phrase(cursor, single=single)


def _missing(cursor: Cursor) -> QueryError:
    """What to say where an operand should begin and does not."""
    lexeme, before = cursor.here, cursor.before
    if lexeme.kind is Kind.COLON:
        return cursor.error("A colon stands right after the name of a field.", lexeme.start, "title:agent")
    if lexeme.kind is Kind.COMPARISON:
        return cursor.error(f"“{lexeme.text}” has no count on its left.", lexeme.start, "upvotes>=20")
    if lexeme.kind in {Kind.OR, Kind.AND}:
        return cursor.error(
            f"“{lexeme.text}” has nothing on its left.",
            lexeme.start,
            cursor.changed(lexeme.start, lexeme.end, "") or EXAMPLE,
        )
    if before is None:
        return cursor.error("This bracket was never opened.", lexeme.start)
    if before.kind is Kind.OPEN:
        return cursor.error("There is nothing between these brackets.", before.start, "(robot OR drone) AND video")
    ending = ": the query ends" if lexeme.kind is Kind.END else ""
    return cursor.error(
        f"“{before.text}” has nothing on its right{ending}.",
        before.start,
        cursor.changed(before.start, before.end, "") or EXAMPLE,
    )


def _is_plain_word(cursor: Cursor, ahead: int) -> bool:
    """Whether the lexeme so far ahead is a word of a phrase, and not the name of a field or count."""
    lexeme, after = cursor.peek(ahead), cursor.peek(ahead + 1)
    named = after.kind is Kind.COMPARISON or (after.kind is Kind.COLON and after.start == lexeme.end)
    return lexeme.kind is Kind.WORD and not named


def _phrase(cursor: Cursor, field: str = "", *, single: bool) -> Term:
    """Adjacent bare words."""
    words = [_checked(cursor)]
    while not single and _is_plain_word(cursor, 0):
        words.append(_checked(cursor))
    return Term(" ".join(words), field)


def _quoted(cursor: Cursor, field: str = "") -> Term:
    lexeme = cursor.take()
    star = re.search(rf"\w{{{SHORTEST_PREFIX},}}(\*)", lexeme.text)
    if star:
        raise cursor.error(
            "In quotes the words stand in exactly these forms; a star goes without.",
            lexeme.start + 1 + star.start(1),
            cursor.changed(lexeme.start, lexeme.end, lexeme.text),
        )
    if not fold(lexeme.text):
        raise cursor.error("There is no word between these quotes.", lexeme.start, '"world model"')
    return Term(lexeme.text.strip(), field, exact=True)


def _checked(cursor: Cursor) -> str:
    """Take a word of a phrase, if it can be one."""
    lexeme = cursor.take()
    text, start = lexeme.text, lexeme.start
    foreign = FOREIGN.match(text)
    if foreign:
        raise cursor.error(
            f"“{foreign[0]}” before a word has no meaning here.",
            start,
            cursor.changed(start, start + foreign.end(), INSTEAD[foreign[0][0]]).removeprefix("AND "),
        )
    hole = re.search(r"(?<=\w)\?(?=\w)", text)
    if hole:
        raise cursor.error(
            "“?” does not stand for a letter; a star at the end of a word stands for any ending.",
            start + hole.start(),
            cursor.changed(start, lexeme.end, f"{text[: hole.start()]}*"),
        )
    if "*" in text:
        _check_star(cursor, lexeme)
    elif not fold(text):
        raise _nothing(cursor, lexeme)
    return text


def _check_star(cursor: Cursor, lexeme: Lexeme) -> None:
    text, start = lexeme.text, lexeme.start
    star = text.index("*")
    bare = text.replace("*", "")
    words = fold(bare)
    if not words:
        raise cursor.error(
            "A star by itself is every paper; right after a word, it is any ending.",
            start,
            cursor.changed(start, lexeme.end, "") or "*",
        )
    if star != len(text) - 1 or words[-1].end != star:
        raise cursor.error(
            "A star stands once, at the end of a word.",
            start + star,
            cursor.changed(start, lexeme.end, f"{bare[: words[-1].end]}*"),
        )
    if sum(len(word.exact) for word in words) < SHORTEST_PREFIX and not is_spaceless(words[-1].exact):
        raise cursor.error(
            f"A star needs {SHORTEST_PREFIX} letters before it at least.",
            start + star,
            cursor.changed(start, lexeme.end, f'"{text}"'),
        )


def _nothing(cursor: Cursor, lexeme: Lexeme) -> QueryError:
    """What to say about a word without a letter or digit."""
    text, start, end = lexeme.text, lexeme.start, lexeme.end
    if text.strip("-–—") == "":
        return cursor.error(
            "A minus stands right before what it leaves out.",
            start,
            cursor.changed(start, end + 1, "-") if cursor.here.kind in {Kind.WORD, Kind.QUOTED} else "video -survey",
        )
    if text.strip("&+") == "" and cursor.here.kind is Kind.WORD:
        return cursor.error(f"“{text}” is no operator.", start, cursor.changed(start, end, "AND").removeprefix("AND "))
    return cursor.error(f"“{text}” has no letter or digit to look for.", start, cursor.changed(start, end, "") or "*")


def _in_field(cursor: Cursor, *, single: bool) -> Node:
    """A field's name, the colon, and what is looked for there."""
    named = cursor.take()
    colon = cursor.take()
    name = named.text.lower()
    if name == HAS:
        return _has(cursor, named)
    if name not in FIELD:
        raise _no_field(cursor, named)
    value = cursor.here
    if value.kind is Kind.QUOTED:
        return _quoted(cursor, name)
    if value.kind is Kind.OPEN:
        raise cursor.error(
            "A field goes with words, not with brackets.", value.start, f"({name}:robot OR {name}:drone)"
        )
    if value.kind is Kind.NOT:
        raise cursor.error(
            "The minus stands before the field.",
            value.start,
            cursor.changed(named.start, value.end, f"{value.text if value.text != 'NOT' else 'NOT '}{name}:"),
        )
    if not _is_plain_word(cursor, 0) or value.text == "*":
        raise cursor.error(f"“{name}:” needs a word.", colon.start, FIELD[name].example)
    return _phrase(cursor, name, single=single)


def _no_field(cursor: Cursor, named: Lexeme) -> QueryError:
    name, value = named.text.lower(), cursor.here
    if name in COUNT:
        number = value.text if value.text.isdecimal() else "20"
        return cursor.error(f"“{name}” is a count to reach.", named.start, f"{name}>={number}")
    meant = _meant(name, {**{field.name: field.aliases for field in FIELDS}, HAS: (WITH,)})
    known = ", ".join(f"{field.name}:" for field in FIELDS)
    if meant:
        example = cursor.changed(named.start, named.end, meant) if meant != HAS else "has:code"
        return cursor.error(f"There is no field “{named.text}:”, but {known} and has:", named.start, example)
    return cursor.error(
        f"There is no field “{named.text}:”, but {known} and has: – to look for these words, put them in quotes.",
        named.start,
        cursor.quoted(),
    )


def _has(cursor: Cursor, named: Lexeme) -> Has:
    value = cursor.here
    what = value.text.lower()
    if value.kind is Kind.WORD and what in FACT:
        cursor.take()
        return Has(what)
    meant = _meant(what, {fact.name: fact.aliases for fact in FACTS})
    known = " and ".join(f"has:{fact.name}" for fact in FACTS)
    at = value.start if value.kind in {Kind.WORD, Kind.QUOTED} else named.start
    raise cursor.error(f"There are {known}.", at, f"has:{meant or FACTS[0].name}")


def _count(cursor: Cursor) -> Count:
    """The name of a count, a comparison, and a number."""
    named, sign, value = cursor.take(), cursor.take(), cursor.here
    name = named.text.lower()
    number = value.text.replace(",", "") if value.kind is Kind.WORD else ""
    if name not in COUNT:
        raise _no_count(cursor, named)
    if sign.text not in {">", ">=", "≥"}:
        raise cursor.error(
            "A count has only a lower limit, written >=.",
            sign.start,
            cursor.changed(sign.start, sign.end, ">=") if number.isdecimal() else f"{name}>=20",
        )
    if not (number.isascii() and number.isdecimal()):
        at = value.start if value.kind in {Kind.WORD, Kind.QUOTED, Kind.NOT} else sign.start
        raise cursor.error(f"“{name}{sign.text}” needs a whole number.", at, f"{name}>=20")
    if len(number) > MOST_DIGITS:
        raise cursor.error(f"No paper has so many {name}.", value.start, f"{name}>=20")
    cursor.take()
    return Count(name, int(number) + (sign.text == ">"))


def _no_count(cursor: Cursor, named: Lexeme) -> QueryError:
    known = listed([count.name for count in COUNTS])
    meant = _meant(named.text.lower(), {count.name: count.aliases for count in COUNTS})
    if meant:
        return cursor.error(
            f"There is no count “{named.text}”, but {known}.",
            named.start,
            cursor.changed(named.start, named.end, meant),
        )
    return cursor.error(
        f"There is no count “{named.text}”, but {known} – to look for these words, put them in quotes.",
        named.start,
        cursor.quoted(),
    )


def _meant(name: str, known: Mapping[str, Sequence[str]]) -> str:
    """Which of the known names, each with its aliases, was probably meant; empty for none."""
    by_alias = {alias: meant for meant, aliases in known.items() for alias in aliases}
    return by_alias.get(name) or next(iter(difflib.get_close_matches(name, known, n=1, cutoff=NEAR)), "")

"""Reads words: phrases, quotes, and words that end in a star."""

from __future__ import annotations

import re

from bot.errors import QueryError
from bot.query.cursor import Cursor
from bot.query.lexer import Kind, Lexeme
from bot.query.tree import Term
from bot.text.folding import fold, is_spaceless

SHORTEST_PREFIX = 3

STAR = re.compile(rf"(?<=\w{{{SHORTEST_PREFIX}}})\*")
"""Letters and digits before a star: fewer would find half of everything."""

PREFIX_OPERATOR = re.compile(r"(?<![!+&])[!+&]++(?=[^\W\d])")
"""Signs that other search engines put before a word."""

OWN_OPERATOR = {"!": "-", "+": "", "&": "AND "}
"""What this language writes for them."""


def is_plain_word(cursor: Cursor, ahead: int = 0) -> bool:
    """Whether a lexeme is a word of a phrase, and not the name of a field or count."""
    lexeme, after = cursor.peek(ahead), cursor.peek(ahead + 1)
    is_name = after.kind is Kind.COMPARISON or (after.kind is Kind.COLON and after.start == lexeme.end)
    return lexeme.kind is Kind.WORD and not is_name


def read_phrase(cursor: Cursor, field: str = "", *, single: bool) -> Term:
    """Read words that follow each other; if ``single``, only one.

    Raises:
        QueryError: One of them cannot be looked for.
    """
    words = [_read_word(cursor)]
    while not single and is_plain_word(cursor):
        words.append(_read_word(cursor))
    return Term(" ".join(words), field)


def read_quoted(cursor: Cursor, field: str = "") -> Term:
    """Read a quote.

    Raises:
        QueryError: It has no words, or a word with a star.
    """
    lexeme = cursor.take()
    # After fewer letters a star is more likely part of a name: "A*".
    star = STAR.search(lexeme.text)
    if star:
        raise cursor.error(
            "Quotes find exactly these words, so a star has no meaning between them.",
            lexeme.start + 1 + star.start(),
            cursor.replacing(lexeme, lexeme.text),
        )
    if not fold(lexeme.text):
        raise cursor.error("There are no words between these quotes.", lexeme.start, '"world model"')
    return Term(lexeme.text.strip(), field, exact=True)


def _read_word(cursor: Cursor) -> str:
    lexeme = cursor.take()
    text, start = lexeme.text, lexeme.start
    sign = PREFIX_OPERATOR.match(text)
    if sign:
        raise cursor.error(
            f"“{sign[0]}” before a word has no meaning here.",
            start,
            cursor.changed(start, start + sign.end(), OWN_OPERATOR[sign[0][0]]).removeprefix("AND "),
        )
    wildcard = re.search(r"(?<=\w)\?(?=\w)", text)
    if wildcard:
        raise cursor.error(
            "“?” does not stand for a letter; a star at the end of a word stands for any ending.",
            start + wildcard.start(),
            cursor.replacing(lexeme, f"{text[: wildcard.start()]}*"),
        )
    if "*" in text:
        _check_star(cursor, lexeme)
    elif not fold(text):
        raise _no_word(cursor, lexeme)
    return text


def _check_star(cursor: Cursor, lexeme: Lexeme) -> None:
    text, start = lexeme.text, lexeme.start
    star = text.index("*")
    bare = text.replace("*", "")
    words = fold(bare)
    if not words:
        raise cursor.error(
            "A star on its own means every paper; right after a word it means any ending.",
            start,
            cursor.replacing(lexeme, "") or "*",
        )
    if star != len(text) - 1 or words[-1].end != star:
        raise cursor.error(
            "Put a single star at the end of a word.",
            start + star,
            cursor.replacing(lexeme, f"{bare[: words[-1].end]}*"),
        )
    # In scripts without spaces a word is a single character, which says as much as several letters.
    if sum(len(word.exact) for word in words) < SHORTEST_PREFIX and not is_spaceless(words[-1].exact):
        raise cursor.error(
            f"A star needs at least {SHORTEST_PREFIX} letters before it.",
            start + star,
            cursor.replacing(lexeme, f'"{text}"'),
        )


def _no_word(cursor: Cursor, lexeme: Lexeme) -> QueryError:
    """The error for text without a letter or digit."""
    text, start, end = lexeme.text, lexeme.start, lexeme.end
    if text.strip("-–—") == "":
        return cursor.error(
            "Put the minus right before what it leaves out.",
            start,
            cursor.changed(start, end + 1, "-") if cursor.here.kind in {Kind.WORD, Kind.QUOTED} else "video -survey",
        )
    if text.strip("&+") == "" and cursor.here.kind is Kind.WORD:
        example = cursor.replacing(lexeme, "AND").removeprefix("AND ")
        return cursor.error(f"“{text}” is not an operator.", start, example)
    return cursor.error(f"“{text}” has no letter or digit to look for.", start, cursor.replacing(lexeme, "") or "*")

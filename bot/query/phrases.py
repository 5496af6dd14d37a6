"""Reads words: phrases, quotes, and words that end in a star."""

from __future__ import annotations

import re

from bot.query.cursor import Cursor
from bot.query.lexer import Kind, Lexeme
from bot.query.mistake import Mistake
from bot.query.tree import Term
from bot.text.folding import fold, is_spaceless

SHORTEST_PREFIX = 3
"""Letters and digits before a star: fewer would find half of everything."""

STAR = re.compile(rf"(?<!\w)\w{{{SHORTEST_PREFIX},}}+(\*)")
"""A star after the beginning of a word."""

PREFIX_OPERATOR = re.compile(r"(?<![!+&])[!+&]++(?=[^\W\d])")
"""Signs that other search engines put before a word."""

AFTER_QUOTE = re.compile(r"[~^]\d[\d.]*|\[[A-Za-z]+(?:/[A-Za-z]+)?\]")
"""What other search engines put right after a quote: a distance, a weight, a field."""

WILDCARD = re.compile(r"(?<=\w)\?(?=\w)")
"""A sign that other search engines take for any letter."""

JOINING = "-‐‑‒–—_/.,"
"""Signs that join the parts of a word, and say nothing at its ends."""

NAME_WITH_STAR = re.compile(r"[^\W\d_]\*")
"""A letter with a star is more likely a name, as of the algorithm A*, than the beginning of a word."""

OPERANDS = {Kind.WORD, Kind.QUOTED, Kind.OPEN}

OWN_OPERATOR = {"!": "-", "+": "AND ", "&": "AND "}
"""What this language writes for them."""


def is_plain_word(cursor: Cursor, ahead: int = 0) -> bool:
    """Whether a lexeme is a word of a phrase, and not the name of a field or count."""
    lexeme, after = cursor.peek(ahead), cursor.peek(ahead + 1)
    is_name = after.kind is Kind.COMPARISON or (after.kind is Kind.COLON and after.start == lexeme.end)
    return lexeme.kind is Kind.WORD and not is_name


def read_phrase(cursor: Cursor, field: str = "", *, single: bool) -> Term:
    """Read words that follow each other; if ``single``, only one.

    Raises:
        Mistake: One of them cannot be looked for.
    """
    words = [_read_word(cursor)]
    while not single and is_plain_word(cursor):
        words.append(_read_word(cursor))
    return Term(" ".join(words), field)


def read_quoted(cursor: Cursor, field: str = "") -> Term:
    """Read a quote.

    Raises:
        Mistake: It has no words, or a word with a star.
    """
    lexeme = cursor.take()
    tokens = fold(lexeme.text)
    names = {token.end for token in tokens if token.sign.endswith("*")}  # such as RRT*
    star = next((found for found in STAR.finditer(lexeme.text) if found.end() not in names), None)
    if star:
        raise cursor.mistake(
            "Quotes find exactly these words, so a star has no meaning between them.",
            lexeme.start + 1 + star.start(1),
            cursor.replacing(lexeme, lexeme.text),
        )
    if not tokens:
        corrected = cursor.replacing(lexeme, " ") or '"world model"'
        raise cursor.mistake("There are no words between these quotes.", lexeme.start, corrected)
    return Term(lexeme.text.strip(), field, exact=True)


def _read_word(cursor: Cursor) -> str:
    lexeme = cursor.take()
    text, start = lexeme.text, lexeme.start
    sign = PREFIX_OPERATOR.match(text)
    if sign:
        raise cursor.mistake(
            f"“{sign[0]}” before a word has no meaning here.",
            start,
            cursor.changed(start, start + sign.end(), OWN_OPERATOR[sign[0][0]]).removeprefix("AND "),
        )
    wildcard = WILDCARD.search(text)
    if wildcard:
        raise cursor.mistake(
            "“?” does not stand for a letter; a star at the end of a word stands for any ending.",
            start + wildcard.start(),
            cursor.replacing(lexeme, f"{before_wildcard(text)}*"),
            cursor.replacing(lexeme, before_wildcard(text)),
        )
    if "*" in text:
        _check_star(cursor, lexeme)
    elif not fold(text):
        raise _no_word(cursor, lexeme)
    return text


def before_wildcard(word: str) -> str:
    """The letters of a word before a “?” that another search engine would take for any letter."""
    return WILDCARD.split(word, maxsplit=1)[0]


def _check_star(cursor: Cursor, lexeme: Lexeme) -> None:
    text, start = lexeme.text, lexeme.start
    star = text.index("*")
    words = fold(text.replace("*", " "))
    if not words:
        raise cursor.mistake(
            "A star on its own means every paper; right after a word it means any ending.",
            start,
            cursor.replacing(lexeme, " ") or "*",
        )
    if star != len(text) - 1 or words[-1].end != star:
        raise cursor.mistake("Put a single star at the end of a word.", start + star, *_stars_moved(cursor, lexeme))
    # In scripts without spaces a word is a single character, which says as much as several letters.
    named = [cursor.replacing(lexeme, f'"{text}"')] if NAME_WITH_STAR.fullmatch(text) else []
    if _letters(text) < SHORTEST_PREFIX and not is_spaceless(words[-1].exact):
        raise cursor.mistake(
            f"A star needs at least {SHORTEST_PREFIX} letters before it.",
            start + star,
            *named,
            cursor.replacing(lexeme, text.replace("*", "")),
        )


def _stars_moved(cursor: Cursor, lexeme: Lexeme) -> list[str]:
    """The whole query with stars only where they have a meaning: multi*agent is multi* agent, and *bot is bot."""
    parts = without_wildcards(lexeme.text)
    bare = "".join(part.strip(JOINING) for part in lexeme.text.split("*"))
    forms = [" ".join(parts), bare] if any(part.endswith("*") for part in parts) else [bare, " ".join(parts)]
    return [cursor.replacing(lexeme, form) for form in forms]


def without_wildcards(word: str) -> list[str]:
    """The parts of a word with stars that can be looked for, each with a star if it is long enough for one."""
    parts = [part.strip(JOINING) for part in word.split("*")]
    found: list[str] = []
    for part, is_last in [(part, False) for part in parts[:-1]] + [(parts[-1], True)]:
        long_enough = _letters(part) >= SHORTEST_PREFIX
        # A letter or two after a star, as in rob*t, say less than the star.
        if part and (long_enough or not (found and found[-1].endswith("*"))):
            found.append(part if is_last or not long_enough else f"{part}*")
    return found


def _letters(text: str) -> int:
    """The letters and digits of a text that has words, as they are compared."""
    return sum(len(word.exact) for word in fold(text))


def _no_word(cursor: Cursor, lexeme: Lexeme) -> Mistake:
    """The mistake of a text without a letter or digit."""
    text, start = lexeme.text, lexeme.start
    without = cursor.replacing(lexeme, " ")
    if text.strip("-–—") == "":
        after = cursor.here
        joined = cursor.changed(start, after.start, "-") if after.kind in OPERANDS else without
        return cursor.mistake("Put the minus right before what it leaves out.", start, joined or "video -survey")
    if text.strip("&+") == "" and cursor.here.kind is Kind.WORD:
        example = cursor.replacing(lexeme, "AND").removeprefix("AND ")
        return cursor.mistake(f"“{text}” is not an operator.", start, example)
    if text == "~":
        right_before = [cursor.changed(start, cursor.here.start, text)] if cursor.here.kind in OPERANDS else []
        return cursor.mistake("Put “~” right before the subject.", start, *right_before, without)
    alternatives = [cursor.replacing(lexeme, ",")] if text in {"/", "\\"} else []
    return cursor.mistake(f"“{text}” has no letter or digit to look for.", start, without, *alternatives)

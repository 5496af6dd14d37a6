"""Reads which list a paper is to be on: a category of arXiv, or a source."""

from __future__ import annotations

from bot.domain.sources import ARXIV, SOURCES
from bot.query.cursor import Cursor
from bot.query.fields import CATEGORY, SOURCE
from bot.query.labels import check_operators
from bot.query.lexer import Kind, Lexeme
from bot.query.tree import Category, Listed
from bot.text.arxiv_categories import category_meant, known_category
from bot.text.figures import listed

EXAMPLE = f"{CATEGORY}:cs.LG"

TAXONOMY = "arxiv.org/category_taxonomy"


def read_category(cursor: Cursor, label: Lexeme) -> Category:
    """Read a category of arXiv, or an archive with a star.

    Raises:
        Mistake: None follows, or it is not one of arXiv's.
    """
    value = _value(
        cursor, label, f"“{CATEGORY}:” needs a category of arXiv after it, such as cs.LG or stat.*.", EXAMPLE
    )
    pattern = known_category(value.text)
    if pattern:
        cursor.take()
        return Category(pattern)
    meant = category_meant(value.text)
    corrected = cursor.replacing(value, meant) if meant else cursor.changed(label.start, value.end, " ") or EXAMPLE
    message = f"“{value.text}” is not a category of arXiv; {TAXONOMY} has them all."
    raise cursor.mistake(message, value.start, corrected)


def read_source(cursor: Cursor, label: Lexeme) -> Listed:
    """Read the name of a source.

    Raises:
        Mistake: None follows, or it is not one.
    """
    known = listed([f"“{source}”" for source in SOURCES], "or")
    takes = f"“{SOURCE}:” takes {known}."
    value = _value(cursor, label, takes, f"{SOURCE}:{ARXIV}")
    name = value.text.casefold().removesuffix(".org").removesuffix(".co")
    if name in SOURCES:
        cursor.take()
        return Listed(name)
    meant = next((source for source, kind in SOURCES.items() if name in kind.aliases or source in name), "")
    without = cursor.changed(label.start, value.end, " ") or f"{SOURCE}:{ARXIV}"
    raise cursor.mistake(takes, value.start, cursor.replacing(value, meant) if meant else without)


def _value(cursor: Cursor, label: Lexeme, message: str, example: str) -> Lexeme:
    value = cursor.here
    prefix = label.text.lower()
    check_operators(cursor, label, f"{prefix}:", taker=f"“{prefix}:”", called=f"“{prefix}:”", what="one name")
    if value.kind in {Kind.WORD, Kind.QUOTED}:
        return value
    raise cursor.mistake(message, label.start, cursor.changed(label.start, value.start, " ") or example, example)

"""Reads a query, by recursive descent over its grammar.

::

    alternatives = all {("," | "|" | "OR") all}
    all          = one {["AND"] one}
    one          = "NOT" one | "-" one | "(" alternatives ")" | operand
    operand      = "*" | phrase | quoted | field ":" (phrase | quoted) | count (">=" | ">") number | "has:" fact
    phrase       = word {word}

A word may end in a star. Operators are in capitals, names in any case. A phrase takes all words that follow each other,
but after a minus only one. Parts with no operator between them are joined by AND.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bot.errors import QueryError
from bot.query.cursor import Cursor
from bot.query.lexer import LONGEST, Kind, Lexeme, error_at, lexemes, readable
from bot.query.operands import read_operand
from bot.query.tree import Node, Not, both, canonical, conjunctions, either, is_anchored
from bot.text.shorten import ELLIPSIS

DEEPEST = 10
"""How deep brackets and negations may be nested: the parser calls itself for each."""

MOST_OPERANDS = 50

MOST_CONJUNCTIONS = 200
"""Conjunctions in the disjunctive normal form, under each of which a query is indexed: (a, b) (c, d) has four."""

SPLIT = "Split it into several subscriptions."

CLOSED = {Kind.WORD, Kind.QUOTED, Kind.CLOSE}
OPENED = {Kind.WORD, Kind.QUOTED, Kind.OPEN, Kind.NOT}
ENDS = {Kind.OR, Kind.CLOSE, Kind.END}


@dataclass(frozen=True, slots=True)
class Query:
    """A query of the language.

    Attributes:
        text: As it was typed, in plain characters on one line.
        tree: Its meaning.
    """

    text: str
    tree: Node

    @property
    def canonical(self) -> str:
        """The form in which queries are compared: equal for queries that differ in case or white space alone."""
        return str(canonical(self.tree))


def parse(text: str) -> Query:
    """Read a query.

    Raises:
        QueryError: It is not in the language; the error says what is wrong, where, and gives a query that works.
    """
    query = readable(text)
    if not query:
        error = error_at("", 0, "What should I look for?")
        error.code = ""  # a caret under an empty line points at nothing
        raise error
    if len(query) > LONGEST:
        raise QueryError(
            f"A query can have at most {LONGEST} characters.",
            query=query[:LONGEST] + ELLIPSIS,
            position=LONGEST,
            repair=SPLIT,
        )
    return Query(query, _Parser(query, lexemes(query)).read())


def query_of(tree: Node) -> Query:
    """The query with this meaning, as people would write it.

    People must be able to type what they are offered, so the text is read back: a quoted ``"to OR not"`` without its
    quotes would mean something else.

    Raises:
        QueryError: No query has exactly this meaning, or it is larger than a query may be.
    """
    query = parse(str(tree))
    if query.tree != tree:
        raise QueryError("No query has exactly this meaning.", query=query.text, position=0)
    return query


class _Parser:
    def __init__(self, query: str, lexemes: list[Lexeme]) -> None:
        self._lexemes = lexemes
        self._cursor = Cursor(query, lexemes)
        self._operands = 0

    def read(self) -> Node:
        cursor = self._cursor
        self._check_spaces()
        parts = self._alternatives(0)
        extra = cursor.here
        if extra.kind is Kind.CLOSE:
            raise cursor.error("This bracket was never opened.", extra.start, cursor.replacing(extra, ""))
        # A query of exclusions alone would match nearly every paper; people who want that say so with a star.
        for part, start in parts:
            if not is_anchored(part):
                raise cursor.error(
                    "This says only what to leave out, not what to look for.", start, cursor.changed(start, start, "* ")
                )
        tree = either(part for part, _ in parts)
        # Counted before anything writes them out: 500 characters are enough for millions.
        if conjunctions(tree) > MOST_CONJUNCTIONS:
            bracket = next(lexeme for lexeme in self._lexemes if lexeme.kind is Kind.OPEN)
            raise self._too_much(f"This combines its alternatives in more than {MOST_CONJUNCTIONS} ways.", bracket)
        return tree

    def _check_spaces(self) -> None:
        """Refuse words, quotes and brackets that touch: they are a formula, or a space was forgotten."""
        cursor = self._cursor
        for left, right in pairwise(self._lexemes):
            if left.end != right.start or left.kind not in CLOSED or right.kind not in OPENED:
                continue
            if right.kind is Kind.OPEN:
                if left.kind is Kind.CLOSE:
                    continue  # (a, b)(c, d) can only mean AND
                close = next((lexeme for lexeme in self._lexemes if lexeme.kind is Kind.CLOSE), right)
                formula = cursor.written(left.start, close.end).replace('"', "")
                raise cursor.error(
                    "A bracket right after a word has no meaning here; to look for a formula, put it in quotes.",
                    right.start,
                    f'"{formula}"',
                )
            raise cursor.error("A space is missing here.", right.start, cursor.changed(right.start, right.start, " "))

    def _alternatives(self, depth: int) -> list[tuple[Node, int]]:
        """Read alternatives, each with its position."""
        cursor = self._cursor
        parts = []
        while True:
            start = cursor.here.start
            parts.append((self._all(depth), start))
            if cursor.here.kind is not Kind.OR:
                return parts
            cursor.take()

    def _all(self, depth: int) -> Node:
        cursor = self._cursor
        parts = [self._one(depth)]
        while cursor.here.kind not in ENDS:
            if cursor.here.kind is Kind.AND:
                cursor.take()
            parts.append(self._one(depth))
        return both(parts)

    def _one(self, depth: int, *, single: bool = False) -> Node:
        """Read one part of a conjunction; if ``single``, at most one word of a phrase."""
        cursor = self._cursor
        lexeme = cursor.here
        if lexeme.kind not in {Kind.NOT, Kind.OPEN}:
            return self._operand(single=single)
        if depth == DEEPEST:
            raise self._too_much(f"This is nested more than {DEEPEST} levels deep.", lexeme)
        cursor.take()
        if lexeme.kind is Kind.OPEN:
            return self._group(lexeme, depth + 1)
        if cursor.here.kind is Kind.NOT:
            raise cursor.error(
                "One minus is enough.", cursor.here.start, cursor.changed(lexeme.start, cursor.here.start, "")
            )
        # A minus binds one word, as in other search engines: “cat -dog toy” is about toys for cats.
        return Not(self._one(depth + 1, single=lexeme.text != "NOT"))

    def _group(self, bracket: Lexeme, depth: int) -> Node:
        cursor = self._cursor
        inside = either(part for part, _ in self._alternatives(depth))
        if cursor.here.kind is not Kind.CLOSE:
            end = cursor.here.end
            raise cursor.error("This bracket is never closed.", bracket.start, cursor.changed(end, end, ")"))
        cursor.take()
        return inside

    def _operand(self, *, single: bool) -> Node:
        self._operands += 1
        if self._operands > MOST_OPERANDS:
            raise self._too_much(f"A query can have at most {MOST_OPERANDS} terms.", self._cursor.here)
        return read_operand(self._cursor, single=single)

    def _too_much(self, message: str, lexeme: Lexeme) -> QueryError:
        error = self._cursor.error(message, lexeme.start)
        error.repair = SPLIT
        return error

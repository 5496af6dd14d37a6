"""Reads a query, by recursive descent over its grammar.

::

    alternatives = all {("," | "|" | "OR") all}
    all          = one {["AND"] one}
    one          = "NOT" one | "-" one | "(" alternatives ")" | operand
    operand      = "*" | phrase | quoted | "~" (phrase | quoted) | field ":" (phrase | quoted)
                 | count (">=" | ">") number | "has:" fact | "cat:" category | "source:" source
    phrase       = word {word}

A word may end in a star. Operators are in capitals, names in any case. A phrase takes all words that follow each other,
but after a minus only one. Parts with no operator between them are joined by AND.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from bot.errors import QueryError
from bot.query.corrections import corrected
from bot.query.cursor import Cursor
from bot.query.foreign_fields import field_of_tag
from bot.query.lexer import LONGEST, Kind, Lexeme, lexemes, readable
from bot.query.mistake import Mistake
from bot.query.operands import read_operand
from bot.query.phrases import AFTER_QUOTE
from bot.query.scope import scoped, sources_of
from bot.query.tree import And, Node, Not, Or, both, canonical, conjunctions, either, is_anchored

DEEPEST = 10
"""How deep brackets and negations may be nested: the parser calls itself for each."""

MOST_OPERANDS = 50

MOST_CONJUNCTIONS = 200
"""Conjunctions in the disjunctive normal form, under each of which a query is indexed: (a, b) (c, d) has four."""

CLOSED = {Kind.WORD, Kind.QUOTED, Kind.CLOSE}
OPENED = {Kind.WORD, Kind.QUOTED, Kind.OPEN, Kind.NOT, Kind.ABOUT}
ENDS = {Kind.OR, Kind.CLOSE, Kind.END}


@dataclass(frozen=True, slots=True)
class Query:
    """A query of the language.

    Attributes:
        text: As it was typed, in plain characters on one line.
        tree: Its meaning.
        scoped: Its meaning, confined to the sources that it is about.
        sources: The sources that it is about; see `bot.query.scope`.
    """

    text: str
    tree: Node
    scoped: Node = field(init=False, compare=False, repr=False)
    sources: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Find out which sources it is about."""
        object.__setattr__(self, "scoped", scoped(self.tree))
        object.__setattr__(self, "sources", sources_of(self.tree))

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
    try:
        return Query(query, read(query))
    except Mistake as mistake:
        raise corrected(mistake, read) from None


def read(query: str) -> Node:
    """Read a query that is `readable`.

    Raises:
        Mistake: It is not in the language.
    """
    if not query:
        raise Mistake("What should I look for?", query="", position=0)
    if len(query) > LONGEST:
        raise Mistake(
            f"A query can have at most {LONGEST} characters.", query=query, position=LONGEST, is_too_much=True
        )
    return _Parser(query, lexemes(query)).read()


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


class _Alternative(NamedTuple):
    """One of several alternatives, and where it is written."""

    node: Node
    start: int
    end: int


class _Parser:
    def __init__(self, query: str, lexemes: list[Lexeme]) -> None:
        self._query = query
        self._lexemes = lexemes
        self._cursor = Cursor(query, lexemes)
        self._operands = 0

    def read(self) -> Node:
        cursor = self._cursor
        self._check_spaces()
        parts = self._alternatives(0)
        extra = cursor.here
        if extra.kind is Kind.CLOSE:
            # At the end it is one too many; before anything else, the bracket that it closes was forgotten.
            is_last = cursor.peek(1).kind is Kind.END
            opened = cursor.replacing(extra, " ") if is_last else cursor.changed(0, 0, "(")
            raise cursor.mistake("This bracket was never opened.", extra.start, opened)
        # A query of exclusions alone would match nearly every paper; people who want that say so with a star.
        for part in parts:
            if not is_anchored(part.node):
                raise cursor.mistake(
                    "This says only what to leave out, not what to look for.", part.start, self._anchored(parts)
                )
        tree = either(part.node for part in parts)
        # Counted before anything writes them out: 500 characters are enough for millions.
        if conjunctions(tree) > MOST_CONJUNCTIONS:
            bracket = next(lexeme for lexeme in self._lexemes if lexeme.kind is Kind.OPEN)
            message = f"This combines its alternatives in more than {MOST_CONJUNCTIONS} ways."
            raise self._too_much(message, bracket, *_split(tree))
        return tree

    def _anchored(self, parts: list[_Alternative]) -> str:
        """The query with what it leaves out joined to what it looks for, or to every paper."""
        if len(parts) == 1 and isinstance(parts[0].node, Or):
            written = [(part, str(part)) for part in parts[0].node.parts]
        else:
            written = [(part.node, self._cursor.written(part.start, part.end)) for part in parts]
        wanted = [text for node, text in written if is_anchored(node)]
        unwanted = [text for node, text in written if not is_anchored(node)]
        either_of = f"({', '.join(wanted)})" if len(wanted) > 1 else "".join(wanted) or "*"
        return " ".join([either_of, *unwanted])

    def _check_spaces(self) -> None:
        """Refuse words, quotes and brackets that touch: they are a formula, or a space was forgotten."""
        cursor = self._cursor
        for left, right in pairwise(self._lexemes):
            if left.end != right.start or left.kind not in CLOSED or right.kind not in OPENED:
                continue
            if right.kind is Kind.OPEN:
                if left.kind is Kind.CLOSE:
                    continue  # (a, b)(c, d) can only mean AND
                end = cursor.closing(right).end
                formula = cursor.written(left.start, end).replace('"', "")
                raise cursor.mistake(
                    "A bracket right after a word has no meaning here; to look for a formula, put it in quotes.",
                    right.start,
                    cursor.changed(left.start, end, f'"{formula}"'),
                )
            if left.kind is Kind.QUOTED and AFTER_QUOTE.fullmatch(right.text):
                message = f"“{right.text}” after a quote has no meaning here."
                field = field_of_tag(right.text.strip("[]"))
                quoted = cursor.written(left.start, left.end)
                corrected = cursor.changed(left.start, right.end, f"{field}:{quoted}" if field else quoted)
                raise cursor.mistake(message, right.start, corrected)
            raise cursor.mistake("A space is missing here.", right.start, cursor.changed(right.start, right.start, " "))

    def _alternatives(self, depth: int) -> list[_Alternative]:
        """Read alternatives."""
        cursor = self._cursor
        parts = []
        while True:
            start, node = cursor.here.start, self._all(depth)
            parts.append(_Alternative(node, start, cursor.before.end if cursor.before else start))
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
            raise cursor.mistake(
                "One minus is enough.", cursor.here.start, cursor.changed(lexeme.start, cursor.here.start, "")
            )
        # A minus binds one word, as in other search engines: “cat -dog toy” is about toys for cats.
        return Not(self._one(depth + 1, single=lexeme.text != "NOT"))

    def _group(self, bracket: Lexeme, depth: int) -> Node:
        cursor = self._cursor
        inside = either(part.node for part in self._alternatives(depth))
        if cursor.here.kind is not Kind.CLOSE:
            end = cursor.here.end
            raise cursor.mistake("This bracket is never closed.", bracket.start, cursor.changed(end, end, ")"))
        cursor.take()
        return inside

    def _operand(self, *, single: bool) -> Node:
        self._operands += 1
        if self._operands > MOST_OPERANDS:
            raise self._too_much(f"A query can have at most {MOST_OPERANDS} terms.", self._cursor.here)
        return read_operand(self._cursor, single=single)

    def _too_much(self, message: str, lexeme: Lexeme, *parts: str) -> Mistake:
        return Mistake(message, query=self._query, position=lexeme.start, corrected=parts, is_too_much=True)


def _split(tree: Node) -> list[str]:
    """A query for each alternative of its first part that has any; together they mean the same."""
    if isinstance(tree, Or):
        return [str(part) for part in tree.parts]
    parts = tree.parts if isinstance(tree, And) else ()
    index = next((index for index, part in enumerate(parts) if isinstance(part, Or)), None)
    if index is None:
        return []
    alternatives = parts[index]
    others = parts[:index] + parts[index + 1 :]
    return [str(both([part, *others])) for part in getattr(alternatives, "parts", ())]

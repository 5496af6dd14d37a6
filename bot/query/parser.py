"""Reads a query, by recursive descent over its grammar.

::

    alternatives = all {(","|"|"|"OR") all}
    all          = one {["AND"] one}
    one          = "NOT" one | "-" (word | one) | "(" alternatives ")" | term
    term         = phrase | [field ":"] (quoted | phrase) | fact | "has:" what | "*"
    phrase       = word {word} ["*"]
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from bot.errors import QueryError
from bot.query.folding import words_of
from bot.query.lexer import Token, tidy, tokens_of
from bot.query.tree import (
    ANYWHERE,
    FACTS,
    FIELDS,
    POSSESSIONS,
    And,
    Everything,
    Fact,
    Has,
    Node,
    Not,
    Or,
    Phrase,
    is_positive,
)
from bot.text import plain

LONGEST = 500
"""Characters of a query."""

DEEPEST = 10
"""Brackets and negations inside of each other."""

MOST_TERMS = 50
"""Terms of a query."""

SHORTEST_PREFIX = 2
"""Letters before a star."""

LARGEST_COUNT = 10_000_000

EXAMPLE = "For example: rlhf, reward model"
FIELD = re.compile(r"([A-Za-z]+):(.*)")


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood.

    Attributes:
        text: As it was written, tidied.
        tree: What it means.
    """

    text: str
    tree: Node

    @property
    def canonical(self) -> str:
        """The form in which equal queries are compared: case and white space do not count."""
        return str(self.tree)


def parse(text: str) -> Query:
    """Read a query.

    Raises:
        QueryError: It is not in the language; the error shows where, what was expected, and an example.
    """
    query = tidy(plain(text))
    if not query:
        raise QueryError("There is nothing to look for.", query=query, position=0, repair=EXAMPLE)
    if len(query) > LONGEST:
        raise QueryError(
            f"A query has {LONGEST} characters at the most, and this one {len(query)}.",
            query=query,
            position=LONGEST,
            repair="Make several subscriptions of it.",
        )
    tree = _Parser(query).whole()
    if not is_positive(tree):
        raise QueryError(
            "This says only what you do not want.",
            query=query,
            position=0,
            repair=f"Say what you want too, or everything else: * AND {query}" if "," not in query else EXAMPLE,
        )
    return Query(query, tree)


class _Parser:
    def __init__(self, query: str) -> None:
        self._query = query
        self._tokens = tokens_of(query)
        self._next = 0
        self._terms = 0

    def whole(self) -> Node:
        tree = self._alternatives(0)
        token = self._peek()
        if token.kind != "end":
            raise self._error("This bracket was never opened.", token, "Take it away, or open one before it.")
        return tree

    def _alternatives(self, depth: int) -> Node:
        parts = [self._all(depth)]
        while self._peek().kind == "OR":
            self._take()
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self, depth: int) -> Node:
        parts = [self._one(depth)]
        while self._peek().kind not in {"OR", ")", "end"}:
            if self._peek().kind == "AND":
                self._take()
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, depth: int, *, single: bool = False) -> Node:
        token = self._peek()
        if depth > DEEPEST:
            raise self._error(f"This is more than {DEEPEST} brackets deep.", token, "Make several subscriptions of it.")
        if token.kind == "NOT":
            self._take()
            return Not(self._one(depth + 1, single=token.text == "-"))
        if token.kind == "(":
            return self._group(depth)
        return self._term(single=single)

    def _group(self, depth: int) -> Node:
        opened = self._take()
        if self._peek().kind == ")":
            raise self._error("There is nothing between these brackets.", opened, EXAMPLE)
        inside = self._alternatives(depth + 1)
        if self._peek().kind != ")":
            raise self._error("This bracket is not closed.", opened, f"Close it: {self._query})")
        self._take()
        return inside

    def _term(self, *, single: bool) -> Node:
        token = self._peek()
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise self._error(
                f"A query has {MOST_TERMS} terms at the most.", token, "Make several subscriptions of it."
            )
        if token.kind == "fact":
            return self._fact(self._take())
        if token.kind == "quoted":
            self._take()
            return self._phrase(token.text, token, exact=True)
        if token.kind != "word":
            raise self._missing(token)
        if token.text == "*":
            self._take()
            return Everything()
        field = FIELD.fullmatch(token.text)
        if field:
            return self._in_field(field[1], field[2])
        return self._words(ANYWHERE, [self._take()] if single else [], single=single)

    def _missing(self, token: Token) -> QueryError:
        before = self._tokens[self._next - 1].text if self._next else ""
        after = f" after {before}" if before else ""
        if token.kind == "end":
            return self._error(f"Words are expected{after}, and the query ends.", token, EXAMPLE)
        return self._error(f"Words are expected{after}, not “{token.text}”.", token, EXAMPLE)

    def _in_field(self, name: str, value: str) -> Node:
        token = self._take()
        field = name.lower()
        if field == "has":
            return self._has(value or self._following(token, "has:code"), token)
        if field in FACTS:
            raise self._error(f"How many {field}?", token, f"For example: {field}>=20")
        if field not in FIELDS:
            near = difflib.get_close_matches(field, (*FIELDS, "has"), n=1, cutoff=0.5)
            raise self._error(
                f"There is no field “{name}”.",
                token,
                f"Did you mean {near[0]}:?" if near else f"There are {', '.join(FIELDS)}; in quotes it is just words.",
            )
        if value:
            return self._words(field, [Token("word", value, token.position + len(name) + 1)])
        if self._peek().kind == "quoted":
            quoted = self._take()
            return self._phrase(quoted.text, quoted, field=field, exact=True)
        self._following(token, f'{field}:"…"', take=False)
        return self._words(field, [])

    def _following(self, token: Token, example: str, *, take: bool = True) -> str:
        following = self._peek()
        if following.kind != "word":
            raise self._error(f"Something is expected after {token.text}", following, f"For example: {example}")
        return self._take().text if take else following.text

    def _has(self, what: str, token: Token) -> Node:
        if what.lower() not in POSSESSIONS:
            raise self._error(
                f"A paper can have {' or '.join(POSSESSIONS)}, not “{what}”.", token, "For example: has:code"
            )
        return Has(what.lower())

    def _words(self, field: str, tokens: list[Token], *, single: bool = False) -> Node:
        """Adjacent bare words, after those that were taken: one phrase, which a star ends; a ``single`` word alone."""
        tokens = list(tokens)
        while not single and not (tokens and tokens[-1].text.endswith("*")) and self._peek().kind == "word":
            if FIELD.fullmatch(self._peek().text) or (tokens and self._peek().text == "*"):
                break
            tokens.append(self._take())
        text = " ".join(token.text for token in tokens)
        prefix = text.endswith("*")
        body = text.rstrip("*")
        if "*" in body:
            raise self._error("A star stands at the end of a word.", tokens[0], "For example: robot*")
        phrase = self._phrase(body, tokens[0], field=field, prefix=prefix)
        if prefix and len(phrase.words[-1].form) < SHORTEST_PREFIX:
            raise self._error(
                f"At least {SHORTEST_PREFIX} letters stand before a star.", tokens[-1], "For example: robot*"
            )
        return phrase

    def _phrase(
        self, text: str, token: Token, *, field: str = ANYWHERE, exact: bool = False, prefix: bool = False
    ) -> Phrase:
        words = tuple(words_of(text))
        if not words:
            raise self._error("There are no letters or digits to look for.", token, EXAMPLE)
        return Phrase(" ".join(text.split()), words, field, exact, prefix)

    def _fact(self, token: Token) -> Node:
        name, sign, number = re.split(r"\s*(>=|<=|=>|=<|==|[<>=≥≤])\s*", token.text, maxsplit=1)
        fact = name.lower()
        if fact not in FACTS:
            near = difflib.get_close_matches(fact, FACTS, n=1, cutoff=0.5)
            repair = f"Did you mean {near[0]}?" if near else f'In quotes it is just words: "{token.text}"'
            raise self._error(f"There is no count “{name}”: there are {', '.join(FACTS)}.", token, repair)
        if sign not in {">=", "≥", ">"}:
            raise self._error(
                f"{fact.capitalize()} can only be asked to be at least so many.", token, f"For example: {fact}>=20"
            )
        if not (number.isascii() and number.isdecimal() and int(number) <= LARGEST_COUNT):
            place = Token("fact", number, token.position + len(token.text) - len(number))
            raise self._error(f"A number is needed here, up to {LARGEST_COUNT:,}.", place, f"For example: {fact}>=20")
        return Fact(fact, int(number) + (sign == ">"))

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _error(self, message: str, token: Token, repair: str) -> QueryError:
        return QueryError(message, query=self._query, position=token.position, repair=repair)

"""Words that no paper has, and the word of the papers that was probably meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.advice.backtest import Backtest, Recent
from bot.advice.offers import tried
from bot.matching.quick_check import words_in_order
from bot.query import Query
from bot.query.fields import FIELD, NAMES
from bot.query.tree import About, And, Node, Or, Term
from bot.text.folding import Token, fold
from bot.text.slips import slips

SHORTEST, LONG = 4, 9
"""Letters of a word that may be misspelt, and of one that may have two slips: shorter ones are too near to others."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A query with other words for those that no paper has.

    Attributes:
        unknown: The words that no paper has, as they were typed.
        meant: The words in their place, in the same order.
        brings: What the query would bring with these.
    """

    unknown: tuple[str, ...]
    meant: tuple[str, ...]
    brings: Backtest


def respelled(query: Query, recent: Recent) -> Respelling | None:
    """The query with the words that were probably meant; None if every word is known, or nothing is near."""
    speller = _Speller(recent)
    respelling = speller.respelled(query.tree) if recent.count else query.tree
    form = tried(recent, respelling) if speller.meant else None
    if form is None or set(form.papers) <= set(recent.run(query).papers):
        return None
    return Respelling(tuple(speller.meant), tuple(speller.meant.values()), form)


class _Speller:
    def __init__(self, recent: Recent) -> None:
        self._recent = recent
        self._known: dict[str, Counter[str]] = {}
        self.meant: dict[str, str] = {}

    def respelled(self, node: Node) -> Node:
        """The node with other words for those that no paper has; what is left out stays as it is."""
        match node:
            case Term():
                return self._respelled_term(node)
            case About(term):
                return replace(node, term=self._respelled_term(term))
            case And(parts) | Or(parts):
                return replace(node, parts=tuple(map(self.respelled, parts)))
            case _:
                return node

    def _respelled_term(self, term: Term) -> Term:
        wanted = Query(str(term), term)
        if term.acronym or self._recent.brings_any(wanted):
            return term
        text, end = "", 0
        for token, atom in zip(fold(term.text), term.atoms, strict=True):
            written = term.text[token.start : token.end]
            meant = self._meant(token, term.field, is_prefix=atom.prefix) if may_be_misspelt(token, written) else ""
            if meant:
                self.meant[written] = meant
            text += term.text[end : token.start] + (meant or written)
            end = token.end
        return replace(term, text=text + term.text[end:])

    def _meant(self, token: Token, field: str, *, is_prefix: bool) -> str:
        """The word that was probably meant by one that no paper has; empty if a paper has it, or nothing is near."""
        is_known = self._is_name(token.word, field) if field in NAMES else self._recent.having(token.word) > 0
        most = 2 if len(token.word) >= LONG else 1
        known = self._words_of(field if field in NAMES else "")
        if is_prefix:
            is_known = any(word.casefold().startswith(token.exact) for word in known)
            known = _beginnings(known, len(token.exact), most)
        if is_known:
            return ""
        near = [
            (distance, is_prefix * abs(len(word) - len(token.word)), -papers, word)
            for word, papers in known.items()
            if (distance := slips(token.word, word.casefold(), most=most)) is not None
        ]
        return min(near)[-1] if near else ""

    def _is_name(self, word: str, field: str) -> bool:
        """Whether it is part of a name in that field."""
        return self._recent.brings_any(Query(f"{field}:{word}", Term(word, field)))

    def _words_of(self, field: str) -> Mapping[str, int]:
        """In how many of the latest papers each word is; those of names as they are written there."""
        if field not in self._known:
            papers = self._recent.papers
            words = (
                {name[token.start : token.end] for name in FIELD[field].texts(paper.paper) for token in fold(name)}
                if field
                else {word for word in words_in_order(paper.words) if word.isalpha()}
                for paper in papers
            )
            self._known[field] = Counter(word for some in words for word in some)
        return self._known[field]


def may_be_misspelt(token: Token, written: str) -> bool:
    """Whether it is a word, neither short nor an acronym: what is near these is something else."""
    return token.word.isalpha() and len(token.word) >= SHORTEST and not written.isupper()


def _beginnings(known: Mapping[str, int], length: int, most: int) -> Counter[str]:
    """In how many papers there are words with each beginning of about this length."""
    found = Counter[str]()
    for word, papers in known.items():
        for end in range(max(SHORTEST, length - most), min(len(word), length + most) + 1):
            found[word[:end]] += papers
    return found

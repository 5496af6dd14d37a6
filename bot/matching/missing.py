"""What a paper lacks to be what a query asks for."""

from __future__ import annotations

from bot.matching.evaluate import FoldedPaper, evidence_at, locate, matches, place_of
from bot.query.acronyms import NO_ACRONYMS, SMALL, Acronyms
from bot.query.fields import FACT, TEXTS, count_of, counted_in_words, within
from bot.query.in_words import quoted
from bot.query.parser import Query
from bot.query.tree import And, Count, Everything, Has, Node, Not, Or, Term
from bot.text.folding import ALONE, fold

UNTELLING = ALONE | SMALL
"""Words whose presence says nothing."""

MOST_SAID = 3
"""Reasons given for a group; more would bury the nearest."""


def nearest_miss(query: Query, folded: FoldedPaper, acronyms: Acronyms = NO_ACRONYMS) -> str:
    """What the paper lacks, as a sentence without capital and full stop: "“reward model” is not in it, only “reward”".

    Empty when the paper is what the query asks for.
    """
    return "" if matches(query.tree, folded, acronyms) else _Misses(folded, acronyms).lacking(query.tree)


def is_telling(word: str) -> bool:
    """Whether the presence of the folded word says something."""
    return word not in UNTELLING


def lacks_counts_alone(query: Query, folded: FoldedPaper, acronyms: Acronyms = NO_ACRONYMS) -> bool:
    """Whether the paper lacks nothing but upvotes, comments or stars to be what the query asks for."""
    return not matches(query.tree, folded, acronyms) and matches(_with_counts(query.tree), folded, acronyms)


def _with_counts(node: Node) -> Node:
    """The node as it is for a paper with as many of everything as it asks for."""
    match node:
        case Count():
            return Everything()
        case And(parts):
            return And(tuple(map(_with_counts, parts)))
        case Or(parts):
            return Or(tuple(map(_with_counts, parts)))
        case _:
            return node


class _Misses:
    def __init__(self, folded: FoldedPaper, acronyms: Acronyms) -> None:
        self._folded = folded
        self._acronyms = acronyms

    def _has(self, node: Node) -> bool:
        return matches(node, self._folded, self._acronyms)

    def lacking(self, node: Node) -> str:
        """Why the node is not matched."""
        match node:
            case Term():
                return self._no_term(node)
            case Count("stars") if self._folded.paper.stars is None:
                return "its code stars are not known"
            case Count(name, least):
                return f"it has {counted_in_words(name, count_of(self._folded.paper, name))} of {least}"
            case Has(what):
                return f"it has no {FACT[what].noun.removeprefix('a ')}"
            case Not(part):
                return self._excluded(part)
            case And(parts):
                return _listed([self.lacking(part) for part in parts if not self._has(part)])
            case Or(parts):
                return self._none_of(parts)
            case Everything():
                return ""

    def _excluded(self, node: Node) -> str:
        """Why the node is matched although it is not wanted."""
        match node:
            case Term(field=field):
                place = locate(node, self._folded, self._acronyms)
                found = evidence_at(self._folded, *place) if place else None
                words = f"“{found.words}”" if found else quoted(node)
                where = within(found.field if found else field)
                return f"it mentions {words} {where}, which is excluded"
            case Count(name):
                return f"it has {counted_in_words(name, count_of(self._folded.paper, name))}, which is excluded"
            case Has(what):
                return f"it has {FACT[what].noun}, which is excluded"
            case Not(part):
                return self.lacking(part)
            case And(parts):
                return _listed([self._excluded(part) for part in parts])
            case Or(parts):
                return _listed([self._excluded(part) for part in parts if self._has(part)])
            case Everything():
                return "every paper is excluded"

    def _none_of(self, parts: tuple[Node, ...]) -> str:
        """Why no alternative is matched; terms that are not there at all are said together, and last."""
        absent = [part for part in parts if isinstance(part, Term) and part.field == "" and not self._trace(part)]
        said = [self.lacking(part) for part in parts if part not in absent]
        terms = [quoted(term) for term in absent]
        if len(terms) > 1:
            said.append(f"neither {', '.join(terms[:-1])} nor {terms[-1]} is in it")
        elif terms:
            said.append(f"{terms[0]} is not in it")
        return _listed(said)

    def _no_term(self, term: Term) -> str:
        return f"{quoted(term)} is not {within(term.field)}{self._trace(term)}"

    def _trace(self, term: Term) -> str:
        """What there is of a term that is not there; empty for nothing."""
        span = self._folded.fields[term.field]
        if term.acronym:
            place = next((each for each in self._folded.places.get(term.atoms[0].word, ()) if each in span), None)
            if place is not None:
                return f", only {self._quote(place, place + 1)} without the capitals"
        if term.exact:
            loose = place_of(Term(term.text, term.field), self._folded, span)
            if loose:
                return f" in exactly this form, but {self._quote(*loose)} is"
        if term.field in TEXTS:
            elsewhere = locate(Term(term.text, exact=term.exact), self._folded, self._acronyms)
            if elsewhere:
                return f", but {within(evidence_at(self._folded, *elsewhere).field)}"
        return self._parts(term, span)

    def _parts(self, term: Term, span: range) -> str:
        """Which words of a phrase are there."""
        tokens = fold(term.text)
        if len(tokens) == 1:
            return ""
        found = [token for token in tokens if any(place in span for place in self._folded.places.get(token.word, ()))]
        words = dict.fromkeys(f"“{term.text[token.start : token.end]}”" for token in found)
        if len(found) == len(tokens):
            return f"; {_and(list(words))} stand apart" if len(words) > 1 else ""
        telling = [f"“{term.text[token.start : token.end]}”" for token in found if token.word not in UNTELLING]
        return f", only {_and(list(dict.fromkeys(telling)))}" if telling else ""

    def _quote(self, first: int, stop: int) -> str:
        return f"“{evidence_at(self._folded, first, stop).words}”"


def _listed(reasons: list[str]) -> str:
    more = len(reasons) - MOST_SAID
    said = "; ".join(reasons[:MOST_SAID])
    return said if more <= 0 else f"{said}; and {more} more"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

"""What a paper lacks to match a query."""

from __future__ import annotations

from dataclasses import replace

from bot.matching.evaluate import matches
from bot.matching.folded_paper import FoldedPaper, evidence_at
from bot.matching.missing_conditions import excluded, lacking
from bot.matching.number_sets import first_in
from bot.matching.places import locate, place_of
from bot.matching.subject import find_subject, place_of_name, trace_of
from bot.query.acronym_definitions import FUNCTION_WORDS
from bot.query.fields import NAMES, TEXTS, within
from bot.query.in_words import quoted
from bot.query.knowledge import NO_KNOWLEDGE, Knowledge
from bot.query.parser import Query
from bot.query.tree import About, And, Category, Count, Everything, Has, Listed, Node, Not, Or, Term
from bot.text.figures import listed
from bot.text.folding import ALONE, fold

STOP_WORDS = ALONE | FUNCTION_WORDS
"""Words that nearly every paper has, so that having them means nothing."""

MOST_REASONS = 3
"""Reasons given for a group; more would bury the first ones."""


def nearest_miss(query: Query, folded: FoldedPaper, known: Knowledge = NO_KNOWLEDGE) -> str:
    """What the paper lacks, as a clause: "it doesn't mention “reward model”, only “reward”"; empty if it matches."""
    return "" if matches(query.scoped, folded, known) else _Misses(folded, known).lacking(query.scoped)


def is_informative(word: str) -> bool:
    """Whether a folded word says something about a paper that has it."""
    return word not in STOP_WORDS


def lacks_counts_alone(query: Query, folded: FoldedPaper, known: Knowledge = NO_KNOWLEDGE) -> bool:
    """Whether the paper lacks nothing but upvotes, comments or stars to match the query."""
    return not matches(query.scoped, folded, known) and matches(_with_counts_met(query.scoped), folded, known)


def _with_counts_met(node: Node) -> Node:
    """The node as it is for a paper that reaches every count."""
    match node:
        case Count():
            return Everything()
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(_with_counts_met, parts)))
        case _:
            return node


class _Misses:
    def __init__(self, folded: FoldedPaper, known: Knowledge) -> None:
        self._folded = folded
        self._known = known

    def _has(self, node: Node) -> bool:
        return matches(node, self._folded, self._known)

    def lacking(self, node: Node) -> str:
        """Why the node does not match."""
        match node:
            case Term():
                return self._no_term(node)
            case About():
                return self._no_subject(node)
            case Count() | Has() | Category() | Listed():
                return lacking(node, self._folded.paper)
            case Not(part):
                return self._excluded(part)
            case And(parts):
                return _joined([self.lacking(part) for part in parts if not self._has(part)])
            case Or(parts):
                return self._none_of(parts)
            case Everything():
                return ""

    def _excluded(self, node: Node) -> str:
        """Why the node matches although it should not."""
        match node:
            case Term():
                return self._excluded_term(node)
            case About(term):
                return f"it is about {quoted(term)}{self._said_as(node)}, which is excluded"
            case Count() | Has() | Category() | Listed():
                return excluded(node, self._folded.paper)
            case Not(part):
                return self.lacking(part)
            case And(parts):
                return _joined([self._excluded(part) for part in parts])
            case Or(parts):
                return _joined([self._excluded(part) for part in parts if self._has(part)])
            case Everything():
                return "every paper is excluded"

    def _excluded_term(self, term: Term) -> str:
        span = locate(term, self._folded, self._known)
        evidence = evidence_at(self._folded, *span) if span else None
        words = f"“{evidence.words}”" if evidence else quoted(term)
        where = within(evidence.field if evidence else term.field)
        return f"{f'{words} is' if term.field in NAMES else f'it mentions {words}'} {where}, which is excluded"

    def _none_of(self, parts: tuple[Node, ...]) -> str:
        """Why no alternative matches; terms without any trace in the paper share the last clause."""
        absent = [part for part in parts if isinstance(part, Term) and part.field == "" and not self._trace(part)]
        reasons = [self.lacking(part) for part in parts if part not in absent]
        terms = [quoted(term) for term in absent]
        if len(terms) > 1:
            reasons.append(f"it mentions neither {listed(terms, 'nor')}")
        elif terms:
            reasons.append(f"it doesn't mention {terms[0]}")
        return _joined(reasons)

    def _no_term(self, term: Term) -> str:
        lacks = f"{quoted(term)} is not {within(term.field)}" if term.field else f"it doesn't mention {quoted(term)}"
        return f"{lacks}{self._trace(term)}"

    def _no_subject(self, about: About) -> str:
        """Why the paper is not about a subject whose own words it does not have."""
        subject = quoted(about.term)
        near = self._known.near(about.term, self._folded.paper)
        lacks = f"it doesn't mention {subject}{self._words_there(about.term, self._folded.fields[''])}"
        if near is None:
            return f"{lacks}, and I know too few papers yet to tell how close it is"
        trace = trace_of(about, self._folded, self._known)
        name = place_of_name(about, self._folded, self._known)
        if trace is None:
            return f"it mentions neither {subject} nor a name that goes with it, and its closeness is {near}"
        far = f"not close enough to {'it' if name is None else subject}: {near} of {trace.needed:.2f}"
        return f"it mentions {self._quote(*name)}, but is {far}" if name else f"{lacks}, and is {far}"

    def _said_as(self, about: About) -> str:
        """The words by which a paper is about a subject, in brackets; empty if they are the subject itself."""
        found = find_subject(about, self._folded, self._known)
        return f" (it mentions {self._quote(*found.span)})" if found and found.near else ""

    def _trace(self, term: Term) -> str:
        """What the paper has of a term that it lacks, as the end of a clause; empty if nothing."""
        span = self._folded.fields[term.field]
        # From the nearest form to the farthest: the first that the paper has is the most helpful.
        if term.acronym:
            places = self._folded.beginnings(term.atoms[0].word, span)
            if places:
                place = first_in(places)
                return f", only {self._quote(place, place + 1)} without the capitals"
        if term.exact:
            other_form = place_of(Term(term.text, term.field), self._folded, span)
            if other_form:
                return f" in exactly this form, only {self._quote(*other_form)}"
        if term.field in TEXTS:
            elsewhere = locate(Term(term.text, exact=term.exact), self._folded, self._known)
            if elsewhere:
                return f", but {within(evidence_at(self._folded, *elsewhere).field)}"
        return self._words_there(term, span)

    def _words_there(self, term: Term, span: range) -> str:
        """Which words of a phrase the paper has, as the end of a clause."""
        tokens = fold(term.text)
        if len(tokens) == 1:
            return ""
        there = [token for token in tokens if self._folded.beginnings(token.word, span)]
        words = dict.fromkeys(f"“{term.text[token.start : token.end]}”" for token in there)
        if len(there) == len(tokens):
            return f", only {listed(list(words))} apart" if len(words) > 1 else ""
        informative = [f"“{term.text[token.start : token.end]}”" for token in there if is_informative(token.word)]
        return f", only {listed(list(dict.fromkeys(informative)))}" if informative else ""

    def _quote(self, first: int, stop: int) -> str:
        return f"“{evidence_at(self._folded, first, stop).words}”"


def _joined(reasons: list[str]) -> str:
    more = len(reasons) - MOST_REASONS
    clauses = "; ".join(reasons[:MOST_REASONS])
    return clauses if more <= 0 else f"{clauses}; and {more} more"

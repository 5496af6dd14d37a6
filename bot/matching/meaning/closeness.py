"""How close a paper is to what somebody asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import Paper
from bot.matching.meaning.space import Space, Vectors
from bot.matching.meaning.words import KEYWORDS, sentences, whole
from bot.query import Acronyms, Query
from bot.query.fields import TEXTS
from bot.query.tree import And, Node, Not, Or, Term, leaves


def subjects_of(query: Query, acronyms: Acronyms) -> list[str]:
    """What a query asks for, as texts: one for each of its alternatives, acronyms written out behind them.

    Empty for a query that looks for no words but names, and for one that looks for none.
    """
    parts = query.tree.parts if isinstance(query.tree, Or) else (query.tree,)
    return [text for part in parts if (text := _written_out(part, acronyms))]


def _written_out(node: Node, acronyms: Acronyms) -> str:
    terms = [leaf for leaf, is_wanted in leaves(node) if is_wanted and isinstance(leaf, Term) and _is_of_text(leaf)]
    return " ".join(form.text.replace("*", "") for term in terms for form in (term, *acronyms.full(term)))


def beyond_words(node: Node) -> Node | None:
    """What a query demands besides words of the text: names, counts, facts, and what a paper must not have.

    None if that is nothing. A paper that is near in meaning has to have it as any other.
    """
    match node:
        case Term():
            return None if _is_of_text(node) else node
        case And(parts):
            kept = tuple(rest for part in parts if (rest := beyond_words(part)))
            return None if not kept else kept[0] if len(kept) == 1 else And(kept)
        case Or(parts):
            # With words alone one alternative is met, so that nothing is demanded.
            rests = [beyond_words(part) for part in parts]
            return None if None in rests else node
        case Not(part):
            return Not(part)
        case _:
            return node


def _is_of_text(term: Term) -> bool:
    return not term.field or term.field in TEXTS


@dataclass(frozen=True, slots=True)
class Closeness:
    """Tells how close papers are to some texts.

    Attributes:
        space: Where texts lie.
        subjects: Where the texts lie to which papers are compared.
    """

    space: Space
    subjects: Vectors

    def of(self, paper: Paper) -> float:
        """How close the paper is to the nearest of the texts: 1 at most, about 0 if they have nothing in common.

        It is the mean over the parts that the paper has: its title with its abstract, its nearest sentence, and its
        nearest keyword.
        """
        if not len(self.subjects):
            return 0.0
        said, keywords = sentences(paper.abstract), paper.keywords[:KEYWORDS]
        placed = self.space.place([whole(paper), *said, *keywords])
        cosines = placed @ self.subjects.T
        parts = [cosines[:1], cosines[1 : 1 + len(said)], cosines[1 + len(said) :]]
        nearest = [part.max(axis=0) for part in parts if len(part)]
        return float(max(sum(nearest) / len(nearest)))


def closeness_to(texts: Sequence[str], space: Space) -> Closeness:
    """The closeness to these texts; those of which no word is known are left out."""
    placed = space.place(texts)
    return Closeness(space, placed[placed.any(axis=1)])

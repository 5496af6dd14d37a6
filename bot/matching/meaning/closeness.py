"""How close a paper is to what somebody asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain import Paper
from bot.matching.meaning.space import Space, Vectors, unit
from bot.matching.meaning.words import KEYWORDS, sentences, whole
from bot.query import Knowledge, Query
from bot.query.fields import TEXTS
from bot.query.knowledge import Wording
from bot.query.tree import About, And, Node, Not, Or, Term, terms


def wordings_of(query: Query, known: Knowledge) -> list[Wording]:
    """How what a query asks for is worded: once for each of its alternatives.

    Empty for a query that looks for no words but names, and for one that looks for none.
    """
    parts = query.tree.parts if isinstance(query.tree, Or) else (query.tree,)
    return [wording for part in parts if (wording := _wording_of(part, known))]


def _wording_of(node: Node, known: Knowledge) -> Wording | None:
    wanted = [known.wording(term) for term, is_wanted in terms(node) if is_wanted and _is_of_text(term)]
    if not wanted:
        return None
    # The names of one subject say where it is; those of several would say it of none of them.
    names = wanted[0].names if len(wanted) == 1 else ()
    return Wording(" ".join(each.subject for each in wanted), " ".join(each.text for each in wanted), names)


def beyond_words(node: Node) -> Node | None:
    """What a query demands besides words of the text: names, counts, facts, and what a paper must not have.

    None if that is nothing. A paper that is near in meaning has to have it as any other.
    """
    match node:
        case Term():
            return None if _is_of_text(node) else node
        case About():
            return None
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


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Where the parts of a paper lie: its title with its abstract, its sentences, and its keywords.

    Attributes:
        sentences: The sentences.
        vectors: A row for the whole, then one for each sentence, then one for each keyword.
    """

    sentences: tuple[str, ...]
    vectors: Vectors


def parts_of(title_and_abstract: str, abstract: str, keywords: Sequence[str], space: Space) -> Parts:
    """Where the parts of a paper lie: in a millisecond."""
    said = tuple(sentences(abstract))
    return Parts(said, space.place([title_and_abstract, *said, *keywords[:KEYWORDS]]))


@dataclass(frozen=True, slots=True)
class Closeness:
    """Tells how close papers are to some subjects.

    Attributes:
        space: Where texts lie.
        subjects: Where the subjects lie to which papers are compared.
    """

    space: Space
    subjects: Vectors

    def of(self, paper: Paper) -> float:
        """How close the paper is to the nearest of the subjects; see `of_parts`."""
        return self.of_parts(parts_of(whole(paper), paper.abstract, paper.keywords, self.space))[0]

    def of_parts(self, parts: Parts) -> tuple[float, str]:
        """How close a paper is to the nearest of the subjects, and its nearest sentence.

        1 at most, about 0 if they have nothing in common: the mean over the parts that the paper has, which are its
        title with its abstract, its nearest sentence, and its nearest keyword. The sentence is empty if there is none.
        """
        if not len(self.subjects):
            return 0.0, ""
        cosines = parts.vectors @ self.subjects.T
        said = cosines[1 : 1 + len(parts.sentences)]
        nearest = [part.max(axis=0) for part in (cosines[:1], said, cosines[1 + len(said) :]) if len(part)]
        means = sum(nearest) / len(nearest)
        sentence = parts.sentences[int(said[:, int(np.argmax(means))].argmax())] if len(said) else ""
        return float(max(means)), sentence


def closeness_to(wordings: Sequence[Wording], space: Space) -> Closeness:
    """The closeness to subjects of these wordings; those of which no word is known are left out."""
    if not wordings:
        return Closeness(space, space.place([]))
    placed = np.stack([_place_of(wording, space) for wording in wordings])
    return Closeness(space, placed[placed.any(axis=1)])


def _place_of(wording: Wording, space: Space) -> Vectors:
    """Where a subject lies: between its own words and the middle of its names, which say what the words leave open."""
    own = space.place([wording.text])
    placed: Vectors = unit(own + unit(space.place(wording.names).sum(axis=0, keepdims=True)))[0]
    return placed

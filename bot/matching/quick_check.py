"""Checks a query against a paper's folded words alone, without folding the paper again.

A folded paper takes six times the memory of its words, so many papers are cached as these, written on lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain import Paper
from bot.matching.folded_paper import FoldedPaper
from bot.matching.query_index import anchors_of
from bot.query.conditions import holds
from bot.query.fields import APART
from bot.query.knowledge import NO_KNOWLEDGE, Knowledge
from bot.query.parser import Query
from bot.query.tree import About, And, Category, Count, Everything, Has, Listed, Node, Not, Or, Term
from bot.text.folding import bases_of_pair

END = "\n"
GAP = 2 * END
"""Between words that are not adjacent."""

OTHER_FORMS = f"{END}\f{END}"
"""Before the other forms of the words; folded words have no form feed."""


def words_of(folded: FoldedPaper) -> str:
    """The paper's folded words, one on each line: in their order, texts apart by an empty line, then the other forms.

    The other forms are pairs, shapes, other words, words with their plural, and what they are derived from; those of
    fields apart begin with their field.
    """
    words = list(folded.within(""))
    in_order = END.join(word.word for word, _ in words)
    others = {form: None for word, pair in words for form in (pair, word.shape, word.exact, word.other) if form}
    others.update({base: None for word, pair in words for base in (*word.bases, *bases_of_pair(pair, word))})
    for field in APART:
        for word, pair in folded.within(field):
            forms = (word.word, pair, word.exact, *word.more_forms, *bases_of_pair(pair, word))
            others.update({f"{field}:{form}": None for form in forms if form})
    return f"{END}{in_order}{OTHER_FORMS}{GAP.join(others)}{END}"


def words_in_order(words: str) -> list[str]:
    """The folded words in their order, with an empty one between two texts; see `words_of`."""
    return words.partition(OTHER_FORMS)[0].split(END)[1:]


def quick_check(query: Query, paper: Paper, words: str, known: Knowledge = NO_KNOWLEDGE) -> bool | None:
    """Whether the paper matches the query; None when only `bot.matching.evaluate` can tell.

    Args:
        query: The query.
        paper: The paper, for its counts and facts.
        words: Its words, see `words_of`.
        known: What is known besides.
    """
    return check_node(query.scoped, paper, words, known)


def check_node(node: Node, paper: Paper, words: str, known: Knowledge) -> bool | None:
    """The same for a part of a query, whatever list the paper is on."""
    # Kleene's strong logic of three values: https://plato.stanford.edu/entries/logic-manyvalued/#KleeLogi.
    match node:
        case Term():
            return _check_term(node, words, known)
        case About(term):
            return _check_subject(term, words, known)
        case And(parts):
            results = [check_node(part, paper, words, known) for part in parts]
            return False if False in results else None if None in results else True
        case Or(parts):
            results = [check_node(part, paper, words, known) for part in parts]
            return True if True in results else None if None in results else False
        case Not(part):
            inner = check_node(part, paper, words, known)
            return None if inner is None else not inner
        case Count() | Has() | Category() | Listed():
            return holds(node, paper)
        case Everything():
            return True


def _check_term(term: Term, words: str, known: Knowledge) -> bool | None:
    forms = (term, *known.acronyms.full(term))
    shorts = [short for short in known.acronyms.short(term) if _has(short.upper(), words)]
    if not shorts and not any(_has_words_of(form, words) for form in forms):
        return False
    if term.field:
        return None  # the lines do not say which field a word is in
    return True if shorts or any(_has_adjacent(form, words) for form in forms) else None


def _check_subject(term: Term, words: str, known: Knowledge) -> bool | None:
    own = _check_term(term, words, known)
    if own is False and any(_check_term(name, words, known) is not False for name in known.names(term)):
        return None  # whether it is close in meaning the words do not say
    return own


def _has_words_of(term: Term, words: str) -> bool:
    """Whether the paper has every word of the term, wherever they are."""
    return all(any(_has(anchor, words) for anchor in anchors) for anchors in anchors_of(term))


def _has_adjacent(term: Term, words: str) -> bool:
    """Whether the paper certainly has the term; False where it may have it in another form."""
    if term.acronym:
        return _has(term.acronym, words)
    if term.exact or not all(atom.is_plain for atom in term.atoms):
        return False
    return END + END.join(atom.word for atom in term.atoms) + END in words


def has_word(word: str, words: str) -> bool:
    """Whether the folded word is among the words; see `words_of`."""
    return f"{END}{word}{END}" in words


def has_row(row: Iterable[str], words: str) -> bool:
    """Whether the folded words stand side by side; see `words_of`."""
    return has_word(END.join(row), words)


def _has(anchor: str, words: str) -> bool:
    return END + anchor.removesuffix("*") in words if anchor.endswith("*") else has_word(anchor, words)

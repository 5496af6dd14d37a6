"""What can be told of a paper at a glance: from its folded words alone, without folding it again.

A folded paper is fifty times as large as its words, so many papers are remembered as these, written on lines.
"""

from __future__ import annotations

from bot.domain import Paper
from bot.matching.evaluate import FoldedPaper
from bot.matching.query_index import anchors_of
from bot.query.acronyms import NO_ACRONYMS, Acronyms
from bot.query.fields import NAMES, count_of, has
from bot.query.parser import Query
from bot.query.tree import And, Count, Everything, Has, Node, Not, Or, Term

END = "\n"
APART = 2 * END
"""Between what does not stand side by side."""

OTHERS = f"{END}\f{END}"
"""Before the other forms."""


def words_of(folded: FoldedPaper) -> str:
    """The paper's folded words, a line each: in their order, an empty line between two texts, then all other forms.

    The other forms are pairs, shapes, and words as they stand there but for case; those of names have their field.
    """
    texts = folded.fields[""]
    tokens = folded.tokens[texts.start : texts.stop]
    running = END.join(token.word for token in tokens)
    others = {form: None for token in tokens for form in (token.pair, token.shape, token.exact) if form}
    for field in NAMES:
        within = folded.fields[field]
        for token in folded.tokens[within.start : within.stop]:
            others.update({f"{field}:{form}": None for form in (token.word, token.pair, token.exact) if form})
    return f"{END}{running}{OTHERS}{APART.join(others)}{END}"


def running(words: str) -> list[str]:
    """The words in their order, empty ones between two texts."""
    return words.partition(OTHERS)[0].split(END)[1:]


def glance(query: Query, paper: Paper, words: str, acronyms: Acronyms = NO_ACRONYMS) -> bool | None:
    """Whether the paper is what the query asks for; None when only a closer look can tell.

    Args:
        query: What is asked for.
        paper: The paper, for its facts.
        words: Its words, see `words_of`.
        acronyms: Those that are understood.
    """
    return _glance(query.tree, paper, words, acronyms)


def _glance(node: Node, paper: Paper, words: str, acronyms: Acronyms) -> bool | None:
    """By Kleene's logic of three values: https://plato.stanford.edu/entries/logic-manyvalued/#KleeLogi."""
    match node:
        case Term():
            return _glance_term(node, words, acronyms)
        case And(parts):
            found = [_glance(part, paper, words, acronyms) for part in parts]
            return False if False in found else None if None in found else True
        case Or(parts):
            found = [_glance(part, paper, words, acronyms) for part in parts]
            return True if True in found else None if None in found else False
        case Not(part):
            inner = _glance(part, paper, words, acronyms)
            return None if inner is None else not inner
        case Count(name, least):
            return count_of(paper, name) >= least
        case Has(what):
            return has(paper, what)
        case Everything():
            return True


def _glance_term(term: Term, words: str, acronyms: Acronyms) -> bool | None:
    forms = (term, *acronyms.full(term))
    shorts = [short for short in acronyms.short(term) if _has(short, words)]
    if not shorts and not any(_may_stand(form, words) for form in forms):
        return False
    if term.field:
        return None
    return True if shorts or any(_stands(form, words) for form in forms) else None


def _may_stand(term: Term, words: str) -> bool:
    """Whether the paper has every word of the term, wherever they are."""
    return all(any(_has(anchor, words) for anchor in anchors) for anchors in anchors_of(term))


def _stands(term: Term, words: str) -> bool:
    """Whether the term certainly stands in the paper's text; one that is in another form is not found so."""
    if term.acronym:
        return _has(term.acronym, words)
    if term.exact or any(atom.prefix for atom in term.atoms):
        return False
    return END + END.join(atom.word for atom in term.atoms) + END in words


def has_word(word: str, words: str) -> bool:
    """Whether the folded word is among them."""
    return f"{END}{word}{END}" in words


def _has(anchor: str, words: str) -> bool:
    return END + anchor.removesuffix("*") in words if anchor.endswith("*") else has_word(anchor, words)

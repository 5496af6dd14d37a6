"""From a query to its index query, and from a paper to the words that the index finds it by.

Papers are filed with each word folded, with neighbours as one word where they join, and with plurals as they stand. A
term's words are looked for in a row, any two of them as one where they join; a paper that has one of them only as two
neighbours passes when it has the others anywhere. What is in quotes, in a field or left out is not decided
by the index: whether a paper that it finds is what the query asks for, `bot.matching.evaluate` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from bot.domain.index_query import AllOf, AnyOf, FoldedText, IndexQuery, Row, WordCondition
from bot.matching.evaluate import FoldedPaper
from bot.matching.missing import is_telling
from bot.matching.verdicts import BATCH, folded
from bot.ports.stores import PaperIndex
from bot.query.acronyms import Acronyms
from bot.query.fields import FACT, FIELD, FIELDS, NAMES, TEXTS
from bot.query.parser import Query
from bot.query.tree import And, Atom, Count, Has, Node, Or, Term, leaves
from bot.text.folding import FOLDING_VERSION, Token

LONGEST_ROW = 6
"""Words of a term that are looked for in every way of joining them: 32 ways."""


def index_query(query: Query, acronyms: Acronyms) -> IndexQuery:
    """What every paper has that the query matches."""
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    return IndexQuery(
        _wanted(query.tree, acronyms),
        tuple((part.name, part.least) for part in parts if isinstance(part, Count)),
        tuple(FACT[part.what].attribute for part in parts if isinstance(part, Has)),
    )


def query_of_any_word(query: Query) -> IndexQuery | None:
    """What a paper has that comes near: a word of the query that tells something; None when it has no such word."""
    words = {
        atom.exact + "*" if atom.prefix else atom.word
        for term in wanted_terms(query)
        for atom in term.atoms
        if is_telling(atom.word)
    }
    return IndexQuery(AnyOf(tuple(Row((word,)) for word in sorted(words)))) if words else None


def wanted_words(query: Query) -> frozenset[str]:
    """The folded words that it asks for."""
    return frozenset(atom.word for term in wanted_terms(query) for atom in term.atoms)


def folded_text(folded: FoldedPaper) -> FoldedText:
    """The paper's words as they are filed."""
    columns: dict[str, list[Token]] = {"title": [], "body": [], "names": []}
    for field in FIELDS:
        columns[field.column] += _tokens(folded, folded.fields[field.name])
    return FoldedText(
        title=_line(columns["title"]),
        body=_line(columns["body"]),
        joined=" ".join(_joined(_tokens(folded, folded.fields[""]))),
        names=" ".join((_line(columns["names"]), *_joined(columns["names"]))),
    )


def _wanted(node: Node, acronyms: Acronyms) -> WordCondition | None:
    """The words that every paper has that the node is true of; None when any will do."""
    match node:
        case Term():
            return _in_any_form(node, acronyms)
        case And(parts):
            found = [wanted for part in parts if (wanted := _wanted(part, acronyms))]
            return AllOf(tuple(found)) if found else None
        case Or(parts):
            alternatives = [_wanted(part, acronyms) for part in parts]
            return AnyOf(tuple(each for each in alternatives if each)) if all(alternatives) else None
        case _:
            return None


def _in_any_form(term: Term, acronyms: Acronyms) -> WordCondition:
    """The term, its acronyms and full forms."""
    forms = [_words_of(term, term.field), *(_one(short.casefold(), term.field) for short in acronyms.short(term))]
    forms += [_words_of(full, term.field) for full in acronyms.full(term)]
    return forms[0] if len(forms) == 1 else AnyOf(tuple(forms))


def _words_of(term: Term, field: str) -> WordCondition:
    atoms = term.atoms
    if term.acronym:
        return _one(term.acronym.casefold(), field)
    if len(atoms) == 1:
        return _one(_word(atoms[0]), field)
    every = AllOf(tuple(AnyOf(tuple(_one(form, field) for form in _forms(atoms, at))) for at in range(len(atoms))))
    if field in NAMES or len(atoms) > LONGEST_ROW or any(atom.prefix for atom in atoms):
        return every
    as_neighbours = AnyOf(tuple(Row((atom.word,), "joined") for atom in atoms))
    rows = (_one(*words, field) if len(words) == 1 else Row(words, _column(field)) for words in _rows(atoms))
    return AnyOf((*rows, AllOf((every, as_neighbours))))


def _one(word: str, field: str) -> WordCondition:
    """A word in a field."""
    row = Row((word,), _column(field))
    # Neighbours as one word, and plurals, stand in a column of their own, but for names.
    return AnyOf((row, Row((word,), "joined"))) if field in TEXTS else row


def _column(field: str) -> str:
    """Where the words of a field are filed; empty for anywhere."""
    return FIELD[field].column if field else ""


def _rows(atoms: Sequence[Atom]) -> Iterator[tuple[str, ...]]:
    """The atoms in a row, any two neighbours as one word where they join."""
    if not atoms:
        yield ()
        return
    for rest in _rows(atoms[1:]):
        yield (atoms[0].word, *rest)
    if len(atoms) > 1 and atoms[1].pair:
        for rest in _rows(atoms[2:]):
            yield (atoms[1].pair, *rest)


def _forms(atoms: Sequence[Atom], at: int) -> Iterator[str]:
    """What an atom may be filed as: alone, or joined with the one before or behind it."""
    atom = atoms[at]
    yield _word(atom)
    if at and atom.pair:
        yield f"{atoms[at - 1].exact}{atom.exact}*" if atom.prefix else atom.pair
    if at + 1 < len(atoms) and atoms[at + 1].pair:
        after = atoms[at + 1]
        yield f"{atom.exact}{after.exact}*" if after.prefix else after.pair


def _word(atom: Atom) -> str:
    return f"{atom.exact}*" if atom.prefix else atom.word


def _tokens(folded: FoldedPaper, within: range) -> Sequence[Token]:
    return folded.tokens[within.start : within.stop]


def _line(tokens: Iterable[Token]) -> str:
    return " ".join(token.word for token in tokens if token.word)


def _joined(tokens: Sequence[Token]) -> Iterator[str]:
    """Each once: neighbours as one word, folded and as they stand there, and plurals as they stand there."""
    found: dict[str, None] = {}
    before = ""
    for token in tokens:
        if token.pair:
            found[token.pair] = found[before + token.exact] = None
        if token.exact != token.word:
            found[token.exact] = None
        before = token.exact
    yield from found


def wanted_terms(query: Query) -> Iterator[Term]:
    """The terms that the query asks for, not those that it leaves out."""
    return (leaf for leaf, wanted in leaves(query.tree) if wanted and isinstance(leaf, Term))


BATCHES_FILED = 5
"""Batches that are filed for searching before other work has its turn: about a second."""


def file_papers(index: PaperIndex, *, now: Callable[[], datetime]) -> bool:
    """File some papers that are new, were changed, or were filed when words were folded in another way.

    Returns whether all of them are filed then.

    Raises:
        StorageError: The database cannot be used; what was not filed is filed next time.
    """
    for _ in range(BATCHES_FILED):
        read_at = now()
        unfiled = index.unfiled(FOLDING_VERSION, limit=BATCH)
        if not unfiled:
            return True
        texts = {paper.id: folded_text(folded(paper)) for paper in unfiled}
        index.file(texts, version=FOLDING_VERSION, at=read_at)
    return not index.unfiled(FOLDING_VERSION, limit=1)

"""From a query to its index query, and from a paper to its indexed text.

Papers are indexed with every word folded, with adjacent words as one where they join, and with plurals unfolded. A
term's words are looked for side by side, any two of them as one where they join; a paper that has one of them only as
two words passes when it has the others anywhere. The index does not decide about quotes, fields and what a query leaves
out: it finds candidates, and `bot.matching.evaluate` says which of them match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.domain import Paper
from bot.domain.index_query import AllOf, AnyOf, FoldedText, IndexQuery, Row, WordCondition
from bot.matching.folded_paper import FoldedPaper, fold_paper
from bot.matching.missing import is_informative
from bot.matching.quick_check import words_of
from bot.matching.verdicts import BATCH, PaperWords, is_match
from bot.ports.stores import PaperIndex
from bot.query.derived_forms import forms_of
from bot.query.fields import FACT, FIELD, FIELDS, NAMES, TEXTS
from bot.query.knowledge import Knowledge, wordings
from bot.query.parser import Query
from bot.query.tree import About, And, Atom, Category, Count, Everything, Has, Listed, Node, Or, Term, terms
from bot.text.folding import FOLDING_VERSION, Word

LONGEST_ROW = 6
"""Words of a term up to which it is looked for in every way of joining them: 32 ways."""

BLOCK = 500
"""Papers that are looked at in one go: 5 MB."""

BATCHES_AT_ONCE = 5
"""Batches that are indexed before other work gets its turn: about a second."""


def index_query(query: Query, known: Knowledge) -> IndexQuery:
    """What every paper that matches the query has."""
    parts = query.scoped.parts if isinstance(query.scoped, And) else (query.scoped,)
    return IndexQuery(
        _wanted(query.tree, known),
        tuple((part.name, part.least) for part in parts if isinstance(part, Count)),
        tuple(FACT[part.fact].attribute for part in parts if isinstance(part, Has)),
        source_of(query),
        tuple(part.pattern for part in parts if isinstance(part, Category)),
    )


def says_all(query: Query) -> bool:
    """Whether every paper that the index query finds matches: the query asks for counts, facts and one list alone."""
    parts = query.scoped.parts if isinstance(query.scoped, And) else (query.scoped,)
    answered = Count | Has | Category | Everything
    return all(isinstance(part, answered) or part == Listed(source_of(query) or "") for part in parts)


def every_match(query: Query, index: PaperIndex, known: Knowledge, *, since: date) -> Iterator[Paper]:
    """Every indexed paper, listed on that day or later, that the query matches; latest list first.

    Raises:
        StorageError: The database cannot be used.
    """
    wanted = index_query(query, known)
    before: int | None = None
    while block := index.latest(wanted, since=since, limit=BLOCK, before=before):
        for _, paper, words in block:
            if is_match(query, PaperWords(paper, words), known):
                yield paper
        before = min(candidate.place for candidate in block)


def query_of_any_word(query: Query) -> IndexQuery | None:
    """Finds papers with any informative word of the query; None if it has none."""
    words = {
        atom.exact + "*" if atom.prefix else atom.word
        for term in wanted_terms(query)
        for atom in term.atoms
        if is_informative(atom.word)
    }
    return IndexQuery(AnyOf(tuple(Row((word,)) for word in sorted(words))), source=source_of(query)) if words else None


def source_of(query: Query) -> str | None:
    """The source that every paper comes from which the query matches; None if there are several."""
    return next(iter(query.sources)) if len(query.sources) == 1 else None


def wanted_terms(query: Query) -> Iterator[Term]:
    """The terms that the query asks for, without those that it leaves out."""
    return (term for term, wanted in terms(query.tree) if wanted)


def wanted_words(query: Query) -> frozenset[str]:
    """The folded words that the query asks for."""
    return frozenset(atom.word for term in wanted_terms(query) for atom in term.atoms)


def folded_text(folded: FoldedPaper) -> FoldedText:
    """The paper's words as they are indexed."""
    columns: dict[str, list[tuple[Word, str]]] = {"title": [], "body": [], "names": []}
    for field in FIELDS:
        columns[field.column] += folded.within(field.name)
    return FoldedText(
        title=_line(columns["title"]),
        body=_line(columns["body"]),
        joined=" ".join(_joined(folded.within(""))),
        names=" ".join((_line(columns["names"]), *_joined(columns["names"]))),
        words=words_of(folded),
    )


def _wanted(node: Node, known: Knowledge) -> WordCondition | None:
    """The words of every paper that matches the node; None if there are no such words."""
    match node:
        case Term():
            return _in_any_form(node, known)
        case About(term):
            forms = (_in_any_form(wording, known) for wording in wordings(node, known.names))
            return AnyOf((*forms, _words_apart(term.atoms, term.field)))
        case And(parts):
            needed = [wanted for part in parts if (wanted := _wanted(part, known))]
            return AllOf(tuple(needed)) if needed else None
        case Or(parts):
            alternatives = [_wanted(part, known) for part in parts]
            return AnyOf(tuple(filter(None, alternatives))) if all(alternatives) else None
        case _:
            return None


def _in_any_form(term: Term, known: Knowledge) -> WordCondition:
    """The term, or one of its acronyms or full forms."""
    forms = [_words_of(term, term.field), *(_one(short.casefold(), term.field) for short in known.acronyms.short(term))]
    forms += [_words_of(full, term.field) for full in known.acronyms.full(term)]
    return forms[0] if len(forms) == 1 else AnyOf(tuple(forms))


def _words_of(term: Term, field: str) -> WordCondition:
    atoms = term.atoms
    if term.acronym:
        return _one(term.acronym.casefold(), field)
    if len(atoms) == 1:
        forms = [_one(form, field) for form in _forms(atoms, 0)]
        return forms[0] if len(forms) == 1 else AnyOf(tuple(forms))
    every = _words_apart(atoms, field)
    # The ways of joining words double with every word, and FTS5 takes a prefix only at the end of a phrase.
    if field in NAMES or len(atoms) > LONGEST_ROW or any(atom.prefix or atom.other for atom in atoms):
        return every
    derived = dict.fromkeys(form for at in range(len(atoms)) for form in _derived(atoms, at))
    joined = dict.fromkeys(form for atom in atoms for form in (atom.word, atom.pair) if form)
    adjacent = AnyOf(tuple(Row((form,), "joined") for form in joined))
    rows = (_one(*words, field) if len(words) == 1 else Row(words, _column(field)) for words in _rows(atoms))
    apart = AnyOf((adjacent, *(_one(form, field) for form in derived))) if derived else adjacent
    return AnyOf((*rows, AllOf((every, apart))))


def _words_apart(atoms: Sequence[Atom], field: str) -> WordCondition:
    """Every word, alone or joined, wherever it is."""
    return AllOf(tuple(AnyOf(tuple(_one(form, field) for form in _forms(atoms, at))) for at in range(len(atoms))))


def _one(word: str, field: str) -> WordCondition:
    """A word in a field."""
    row = Row((word,), _column(field))
    # Joined words and plurals have a column of their own, except for names.
    return AnyOf((row, Row((word,), "joined"))) if field in TEXTS else row


def _column(field: str) -> str:
    """The column with the words of a field; empty for all columns."""
    return FIELD[field].column if field else ""


def _rows(atoms: Sequence[Atom]) -> Iterator[tuple[str, ...]]:
    """The atoms side by side, any two of them as one word where they join."""
    if not atoms:
        yield ()
        return
    for rest in _rows(atoms[1:]):
        yield (atoms[0].word, *rest)
    if len(atoms) > 1 and atoms[1].pair:
        for rest in _rows(atoms[2:]):
            yield (atoms[1].pair, *rest)


def _forms(atoms: Sequence[Atom], at: int) -> Iterator[str]:
    """The words that an atom may be indexed as: alone, or joined with the one before or after it."""
    atom = atoms[at]
    yield _word(atom)
    if atom.other:
        yield atom.other
    if at and atom.pair:
        yield f"{atoms[at - 1].exact}{atom.exact}*" if atom.prefix else atom.pair
    if at + 1 < len(atoms) and atoms[at + 1].pair:
        after = atoms[at + 1]
        yield f"{atom.exact}{after.exact}*" if after.prefix else after.pair
    yield from _derived(atoms, at)


def _derived(atoms: Sequence[Atom], at: int) -> Iterator[str]:
    """The forms of an atom in -ic, -ing and -ed, alone or joined with the one before or after it."""
    yield from forms_of(atoms[at])
    for joined in atoms[at : at + 2]:
        first = joined.pair.removesuffix(joined.word)
        if joined.pair:
            yield from (first + form for form in forms_of(joined))
            yield from forms_of(joined._replace(word=joined.pair))


def _word(atom: Atom) -> str:
    return f"{atom.exact}*" if atom.prefix else atom.word


def _line(words: Iterable[tuple[Word, str]]) -> str:
    return " ".join(word.word for word, _ in words if word.word)


def _joined(words: Iterable[tuple[Word, str]]) -> Iterator[str]:
    """Adjacent words as one, folded and with their plural, and plurals unfolded; each once."""
    forms: dict[str, None] = {}
    before = ""
    for word, pair in words:
        if pair:
            forms[pair] = forms[before + word.exact] = None
        if word.exact != word.word:
            forms[word.exact] = None
        if word.other:
            forms[word.other] = None
        before = word.exact
    yield from forms


def index_papers(index: PaperIndex, *, since: date | None = None) -> bool:
    """Index some papers that are new, have changed, or were indexed when words were folded in another way.

    Returns whether none are left. With ``since``, only those listed on that day or later.

    Raises:
        StorageError: The database cannot be used; papers that were not indexed are next time.
    """
    for _ in range(BATCHES_AT_ONCE):
        unfiled = index.unfiled(FOLDING_VERSION, limit=BATCH, since=since)
        if not unfiled:
            return True
        file_papers(index, list(map(fold_paper, unfiled)))
    return not index.unfiled(FOLDING_VERSION, limit=1, since=since)


def file_papers(index: PaperIndex, papers: Sequence[FoldedPaper]) -> None:
    """Index these papers, which are not indexed as they are.

    Raises:
        StorageError: The database cannot be used; papers that were not indexed are next time.
    """
    texts = {folded.paper.id: folded_text(folded) for folded in papers}
    index.file(texts, version=FOLDING_VERSION, as_read=[folded.paper for folded in papers])

"""Whether a paper is what a query asks for, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import Evidence, Paper
from bot.query.folding import Word, joined, words_of
from bot.query.parser import Query
from bot.query.tree import And, Everything, Fact, Has, Node, Not, Or, Phrase
from bot.text import ELLIPSIS

SURROUNDINGS = 40
"""Characters of the original shown on each side of what matched."""


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text with its words.

    Attributes:
        field: What it is of the paper: title, abstract, keyword, author or org.
        text: The original.
        words: Its words in order.
        places: Where each stem begins, as indices of ``words``; of joined stems, the first word's.
    """

    field: str
    text: str
    words: tuple[Word, ...]
    places: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class FoldedPaper:
    """A paper ready for any number of queries; texts in the order in which evidence is worth showing."""

    paper: Paper
    texts: tuple[FoldedText, ...]


def fold_paper(paper: Paper) -> FoldedPaper:
    """Fold every text of the paper, once."""
    texts = [
        ("title", paper.title),
        *(("keyword", keyword) for keyword in paper.keywords),
        ("abstract", paper.abstract),
    ]
    texts += [*(("author", author) for author in paper.authors), ("org", paper.organization)]
    return FoldedPaper(paper, tuple(_fold(field, text) for field, text in texts if text))


def find(query: Query, folded: FoldedPaper) -> tuple[Evidence, ...] | None:
    """The evidence that the paper is what the query asks for, a piece for each term that it has; None if it is not."""
    return _find(query.tree, folded)


def _fold(field: str, text: str) -> FoldedText:
    words = tuple(words_of(text))
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        places.setdefault(word.stem, []).append(index)
        if index + 1 < len(words) and (together := joined(word, words[index + 1])):
            places.setdefault(together, []).append(index)
    return FoldedText(field, text, words, places)


def _find(node: Node, folded: FoldedPaper) -> tuple[Evidence, ...] | None:
    match node:
        case Phrase():
            return _find_phrase(node, folded)
        case Fact(name, least):
            count = getattr(folded.paper, name) or 0
            return (Evidence(name, f"{name}>={least}"),) if count >= least else None
        case Has(what):
            url = folded.paper.code_url if what == "code" else folded.paper.project_url
            return (Evidence(what, f"has:{what}"),) if url else None
        case Everything():
            return ()
        case Not(part):
            return () if _find(part, folded) is None else None
        case And(parts):
            return _find_all(parts, folded)
        case Or(parts):
            found = [evidence for part in parts if (evidence := _find(part, folded)) is not None]
            return tuple(piece for evidence in found for piece in evidence) if found else None


def _find_all(parts: tuple[Node, ...], folded: FoldedPaper) -> tuple[Evidence, ...] | None:
    found: list[Evidence] = []
    for part in parts:
        evidence = _find(part, folded)
        if evidence is None:
            return None
        found += evidence
    return tuple(found)


def _find_phrase(phrase: Phrase, folded: FoldedPaper) -> tuple[Evidence, ...] | None:
    fields = (phrase.field,) if phrase.field else ("title", "keyword", "abstract")
    for text in folded.texts:
        if text.field in fields and (place := next(_places(phrase, text), None)):
            return (_quote(text, *place),)
    return None


def _places(phrase: Phrase, text: FoldedText) -> Iterator[tuple[int, int]]:
    """Where the phrase stands: its first word and the one after its last, as indices of the text's words."""
    for start in _beginnings(phrase, text):
        end = _end(phrase, 0, text, start)
        if end is not None and _as_written(phrase, text, start, end):
            yield start, end


def _beginnings(phrase: Phrase, text: FoldedText) -> list[int]:
    """Where the phrase's first word stands, alone or as a part of a compound."""
    first = phrase.words[0]
    if phrase.prefix and len(phrase.words) == 1:
        return sorted(
            {place for stem, places in text.places.items() if stem.startswith(first.form) for place in places}
        )
    found = text.places.get(first.stem, [])
    if len(phrase.words) > 1 and (together := joined(first, phrase.words[1])):
        found = sorted({*found, *text.places.get(together, [])})
    return found


def _end(phrase: Phrase, index: int, text: FoldedText, place: int) -> int | None:
    """The place after the phrase's words from ``index`` on, if they stand at ``place``; compounds either way."""
    words = phrase.words
    if index == len(words):
        return place
    if place >= len(text.words):
        return None
    here, wanted = text.words[place], words[index]
    last = index == len(words) - 1
    after = text.words[place + 1] if place + 1 < len(text.words) else None
    options = []
    if here.stem == wanted.stem or (last and phrase.prefix and here.form.startswith(wanted.form)):
        options.append((index + 1, place + 1))
    if not last and joined(wanted, words[index + 1]) == here.stem:
        options.append((index + 2, place + 1))
    if after and (together := joined(here, after)):
        whole = together == wanted.stem or (last and phrase.prefix and together.startswith(wanted.form))
        if whole:
            options.append((index + 1, place + 2))
    return next((end for option in options if (end := _end(phrase, option[0], text, option[1])) is not None), None)


def _as_written(phrase: Phrase, text: FoldedText, start: int, end: int) -> bool:
    """Whether what was found stands in the forms that quotes or capitals ask for."""
    if phrase.acronym:
        first = text.words[start]
        return end == start + 1 and text.text[first.start : first.end].startswith(phrase.text)
    if phrase.exact:
        found = "".join(word.form for word in text.words[start:end])
        return found == "".join(word.form for word in phrase.words)
    return True


def _quote(text: FoldedText, start: int, end: int) -> Evidence:
    """The words found, in the original, with their surroundings cut at words."""
    begin, stop = text.words[start].start, text.words[end - 1].end
    before, after = text.text[max(0, begin - SURROUNDINGS) : begin], text.text[stop : stop + SURROUNDINGS]
    if begin > SURROUNDINGS:
        before = ELLIPSIS + before[before.find(" ") + 1 :]
    if stop + SURROUNDINGS < len(text.text):
        after = after[: after.rfind(" ") + 1].rstrip() + ELLIPSIS
    return Evidence(text.field, text.text[begin:stop], before, after)

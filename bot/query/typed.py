"""The words that somebody typed, whatever mistakes are around them: those to look for, and those to leave out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.sources import SOURCES
from bot.query.fields import CATEGORY, COUNT, FIELD, LABELS, SOURCE, count_meant, field_meant
from bot.query.foreign_fields import ANYWHERE, not_here
from bot.query.lexer import Kind, Lexeme, lexemes_anyway
from bot.query.phrases import AFTER_QUOTE, NAME_WITH_STAR, PREFIX_OPERATOR, before_wildcard, without_wildcards
from bot.query.tree import Node, terms
from bot.text.arxiv_categories import known_category
from bot.text.folding import fold

LISTS = frozenset((CATEGORY, SOURCE))
"""Labels of what are not words, but lists that a paper is on."""

MINUSES = "-–—"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other.

    Attributes:
        text: The words, without signs that have no meaning; in quotes if they were typed in quotes.
        is_wanted: Whether to look for them, or to leave them out.
    """

    text: str
    is_wanted: bool


def typed_phrases(query: str) -> list[Phrase]:
    """The phrases of a query that may be wrong, in their order."""
    lexemes = lexemes_anyway(query)
    scan, skipped = _Scan(), 0
    for index, lexeme in enumerate(lexemes):
        following = (lexemes[index : index + 4] + [lexemes[-1]] * 3)[:4]
        skipped = skipped - 1 if skipped else _bracket_of_lists(lexemes[index:]) or _label_at(following)
        if skipped:
            scan.end_phrase()
        else:
            scan.take(lexeme)
    return scan.phrases


def letters(phrases: Iterable[Phrase], *, wanted: bool) -> str:
    """The folded words of the phrases that are wanted, or of the others, as one word."""
    return "".join(token.exact for phrase in phrases if phrase.is_wanted is wanted for token in fold(phrase.text))


def letters_of(tree: Node, *, wanted: bool) -> str:
    """The same for a query that was read."""
    return "".join(atom.exact for term, is_wanted in terms(tree) if is_wanted is wanted for atom in term.atoms)


class _Scan:
    """Goes through lexemes that may be in any order, and gathers the words between them into phrases."""

    def __init__(self) -> None:
        self.phrases: list[Phrase] = []
        self._words: list[str] = []
        self._sign = ""  # the minus or NOT before the words
        self._wanted = True  # whether what the brackets around them say is wanted
        self._outer: list[bool] = []

    def take(self, lexeme: Lexeme) -> None:
        """Take one lexeme; the end lets the last phrase go."""
        text = _word(lexeme) if lexeme.kind is Kind.WORD else ""
        is_minus = lexeme.kind is Kind.WORD and lexeme.text.strip(MINUSES) == ""
        is_negated = lexeme.kind is Kind.WORD and lexeme.text.startswith("!") and text != ""
        # A minus binds one word, NOT a whole phrase.
        if not text or is_negated or (self._sign and self._sign in MINUSES):
            self.end_phrase()
        if is_minus or lexeme.kind is Kind.NOT or is_negated:
            self._sign = lexeme.text if lexeme.kind is Kind.NOT else "-"
        if lexeme.kind is Kind.OPEN:
            self._outer.append(self._wanted)
            self._wanted, self._sign = self._is_wanted, ""
        elif lexeme.kind is Kind.CLOSE:
            self._wanted, self._sign = self._outer.pop() if self._outer else True, ""
        elif lexeme.kind is Kind.QUOTED and fold(lexeme.text):
            self.phrases.append(Phrase(f'"{lexeme.text.strip()}"', self._is_wanted))
            self._sign = ""
        elif text:
            self._words.append(text)

    @property
    def _is_wanted(self) -> bool:
        return self._wanted != bool(self._sign)

    def end_phrase(self) -> None:
        """The words so far belong together, and not with what follows."""
        if self._words:
            self.phrases.append(Phrase(" ".join(self._words), self._is_wanted))
            self._words, self._sign = [], ""


def _bracket_of_lists(lexemes: Sequence[Lexeme]) -> int:
    """How many of these lexemes, from the first on, are the label of lists and a bracket with nothing but such."""
    first, second, third = [*lexemes[:3], lexemes[-1], lexemes[-1]][:3]
    if first.text.lower() not in LISTS or second.kind is not Kind.COLON or third.kind is not Kind.OPEN:
        return 0
    end = next((place for place, lexeme in enumerate(lexemes) if lexeme.kind is Kind.CLOSE), 0)
    inside = [lexeme.text for lexeme in lexemes[3:end] if lexeme.kind in {Kind.WORD, Kind.QUOTED}]
    return end + 1 if end and all(known_category(text) or text.casefold() in SOURCES for text in inside) else 0


def _label_at(lexemes: Sequence[Lexeme]) -> int:
    """How many of these lexemes, from the first on, are a field's label, or a whole count or fact."""
    first, second, third, fourth = lexemes
    name, has_value = first.text.lower(), third.kind in {Kind.WORD, Kind.QUOTED}
    if first.kind is Kind.COMPARISON and second.text.isdecimal():
        return 2
    if first.kind is not Kind.WORD or second.kind not in {Kind.COLON, Kind.COMPARISON}:
        return 0
    if second.kind is Kind.COMPARISON:
        is_count = count_meant(name) or (name.isdecimal() and count_meant(third.text.lower()))
        is_negative = third.kind is Kind.NOT and fourth.text.isdecimal()
        return (4 if is_negative else 2 + has_value) if is_count else 2 * (name in FIELD)
    if second.start != first.end:
        return 2 * (name in FIELD)
    if name in COUNT:
        return 4 if third.kind is Kind.COMPARISON else 2 + has_value
    if name in LISTS and third.kind is Kind.NOT and fourth.kind in {Kind.WORD, Kind.QUOTED}:
        return 4
    if not_here(name, third.text) or field_meant(name) in LABELS:
        return 2 + has_value
    return 2 if name in ANYWHERE or field_meant(name) else 0


def _word(lexeme: Lexeme) -> str:
    """The word without signs that have no meaning; empty if nothing is left."""
    text = "" if AFTER_QUOTE.fullmatch(lexeme.text) else before_wildcard(lexeme.text)
    sign = PREFIX_OPERATOR.match(text)
    text = text[sign.end() :] if sign else text
    if "*" in text and not NAME_WITH_STAR.fullmatch(text):
        text = " ".join(without_wildcards(text)).replace("*", "")
    return text if fold(text) else ""

"""What to write instead of a query that is wrong: the one place where its examples are made, and tried.

A mistake says how the query would be without it, which may show the next mistake, and so on. What is right in the end
is an example only if it looks for the words that were typed and leaves out those that were to be left out. Where that
fails, an example is made of the words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.errors import QueryError
from bot.query.lexer import LONGEST, OPERATORS, Kind, lexemes_anyway
from bot.query.mistake import Mistake
from bot.query.tree import Node
from bot.query.typed import Phrase, letters, letters_of, typed_phrases
from bot.text.folding import fold
from bot.text.shorten import ELLIPSIS

EXAMPLE = "rlhf, reward model"
"""A query to learn from, where the one that was typed says nothing that could be looked for."""

ROUNDS = 40
"""Mistakes of a query that are corrected one after the other."""

WORDS = 30
"""Words of one of them."""

PIECES = 4
"""Subscriptions into which a query that is too large is split at the most: each is a button."""

PHRASES = 20
"""Phrases of an example that is made of words alone."""

FEWER = 5
"""Fewer of them, if these are too long."""

Read = Callable[[str], Node]
"""Reads a query, and raises `Mistake` if it is not in the language."""


def corrected(mistake: Mistake, read: Read) -> QueryError:
    """The error to show: the mistake, with examples that are queries and mean what was typed."""
    query = mistake.query
    if mistake.is_too_much:
        examples = tuple(_pieces(mistake, read)[:PIECES]) or (EXAMPLE,)
        repair = f"Split it into several subscriptions, for example: {examples[0]}"
    else:
        examples = tuple(_examples(mistake, read)) or (EXAMPLE,)
        repair = f"For example: {examples[0]}"
    shown = query if len(query) <= LONGEST else query[:LONGEST] + ELLIPSIS
    error = QueryError(mistake.message, query=shown, position=mistake.position, repair=repair, examples=examples)
    if not query:
        error.code = ""  # a caret under an empty line points at nothing
    return error


def _pieces(mistake: Mistake, read: Read) -> list[str]:
    """Queries into which one that is too large can be split, each as large as possible."""
    found: list[str] = []
    gathered = ""
    for part in mistake.corrected or _parts(mistake.query):
        longer = f"{gathered}, {part}" if gathered else part
        if not _is_right(longer, read):
            found += [gathered] if gathered else []
            longer = part if _is_right(part, read) else ""
        gathered = longer
    found += [gathered] if gathered else []
    return found or _of_words(mistake.query, read)


def _parts(query: str) -> Iterator[str]:
    """The alternatives of a query, as they are written; those in brackets are not looked at."""
    depth, start = 0, 0
    for lexeme in lexemes_anyway(query):
        depth += (lexeme.kind is Kind.OPEN) - (lexeme.kind is Kind.CLOSE)
        if lexeme.kind is Kind.END or (lexeme.kind is Kind.OR and depth <= 0):
            if part := query[start : lexeme.start].strip():
                yield part
            start = lexeme.end


def _examples(mistake: Mistake, read: Read) -> list[str]:
    """The corrections of the mistake that are right, best first; failing that, one of the words alone."""
    typed = typed_phrases(mistake.query)
    mended = [example for text in mistake.corrected if (example := _mended(text, read))]
    kept = [example for example in mended if _keeps(typed, read(example))]
    return list(dict.fromkeys(kept)) or _of_words(mistake.query, read)


def _mended(text: str, read: Read) -> str:
    """The text without any of its mistakes; empty if they do not end."""
    for _ in range(ROUNDS):
        try:
            read(text)
        except Mistake as mistake:
            if not mistake.corrected:
                return ""
            text = mistake.corrected[0]
        else:
            return text
    return ""


def _keeps(typed: Sequence[Phrase], tree: Node) -> bool:
    """Whether a query looks for what was typed, and leaves out what was to be left out."""
    if not typed:
        return True
    return all(letters(typed, wanted=wanted) == letters_of(tree, wanted=wanted) for wanted in (True, False))


def _is_right(text: str, read: Read) -> bool:
    try:
        read(text)
    except Mistake:
        return False
    return True


def _of_words(query: str, read: Read) -> list[str]:
    """An example of the words that were typed, or of the first of them where they are too many; none without words."""
    typed = typed_phrases(query)
    has_alternatives = any(lexeme.kind is Kind.OR for lexeme in lexemes_anyway(query)) or ";" in query
    for most in (PHRASES, FEWER, 1):
        wanted = [_cleaned(phrase.text) for phrase in typed if phrase.is_wanted][:most]
        unwanted = [f"-({_cleaned(phrase.text)})" for phrase in typed if not phrase.is_wanted][:most]
        base = (", " if has_alternatives else " AND ").join(wanted) or "*"
        if unwanted and len(wanted) > 1 and has_alternatives:
            base = f"({base})"
        text = " ".join([base, *unwanted])
        if (wanted or unwanted) and _is_right(text, read):
            return [text]
    return []


def _cleaned(text: str) -> str:
    """A phrase of nothing but words, in quotes if it was, or if one of them would be an operator or a prefix."""
    words, end = "", -1
    for token in fold(text)[:WORDS]:
        # Where nothing is between two words, as in GPT4, they are written as one.
        words += ("" if token.start == end else " ") + text[token.start : token.end]
        end = token.end
    # Outside of quotes the star of a name such as A* would stand for any ending.
    is_quoted = text.startswith('"') or "*" in words or not OPERATORS.keys().isdisjoint(words.split())
    return f'"{words.strip()}"' if is_quoted else words.strip()

"""The forms in which a term is found besides: robotic manipulation for `robot manipulation`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.query.fields import NAMES
from bot.query.tree import Atom, Term
from bot.text.derived import derived_from
from bot.text.folding import fold


def derived_forms(term: Term) -> Iterator[str]:
    """The term with one of its words in -ic, -ing or -ed; nothing for quotes, names and acronyms.

    Several words may be in other forms at once; that is found, and goes without saying.
    """
    if term.exact or term.acronym or term.field in NAMES:
        return
    for token, atom in zip(fold(term.text.replace("*", " ")), term.atoms, strict=True):
        for form in forms_of(atom):
            yield f"{term.text[: token.start]}{form}{term.text[token.end :]}"


def forms_of(atom: Atom) -> tuple[str, ...]:
    """The forms of a word of a term; none if it has a star or a sign."""
    return () if atom.prefix or atom.sign else derived_from(atom.word)

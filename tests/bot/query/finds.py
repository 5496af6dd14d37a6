"""Whether a query finds a text."""

from __future__ import annotations

from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.query import Acronyms, Knowledge, parse
from bot.query.acronyms import NO_ACRONYMS
from tests.builders import a_paper


def finds(query: str, text: str, acronyms: Acronyms = NO_ACRONYMS) -> bool:
    """Whether the query finds a paper with this abstract."""
    return find(parse(query), fold_paper(a_paper(title="Zzz", abstract=text)), Knowledge(acronyms)) is not None

"""Whether a paper is about a subject, however it words it.

A paper that says the subject itself is. One that says only a name that goes with it, or the subject's words apart, is
if it is close in meaning. Words come first, so that new papers meet only the queries that are indexed under theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain import Evidence, Nearness
from bot.matching.folded_paper import FoldedPaper, evidence_at
from bot.matching.places import locate, place_of_words_apart
from bot.query.knowledge import Knowledge
from bot.query.tree import About

CLOSE, CLOSE_IN_TITLE, CLOSE_APART = 0.4, 0.25, 0.5
"""How close a paper must be with a name that goes with the subject, with one in its title, and with the words apart.

Those that brought the most at a precision of nine in ten; see docs/measurements.md.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a paper says what it is about.

    Attributes:
        span: From a token to before another.
        near: How close the paper is to the subject; None where the subject's own words are said.
    """

    span: tuple[int, int]
    near: Nearness | None = None

    def evidence(self, folded: FoldedPaper) -> Evidence:
        """The words, and how close the paper is."""
        return replace(evidence_at(folded, *self.span), near=self.near)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a paper says something of a subject, and how close it must be for that to count."""

    span: tuple[int, int]
    needed: float


def find_subject(about: About, folded: FoldedPaper, known: Knowledge) -> Found | None:
    """Where the paper says the subject, or a name that goes with it; None if it is not about the subject."""
    own = locate(about.term, folded, known)
    if own:
        return Found(own)
    trace = trace_of(about, folded, known)
    near = known.near(about.term, folded.paper) if trace else None
    return Found(trace.span, near) if trace and near and near.closeness >= trace.needed else None


def trace_of(about: About, folded: FoldedPaper, known: Knowledge) -> Trace | None:
    """What of the subject the paper says besides its own words; None if nothing."""
    if name := place_of_name(about, folded, known):
        return Trace(name, CLOSE_IN_TITLE if name[0] in folded.fields["title"] else CLOSE)
    apart = place_of_words_apart(about.term, folded)
    return Trace(apart, CLOSE_APART) if apart else None


def place_of_name(about: About, folded: FoldedPaper, known: Knowledge) -> tuple[int, int] | None:
    """The first place of a name that goes with the subject; None if the paper has none of them."""
    return min((span for name in known.names(about.term) if (span := locate(name, folded, known))), default=None)

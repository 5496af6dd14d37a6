"""What is known beside the words of a query: acronyms, the names that go with a subject, and how close papers are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.domain import Nearness, Paper
from bot.query.acronyms import NO_ACRONYMS, Acronyms
from bot.query.tree import About, Node, Term


@dataclass(frozen=True, slots=True)
class Wording:
    """How a subject is worded.

    Attributes:
        subject: As it was typed, in lower case: what is decided of a subject is remembered by this.
        text: Its words, with acronyms written out behind them.
        names: The names that go with it.
    """

    subject: str
    text: str
    names: tuple[str, ...] = ()


NamesOf = Callable[[Term], tuple[Term, ...]]
"""Gives other and narrower names of a subject, best first; none where it is not known."""

NearnessOf = Callable[[Wording, Paper], Nearness | None]
"""Tells how close a paper is to a subject; None while nobody can tell."""


def no_names(_subject: Term) -> tuple[Term, ...]:
    """Knows no subject."""
    return ()


def nobody_can_tell(_wording: Wording, _paper: Paper) -> None:
    """Knows nothing of what papers mean."""


def wordings(leaf: Node, names: NamesOf) -> Iterator[Term]:
    """The terms of a leaf: a paper that matches it has every word of one of them. None for what looks for no words."""
    if isinstance(leaf, Term):
        yield leaf
    elif isinstance(leaf, About):
        yield leaf.term
        yield from names(leaf.term)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a query is read with.

    Attributes:
        acronyms: The acronyms in force.
        names: The names that go with a subject.
        nearness: How close papers are to a subject.
        can_tell: Whether enough papers are known for that.
    """

    acronyms: Acronyms = NO_ACRONYMS
    names: NamesOf = no_names
    nearness: NearnessOf = nobody_can_tell
    can_tell: Callable[[], bool] = lambda: False

    def wording(self, subject: Term) -> Wording:
        """How the subject is worded."""
        forms = (subject, *self.acronyms.full(subject))
        text = " ".join(form.text.replace("*", "") for form in forms)
        return Wording(subject.text.lower(), text, tuple(name.text for name in self.names(subject)))

    def near(self, subject: Term, paper: Paper) -> Nearness | None:
        """How close the paper is to the subject; None while nobody can tell."""
        return self.nearness(self.wording(subject), paper)


NO_KNOWLEDGE = Knowledge()
"""For callers that compare nothing but the words themselves."""

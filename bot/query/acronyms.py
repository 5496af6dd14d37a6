"""Acronyms and their full forms, looked up both ways: RL, reinforcement learning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.query.tree import Term


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Pairs of an acronym and its full form.

    Attributes:
        pairs: The acronym and its full form, as papers write them: ("MoE", "mixture of experts").
        keys: What has another form: acronyms in lower case and in capitals, and the folded words of full forms as one.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    keys: frozenset[str] = field(init=False, repr=False, compare=False)
    _full: Mapping[str, tuple[Term, ...]] = field(init=False, repr=False, compare=False)
    _short: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the look-up tables."""
        full: dict[str, tuple[Term, ...]] = {}
        short: dict[str, tuple[str, ...]] = {}
        for acronym, form in self.pairs:
            term = Term(form)
            name = acronym.casefold()
            full[name] = (*full.get(name, ()), term)
            short[term.key] = (*short.get(term.key, ()), acronym)
        object.__setattr__(self, "keys", frozenset((*full, *map(str.upper, full), *short)))
        object.__setattr__(self, "_full", full)
        object.__setattr__(self, "_short", short)

    def full(self, term: Term) -> tuple[Term, ...]:
        """The full forms of an acronym; empty if ``term`` is not one, or is quoted."""
        return self.full_forms(term.key)

    def short(self, term: Term) -> tuple[str, ...]:
        """The acronyms of a full form, as papers write them; empty if ``term`` is not one, or is quoted."""
        return self.short_forms(term.key)

    def full_forms(self, key: str) -> tuple[Term, ...]:
        """The full forms of an acronym in lower case; empty if it is not one."""
        return self._full.get(key, ())

    def short_forms(self, key: str) -> tuple[str, ...]:
        """The acronyms of a full form, by its folded words as one; empty if it is not one."""
        return self._short.get(key, ())

    def expansions(self) -> Iterator[tuple[str, Term]]:
        """Every acronym with each of its full forms."""
        for short, full in self.pairs:
            yield from ((short, term) for term in self._full[short.casefold()] if term.text == full)

    def updated(self, pairs: Iterable[tuple[str, str]]) -> Acronyms:
        """These acronyms and others; where the two disagree about an acronym, the others count."""
        others = {short.casefold(): (short, full) for short, full in pairs}
        kept = []
        for short, full in self.pairs:
            other = others.get(short.casefold())
            # Papers that spell it in another case or plural agree with it, and its spelling stays.
            if other is None or Term(other[1]).key == Term(full).key:
                kept.append((short, full))
                others.pop(short.casefold(), None)
        return Acronyms((*kept, *others.values()))


NO_ACRONYMS = Acronyms()
"""For callers that compare nothing but the words themselves."""

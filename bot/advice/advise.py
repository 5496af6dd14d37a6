"""What a query would have brought, in words, and which other query may serve people better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.advice.backtest import MANY, Backtest, Recent
from bot.advice.narrower import narrower_for_volume
from bot.advice.near_misses import near_misses
from bot.advice.rates import often
from bot.advice.spelling import Respelling, respelled
from bot.advice.term_offers import Liking, Offers, TermOffer, no_liking, offers_for
from bot.advice.wider import wider
from bot.domain import Paper
from bot.domain.messages import Button, Entry
from bot.domain.sources import UNNAMED
from bot.query import Query
from bot.query.fields import NAMES
from bot.query.tree import terms
from bot.text.figures import counted, listed
from bot.text.rich import Rich, bold, code, joined, linked, rich, rich_lines
from bot.text.shorten import shorten

LATEST = 3
"""Titles shown under a backtest."""

BROADEN = rich("Broader words find more, and a comma adds alternatives, for example ", code("rlhf, reward model"))

SPELLED = "Names have to be spelled as on the list. If they are, their papers are still to come."

TITLE = 160
"""Characters of a title there; hardly any has more."""

LEFT_OUT, TOGETHER = "Papers on the subject that it leaves out:", "Often in the same papers:"
"""What is said above terms to add: of those that are close in meaning, and of others."""

EVIDENCES, EVIDENCE = 2, 80
"""Titles that speak for a term, and characters of one."""

LABEL = 40
"""Characters of a query on a button."""

Press = Callable[[str], tuple[str, str]]
"""Gives the command and the text of a button for a query."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Lines to read, terms to add, buttons to press, and what to do if there are no buttons."""

    text: Rich
    buttons: tuple[Button, ...] = ()
    todo: str = ""
    entries: tuple[Entry, ...] = ()


def advise(
    query: Query,
    recent: Recent,
    press: Press,
    *,
    others: Sequence[Query] | None = None,
    is_digest: bool = False,
    liking: Liking = no_liking,
) -> Advice:
    """Say what the query would have brought, and which query would bring less, more, or anything at all.

    Args:
        query: The query that somebody subscribes to or tries.
        recent: The papers to try it on.
        press: What the buttons with other queries do.
        others: The channel's other queries, to offer terms that add to them; None to offer no terms.
        is_digest: Whether the channel gets digests already.
        liking: How much papers are to the liking of the channel's readers; such terms are offered first.
    """
    recent = recent.about(query)
    backtest = recent.run(query)
    # Before the first poll there is nothing to try it on, which says nothing about the query.
    if not recent.count:
        return Advice(
            rich(f"I have no papers from the last {recent.days} days yet, so I can't say what this would have brought.")
        )
    respelling = respelled(query, recent)
    if respelling:
        button = _button(respelling.brings, respelling.brings.number, press)
        return Advice(rich_lines(in_words(backtest), did_you_mean(respelling)), (button,))
    if not backtest.found:
        return _for_nothing(query, backtest, recent, press)
    if backtest.per_day > MANY:
        return _for_volume(backtest, narrower_for_volume(query, backtest, recent), press, is_digest=is_digest)
    # A term alone would be about another source's papers.
    if others is None or query.sources != {UNNAMED}:
        return Advice(in_words(backtest))
    offers = offers_for(query, backtest.found, recent, others, liking)
    return _with_terms(backtest, offers, press)


def in_words(backtest: Backtest) -> Rich:
    """A backtest as people read it, with the latest titles."""
    summary = f"In the last {backtest.days} days: {backtest.in_numbers}."
    if not backtest.found:
        return rich(summary)
    latest = [rich("• ", linked(shorten(paper.title, TITLE), paper.url)) for paper in backtest.papers[:LATEST]]
    return rich_lines(f"{summary} The latest:", *latest)


def did_you_mean(respelling: Respelling) -> Rich:
    """The words that no paper has, and the query that was probably meant."""
    unknown = listed([f"“{word}”" for word in respelling.unknown], "or")
    form = respelling.brings
    brought = f" ({form.in_papers})?"
    return rich(f"No paper of the last {form.days} days has {unknown}. Did you mean ", bold(form.query.text), brought)


def in_short(backtest: Backtest, recent: Recent) -> str:
    """A backtest in a line: "Papers that mention “robots”: 12 papers in 30 days, about 3 a week"."""
    meaning = recent.described(backtest.query)
    brought = f"{backtest.in_papers} in {counted(backtest.days, 'day')}{often(backtest.count, backtest.days)}"
    return f"{meaning[:1].upper()}{meaning[1:]}: {brought}"


def _for_volume(backtest: Backtest, forms: Sequence[Backtest], press: Press, *, is_digest: bool) -> Advice:
    """Advice for a query that brings more papers than people read."""
    much = "That is a lot." if is_digest else "That is a lot. A digest puts them into one message."
    if not forms:
        return Advice(rich_lines(in_words(backtest), much))
    fewer = "A narrower query brings fewer:" if len(forms) == 1 else "Narrower queries bring fewer:"
    lines = [rich("• ", bold(form.query.text), f": {form.rate}") for form in forms]
    buttons = [_button(form, form.rate, press) for form in forms]
    return Advice(rich_lines(in_words(backtest), f"{much} {fewer}", *lines), tuple(buttons))


def _for_nothing(query: Query, backtest: Backtest, recent: Recent, press: Press) -> Advice:
    """Advice for a query that brings no papers."""
    lines: list[str] = [in_words(backtest)]
    misses = near_misses(query, recent)
    if misses:
        lines.append("This comes closest:" if len(misses) == 1 else "These come closest:")
        lines += [rich("• ", linked(near.paper.title, near.paper.url), f": {near.lacks}") for near in misses]
    forms = wider(query, recent)
    if forms:
        lines.append(f"{'A broader query' if len(forms) == 1 else 'Broader queries'} would have brought some:")
        lines += [rich("• ", bold(form.query.text), f": {form.in_papers}") for form in forms]
    buttons = [_button(form, form.number, press) for form in forms]
    return Advice(rich_lines(*lines), tuple(buttons), "" if forms else SPELLED if is_of_names(query) else BROADEN)


def is_of_names(query: Query) -> bool:
    """Whether all words that the query looks for are names of people or organizations."""
    wanted = [term for term, is_wanted in terms(query.tree) if is_wanted]
    return bool(wanted) and all(term.field in NAMES for term in wanted)


def _with_terms(backtest: Backtest, offers: Offers, press: Press) -> Advice:
    """Advice for a query that brings a good number of papers: terms that would bring more of the kind."""
    entries = [_offer(offer) for offer in offers.terms if set(offer.adds) != set(offers.more)]
    if offers.form and offers.more:
        entries.insert(0, _all_of_them(offers.form, offers.more, press))
    if not entries:
        return Advice(in_words(backtest))
    heading = LEFT_OUT if offers.more or any(offer.close for offer in offers.terms) else TOGETHER
    return Advice(rich_lines(in_words(backtest), heading), entries=tuple(entries))


def _all_of_them(form: Query, more: Sequence[Paper], press: Press) -> Entry:
    """All names at once, where they are close: "~red teaming: 6 more papers, close in meaning"."""
    text = rich(bold(form.text), f": {counted(len(more), 'more paper')}, close in meaning")
    return Entry(text, (Button(f"Use {shorten(form.text, LABEL)} ({len(more):,})", *press(form.text)),), _titles(more))


def _offer(offer: TermOffer) -> Entry:
    """A term: "jailbreak: 5 more papers, 4 of them close", with two of their titles."""
    adds = len(offer.adds)
    are_all = offer.close is not None and offer.close >= adds
    all_close = ", close in meaning" if adds == 1 else ", all close"
    close = "" if offer.close is None else all_close if are_all else f", {offer.close} of them close"
    label = f"+ {shorten(offer.term, LABEL)} ({adds:,})"
    text = rich(bold(offer.query.text), f": {counted(adds, 'more paper')}{close}")
    return Entry(text, (Button(label, "subscribe", offer.query.text),), _titles(offer.adds))


def _titles(papers: Sequence[Paper]) -> Rich:
    """Two titles, as evidence."""
    return joined(" · ", [linked(shorten(paper.title, EVIDENCE), paper.url) for paper in papers[:EVIDENCES]])


def _button(form: Backtest, brings: str, press: Press) -> Button:
    query = form.query.text
    return Button(f"{shorten(query, LABEL)} ({brings})", *press(query))

"""What a query would have brought, as people read it, and which other query may serve them better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.advice.backtest import MANY, Backtest, Recent
from bot.advice.narrower import narrower_for_volume
from bot.advice.near_misses import near_misses
from bot.advice.related_terms import neighbours
from bot.advice.wider import wider
from bot.domain.messages import Button
from bot.query import Query
from bot.text.figures import counted
from bot.text.shorten import shorten

LATEST = 3
"""Titles shown under a backtest."""

WIDER = "Wider words find more: a comma adds alternatives, as in rlhf, reward model."

TITLE = 160
"""Characters of a title there; hardly any has more."""

LABEL = 40
"""Characters of a query on a button."""

Press = Callable[[str], tuple[str, str]]
"""From a query to the command that a button with it gives, and what stands behind the command's name."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Lines to read, buttons to press, and what to do where there are none."""

    text: str
    buttons: tuple[Button, ...] = ()
    todo: str = ""


def advise(
    query: Query, recent: Recent, press: Press, *, others: Sequence[Query] | None = None, is_digest: bool = False
) -> Advice:
    """Say what the query would have brought, and what would bring less, more, or something at all.

    Args:
        query: What was asked for.
        recent: The papers to try it on.
        press: What the buttons of other forms do.
        others: What the channel is subscribed to besides, to offer terms that add to it; None to offer none.
        is_digest: Whether the channel gets digests already.
    """
    tried = recent.run(query)
    if not recent.papers:
        return Advice(
            f"I know no papers of the last {recent.days} days yet, so I cannot say what it would have brought."
        )
    if not tried.papers:
        return _nothing(query, tried, recent, press)
    said = in_words(tried)
    if tried.a_day > MANY:
        return _much(said, narrower_for_volume(query, tried.papers, recent), press, is_digest=is_digest)
    return _company(said, query, tried, recent, others) if others is not None else Advice(said)


def in_words(tried: Backtest) -> str:
    """A backtest as people read it, with the latest titles."""
    said = f"In the last {tried.days} days: {counted(len(tried.papers), 'paper')}"
    if not tried.papers:
        return f"{said}."
    titles = [f"• {shorten(paper.title, TITLE)}" for paper in tried.papers[:LATEST]]
    return "\n".join([f"{said}, {tried.rate}. The latest:", *titles])


def _much(said: str, forms: Sequence[Backtest], press: Press, *, is_digest: bool) -> Advice:
    how = "That is a lot" if is_digest else "That is a lot. A digest brings them together"
    if not forms:
        return Advice(f"{said}\n{how}.")
    lines = [f"• {form.query.text}: {form.rate}" for form in forms]
    buttons = [_button(f"{shorten(form.query.text, LABEL)} ({form.rate})", form.query.text, press) for form in forms]
    return Advice(
        "\n".join([said, f"{how}; {'this brings' if len(lines) == 1 else 'these bring'} fewer:", *lines]),
        tuple(buttons),
    )


def _nothing(query: Query, tried: Backtest, recent: Recent, press: Press) -> Advice:
    lines = [in_words(tried)]
    misses = near_misses(query, recent)
    if misses:
        lines += ["The nearest:", *(f"• {each.paper.title}: {each.lacks}" for each in misses)]
    forms = wider(query, recent)
    if forms:
        lines.append(f"{'A wider form' if len(forms) == 1 else 'Wider forms'} would have brought some:")
        lines += [f"• {form.query.text}: {counted(len(form.papers), 'paper')}" for form in forms]
    buttons = [
        _button(f"{shorten(form.query.text, LABEL)} ({len(form.papers)})", form.query.text, press) for form in forms
    ]
    return Advice("\n".join(lines), tuple(buttons), "" if forms else WIDER)


def _company(said: str, query: Query, tried: Backtest, recent: Recent, others: Sequence[Query]) -> Advice:
    found = neighbours(query, tried.papers, recent, others)
    if not found:
        return Advice(said)
    first, *rest = found
    more = [
        f"{first.term} ({counted(first.adds, 'more paper')})",
        *(f"{each.term} ({each.adds:,} more)" for each in rest),
    ]
    buttons = [Button(f"+ {shorten(each.term, LABEL)} ({each.adds:,})", "subscribe", each.term) for each in found]
    return Advice(f"{said}\nOften in the same papers: {', '.join(more)}.", tuple(buttons))


def _button(label: str, query: str, press: Press) -> Button:
    command, text = press(query)
    return Button(label, command, text)

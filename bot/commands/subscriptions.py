"""/subscriptions: what a channel is subscribed to, and what each subscription brings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.advice.advise import LABEL
from bot.advice.backtest import DAYS, Recent
from bot.advice.match_counts import MatchCount
from bot.advice.rates import often
from bot.advice.silent import Hint
from bot.commands.channel_state import find_channel, repair_advice, state_lines
from bot.commands.desk import Desk
from bot.commands.pages import Page, page_of_entries
from bot.commands.paused import pause_button, paused_in_words
from bot.domain import Address, Paper, Subscription
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.errors import CommandError, Instead, QueryError
from bot.matching.verdicts import match
from bot.query import parse
from bot.query.stored import parsed
from bot.text.figures import counted, day_beside
from bot.text.numbers import numbers
from bot.text.rich import bold, code, rich, rich_lines
from bot.text.shorten import shorten

HINTS = 2
"""The most subscriptions that get a hint: each takes a moment to work out."""

NUMBER = re.compile(r"#?([0-9]{1,9})[.:]?")
"""A subscription's number, as lists show it and as people write it."""

PAGE = re.compile(r"(?:page\s*:?\s*)?([1-9][0-9]{0,2})", re.IGNORECASE)
"""A page's number."""

REPAIR = rich(code("/subscriptions"), " lists them with their numbers.")

ALL = {"all", "everything", "all of them"}
"""What people write for every subscription."""

LONGEST_COUNT = MatchCount()
LONGEST_HINT = Hint(f"“{'…' * (LABEL + 1)}” would have brought 1,000 papers")
"""What a subscription brings, and what would help, of which the entry is longest."""

LONGEST_TRIED = 200
"""Characters of a query up to which a button tries it: a platform has room for few buttons with long ones."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a channel's subscriptions.

    Attributes:
        heading: How many the channel has, and which of them are on the page.
        entries: The subscriptions.
        pages: Buttons to the other pages.
        wider: Buttons that try wider queries than those that bring nothing.
    """

    heading: str
    entries: tuple[Entry, ...] = ()
    pages: tuple[Button, ...] = ()
    wider: tuple[Button, ...] = ()


def subscriptions(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """List the channel's subscriptions, a page of them, and show its schedule and pauses."""
    channel, now = find_channel(desk, invocation), desk.now()
    number = PAGE.fullmatch(text)
    listed = desk.stores.subscriptions.of(invocation.channel)
    page = None if invocation.has_room else int(number[1]) if number else 1
    listing = list_subscriptions(listed, desk, page=page)
    return Reply(
        rich_lines(*state_lines(channel, now, desk.zone_of(invocation)), listing.heading),
        entries=listing.entries,
        advice=repair_advice(channel),
        buttons=(*listing.pages, *listing.wider),
    )


def list_subscriptions(
    listed: Sequence[Subscription], desk: Desk, *, page: int | None = 1, without: str = "yet"
) -> Listing:
    """A page of the subscriptions, or all if it is None; "no subscriptions yet", or ``without``, if there are none."""
    if not listed:
        return Listing(rich(f"This channel has no subscriptions {without}. ", desk.example().invitation))
    today = desk.now().date()
    shown = Page(listed, "", ())
    if page is not None:
        shown = page_of_entries(
            listed,
            page,
            lambda label, other: Button(label, "subscriptions", f"page:{other}"),
            longest=lambda one: subscription_entry(one, LONGEST_COUNT, LONGEST_HINT, today=today),
        )
    recent = desk.recent()
    counts = desk.counts.of([subscription.query for subscription in shown.items], recent)
    hints = hints_for(shown.items, counts, desk, recent)
    entries = [
        subscription_entry(one, counts[one.query], hints.get(one.number), today=today, has_papers=recent.count > 0)
        for one in shown.items
    ]
    tried = dict.fromkeys(hint.query for hint in hints.values() if 0 < len(hint.query) <= LONGEST_TRIED)
    return Listing(
        f"This channel has {counted(len(listed), 'subscription')}{shown.which}:",
        tuple(entries),
        shown.buttons,
        tuple(Button(f"Try {shorten(query, LABEL)}", "papers", f"try {query}") for query in tried),
    )


def subscription_choices(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """The channel's subscriptions whose number or query contains ``text``."""
    listed = desk.stores.subscriptions.of(invocation.channel)
    labels = {subscription.number: f"{subscription.number}. {subscription.query}" for subscription in listed}
    return [Choice(label, str(number)) for number, label in labels.items() if text.lower() in label.lower()]


def find_subscriptions(listed: Sequence[Subscription], text: str) -> list[Subscription]:
    """The subscriptions that ``text`` names: one by its query, or any by their numbers.

    Raises:
        CommandError: There are no such subscriptions, or it names all of them.
    """
    if not text:
        raise CommandError("Which subscription should I remove?", repair=REPAIR)
    if number := NUMBER.fullmatch(text):
        return [find_by_number(listed, int(number[1]))]
    ranges = numbers(text)
    if same := with_query(listed, text):
        return [same]
    if ranges:
        found = [subscription for numbered in ranges for subscription in find_within(listed, numbered)]
        return list(dict.fromkeys(found))
    if text.lower() in ALL and len(listed) == 1:
        return list(listed)
    if text.lower() in ALL and listed:
        raise CommandError(
            f"That would remove all of this channel's {counted(len(listed), 'subscription')}.",
            repair=rich("If you mean it: ", code(f"/unsubscribe {listed[0].number}-{listed[-1].number}")),
            instead=[Instead(f"Remove all {len(listed)}", "unsubscribe", f"{listed[0].number}-{listed[-1].number}")],
        )
    if near := difflib.get_close_matches(text.lower(), {one.query.lower() for one in listed}, n=1):
        [one, *_] = [one for one in listed if one.query.lower() == near[0]]
        raise CommandError(
            f"This channel has no subscription “{shorten(text, LABEL)}”.",
            repair=rich(f"Did you mean {one.number}. ", bold(shorten(one.query, LABEL)), "? ", REPAIR),
            instead=[Instead(f"Remove {shorten(one.query, LABEL)}", "unsubscribe", str(one.number))],
        )
    raise CommandError(f"This channel has no subscription “{shorten(text, LABEL)}”.", repair=REPAIR)


def with_query(listed: Sequence[Subscription], text: str) -> Subscription | None:
    """The subscription with that query, however it is written; None if there is no such one."""
    try:
        canonical = parse(text).canonical
    except QueryError:
        # Nothing is subscribed to what is not a query, so how to write one is no help.
        return None
    return next((one for one in listed if (query := parsed(one.query)) and query.canonical == canonical), None)


def find_within(listed: Sequence[Subscription], numbered: range) -> list[Subscription]:
    """The subscriptions with one of these numbers, some of which may be gone.

    Raises:
        CommandError: There is no such subscription.
    """
    if len(numbered) == 1:
        return [find_by_number(listed, numbered[0])]
    found = [subscription for subscription in listed if subscription.number in numbered]
    if not found:
        raise CommandError(f"This channel has no subscriptions {numbered[0]}–{numbered[-1]}.", repair=REPAIR)
    return found


def find_by_number(listed: Sequence[Subscription], number: int) -> Subscription:
    """The subscription with that number.

    Raises:
        CommandError: There is no such subscription.
    """
    for subscription in listed:
        if subscription.number == number:
            return subscription
    raise no_subscription(number)


def matching(desk: Desk, channel: Address, paper: Paper) -> list[Subscription]:
    """The channel's subscriptions that match the paper, paused ones too.

    Raises:
        StorageError: The database cannot be used.
    """
    known = desk.glossary.known
    return [one for one in desk.stores.subscriptions.of(channel) if match(one.query, paper, known)]


def no_subscription(number: int) -> CommandError:
    """The error for a number that the channel does not have."""
    return CommandError(f"This channel has no subscription {number}.", repair=REPAIR)


def subscription_entry(
    subscription: Subscription, count: MatchCount, hint: Hint | None = None, *, today: date, has_papers: bool = True
) -> Entry:
    """A subscription in a list, with what it brings, or what would help: "by ada, 10 March · no matches yet".

    Args:
        subscription: The subscription.
        count: What it brings.
        hint: What would help, if it brings nothing.
        today: The present UTC day, whose year is not named.
        has_papers: Whether there are papers from these days to try it on.
    """
    added = f"by {subscription.created_by}, {day_beside(subscription.created_at.date(), today)}"
    if count.last:
        about = "about " if count.is_estimate else ""
        matches = f"{about}{counted(count.papers, 'match', 'matches')} in {DAYS} days"
        found = f"{matches}{often(count.papers, DAYS)} · last match {day_beside(count.last, today)}"
    elif has_papers:
        found = f"no matches in {DAYS} days{f' · {hint.text}' if hint and hint.text else ''}"
    else:
        found = "no matches yet"
    detail = " · ".join(filter(None, [paused_in_words(subscription), added, found]))
    return Entry(rich(f"{subscription.number}. ", bold(subscription.query)), entry_buttons(subscription), detail)


def entry_buttons(subscription: Subscription) -> tuple[Button, ...]:
    """What can be done with a subscription in a list."""
    number = subscription.number
    return (
        Button("Edit", "papers", f"edit {number}"),
        pause_button(subscription),
        Button("Remove", "unsubscribe", str(number)),
    )


def hints_for(
    listed: Sequence[Subscription], counts: Mapping[str, MatchCount], desk: Desk, recent: Recent
) -> Mapping[int, Hint]:
    """Hints for the first `HINTS` subscriptions that bring nothing, by their numbers."""
    silent = [subscription for subscription in listed if recent.count and not counts[subscription.query].papers]
    found = desk.hints.of([subscription.query for subscription in silent[:HINTS]], recent)
    return {subscription.number: found[subscription.query] for subscription in silent[:HINTS]}

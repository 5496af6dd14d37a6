"""/papers pause and /papers resume for single subscriptions: nothing comes for them meanwhile, nor later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.advice.advise import LABEL
from bot.commands.channel_state import end_of_pause, find_channel
from bot.commands.desk import Desk
from bot.commands.paused import paused_in_words
from bot.commands.subscriptions import REPAIR, find_within, no_subscription, with_query
from bot.domain import WATCHED_FOR, Subscription
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError, Instead
from bot.text.ends import ends_named
from bot.text.figures import listed
from bot.text.numbers import numbers
from bot.text.rich import code, rich, rich_lines
from bot.text.shorten import shorten

NAMED = 5
"""The most subscriptions that a reply names, or has buttons for."""

SUBSCRIPTION = re.compile(r"(?:(?:the|my|our)\s+)?sub(?:scription)?s?\b[\s:]*(.*)", re.IGNORECASE | re.DOTALL)
"""What people write before a subscription's number or query."""

NUMBERED = re.compile(r"(?:#|no\b|nos\b|number).*", re.IGNORECASE | re.DOTALL)
"""How a number begins that cannot be one of days."""

WITH_END = re.compile(r"(.+?),?\s((?:for|until|till|til)\s.+|[0-9]+\s?[a-z]+)", re.IGNORECASE | re.DOTALL)
"""A subscription, and how long it is to be paused."""


def names_subscriptions(there: Sequence[Subscription], text: str) -> bool:
    """Whether ``text``, which is no length, is about subscriptions: it says so, or begins with the query of one."""
    if SUBSCRIPTION.fullmatch(text):
        return True
    parted = WITH_END.fullmatch(text)
    names = [text, *([parted[1]] if parted else [])]
    return any((NUMBERED.fullmatch(name) and numbers(name)) or with_query(there, name) for name in names)


def pause_subscriptions(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Pause the subscriptions that ``text`` names, until someone resumes them.

    Raises:
        CommandError: There are no such subscriptions, or ``text`` says how long.
    """
    now, store = desk.now(), desk.stores.subscriptions
    there = store.of(invocation.channel)
    parted = WITH_END.fullmatch(text)
    if parted and not with_query(there, text) and ends_named(parted[2], now, desk.zone_of(invocation)):
        raise _without_end(find(there, parted[1], "pause"))
    found = find(there, text, "pause")
    paused = [one for one in found if store.pause(invocation.channel, one.number, by=invocation.person, at=now)]
    bring, them = ("It brings", "it") if len(paused) == 1 else ("They bring", "them")
    fate = f"{bring} nothing until someone resumes {them}, and papers listed in the meantime won't come later."
    lines = [f"Paused {named(paused)}. {fate}"] if paused else []
    others = _others(desk, invocation, found, paused)
    lines += [f"{_capitalized(named([one]))}: already {paused_in_words(one)}." for one in others[:NAMED]]
    return Reply(
        rich_lines(*lines),
        buttons=(_undo("resume", paused),) if paused else resuming(others),
        announcement=f"{invocation.person} paused the {_quoted(paused)}." if paused else "",
    )


def resume_subscriptions(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Resume the subscriptions that ``text`` names.

    Raises:
        CommandError: There are no such subscriptions.
    """
    now, store = desk.now(), desk.stores.subscriptions
    found = find(store.of(invocation.channel), text, "resume")
    resumed = [one for one in found if store.resume(invocation.channel, one.number, since=counts_again_from(one, now))]
    lines = [f"Resumed {named(resumed)}. Papers listed today or later come again."] if resumed else []
    buttons = [_undo("pause", resumed)] if resumed else []
    others = _others(desk, invocation, found, resumed)
    lines += [f"{_capitalized(named([one]))} isn't paused." for one in others[:NAMED]]
    quiet = find_channel(desk, invocation).quiet
    if resumed and quiet and quiet.lasts(now):
        lines.append(rich("The channel itself is paused ", end_of_pause(quiet, desk.zone_of(invocation)), "."))
        buttons.append(Button("Resume the channel", "papers", "resume"))
    return Reply(
        rich_lines(*lines),
        buttons=tuple(buttons),
        announcement=f"{invocation.person} resumed the {_quoted(resumed)}." if resumed else "",
    )


def counts_again_from(subscription: Subscription, now: datetime) -> datetime:
    """From when on a paused subscription counts if it is resumed now."""
    is_from_today = subscription.paused_at is not None and subscription.paused_at.date() == now.date()
    # Within a day it has missed no list, so papers that are on their way to its votes still come.
    return max(subscription.since, now - WATCHED_FOR) if is_from_today else now


def find(there: Sequence[Subscription], text: str, word: str) -> list[Subscription]:
    """The subscriptions that ``text`` names: one by its query, or any by their numbers.

    Args:
        there: The channel's subscriptions.
        text: What people typed.
        word: What is to be done with them: ``pause`` or ``resume``.

    Raises:
        CommandError: There are no such subscriptions, or none is named.
    """
    said = SUBSCRIPTION.fullmatch(text)
    name = said[1].strip() if said else text
    if ranges := numbers(name):
        return list(dict.fromkeys(one for numbered in ranges for one in find_within(there, numbered)))
    if same := with_query(there, name) or with_query(there, text):
        return [same]
    possible = [one for one in there if one.is_paused is (word == "resume")]
    instead = [_instead(word, one) for one in possible[:NAMED]]
    if not name:
        raise CommandError(f"Which subscription should I {word}?", repair=REPAIR, instead=instead)
    whole = Instead(f"{word.capitalize()} the whole channel", "papers", word)
    raise CommandError(
        f"This channel has no subscription “{shorten(name, LABEL)}”.",
        repair=rich(REPAIR, " ", code(f"/papers {word}"), " alone is for the whole channel."),
        instead=[whole],
    )


def named(subscriptions: Sequence[Subscription]) -> str:
    """Subscriptions with their numbers: "subscription 2 (robots)", "subscriptions 2 (robots) and 5 (dance)"."""
    names = [f"{one.number} ({shorten(one.query, LABEL)})" for one in subscriptions]
    return f"{_noun(subscriptions)} {_some(names)}"


def resuming(paused: Sequence[Subscription]) -> tuple[Button, ...]:
    """A button for each of some paused subscriptions that resumes it."""
    return tuple(
        Button(f"Resume subscription {one.number}", "papers", f"resume subscription {one.number}")
        for one in paused[:NAMED]
    )


def choices(desk: Desk, invocation: Invocation, text: str, *, paused: bool) -> Sequence[Choice]:
    """The channel's subscriptions that are paused, or that are not, whose number or query contains ``text``."""
    labels = {
        one.number: f"subscription {one.number}: {one.query}"
        for one in desk.stores.subscriptions.of(invocation.channel)
        if one.is_paused is paused
    }
    return [
        Choice(label, f"subscription {number}") for number, label in labels.items() if text.lower() in label.lower()
    ]


def resumable(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """The channel's paused subscriptions, as completions."""
    return choices(desk, invocation, text, paused=True)


def _without_end(found: Sequence[Subscription]) -> CommandError:
    return CommandError(
        "A single subscription is paused until someone resumes it.",
        repair="Leave out how long, or pause the whole channel.",
        instead=[_instead("pause", one) for one in found[:NAMED]],
    )


def _others(
    desk: Desk, invocation: Invocation, found: Sequence[Subscription], changed: Sequence[Subscription]
) -> list[Subscription]:
    """Those that were as they should be, as they are now that somebody may have been faster.

    Raises:
        CommandError: Nothing was changed, and somebody has removed them all.
    """
    now = {one.number: one for one in desk.stores.subscriptions.of(invocation.channel)}
    others = [now[one.number] for one in found if one not in changed and one.number in now]
    if not changed and not others:
        raise no_subscription(found[0].number)
    return others


def _instead(word: str, subscription: Subscription) -> Instead:
    return Instead(
        f"{word.capitalize()} {shorten(subscription.query, LABEL)}", "papers", f"{word} {_numbers([subscription])}"
    )


def _undo(word: str, changed: Sequence[Subscription]) -> Button:
    return Button("Undo", "papers", f"{word} {_numbers(changed)}")


def _numbers(subscriptions: Sequence[Subscription]) -> str:
    return f"{_noun(subscriptions)} {', '.join(str(one.number) for one in subscriptions)}"


def _quoted(subscriptions: Sequence[Subscription]) -> str:
    return f"{_noun(subscriptions)} {_some([f'“{one.query}”' for one in subscriptions])}"


def _some(names: Sequence[str]) -> str:
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return listed([*names[:NAMED], *more])


def _noun(subscriptions: Sequence[Subscription]) -> str:
    return "subscription" if len(subscriptions) == 1 else "subscriptions"


def _capitalized(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"

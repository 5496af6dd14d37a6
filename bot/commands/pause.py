"""/papers pause and /papers resume: nothing is posted for a while.

Single subscriptions are paused in `bot.commands.pause_subscription`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.advice.backtest import DAYS
from bot.advice.rates import rate
from bot.commands.channel_state import end_of_pause, find_channel, repair_advice, schedule_line
from bot.commands.desk import Desk
from bot.commands.pause_subscription import (
    choices,
    named,
    names_subscriptions,
    pause_subscriptions,
    resume_subscriptions,
    resuming,
)
from bot.commands.subscriptions import ALL
from bot.delivery.retry_and_expiry import kept_for
from bot.domain import Channel, Quiet, Subscription
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError, Instead
from bot.matching.verdicts import queries_of
from bot.query import Query
from bot.query.tree import either
from bot.text.dates import days_named
from bot.text.durations import minutes_or_months
from bot.text.ends import UNTIL, ends_named
from bot.text.figures import counted, day, listed, moment
from bot.text.rich import code, rich

LONGEST = timedelta(days=365)

COMMON = {"12h": "12 hours", "1d": "a day", "3d": "three days", "1w": "a week", "2w": "two weeks"}
"""Lengths that are offered as completions."""

FOR_EVER = {"now", "for now", "forever", "for ever", "indefinitely", "until resumed", "until further notice"}
"""What people write for a pause without an end."""

OFF = {"off", "stop", "end", "no", "none", "cancel", "over", "resume", "unpause"}
"""What people write to end a pause."""

WHOLE_CHANNEL = {*ALL, "all subscriptions", "all papers", "channel", "the channel", "this channel", "here"}
"""What people write for the channel with all its subscriptions."""

WITHOUT_LENGTH = rich("Leave it out to pause until someone runs ", code("/papers resume"), ".")


def pause(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Pause the channel for a while, or until someone resumes it; or some of its subscriptions."""
    now, zone = desk.now(), desk.zone_of(invocation)
    has_end = bool(text) and text.lower() not in {*FOR_EVER, *WHOLE_CHANNEL}
    if has_end and not ends_named(text, now, zone):
        there = desk.stores.subscriptions.of(invocation.channel)
        if names_subscriptions(there, text):
            return pause_subscriptions(desk, invocation, text)
        if subscription := next((one for one in there if text == str(one.number)), None):
            raise number_or_length(subscription)
    until = parse_end(text, now, zone) if has_end else None
    before = find_channel(desk, invocation)
    quiet = Quiet(now, until, invocation.person)
    has_changed = desk.stores.channels.quieten(invocation.channel, quiet)
    return Reply(
        rich("Paused ", end_of_pause(quiet, zone), f". {what_waits(desk, before, quiet)}"),
        # Whoever asks for the same pause again wants it, so undoing it ends it.
        buttons=(Button("Undo", "papers", undo_command(before.quiet, now) if has_changed else "resume"),),
        announcement=rich(f"{invocation.person} paused papers here ", end_of_pause(quiet, zone), ".")
        if has_changed
        else "",
    )


def what_waits(desk: Desk, channel: Channel, quiet: Quiet) -> str:
    """What becomes of papers that match in a pause, and about how many these are."""
    kept = kept_for(in_digest=bool(channel.schedule))
    length = quiet.until - quiet.since if quiet.until else None
    is_dropped = length is None or length > kept
    posted = "Papers that match in the meantime are posted afterwards"
    fate = f"{posted}; any that wait longer than {kept.days} days are dropped." if is_dropped else f"{posted}."
    recent = desk.recent()
    queries = queries_of(one for one in desk.stores.subscriptions.of(channel.address) if not one.is_paused)
    papers = recent.run(_any_of(queries)).count if queries else 0
    if not papers:
        return fate
    if length is None:
        return f"{fate} The last {DAYS} days brought {counted(papers, 'paper')}, {rate(papers, DAYS)}."
    matching = round(papers * (length / timedelta(days=DAYS)))
    waiting = round(papers * (min(length, kept) / timedelta(days=DAYS)))
    if not waiting:
        return f"{fate} Going by the last {DAYS} days, probably none will wait."
    dropped = f", and {matching - waiting:,} will be dropped" if matching > waiting else ""
    return f"{fate} Going by the last {DAYS} days, about {counted(waiting, 'paper')} will wait{dropped}."


def _any_of(queries: Sequence[Query]) -> Query:
    tree = either(query.tree for query in queries)
    return Query(str(tree), tree)


def resume(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """End the channel's pause, whether people or the platform caused it; or that of some of its subscriptions."""
    if text and text.lower() not in {*FOR_EVER, *WHOLE_CHANNEL}:
        return resume_subscriptions(desk, invocation, text)
    now = desk.now()
    before = find_channel(desk, invocation)
    # Of several people who press at once, one wakes the channel up.
    woke_up = desk.stores.channels.wake_up(invocation.channel, now)
    was_quiet = woke_up and before.quiet is not None and before.quiet.lasts(now)
    # Someone who resumes a channel that its platform had closed has usually just fixed that.
    desk.stores.channels.resume(invocation.channel)
    sentences = ["Resumed."] if was_quiet else [] if before.pause else ["This channel isn't paused."]
    if before.pause:
        sentences.append(f"I couldn't post here because {before.pause.reason}. I'm trying again now.")
    sentences.append(schedule_line(find_channel(desk, invocation), now))
    paused = [one for one in desk.stores.subscriptions.of(invocation.channel) if one.is_paused]
    if paused:
        sentences.append(f"Still paused: {named(paused)}.")
    undo = Button("Undo", "papers", undo_command(before.quiet, now))
    return Reply(
        " ".join(sentences),
        advice=repair_advice(before),
        buttons=(*((undo,) if was_quiet else ()), *resuming(paused)),
        announcement=f"{invocation.person} resumed papers here." if was_quiet else "",
    )


def length_choices(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """Lengths of a pause that begin with ``text``, the ends that it already means, and what may be paused alone."""
    common = [
        Choice(f"{length} ({name})", length) for length, name in COMMON.items() if length.startswith(text.lower())
    ]
    zone = desk.zone_of(invocation)
    ends = ends_named(text, desk.now(), zone) if not common else ()
    meant = [Choice(f"{text.strip()} (until {moment(end, zone)})", text.strip()) for end in ends[:1]]
    return [*common, *meant, *choices(desk, invocation, text, paused=False)]


def number_or_length(subscription: Subscription) -> CommandError:
    """The question whether a number alone is that of the subscription, or of hours or days."""
    number = subscription.number
    lengths = [counted(number, unit) for unit in ("hour", "day")]
    return CommandError(
        f"Do you mean {listed([named([subscription]), *lengths], 'or')}?",
        repair=WITHOUT_LENGTH,
        instead=[
            Instead(f"Subscription {number}", "papers", f"pause subscription {number}"),
            *(Instead(length, "papers", f"pause {length}") for length in lengths),
        ],
    )


def undo_command(before: Quiet | None, now: datetime) -> str:
    """What follows ``/papers`` to restore the pause, or the lack of one, from before."""
    if before is None or not before.lasts(now):
        return "resume"
    if before.until is None:
        return "pause"
    minutes = -((now - before.until) // timedelta(minutes=1))
    hours, rest = divmod(minutes, 60)
    return f"pause {counted(minutes, 'minute').replace(',', '')}" if rest else f"pause {hours}h"


def parse_end(text: str, now: datetime, zone: str) -> datetime:
    """Read when a pause ends, as people write it: ``3d``, ``2 weeks``, ``until monday``.

    Raises:
        CommandError: ``text`` says no end, may be two, or is further away than `LONGEST`.
    """
    ends = ends_named(text, now, zone)
    if number := minutes_or_months(text):
        units = [counted(number, unit) for unit in ("minute", "month")]
        raise CommandError(
            f"Do you mean {listed(units, 'or')}?",
            repair=WITHOUT_LENGTH,
            instead=[Instead(unit, "papers", f"pause {unit}") for unit in units],
        )
    if text.lower() in OFF:
        raise CommandError(
            rich("To end a pause, use ", code("/papers resume"), "."),
            repair="To pause, say how long: for example 12h, 3d or until monday.",
            instead=[Instead("Resume", "papers", "resume")],
        )
    today = now.astimezone(ZoneInfo(zone)).date()
    gone = [one for one in days_named(UNTIL.sub("", text.lower()), today) if one < today]
    if gone and not ends:
        raise CommandError(f"{day(gone[0])} has passed.", repair=rich("Give a later day. ", WITHOUT_LENGTH))
    if not ends:
        raise CommandError("How long? For example 12h, 3d or 2w.", repair=rich("Or until monday. ", WITHOUT_LENGTH))
    if len(ends) > 1:
        days = [end.astimezone(ZoneInfo(zone)).date() for end in ends]
        raise CommandError(
            f"“{text}” can mean {listed([day(one) for one in days], 'or')}.",
            repair="Write the month as a word.",
            instead=[Instead(f"Until {day(one)}", "papers", f"pause until {one}") for one in days],
        )
    if ends[0] - now > LONGEST:
        raise CommandError(f"A pause can last at most {counted(LONGEST.days, 'day')}.", repair=WITHOUT_LENGTH)
    return ends[0]

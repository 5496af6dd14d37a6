"""Why a paper came to a channel, or did not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.commands.abstract import named
from bot.commands.channel_state import channel_of, ending, repair_of
from bot.commands.desk import Desk
from bot.delivery.digest_schedules import Schedule
from bot.domain import WATCHED_FOR, Channel, Fate, Match, Paper, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Entry, Link, Reply
from bot.errors import CommandError
from bot.matching.verdicts import match, may_come, miss
from bot.text.figures import day, moment


def why(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Say what became of a paper in this channel, and what each of its subscriptions finds in it."""
    paper = named(desk, text)
    channel = channel_of(desk, invocation)
    subscriptions = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    fate = desk.stores.outbox.fate(invocation.channel, paper.id)
    found = [(each, match(each.query, paper, desk.glossary.acronyms)) for each in subscriptions]
    if fate is None:
        matching = any(theirs for each, theirs in found if counts_for(each, paper))
        said = never_sent(
            paper,
            matching=matching,
            too_late=any(theirs for _, theirs in found),
            followed=any(is_followed(desk, each, paper) for each in subscriptions),
        )
    else:
        said = became(fate, channel, desk)
    advice = "" if subscriptions else f"This channel has no subscriptions. {desk.example().invitation}"
    held_up = fate is not None and fate.state == "due" and channel.pause
    return Reply(
        f"{paper.title}\n{said}",
        entries=tuple(Entry(in_line(desk, each, paper, theirs)) for each, theirs in found),
        advice=repair_of(channel) if held_up else advice,
        links=(Link("Open the message", fate.link),) if fate and fate.link else (),
    )


def never_sent(paper: Paper, *, matching: bool, too_late: bool, followed: bool) -> str:
    """Why the paper was never on its way, in a sentence."""
    if matching:
        return "It matches, and will be on its way in a moment."
    if too_late:
        return f"It was not sent here: it stood on the list of {day(paper.list_day)}, before this was subscribed to."
    if followed:
        return f"It was not sent here yet, but it may still come until {day(paper.list_day + WATCHED_FOR)}."
    return "It was not sent here: no subscription of this channel finds it."


def became(fate: Fate, channel: Channel, desk: Desk) -> str:
    """What became of the paper, in a sentence or two."""
    match fate.state:
        case "delivered":
            return f"It was sent here on {moment(fate.settled_at or fate.enqueued_at)}."
        case "failed":
            return f"It could not be sent here: {fate.reason}."
        case "expired":
            return "It matched, but waited for too long while nothing could be posted here, and was dropped."
        case "claimed":
            return "It is being sent here right now."
    trouble = f" The last attempt failed: {fate.reason}." if fate.reason and not channel.pause else ""
    return f"{waiting(fate, channel, desk)}{trouble}"


def waiting(fate: Fate, channel: Channel, desk: Desk) -> str:
    """What the paper waits for."""
    now = desk.now()
    if channel.pause:
        since = moment(channel.pause.since)
        return f"It matches, but I have not been able to post here since {since}: {channel.pause.reason}."
    quiet = channel.quiet if channel.quiet and channel.quiet.lasts(now) else None
    due = channel.digest_due
    if quiet:
        then = " Then it comes with the next digest." if due else ""
        return f"It waits, because {quiet.by} paused this channel {ending(quiet)}.{then}"
    if due and due > now:
        return f"It waits for the digest of {due.astimezone(ZoneInfo(zone_of(channel))):%A}, {when_due(channel)}."
    return f"It has been waiting to be sent since {moment(fate.enqueued_at)}."


def when_due(channel: Channel) -> str:
    """When the channel's next digest comes, by its own clock."""
    return moment(channel.digest_due, zone_of(channel)) if channel.digest_due else ""


def zone_of(channel: Channel) -> str:
    """The time zone of the channel's digests; UTC when that is no longer known."""
    try:
        schedule = Schedule.parse(channel.schedule)
    except CommandError:
        return "UTC"
    return schedule.zone if schedule else "UTC"


def counts_for(subscription: Subscription, paper: Paper) -> bool:
    """Whether the subscription had its query on the paper's list day."""
    return subscription.since.date() <= paper.list_day


def is_followed(desk: Desk, subscription: Subscription, paper: Paper) -> bool:
    """Whether the paper comes if it is voted up, and its votes are still followed."""
    is_recent = desk.now().date() <= paper.list_day + WATCHED_FOR
    return is_recent and counts_for(subscription, paper) and may_come(subscription.query, paper, desk.glossary.acronyms)


def in_line(desk: Desk, subscription: Subscription, paper: Paper, found: Match | None) -> str:
    """What the subscription finds in the paper: where each word stands, or the nearest miss."""
    lead = f"{subscription.number}. {subscription.query}:"
    if found is None:
        lacks = miss(subscription.query, paper, desk.glossary.acronyms)
        if is_followed(desk, subscription, paper):
            return f"{lead} not yet, {lacks}, followed until {day(paper.list_day + WATCHED_FOR)}"
        return f"{lead} no, {lacks}"
    where = "; ".join(
        f"{each.field}: {each.before}“{each.words}”{each.after}" if each.before or each.after else f"{each.words}"
        for each in found.evidence
    )
    late = ""
    if not counts_for(subscription, paper):
        made = "made" if subscription.created_at.date() > paper.list_day else "changed or brought here"
        late = f" (but {made} after its list, that of {day(paper.list_day)})"
    return f"{lead} yes{late}{f', {where}' if where else ''}"

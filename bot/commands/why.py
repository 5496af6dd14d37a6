"""/papers why: why a paper was posted here, or was not."""

from __future__ import annotations

from datetime import date, datetime

from bot.commands.abstract import find_paper
from bot.commands.channel_state import end_of_pause, find_channel, readable_schedule, repair_advice
from bot.commands.desk import Desk
from bot.commands.paused import paused_in_words
from bot.domain import WATCHED_FOR, Channel, Evidence, Fate, Match, Paper, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Entry, Link, Reply
from bot.matching.verdicts import listed_for, match, may_come, miss, was_listed_since
from bot.query.fields import FIELD
from bot.text.figures import day
from bot.text.rich import Rich, bold, joined, linked, moment_in, rich, rich_lines

ONLY_PAUSED = " Only a paused subscription matches it: unless that is resumed by then, it won't be posted."


def why(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Explain what became of a paper in this channel, and what each subscription finds in it."""
    paper = find_paper(desk, text)
    channel = find_channel(desk, invocation)
    subscriptions = desk.stores.subscriptions.of(invocation.channel)
    fate = desk.stores.outbox.fate(invocation.channel, paper.id)
    known = desk.glossary.known
    verdicts = [(subscription, match(subscription.query, paper, known)) for subscription in subscriptions]
    matching = [subscription for subscription, found in verdicts if found and not subscription.is_paused]
    only_paused = not matching and any(found for _, found in verdicts)
    explanation: str
    if fate is None and desk.stores.papers.get(paper.id) is None:
        explanation = "It isn't on any daily list that I keep, so none has brought it here."
    elif fate is None and paper.is_withdrawn:
        explanation = "Its authors have withdrawn it, so it wasn't posted."
    elif fate is None:
        explanation = why_not_posted(
            paper,
            matching=any(was_subscribed(subscription, paper) for subscription in matching),
            too_late=listed_for(matching[0].query, paper) if matching else None,
            followed=any(is_followed(desk, subscription, paper) for subscription in subscriptions),
            only_paused=only_paused,
        )
    else:
        explanation = explain_fate(fate, channel, now=desk.now(), zone=desk.zone_of(invocation))
        if fate.state == "due" and only_paused:
            explanation = rich(explanation, ONLY_PAUSED)
    advice = rich("This channel has no subscriptions. ", desk.example().invitation) if not subscriptions else ""
    # How to fix the channel matters only to a paper that waits for it.
    held_up = fate is not None and fate.state == "due" and channel.pause
    return Reply(
        rich_lines(linked(paper.title, paper.url), explanation),
        entries=tuple(verdict_entry(desk, subscription, paper, found) for subscription, found in verdicts),
        advice=repair_advice(channel) if held_up else advice,
        links=(Link("Open the message", fate.link),) if fate and fate.link else (),
    )


def why_not_posted(paper: Paper, *, matching: bool, too_late: date | None, followed: bool, only_paused: bool) -> str:
    """Why the paper was never enqueued for the channel, in a sentence."""
    if matching:
        return "It matches, and will be posted in a moment."
    if too_late:
        return f"It wasn't posted here: it was listed on {day(too_late)}, before this channel subscribed to it."
    if followed:
        return f"It hasn't been posted here yet, but it may still come until {day(paper.last_listed + WATCHED_FOR)}."
    if only_paused:
        return "It wasn't posted here: only a paused subscription matches it."
    return "It wasn't posted here: none of this channel's subscriptions matches it."


def explain_fate(fate: Fate, channel: Channel, *, now: datetime, zone: str) -> Rich:
    """What became of the paper, in a sentence or two; moments are in that time zone."""
    match fate.state:
        case "delivered":
            posted = "It's behind the button of the digest that was posted" if fate.in_rest else "It was posted"
            return rich(f"{posted} here on ", moment_in(fate.settled_at or fate.enqueued_at, zone), ".")
        case "failed":
            gave_up = (" I gave up on ", moment_in(fate.settled_at, zone), ".") if fate.settled_at else ()
            return rich(f"It couldn't be posted here: {fate.reason}.", *gave_up)
        case "expired":
            when = (" on ", moment_in(fate.settled_at, zone)) if fate.settled_at else ()
            return rich("It matched, but was dropped", *when, " because nothing could be posted here for too long.")
        case "claimed" if fate.next_try is None:
            after = f", after it failed {times(fate.attempts)}: {fate.reason.rstrip('.')}" if fate.attempts else ""
            return rich(f"It is being posted here right now{after}.")
        case "claimed":
            # Such a message may have arrived, whatever was answered.
            asking = f", after asking {channel.address.platform.capitalize()} whether it's already there."
            return rich(trouble(fate), " ", next_try(fate, now, zone), asking)
    # In a paused channel, the reason of the last failure is the reason of the pause.
    if not fate.reason or channel.pause:
        return explain_wait(fate, channel, now, zone)
    is_quiet = channel.quiet is not None and channel.quiet.lasts(now)
    again = () if is_quiet else (" ", next_try(fate, now, zone), ".")
    return rich(explain_wait(fate, channel, now, zone), " ", trouble(fate), *again)


def trouble(fate: Fate) -> str:
    """What went wrong so far, as a sentence."""
    return f"Posting it has failed {times(fate.attempts)}: {fate.reason.rstrip('.')}."


def times(number: int) -> str:
    """How often: "once", "twice", "3 times"."""
    return {0: "before", 1: "once", 2: "twice"}.get(number, f"{number} times")


def next_try(fate: Fate, now: datetime, zone: str) -> Rich:
    """When it is tried again, as the beginning of a sentence."""
    if fate.next_try and fate.next_try > now:
        return rich("I'll try again on ", moment_in(fate.next_try, zone))
    return rich("I'm trying again now")


def explain_wait(fate: Fate, channel: Channel, now: datetime, zone: str) -> Rich:
    """What the paper is waiting for, in a sentence or two."""
    if channel.pause:
        since = moment_in(channel.pause.since, zone)
        return rich("It matches, but I haven't been able to post here since ", since, f": {channel.pause.reason}.")
    quiet = channel.quiet if channel.quiet and channel.quiet.lasts(now) else None
    due = channel.digest_due
    if quiet:
        then = " It will come with the next digest after that." if due else ""
        return rich(f"It's waiting because {quiet.by} paused this channel ", end_of_pause(quiet, zone), f".{then}")
    if due and due > now:
        schedule = readable_schedule(channel)
        return rich("It's waiting for the digest on ", moment_in(due, schedule.zone if schedule else zone), ".")
    return rich("It has been waiting to be posted since ", moment_in(fate.enqueued_at, zone), ".")


def was_subscribed(subscription: Subscription, paper: Paper) -> bool:
    """Whether the subscription already had its query on the day on which the paper was listed."""
    return was_listed_since(subscription.query, paper, subscription.since)


def is_followed(desk: Desk, subscription: Subscription, paper: Paper) -> bool:
    """Whether the paper would match with more votes, comments or stars, and can still get them in time."""
    is_recent = desk.now().date() <= paper.last_listed + WATCHED_FOR
    return (
        is_recent
        and not subscription.is_paused
        and was_subscribed(subscription, paper)
        and may_come(subscription.query, paper, desk.glossary.known)
    )


def verdict_entry(desk: Desk, subscription: Subscription, paper: Paper, found: Match | None) -> Entry:
    """What the subscription finds in the paper: the matched words and where they are, or what is missing."""
    lead = rich(f"{subscription.number}. ", bold(subscription.query))
    if found is None:
        lacks = miss(subscription.query, paper, desk.glossary.known)
        if is_followed(desk, subscription, paper):
            watched = f"I'm watching it until {day(paper.last_listed + WATCHED_FOR)}"
            return Entry(rich(lead, ": no match yet"), detail=f"{_sentence(lacks)}; {watched}.")
        return Entry(rich(lead, ": no match"), detail=f"{_sentence(lacks)}.")
    detail = joined(" · ", [where(evidence) for evidence in found.evidence])
    if subscription.is_paused:
        return Entry(rich(lead, f": matches, but {paused_in_words(subscription)}"), detail=detail)
    if was_subscribed(subscription, paper):
        return Entry(rich(lead, ": matches"), detail=detail)
    # A changed, resumed, imported or moved subscription keeps the day it was created, but counts from a later one.
    listed = listed_for(subscription.query, paper) or paper.list_day
    was_added = subscription.created_at.date() > listed
    event = "you subscribed" if was_added else "this subscription was changed, resumed or moved here"
    return Entry(rich(lead, f": matches, but {event} after it was listed ({day(listed)})"), detail=detail)


def where(evidence: Evidence) -> Rich:
    """What matched, and where: “Learn to Dance” in the title."""
    field, words = FIELD.get(evidence.field), bold(evidence.words)
    if field is None:  # a count or a fact, such as "has:code", which is its own evidence
        return words
    quoted = rich(evidence.before, words, evidence.after)
    near = f", close to “{evidence.near.subject}” ({evidence.near})" if evidence.near else ""
    return rich(f"{field.described} ", quoted) if field.is_name else rich("“", quoted, f"” {field.described}{near}")


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}"

"""/papers follow: a channel's subscription, in one's own direct messages too."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.advise import LABEL
from bot.commands.abstract import find_paper
from bot.commands.change import backtest_in_words
from bot.commands.channel_state import readable_schedule, repair_advice, state_lines
from bot.commands.desk import Desk
from bot.commands.subscriptions import NUMBER, find_by_number, matching
from bot.domain import Address, Channel, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.errors import AlreadySubscribed, CommandError, TooManySubscriptions
from bot.matching.verdicts import queries_of
from bot.query import Query
from bot.query.stored import parsed
from bot.text.figures import counted
from bot.text.rich import bold, code, rich, rich_lines
from bot.text.shorten import shorten

STOP = "stop"
"""What stands before the number of a subscription that is to end."""

CHOICES = 10
"""The most subscriptions that are offered with a button."""

USE_DIRECT = rich("Send me a direct message, and use ", code("/subscribe"), " there.")

LISTED = rich(code("/subscriptions"), ", in a direct message to me, lists what you follow.")


def follow(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Subscribe the person's direct messages to what brought a paper here, or end such a subscription."""
    direct = direct_messages(invocation)
    word, _, rest = text.partition(" ")
    if word.lower() == STOP:
        return unfollow(desk, direct, rest.strip())
    if direct == invocation.channel:
        raise CommandError(
            "These are your direct messages already.", repair=rich("To follow more here: ", code("/subscribe QUERY"))
        )
    wanted = named(desk, invocation, text)
    known = {query.canonical for query in queries_of(desk.stores.subscriptions.of(direct))}
    queries = [(subscription, query) for subscription in wanted if (query := parsed(subscription.query))]
    new = [(subscription, query) for subscription, query in queries if query.canonical not in known]
    if not new:
        raise CommandError("You follow that in your direct messages already.", repair=LISTED)
    if len(new) > 1:
        return which([subscription for subscription, _ in new])
    return subscribe_directly(desk, invocation, direct, new[0][1])


def direct_messages(invocation: Invocation) -> Address:
    """The person's direct messages.

    Raises:
        CommandError: There are none.
    """
    if invocation.direct is None:
        raise CommandError("I can't send you direct messages from here.", repair=USE_DIRECT)
    return invocation.direct


def named(desk: Desk, invocation: Invocation, text: str) -> Sequence[Subscription]:
    """The channel's subscriptions that ``text`` names: one by its number, or those that match a paper.

    Raises:
        CommandError: There are none.
    """
    if number := NUMBER.fullmatch(text):
        return [find_by_number(desk.stores.subscriptions.of(invocation.channel), int(number[1]))]
    found = matching(desk, invocation.channel, find_paper(desk, text))
    if not found:
        raise CommandError(
            "None of this channel's subscriptions matches this paper.",
            repair=USE_DIRECT,
        )
    return found


def which(subscriptions: Sequence[Subscription]) -> Reply:
    """Ask which of several subscriptions is meant."""
    offered = [
        Entry(
            rich(f"{subscription.number}. ", bold(subscription.query)),
            (Button(f"Follow {shorten(subscription.query, LABEL)}", "papers", f"follow {subscription.number}"),),
        )
        for subscription in subscriptions[:CHOICES]
    ]
    shown = rich("Or any other by its number, as ", code("/subscriptions"), " shows them: ", code("/papers follow 12"))
    return Reply(
        "Which of these should come to your direct messages?",
        entries=tuple(offered),
        advice=shown if len(subscriptions) > CHOICES else "",
    )


def subscribe_directly(desk: Desk, invocation: Invocation, direct: Address, query: Query) -> Reply:
    """Subscribe the person's direct messages to a query.

    Raises:
        CommandError: They are subscribed to it already, or to too many others.
    """
    try:
        added = desk.stores.subscriptions.add(
            direct,
            query.text,
            canonical=query.canonical,
            by=invocation.person,
            by_id=invocation.person_id,
            at=desk.now(),
            limit=desk.max_subscriptions,
        )
    except AlreadySubscribed:  # the same button, pressed twice at once
        raise CommandError("You follow that in your direct messages already.", repair=LISTED) from None
    except TooManySubscriptions:
        raise CommandError(
            f"You already follow {counted(desk.max_subscriptions, 'query', 'queries')} in your direct messages,"
            " which is the limit.",
            repair=rich("Send me a direct message, and remove one there with ", code("/unsubscribe"), "."),
        ) from None
    channel = desk.stores.channels.get(direct) or Channel(direct)
    schedule = readable_schedule(channel)
    how = f"as a digest {schedule.in_words()}" if schedule else "as soon as they are found"
    pauses = state_lines(channel, desk.now(), desk.zone_of(invocation))[1:]
    return Reply(
        rich_lines(
            f"You now follow {desk.recent().described(query)}.",
            f"New ones come to you as direct messages, {how}.",
            *pauses,
            backtest_in_words(desk, query),
        ),
        advice=repair_advice(channel),
        buttons=(Button("Undo", "papers", f"follow {STOP} {added.number}"),),
    )


def unfollow(desk: Desk, direct: Address, text: str) -> Reply:
    """End a subscription of the person's direct messages.

    Raises:
        CommandError: ``text`` is not the number of one.
    """
    number = NUMBER.fullmatch(text)
    own = desk.stores.subscriptions.of(direct)
    ended = next((one for one in own if number and one.number == int(number[1])), None)
    if ended is None or not desk.stores.subscriptions.remove(direct, ended.number):
        raise CommandError(f"You follow nothing with the number “{shorten(text, LABEL)}”.", repair=LISTED)
    return Reply(rich("You no longer follow ", bold(ended.query), " in your direct messages."))

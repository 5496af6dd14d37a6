"""/subscribe and /unsubscribe, and /papers try, which only shows what a subscription would bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.advice.advise import advise
from bot.advice.backtest import Recent
from bot.advice.term_offers import Liking, no_liking
from bot.commands.channel_state import find_channel
from bot.commands.desk import Desk
from bot.commands.digest import DAILY
from bot.commands.limits import refusals_in_chat
from bot.commands.subscriptions import find_subscriptions, list_subscriptions, no_subscription
from bot.commands.understanding import understand
from bot.commands.unread_lists import unread_lists
from bot.domain import Address, Paper, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.matching.meaning.liking import likings
from bot.matching.verdicts import is_match, queries_of
from bot.query import Query
from bot.query.stored import parsed
from bot.text.figures import counted, listed
from bot.text.rich import bold, rich, rich_lines

UNDONE = 3
"""The most removals with a button that undoes them."""

NAMED = 5
"""The most removed subscriptions that an announcement names."""


def subscribe(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Subscribe the channel to a query."""
    understood = understand(text, desk.recent, lambda other: ("subscribe", other))
    query, now = understood.query, desk.now()
    with refusals_in_chat(query.text):
        added = desk.stores.subscriptions.add(
            invocation.channel,
            query.text,
            canonical=query.canonical,
            by=invocation.person,
            by_id=invocation.person_id,
            at=now,
            limit=desk.max_subscriptions,
        )
    subscriptions = desk.stores.subscriptions.of(invocation.channel)
    others = [one for one in subscriptions if one.number != added.number and not one.is_paused]
    has_digest = bool(find_channel(desk, invocation).schedule)
    recent = desk.recent()

    # The buttons change the subscription that was just added; another one would bring the same papers again.
    def change(form: str) -> tuple[str, str]:
        return "papers", f"change {added.number} {form}"

    advice = advise(
        query,
        recent,
        change,
        others=queries_of(others),
        is_digest=has_digest,
        liking=liking_in(desk, invocation.channel),
    )
    known = covered_by(query, others, recent)
    covered = (
        rich(f"Subscription {known.number} (", bold(known.query), ") brings all of these already.") if known else ""
    )
    in_words = recent.described(query)
    unread = unread_lists(query, desk.arxiv_categories)
    undo = Button("Undo", "unsubscribe", str(added.number))
    return Reply(
        rich_lines(f"Subscribed to {in_words}.", understood.doubt, unread, advice.text, covered),
        buttons=(undo, *understood.buttons(change), *(() if has_digest else (DAILY,)), *advice.buttons),
        entries=advice.entries,
        advice=advice.todo,
        announcement=f"{invocation.person} subscribed this channel to {in_words}.",
    )


def liking_in(desk: Desk, channel: Address) -> Liking:
    """How much papers are to the liking of a channel's readers, by what they pressed."""
    opinions = desk.stores.opinions.of(channel)
    queries = {opinion.query for opinion in opinions}

    def liking(papers: Iterable[Paper]) -> Mapping[str, float]:
        return likings({paper.id: queries for paper in papers}, opinions, desk.meaning)

    return liking if opinions else no_liking


def covered_by(query: Query, others: Sequence[Subscription], recent: Recent) -> Subscription | None:
    """The first other subscription that would have brought every paper of ``query``; None if there is no such one."""
    found = recent.run(query).found
    for subscription in others if found else ():
        other = parsed(subscription.query)
        if other and all(is_match(other, one, recent.known) for one in found):
            return subscription
    return None


def unsubscribe(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Remove subscriptions of the channel: one, named by its query, or those with these numbers."""
    present = desk.stores.subscriptions.of(invocation.channel)
    named = find_subscriptions(present, text)
    removed = [one for one in named if desk.stores.subscriptions.remove(invocation.channel, one.number)]
    if not removed:  # somebody else was faster
        raise no_subscription(named[0].number)
    page = None if invocation.has_room else 1
    left = list_subscriptions([one for one in present if one not in named], desk, page=page, without="left")
    if len(removed) == 1:
        what = rich("Unsubscribed from ", bold(removed[0].query), ".")
        undo = [subscribe_again(removed[0], "Undo")]
    else:
        lines = [rich(f"• {one.number}. ", bold(one.query)) for one in removed]
        what = rich_lines(f"Removed {counted(len(removed), 'subscription')}:", *lines)
        undo = [subscribe_again(one, f"Undo {one.number}") for one in removed[:UNDONE]]
    names = [f"“{subscription.query}”" for subscription in removed[:NAMED]]
    more = [f"{len(removed) - NAMED} more"] if len(removed) > NAMED else []
    noun = "subscription" if len(removed) == 1 else "subscriptions"
    return Reply(
        rich_lines(what, left.heading),
        entries=left.entries,
        buttons=(*undo, *left.pages),
        announcement=f"{invocation.person} removed the {noun} {listed([*names, *more])}.",
    )


def subscribe_again(removed: Subscription, undo: str) -> Button:
    """The button that subscribes to a removed query again, labelled ``undo`` unless that would end a pause."""
    label = f"Subscribe to {removed.number} again" if removed.is_paused else undo
    return Button(label, "subscribe", removed.query)


def try_(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show what a query means and what it would have brought, without subscribing."""
    understood = understand(text, desk.recent, trying)
    query = understood.query
    recent = desk.recent()
    advice = advise(query, recent, trying)
    in_words = recent.described(query)
    # Not capitalize(), which would lower the rest: "RLHF" must stay in capitals.
    meaning = f"{in_words[:1].upper()}{in_words[1:]}."
    return Reply(
        rich_lines(meaning, understood.doubt, unread_lists(query, desk.arxiv_categories), advice.text),
        buttons=(Button("Subscribe", "subscribe", query.text), *understood.buttons(trying), *advice.buttons),
        advice=advice.todo,
    )


def trying(form: str) -> tuple[str, str]:
    """The command that tries another query."""
    return "papers", f"try {form}"

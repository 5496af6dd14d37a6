"""Why a channel's subscriptions were not changed, in words: too many of them, or the same one twice."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from bot.errors import (
    AlreadySubscribed,
    CommandError,
    Instead,
    NoSubscription,
    SameChannel,
    TooManySubscriptions,
)
from bot.text.rich import bold, code, rich

LIST = rich(code("/subscriptions"), " lists what this channel is subscribed to.")


@contextlib.contextmanager
def refusals_in_chat(query: str, *, changing: int | None = None) -> Iterator[None]:
    """Turn a store's refusal of a new or changed subscription into an error for the person who asked for it.

    Args:
        query: The query that they asked for.
        changing: The number of the subscription that they want to change; None for a new one.

    Raises:
        CommandError: The store refused.
    """
    try:
        yield
    except AlreadySubscribed as refused:
        if refused.number == changing:  # it only differs in spelling, such as in its case or spaces
            message = rich(f"Subscription {changing} already follows ", bold(query), ", so nothing was changed.")
        else:
            message = rich("This channel is already subscribed to ", bold(query), f" (number {refused.number}).")
        resume = f"resume subscription {refused.number}"
        if refused.is_paused:
            raise CommandError(
                rich(message, " That subscription is paused."),
                repair=rich("To end its pause: ", code(f"/papers {resume}")),
                instead=[Instead("Resume", "papers", resume)],
            ) from None
        raise CommandError(message, repair=LIST) from None
    except TooManySubscriptions as refused:
        raise CommandError(
            f"This channel already has {refused.count - 1} subscriptions, which is the limit.",
            repair=rich("Remove one with ", code("/unsubscribe"), ", or combine several queries with commas."),
        ) from None
    except NoSubscription:
        raise CommandError(f"This channel has no subscription {changing}.", repair=LIST) from None


@contextlib.contextmanager
def refusals_for_host() -> Iterator[None]:
    """Turn a store's refusal of an import or a move into an error for whoever runs the bot.

    Raises:
        CommandError: The store refused.
    """
    try:
        yield
    except TooManySubscriptions as refused:
        raise CommandError(
            f"{refused}. Nothing was changed.",
            repair="Raise commands.max_subscriptions, combine queries with commas, or remove some with unsubscribe.",
        ) from None
    except SameChannel:
        raise CommandError(
            "These are the same channel.", repair="Name two channels: the one to move from, and the one to move to."
        ) from None
    except NoSubscription as refused:
        raise CommandError(
            f"{refused}.", repair="“paperwire subscriptions” lists every channel that has any."
        ) from None

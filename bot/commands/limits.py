"""How many subscriptions a channel may have, and none of them twice: what is refused, in words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from bot.errors import (
    AlreadySubscribed,
    CommandError,
    NoSubscription,
    SameChannel,
    SubscriptionRefused,
    TooManySubscriptions,
)

LIST = "/subscriptions lists what this channel gets."


@contextlib.contextmanager
def refusals_in_chat(query: str, *, changing: int | None = None) -> Iterator[None]:
    """Tell whoever subscribes or changes a subscription in a channel why that was refused.

    Args:
        query: What they asked for.
        changing: The number of the subscription that they change; None when they make one.

    Raises:
        CommandError: It was refused.
    """
    try:
        yield
    except AlreadySubscribed as refused:
        if refused.number == changing:
            said = f"Subscription {changing} is for {query} already, so nothing was changed."
        else:
            said = f"This channel is already subscribed to {query} (number {refused.number})."
        raise CommandError(said, repair=LIST) from None
    except TooManySubscriptions as refused:
        raise CommandError(
            f"This channel has {refused.count - 1} subscriptions, which is as many as it may have.",
            repair="End one with /unsubscribe, or join several queries with commas.",
        ) from None
    except NoSubscription:
        raise CommandError(f"This channel has no subscription {changing}.", repair=LIST) from None


def refusal_for_host(refused: SubscriptionRefused) -> CommandError:
    """Why an import or a move was refused, for whoever runs the bot; nothing was changed."""
    if isinstance(refused, TooManySubscriptions):
        return CommandError(
            f"{refused}. Nothing was changed.",
            repair="Raise commands.max_subscriptions, join several queries with commas, or end some with unsubscribe.",
        )
    if isinstance(refused, SameChannel):
        return CommandError(
            "These are the same channel.", repair="Name two: the one to move from, and the one to move to."
        )
    return CommandError(f"{refused}.", repair="“paperwire subscriptions” lists every channel that has some.")

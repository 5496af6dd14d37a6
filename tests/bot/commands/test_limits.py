"""What is refused of a channel's subscriptions, as people and hosts are told."""

from __future__ import annotations

import pytest

from bot.commands.limits import refusal_for_host, refusals_in_chat
from bot.errors import (
    AlreadySubscribed,
    CommandError,
    NoSubscription,
    SameChannel,
    SubscriptionRefused,
    TooManySubscriptions,
)


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (AlreadySubscribed(2), "This channel is already subscribed to robots (number 2)."),
        (AlreadySubscribed(1), "Subscription 1 already follows robots, so nothing was changed."),
        (NoSubscription("gone"), "This channel has no subscription 1."),
        (
            TooManySubscriptions("slack:C1", count=101, limit=100),
            "This channel already has 100 subscriptions, the most that it may have.",
        ),
    ],
)
def test_who_subscribes_is_told_why_not_and_what_to_do(refused: SubscriptionRefused, said: str) -> None:
    with pytest.raises(CommandError) as raised, refusals_in_chat("robots", changing=1):
        raise refused
    assert raised.value.message == said
    assert raised.value.repair


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (
            TooManySubscriptions("slack:C1", count=3, limit=2),
            "slack:C1 would have 3 subscriptions, and may have 2. Nothing was changed.",
        ),
        (NoSubscription("slack:C1 has no subscriptions"), "slack:C1 has no subscriptions."),
        (SameChannel("slack:C1"), "These are the same channel."),
    ],
)
def test_a_host_is_told_why_an_import_or_a_move_was_refused(refused: SubscriptionRefused, said: str) -> None:
    told = refusal_for_host(refused)
    assert told.message == said
    assert told.repair

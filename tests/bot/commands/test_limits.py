"""Why subscriptions were not changed, in words for people in channels and for hosts."""

from __future__ import annotations

import pytest

from bot.commands.limits import refusals_for_host, refusals_in_chat
from bot.errors import (
    AlreadySubscribed,
    CommandError,
    NoSubscription,
    SameChannel,
    SubscriptionRefused,
    TooManySubscriptions,
)


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (AlreadySubscribed(2), "This channel is already subscribed to robots (number 2)."),
        (AlreadySubscribed(1), "Subscription 1 already follows robots, so nothing was changed."),
        (NoSubscription("gone"), "This channel has no subscription 1."),
        (
            TooManySubscriptions("slack:C1", count=101, limit=100),
            "This channel already has 100 subscriptions, which is the limit.",
        ),
    ],
)
def test_a_refusal_in_chat_says_why_and_what_to_do(refused: SubscriptionRefused, message: str) -> None:
    with pytest.raises(CommandError) as raised, refusals_in_chat("robots", changing=1):
        raise refused
    assert raised.value.message == message
    assert raised.value.repair


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (
            TooManySubscriptions("slack:C1", count=3, limit=2),
            "slack:C1 would have 3 subscriptions, and may have 2. Nothing was changed.",
        ),
        (NoSubscription("slack:C1 has no subscriptions"), "slack:C1 has no subscriptions."),
        (SameChannel("slack:C1"), "These are the same channel."),
    ],
)
def test_a_refusal_of_an_import_or_a_move_says_why_and_what_to_do(refused: SubscriptionRefused, message: str) -> None:
    with pytest.raises(CommandError) as raised, refusals_for_host():
        raise refused
    assert raised.value.message == message
    assert raised.value.repair

"""A subscription's pause in words, and the button that begins or ends it."""

from __future__ import annotations

from bot.domain import Subscription
from bot.domain.messages import Button
from bot.text.figures import day


def paused_in_words(subscription: Subscription) -> str:
    """Who paused the subscription, and when: "paused by ada since 10 March 2026"; empty while it is not paused."""
    if subscription.paused_at is None:
        return ""
    return f"paused by {subscription.paused_by} since {day(subscription.paused_at.date())}"


def pause_button(subscription: Subscription) -> Button:
    """The button that pauses the subscription, or resumes it where it is paused."""
    word = "resume" if subscription.is_paused else "pause"
    return Button(word.capitalize(), "papers", f"{word} subscription {subscription.number}")

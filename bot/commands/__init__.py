"""What people can say to Paperwire: one table, from which every platform registers its commands."""

from __future__ import annotations

from bot.commands.desk import Command, Desk
from bot.commands.papers import help_, search, status, today
from bot.commands.subscribing import subscribe, subscriptions, unsubscribe

__all__ = ["COMMANDS", "Command", "Desk"]

COMMANDS: tuple[Command, ...] = (
    Command(
        "subscribe",
        "QUERY",
        "post every new paper that matches, here",
        "reinforcement learning",
        subscribe,
        changes=True,
    ),
    Command(
        "unsubscribe",
        "QUERY or NUMBER",
        "end one of this channel's subscriptions",
        "reinforcement learning",
        unsubscribe,
        changes=True,
    ),
    Command("subscriptions", "", "what this channel is subscribed to", "", subscriptions),
    Command("papers today", "", "today's papers, most votes first", "", today),
    Command("papers search", "WORDS", "papers of the past, best first", "world model", search),
    Command("papers status", "", "how polls and deliveries are going", "", status),
    Command("papers help", "", "this list", "", help_),
)
"""Every command, in the order that help shows them."""

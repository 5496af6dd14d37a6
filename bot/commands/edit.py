"""/papers edit: how to change a subscription; platforms that have forms open one instead."""

from __future__ import annotations

from bot.commands.desk import Desk
from bot.commands.subscriptions import NUMBER, REPAIR, find_by_number
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.errors import CommandError
from bot.text.rich import bold, code, rich, rich_lines


def edit(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Say what a subscription follows, and what to type to change that."""
    found = NUMBER.fullmatch(text)
    if found is None:
        raise CommandError("Which subscription should I change?", repair=REPAIR)
    subscription = find_by_number(desk.stores.subscriptions.of(invocation.channel), int(found[1]))
    change = f"/papers change {subscription.number}"
    return Reply(
        rich_lines(
            rich(f"Subscription {subscription.number} follows ", bold(subscription.query), "."),
            rich("For another query: ", code(f"{change} {desk.example().query}")),
            rich("To add a condition: ", code(f"{change} + -survey")),
        )
    )

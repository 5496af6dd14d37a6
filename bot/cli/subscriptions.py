"""``subscribe``, ``unsubscribe`` and ``subscriptions``: the chat commands, for a channel named on the command line.

What else ``subscriptions`` does is in `bot.cli.transfer`.
"""

from __future__ import annotations

import getpass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import click

from bot.cli.options import DASHES, ChannelType, channel_argument, config_option, json_option, read_settings
from bot.cli.printing import print_json
from bot.commands.subscriptions import brings_nothing, hints_for, subscription_line
from bot.domain import Address, Subscription
from bot.domain.commands import Invocation
from bot.text.figures import counted

LIST = "list"
"""The name of the command that lists, which need not be typed."""


@click.command(context_settings=DASHES, epilog='Example: paperwire subscribe slack:C0123456789 "rlhf, reward model"')
@channel_argument
@click.argument("query", nargs=-1, required=True)
@config_option
def subscribe(channel: Address, query: tuple[str, ...], config: Path | None) -> None:
    """Post every new paper that matches QUERY to CHANNEL."""
    ask(config, channel, "subscribe", " ".join(query))


@click.command(
    context_settings=DASHES,
    epilog="Example: paperwire unsubscribe slack:C0123456789 2",
    short_help="Remove one of a channel's subscriptions.",
)
@channel_argument
@click.argument("query", nargs=-1, required=True)
@config_option
def unsubscribe(channel: Address, query: tuple[str, ...], config: Path | None) -> None:
    """Remove CHANNEL's subscription to QUERY, or the one with that number."""
    ask(config, channel, "unsubscribe", " ".join(query))


class ChannelOrCommand(click.Group):
    """A group of commands whose name may be replaced by a channel or left out: then it lists."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Pass what does not begin with a command's name to ``list``."""
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [LIST, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show both forms."""
        formatter.write_usage(ctx.command_path, "[CHANNEL] [--json] [--config FILE]")
        formatter.write_usage(
            ctx.command_path, f"{' | '.join(name for name in self.commands if name != LIST)} …", " " * 7
        )


@click.group(
    cls=ChannelOrCommand,
    epilog="Example: paperwire subscriptions slack:C0123456789",
    short_help="List subscriptions; export, import, move.",
)
@json_option
@config_option
def subscriptions(**_options: object) -> None:
    """List the subscriptions of CHANNEL, or of every channel; export, import or move them."""


@subscriptions.command(name=LIST, hidden=True)
@click.argument("channel", type=ChannelType(), required=False)
@json_option
@config_option
def list_(*, channel: Address | None, as_json: bool, config: Path | None) -> None:
    """List the subscriptions of CHANNEL, or of every channel."""
    settings = read_settings(config)
    from bot.app.wiring import clock, open_desk

    with open_desk(settings) as desk:
        now = clock()
        store = desk.stores.subscriptions
        found = store.of(channel, now=now) if channel else store.all(now=now)
        if as_json:
            objects = [as_object(subscription, now=now) for subscription in found]
            print_json(objects)
        elif not found:
            place = f"{channel} has" if channel else "There are"
            example = desk.example()
            command = f'paperwire subscribe {channel or "terminal:local"} "{example.query}"'
            click.echo(
                f"{place} no subscriptions yet. Try: {command}{f' ({example.brought})' if example.brought else ''}"
            )
        for address, group in groupby(() if as_json else found, key=lambda subscription: subscription.channel):
            subscribed = list(group)
            hints = hints_for(subscribed, desk, now=now) if channel else {}
            lines = [subscription_line(one, hints.get(one.number), now=now) for one in subscribed]
            heading = f"This channel has {counted(len(subscribed), 'subscription')}:" if channel else str(address)
            click.echo("\n".join([heading, *lines, *([] if channel else [""])]))


def as_object(subscription: Subscription, *, now: datetime) -> dict[str, object]:
    """A subscription as JSON."""
    return {
        "channel": str(subscription.channel),
        "number": subscription.number,
        "query": subscription.query,
        "created_at": subscription.created_at.isoformat(),
        "created_by": subscription.created_by,
        "matches_30_days": subscription.matches_30_days,
        "last_match": subscription.last_match.isoformat() if subscription.last_match else None,
        "brings_nothing": brings_nothing(subscription, now=now),
    }


def ask(config: Path | None, channel: Address, command: str, text: str) -> None:
    """Run a chat command for ``channel`` and print the reply.

    Raises:
        PaperwireError: It could not be done.
    """
    settings = read_settings(config)
    from bot.app.wiring import open_desk

    with open_desk(settings) as desk:
        # Whoever may start commands on this machine may change anything, whatever commands.who says.
        reply = desk.do(Invocation(channel, getpass.getuser(), command, text, is_admin=True))
    lines = [reply.text, reply.code, *(entry.text for entry in reply.entries), reply.advice]
    click.echo("\n".join(line for line in lines if line))

"""``subscribe``, ``unsubscribe`` and ``subscriptions``: the chat commands, for a channel named on the command line.

What else ``subscriptions`` does is in `bot.cli.transfer`.
"""

from __future__ import annotations

import difflib
from itertools import groupby
from pathlib import Path

import click

from bot.advice.match_counts import MatchCount
from bot.cli.in_shell import in_shell
from bot.cli.options import ChannelType, QueryCommand, channel_argument, config_option, json_option, read_settings
from bot.cli.output import print_json, remark
from bot.commands.subscriptions import hints_for, subscription_entry
from bot.config import Settings, user_name
from bot.domain import Address, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Entry
from bot.ports.stores import Stores
from bot.text.characters import visible_lines
from bot.text.figures import counted

LIST = "list"
"""The name of the command that lists, which need not be typed."""


@click.command(cls=QueryCommand, epilog='Example: paperwire subscribe slack:C0123456789 "rlhf, reward model"')
@channel_argument
@click.argument("query", nargs=-1, required=True)
@config_option
def subscribe(channel: Address, query: tuple[str, ...], config: Path | None) -> None:
    """Post every new paper that matches QUERY to CHANNEL."""
    settings = read_settings(config)
    from bot.app.places import obstacle
    from bot.app.which_database import stores_to_write
    from bot.query import parse

    text = " ".join(query)
    parse(text)  # a query with a mistake makes no database
    with stores_to_write(settings, remark) as stores:
        ask(settings, stores, channel, "subscribe", text)
    remark(obstacle(settings, channel))


@click.command(
    cls=QueryCommand,
    epilog="Example: paperwire unsubscribe slack:C0123456789 2",
    short_help="Remove one of a channel's subscriptions.",
)
@channel_argument
@click.argument("query", nargs=-1, required=True)
@config_option
def unsubscribe(channel: Address, query: tuple[str, ...], config: Path | None) -> None:
    """Remove CHANNEL's subscription to QUERY, or the one with that number."""
    settings = read_settings(config)
    from bot.app.which_database import stores_to_read

    with stores_to_read(settings, remark) as stores:  # what is not there needs no database to be removed from
        ask(settings, stores, channel, "unsubscribe", " ".join(query))


class ChannelOrCommand(click.Group):
    """A group of commands whose name may be replaced by a channel or left out: then it lists."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Pass what does not begin with a command's name, or nearly so, to ``list``."""
        known = {*self.commands, *ctx.help_option_names}
        if not args or (args[0] not in known and not difflib.get_close_matches(args[0], self.commands)):
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
    from bot.app.places import example_channel
    from bot.app.which_database import stores_to_read
    from bot.app.wiring import desk_for_one_command

    with stores_to_read(settings, remark) as stores:
        desk = desk_for_one_command(settings, stores)
        store = stores.subscriptions
        found = store.of(channel) if channel else store.all()
        recent = desk.recent()
        counts = desk.counts.of((subscription.query for subscription in found), recent)
        if as_json:
            print_json([as_object(subscription, counts[subscription.query]) for subscription in found])
        elif not found:
            place = f"{channel} has" if channel else "There are"
            example = desk.example()
            command = f'paperwire subscribe {channel or example_channel(settings)} "{example.query}"'
            click.echo(
                f"{place} no subscriptions yet. Try: {command}{f' ({example.brought})' if example.brought else ''}"
            )
        for address, group in groupby(() if as_json else found, key=lambda subscription: subscription.channel):
            subscribed = list(group)
            hints = hints_for(subscribed, counts, desk, recent) if channel else {}
            entries = [
                subscription_entry(
                    one,
                    counts[one.query],
                    hints.get(one.number),
                    today=desk.now().date(),
                    has_papers=recent.count > 0,
                )
                for one in subscribed
            ]
            heading = f"This channel has {counted(len(subscribed), 'subscription')}:" if channel else str(address)
            # What people of a chat call themselves must not play tricks on this terminal.
            click.echo("\n".join(map(visible_lines, [heading, *map(in_a_line, entries), *([] if channel else [""])])))


def as_object(subscription: Subscription, count: MatchCount) -> dict[str, object]:
    """A subscription as JSON."""
    return {
        "channel": str(subscription.channel),
        "number": subscription.number,
        "query": subscription.query,
        "created_at": subscription.created_at.isoformat(),
        "created_by": subscription.created_by,
        "paused": subscription.is_paused,
        "paused_at": subscription.paused_at.isoformat() if subscription.paused_at else None,
        "paused_by": subscription.paused_by or None,
        "matches_30_days": count.papers,
        "matches_are_estimated": count.is_estimate,
        "last_match": count.last.isoformat() if count.last else None,
        "brings_nothing": not count.papers,
    }


def in_a_line(entry: Entry) -> str:
    """An item of a list, with what else is said of it."""
    return f"{entry.text} ({entry.detail})" if entry.detail else entry.text


def ask(settings: Settings, stores: Stores, channel: Address, command: str, text: str) -> None:
    """Run a chat command for ``channel`` and print the reply.

    Raises:
        PaperwireError: It could not be done.
    """
    from bot.app.wiring import desk_for_one_command

    # Whoever may start commands on this machine may change anything, whatever commands.who says.
    invocation = Invocation(channel, user_name(), command, text, is_admin=True, has_room=True)
    reply = desk_for_one_command(settings, stores).do(invocation)
    lines = [reply.text, reply.code, *map(in_a_line, reply.entries), reply.advice]
    click.echo(in_shell(visible_lines("\n".join(line for line in lines if line)), channel))

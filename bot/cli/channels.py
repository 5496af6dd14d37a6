"""``subscribe``, ``unsubscribe`` and ``subscriptions``: the chat commands, for a channel named on the command line."""

from __future__ import annotations

import getpass
import json
from itertools import groupby
from pathlib import Path

import click

from bot.cli.options import DASHES, ChannelType, channel_argument, config_option, json_option, read_settings
from bot.commands.listing import as_text
from bot.domain import Address, Subscription
from bot.messages import Invocation


@click.command(context_settings=DASHES, epilog='Example: paperwire subscribe slack:C0123456789 "rlhf, reward model"')
@channel_argument
@click.argument("query", nargs=-1, required=True)
@config_option
def subscribe(channel: Address, query: tuple[str, ...], config: Path | None) -> None:
    """Post every new paper that matches QUERY to CHANNEL."""
    ask(config, channel, "subscribe", " ".join(query))


@click.command(context_settings=DASHES, epilog="Example: paperwire unsubscribe slack:C0123456789 2")
@channel_argument
@click.argument("query", nargs=-1, required=True)
@config_option
def unsubscribe(channel: Address, query: tuple[str, ...], config: Path | None) -> None:
    """End CHANNEL's subscription to QUERY, or the one with that number."""
    ask(config, channel, "unsubscribe", " ".join(query))


@click.command(epilog="Example: paperwire subscriptions slack:C0123456789")
@click.argument("channel", type=ChannelType(), required=False)
@json_option
@config_option
def subscriptions(*, channel: Address | None, as_json: bool, config: Path | None) -> None:
    """List the subscriptions of CHANNEL, or of every channel."""
    settings = read_settings(config)
    from bot.app import clock, open_stores

    with open_stores(settings) as stores:
        now = clock()
        found = stores.subscriptions.of(channel, now=now) if channel else stores.subscriptions.all(now=now)
    if as_json:
        click.echo(json.dumps([as_object(each) for each in found], ensure_ascii=False, indent=2))
    elif channel:
        click.echo(as_text(found, now=now))
    else:
        for address, theirs in groupby(found, key=lambda each: each.channel):
            click.echo(f"{address}\n{as_text(list(theirs), now=now)}\n")
        if not found:
            click.echo('There are no subscriptions yet. Try: paperwire subscribe terminal:local "world model"')


def as_object(subscription: Subscription) -> dict[str, object]:
    """A subscription for machines."""
    return {
        "channel": str(subscription.channel),
        "number": subscription.number,
        "query": subscription.query,
        "created_at": subscription.created_at.isoformat(),
        "created_by": subscription.created_by,
        "matches_30_days": subscription.matches_30_days,
        "last_match": subscription.last_match.isoformat() if subscription.last_match else None,
    }


def ask(config: Path | None, channel: Address, command: str, text: str) -> None:
    """Give a chat command for ``channel`` and print the reply.

    Raises:
        PaperwireError: It could not be done.
    """
    settings = read_settings(config)
    from bot.app import make_desk, open_stores
    from bot.glossary import Glossary

    invocation = Invocation(channel, getpass.getuser(), command, text, is_admin=True)
    with open_stores(settings) as stores:
        reply = make_desk(settings, stores, Glossary(stores.papers)).do(invocation)
    lines = [reply.text, reply.code, *(entry.text for entry in reply.entries), reply.advice]
    click.echo("\n".join(line for line in lines if line))

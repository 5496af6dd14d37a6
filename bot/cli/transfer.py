"""``subscriptions export``, ``import`` and ``move``: subscriptions as a file, and from one channel to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path

import click

from bot.cli.options import (
    PLATFORMS,
    STANDARD,
    ChannelType,
    config_option,
    files_to_keep,
    force_option,
    read_settings,
)
from bot.cli.output import print_file, progress, remark
from bot.config import user_name
from bot.domain import Address, ChannelPlan, PlanResult
from bot.errors import CommandError
from bot.text.figures import counted

LARGEST = 20_000_000
"""The largest file that is read, in bytes: a hundred thousand subscriptions."""


@click.command(
    name="export",
    epilog="Example: paperwire subscriptions export subscriptions.toml",
    short_help="Write all subscriptions to a file.",
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), required=False)
@force_option
@config_option
def export(*, file: Path | None, force: bool, config: Path | None) -> None:
    """Write every channel's subscriptions, schedule and pause to FILE as TOML, or print them."""
    settings = read_settings(config)
    from bot.app.which_database import stores_to_read
    from bot.app.wiring import clock
    from bot.files import write_text
    from bot.subscription_file import written

    with stores_to_read(settings, remark) as stores:
        now = clock()
        every = stores.subscriptions.all()
        text = written(stores.channels.all(), every, now=now)
    if file is None or file == STANDARD:
        print_file(text)
        return
    # An export is never taken for one that may be replaced: people edit these files.
    write_text(file, text, keeps=files_to_keep(settings, config), overwrite=force)
    click.echo(f"Wrote {counted(len(every), 'subscription')} to {file}.")


@click.command(
    name="import",
    epilog="Example: paperwire subscriptions import subscriptions.toml",
    short_help="Add the subscriptions of a file.",
)
@click.argument("file", type=click.File("rb"))
@config_option
def import_(file: BufferedReader, config: Path | None) -> None:
    """Add the subscriptions of FILE that are missing, and set schedules and pauses as in FILE.

    Nothing is removed, and a mistake in FILE changes nothing at all. Papers that were listed before today are not
    posted.
    """
    settings = read_settings(config)
    from bot.app.places import obstacle
    from bot.app.which_database import stores_to_write
    from bot.app.wiring import clock
    from bot.commands.limits import refusals_for_host
    from bot.subscription_file import read

    data = file.read(LARGEST + 1)
    try:
        text = data.decode("utf-8-sig")  # editors on Windows put a byte order mark first
    except UnicodeDecodeError as error:
        raise CommandError(f"The file is not UTF-8 text: byte {error.start + 1} is not valid.") from None
    if len(data) > LARGEST:
        raise CommandError(f"The file is longer than {LARGEST:,} bytes.")
    now = clock()
    plans = read(text, platforms=PLATFORMS, by=user_name(), now=now)
    with (
        refusals_for_host(),
        stores_to_write(settings, remark) as stores,
        progress("Adding channels", len(plans)) as advance,
    ):
        done = stores.subscriptions.follow(_each(plans, advance), at=now, limit=settings.commands.max_subscriptions)
    click.echo(outcome(done))
    for plan in plans:
        remark(obstacle(settings, plan.channel))


def _each(plans: Iterable[ChannelPlan], advance: Callable[[], None]) -> Iterator[ChannelPlan]:
    """Every plan, counted when it was carried out."""
    for plan in plans:
        yield plan
        advance()


def outcome(done: PlanResult) -> str:
    """What an import did."""
    known = f"{done.existing:,}{' more' if done.added else ''} {'was' if done.existing == 1 else 'were'} there already"
    lines = [f"Added {counted(done.added, 'subscription')}{f': {known}' if done.existing else ''}."]
    if done.schedules:
        lines.append(f"Set the schedule of {counted(done.schedules, 'channel')}.")
    if done.pauses:
        lines.append(f"Set the pause of {counted(done.pauses, 'channel')}.")
    if done.paused:
        lines.append(f"Paused {counted(done.paused, 'subscription')}.")
    return "\n".join(lines)


@click.command(
    name="move",
    epilog="Example: paperwire subscriptions move slack:C0123456789 slack:C9876543210",
    short_help="Move a channel's subscriptions to another.",
)
@click.argument("source", metavar="FROM", type=ChannelType())
@click.argument("target", metavar="TO", type=ChannelType())
@config_option
def move(source: Address, target: Address, config: Path | None) -> None:
    """Move every subscription of channel FROM to channel TO, with the papers that wait to be posted.

    The reading list moves too. Papers that were posted in FROM are not posted again in TO. If TO has no subscriptions
    yet, it also takes over the schedule and the pause of FROM.
    """
    settings = read_settings(config)
    from bot.app.places import obstacle
    from bot.app.which_database import stores_to_read
    from bot.app.wiring import clock
    from bot.commands.limits import refusals_for_host

    # What is not there needs no database to be moved in.
    with refusals_for_host(), stores_to_read(settings, remark) as stores:
        moved = stores.subscriptions.move(source, target, at=clock(), limit=settings.commands.max_subscriptions)
    merged = f" ({moved.merged} {'was' if moved.merged == 1 else 'were'} there already)" if moved.merged else ""
    click.echo(f"Moved {counted(moved.subscriptions, 'subscription')} from {source} to {target}{merged}.")
    if moved.saved:
        click.echo(f"The reading list moved too, with {counted(moved.saved, 'paper')}.")
    if moved.waiting:
        click.echo(f"{counted(moved.waiting, 'waiting paper')} will be posted there.")
    if moved.posted:
        word = "is" if moved.posted == 1 else "are"
        click.echo(f"{counted(moved.posted, 'paper')} posted before {word} not posted again.")
    remark(obstacle(settings, target))

"""``try``: which stored papers a query matches, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.in_shell import in_shell
from bot.cli.options import QueryCommand, config_option, json_option, read_settings
from bot.cli.output import print_json, remark

if TYPE_CHECKING:
    from bot.advice.backtest import Backtest


@click.command(
    name="try",
    cls=QueryCommand,
    epilog="Example: paperwire try 'diffusion AND video -survey' --days 7",
    short_help="Show which stored papers a query matches.",
)
@click.argument("query", nargs=-1, required=True)
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="How far back to look.")
@json_option
@config_option
def try_(*, query: tuple[str, ...], days: int, as_json: bool, config: Path | None) -> None:
    """Show which stored papers QUERY would have matched, and why."""
    settings = read_settings(config)
    from bot.advice.advise import advise, in_short
    from bot.advice.backtest import recent
    from bot.app.which_database import stores_to_read
    from bot.app.wiring import clock, desk_for_one_command
    from bot.commands.understanding import understand
    from bot.query import parse

    parse(" ".join(query))  # a query with a mistake needs no database
    with stores_to_read(settings, remark) as stores:
        desk = desk_for_one_command(settings, stores)
        papers = recent(desk.stores, desk.glossary, now=clock(), days=days)
        understood = understand(" ".join(query), lambda: papers, lambda form: ("try", form))
        asked = understood.query
        tried = papers.run(asked)
        if as_json:
            print_json(_objects(tried))
            return
        for line in _lines(tried):
            click.echo(line)
        click.echo("\n".join(filter(None, [in_short(tried, papers), understood.doubt])))
        if papers.papers and not tried.papers:
            advice = advise(asked, papers, lambda query: ("try", query))
            click.echo("\n".join([*advice.text.splitlines()[1:], *filter(None, [in_shell(advice.todo, None)])]))
        if not papers.papers:
            click.echo("There are no stored papers from these days yet: paperwire backfill fetches them.", err=True)


def _objects(tried: Backtest) -> list[dict[str, object]]:
    """The papers for programs."""
    return [
        {
            "id": paper.id,
            "title": paper.title,
            "url": paper.url,
            "list_day": paper.list_day.isoformat(),
            "matched": [evidence.words for evidence in match.evidence],
        }
        for paper, match in tried.matches
    ]


def _lines(tried: Backtest) -> Iterator[str]:
    """The papers for people, each with its evidence."""
    for paper, match in tried.matches:
        yield f"{paper.list_day}  {paper.title}\n            {paper.url}"
        for evidence in match.evidence:
            near = f" (close to “{evidence.near.subject}”: {evidence.near})" if evidence.near else ""
            yield f"            {evidence.field}: {evidence.before}{evidence.words}{evidence.after}{near}"

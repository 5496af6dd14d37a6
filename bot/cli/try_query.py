"""``try``: which stored papers a query matches, and why."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import DASHES, config_option, json_option, read_settings
from bot.cli.printing import print_json


@click.command(
    name="try",
    context_settings=DASHES,
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
    from bot.app.wiring import clock, open_desk
    from bot.query import parse

    asked = parse(" ".join(query))
    with open_desk(settings) as desk:
        papers = recent(desk.stores.papers, desk.glossary, now=clock(), days=days)
    tried = papers.run(asked)
    if as_json:
        objects = [
            {
                "id": paper.id,
                "title": paper.title,
                "url": paper.url,
                "list_day": paper.list_day.isoformat(),
                "matched": [evidence.words for evidence in match.evidence],
            }
            for paper, match in tried.matches
        ]
        print_json(objects)
        return
    for paper, match in tried.matches:
        click.echo(f"{paper.list_day}  {paper.title}\n            {paper.url}")
        for evidence in match.evidence:
            click.echo(f"            {evidence.field}: {evidence.before}{evidence.words}{evidence.after}")
    click.echo(in_short(tried))
    if papers.papers and not tried.papers:
        advice = advise(asked, papers, lambda query: ("try", query))
        click.echo("\n".join([*advice.text.splitlines()[1:], *filter(None, [advice.todo])]))
    if not papers.papers:
        click.echo("There are no stored papers from these days yet: paperwire backfill fetches them.", err=True)

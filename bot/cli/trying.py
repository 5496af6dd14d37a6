"""``try``: what a query would have matched, and why."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import click

from bot.cli.options import DASHES, config_option, json_option, read_settings


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
    from bot.app import clock, open_stores
    from bot.backtest import backtest
    from bot.glossary import Glossary
    from bot.query import describe, parse
    from bot.wording import counted

    asked = parse(" ".join(query))
    with open_stores(settings) as stores:
        glossary = Glossary(stores.papers)
        tried = backtest(asked.text, stores.papers, glossary, now=clock(), days=days)
        empty = not stores.papers.listed(since=clock().date() - timedelta(days=days))
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "id": paper.id,
                        "title": paper.title,
                        "url": paper.url,
                        "list_day": paper.list_day.isoformat(),
                        "matched": [evidence.words for evidence in match.evidence],
                    }
                    for paper, match in tried.found
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    for paper, match in tried.found:
        click.echo(f"{paper.list_day}  {paper.title}\n            {paper.url}")
        for evidence in match.evidence:
            click.echo(f"            {evidence.field}: {evidence.before}{evidence.words}{evidence.after}")
    rate = f", {tried.rate}" if tried.papers else ""
    about = describe(asked, glossary.acronyms)
    click.echo(f"{about[0].upper()}{about[1:]}: {counted(len(tried.papers), 'paper')} in {counted(days, 'day')}{rate}")
    if empty:
        click.echo("The store has no papers of these days yet: paperwire backfill fetches them.", err=True)

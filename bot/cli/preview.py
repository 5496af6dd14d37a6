"""``preview``: a page that shows what a query would bring, as Slack and Discord show it."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import STANDARD, QueryCommand, config_option, files_to_keep, read_settings
from bot.cli.output import remark

MARKER = "Written by paperwire preview: it may be overwritten"

BEGINNING = 500
"""Characters at the start of a file, among which the marker is."""


@click.command(
    cls=QueryCommand,
    epilog='Example: paperwire preview "reinforcement learning" --output preview.html',
    short_help="Show what a query would bring, as a web page.",
)
@click.argument("query", nargs=-1, required=True)
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="How far back to look.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="How many cards to show.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=Path("preview.html"),
    show_default=True,
    help="The file to write (-o, too); - prints the page.",
)
@click.option("--force", is_flag=True, help="Overwrite the file even if it is not a preview.")
@config_option
def preview(*, query: tuple[str, ...], days: int, limit: int, output: Path, force: bool, config: Path | None) -> None:
    """Write a page that shows the cards of QUERY as Slack and Discord show them.

    This needs neither an app nor a configuration: without stored papers, it shows invented ones.
    """
    settings = read_settings(config)
    from bot.app.preview import draw
    from bot.files import free_to_write, is_stream, write_text

    keeps = files_to_keep(settings, config)
    if output != STANDARD and not is_stream(output):
        free_to_write(output, keeps=keeps, overwrite=force, made_here=is_preview)  # before the work is done
    drawn = draw(settings, " ".join(query), days=days, limit=limit, marker=MARKER)
    if output == STANDARD:
        click.echo(drawn.page, nl=False)
    else:
        # The style sheet is allowed by its hash, which other line ends would change.
        write_text(output, drawn.page, keeps=keeps, overwrite=force, made_here=is_preview)
        click.echo(output)
    for line in drawn.remarks:
        remark(line)


def is_preview(file: Path) -> bool:
    """Whether the file is a preview, which the next one may overwrite."""
    with file.open(encoding="utf-8", errors="replace") as opened:
        return f"<!-- {MARKER} -->" in opened.read(BEGINNING)

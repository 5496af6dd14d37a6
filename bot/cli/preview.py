"""``preview``: a page that shows what a query would bring, as Slack and Discord show it."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import DASHES, config_option, read_settings
from bot.errors import CommandError

MARKER = "Written by paperwire preview: it may be overwritten"

BEGINNING = 500
"""Characters at the start of a file, among which the marker is."""


@click.command(
    context_settings=DASHES,
    epilog='Example: paperwire preview "reinforcement learning" --output preview.html',
    short_help="Show what a query would bring, as a web page.",
)
@click.argument("query", nargs=-1, required=True)
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="How far back to look.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="How many cards to show.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("preview.html"),
    show_default=True,
    help="The file to write.",
)
@click.option("--force", is_flag=True, help="Overwrite the file even if it is not a preview.")
@config_option
def preview(*, query: tuple[str, ...], days: int, limit: int, output: Path, force: bool, config: Path | None) -> None:
    """Write a page that shows the cards of QUERY as Slack and Discord show them.

    This needs neither an app nor a configuration: without stored papers, it shows the bundled sample feed.
    """
    if not force:
        keep_foreign(output)
    settings = read_settings(config)
    from bot.app.preview import draw

    drawn = draw(settings, " ".join(query), days=days, limit=limit, marker=MARKER)
    try:
        # The style sheet is allowed by its hash, which other line ends would change.
        output.write_text(drawn.page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandError(
            f"{output} cannot be written: {error.strerror}.", repair="Choose another file with --output."
        ) from error
    for remark in drawn.remarks:
        click.echo(remark, err=True)
    click.echo(output)


def keep_foreign(output: Path) -> None:
    """Make sure that only a preview is overwritten.

    Raises:
        CommandError: The file is something else, or cannot be read.
    """
    try:
        with output.open(encoding="utf-8", errors="replace") as file:
            beginning = file.read(BEGINNING)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CommandError(
            f"{output} cannot be read: {error.strerror}.", repair="Choose another file with --output."
        ) from error
    if f"<!-- {MARKER} -->" not in beginning:
        raise CommandError(
            f"{output} already exists, and is not a preview.",
            repair="Choose another file with --output, or overwrite it with --force.",
        )

"""``check``: everything that a host can get wrong, in one table."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli.options import config_option, json_option, read_settings
from bot.cli.output import print_json
from bot.domain import Finding
from bot.errors import ConfigError

CORRECT = "correct it in the configuration file or the environment; config.example.toml shows how"

STYLES = {"ok": "green", "warning": "yellow", "failed": "bold red"}


@click.command(epilog="Example: paperwire check", short_help="Check settings, tokens and channels.")
@json_option
@config_option
def check(*, as_json: bool, config: Path | None) -> None:
    """Check the configuration, the database, the source, each token and each subscribed channel; post nothing."""
    found = findings(config)
    if as_json:
        print_json([dataclasses.asdict(finding) for finding in found])
    else:
        show(found)
    if any(finding.state == "failed" for finding in found):
        raise SystemExit(1)


def findings(config: Path | None) -> Sequence[Finding]:
    """All findings, the configuration first."""
    try:
        settings = read_settings(config)
    except ConfigError as error:
        return [Finding("configuration", "failed", line, CORRECT) for line in str(error).splitlines()]
    from bot.app import check as checkup

    return [Finding("configuration", "ok", "can be read"), *asyncio.run(checkup.check(settings))]


def show(found: Sequence[Finding]) -> None:
    """Print a table of what was tried, what was found, and the repairs."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("Checked", "", "Found"):
        table.add_column(heading, overflow="fold")
    for finding in found:
        detail = Text(finding.detail)
        if finding.repair:
            detail.append(f"\n→ {finding.repair[0].upper()}{finding.repair[1:]}", style="bold")
        table.add_row(Text(finding.subject), Text(finding.state, STYLES[finding.state]), detail)
    Console(highlight=False, emoji=False).print(table)

"""What is printed, on whatever is there to print on."""

from __future__ import annotations

import io
import json
import sys

import click


def survive_any_terminal() -> None:
    """Print what stdout and stderr cannot show as ``?``, in place of ending with an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None where it was closed
            stream.reconfigure(errors="replace")


def print_json(value: object) -> None:
    """Print JSON that loses nothing: escaped where stdout is not in UTF-8."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    click.echo(json.dumps(value, ensure_ascii=encoding != "utf8", indent=2))


def print_file(text: str) -> None:
    """Print the text of a file, in UTF-8 as files are."""
    click.echo(text.encode(), nl=False)

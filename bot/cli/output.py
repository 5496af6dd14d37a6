"""What is printed: on any terminal, in pipes too, and for readers that leave early."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

import click

QUOTED = 60
"""Characters of what was typed that an error repeats."""

LONG_WORD = re.compile(rf"\S{{{QUOTED + 40},}}")


class Leavable:
    """A stream whose reader may leave: the rest goes nowhere, and the command still ends as it would have ended."""

    def __init__(self, stream: IO[str], *, has_to_arrive: bool) -> None:
        self._stream = stream
        self._has_to_arrive = has_to_arrive

    def write(self, text: str) -> int:
        """Write as the stream does."""
        return self._or_nowhere(lambda: self._stream.write(text)) or len(text)

    def flush(self) -> None:
        """Flush as the stream does."""
        self._or_nowhere(self._stream.flush)

    def _or_nowhere(self, write: Callable[[], int | None]) -> int | None:
        try:
            return write()
        except BrokenPipeError:
            # What the stream still holds is written here, also when the process ends.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        except OSError:
            if self._has_to_arrive:
                raise
        return None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        """Whatever else the stream has."""
        return getattr(self._stream, name)


@contextlib.contextmanager
def readers_may_leave() -> Iterator[None]:
    """Let the readers of stdout and stderr leave while the context lasts, as ``head`` does.

    What stderr cannot take, as on a full disk, is lost: it must not change what a command does, or its exit code.
    """
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (stream and Leavable(stream, has_to_arrive=stream is before[0]) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


@contextlib.contextmanager
def short_errors_of_usage() -> Iterator[None]:
    """Let errors of usage repeat only the beginning of a long word that was typed."""
    try:
        yield
    except click.UsageError as error:
        said = error.format_message()
        short = LONG_WORD.sub(lambda found: f"{found[0][:QUOTED]}…", said)
        if short == said:
            raise
        raise click.UsageError(short, ctx=error.ctx) from None


@contextlib.contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr, and what moves it on by one; no bar where nobody looks at it, such as in a pipe."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


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


def remark(line: str) -> None:
    """Print on stderr what is not the answer itself, if there is anything."""
    if line:
        click.echo(line, err=True)

"""Takes pictures of pages with Chromium, as high as the pages are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import click

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

MEASURE = "<script>document.title = Math.ceil(document.body.getBoundingClientRect().height)</script>"

HIGHEST = 16_000
"""Pixels; Chromium paints no higher windows."""

PATIENCE = 120
"""Seconds for a picture."""


def find_browser() -> str:
    """Where Chromium is.

    Raises:
        ClickException: It is not installed.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise click.ClickException("Chromium is needed to draw: apt-get install chromium")
    return browser


def take_picture(browser: str, style: str, body: str, target: Path, *, width: int, scale: float = 2) -> None:
    """Write a picture of a page.

    Args:
        browser: See `find_browser`.
        style: Its style sheet.
        body: Its content, as HTML.
        target: The PNG file.
        width: CSS pixels.
        scale: Pixels of the picture for each of them.

    Raises:
        ClickException: Chromium cannot draw it.
    """
    html = f'<!doctype html><meta charset="utf-8"><title></title><style>{style}</style>{body}{MEASURE}'
    with TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(html, encoding="utf-8")
        call = [
            *(browser, "--headless", "--no-sandbox", "--hide-scrollbars", f"--force-device-scale-factor={scale}"),
            *("--no-first-run", "--disable-gpu", f"--user-data-dir={folder}/profile"),
        ]
        laid_out = _run([*call, f"--window-size={width},400", "--dump-dom", source.as_uri()])
        measured = re.search(r"<title>(\d+)</title>", laid_out)
        if measured is None:
            raise click.ClickException(f"Chromium did not lay out {target.name}.")
        height = min(int(measured[1]), int(HIGHEST / scale))
        _run([*call, f"--window-size={width},{height}", f"--screenshot={target.resolve()}", source.as_uri()])
    if not target.exists():
        raise click.ClickException(f"Chromium did not draw {target.name}.")
    click.echo(f"{target}: {target.stat().st_size // 1024} kB")


def _run(call: list[str]) -> str:
    """What the browser prints."""
    try:
        done = subprocess.run(call, check=True, capture_output=True, text=True, timeout=PATIENCE)  # noqa: S603 - the browser that was found
    except subprocess.CalledProcessError as error:
        raise click.ClickException(f"Chromium failed: {error.stderr.strip()[-500:]}") from error
    except subprocess.TimeoutExpired as error:
        raise click.ClickException(f"Chromium took more than {PATIENCE} seconds.") from error
    return done.stdout

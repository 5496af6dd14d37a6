# ruff: noqa: INP001, S603, S607, T201 - a script by itself, which runs the programs that it names and says what it did
"""Draw the README's pictures of Slack: real blocks of sample papers, drawn by an npm Block Kit renderer in Chromium.

Needs Node.js and Chromium; fetch the renderer once, then draw::

    (cd scripts/pictures && npm ci)
    .venv/bin/python scripts/pictures/slack.py
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.sample import Sample
from adapters.slack.blocks import to_blocks
from bot.cards import make_card, make_digest
from bot.commands import COMMANDS, Desk
from bot.domain import Address, PaperList
from bot.glossary import Glossary
from bot.matcher import match
from bot.messages import Invocation, Message
from bot.query import COMMON
from storage import open_database, stores_of

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "docs" / "pictures"

NOW = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
CHANNEL = Address("slack", "C0123456789")
WIDTH = 660
"""CSS pixels."""

CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=2")
WAITS = "--virtual-time-budget=5000"


async def sample_lists(today: date) -> list[PaperList]:
    """The sample feed."""
    return [await Sample(today).fetch(today - timedelta(days=ago)) for ago in (2, 1, 0)]


def messages(folder: Path) -> Iterator[tuple[str, Message]]:
    """Each picture's name and what it shows."""
    lists = asyncio.run(sample_lists(NOW.date()))
    papers = [paper for each in lists for paper in each.papers]
    database = open_database(folder / "paperwire.db")
    stores = stores_of(database)
    for each in lists:
        stores.papers.save("sample", each, at=NOW)
    desk = Desk(COMMANDS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=100, now=lambda: NOW)

    found = [(paper, match("reinforcement learning, robot, kitchen", paper, COMMON)) for paper in papers]
    matched = [make_card(paper, [reason]) for paper, reason in found if reason]
    yield "card", max(matched, key=lambda card: card.upvotes)
    yield "digest", make_digest(matched)
    for name, command, text in (
        ("subscribe", "subscribe", "reinforcement learning"),
        ("error", "subscribe", "diffusion AND OR video"),
        ("subscriptions", "subscriptions", ""),
    ):
        yield name, desk.reply(Invocation(CHANNEL, "Ada", command, text))
    database.close()


def draw(message: Message, theme: str, picture: Path, folder: Path) -> None:
    """Draw a message, as high as it is."""
    blocks, page = folder / "blocks.json", folder / "page.html"
    blocks.write_text(json.dumps(to_blocks(message)))
    drawn = subprocess.run(["node", HERE / "page.mjs", blocks, theme, "Paperwire"], check=True, capture_output=True)
    page.write_bytes(drawn.stdout)
    command = [*CHROMIUM, WAITS, f"--window-size={WIDTH},4000"]
    shown = subprocess.run([*command, "--dump-dom", page.as_uri()], check=True, capture_output=True, text=True)
    height = re.search(r'data-height="(\d+)"', shown.stdout)
    if height is None:
        raise SystemExit(f"{picture.name} could not be measured")
    command = [*CHROMIUM, WAITS, f"--window-size={WIDTH},{height[1]}", f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Draw them all, each in the light and in the dark."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        for name, message in messages(Path(folder)):
            for theme in ("light", "dark"):
                picture = PICTURES / f"slack-{name}-{theme}.png"
                draw(message, theme, picture, Path(folder))
                print(f"{picture.name}: {picture.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()

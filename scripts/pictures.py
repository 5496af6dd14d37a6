"""Draws the pictures in docs/pictures: what would be sent for the sample papers, drawn as the preview draws it.

Run from the top folder, with Chromium installed: ``.venv/bin/python -m scripts.pictures``. Free fonts stand in for
those of Slack and Discord.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.preview.page import Sent, article, style_sheet
from bot.app.preview import fill, scratch_stores, sent
from bot.cards import make_card, make_digest
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Card, Reply
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.verdicts import match
from bot.query import COMMON

NOW = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
CHANNEL = Address("slack", "C0123456789")
PICTURES = Path("docs", "pictures")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH = 640
"""CSS pixels."""

ALONE = """
body { max-width: none; padding: 0; }
h3 { display: none; }
.message { border: 0; border-radius: 0; }
"""
"""No page around the messages."""

MEASURE = "<script>document.title = Math.ceil(document.body.getBoundingClientRect().height)</script>"

SUBSCRIPTIONS = ("robot* OR agent", "rlhf, reward model", 'author:"Ada Example"', "upvotes>=50")


def main() -> None:
    """Draw them all."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("Chromium is needed to draw: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with scratch_stores() as stores:
        fill(stores, NOW.date())
        desk = Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=100, now=lambda: NOW)
        for name, messages in conversations(desk):
            for platform in ("Slack", "Discord"):
                for theme in ("light", "dark"):
                    draw(browser, f"{platform}-{name}-{theme}".lower(), platform, theme, messages)


def conversations(desk: Desk) -> Iterator[tuple[str, Sequence[Sent]]]:
    """Each picture's name and what it shows."""
    cards = found(desk, "reinforcement learning, robot, kitchen")
    yield "card", [sent(max(cards, key=lambda card: card.upvotes))]
    yield "digest", [sent(make_digest(cards, today=NOW.date()))]
    [subscribed, *_] = [say(desk, f"/subscribe {query}") for query in SUBSCRIPTIONS]
    yield "subscribe", [sent(subscribed, alone=True), sent(Reply(subscribed.announcement))]
    yield "error", [sent(say(desk, "/subscribe diffusion AND OR video"), alone=True)]
    Matcher(desk.stores, desk.glossary, now=desk.now).match_subscriptions()
    yield "subscriptions", [sent(say(desk, "/subscriptions"), alone=True)]


def found(desk: Desk, query: str) -> list[Card]:
    """The cards of the query's papers, latest list first."""
    papers = desk.stores.papers.listed(since=NOW.date().replace(day=1))
    return [make_card(paper, [reason], today=NOW.date()) for paper in papers if (reason := match(query, paper, COMMON))]


def say(desk: Desk, words: str) -> Reply:
    """Type ``words`` in the channel."""
    command, _, text = words.removeprefix("/").partition(" ")
    return desk.reply(Invocation(CHANNEL, "Ada", command, text))


def draw(browser: str, name: str, platform: str, theme: str, messages: Sequence[Sent]) -> None:
    """Write the messages as a picture, as high as they are."""
    style = f"{style_sheet(messages)} {ALONE} :root {{ color-scheme: {theme}; }}"
    shown = "".join(article(platform, message) for message in messages)
    html = f'<!doctype html><meta charset="utf-8"><title></title><style>{style}</style><body>{shown}{MEASURE}</body>'
    with TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(html, encoding="utf-8")
        call = [browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=2"]
        laid_out = run([*call, f"--window-size={WIDTH},400", "--dump-dom", source.as_uri()])
        [height] = re.findall(r"<title>(\d+)</title>", laid_out)
        target = PICTURES / f"{name}.png"
        run([*call, f"--window-size={WIDTH},{height}", f"--screenshot={target.resolve()}", source.as_uri()])
    sys.stdout.write(f"{target}: {target.stat().st_size // 1024} KB\n")


def run(call: list[str]) -> str:
    """What the browser prints."""
    return subprocess.run(  # noqa: S603 - our own page in the browser that was found
        call, check=True, capture_output=True, text=True, timeout=60
    ).stdout


if __name__ == "__main__":
    main()

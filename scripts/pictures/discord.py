# noqa: INP001 - run as a module from the top folder; as a package it would stand before discord.py
"""Draws the pictures of Discord in docs/pictures, from what would be sent for the sample papers.

Run from the top folder, with Chromium installed: ``.venv/bin/python -m scripts.pictures.discord``. The fonts Open Sans
and Noto stand in for Discord's own, which is not free.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.discord.embeds import thread_name, to_payload
from adapters.sample import Sample
from bot.cards import make_card, make_digest
from bot.commands import COMMANDS, Desk
from bot.domain import Address, Paper
from bot.glossary import Glossary
from bot.matcher import Matcher, match
from bot.messages import Card, Invocation, Reply
from bot.query import COMMON
from bot.stores import Stores
from scripts.pictures.discord_page import Said, page
from storage import open_database, stores_of

TODAY = date(2026, 8, 3)
NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
HERE = Address("discord", "100000000000000001")
PICTURES = Path("docs", "pictures")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Draw them all."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("Chromium is needed to draw: apt-get install chromium")
    papers = asyncio.run(Sample(TODAY).fetch(TODAY)).papers
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder, "paperwire.db"))
        desk = a_desk(stores_of(database))
        cards = [Said(to_payload(card_of(papers, *queries))) for queries in CARDS]
        draw(browser, "discord-cards", page(cards))
        draw(browser, "discord-cards-light", page(cards, light=True))
        draw(browser, "discord-replies", page(conversation(desk)))
        draw(browser, "discord-digest", page([Said(to_payload(make_digest([make_card(paper) for paper in papers])))]))
        post = card_of(papers, *CARDS[1])
        draw(browser, "discord-forum", page([Said(to_payload(post), post=(thread_name(post), "robotics"))]))
        database.close()


CARDS = (
    ("9901.00001", "reinforcement learning"),
    ("9901.00002", "vision language action", "keyword:robot*", "upvotes>=50"),
)
"""Papers, and the queries for which they are shown."""


def card_of(papers: tuple[Paper, ...], paper_id: str, *queries: str) -> Card:
    """The paper's card, as the matcher gives it to a channel with these subscriptions."""
    [paper] = [each for each in papers if each.id == paper_id]
    return make_card(paper, [found for query in queries if (found := match(query, paper, COMMON))])


def a_desk(stores: Stores) -> Desk:
    """A desk that knows the sample papers of all days."""
    for days_ago in range(3):
        listed = asyncio.run(Sample(TODAY).fetch(TODAY - timedelta(days=days_ago)))
        stores.papers.save("sample", listed, at=NOW)
    return Desk(COMMANDS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=100, now=lambda: NOW)


def conversation(desk: Desk) -> list[Said]:
    """What is said to a person who subscribes, errs, and looks at the list."""
    subscribing, wrong, listing = (
        "/subscribe robot* OR agent",
        "/subscribe world model AND AND robots",
        "/subscriptions",
    )
    subscribed = say(desk, subscribing)
    for query in ("rlhf, reward model", 'author:"Ada Example"', "upvotes>=50"):
        say(desk, f"/subscribe {query}")
    Matcher(desk.stores, desk.glossary, now=desk.now).match_subscriptions()
    return [
        Said(to_payload(subscribed), used=subscribing, alone=True),
        Said(to_payload(Reply(subscribed.announcement))),
        Said(to_payload(say(desk, wrong)), used=wrong, alone=True),
        Said(to_payload(say(desk, listing)), used=listing, alone=True),
    ]


def say(desk: Desk, words: str) -> Reply:
    """Type ``words`` in the channel."""
    command, _, text = words.removeprefix("/").partition(" ")
    return desk.reply(Invocation(HERE, "ada", command, text))


def draw(browser: str, name: str, html: str, *, width: int = 640) -> None:
    """Write the page as a picture, as high as it needs."""
    with TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(html, encoding="utf-8")
        call = [
            browser,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--force-device-scale-factor=2",
        ]
        laid_out = run([*call, f"--window-size={width},400", "--dump-dom", str(source)])
        [height] = re.findall(r"<title>(\d+)</title>", laid_out)
        target = PICTURES / f"{name}.png"
        run([*call, f"--window-size={width},{height}", f"--screenshot={target.resolve()}", str(source)])
    sys.stdout.write(f"{target}: {target.stat().st_size // 1024} KB\n")


def run(call: list[str]) -> str:
    """What the browser prints."""
    return subprocess.run(  # noqa: S603 - our own page in the browser that was found
        call, check=True, capture_output=True, text=True, timeout=60
    ).stdout


if __name__ == "__main__":
    main()

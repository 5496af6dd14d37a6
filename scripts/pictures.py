"""Draws the pictures in docs/pictures: what would be sent for the sample papers, drawn as the preview draws it.

Run from the top folder, with Chromium installed: ``.venv/bin/python -m scripts.pictures``. With ``--all`` it draws
every kind of message with papers that are hard to lay out, on sheets to look at. Free fonts stand in for those of Slack
and Discord: apt-get install fonts-lato fonts-noto-core fonts-noto-cjk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import click

from adapters.preview.html import Html, element, joined
from adapters.preview.page import PLATFORMS, Form, Sent, article, style_sheet
from bot.app.preview import fill, form, scratch_stores, sent
from bot.app.preview_messages import Filled
from bot.cards import make_card, make_digest
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.domain import Address, Evidence, Match, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Card, Draft, Reply
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.verdicts import match
from bot.query import COMMON, Knowledge
from scripts.browser import find_browser, take_picture
from scripts.hard_cases import Case, hard_cases

NOW = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
CHANNEL = Address("slack", "C0123456789")
PICTURES = Path("docs", "pictures")
SHEETS = Path("dist", "pictures")
WIDTH, SHEET_WIDTHS, HERO_WIDTH = 640, (360, 1280), 1160
"""CSS pixels."""

THEMES = ("light", "dark")

Shown = Sent | Form

ALONE = """
body { max-width: none; padding: 0; }
h3 { display: none; }
.message, .backdrop { border: 0; border-radius: 0; }
"""
"""No page around the messages."""

SHEET = """
body { max-width: none; padding: 16px; }
main { columns: %(columns)d %(width)dpx; column-gap: 16px; width: calc(%(columns)d * %(width)dpx + %(gaps)dpx); }
article { break-inside: avoid; width: %(width)dpx; }
h3 { display: none; }
h2 { font-size: 12px; margin: 0; padding: 10px 0 4px; break-after: avoid; }
"""

GAP = 16
"""CSS pixels around what is on a sheet."""

COLUMNS = {360: 4, 1280: 1}
"""On a sheet, by the width of a message."""

HERO = """
body { max-width: none; padding: 40px; background: light-dark(#f3efe7, #0c0b0a); }
main { display: grid; grid-template-columns: 1fr 1.1fr; gap: 32px; }
h3 { display: none; }
.window {
  display: flex; flex-direction: column; border-radius: 14px; overflow: hidden; font-size: 15px; line-height: 22px;
  border: 1px solid light-dark(#00000014, #ffffff21); box-shadow: 0 1px 2px #0000001f, 0 12px 32px #0000001c;
}
.window > h2 {
  margin: 0; padding: 13px 20px; font-size: 16px; font-weight: 700;
  border-bottom: 1px solid light-dark(#0000001a, #ffffff1a);
}
.window > p {
  margin: auto 20px 20px; padding: 9px 14px; border-radius: 9px; border: 1px solid light-dark(#00000038, #ffffff2e);
}
.message { border: 0; border-radius: 0; }
.message:hover { background: none; }
.hash, .window > p { color: light-dark(#75757a, #97979c); }
.hash { font-weight: 400; margin-right: 6px; }
.slack-window { background: light-dark(#fff, #1a1d21); color: light-dark(#1d1c1d, #f8f8f8); font-family: Lato; }
.discord-window { background: light-dark(#fff, #1a1a1e); color: light-dark(#070709, #fbfbfb); font-family: Noto Sans; }
"""
"""Two windows beside each other."""

HERO_SUMMARY = (
    "A robot hand learns by reinforcement learning to pick up teacups that it has never seen, after 40 minutes of"
    " practice and without demonstrations. A reward for gentleness, read from cheap touch sensors, cuts breakage from"
    " one cup in five to one in three hundred, and carries over to eggs, light bulbs and ripe tomatoes."
)

HERO_ANNOUNCEMENT = "Ada subscribed this channel to papers that mention “reinforcement learning”."

HERO_SCALE = 1.6
"""With which the picture has less than 300 kB."""

SUBSCRIPTIONS = ("robot* OR agent", "rlhf, reward model", 'author:"Ada Example"', "upvotes>=50")


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Draw every kind of message with papers that are hard to lay out.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Where to; {PICTURES} unless given, and {SHEETS} with --all.",
)
@click.option("--width", type=click.IntRange(280, 2000), help="The width of a message, in CSS pixels.")
@click.option("--only", help="Only pictures whose names contain this, such as card or slack.")
@click.option(
    "--recordings",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("..", "shared", "hf"),
    help="With --all: a folder of recorded lists, whose largest and smallest papers are drawn if it is there.",
)
def main(*, is_all: bool, out: Path | None, width: int | None, only: str | None, recordings: Path) -> None:
    """Draw them all."""
    folder = out or (SHEETS if is_all else PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    studio = Studio(find_browser(), folder, only or "")
    with scratch_stores() as stores:
        fill(stores, NOW.date())
        desk = Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=100, now=lambda: NOW)
        if is_all:
            for name, cases in hard_cases(desk, say, recordings):
                studio.draw_sheets(name, cases, (width,) if width else SHEET_WIDTHS)
        else:
            studio.draw_hero(sent(hero_card(best_paper(desk))), sent(Reply(HERO_ANNOUNCEMENT)))
            for name, shown in conversations(desk):
                studio.draw(name, shown, width or WIDTH)


def conversations(desk: Desk) -> Iterator[tuple[str, Sequence[Shown]]]:
    """Each picture's name and what it shows."""
    yield "card", [sent(hero_card(best_paper(desk)))]
    yield "digest", [sent(make_digest(found(desk, "reinforcement learning, robot, kitchen"), today=NOW.date()))]
    query = SUBSCRIPTIONS[0]
    yield "form", [form(Filled(Draft(query=query), say(desk, f"/papers try {query}")))]
    [subscribed, *_] = [say(desk, f"/subscribe {query}") for query in SUBSCRIPTIONS]
    yield "subscribe", [sent(subscribed, alone=True), sent(Reply(subscribed.announcement))]
    yield "error", [sent(say(desk, "/subscribe diffusion AND OR video"), alone=True)]
    Matcher(desk.stores, desk.glossary, now=desk.now).match_subscriptions()
    yield "subscriptions", [sent(say(desk, "/subscriptions"), alone=True)]


def best_paper(desk: Desk) -> Paper:
    """The sample paper with the most votes."""
    return max(desk.stores.papers.listed(since=NOW.date()), key=lambda paper: paper.upvotes)


def hero_card(paper: Paper) -> Card:
    """The card of the first picture: that paper's, with as long a summary as papers usually have."""
    quoted = Evidence("abstract", "reinforcement learning", "…teaches a robot hand by ", " to pick up…")
    return make_card(
        replace(paper, summary=HERO_SUMMARY), [Match("reinforcement learning", (quoted,))], today=NOW.date()
    )


def found(desk: Desk, query: str) -> list[Card]:
    """The cards of the query's papers, latest list first."""
    papers = desk.stores.papers.listed(since=NOW.date().replace(day=1))
    return [
        make_card(paper, [reason], today=NOW.date())
        for paper in papers
        if (reason := match(query, paper, Knowledge(COMMON)))
    ]


def say(desk: Desk, words: str) -> Reply:
    """Type ``words`` in the channel."""
    command, _, text = words.removeprefix("/").partition(" ")
    return desk.reply(Invocation(CHANNEL, "Ada", command, text))


@dataclass(frozen=True, slots=True)
class Studio:
    """Draws pictures.

    Attributes:
        browser: See `find_browser`.
        folder: Where to.
        only: A part of the names of those that are wanted; empty for all.
    """

    browser: str
    folder: Path
    only: str

    def draw(self, name: str, shown: Sequence[Shown], width: int) -> None:
        """Draw messages on each platform and in each theme, as high as they are."""
        for platform, theme in product(PLATFORMS, THEMES):
            drawn = joined(*(article(platform, each) for each in shown))
            self._take(f"{platform}-{name}-{theme}", f"{style_sheet(shown)} {ALONE}", drawn, theme, width=width)

    def draw_sheets(self, name: str, cases: Sequence[Case], widths: Sequence[int]) -> None:
        """Draw messages, each under its name, on a sheet for each platform, width and theme."""
        for platform, width, theme in product(PLATFORMS, widths, THEMES):
            columns = COLUMNS.get(width, 1)
            gaps = (columns - 1) * GAP
            layout = SHEET % {"columns": columns, "width": width, "gaps": gaps}
            style = f"{style_sheet([each for _, each in cases])} {layout}"
            cells = (element("div", element("h2", said), article(platform, each)) for said, each in cases)
            across = columns * width + gaps + 2 * GAP
            sheet = f"{name}-{platform}-{width}-{theme}"
            self._take(sheet, style, element("main", *cells), theme, width=across, scale=1)

    def draw_hero(self, card: Sent, announcement: Sent) -> None:
        """Draw the first picture of the README: the card in both apps, side by side."""
        windows = _window("Slack", announcement, card) + _window("Discord", card)
        body, style = element("main", Html(windows)), f"{style_sheet([card, announcement])} {HERO}"
        for theme in THEMES:
            self._take(f"hero-{theme}", style, body, theme, width=HERO_WIDTH, scale=HERO_SCALE)

    def _take(self, name: str, style: str, body: str, theme: str, *, width: int, scale: float = 2) -> None:
        target = self.folder / f"{name.lower()}.png"
        if self.only in target.name:
            themed = f"{style} :root {{ color-scheme: {theme}; }}"
            take_picture(self.browser, themed, body, target, width=width, scale=scale)


def _window(platform: str, *messages: Sent) -> Html:
    named = element("h2", element("span", "#", class_="hash"), "papers")
    shown = [article(platform, message) for message in messages]
    return element("div", named, *shown, element("p", "Message #papers"), class_=f"window {platform.lower()}-window")


if __name__ == "__main__":
    main()

"""What people read: every command in its main situations, in one table to read (`tests.bot.commands.texts`).

``python -m tests.bot.commands.test_texts`` writes the table anew after a text was changed; read it before it is kept.
"""

from __future__ import annotations

import asyncio
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.cards import make_card, make_digest
from bot.commands.desk import Desk
from bot.domain import Evidence, Match, Paper
from bot.domain.messages import Button, Card, Digest, Entry, Link, Reply
from bot.domain.polls import Outage, Poll
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from bot.status import Status
from bot.text.rich import Piece, pieces_of
from storage import open_database, stores_of
from tests.bot.commands.front_desk import desk_of, say
from tests.bot.commands.texts import TABLE
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe

DAY = timedelta(days=1)

WIDTH = 110
"""Columns of the table; longer lines are broken."""

IN_A_NEW_STORE = (
    "/papers help",
    "/subscriptions",
    "/subscribe violins",
    "/papers try violins",
    "/papers search violins",
    "/papers today",
    "/papers trending",
    "/papers why 9901.00001",
    "/papers saved",
    "/papers status",
)

WITH_PAPERS = (
    "/subscribe surgery",
    "/subscribe surgery",
    "/subscribe robot*",
    "/subscribe",
    "/subscribe (robots",
    "/subscribe robots or violins",
    "/subscribe robots and dance",
    "/subscribe surgrey",
    "/subscribe humming kettles",
    "/subscribe author:Nobody",
    "/subscribe *",
    "/subscriptions",
    "/papers edit 1",
    "/papers edit",
    "/papers change 1 surgery -dental",
    "/papers change 1 + upvotes>=3",
    "/papers change 1",
    "/papers change 99 robots",
    "/papers try surgery",
    "/papers try humming kettles",
    "/papers search surgery",
    "/papers search humming kettles",
    "/papers search harpsichords",
    "/papers today",
    "/papers today sunday",
    "/papers today 1 May",
    "/papers today someday",
    "/papers trending",
    "/papers abstract 9901.00000",
    "/papers abstract",
    "/papers abstract 9901.99999",
    "/papers why 9901.00000",
    "/papers why 9901.00009",
    "/papers show 9901.00000",
    "/papers links 9901.00000",
    "/papers save 9901.00000",
    "/papers save 9901.00000",
    "/papers saved",
    "/papers unsave 9901.00000",
    "/papers unsave 9901.00000",
    "/papers follow 9901.00000",
    "/papers less 9901.00000",
    "/papers less 9901.00030",
    "/papers status",
    "/papers digest",
    "/papers digest daily 09:00",
    "/papers digest someday",
    "/papers digest off",
    "/papers pause 3d",
    "/papers why 9901.00009",
    "/papers pause someday",
    "/papers pause subscription 2",
    "/papers pause subscription 2",
    "/papers resume subscription 2",
    "/papers resume subscription 99",
    "/papers resume",
    "/papers resume",
    "/unsubscribe 2",
    "/unsubscribe 3, 6",
    "/unsubscribe 7",
    "/unsubscribe surgeries",
    "/unsubscribe all",
    "hello",
    "thanks",
    "bye",
    "good bot",
    "/papers serach robots",
    "/papers dance of robots",
    "/sing",
)


def papers() -> Iterator[Paper]:
    """Papers of three days, most of them about robots."""
    titles = ["Dental Surgery by Robots", "Surgery by Robots", *(f"Robots Number {number}" for number in range(28))]
    for number, title in enumerate(titles):
        yield a_paper(
            id=f"9901.{number:05}",
            title=title,
            abstract="We teach robots to work." if number else "We teach robots surgery. They need no teeth.",
            summary="Robots learn surgery, and do it well." if number < 2 else "",
            keywords=("surgery", "dental care") if number == 0 else ("surgery",) if number == 1 else ("robots",),
            list_day=TODAY - DAY * (number % 3),
            upvotes=number,
            organization="Acme Labs" if number == 0 else "",
        )
    yield a_paper(id="9901.00030", title="Copper Kettles", abstract="They hum.", list_day=TODAY - DAY)


def a_status() -> Status:
    """What a service knows that has polled, and lacks a source, a platform and a list."""
    status = Status(NOW - 2 * DAY, timedelta(minutes=10), next_poll=NOW + timedelta(minutes=7))
    outage = Outage("huggingface", NOW - timedelta(hours=2), "no connection")
    status.last_good_poll = NOW - timedelta(hours=2)
    status.polled(Poll(NOW, failures=(str(outage),), outages=(outage,), newest=TODAY))
    return status


def new_stores(folder: Path, name: str) -> Stores:
    """A new database."""
    return stores_of(open_database(folder / f"{name}.db"))


def table(folder: Path) -> str:
    """Every text."""
    empty, stores = new_stores(folder, "empty"), new_stores(folder, "full")
    desk = desk_of(empty)
    parts = [heading("A new store"), as_text("(invited)", asyncio.run(desk.joined(HERE)))]
    parts += [as_text(words, say(desk, words)) for words in IN_A_NEW_STORE]
    every = list(papers())
    for day in sorted({paper.list_day for paper in every}):
        stores.papers.save("sample", list_of(*(paper for paper in every if paper.list_day == day)), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=lambda: NOW).match_papers()
    parts.append(heading("A store with papers"))
    parts += with_papers(desk_of(stores, status=a_status()), stores)
    parts += [heading("Messages"), *map(of_message, messages(every))]
    return "\n".join(parts)


def with_papers(desk: Desk, stores: Stores) -> Iterator[str]:
    """The replies of a desk that has papers."""
    subscribe(stores, HERE, "speculative kettles", at=NOW - 20 * DAY)
    yield as_text("(invited)", asyncio.run(desk.joined(HERE)))
    for words in WITH_PAPERS:
        yield as_text(words, say(desk, words))
    yield as_text("/subscribe dance (where only admins may)", say(replace(desk, who="admins"), "/subscribe dance"))
    yield as_text(
        "/subscribe dance (where one is the most)", say(replace(desk, max_subscriptions=1), "/subscribe dance")
    )


def messages(every: Sequence[Paper]) -> Iterator[Card | Digest]:
    """A card, one that has reached its votes, and a digest."""
    quote = Evidence("abstract", "surgery", "We teach robots ", ". They need no teeth.")
    title = Evidence("title", "Surgery", "Dental ", " by Robots")
    first = make_card(every[0], [Match("surgery", (title, quote)), Match("robot*")], today=TODAY)
    votes = [Match("robots upvotes>=1", (Evidence("upvotes", "upvotes>=1"),))]
    yield first
    yield make_card(every[1], votes, today=TODAY + DAY, reached=TODAY)
    yield make_digest([first, make_card(every[4], [Match("*")], today=TODAY)], today=TODAY)


def heading(text: str) -> str:
    """A heading of the table."""
    return f"{text}\n{'=' * len(text)}\n"


def as_text(words: str, reply: Reply | None) -> str:
    """What was typed, and below it what is read and can be pressed."""
    assert reply is not None, words
    lines = marked(reply.text).split("\n")
    lines += [f"| {line}" for line in reply.code.split("\n") if line]
    for entry in reply.entries:
        lines += of_entry(entry)
    lines += [f"~ {line}" for line in marked(reply.advice).split("\n") if line]
    lines += [f"[card] {card.title}" for card in reply.cards]
    lines += pressable([*reply.links, *reply.buttons])
    lines += [f"» {reply.announcement}"] if reply.announcement else []
    return framed(f"{'>' if reply.ok else '!'} {words}", lines)


def of_entry(entry: Entry) -> list[str]:
    """An item of a list."""
    return [
        f"- {marked(entry.text)}",
        *(f"    {line}" for line in (marked(entry.detail), *pressable(entry.buttons)) if line),
    ]


def of_message(message: Card | Digest) -> str:
    """What is read of a card or a digest."""
    if isinstance(message, Digest):
        lines = [message.headline]
        for card in message.cards:
            lines += ["", f"**{card.title}**", card.sentence, " · ".join(filter(None, [card.figures, card.brought_by]))]
        return framed("(a digest)", [*lines, "", f"notice: {message.notice}"])
    reasons = ["".join(map(mark, reason)) for reason in message.reasons]
    lines = [f"**{message.title}**", message.byline, message.summary, message.summary_by, *reasons, message.figures]
    lines += [*pressable([*message.links, *message.buttons]), "menu: " + " ".join(pressable(message.menu))]
    return framed("(a card)", [*filter(None, lines), f"notice: {message.notice}"])


def pressable(targets: Sequence[Link | Button]) -> list[str]:
    """A line with the labels of buttons and links; none if there are none."""
    return [" ".join(f"({target.label})" for target in targets)] if targets else []


def marked(text: str) -> str:
    """The text with its pieces marked as people know it: bold, code, [a link], {a moment}."""
    return "".join(map(mark, pieces_of(text)))


def mark(piece: Piece) -> str:
    """One piece."""
    if piece.at:
        return f"{{{piece.text}}}"
    if piece.url:
        return f"[{piece.text}]"
    return f"**{piece.text}**" if piece.bold else f"`{piece.text}`" if piece.code else piece.text


def framed(typed: str, lines: Sequence[str]) -> str:
    """What was typed, and the lines below it, with long ones broken."""
    wrapped = [part for line in lines for part in textwrap.wrap(line, WIDTH, subsequent_indent="  ") or [""]]
    return "\n".join([typed, *(f"    {line}".rstrip() for line in wrapped), ""])


def test_every_text_is_the_one_in_the_table(tmp_path: Path) -> None:
    assert table(tmp_path) == TABLE.lstrip("\n")


if __name__ == "__main__":
    target = Path(__file__).with_name("texts.py")
    with tempfile.TemporaryDirectory() as folder:
        written = table(Path(folder)).replace("\\", "\\\\")
    target.write_text(
        f'"""What people read, as `tests.bot.commands.test_texts` renders it."""\n\nTABLE = """\n{written}"""\n'
    )

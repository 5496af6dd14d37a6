"""Messages that are hard to lay out: the largest and smallest papers, long names, other scripts, formulas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from adapters.preview.page import Form, Sent
from adapters.sources.huggingface.payload import read_list
from bot.app.preview import form, sent
from bot.app.preview_messages import Filled
from bot.cards import make_card, make_digest
from bot.commands.desk import Desk
from bot.domain import Evidence, Match, Paper, Part
from bot.domain.messages import Button, Card, Digest, Draft, Reply
from bot.text.plain import plain

BASE_URL = "https://huggingface.co"

QUERY = "robot* OR agent"

LONG_QUERY = '(robot* OR manipulation) AND "in context learning" AND -survey AND author:"Ada Example" AND upvotes>=20'

TITLE = 300
"""Characters of the long title, which no query names."""

AUTHORS = 664
"""As many as one recorded paper had."""

ABSTRACT = (
    "We teach robots to fold laundry by reinforcement learning from the corrections of the people who wear it. "
    "Over 12 weeks in 8 homes, the number of folded shirts per hour rose from 3 to 41. "
)

Say = Callable[[Desk, str], Reply]
"""Types words in the channel."""

Case = tuple[str, Sent | Form]
"""A message or form, and its name."""


def hard_cases(desk: Desk, say: Say, recordings: Path) -> Iterator[tuple[str, list[Case]]]:
    """Each sheet's name, and what it shows.

    Args:
        desk: Where the sample papers are.
        say: See `Say`; the channel's subscriptions change.
        recordings: A folder of recorded lists; it need not exist.
    """
    cards = [(name, card_of(desk, name, paper)) for name, paper in hard_papers(desk, recordings)]
    yield "cards", [(name, sent(card)) for name, card in cards]
    yield "digests", [(name, sent(digest)) for name, digest in digests(desk, [card for _, card in cards])]
    yield "forms", list(forms(desk, say))
    yield "replies", list(replies(desk, say))


def hard_papers(desk: Desk, recordings: Path) -> Iterator[tuple[str, Paper]]:
    """Papers by what is hard about them."""
    usual, *_ = desk.stores.papers.listed(since=desk.now().date())
    usual = replace(usual, abstract=ABSTRACT * 3)
    yield "Usual", usual
    recorded = recorded_papers(desk, recordings)
    if recorded:
        yield "Largest recorded", max(recorded, key=_size)
        yield "Smallest recorded", min(recorded, key=_size)
    yield "Long title, not matched", replace(usual, title=("Folding " * TITLE)[: TITLE - 1] + "s")
    authors = tuple(f"Author{number} Example-Sample" for number in range(AUTHORS))
    yield (
        f"{AUTHORS} authors",
        replace(usual, authors=authors, organization="An Institute with an Exceedingly Long Name"),
    )
    yield (
        "Chinese",
        replace(
            usual,
            title="面向家务机器人的强化学习：从穿衣者的纠正中学会叠衣服",
            authors=("王小明", "李雷", "山田花子", "김민준"),
            summary="我们教机器人叠衣服。" * 20,
        ),
    )
    yield (
        "Formulas",
        replace(
            usual,
            title=plain(r"$\pi_0$ and \textsc{Foldy}^2: $O(n \log n)$ *Folding* of `laundry` <think> & @everyone"),
            summary=plain(
                r"We prove that $\sum_{i=1}^{n} \alpha_i \le \frac{1}{2}$ for $x \in \mathbb{R}^d$, at \$5 a shirt."
            ),
        ),
    )
    yield "No summary", replace(usual, summary="")
    yield "Nothing but a title", Paper(id="9903.00002", title="Laundry", list_day=usual.list_day, url=usual.url)
    published = desk.now() - timedelta(days=900)
    yield (
        "Old, of an earlier list",
        replace(usual, published_at=published, list_day=usual.list_day - timedelta(days=4), submitter="Ada Example"),
    )


def recorded_papers(desk: Desk, recordings: Path) -> list[Paper]:
    """The papers of the recorded lists, as if they stood on today's."""
    files = sorted(recordings.glob("20*.json"))
    lists = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return [paper for items in lists for paper in read_list(items, day=desk.now().date(), base_url=BASE_URL).papers]


def card_of(desk: Desk, name: str, paper: Paper) -> Card:
    """Its card, for a query that stands in the abstract; without one if the name says that it is not matched."""
    found = Evidence("abstract", "reinforcement learning", "…robots to fold laundry by ", " from the corrections of…")
    match = Match(LONG_QUERY if "authors" in name else "reinforcement learning", (found,))
    is_matched = "not matched" not in name
    return make_card(paper, [match] if is_matched else [], today=desk.now().date(), note="" if is_matched else NOTE)


NOTE = "Posted here 3 days ago."


def digests(desk: Desk, cards: list[Card]) -> Iterator[tuple[str, Digest]]:
    """Digests by what is hard about them."""
    today = desk.now().date()
    yield "Hard papers", make_digest(cards, today=today)
    yield "One paper", make_digest(cards[:1], today=today)
    yield "Part of a long one", make_digest(cards, today=today, part=Part(11, 10 + len(cards), 1_023))
    more = (Button("18 more", "papers", "rest 0123456789abcdef01234567"),)
    yield "The best of many", make_digest(cards[:5], today=today, rest=[today] * 18, buttons=more)
    yield "No paper", make_digest([], today=today)


def forms(desk: Desk, say: Say) -> Iterator[Case]:
    """Forms by what is in them."""
    for name, query in (("Empty", ""), ("Typed", QUERY), ("Long", LONG_QUERY), ("Wrong", "robots AND")):
        yield name, form(Filled(Draft(query=query), say(desk, f"/papers try {query}") if query else None))


def replies(desk: Desk, say: Say) -> Iterator[Case]:
    """What is answered to some commands; the list is long at last."""
    alone = (
        f"/subscribe {QUERY}",
        "/subscribe diffusion AND OR video",
        "/subscriptions",
        "/papers help",
        "/papers status",
    )
    asked = (
        "/papers today",
        "/papers search robot",
        "/papers why 9901.00001",
        "/papers digest",
        "/papers digest tuesday-ish",
    )
    for words in (*alone, *asked, f"/subscribe {LONG_QUERY}", "/subscribe 面向家务机器人"):
        yield words, sent(say(desk, words), alone=True)
    for number in range(20):
        say(desk, f"/subscribe robots number{number}")
    yield "/subscriptions, 23 of them", sent(say(desk, "/subscriptions"), alone=True)
    yield "/unsubscribe 2", sent(say(desk, "/unsubscribe 2"), alone=True)


def _size(paper: Paper) -> int:
    """Characters of what a card shows."""
    return len(paper.title) + len(paper.summary or paper.abstract) + len("".join(paper.authors[:3]))

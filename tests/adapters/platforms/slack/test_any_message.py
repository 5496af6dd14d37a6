"""Any message, however hostile or long, is shown as it is, whole or cut."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.blocks import notification, to_blocks
from adapters.platforms.slack.mrkdwn import LOOKALIKES
from adapters.sources.huggingface.payload import read_list
from bot.cards import brought_by
from bot.domain import Evidence, Match
from bot.domain.messages import Button, Card, Digest, Entry, Link, Menu, Reply
from bot.text.rich import Piece, Rich
from tests.adapters.platforms.slack.looks import HOSTILE, a_card, is_literal, read, refused, shown
from tests.builders import TODAY, card_of, completed, digest_of, noticed

CHARACTERS = st.characters(exclude_categories=())
TEXTS = st.lists(st.sampled_from(HOSTILE) | CHARACTERS, max_size=12).map("".join)
LONG_TEXTS = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from([1, 1, 1, 30]))
URLS = st.sampled_from(
    [
        "https://papers.example/9901.00001",
        "http://papers.example",
        "",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "https://x.example/|>*",
        "https://user@evil.example",
        "https://x.example:99999",
        "https://[",
        f"https://papers.example/{'x' * 2_900}",
        f"https://papers.example/{'x' * 4_000}",
    ]
)
EVIDENCE = st.builds(Evidence, st.sampled_from(["title", "abstract", "keyword", "upvotes"]), TEXTS, TEXTS, LONG_TEXTS)
LINKS = st.builds(Link, TEXTS, URLS)
BUTTONS = st.builds(Button, TEXTS, st.sampled_from(["papers", "subscribe"]), LONG_TEXTS)
COUNTS = st.integers(0, 10**12)
CARDS = st.builds(
    Card,
    paper_id=TEXTS,
    title=LONG_TEXTS,
    url=URLS,
    byline=LONG_TEXTS,
    listed=st.just(TODAY),
    summary=LONG_TEXTS,
    abstract=LONG_TEXTS,
    matches=st.lists(st.builds(Match, TEXTS, st.lists(EVIDENCE, max_size=4).map(tuple)), max_size=2).map(tuple),
    upvotes=COUNTS,
    comments=COUNTS,
    stars=st.none() | COUNTS,
    thumbnail_url=URLS,
    links=st.lists(LINKS, max_size=6).map(tuple),
    buttons=st.lists(BUTTONS, max_size=3).map(tuple),
    menu=st.lists(LINKS | BUTTONS, max_size=8).map(tuple),
    origin=TEXTS,
    day=TEXTS,
    summary_by=TEXTS,
    sentence=LONG_TEXTS,
    note=LONG_TEXTS,
    layout=st.sampled_from([1, 2, 2, 2]),
).map(lambda card: completed(replace(card, brought_by=brought_by(card.matches))))
MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))
PIECES = st.builds(Piece, LONG_TEXTS, st.booleans(), st.booleans(), URLS, MOMENTS)
WORDS = LONG_TEXTS | st.lists(PIECES, max_size=5).map(Rich)
ENTRIES = st.builds(Entry, WORDS, st.lists(BUTTONS, max_size=4).map(tuple), WORDS)


def several(few: st.SearchStrategy[Any], times: list[int]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few things, or the same ones many times over."""
    return st.builds(lambda some, many: tuple(some * many), st.lists(few, max_size=3), st.sampled_from(times))


DIGESTS = st.builds(
    Digest, LONG_TEXTS, several(CARDS, [1, 1, 4, 10, 40]), several(BUTTONS, [1, 20]), st.sampled_from([1, 2, 2])
).map(noticed)
MENUS = st.none() | st.builds(Menu, LONG_TEXTS, several(BUTTONS, [1, 60]))
REPLIES = st.builds(
    Reply,
    WORDS,
    code=LONG_TEXTS,
    entries=several(ENTRIES, [1, 10, 40]),
    advice=WORDS,
    menu=MENUS,
    cards=several(CARDS, [1, 4, 15]),
    near=several(CARDS, [1, 2, 5]),
    buttons=several(BUTTONS, [1, 20]),
    ok=st.booleans(),
)


@settings(max_examples=50)
@given(CARDS)
def test_slack_takes_any_card(card: Card) -> None:
    assert refused(card) == []
    assert is_literal(to_blocks(card))


@settings(max_examples=50)
@given(DIGESTS)
def test_slack_takes_any_digest(digest: Digest) -> None:
    assert refused(digest) == []
    assert is_literal(to_blocks(digest))


@settings(max_examples=50)
@given(REPLIES)
def test_slack_takes_any_reply(reply: Reply) -> None:
    assert refused(reply) == []
    assert is_literal(to_blocks(reply))


def test_slack_takes_every_recorded_paper_as_it_is(recordings: Path) -> None:
    for file in [*sorted(recordings.glob("2026-*.json")), recordings / "edge_cases.json"]:
        items = json.loads(file.read_text())
        cards = [card_of(paper) for paper in read_list(items, day=TODAY, base_url="https://papers.example").papers]
        for card in cards:
            assert refused(card) == []
            assert card.title in shown(to_blocks(card))
            assert card.summary in shown(to_blocks(card))
        for start in range(0, len(cards), 10):
            ten = tuple(cards[start : start + 10])
            assert refused(digest_of(ten)) == []
            alike = LOOKALIKES | {ord("|"): "∣"}
            entries = {f"{card.title.translate(alike)}\n{card.sentence.translate(LOOKALIKES)}" for card in ten}
            assert entries <= set(read(to_blocks(digest_of(ten))))
            assert refused(Reply("The latest:", cards=ten)) == []


@pytest.mark.parametrize("text", HOSTILE[:14])
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    blocks = to_blocks(a_card(title=text, summary=text))
    assert shown(blocks).count(text) == 2
    assert is_literal(blocks)


def test_a_list_of_thousands_of_lines_fits() -> None:
    assert refused(Reply("\n".join(["• one"] * 3_000), ok=False)) == []
    assert refused(Reply("\n".join(["• one", "two"] * 3_000), code="x" * 3_000)) == []


def test_a_reply_without_text_is_not_an_empty_message() -> None:
    assert refused(Reply("")) == []
    assert notification(Reply(""))


def test_text_is_cut_with_an_ellipsis_and_never_within_a_character() -> None:
    family = "👩\u200d👩\u200d👧"
    title = shown(to_blocks(a_card(title=family * 200)))[0]
    assert title.endswith("…")
    assert title.removesuffix("…").replace(family, "") == ""


def test_a_text_without_end_is_shown_at_once() -> None:
    endless = "*robots* " * 20_000
    card = a_card(title=endless, byline=endless, summary=endless, abstract=endless)
    entries = (Entry(endless, detail=endless),) * 30
    reply = Reply(endless, code=endless, advice=endless, cards=(card,) * 10, entries=entries)
    for message in (card, digest_of([card] * 50), reply):
        assert refused(message) == []

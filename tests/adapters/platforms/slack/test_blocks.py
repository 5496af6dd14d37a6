from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.blocks import escape, notification, pressed, to_blocks
from adapters.platforms.slack.elements import inert
from adapters.sources.huggingface.payload import read_list
from bot.cards import complete_card, complete_digest, make_card, make_digest
from bot.domain import Evidence, Match
from bot.domain.messages import Button, Card, Digest, Entry, Link, Message, Reply
from tests.builders import TODAY, a_paper
from tests.servers.slack.rules import complaints

HOSTILE = (
    "<!channel>",
    "<@U0123456789>",
    "<#C0123456789>",
    "<https://evil.example|safe>",
    "https://evil.example",
    "@here",
    "*bold*",
    "_it_",
    "~no~",
    "`code`",
    "```block```",
    ":smile:",
    "> quoted",
    "&lt;!channel&gt;",
    "\u202eright to left",
    "\u0000\u0007\u001b[31m",
    "\ud800",
    "\n",
    " ",
    "\u2028",
    "👩\u200d🔬",
    "🇫🇷",
    "e\u0301",
    "量子力学",
    "x" * 400,
)

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
).map(complete_card)
ENTRIES = st.builds(Entry, LONG_TEXTS, st.none() | BUTTONS)


def several(few: st.SearchStrategy[Any], times: list[int]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few things, or the same ones many times over."""
    return st.builds(lambda some, many: tuple(some * many), st.lists(few, max_size=3), st.sampled_from(times))


DIGESTS = st.builds(Digest, LONG_TEXTS, several(CARDS, [1, 1, 10, 40]), several(BUTTONS, [1, 20])).map(complete_digest)
REPLIES = st.builds(
    Reply,
    LONG_TEXTS,
    code=LONG_TEXTS,
    entries=several(ENTRIES, [1, 10, 40]),
    advice=LONG_TEXTS,
    cards=several(CARDS, [1, 4, 15]),
    buttons=several(BUTTONS, [1, 20]),
    ok=st.booleans(),
)


def refused(message: Message) -> list[str]:
    """What Slack would say against it."""
    blocks = to_blocks(message)
    whole = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")).encode())
    return complaints({"text": notification(message), "blocks": blocks}) + (["too long"] if whole > 12_000 else [])


def objects(node: object) -> Iterator[dict[str, Any]]:
    """Every object in it."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from objects(child)


def shown(node: object) -> list[str]:
    """Every text that people see, in order."""
    return [part["text"] for part in objects(node) if isinstance(part.get("text"), str)]


def buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every button."""
    return [part for part in objects(blocks) if part.get("type") == "button"]


def is_literal(blocks: list[dict[str, Any]]) -> bool:
    """Whether nothing in it is markup, mentions, or characters that hide or reorder."""
    kinds = {part["type"] for part in objects(blocks) if "type" in part}
    plain = [part for part in objects(blocks) if part.get("type") == "plain_text"]
    return (
        not kinds & {"mrkdwn", "markdown", "user", "usergroup", "channel", "broadcast", "team", "date"}
        and all(element["emoji"] is False for element in plain)
        and all(part["name"] == "warning" for part in objects(blocks) if part.get("type") == "emoji")
        and all(
            character in "\n\u200d" or unicodedata.category(character)[0] != "C" or character >= "\U0001f000"
            for text in shown(blocks)
            for character in text
        )
    )


def a_card(**given: Any) -> Card:  # noqa: ANN401 - any attribute of Card
    """The card of a paper with everything."""
    paper = a_paper(
        summary="Robots learn to dance.",
        organization="Acme Labs",
        upvotes=58,
        comments=3,
        stars=138,
        code_url="https://code.example/dance",
        project_url="https://dance.example",
        thumbnail_url="https://thumbnails.example/9901.00001.png",
    )
    evidence = (
        Evidence("title", "Robots"),
        Evidence("abstract", "robots", before="We teach ", after=" to dance."),
    )
    return complete_card(replace(make_card(paper, [Match("robots", evidence)]), **given))


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


def test_the_same_message_looks_the_same() -> None:
    assert to_blocks(a_card()) == to_blocks(a_card())


def test_slack_takes_every_recorded_paper_as_it_is(recordings: Path) -> None:
    for file in [*sorted(recordings.glob("2026-*.json")), recordings / "edge_cases.json"]:
        items = json.loads(file.read_text())
        cards = [make_card(paper) for paper in read_list(items, day=TODAY, base_url="https://papers.example").papers]
        for card in cards:
            assert refused(card) == []
            assert card.title in shown(to_blocks(card))
            assert card.summary in shown(to_blocks(card))
        assert refused(make_digest(cards)) == []
        assert refused(Reply("The latest:", cards=tuple(cards[:10]))) == []


def test_a_digest_of_forty_recorded_papers_names_each(recordings: Path) -> None:
    items = [item for file in sorted(recordings.glob("2026-*.json"))[:3] for item in json.loads(file.read_text())][:40]
    papers = read_list(items, day=TODAY, base_url="https://huggingface.co").papers
    assert len(papers) == 40
    links = [part["url"] for part in objects(to_blocks(make_digest([*map(make_card, papers)]))) if "url" in part]
    assert sorted(links) == sorted(paper.url for paper in papers)


def test_a_card_says_everything_in_its_order() -> None:
    assert shown(to_blocks(a_card())) == [
        "Walking Robots Learn to Dance",
        "Acme Labs · Ada Example, Ben Sample\n10 March 2026 · ▲ 58 · 3 comments · ★ 138",
        "Robots learn to dance.",
        "title: ",
        "“Robots”",
        "\n",
        "abstract: We teach ",
        "“robots”",
        " to dance.",
        *"Paper arXiv PDF Code Project Abstract Why".split(),
        "Less like this",
    ]


def test_the_title_is_a_link_to_the_paper() -> None:
    [title] = to_blocks(a_card())[0]["elements"][0]["elements"]
    assert (title["type"], title["url"]) == ("link", "https://papers.example/papers/9901.00001")


def test_what_matched_is_bold() -> None:
    bold = [part["text"] for part in objects(to_blocks(a_card())) if part.get("style") == {"bold": True}]
    assert bold == ["Walking Robots Learn to Dance", "“Robots”", "“robots”"]


def test_a_card_has_its_thumbnail_beside_the_summary() -> None:
    [picture] = [part for part in objects(to_blocks(a_card())) if part.get("type") == "image"]
    assert picture == {
        "type": "image",
        "image_url": "https://thumbnails.example/9901.00001.png",
        "alt_text": "First page of Walking Robots Learn to Dance",
    }


def test_a_card_can_do_without_its_thumbnail() -> None:
    assert "image" not in {part.get("type") for part in objects(to_blocks(a_card(), thumbnails=False))}


def test_a_card_that_nobody_subscribed_to_gives_no_reasons() -> None:
    assert not [part for part in objects(to_blocks(a_card(matches=()))) if part.get("type") == "rich_text_quote"]


@pytest.mark.parametrize("text", HOSTILE[:14])
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    blocks = to_blocks(a_card(title=text, summary=text))
    assert shown(blocks).count(text) == 2
    assert is_literal(blocks)


def test_a_paper_without_an_open_address_is_named_all_the_same() -> None:
    blocks = to_blocks(a_card(url="javascript:alert(1)", links=(Link("Paper", "javascript:alert(1)"),)))
    assert shown(blocks)[0] == "Walking Robots Learn to Dance"
    assert "javascript" not in json.dumps(blocks)


@pytest.mark.parametrize("url", ["", "ftp://x.example", "https://", "https://a b", "https://u@x.example", "https://["])
def test_a_link_that_no_browser_opens_has_no_button(url: str) -> None:
    assert buttons(to_blocks(a_card(links=(Link("Paper", url),), buttons=()))) == []


def test_a_link_that_is_too_long_has_no_button() -> None:
    links = tuple(Link("Paper", f"https://papers.example/{'x' * length}") for length in (2_977, 2_978))
    blocks = to_blocks(a_card(links=links, buttons=()))
    assert [len(button["url"]) for button in buttons(blocks)] == [3_000]


def test_a_pressed_button_gives_its_command() -> None:
    reply = Reply("Hello", buttons=(Button("Undo", "unsubscribe", "2"), Button("Again", "subscribe", 'a & "b" <3 é')))
    given = [pressed(button["value"]) for button in buttons(to_blocks(reply))]
    assert given == [("unsubscribe", "2"), ("subscribe", 'a & "b" <3 é')]


@given(st.text(max_size=300))
def test_what_a_button_says_survives_slacks_entities(text: str) -> None:
    [made] = buttons(to_blocks(Reply("Hello", buttons=(Button("Go", "subscribe", text),))))
    escaped = made["value"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert pressed(escaped) == ("subscribe", text)


def test_a_command_that_is_too_long_has_no_button() -> None:
    reply = Reply("Hello", buttons=(Button("Undo", "subscribe", "x" * 2_000), Button("Help", "papers", "help")))
    assert [pressed(button["value"]) for button in buttons(to_blocks(reply))] == [("papers", "help")]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "papers",
        "[]",
        "{}",
        "1e999",
        '{"command": "papers"}',
        '{"command": "papers", "text": 1}',
        '{"command": "Papers!", "text": ""}',
        '{"command": "papers", "text": "", "more": ""}',
        '{"command": "unsubscribe", "text": "1", "channel": "C1"}',
        "[" * 100_000,
    ],
)
def test_a_value_that_is_not_ours_gives_no_command(value: str) -> None:
    assert pressed(value) is None


@given(st.text())
def test_any_value_is_read_without_an_error(value: str) -> None:
    assert pressed(value) is None or isinstance(pressed(value), tuple)


def test_ids_of_buttons_stand_once() -> None:
    reply = Reply("Today:", cards=(a_card(),) * 10, buttons=(Button("Help", "papers", "help"),))
    ids = [button["action_id"] for button in buttons(to_blocks(reply))]
    assert ids == [f"command:{number}" for number in range(11)]


def test_a_digest_has_a_headline_and_a_line_for_each_paper() -> None:
    digest = make_digest([a_card(title=f"Paper {number}", upvotes=number) for number in (1, 2)])
    assert shown(to_blocks(digest)) == [
        "2 papers · 10 March 2026",
        "Paper 2",
        "\n▲ 2 · 3 comments · ★ 138 · Acme Labs",
        "Paper 1",
        "\n▲ 1 · 3 comments · ★ 138 · Acme Labs",
    ]


def test_a_digest_without_end_says_how_many_more_there_are() -> None:
    cards = tuple(a_card(title=f"Paper {number}") for number in range(500))
    blocks = to_blocks(complete_digest(Digest("500 papers", cards)))
    named = sum(text.startswith("Paper") for text in shown(blocks))
    assert 40 < named < 100
    assert shown(blocks)[-1] == f"… and {500 - named} more papers."


def test_a_reply_says_everything_in_its_order() -> None:
    reply = Reply(
        "Found:\n• one\n• two\nThat is all.",
        code="robot OR\n        ^",
        entries=(Entry("1. robots", Button("Remove", "unsubscribe", "1")),),
        advice="Write more.",
        buttons=(Button("Help", "papers", "help"),),
    )
    assert shown(to_blocks(reply)) == [
        "Found:",
        "one",
        "two",
        "That is all.",
        "robot OR\n        ^",
        "1. robots",
        "Remove",
        "Write more.",
        "Help",
    ]


def test_what_could_not_be_done_is_marked() -> None:
    marked = to_blocks(Reply("No such thing.", ok=False))[0]["elements"][0]["elements"]
    assert marked[0] == {"type": "emoji", "name": "warning"}


def test_a_caret_keeps_its_place_in_a_long_line() -> None:
    query = f"{'robot ' * 40}AND OR {'x ' * 40}"
    [code] = [text for text in shown(to_blocks(Reply("Wrong.", code=f"{query}\n{' ' * 244}^"))) if "^" in text]
    line, caret = code.split("\n")
    assert line[caret.index("^") :].startswith("OR x")
    assert (line[0], line[-1], len(line)) == ("…", "…", 62)


def test_a_caret_at_the_end_of_a_long_line_keeps_its_place() -> None:
    query = "robot " * 40
    [code] = [text for text in shown(to_blocks(Reply("Wrong.", code=f"{query}\n{' ' * 240}^"))) if "^" in text]
    line, caret = code.split("\n")
    assert line.endswith("robot")
    assert caret.index("^") == len(line) + 1


def test_a_few_entries_have_their_buttons_and_hundreds_are_counted() -> None:
    entries = tuple(Entry(f"{n}. robots", Button("Remove", "unsubscribe", str(n))) for n in range(1, 1_001))
    blocks = to_blocks(Reply("This channel has 1,000 subscriptions:", entries=entries))
    assert [pressed(button["value"]) for button in buttons(blocks)][-1] == ("unsubscribe", "30")
    listed = sum(text.endswith("robots") for text in shown(blocks))
    assert shown(blocks)[-1] == f"… and {1_000 - listed} more entries."


def test_an_entry_without_a_button_stands_among_those_with_one() -> None:
    entries = (Entry("1. robots", Button("Remove", "unsubscribe", "1")), Entry("2. paused"))
    assert shown(to_blocks(Reply("Two:", entries=entries))) == ["Two:", "1. robots", "Remove", "2. paused"]


def test_a_list_of_thousands_of_lines_fits() -> None:
    assert refused(Reply("\n".join(["• one"] * 3_000), ok=False)) == []
    assert refused(Reply("\n".join(["• one", "two"] * 3_000), code="x" * 3_000)) == []


def test_a_single_paper_asked_for_is_shown_in_full() -> None:
    labels = [shown(button) for button in buttons(to_blocks(a_card()))]
    assert [shown(button) for button in buttons(to_blocks(Reply("The best:", cards=(a_card(),))))] == labels


def test_ten_papers_asked_for_are_shown_with_their_summaries() -> None:
    cards = tuple(a_card(title=f"Paper {number}", summary="It is about robots. " * 10) for number in range(10))
    reply = Reply("The best:", cards=cards)
    assert refused(reply) == []
    assert len([text for text in shown(to_blocks(reply)) if text.startswith("It is about robots.")]) == 10


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
    for message in (card, make_digest([card] * 50), Reply(endless, code=endless, advice=endless, cards=(card,) * 10)):
        assert refused(message) == []


def test_a_notification_says_what_the_message_is_about() -> None:
    assert notification(a_card()) == "Walking Robots Learn to Dance · Acme Labs · Ada Example, Ben Sample"
    assert notification(make_digest([a_card()])) == "1 paper · 10 March 2026: Walking Robots Learn to Dance"
    assert notification(Reply("Subscribed to robots.\nMore.")) == "Subscribed to robots. More."
    assert notification(Reply("", cards=(a_card(),))) == "Walking Robots Learn to Dance"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("&lt;", "&amp;lt;"),
        ("*bold* _it_ ~no~ `code`", "∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ"),
        (":smile:", ":\u2060smile:"),
        ("Title: a tale: of two", "Title: a tale: of two"),
        ("@here", "@\u2060here"),
        ("https://evil.example", "https:\u2060//evil.example"),
        ("> quoted\n> twice", "\u2060&gt; quoted\n\u2060&gt; twice"),
        ("\u202e\u0007hidden", "hidden"),
    ],
)
def test_escaped_text_means_itself(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(LONG_TEXTS)
def test_nothing_escaped_is_left_to_format(text: str) -> None:
    escaped = escape(text)
    assert not set("<>*_~`") & set(escaped)
    assert not any("\ud800" <= character <= "\udfff" for character in escaped)
    assert "://" not in escaped
    assert len(html.unescape(escaped).replace("\u2060", "")) == len(inert(text))

"""What a card, a digest and a reply look like in Slack."""

from __future__ import annotations

import json
from pathlib import Path

from adapters.platforms.slack.blocks import notification, pressed, to_blocks
from adapters.sources.huggingface.payload import read_list
from bot.domain.messages import Button, Digest, Entry, Link, Reply
from tests.adapters.platforms.slack.looks import a_card, buttons, refused, shown
from tests.builders import TODAY, card_of, digest_of
from tests.servers.slack.element_rules import objects


def test_the_same_message_looks_the_same() -> None:
    assert to_blocks(a_card()) == to_blocks(a_card())


def test_a_digest_of_forty_recorded_papers_names_each(recordings: Path) -> None:
    items = [item for file in sorted(recordings.glob("2026-*.json"))[:3] for item in json.loads(file.read_text())][:40]
    papers = read_list(items, day=TODAY, base_url="https://huggingface.co").papers
    assert len(papers) == 40
    links = [part["url"] for part in objects(to_blocks(digest_of([*map(card_of, papers)]))) if "url" in part]
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


def test_a_paper_without_an_open_address_is_named_all_the_same() -> None:
    blocks = to_blocks(a_card(url="javascript:alert(1)", links=(Link("Paper", "javascript:alert(1)"),)))
    assert shown(blocks)[0] == "Walking Robots Learn to Dance"
    assert "javascript" not in json.dumps(blocks)


def test_a_digest_has_a_headline_and_a_line_for_each_paper() -> None:
    digest = digest_of([a_card(title=f"Paper {number}", upvotes=number) for number in (1, 2)])
    assert shown(to_blocks(digest)) == [
        "2 papers · 10 March 2026",
        "Paper 2",
        "\n▲ 2 · 3 comments · ★ 138 · Acme Labs",
        "Paper 1",
        "\n▲ 1 · 3 comments · ★ 138 · Acme Labs",
    ]


def test_a_digest_without_end_says_how_many_more_there_are() -> None:
    cards = tuple(a_card(title=f"Paper {number}") for number in range(500))
    blocks = to_blocks(Digest("500 papers", cards))
    named = sum(text.startswith("Paper") for text in shown(blocks))
    assert 40 < named < 100
    assert shown(blocks)[-1] == f"… and {500 - named} more papers."


def test_a_reply_says_everything_in_its_order() -> None:
    reply = Reply(
        "Found:\n• one\n• two\nThat is all.",
        code="robot OR\n        ^",
        entries=(Entry("1. robots", (Button("Remove", "unsubscribe", "1"),)),),
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
    entries = tuple(Entry(f"{n}. robots", (Button("Remove", "unsubscribe", str(n)),)) for n in range(1, 1_001))
    blocks = to_blocks(Reply("This channel has 1,000 subscriptions:", entries=entries))
    assert [pressed(button["value"]) for button in buttons(blocks)][-1] == ("unsubscribe", "30")
    listed = sum(text.endswith("robots") for text in shown(blocks))
    assert shown(blocks)[-1] == f"… and {1_000 - listed} more entries."


def test_an_entry_without_a_button_stands_among_those_with_one() -> None:
    entries = (Entry("1. robots", (Button("Remove", "unsubscribe", "1"),)), Entry("2. paused"))
    assert shown(to_blocks(Reply("Two:", entries=entries))) == ["Two:", "1. robots", "Remove", "2. paused"]


def test_a_single_paper_asked_for_is_shown_in_full() -> None:
    labels = [shown(button) for button in buttons(to_blocks(a_card()))]
    assert [shown(button) for button in buttons(to_blocks(Reply("The best:", cards=(a_card(),))))] == labels


def test_ten_papers_asked_for_are_shown_with_their_summaries() -> None:
    cards = tuple(a_card(title=f"Paper {number}", summary="It is about robots. " * 10) for number in range(10))
    reply = Reply("The best:", cards=cards)
    assert refused(reply) == []
    assert len([text for text in shown(to_blocks(reply)) if text.startswith("It is about robots.")]) == 10


def test_a_notification_says_what_the_message_is_about() -> None:
    assert notification(a_card()) == "Walking Robots Learn to Dance · Acme Labs · Ada Example, Ben Sample"
    assert notification(digest_of([a_card()])) == "1 paper · 10 March 2026: Walking Robots Learn to Dance"
    assert notification(Reply("Subscribed to robots.\nMore.")) == "Subscribed to robots. More."
    assert notification(Reply("", cards=(a_card(),))) == "Walking Robots Learn to Dance"

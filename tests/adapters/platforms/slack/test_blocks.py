"""What a card, a digest and a reply look like in Slack."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from adapters.platforms.slack.blocks import notification, pressed, to_blocks
from adapters.platforms.slack.cards import TALLER
from adapters.sources.huggingface.payload import read_list
from bot.domain.messages import Button, Digest, Entry, Link, Menu, Reply
from bot.text.rich import at, bold, code, linked, rich, rich_lines
from tests.adapters.platforms.slack.looks import a_card, buttons, options, parsed, read, refused, shown
from tests.builders import TODAY, a_paper, card_of, digest_of
from tests.servers.slack.element_rules import objects

LONG = "Robots learn to dance. " * 20
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def kinds(blocks: list[dict[str, object]]) -> list[str]:
    """The kind of each block."""
    return [str(block["type"]) for block in blocks]


def test_the_same_message_looks_the_same() -> None:
    assert to_blocks(a_card()) == to_blocks(a_card())


def test_a_digest_of_ten_recorded_papers_shows_each_with_its_sentence_and_menu(recordings: Path) -> None:
    for file in sorted(recordings.glob("2026-*.json")):
        papers = read_list(json.loads(file.read_text()), day=TODAY, base_url="https://huggingface.co").papers[:10]
        blocks = to_blocks(digest_of([*map(card_of, papers)]))
        titles = [parsed(block["text"]["text"])[0] for block in blocks if block["type"] == "section"]
        assert sorted(url for _, url in titles) == sorted(paper.url for paper in papers)
        assert kinds(blocks) == ["header", *["divider", "section", "context"] * len(papers)]


def test_a_card_says_everything_in_its_order() -> None:
    assert read(to_blocks(a_card())) == [
        "Walking Robots Learn to Dance",
        "Acme Labs · Ada Example, Ben Sample · ▲ 58 · 3 comments · ★ 138",
        "Robots learn to dance.",
        "Hugging Face's summary\nfor “robots”: “Robots” in the title; “We teach robots to dance.”",
        *"PDF Code Abstract Save Why".split(),
        "Less like this",
        "More like this",
        "Follow for me",
        "Links",
    ]


def test_a_count_stays_with_its_sign_at_the_end_of_a_line() -> None:
    [facts] = to_blocks(a_card())[1]["elements"]
    assert facts["text"].endswith("▲\N{NO-BREAK SPACE}58 · 3\N{NO-BREAK SPACE}comments · ★\N{NO-BREAK SPACE}138")


def test_a_count_in_a_list_of_many_papers_stays_with_its_sign_too() -> None:
    lines = [text for text in shown(to_blocks(digest_of([a_card()] * 40))) if "▲" in text]
    assert lines == ["\n▲\N{NO-BREAK SPACE}58 · 3\N{NO-BREAK SPACE}comments · ★\N{NO-BREAK SPACE}138 · Acme Labs"] * 40


def test_the_title_is_a_link_to_the_paper() -> None:
    [title] = to_blocks(a_card())[0]["elements"][0]["elements"]
    assert (title["type"], title["url"]) == ("link", "https://papers.example/papers/9901.00001")


def test_what_matched_is_bold_in_small_print() -> None:
    [small] = [part["text"] for part in objects(to_blocks(a_card())) if part.get("type") == "mrkdwn"]
    assert "“We teach *robots* to dance.”" in small


def test_what_is_zero_is_not_shown() -> None:
    card = card_of(a_paper(upvotes=0, comments=0, stars=0))
    assert read(to_blocks(card))[1] == "Ada Example, Ben Sample"


def test_a_card_says_when_it_was_posted_here() -> None:
    assert read(to_blocks(a_card(note="Posted here 3 days ago.")))[3].splitlines()[-1] == "Posted here 3 days ago."


def test_a_picture_stands_only_beside_text_that_is_higher() -> None:
    def pictures(length: int) -> list[dict[str, object]]:
        return [part for part in objects(to_blocks(a_card(summary="x" * length))) if part.get("type") == "image"]

    assert pictures(TALLER) == []
    assert pictures(TALLER + 1) == [
        {
            "type": "image",
            "image_url": "https://thumbnails.example/9901.00001.png",
            "alt_text": "First page of Walking Robots Learn to Dance",
        }
    ]


def test_a_card_can_do_without_its_thumbnail() -> None:
    blocks = to_blocks(a_card(summary=LONG), thumbnails=False)
    assert "image" not in {part.get("type") for part in objects(blocks)}


def test_a_card_that_nobody_subscribed_to_gives_no_reasons() -> None:
    assert read(to_blocks(a_card(reasons=())))[3] == "Hugging Face's summary"


def test_links_that_do_not_fit_the_menu_are_one_option() -> None:
    links = tuple(Link(name, f"https://{name}.example") for name in ("arxiv", "project", "discuss"))
    commands = tuple(Button(word, "papers", f"{word} 1") for word in ("why", "less", "more", "follow", "mute"))
    menu = options(to_blocks(a_card(menu=(*commands, *links))))
    assert [option["text"]["text"] for option in menu] == ["why", "less", "more", "follow", "Links"]
    assert pressed(menu[-1]["value"]) == ("papers", "links 9901.00001")


def test_links_that_fit_the_menu_open_at_once() -> None:
    menu = options(to_blocks(a_card(menu=(Button("Why", "papers", "why 1"), Link("arXiv", "https://arxiv.example")))))
    assert [option.get("url") for option in menu] == [None, "https://arxiv.example"]


def test_a_menu_of_one_thing_is_a_button() -> None:
    row = to_blocks(a_card(menu=(Button("Why", "papers", "why 1"),)))[-1]
    assert [element["type"] for element in row["elements"]] == ["button"] * 5


def test_a_paper_without_an_open_address_is_named_all_the_same() -> None:
    blocks = to_blocks(a_card(url="javascript:alert(1)", links=(Link("Paper", "javascript:alert(1)"),)))
    assert shown(blocks)[0] == "Walking Robots Learn to Dance"
    assert "javascript" not in json.dumps(blocks)


def test_a_digest_has_of_each_paper_a_sentence_and_a_line_with_what_brought_it() -> None:
    cards = [a_card(title=f"Paper {number}", upvotes=number) for number in (1, 2)]
    assert read(to_blocks(replace(digest_of(cards), buttons=(Button("All 12", "papers", "rest 1"),)))) == [
        "2 papers · Tuesday 10 March",
        "Paper 2\nRobots learn to dance.",
        *("Abstract", "Save", "Why", "Less like this", "More like this"),
        "▲ 2 · Acme Labs · robots",
        "Paper 1\nRobots learn to dance.",
        *("Abstract", "Save", "Why", "Less like this", "More like this"),
        "▲ 1 · Acme Labs · robots",
        "All 12",
    ]


def test_titles_of_a_digest_are_links_in_bold() -> None:
    [paper] = [block for block in to_blocks(digest_of([a_card()])) if block["type"] == "section"]
    assert paper["text"]["text"].startswith(
        "*<https://papers.example/papers/9901.00001|Walking Robots Learn to Dance>*\n"
    )


def test_a_paper_of_a_digest_without_a_sentence_has_its_title_and_menu() -> None:
    [paper] = [block for block in to_blocks(digest_of([a_card(sentence="")])) if block["type"] == "section"]
    assert read(paper["text"]) == ["Walking Robots Learn to Dance"]
    assert paper["accessory"]["type"] == "overflow"


def test_papers_of_a_digest_are_ruled_off_unless_there_are_too_many_blocks() -> None:
    few, many = (kinds(to_blocks(digest_of([a_card(menu=())] * number))) for number in (16, 17))
    assert few.count("divider") == 16
    assert (many.count("section"), many.count("divider")) == (17, 0)


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
        entries=(Entry("1. robots", (Button("Remove", "unsubscribe", "1"),), detail="about 2 a week"),),
        advice="Write more.",
        menu=Menu("Which time zone?", (Button("Berlin", "papers", "zone Europe/Berlin"),)),
        buttons=(Button("Help", "papers", "help"),),
    )
    assert read(to_blocks(reply)) == [
        "Found:",
        "one",
        "two",
        "That is all.",
        "robot OR\n        ^",
        "1. robots",
        "Remove",
        "about 2 a week",
        "Write more.",
        "Which time zone?",
        "Choose",
        "Berlin",
        "Help",
    ]


def test_pieces_of_a_reply_are_bold_code_links_and_moments_in_the_reader_s_time() -> None:
    text = rich("Say ", code("/papers help"), " ", bold("now"), ", ", linked("this", "https://a.example"), " or ")
    section = to_blocks(Reply(rich(text, at(NOON, "10 March 2026, 12:00 UTC"))))[0]["elements"][0]
    assert section["elements"] == [
        {"type": "text", "text": "Say "},
        {"type": "text", "text": "/papers help", "style": {"code": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "now", "style": {"bold": True}},
        {"type": "text", "text": ", "},
        {"type": "link", "text": "this", "url": "https://a.example"},
        {"type": "text", "text": " or "},
        {
            "type": "date",
            "timestamp": 1773144000,
            "format": "{date_short_pretty} at {time}",
            "fallback": "10 March 2026, 12:00 UTC",
        },
    ]


def test_lines_in_pieces_are_lines_and_lists() -> None:
    text = rich_lines("Today:", rich("• ", linked("One", "https://a.example")), "• two", bold("That is all."))
    parts = to_blocks(Reply(text))[0]["elements"]
    assert [part["type"] for part in parts] == ["rich_text_section", "rich_text_list", "rich_text_section"]
    assert read(parts) == ["Today:", "One", "two", "That is all."]


def test_a_moment_in_small_print_is_in_the_reader_s_time_too() -> None:
    [small] = to_blocks(Reply("", advice=rich("Until ", at(NOON, "noon"), ".")))
    assert small["elements"][0]["text"] == "Until <!date^1773144000^{date_short_pretty} at {time}|noon>."


def test_an_entry_with_several_buttons_has_them_in_a_row_that_says_what_it_is_about() -> None:
    edits = (Button("Edit", "papers", "edit 1"), Button("Remove", "unsubscribe", "1"))
    blocks = to_blocks(Reply("One:", entries=(Entry(rich("1. ", bold("robot*")), edits, "by ada"),)))
    assert kinds(blocks) == ["rich_text", "rich_text", "context", "actions"]
    assert [button["accessibility_label"] for button in buttons(blocks)] == ["Edit: 1. robot*", "Remove: 1. robot*"]


def test_entries_with_rows_of_buttons_are_ruled_off_and_so_is_what_is_below_them() -> None:
    entries = tuple(Entry(f"{n}. robots", (Button("Edit", "papers", f"edit {n}"),) * 2) for n in (1, 2))
    blocks = to_blocks(Reply("Two:", entries=entries, buttons=(Button("Next", "subscriptions", "page 2"),)))
    entry = ["divider", "rich_text", "actions"]
    assert kinds(blocks) == ["rich_text", *entry, *entry, "divider", "actions"]


def test_entries_without_buttons_are_not_ruled_off() -> None:
    blocks = to_blocks(Reply("Two:", entries=(Entry("1. robots", detail="no"), Entry("2. agents", detail="yes"))))
    assert "divider" not in kinds(blocks)


def test_what_can_be_done_with_a_whole_digest_is_ruled_off_from_its_last_paper() -> None:
    digest = replace(digest_of([a_card()] * 2), buttons=(Button("All 12", "papers", "rest 1"),))
    assert kinds(to_blocks(digest))[-3:] == ["context", "divider", "actions"]


def test_a_paper_alone_in_its_digest_is_not_ruled_off() -> None:
    assert kinds(to_blocks(digest_of([a_card()]))) == ["header", "section", "context"]


def test_an_entry_with_one_button_has_it_beside_its_text() -> None:
    remove = (Button("Remove", "unsubscribe", "1"),)
    blocks = to_blocks(Reply("Two:", entries=(Entry(rich("1. ", bold("robots")), remove), Entry("2. a*b", remove))))
    assert [block["text"]["text"] for block in blocks[1:]] == ["1. *robots*", "2. a*b"]
    assert [block["accessory"]["type"] for block in blocks[1:]] == ["button", "button"]


def test_a_query_is_never_shown_in_characters_that_only_look_like_its_own() -> None:
    [_, entry] = to_blocks(Reply("One:", entries=(Entry(bold("robot*"), (Button("Remove", "unsubscribe", "1"),)),)))
    assert entry["text"] == {"type": "plain_text", "text": "robot*"}


def test_what_could_not_be_done_is_marked() -> None:
    marked = to_blocks(Reply("No such thing.", ok=False))[0]["elements"][0]["elements"]
    assert marked[0] == {"type": "emoji", "name": "warning"}


def test_a_caret_keeps_its_place_in_a_long_line() -> None:
    query = f"{'robot ' * 40}AND OR {'x ' * 40}"
    [found] = [text for text in shown(to_blocks(Reply("Wrong.", code=f"{query}\n{' ' * 244}^"))) if "^" in text]
    line, caret = found.split("\n")
    assert line[caret.index("^") :].startswith("OR x")
    assert (line[0], line[-1], len(line)) == ("…", "…", 62)


def test_a_caret_at_the_end_of_a_long_line_keeps_its_place() -> None:
    query = "robot " * 40
    [found] = [text for text in shown(to_blocks(Reply("Wrong.", code=f"{query}\n{' ' * 240}^"))) if "^" in text]
    line, caret = found.split("\n")
    assert line.endswith("robot")
    assert caret.index("^") == len(line) + 1


def test_a_few_entries_have_their_buttons_and_hundreds_are_counted() -> None:
    entries = tuple(Entry(f"{n}. robots", (Button("Remove", "unsubscribe", str(n)),)) for n in range(1, 1_001))
    blocks = to_blocks(Reply("This channel has 1,000 subscriptions:", entries=entries))
    assert [pressed(button["value"]) for button in buttons(blocks)][-1] == ("unsubscribe", "30")
    listed = sum(text.endswith("robots") for text in shown(blocks))
    assert shown(blocks)[-1] == f"… and {1_000 - listed} more entries."


def test_entries_that_do_not_fit_with_their_rows_have_menus() -> None:
    edits = tuple(Button(word, "papers", f"{word} 1") for word in ("edit", "pause", "remove"))
    blocks = to_blocks(Reply("Many:", entries=tuple(Entry(f"{n}. robots", edits, "by ada") for n in range(25))))
    assert [block["text"]["text"] for block in blocks[1:3]] == ["0. robots (by ada)", "1. robots (by ada)"]
    assert {block["accessory"]["type"] for block in blocks[1:]} == {"overflow"}


def test_an_entry_without_a_button_stands_among_those_with_one() -> None:
    entries = (Entry("1. robots", (Button("Remove", "unsubscribe", "1"),)), Entry("2. paused"))
    assert shown(to_blocks(Reply("Two:", entries=entries))) == ["Two:", "1. robots", "Remove", "2. paused"]


def test_a_single_paper_asked_for_is_shown_in_full() -> None:
    labels = [shown(button) for button in buttons(to_blocks(a_card()))]
    assert [shown(button) for button in buttons(to_blocks(Reply("The best:", cards=(a_card(),))))] == labels


def test_ten_papers_asked_for_are_shown_with_their_sentences_and_menus() -> None:
    cards = tuple(a_card(summary="It walks. It dances.", sentence="It walks.") for _ in range(10))
    blocks = to_blocks(Reply("The best:", cards=cards))
    assert refused(Reply("The best:", cards=cards)) == []
    assert read(blocks).count("Walking Robots Learn to Dance\nIt walks.") == 10
    assert len([part for part in objects(blocks) if part.get("type") == "overflow"]) == 10


def test_a_chosen_answer_gives_its_command() -> None:
    menu = Menu("Which?", (Button("Berlin", "papers", "zone Europe/Berlin"), Button("UTC", "papers", "zone UTC")))
    chosen = [pressed(option["value"]) for option in options(to_blocks(Reply("", menu=menu)))]
    assert chosen == [("papers", "zone Europe/Berlin"), ("papers", "zone UTC")]


def test_a_notification_says_what_the_message_is_about() -> None:
    assert notification(a_card()) == "Walking Robots Learn to Dance, by Acme Labs: Ada Example, Ben Sample"
    assert notification(digest_of([a_card()])) == "1 paper, Tuesday 10 March: Walking Robots Learn to Dance"
    assert notification(Reply("Subscribed to robots.\nMore.")) == "Subscribed to robots. More."
    assert notification(Reply("", cards=(a_card(),))) == "Walking Robots Learn to Dance"


def test_what_is_near_in_meaning_stands_below_the_cards_under_its_own_heading() -> None:
    near = tuple(a_card(title=f"Near {number}") for number in range(5))
    reply = Reply("1 paper:", cards=(a_card(),), near=near, buttons=(Button("Subscribe", "subscribe", "robots"),))
    assert refused(reply) == []
    texts = read(to_blocks(reply))
    heading = texts.index("Near in meaning")
    assert texts.index("Walking Robots Learn to Dance") < heading
    assert [text.partition("\n")[0] for text in texts[heading:] if text.startswith("Near ")] == [
        "Near in meaning",
        *(card.title for card in near),
    ]
    assert texts[-1] == "Subscribe"

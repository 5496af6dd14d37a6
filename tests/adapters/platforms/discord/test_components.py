"""Messages as containers of components: what they say, and that Discord takes them whatever they hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.discord.components import thread_name, to_payload
from adapters.platforms.discord.markdown import flat, inert
from adapters.platforms.discord.views import as_sent, rows_of
from adapters.sources.huggingface.payload import read_list
from bot.domain import Evidence, Match
from bot.domain.messages import Button, Card, Digest, Entry, Link, Menu, Message, Reply
from bot.text.characters import units
from bot.text.rich import at, bold, code, linked, rich, rich_lines
from tests.adapters.platforms.discord.messages import (
    DIGESTS,
    KEY,
    REPLIES,
    a_card,
    body,
    cards,
    commands,
    labels,
    text_of,
)
from tests.builders import TODAY, a_paper, card_of, digest_of
from tests.servers.discord.component_rules import every
from tests.servers.discord.markdown import every as every_node
from tests.servers.discord.markdown import formatted, obeyed, parse, shown
from tests.servers.discord.rules import complaints

PICTURE = "https://t.example/1.png"

RULE = 14
"""The type of a line between parts."""

LONG = "We teach robots to dance, with great care. " * 5


def first_step(message: Message) -> dict[str, Any]:
    """What is sent before the layout."""
    payload = to_payload(message, key=KEY)
    view = rows_of(payload)
    components = view.to_components() if view else []
    return {"content": payload.notice, "components": components, "allowed_mentions": {"parse": []}}


@given(cards() | DIGESTS | REPLIES, st.sampled_from(["", KEY]))
def test_any_message_is_one_that_discord_takes_and_in_which_nothing_acts(message: Message, key: str) -> None:
    sent = body(to_payload(message, key=key))
    assert complaints(sent) == []
    assert obeyed(sent) == []


@given(cards() | DIGESTS | REPLIES)
def test_any_notification_is_one_that_discord_takes_and_in_which_nothing_acts(message: Message) -> None:
    assert complaints(first_step(message)) == []
    assert obeyed(first_step(message)) == []


@given(cards() | DIGESTS | REPLIES)
def test_a_forum_post_has_a_name_that_discord_takes(message: Message) -> None:
    post = {"name": thread_name(message), "message": first_step(message)}
    assert complaints(post) == []


@given(DIGESTS)
def test_a_digest_links_its_papers_and_nothing_else(digest: Digest) -> None:
    nodes = [node for text in formatted(body(to_payload(digest))) for node in every_node(parse(text))]
    links = [node for node in nodes if node.kind == "link"]
    assert len(links) <= len(digest.cards)
    assert {node.url.split("/")[2] for node in links} <= {"papers.example"}


def test_a_card_says_everything_about_its_paper_in_its_order() -> None:
    card = card_of(
        a_paper(
            organization="Example Institute",
            upvotes=58,
            comments=3,
            stars=1234,
            summary="Robots dance.",
            code_url="https://code.example/1",
        ),
        [Match("robots", (Evidence("abstract", "robots", "We teach ", " to dance."),))],
        note="Posted here 3 days ago.",
    )
    assert text_of(card).splitlines() == [
        "Walking Robots Learn to Dance",
        "Example Institute · Ada Example, Ben Sample · ▲\u00a058 · 3\u00a0comments · ★\u00a01,234",
        "Robots dance.",
        "Hugging Face's summary",
        "for “robots”: “We teach robots to dance.”",
        "Posted here 3 days ago.",
    ]
    assert "-# for “robots”: “We teach **robots** to dance.”" in str(body(to_payload(card)))
    assert "### [Walking Robots Learn to Dance](https://papers.example/papers/9901.00001)" in str(
        body(to_payload(card))
    )


def test_a_card_has_a_row_of_what_is_done_most_and_a_menu_of_the_rest() -> None:
    payload = to_payload(a_card(id="2608.01234", code_url="https://code.example/1"))
    assert labels(payload) == [
        *("PDF", "Code", "Abstract", "Save"),
        *("Why", "Less like this", "More like this", "Follow for me", "Links"),
    ]
    assert commands(payload)[-1] == "pw:papers:links 2608.01234"
    [menu] = [part for part in every(as_sent(payload)["components"]) if part["type"] == 3]
    assert menu["placeholder"] == "More…"
    assert menu["options"][-1]["description"] == "arXiv · Discuss"


def test_a_card_that_nobody_subscribed_to_gives_no_reason() -> None:
    assert "for “" not in text_of(card_of(a_paper()))


def test_a_picture_stands_beside_a_summary_that_is_taller_and_says_what_it_shows() -> None:
    tall, short = (to_payload(a_card(summary=text, thumbnail_url=PICTURE)) for text in (LONG, "Robots dance."))
    [picture] = [part for part in every(as_sent(tall)["components"]) if part["type"] == 11]
    assert picture["media"]["url"] == PICTURE
    assert picture["description"] == "Picture of the paper “Walking Robots Learn to Dance”"
    assert PICTURE not in str(as_sent(short))
    assert PICTURE not in str(as_sent(to_payload(a_card(summary=LONG, thumbnail_url=PICTURE), thumbnails=False)))


def test_a_digest_says_of_each_paper_what_it_is_and_who_brought_it() -> None:
    [made] = [a_card(organization="Example Institute", upvotes=58)]
    digest = replace(
        digest_of([made, a_card(id="9901.00002", title="Kettles")]), buttons=(Button("Rest", "papers", "rest 1"),)
    )
    assert text_of(digest).splitlines() == [
        "2 papers · Tuesday 10 March",
        "Walking Robots Learn to Dance",
        "We teach robots to dance.",
        "▲\u00a058 · Example Institute · robots",
        "Kettles",
        "We teach robots to dance.",
        "Ada Example, Ben Sample · robots",
    ]
    assert labels(to_payload(digest)) == ["Walking Robots Learn to Dance", "Kettles", "Rest"]
    assert commands(to_payload(digest))[-1] == "pw:papers:show 9901.00002"


def test_a_digest_of_ten_papers_is_one_message_that_shows_each_alike() -> None:
    papers = [
        a_card(
            id=f"9901.{number:05}",
            title=f"Paper {number}: {'Long Words in a Title ' * 8}",
            organization="Example Institute " * 3,
            summary="Robots that dance " * 20,
            upvotes=number,
        )
        for number in range(10)
    ]
    digest = digest_of(papers)
    sent = body(to_payload(digest))
    assert complaints(sent) == []
    titles = [line for line in text_of(digest).splitlines() if line.startswith("Paper ")]
    assert [line.split(":")[0] for line in titles] == [f"Paper {number}" for number in reversed(range(10))]
    assert max(map(len, titles)) - min(map(len, titles)) < 20
    assert sum(part["type"] == RULE for part in every(sent["components"])) == 10


def test_a_digest_of_more_papers_than_any_message_holds_counts_the_rest() -> None:
    digest = digest_of([a_card(id=f"9901.{number:05}") for number in range(200)])
    assert complaints(body(to_payload(digest))) == []
    assert text_of(digest).splitlines()[-1] == "… and 175 more"


def test_a_reply_says_everything_in_its_order() -> None:
    reply = Reply(
        "Text.\n\nMore text.",
        code="a AND\n     ^",
        entries=(Entry("1. robots", detail="by ada"), Entry("7. teacups")),
        advice="Try this.",
        links=(Link("arXiv", "https://arxiv.example/1"),),
        buttons=(Button("Undo", "unsubscribe", "1"),),
        menu=Menu("Your time zone?", (Button("Europe/Berlin", "papers", "zone Europe/Berlin"),)),
    )
    assert text_of(reply) == "Text.\n\nMore text.\na AND\n     ^\n1. robots\nby ada\n7. teacups\nTry this."
    assert labels(to_payload(reply)) == ["Europe/Berlin", "arXiv", "Undo"]


def test_pieces_of_a_text_are_bold_code_links_and_moments() -> None:
    when = datetime(2026, 8, 3, 14, 5, tzinfo=UTC)
    text = rich(
        "Next: ",
        bold("now*"),
        " ",
        code("/papers `x`"),
        " ",
        linked("a [b]", "https://p.example/1"),
        " ",
        at(when, "3 August"),
    )
    [written] = formatted(body(to_payload(Reply(text))))
    assert (
        written == f"Next: **now\\*** `` /papers `x` `` [a \\[b\\]](https://p.example/1) <t:{int(when.timestamp())}:f>"
    )


def test_advice_is_in_small_print() -> None:
    advice = rich("Try ", code("/papers today"), ".\nOr wait.")
    [_, written] = formatted(body(to_payload(Reply("No papers.", advice=advice))))
    assert written == "-# Try `/papers today`.\n-# Or wait."


def test_lines_that_begin_with_a_bullet_are_a_list() -> None:
    lines = rich_lines("Removed:", rich("• 1. ", bold("robots")), rich("• # kettles"), "a • b")
    [written] = formatted(body(to_payload(Reply(lines))))
    assert written == "Removed:\n- 1\\. **robots**\n- \\# kettles\na • b"


def test_an_entry_has_its_buttons_under_it() -> None:
    def entry(number: int) -> Entry:
        actions = [Button(label, "papers", f"{label.lower()} {number}") for label in ("Edit", "Pause", "Remove")]
        return Entry(f"{number}. robots", tuple(actions), "about 2 a week")

    payload = to_payload(Reply("Subscriptions:", entries=tuple(map(entry, range(1, 7)))))
    [container] = as_sent(payload)["components"]
    assert [part["type"] for part in container["components"]] == [10, *(10, 1) * 6]
    assert labels(payload) == ["Edit", "Pause", "Remove"] * 6
    assert "1\\. robots\n-# about 2 a week" in str(container["components"][1]["content"])


def test_entries_that_are_too_many_for_buttons_are_told_all_the_same() -> None:
    entries = tuple(
        Entry(f"{number}. robots", (Button("Remove", "unsubscribe", str(number)),)) for number in range(1, 101)
    )
    reply = Reply("100 subscriptions:", entries=entries, buttons=(Button("Undo", "subscribe", "x"),))
    assert complaints(body(to_payload(reply))) == []
    assert text_of(reply).count("robots") == 100
    assert labels(to_payload(reply))[-1] == "Undo"


def test_a_reply_that_could_not_be_done_has_a_colour_of_its_own() -> None:
    done, failed = (as_sent(to_payload(Reply("Text.", ok=ok)))["components"][0]["accent_color"] for ok in (True, False))
    assert done != failed


def test_a_long_abstract_is_shown_whole() -> None:
    abstract = "We teach robots to dance, with great care. " * 55
    assert abstract.strip() in text_of(Reply(f"A title\n{abstract.strip()}"))


def test_papers_asked_for_stand_under_the_text_with_a_menu_that_shows_one() -> None:
    found = tuple(card_of(a_paper(id=f"9901.{number:05}", title=f"Paper {number}")) for number in range(10))
    reply = Reply("10 papers:", cards=found, buttons=(Button("Next", "papers", "today page:2"),))
    assert complaints(body(to_payload(reply))) == []
    assert text_of(reply).splitlines()[:4] == [
        *("10 papers:", "Paper 0", "We teach robots to dance.", "Ada Example, Ben Sample")
    ]
    assert labels(to_payload(reply)) == [*(f"Paper {number}" for number in range(10)), "Next"]


@pytest.mark.parametrize(("others", "lines"), [(1, 10), (15, 0)])
def test_papers_asked_for_stand_apart_where_a_message_has_room_for_it(others: int, lines: int) -> None:
    found = tuple(card_of(a_paper(id=f"9901.{number:05}", title=f"Paper {number}")) for number in range(10))
    buttons = tuple(Button(f"Page {number}", "papers", f"today page:{number}") for number in range(others))
    sent = body(to_payload(Reply("10 papers:", cards=found, buttons=buttons)))
    assert complaints(sent) == []
    assert sum(part["type"] == RULE for part in every(sent["components"])) == lines


def test_a_paper_asked_for_alone_is_a_whole_card() -> None:
    payload = to_payload(Reply("1 paper:", cards=(a_card(),), buttons=(Button("More", "papers", "today"),)))
    assert labels(payload)[-1] == "More"
    assert {"Abstract", "Save", "Why", "Less like this"} <= set(labels(payload))
    assert "for “robots”" in text_of(Reply("1 paper:", cards=(a_card(),)))


def test_a_forum_post_is_called_as_its_paper() -> None:
    assert thread_name(a_card(title="N_0 *stars*")) == "N_0 *stars*"
    assert units(thread_name(a_card(title="👩‍🔬 " * 90))) <= 100


def test_every_recorded_paper_is_shown_as_it_is(recordings: Path) -> None:
    files = [*recordings.glob("2026-*.json"), recordings / "edge_cases.json"]
    for file in files:
        papers = read_list(json.loads(file.read_text()), day=TODAY, base_url="https://papers.example").papers
        made = [card_of(paper, [Match("*", ())]) for paper in papers]
        for card in made:
            sent = body(to_payload(card, key=KEY))
            assert complaints(sent) == []
            assert obeyed(sent) == []
            lines = text_of(card).splitlines()
            assert inert(card.title).startswith(lines[0].rstrip("… "))
            assert not card.summary or flat(card.summary) in lines
        for start in range(0, len(made), 10):
            digest = digest_of(made[start : start + 10])
            assert complaints(body(to_payload(digest, key=KEY))) == []
            assert "… and " not in text_of(digest).splitlines()[-1]
            assert complaints(body(to_payload(Reply("Papers:", cards=tuple(made[start : start + 10]))))) == []


def test_texts_of_any_size_are_shown_at_once() -> None:
    huge = "[*x*](y) " * 1_000_000
    card = a_card(title=huge, abstract=huge, organization=huge)
    begun = process_time()
    for message in (card, digest_of([card] * 40), Reply(huge, code=huge, entries=(Entry(huge),) * 40, advice=huge)):
        assert complaints(body(to_payload(message))) == []
    assert process_time() - begun < 10


@pytest.mark.parametrize("message", [a_card(), digest_of([a_card()] * 2), Reply("Just a text")])
def test_a_notification_reads_as_a_sentence(message: Card | Digest | Reply) -> None:
    said = message.text if isinstance(message, Reply) else message.notice
    assert shown(to_payload(message).notice) == said


def test_what_is_near_in_meaning_stands_below_the_cards_under_its_own_heading() -> None:
    near = tuple(a_card(id=f"9901.{number:05}", title=f"Near {number}") for number in range(5))
    for found in ((), (a_card(title="Found"),), (a_card(title="Found"), a_card(id="9902.00001", title="Found too"))):
        reply = Reply("Papers:", cards=found, near=near)
        assert complaints(body(to_payload(reply))) == []
        before, _, after = text_of(reply).partition("Near in meaning")
        assert all(card.title in before for card in found)
        assert all(card.title in after for card in near)
        assert f"papers show {near[-1].paper_id}".replace(" ", ":", 1) in str(commands(to_payload(reply)))

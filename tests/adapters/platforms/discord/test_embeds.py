from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.discord.buttons import MOST_BUTTONS
from adapters.platforms.discord.embeds import (
    Payload,
    Pressable,
    marked,
    pressed,
    rows,
    thread_name,
    to_embed,
    to_payload,
)
from adapters.platforms.discord.markdown import flat, inert
from adapters.sources.huggingface.payload import read_list
from bot.cards import complete_card, complete_digest, make_card, make_digest
from bot.domain import Evidence, Match
from bot.domain.messages import Button, Card, Digest, Entry, Link, Message, Reply
from bot.text.characters import units
from tests.builders import TODAY, a_paper
from tests.servers.discord.markdown import active, every, formatted, obeyed, parse, shown
from tests.servers.discord.rules import complaints

KEY = "0123456789abcdef01234567"

HOSTILE = "**x** [x](https://evil.example) <@1> @everyone `x` ||x|| https://evil.example <t:1> :smile: ```x``` # x"

LINE = st.text(
    st.characters(codec=None) | st.sampled_from("\\*_~|`[]()<>@#:/-. \u202e\ud800👩\u200d🔬🇩🇪e\u0301")
) | st.sampled_from(
    ["", HOSTILE, "\n# x\n- x\n> x\n1. x", "👩‍🔬" * 1500, "*" * 7000, "word " * 2000, " " * 300, "@" * 90]
)

URL = st.sampled_from(
    [
        *("", "https://papers.example/papers/9901.00001", "https://papers.example/(x)_*[y]`z`", "javascript:alert(1)"),
        *("https://papers.example/" + "x" * 270, "https://papers.example/" + "x" * 3000, "https://evil.example/\ud800"),
    ]
)


def body(payload: Payload) -> dict[str, Any]:
    """What is sent to Discord for it."""
    made = [
        [
            {"type": 2, "style": 5, "label": button.label, "url": button.url}
            if button.url
            else {"type": 2, "style": 2, "label": button.label, "custom_id": button.custom_id}
            for button in row
        ]
        for row in rows(payload.buttons)
    ]
    return {
        "content": payload.content,
        "embeds": [embed.to_dict() for embed in payload.embeds],
        "components": [{"type": 1, "components": row} for row in made],
        "allowed_mentions": {"parse": []},
    }


def text_of(message: Message) -> str:
    """What people see of it where markdown is read."""
    return "\n".join(shown(text).removesuffix("\n") for text in formatted(body(to_payload(message))))


def kinds(message: Message) -> set[str]:
    """What of it is more than text."""
    return {kind for text in formatted(body(to_payload(message))) for kind in active(text)}


def a_card(**given_: Any) -> Card:  # noqa: ANN401 - any attribute of Paper
    """A paper's card, for a query that stands in its abstract."""
    evidence = Evidence("abstract", "robots", "We teach ", " to dance.")
    return make_card(a_paper(**given_), [Match("robots", (evidence,))])


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Any card at all."""
    evidence = st.builds(Evidence, st.sampled_from(["title", "abstract", "org", "upvotes"]), LINE, LINE, LINE)
    matches = st.builds(Match, LINE, st.lists(evidence, max_size=4).map(tuple))
    card = Card(
        paper_id="9901.00001",
        title=draw(LINE),
        url=draw(URL),
        byline=draw(LINE),
        listed=draw(st.dates(date(1999, 1, 1))),
        summary=draw(LINE),
        abstract=draw(LINE),
        matches=tuple(draw(st.lists(matches, max_size=2))),
        upvotes=draw(st.integers(0, 10**12)),
        comments=draw(st.integers(0, 10**12)),
        stars=draw(st.none() | st.integers(0, 10**12)),
        thumbnail_url=draw(URL),
        links=tuple(draw(st.lists(st.builds(Link, LINE, URL), max_size=6))),
        buttons=tuple(draw(BUTTONS)),
    )
    return complete_card(card)


BUTTON = st.builds(Button, LINE, st.sampled_from(["papers", "subscribe", "Papers", ""]), LINE)
BUTTONS = st.lists(BUTTON, max_size=4)
DIGESTS = st.builds(Digest, LINE, st.lists(cards(), max_size=4).map(tuple), BUTTONS.map(tuple)).map(complete_digest)
ENTRIES = st.lists(st.builds(Entry, LINE, st.none() | BUTTON), max_size=5)
REPLIES = st.builds(
    Reply,
    LINE,
    code=LINE,
    entries=ENTRIES.map(tuple),
    advice=LINE,
    cards=st.lists(cards(), max_size=3).map(tuple),
    buttons=BUTTONS.map(tuple),
    ok=st.booleans(),
)


@given(cards() | DIGESTS | REPLIES, st.sampled_from(["", KEY]))
def test_any_message_is_one_that_discord_takes_and_in_which_nothing_acts(message: Message, key: str) -> None:
    payload = to_payload(message, key=key)
    assert complaints(body(payload)) == []
    assert obeyed(body(payload)) == []
    assert len(payload.buttons) <= MOST_BUTTONS


@given(cards())
def test_any_card_says_what_it_should_with_no_markup_but_bold(card: Card) -> None:
    embed = to_embed(card).to_dict()
    assert active(embed["title"]) == active(embed.get("description", "")) == []
    assert {kind for field in embed.get("fields", []) for kind in active(field["value"])} <= {"bold"}


@given(DIGESTS)
def test_a_digest_links_its_papers_and_nothing_else(digest: Digest) -> None:
    [embed] = to_payload(digest).embeds
    links = [node for node in every(parse(embed.description or "")) if node.kind == "link"]
    assert len(links) <= len(digest.cards)
    assert {node.url.split("/")[2] for node in links} <= {"papers.example"}


def test_a_card_says_everything_about_its_paper() -> None:
    card = a_card(
        organization="Example Institute", upvotes=58, comments=3, stars=1234, thumbnail_url="https://t.example/1.png"
    )
    embed = to_embed(card).to_dict()
    assert embed["title"] == "Walking Robots Learn to Dance"
    assert embed["url"] == card.url
    assert embed["description"] == "We teach robots to dance."
    assert embed["author"] == {"name": "Example Institute · Ada Example, Ben Sample"}
    assert embed["footer"] == {"text": "▲ 58 · 3 comments · ★ 1,234 · 10 March 2026"}
    assert embed["thumbnail"] == {"url": "https://t.example/1.png"}
    [why] = embed["fields"]
    assert why["value"] == "abstract: We teach **“robots”** to dance."


def test_a_card_that_nobody_subscribed_to_gives_no_reason() -> None:
    assert "fields" not in to_embed(make_card(a_paper())).to_dict()


def test_pictures_can_be_left_out() -> None:
    payload = to_payload(a_card(thumbnail_url="https://t.example/1.png"), thumbnails=False)
    assert payload.embeds[0].thumbnail.url is None


def test_a_cards_buttons_open_its_pages_and_ask_about_it() -> None:
    buttons = to_payload(a_card(code_url="https://code.example/1")).buttons
    assert [button.label for button in buttons] == [
        *("Paper", "arXiv", "PDF", "Code"),
        *("Abstract", "Why", "Less like this"),
    ]
    assert buttons[3] == Pressable("Code", url="https://code.example/1")
    assert buttons[5] == Pressable("Why", custom_id="pw:papers:why 9901.00001")


def test_buttons_that_open_something_stand_apart_from_those_that_ask() -> None:
    laid_out = rows(to_payload(a_card(code_url="https://code.example/1")).buttons)
    assert [[button.label for button in row] for row in laid_out] == [
        ["Paper", "arXiv", "PDF", "Code"],
        ["Abstract", "Why", "Less like this"],
    ]


def test_a_press_gives_the_command_of_its_button() -> None:
    assert pressed("pw:papers:why 9901.00001") == ("papers", "why 9901.00001")
    assert pressed(f"pw:papers:why 9901.00001#{KEY}") == ("papers", "why 9901.00001")
    assert pressed("pw:subscriptions:") == ("subscriptions", "")
    assert pressed("pw:subscribe:title:agent, a:b#c") == ("subscribe", "title:agent, a:b#c")


@pytest.mark.parametrize(
    "custom_id",
    [
        *("", "pw:", "pw::", "pw:papers", "other:papers:why", "pw:Papers:x", "pw:papers why:x", " pw:papers:x"),
        *("pw:papers:a\nb", "pw:papers:\x00", f"pw:papers:{'x' * 100}", f"pw:{'x' * 40}:", "pw:papers:\x7f"),
    ],
)
def test_a_button_that_is_not_ours_gives_no_command(custom_id: str) -> None:
    assert pressed(custom_id) is None


@given(BUTTON)
def test_every_button_that_is_shown_is_read_back_as_it_was_made(button: Button) -> None:
    for made in to_payload(Reply("Done.", buttons=(button,)), key=KEY).buttons:
        assert pressed(made.custom_id) == (button.command, button.text)


@pytest.mark.parametrize("text", ["x" * 90, f"x#{KEY}", "a\nb"])
def test_a_button_that_could_not_be_read_back_is_left_out(text: str) -> None:
    assert to_payload(Reply("Done.", buttons=(Button("Undo", "subscribe", text),))).buttons == ()


def test_the_same_command_has_one_button() -> None:
    undo = Button("Undo", "unsubscribe", "3")
    assert len(to_payload(Reply("Done.", entries=(Entry("3. x", undo),), buttons=(undo, undo))).buttons) == 1


def test_a_message_carries_its_key_in_its_first_command_that_has_room() -> None:
    tight, loose = Button("Subscribe", "subscribe", "x" * 80), Button("Undo", "unsubscribe", "3")
    buttons = to_payload(Reply("Done.", buttons=(tight, loose)), key=KEY).buttons
    assert [marked(button.custom_id) for button in buttons] == ["", KEY]
    card = to_payload(a_card(), key=KEY)
    assert [button.label for button in card.buttons if marked(button.custom_id)] == ["Abstract"]


@pytest.mark.parametrize(
    "message",
    [make_digest([a_card()]), Reply("Hello!"), Card("1", "T", "", "", TODAY, *("",) * 2, (), 0, 0, None, "", ())],
)
def test_a_message_without_commands_carries_its_key_in_its_embeds_address(message: Message) -> None:
    payload = to_payload(message, key=KEY)
    assert marked(payload.embeds[0].url or "") == KEY
    assert complaints(body(payload)) == []


def test_a_message_without_key_has_none() -> None:
    payload = to_payload(a_card())
    assert [
        marked(text) for text in [payload.embeds[0].url or "", *(button.custom_id for button in payload.buttons)]
    ] == [""] * 7


def test_a_digest_of_forty_papers_is_one_message_with_a_line_for_each() -> None:
    papers = [
        a_card(
            id=f"9901.{number:05}",
            title=f"Paper {number}: {'Long Words in a Title ' * 8}",
            upvotes=number,
            comments=3,
            stars=9,
        )
        for number in range(40)
    ]
    digest = make_digest(papers)
    payload = to_payload(digest)
    assert complaints(body(payload)) == []
    lines = text_of(digest).splitlines()
    assert lines[0] == "40 papers · 10 March 2026"
    assert [line.split(":")[0] for line in lines[1:]] == [f"Paper {number}" for number in reversed(range(40))]
    assert all("…\u00a0· ▲\u00a0" in line and line.endswith("3\u00a0comments\u00a0· ★\u00a09") for line in lines[1:])
    assert sum(line.kind == "link" for text in formatted(body(payload)) for line in every(parse(text))) == 40


def test_a_digest_of_more_papers_than_any_message_holds_counts_the_rest() -> None:
    digest = make_digest([a_card(id=f"9901.{number:05}") for number in range(200)])
    assert complaints(body(to_payload(digest))) == []
    shown_ = text_of(digest).splitlines()[1:]
    assert shown_[-1] == f"… and {200 - len(shown_) + 1} more"


def test_a_reply_says_everything_in_its_order() -> None:
    reply = Reply(
        "Text.\n\nMore text.",
        code="a AND\n     ^",
        entries=(Entry("1. robots"), Entry("7. teacups")),
        advice="Try this.",
    )
    assert text_of(reply) == "Text.\n\nMore text.\na AND\n     ^\n1. robots\n7. teacups\n\nTry this."
    assert kinds(reply) == {"code block"}


def test_a_reply_that_could_not_be_done_has_a_colour_of_its_own() -> None:
    done, failed = (to_payload(Reply("Text.", ok=ok)).embeds[0].colour for ok in (True, False))
    assert done != failed


def test_entries_have_buttons_with_their_numbers() -> None:
    entries = tuple(Entry(f"{number}. robots", Button("Remove", "unsubscribe", str(number))) for number in (1, 3, 7))
    buttons = to_payload(Reply("This channel has 3 subscriptions:", entries=entries)).buttons
    assert [button.label for button in buttons] == ["Remove 1", "Remove 3", "Remove 7"]


def test_an_entry_alone_has_its_button_as_it_is() -> None:
    reply = Reply("Hello!", entries=(Entry("/subscribe robots", Button("Try it", "papers", "try robots")),))
    assert [button.label for button in to_payload(reply).buttons] == ["Try it"]


def test_a_reply_keeps_its_own_buttons_whatever_its_entries_have() -> None:
    entries = tuple(
        Entry(f"{number}. robots", Button("Remove", "unsubscribe", str(number))) for number in range(1, 101)
    )
    reply = Reply("This channel has 100 subscriptions:", entries=entries, buttons=(Button("Undo", "subscribe", "x"),))
    buttons = to_payload(reply).buttons
    assert (len(buttons), buttons[-1].label) == (25, "Undo")
    assert text_of(reply).count("robots") == 100


def test_a_long_abstract_is_shown_whole() -> None:
    abstract = "We teach robots to dance, with great care. " * 60
    assert abstract.strip() in text_of(Reply(f"A title\n{abstract.strip()}"))


def test_papers_asked_for_stand_under_the_text_each_in_its_embed() -> None:
    found = tuple(make_card(a_paper(id=f"9901.{number:05}", title=f"Paper {number}")) for number in range(10))
    payload = to_payload(Reply("10 papers:", cards=found))
    assert payload.content == "10 papers:"
    assert [embed.title for embed in payload.embeds] == [f"Paper {number}" for number in range(10)]


def test_a_paper_asked_for_alone_is_a_whole_card_with_its_buttons() -> None:
    payload = to_payload(Reply("1 paper:", cards=(a_card(),), buttons=(Button("More", "papers", "today"),)))
    assert [button.label for button in payload.buttons] == [
        *("Paper", "arXiv", "PDF"),
        *("Abstract", "Why", "Less like this", "More"),
    ]
    assert payload.embeds[0].fields


def test_a_button_of_a_reply_that_stands_on_its_card_too_is_shown_once() -> None:
    why = Button("Why", "papers", "why 9901.00001")
    reply = Reply(
        "1 paper:", entries=(Entry("1. robots", why),), cards=(replace(a_card(), buttons=(why,)),), buttons=(why,)
    )
    payload = to_payload(reply)
    assert complaints(body(payload)) == []
    assert [button.label for button in payload.buttons if button.custom_id] == ["Why"]


@given(cards() | DIGESTS | REPLIES)
def test_a_forum_post_has_a_name_that_discord_takes(message: Message) -> None:
    name = thread_name(message)
    post = {"name": name, "message": body(to_payload(message))}
    assert complaints(post) == []


def test_a_forum_post_is_called_as_its_paper() -> None:
    assert thread_name(a_card(title="N_0 *stars*")) == "N_0 *stars*"
    assert units(thread_name(a_card(title="👩‍🔬 " * 90))) <= 100


def test_every_recorded_paper_is_shown_as_it_is(recordings: Path) -> None:
    files = [*recordings.glob("2026-*.json"), recordings / "edge_cases.json"]
    for file in files:
        papers = read_list(json.loads(file.read_text()), day=TODAY, base_url="https://papers.example").papers
        made = [make_card(paper) for paper in papers]
        for card in made:
            payload = to_payload(card, key=KEY)
            assert complaints(body(payload)) == []
            embed = payload.embeds[0].to_dict()
            assert shown(embed["description"]) == flat(card.summary)
            assert inert(card.title).startswith(shown(embed["title"]).rstrip("… "))
            assert obeyed(body(payload)) == []
        whole = make_digest(made[:40])
        assert complaints(body(to_payload(whole, key=KEY))) == []
        assert len(text_of(whole).splitlines()) == len(made[:40]) + 1
        assert complaints(body(to_payload(Reply("Papers:", cards=tuple(made[:10]))))) == []


def test_texts_of_any_size_are_shown_at_once() -> None:
    huge = "[*x*](y) " * 1_000_000
    card = a_card(title=huge, abstract=huge, organization=huge)
    begun = process_time()
    for message in (card, make_digest([card] * 40), Reply(huge, code=huge, entries=(Entry(huge),) * 40, advice=huge)):
        assert complaints(body(to_payload(message))) == []
    assert process_time() - begun < 10

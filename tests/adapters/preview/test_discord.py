from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from adapters.platforms.discord.embeds import to_payload
from adapters.platforms.discord.posting import as_sent
from adapters.preview.discord import colours, draw_payload
from bot.cards import make_card
from bot.domain import Evidence, Match
from bot.domain.messages import Message, Reply
from tests.adapters.preview.page_reader import read
from tests.adapters.preview.test_markup import TEXTS, as_read
from tests.adapters.preview.test_slack import CARD, MESSAGES
from tests.builders import a_paper
from tests.servers.discord.markdown import shown


def squeezed(said: str) -> str:
    """Without white space, which differs with the elements it stands between."""
    return "".join(as_read(said).split())


def seen(payload: dict[str, Any]) -> str:
    """What people read of it in Discord, in its order."""
    said = [shown(payload["content"])]
    for embed in payload["embeds"]:
        said += [embed.get("author", {}).get("name", ""), shown(embed.get("title", ""))]
        said.append(shown(embed.get("description", "")))
        said += [shown(field[part]) for field in embed.get("fields", ()) for part in ("name", "value")]
        said.append(embed.get("footer", {}).get("text", ""))
    said += [button["label"] for row in payload["components"] for button in row["components"]]
    return "".join(said)


def drawn(message: Message) -> str:
    """The message as the page shows it."""
    return draw_payload(as_sent(to_payload(message)))


@pytest.mark.parametrize("message", MESSAGES)
def test_all_that_is_sent_is_shown_and_nothing_else(message: Message) -> None:
    page = read(drawn(message))
    assert squeezed(page.said) == squeezed(seen(as_sent(to_payload(message))))
    assert page.every("span", class_="unknown") == []


@given(title=TEXTS, summary=TEXTS, words=TEXTS, name=TEXTS)
def test_nothing_in_a_paper_becomes_markup(title: str, summary: str, words: str, name: str) -> None:
    evidence = Evidence("abstract", words)
    card = make_card(a_paper(title=title or "x", summary=summary, authors=(name,)), [Match("x", (evidence,))])
    page = read(drawn(card))
    assert squeezed(page.said) == squeezed(seen(as_sent(to_payload(card))))
    assert {each.name for each in page.every()} <= {"div", "p", "h4", "h5", "a", "strong", "ul", "li", "span"}


@given(said=TEXTS)
def test_markdown_that_we_did_not_write_breaks_out_of_nothing(said: str) -> None:
    embed = {"title": said, "description": said, "fields": [{"name": said, "value": f"**{said}**"}], "url": said}
    button = {"type": 2, "label": said, "custom_id": said}
    page = read(draw_payload({"content": said, "embeds": [embed], "components": [{"type": 1, "components": [button]}]}))
    names = {each.name for each in page.every()}
    assert not names & {"script", "img", "style", "iframe", "object"}
    assert not [name for each in page.every() for name in each.attributes if name.startswith("on") or name == "src"]


def test_a_card_has_its_parts_where_discord_shows_them() -> None:
    page = read(drawn(CARD))
    [title] = page.every("h4")
    [link] = title.every("a")
    assert (link.said, link.attributes["href"]) == (CARD.title, CARD.url)
    assert [each.said for each in page.every("p", class_="author")] == [CARD.byline]
    assert [each.said for each in page.every("h5")] == ["Why it is here"]
    assert [each.said for each in page.every("p", class_="footer")] == ["▲ 58 · 10 March 2026"]
    assert len(page.every("span", role="img")) == 1


def test_buttons_that_open_something_are_links_and_others_tell_their_command() -> None:
    rows = read(drawn(CARD)).every("ul", class_="buttons")
    buttons = [each for row in rows for item in row.every("li") for each in item.holds]
    commands = {each.said: each.attributes["title"] for each in buttons if each.name == "span"}
    assert commands["Why"] == "/papers why 9901.00001"
    assert CARD.links[0].url in {each.attributes["href"] for each in buttons if each.name == "a"}


def test_the_colours_are_those_of_the_embeds() -> None:
    assert colours(as_sent(to_payload(CARD))) == {0xF2A33A}
    assert colours(as_sent(to_payload(Reply("No.", ok=False)))) == {0xDA373C}
    assert colours({"embeds": [{"description": "grey"}]}) == set()


def test_markdown_of_our_messages_is_drawn_as_discord_reads_it() -> None:
    text = "**Big**\n- one\n- two\n[f](https://f.example)\n-# small\n```\nrobots AND\n```"
    page = read(draw_payload({"content": text}))
    assert [each.said for each in page.every("li")] == ["one", "two"]
    assert [each.said for kind in ("strong", "pre") for each in page.every(kind)] == ["Big", "robots AND"]
    assert [each.attributes["href"] for each in page.every("a")] == ["https://f.example"]
    assert [each.said for each in page.every("span", class_="subtext")] == ["small"]


def test_markdown_of_others_is_drawn_as_text() -> None:
    page = read(draw_payload({"content": "# Big\n> quoted\n__a__ ~~b~~ *c* `d` ||e||"}))
    assert [each.name for each in page.every()] == ["div"]
    assert page.said.replace(" ", "") == "Bigquotedabcde"


def test_a_component_of_another_kind_is_named() -> None:
    page = read(draw_payload({"components": [{"type": 1, "components": [{"type": 3}]}]}))
    assert [each.said for each in page.every("span", class_="unknown")] == ["[3]"]

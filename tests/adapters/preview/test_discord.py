from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.views import as_sent
from adapters.preview.discord import colours, draw_payload
from bot.domain import Evidence, Match
from bot.domain.messages import Message, Reply
from tests.adapters.preview.page_reader import read
from tests.adapters.preview.test_markup import TEXTS, as_read
from tests.adapters.preview.test_slack import CARD, MESSAGES
from tests.builders import a_paper, card_of
from tests.servers.discord.markdown import shown


def squeezed(text: str) -> str:
    """Without white space, which differs with the elements it stands between."""
    return "".join(as_read(text).split())


def seen(payload: dict[str, Any]) -> str:
    """What people read of it in Discord, in its order."""
    text = [shown(payload["content"])]
    for embed in payload["embeds"]:
        text += [embed.get("author", {}).get("name", ""), shown(embed.get("title", ""))]
        text.append(shown(embed.get("description", "")))
        text += [shown(field[part]) for field in embed.get("fields", ()) for part in ("name", "value")]
        text.append(embed.get("footer", {}).get("text", ""))
    text += [button["label"] for row in payload["components"] for button in row["components"]]
    return "".join(text)


def drawn(message: Message) -> str:
    """The message as the page shows it."""
    return draw_payload(as_sent(to_payload(message)))


@pytest.mark.parametrize("message", MESSAGES)
def test_all_that_is_sent_is_shown_and_nothing_else(message: Message) -> None:
    page = read(drawn(message))
    assert squeezed(page.content) == squeezed(seen(as_sent(to_payload(message))))
    assert page.every("span", class_="unknown") == []


@given(title=TEXTS, summary=TEXTS, words=TEXTS, name=TEXTS)
def test_nothing_in_a_paper_becomes_markup(title: str, summary: str, words: str, name: str) -> None:
    evidence = Evidence("abstract", words)
    card = card_of(a_paper(title=title or "x", summary=summary, authors=(name,)), [Match("x", (evidence,))])
    page = read(drawn(card))
    assert squeezed(page.content) == squeezed(seen(as_sent(to_payload(card))))
    assert {element.name for element in page.every()} <= {"div", "p", "h4", "h5", "a", "strong", "ul", "li", "span"}


@given(text=TEXTS)
def test_markdown_that_we_did_not_write_breaks_out_of_nothing(text: str) -> None:
    embed = {"title": text, "description": text, "fields": [{"name": text, "value": f"**{text}**"}], "url": text}
    button = {"type": 2, "label": text, "custom_id": text}
    page = read(draw_payload({"content": text, "embeds": [embed], "components": [{"type": 1, "components": [button]}]}))
    names = {element.name for element in page.every()}
    assert not names & {"script", "img", "style", "iframe", "object"}
    assert not [
        name for element in page.every() for name in element.attributes if name.startswith("on") or name == "src"
    ]


def test_a_card_has_its_parts_where_discord_shows_them() -> None:
    page = read(drawn(CARD))
    [title] = page.every("h4")
    [link] = title.every("a")
    assert (link.content, link.attributes["href"]) == (CARD.title, CARD.url)
    assert [element.content for element in page.every("p", class_="author")] == [CARD.byline]
    assert [element.content for element in page.every("h5")] == ["Why it is here"]
    assert [element.content for element in page.every("p", class_="footer")] == ["▲ 58 · 10 March 2026"]
    assert len(page.every("span", role="img")) == 1


def test_buttons_that_open_something_are_links_and_others_tell_their_command() -> None:
    rows = read(drawn(CARD)).every("ul", class_="buttons")
    buttons = [element for row in rows for item in row.every("li") for element in item.holds]
    commands = {button.content: button.attributes["title"] for button in buttons if button.name == "span"}
    assert commands["Why"] == "/papers why 9901.00001"
    assert CARD.links[0].url in {button.attributes["href"] for button in buttons if button.name == "a"}


def test_the_colours_are_those_of_the_embeds() -> None:
    assert colours(as_sent(to_payload(CARD))) == {0xF2A33A}
    assert colours(as_sent(to_payload(Reply("No.", ok=False)))) == {0xDA373C}
    assert colours({"embeds": [{"description": "grey"}]}) == set()


def test_markdown_of_our_messages_is_drawn_as_discord_reads_it() -> None:
    text = "**Big**\n- one\n- two\n[f](https://f.example)\n-# small\n```\nrobots AND\n```"
    page = read(draw_payload({"content": text}))
    assert [element.content for element in page.every("li")] == ["one", "two"]
    assert [element.content for kind in ("strong", "pre") for element in page.every(kind)] == ["Big", "robots AND"]
    assert [element.attributes["href"] for element in page.every("a")] == ["https://f.example"]
    assert [element.content for element in page.every("span", class_="subtext")] == ["small"]


def test_markdown_of_others_is_drawn_as_text() -> None:
    page = read(draw_payload({"content": "# Big\n> quoted\n__a__ ~~b~~ *c* `d` ||e||"}))
    assert [element.name for element in page.every()] == ["div"]
    assert page.content.replace(" ", "") == "Bigquotedabcde"


def test_a_component_of_another_kind_is_named() -> None:
    page = read(draw_payload({"components": [{"type": 1, "components": [{"type": 3}]}]}))
    assert [element.content for element in page.every("span", class_="unknown")] == ["[3]"]

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.views import as_sent
from adapters.preview.avatar import AVATAR
from adapters.preview.discord import colours, draw_modal, draw_payload
from bot.domain.messages import Message
from tests.adapters.preview.messages import ANY, CARD, MESSAGES, said_in_discord, squeezed
from tests.adapters.preview.page_reader import Element, read
from tests.adapters.preview.test_markup import TEXTS, as_read

OURS = {
    "div",
    "p",
    "h4",
    "h5",
    "a",
    "strong",
    "ul",
    "li",
    "span",
    "hr",
    "pre",
    "code",
    "details",
    "summary",
    "small",
} | {*("svg", "path")}
"""The elements of which our messages consist."""


def sent(message: Message) -> dict[str, Any]:
    """The message as Discord is sent it."""
    return as_sent(to_payload(message))


def drawn(*components: dict[str, Any], **payload: Any) -> Element:  # noqa: ANN401 - any attribute of a message
    """A message as the page shows it."""
    return read(draw_payload({"components": components, **payload}))


def in_markdown(text: str) -> Element:
    """A text as the page shows it."""
    return drawn({"type": 10, "content": text})


@pytest.mark.parametrize("message", MESSAGES)
def test_all_that_is_sent_is_shown_and_nothing_else(message: Message) -> None:
    assert squeezed(read(draw_payload(sent(message))).content) == squeezed("".join(said_in_discord(sent(message))))


@settings(max_examples=60)
@given(message=ANY)
def test_every_message_is_drawn_with_all_its_parts_and_as_text(message: Message) -> None:
    page = read(draw_payload(sent(message)))
    assert page.every("span", class_="unknown") == []
    assert {element.name for element in page.every()} <= OURS
    assert not [name for element in page.every() for name in element.attributes if name.startswith("on")]
    assert all(link.attributes["href"].startswith("https://") for link in page.every("a"))


@given(text=TEXTS)
def test_markdown_that_we_did_not_write_breaks_out_of_nothing(text: str) -> None:
    embed = {"title": text, "description": text, "fields": [{"name": text, "value": f"**{text}**"}], "url": text}
    button = {"type": 2, "label": text, "custom_id": text}
    select = {"type": 3, "placeholder": text, "options": [{"label": text, "value": text, "description": text}]}
    picture = {"type": 11, "description": text, "media": {"url": text}}
    section = {"type": 9, "components": [{"type": 10, "content": f"### {text}"}], "accessory": picture}
    rows = [{"type": 1, "components": [part]} for part in (button, select)]
    page = drawn({"type": 17, "components": [section, *rows]}, content=text, embeds=[embed])
    assert not {element.name for element in page.every()} & {"script", "img", "style", "iframe", "object"}
    assert not [
        name for element in page.every() for name in element.attributes if name.startswith("on") or name == "src"
    ]


@given(text=TEXTS)
def test_labels_are_no_markdown(text: str) -> None:
    page = drawn({"type": 1, "components": [{"type": 2, "label": f"**{text}**", "custom_id": "x"}]})
    assert page.content == as_read(f"**{text}**")


def test_a_container_holds_its_parts_in_their_order() -> None:
    parts = [
        {
            "type": 9,
            "components": [
                {"type": 10, "content": "### [Dance](https://a.example)"},
                {"type": 10, "content": "-# Ada"},
            ],
            "accessory": {"type": 11, "media": {"url": "https://a.example/1.png"}, "description": "A page"},
        },
        {"type": 14, "divider": True, "spacing": 2},
        {"type": 10, "content": "Robots **dance**."},
        {"type": 1, "components": [{"type": 2, "style": 5, "label": "PDF", "url": "https://a.example/pdf"}]},
        {"type": 12, "items": [{"media": {"url": "https://a.example/2.png"}}]},
    ]
    page = drawn({"type": 17, "accent_color": 0xF2A33A, "components": parts})
    [container] = page.every("div", class_="container colour-f2a33a")
    assert [(part.name, part.attributes.get("class")) for part in container.holds] == [
        ("div", "section"),
        ("hr", "line large"),
        ("div", "text"),
        ("ul", "buttons"),
        ("div", "gallery"),
    ]
    [title] = page.every("h4", class_="level-3")
    assert [link.attributes["href"] for link in title.every("a")] == ["https://a.example"]
    assert [picture.attributes["aria-label"] for picture in page.every("span", role="img")] == ["A page", "Picture"]
    assert page.content == "DanceAdaRobots dance.PDF"


def test_a_section_may_have_a_button_beside_it() -> None:
    button = {"type": 2, "style": 4, "label": "Remove", "custom_id": "pw:unsubscribe:1"}
    page = drawn({"type": 9, "components": [{"type": 10, "content": "robots"}], "accessory": button})
    [shown] = page.every("span", class_="button danger")
    assert (shown.content, shown.attributes["title"]) == ("Remove", "/unsubscribe 1")


def test_a_menu_opens_by_itself_and_shows_what_it_offers() -> None:
    options = [{"label": "Why", "value": "pw:papers:why 1", "description": "What matched"}]
    page = drawn({"type": 1, "components": [{"type": 3, "placeholder": "More…", "options": options}]})
    [menu] = page.every("details")
    assert [closed.content for closed in menu.every("summary")] == ["More…"]
    assert [item.content for item in menu.every("li")] == ["WhyWhat matched"]


def test_a_menu_shows_what_is_chosen() -> None:
    options = [{"label": "Daily", "value": "1"}, {"label": "Weekly", "value": "2", "default": True}]
    page = drawn({"type": 1, "components": [{"type": 3, "placeholder": "How often?", "options": options}]})
    assert page.every("summary")[0].content == "Weekly"


def test_buttons_that_open_something_are_links_and_others_tell_their_command() -> None:
    page = read(draw_payload(sent(CARD)))
    assert "https://code.example/dance" in {link.attributes["href"] for link in page.every("a", class_="button opens")}
    commands = {found.content: found.attributes["title"] for found in page.every("span") if "title" in found.attributes}
    assert commands["Save"] == "/papers save 9901.00001"


def test_a_dialog_shows_its_labels_descriptions_and_fields() -> None:
    options = [{"label": "At once", "value": "instant", "default": True}]
    components = [
        {
            "type": 18,
            "label": "Papers about",
            "description": "A phrase",
            "component": {"type": 4, "style": 2, "value": "robots"},
        },
        {"type": 18, "label": "How often", "component": {"type": 3, "options": options, "required": False}},
        {"type": 1, "components": [{"type": 4, "style": 1, "label": "Zone", "placeholder": "UTC"}]},
        {"type": 10, "content": "About **2 a week**."},
    ]
    page = read(draw_modal({"title": "Subscribe", "components": components}, AVATAR))
    assert page.every("span", class_="unknown") == []
    assert [label.content for label in page.every("p", class_="label")] == ["Papers about *", "How often", "Zone *"]
    assert [field.content for field in page.every("div", class_="input long")] == ["robots"]
    assert [field.content for field in page.every("div", class_="input empty")] == ["UTC"]
    assert [hint.content for hint in page.every("p", class_="hint")] == ["A phrase"]
    assert page.content.endswith("About 2 a week.CancelSubmit")


def test_the_colours_are_those_of_embeds_and_containers() -> None:
    assert colours({"embeds": [{"color": 0xF2A33A}, {"description": "grey"}]}) == {0xF2A33A}
    assert colours({"components": [{"type": 17, "accent_color": 0xDA373C}, {"type": 1}]}) == {0xDA373C}
    assert colours({"content": "grey"}) == set()


def test_an_embed_has_its_parts_where_discord_shows_them() -> None:
    embed = {
        "title": "Dance",
        "url": "https://a.example",
        "author": {"name": "Ada"},
        "description": "Robots dance.",
        "fields": [{"name": "Why it is here", "value": "**Dance**"}],
        "footer": {"text": "▲ 58"},
        "thumbnail": {"url": "https://a.example/1.png"},
    }
    page = drawn(embeds=[embed])
    [title] = page.every("h4")
    assert [link.attributes["href"] for link in title.every("a")] == ["https://a.example"]
    assert [element.content for element in page.every("p", class_="author")] == ["Ada"]
    assert [element.content for element in page.every("h5")] == ["Why it is here"]
    assert [element.content for element in page.every("p", class_="footer")] == ["▲ 58"]
    assert [element.attributes["aria-label"] for element in page.every("span", role="img")] == ["Picture of Dance"]


def test_markdown_is_drawn_as_discord_reads_it() -> None:
    page = in_markdown(
        "## Big\n> quoted\n- one\n- two\n3. three\n-# small\n__a__ ~~b~~ *c* `d` ||e|| **f**\n```\ng\n```"
    )
    kinds = ("h4", "blockquote", "u", "s", "em", "strong", "pre")
    assert [element.content for kind in kinds for element in page.every(kind)] == ["Big", "quoted", *"abcfg"]
    assert [[item.content for item in found.every("li")] for found in page.every("ul")] == [["one", "two"]]
    assert [found.attributes["start"] for found in page.every("ol")] == ["3"]
    assert [found.content for found in page.every("span", class_="subtext")] == ["small"]
    assert [found.content for found in page.every("span", class_="spoiler")] == ["e"]


def test_addresses_and_links_lead_somewhere() -> None:
    page = in_markdown("[f](https://f.example) https://g.example <https://h.example>")
    assert [link.attributes["href"].rstrip("/") for link in page.every("a")] == [
        f"https://{name}.example" for name in "fgh"
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<t:1785765900>", "3 August 2026 14:05"),
        ("<t:1785765900:f>", "3 August 2026 14:05"),
        ("<t:1785765900:t>", "14:05"),
        ("<t:1785765900:D>", "3 August 2026"),
        ("<t:1785765900:R>", "on 3 August 2026"),
    ],
)
def test_moments_are_shown_as_discord_words_them(written: str, shown: str) -> None:
    assert [found.content for found in in_markdown(written).every("span", class_="timestamp")] == [shown]


def test_a_mention_of_a_command_shows_its_name() -> None:
    page = in_markdown("Try </papers help:123> or @everyone")
    assert [found.content for found in page.every("span", class_="mention")] == ["/papers help", "@everyone"]


def test_a_component_of_another_kind_is_named() -> None:
    page = drawn({"type": 1, "components": [{"type": 99}]})
    assert [element.content for element in page.every("span", class_="unknown")] == ["[99]"]

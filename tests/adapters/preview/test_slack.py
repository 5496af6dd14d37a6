from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.slack.blocks import to_blocks
from adapters.preview.avatar import AVATAR
from adapters.preview.slack import draw_blocks
from adapters.preview.slack_view import draw_view
from bot.domain.messages import Message
from tests.adapters.preview.messages import ANY, CARD, MESSAGES, said_in_slack, squeezed
from tests.adapters.preview.page_reader import Element, read
from tests.adapters.preview.test_markup import TEXTS, as_read

MARKUP = {"div", "p", "a", "strong", "em", "blockquote", "ul", "ol", "li", "span", "h4", "hr", "pre", "code"} | {
    *("details", "summary", "svg", "path")
}
"""The elements of which our messages consist."""


def plain(text: str) -> dict[str, Any]:
    """A text object."""
    return {"type": "plain_text", "text": text}


def drawn(*blocks: dict[str, Any]) -> Element:
    """The blocks as the page shows them."""
    return read(draw_blocks(blocks))


def in_rich_text(*elements: dict[str, Any]) -> Element:
    """A paragraph of rich text as the page shows it."""
    return drawn({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]})


def in_small_print(text: str) -> Element:
    """A text in mrkdwn as the page shows it."""
    return drawn({"type": "context", "elements": [{"type": "mrkdwn", "text": text}]})


def element_of(part: dict[str, Any]) -> Element:
    """An element of a row as the page shows it."""
    return drawn({"type": "actions", "elements": [part]})


def an_option(label: str, value: str = "papers why 1", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any attribute
    """An option of a menu."""
    return {"text": plain(label), "value": value, **more}


@pytest.mark.parametrize("message", MESSAGES)
def test_all_that_is_sent_is_shown_and_nothing_else(message: Message) -> None:
    blocks = to_blocks(message)
    assert squeezed(drawn(*blocks).content) == squeezed("".join(said_in_slack(blocks)))


@settings(max_examples=60)
@given(message=ANY)
def test_every_message_is_drawn_with_all_its_parts_and_as_text(message: Message) -> None:
    page = drawn(*to_blocks(message))
    assert page.every("span", class_="unknown") == []
    assert {element.name for element in page.every()} <= MARKUP
    assert not [name for element in page.every() for name in element.attributes if name.startswith("on")]
    assert all(link.attributes["href"].startswith("https://") for link in page.every("a"))


@given(text=TEXTS)
def test_text_of_every_kind_of_block_stays_text(text: str) -> None:
    rich = {"type": "text", "text": text, "style": {"bold": True, "italic": True, "strike": True, "code": True}}
    option = an_option(text, text, description=plain(text))
    page = drawn(
        {"type": "header", "text": plain(text)},
        {"type": "section", "text": plain(text), "fields": [plain(text)]},
        {"type": "context", "elements": [plain(text)]},
        {"type": "actions", "elements": [{"type": "button", "text": plain(text), "value": text}]},
        {"type": "actions", "elements": [{"type": "overflow", "options": [option]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [rich]}]},
    )
    assert page.content == as_read(text) * 8


@given(text=TEXTS)
def test_nothing_in_mrkdwn_breaks_out(text: str) -> None:
    page = in_small_print(f"*{text}* <https://a.example/{text}|{text}> <!date^1^{text}|{text}> `{text}`")
    assert {element.name for element in page.every()} <= MARKUP | {"s"}
    assert not [name for element in page.every() for name in element.attributes if name.startswith("on")]


def test_mrkdwn_is_drawn_as_slack_reads_it() -> None:
    page = in_small_print("*bold* _slanted_ ~old~ `code` &lt;b&gt; &amp; a*b*c <https://a.example/?x=1&amp;y=2|here>")
    shown = {name: [found.content for found in page.every(name)] for name in ("strong", "em", "s", "code")}
    assert shown == {"strong": ["bold"], "em": ["slanted"], "s": ["old"], "code": ["code"]}
    assert page.content == "bold slanted old code <b> & a*b*c here"
    [link] = page.every("a")
    assert link.attributes["href"] == "https://a.example/?x=1&y=2"


def test_quotations_and_fenced_code_of_mrkdwn_stand_by_themselves() -> None:
    page = in_small_print("before\n&gt; said\nafter ```\nx = *1*\n```")
    assert [found.content for found in page.every("blockquote")] == ["said"]
    assert [found.content for found in page.every("pre")] == ["x = *1*"]


def test_a_mention_in_mrkdwn_is_set_apart() -> None:
    page = in_small_print("<!here> <@U1|ada> <#C1|papers>")
    assert [found.content for found in page.every("span", class_="mention")] == ["@here", "@ada", "#papers"]


def test_moments_are_shown_as_slack_words_them() -> None:
    form = "{date_short_pretty} at {time}"
    rich = in_rich_text({"type": "date", "timestamp": 1_785_765_900, "format": form, "fallback": "then"})
    small = in_small_print(f"Next: <!date^1785765900^{form}|then>")
    assert (rich.content, small.content) == ("Aug 3, 2026 at 2:05 PM", "Next: Aug 3, 2026 at 2:05 PM")


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("{date}", "August 3rd, 2026"),
        ("{date_long}", "Monday, August 3rd, 2026"),
        ("{date_num} {time_secs}", "2026-08-03 2:05:00 PM"),
        ("{unheard_of}", "{unheard_of}"),
    ],
)
def test_every_form_of_a_date_is_known(form: str, shown: str) -> None:
    assert in_rich_text({"type": "date", "timestamp": 1_785_765_900, "format": form}).content == shown


def test_an_emoji_is_drawn_and_one_that_is_not_known_named() -> None:
    page = in_rich_text(
        {"type": "emoji", "name": "warning"},
        {"type": "emoji", "name": "books", "unicode": "1f4da"},
        {"type": "emoji", "name": "our_own"},
    )
    assert page.content == "⚠️📚:our_own:"


def test_a_menu_opens_by_itself_and_shows_what_its_options_do() -> None:
    options = [
        an_option("Why", '{"command":"papers","text":"why 1"}'),
        an_option("arXiv", "link", url="https://arxiv.example/1"),
    ]
    page = element_of({"type": "overflow", "options": options})
    [menu] = page.every("details")
    assert [closed.attributes["aria-label"] for closed in menu.every("summary")] == ["More actions"]
    assert [item.content for item in menu.every("li")] == ["Why", "arXiv"]
    assert [found.attributes["title"] for found in menu.every("span") if "title" in found.attributes] == [
        "/papers why 1"
    ]
    assert [found.attributes["href"] for found in menu.every("a")] == ["https://arxiv.example/1"]


def test_a_select_shows_what_is_chosen_else_what_is_asked() -> None:
    options = [an_option("Daily"), an_option("Weekly")]
    chosen = element_of({"type": "static_select", "options": options, "initial_option": options[1]})
    open_ = element_of({"type": "static_select", "options": options, "placeholder": plain("How often?")})
    assert [page.every("summary")[0].content for page in (chosen, open_)] == ["Weekly", "How often?"]


def test_buttons_that_open_something_are_links_and_others_tell_their_command() -> None:
    page = drawn(*to_blocks(CARD))
    assert "https://code.example/dance" in {link.attributes["href"] for link in page.every("a", class_="button")}
    commands = {button.content: button.attributes["title"] for button in page.every("span", class_="button")}
    assert commands["Save"] == "/papers save 9901.00001"


@pytest.mark.parametrize("value", ["", "[]", "3", "{}", '{"command": 1}', "No JSON"])
def test_a_button_whose_value_is_foreign_tells_no_command(value: str) -> None:
    [button] = element_of({"type": "button", "text": plain("Go"), "value": value}).every("span")
    assert button.attributes["title"] == ""


def test_a_button_of_weight_looks_so() -> None:
    for style in ("primary", "danger"):
        page = element_of({"type": "button", "text": plain("Go"), "style": style, "value": "x"})
        assert [button.content for button in page.every("span", class_=f"button {style}")] == ["Go"]


def test_the_title_leads_to_the_paper() -> None:
    [title, *_] = drawn(*to_blocks(CARD)).every("a")
    assert (title.attributes["href"], title.content) == (CARD.url, CARD.title)


def test_a_picture_is_described_and_not_loaded() -> None:
    page = drawn(
        {"type": "section", "text": plain("x"), "accessory": {"type": "image", "image_url": "y", "alt_text": "A page"}}
    )
    [picture] = page.every("span", role="img")
    assert picture.attributes["aria-label"] == "A page"
    assert [element for element in page.every() if "src" in element.attributes] == []


def test_a_dialog_shows_its_labels_hints_mistakes_and_ends() -> None:
    fields = [
        {"type": "plain_text_input", "initial_value": "robots", "multiline": True},
        {"type": "timepicker", "initial_time": "09:00"},
        {"type": "conversations_select", "default_to_current_conversation": True},
        {"type": "radio_buttons", "options": [an_option("As they come")]},
    ]
    blocks = [
        {
            "type": "input",
            "block_id": str(number),
            "label": plain(f"Field {number}"),
            "hint": plain("Hint"),
            "element": part,
        }
        for number, part in enumerate(fields)
    ]
    view = {"title": plain("Subscribe"), "submit": plain("Save"), "close": plain("Cancel"), "blocks": blocks}
    page = read(draw_view(view, AVATAR, {"1": "Too early."}))
    assert page.every("span", class_="unknown") == []
    assert [label.content for label in page.every("p", class_="label")] == [f"Field {number}" for number in range(4)]
    assert [error.content.strip() for error in page.every("p", class_="error")] == ["Too early."]
    assert page.content == (
        "SubscribeField 0robotsHintField 109:00 Too early.HintField 2# papersHintField 3As they comeHintCancelSave"
    )


def test_a_block_of_another_kind_is_named() -> None:
    page = drawn(
        {"type": "video"},
        {"type": "actions", "elements": [{"type": "workflow_button"}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "color"}]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_table"}]},
    )
    named = [element.content for element in page.every("span", class_="unknown")]
    assert named == ["[video]", "[workflow_button]", "[color]", "[rich_text_table]"]


@given(st.lists(TEXTS, max_size=3))
def test_lists_hold_an_item_for_each_line(lines: list[str]) -> None:
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": line}]} for line in lines]
    for style, name in (("bullet", "ul"), ("ordered", "ol")):
        part = {"type": "rich_text_list", "style": style, "elements": items}
        [listed] = drawn({"type": "rich_text", "elements": [part]}).every(name)
        assert [element.content for element in listed.every("li")] == [as_read(line) for line in lines]

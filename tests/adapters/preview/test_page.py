from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

from hypothesis import given, settings

from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.views import as_sent
from adapters.platforms.slack.blocks import to_blocks
from adapters.preview import Form, Part, Sent, page
from bot.domain import Evidence, Match
from bot.domain.messages import Message, Reply
from tests.adapters.preview.messages import CARD, MESSAGES
from tests.adapters.preview.page_reader import Element, read
from tests.adapters.preview.test_markup import TEXTS, as_read
from tests.builders import a_paper, card_of

LOADS = {"audio", "base", "embed", "frame", "iframe", "image", "img", "link", "object", "script", "source", "video"}
"""Elements that make a browser ask for something, or run it."""


def sent(message: Message, *, alone: bool = False) -> Sent:
    """The message as both are sent it."""
    return Sent(to_blocks(message), as_sent(to_payload(message)), alone=alone)


def drawn(*messages: Message, title: str = "Robots", lead: str = "Two papers.") -> str:
    """A page of messages."""
    return page(title, (lead,), [Part("Cards", "The latest.", [sent(message) for message in messages])], marker="ours")


def harmless(html: Element) -> bool:
    """Whether nothing in it is loaded or run by itself."""
    return not [
        element
        for element in html.every()
        if element.name in LOADS
        or any(name in {"src", "style"} or name.startswith("on") for name in element.attributes)
    ]


def test_the_page_loads_and_runs_nothing() -> None:
    html = drawn(*MESSAGES)
    assert harmless(read(html))
    assert {element.name for element in read(html).every() if "href" in element.attributes} == {"a"}
    [style] = read(html).every("style")
    assert not re.search(r"url\(|@import|image-set|src:", style.content)


def test_its_policy_allows_its_own_style_sheet_and_nothing_else() -> None:
    top = read(drawn(*MESSAGES))
    [style] = top.every("style")
    [policy] = [element for element in top.every("meta") if "http-equiv" in element.attributes]
    digest = base64.b64encode(hashlib.sha256(style.content.encode()).digest()).decode()
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_the_policy_stands_before_all_that_it_is_about() -> None:
    html = drawn(CARD)
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert "charset" in html[:200]


@settings(max_examples=40)
@given(title=TEXTS, summary=TEXTS, query=TEXTS)
def test_nothing_that_a_paper_or_a_query_holds_is_loaded_or_run(title: str, summary: str, query: str) -> None:
    card = card_of(a_paper(title=title or "x", summary=summary), [Match(query, (Evidence("title", query),))])
    top = read(drawn(card, title=query, lead=summary))
    assert harmless(top)
    [headline] = top.every("h1")
    assert headline.content == as_read(query)
    assert [element.content for element in top.every("title")] == [as_read(query)]


def test_each_message_stands_beside_itself() -> None:
    pairs = read(drawn(*MESSAGES)).every("div", class_="pair")
    assert [[element.every("h3")[0].content for element in pair.holds] for pair in pairs] == [
        ["Slack", "Discord"]
    ] * len(MESSAGES)


def test_a_form_stands_beside_itself_with_what_is_wrong_with_it() -> None:
    label = {"type": "plain_text", "text": "Papers about"}
    block = {"type": "input", "block_id": "query", "label": label, "element": {"type": "plain_text_input"}}
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Subscribe"}, "blocks": [block]}
    modal = {"title": "Subscribe", "components": []}
    [pair] = read(page("x", (), [Part("Form", "", [Form(view, modal, {"query": "No."})])], marker="ours")).every(
        "div", class_="pair"
    )
    assert [len(article.every("div", class_="modal")) for article in pair.holds] == [1, 1]
    assert [error.content.strip() for error in pair.every("p", class_="error")] == ["No."]


def test_headings_go_down_step_by_step() -> None:
    levels = [
        int(element.name[1]) for element in read(drawn(*MESSAGES)).every() if re.fullmatch("h[1-6]", element.name)
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_one_person_sees_alone_says_so() -> None:
    html = page("Robots", (), [Part("Answer", "", [sent(Reply("Done."), alone=True), sent(CARD)])], marker="ours")
    assert [element.content.strip() for element in read(html).every("p", class_="alone")] == [
        "Only visible to you",
        "Only you can see this",
    ]


def test_theme_and_width_are_chosen_without_a_script_by_labelled_buttons() -> None:
    top = read(drawn(CARD))
    choices = top.every("input", type="radio")
    assert [(choice.attributes["name"], choice.attributes["id"]) for choice in choices] == [
        *(("theme", "automatic"), ("theme", "light"), ("theme", "dark")),
        *(("width", "desktop"), ("width", "phone")),
    ]
    assert [choice.attributes["id"] for choice in choices if "checked" in choice.attributes] == ["automatic", "desktop"]
    assert [element.attributes["for"] for element in top.every("label")] == [
        choice.attributes["id"] for choice in choices
    ]


def test_what_is_chosen_has_an_effect() -> None:
    [style] = read(drawn(CARD)).every("style")
    assert {f":has(#{name}:checked)" in style.content for name in ("light", "dark", "phone")} == {True}


def test_colours_of_embeds_stand_in_the_style_sheet() -> None:
    html = drawn(CARD, Reply("No.", ok=False))
    assert ".colour-f2a33a { border-left-color: #f2a33a; }" in html
    assert ".colour-da373c { border-left-color: #da373c; }" in html


def test_the_marker_stands_near_the_beginning_and_cannot_be_left() -> None:
    assert drawn(CARD).startswith("<!doctype html>\n<!-- ours -->\n")
    assert "<script>" not in page("x", (), (), marker="--><script>")

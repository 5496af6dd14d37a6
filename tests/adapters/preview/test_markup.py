from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.preview.html import UNSEEN, Html, element, joined, link, picture, text
from tests.adapters.preview.page_reader import read

HOSTILE = (
    "</p>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "<!--",
    "-->",
    "]]>",
    "&lt;",
    "&#0;",
    "&notin",
    "</style>",
    "<",
    ">",
    "\x00",
    "\r\n",
    "\ud800",
    "\u202e",
    "javascript:alert(1)",
)
TEXTS = st.lists(st.sampled_from(HOSTILE) | st.characters(exclude_categories=()), max_size=12).map("".join)


def as_read(shown_text: str) -> str:
    """What a browser shows of it."""
    return UNSEEN.sub("\ufffd", shown_text.replace("\r\n", "\n").replace("\r", "\n"))


@given(shown_text=TEXTS, described=TEXTS)
def test_no_text_breaks_out_of_its_element_or_attribute(shown_text: str, described: str) -> None:
    page = read(element("p", shown_text, title=described))
    [paragraph] = page.every()
    assert (paragraph.name, paragraph.attributes) == ("p", {"title": as_read(described)})
    assert page.content == as_read(shown_text)


@given(shown_text=TEXTS)
def test_what_is_made_can_be_written_to_a_file(shown_text: str) -> None:
    assert text(shown_text).encode("utf-8").decode("utf-8") == text(shown_text)


def test_markup_goes_into_markup_as_it_is() -> None:
    assert element("p", "a < b ", element("b", "c & d")) == "<p>a &lt; b <b>c &amp; d</b></p>"
    assert joined("<", Html("<br>")) == "&lt;<br>"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a.example", "", "x"]
)
def test_what_does_not_lead_to_the_web_is_not_linked(url: str) -> None:
    assert link(url, "here") == "<span>here</span>"


@given(rest=TEXTS)
def test_an_address_stays_in_its_attribute(rest: str) -> None:
    page = read(link(f"https://papers.example/{rest}", "here"))
    assert [found_element.name for found_element in page.every()] in (["a"], ["span"])
    assert page.content == "here"


def test_a_link_tells_nobody_where_it_was_followed() -> None:
    [followed] = read(link("https://papers.example/?a=1&b=2", "here")).every("a")
    assert followed.attributes == {"href": "https://papers.example/?a=1&b=2", "rel": "noopener noreferrer"}


def test_a_picture_is_a_drawing_with_its_description() -> None:
    [drawn] = read(picture("First page of a < b")).every("span")
    assert drawn.attributes["aria-label"] == "First page of a < b"
    assert drawn.attributes["role"] == "img"

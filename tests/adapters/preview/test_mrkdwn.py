from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack.blocks import escape
from adapters.platforms.slack.elements import inert
from adapters.preview.slack_mrkdwn import draw_mrkdwn
from tests.adapters.preview.page_reader import read


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("*bold* and _leaning_", "<strong>bold</strong> and <em>leaning</em>"),
        ("~gone~ `a*b*c`", "<s>gone</s> <code>a*b*c</code>"),
        ("*a _b_*", "<strong>a <em>b</em></strong>"),
        ("2 * 3 * 4, snake_case_name", "2 * 3 * 4, snake_case_name"),
        ("a &lt; b &amp;&amp; c &gt; d", "a &lt; b &amp;&amp; c &gt; d"),
        ("&gt; quoted\nnot", "<blockquote>quoted</blockquote>not"),
    ],
)
def test_it_is_read_as_slack_reads_it(said: str, drawn: str) -> None:
    assert draw_mrkdwn(said) == drawn


def test_links_have_their_label_else_their_address() -> None:
    page = read(draw_mrkdwn("<https://a.example/?x=1&amp;y=2|a *b*> <https://b.example>"))
    assert [(each.attributes["href"], each.said) for each in page.every("a")] == [
        ("https://a.example/?x=1&y=2", "a *b*"),
        ("https://b.example", "https://b.example"),
    ]


@given(said=st.text())
def test_what_was_escaped_for_slack_is_text_and_nothing_else(said: str) -> None:
    page = read(draw_mrkdwn(escape(said)))
    assert page.every() == []
    assert len(page.said.replace("\u2060", "")) == len(inert(said).replace("\u2060", ""))

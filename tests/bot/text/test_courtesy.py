"""Courtesies before a request."""

from __future__ import annotations

import pytest

from bot.text.courtesy import without_courtesies


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("please subscribe robots", "subscribe robots"),
        ("Hi there, could you please subscribe robots", "subscribe robots"),
        ("Thanks! Now unsubscribe 2", "unsubscribe 2"),
        ("we'd like to subscribe", "subscribe"),
        ("nowhere", "nowhere"),
        ("hit", "hit"),
        ("/subscribe please", "/subscribe please"),
        ("", ""),
    ],
)
def test_a_request_stands_behind_its_courtesies(text: str, request_: str) -> None:
    assert without_courtesies(text) == request_

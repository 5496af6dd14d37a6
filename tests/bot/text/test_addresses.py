"""Which addresses are linked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.addresses import is_web, parts_of
from bot.text.characters import visible


@pytest.mark.parametrize(
    "address",
    [
        "https://papers.example",
        "http://localhost/",
        "http://127.0.0.1:8080/x",
        "http://[::1]:8080/",
        "HTTPS://PAPERS.EXAMPLE/",
        "https://papers.example/papers/9901.00001?a=1&b=%20#c",
        "https://papers.example/(a)_*b*~c~[d]@e",
        "https://bücher.example/π₀",
    ],
)
def test_an_address_of_the_web_is_linked(address: str) -> None:
    assert is_web(address, 100)


@pytest.mark.parametrize(
    "address",
    [
        *("", "x", "papers.example", "//papers.example", "https:", "https://", "https:///x", "https://:80/"),
        *("javascript:alert(1)", "data:text/html,x", "ftp://files.example/x", "mailto:ada@papers.example"),
        *("https://someone@evil.example/", "https://papers.example:secret@evil.example/", "https://@evil.example"),
        *("https://evil.example:port/", "https://evil.example:0/", "https://evil.example:65536/", "https://[::1"),
        *("https://a b.example/", " https://a.example", "https://a.example\n", "https://a.example/\tx"),
        *(f"https://a.example/{sign}" for sign in '<>"\\^`{|}'),
        *(
            "https://a.example/\x00",
            "https://a.example/\u202egpj.exe",
            "https://a.example/\ud800",
            "https://a.example/\u3164",
            "https://a\u00adb.example",
        ),
        "https://a.example\u2100b.example/",
    ],
)
def test_what_does_not_show_where_it_leads_is_not_linked(address: str) -> None:
    assert not is_web(address, 100)


def test_length_counts_as_services_count_it() -> None:
    address = "https://papers.example/👩"
    assert is_web(address, 25)
    assert not is_web(address, 24)


@given(st.text(st.characters(codec=None)))
def test_no_path_breaks_out_of_a_link(path: str) -> None:
    address = f"https://papers.example/{path}"
    if is_web(address, 1_000):
        assert visible(address).split() == [address]
        assert not set('<>"\\|') & set(address)


@given(st.text(st.characters(codec=None) | st.sampled_from(":/@[].0-")))
def test_no_text_is_too_odd_to_be_looked_at(text: str) -> None:
    for address in (text, f"https://{text}", f"https://a.example:{text}"):
        assert is_web(address, 1_000) in {True, False}


def test_schemes_are_those_that_are_asked_for() -> None:
    assert parts_of("wss://gateway.example/?v=10", "ws", "wss")
    assert not parts_of("https://gateway.example/", "ws", "wss")


def test_a_name_and_a_password_may_stand_in_an_address_that_nobody_is_shown() -> None:
    parts = parts_of("https://ada:secret@proxy.example", "https")
    assert parts
    assert (parts.username, parts.hostname) == ("ada", "proxy.example")

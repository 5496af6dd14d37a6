"""XML that is wrong, or meant to do harm."""

from __future__ import annotations

import pytest

from adapters.sources.arxiv.xml import read_xml, text_of
from tests.servers.arxiv.server import BOMB


def test_text_is_found_by_its_path() -> None:
    root = read_xml(b"<a><b> one <c>two</c></b></a>")
    assert text_of(root, "b", {}) == "one two"
    assert text_of(root, "b/d", {}) == ""


@pytest.mark.parametrize("character", ["\x0b", "\x00", "&#11;", "&#x1F;", "&#xFFFE;", "&#0;", "\ufffe"])
def test_a_character_that_xml_forbids_costs_only_itself(character: str) -> None:
    assert text_of(read_xml(f"<a><b>x{character}y</b></a>".encode()), "b", {}) == "x\ufffdy"


def test_bytes_that_are_no_utf_8_cost_only_themselves() -> None:
    assert text_of(read_xml(b"<a><b>x\xffy</b></a>"), "b", {}) == "x\ufffdy"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<a><b></a>",
        b"<a>",
        b"<html><p>Sign in</html>",
        b"&amp;",
        BOMB.encode(),
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]><a>&x;</a>',
    ],
)
def test_what_is_no_xml_or_defines_anything_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="no XML"):
        read_xml(body)


def test_a_document_may_be_nested_deeply() -> None:
    read_xml(b"<a>" * 50_000 + b"</a>" * 50_000)

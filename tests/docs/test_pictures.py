"""What the pictures of the documentation show, and the sheets of hard cases, is drawn whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.preview.page import PLATFORMS, Form, Sent, article
from bot.app.preview import fill, scratch_stores
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.matching.glossary import Glossary
from scripts.hard_cases import hard_cases, hard_papers
from scripts.pictures import NOW, conversations, say
from tests.adapters.preview.page_reader import read
from tests.builders import ROOT

RECORDINGS = ROOT.parent / "shared" / "hf"


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A desk with the sample papers."""
    with scratch_stores() as stores:
        fill(stores, NOW.date())
        yield Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=100, now=lambda: NOW)


def unknown(shown: Sent | Form) -> list[str]:
    """The kinds in it that the page cannot draw."""
    pages = [read(article(platform, shown)) for platform in PLATFORMS]
    return [part.content for page in pages for part in page.every("span", class_="unknown")]


def test_each_picture_of_the_documentation_is_drawn(desk: Desk) -> None:
    pictures = dict(conversations(desk))
    assert set(pictures) == {"card", "digest", "subscribe", "subscriptions", "error", "form"}
    assert [kind for shown in pictures.values() for each in shown for kind in unknown(each)] == []


def test_each_hard_case_is_drawn(desk: Desk) -> None:
    sheets = dict(hard_cases(desk, say, RECORDINGS))
    assert set(sheets) == {"cards", "digests", "forms", "replies"}
    assert [kind for cases in sheets.values() for _, each in cases for kind in unknown(each)] == []


def test_without_recordings_there_are_the_invented_cases(desk: Desk, tmp_path: Path) -> None:
    names = [name for name, _ in hard_papers(desk, tmp_path)]
    assert {"Long title, not matched", "664 authors", "Chinese", "Formulas", "No summary"} <= set(names)
    assert not [name for name in names if "recorded" in name]

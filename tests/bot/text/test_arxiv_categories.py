"""arXiv's categories, as people write them."""

from __future__ import annotations

import pytest

from bot.text.arxiv_categories import ARCHIVE_NAMES, ARCHIVES, CATEGORIES, category_meant, is_in, known_category


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("cs.LG", "cs.LG"),
        ("CS.lg", "cs.LG"),
        ("cs", "cs.*"),
        ("cs.*", "cs.*"),
        ("hep-th", "hep-th"),
        ("cond-mat.STR-EL", "cond-mat.str-el"),
        ("cs.XX", ""),
        ("robots", ""),
        ("", ""),
    ],
)
def test_a_category_is_known_however_its_letters_are_written(written: str, known: str) -> None:
    assert known_category(written) == known


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cs.LGG", "cs.LG"),
        ("robotics", "cs.RO"),
        ("machine learning", "cs.LG"),
        ("statistics", "stat.*"),
        ("zebra", ""),
    ],
)
def test_a_category_is_recognised_by_its_name_or_nearly_by_its_code(written: str, meant: str) -> None:
    assert category_meant(written) == meant


def test_a_paper_is_in_its_categories_and_in_their_archives() -> None:
    categories = ("cs.RO", "hep-th", "math.NA")
    assert is_in(categories, "cs.RO")
    assert is_in(categories, "cs.*")
    assert is_in(categories, "hep-th")
    assert not is_in(categories, "cs.LG")
    assert not is_in(categories, "stat.*")
    assert not is_in(("math-ph",), "math.*")


def test_every_archive_and_category_has_a_name() -> None:
    assert ARCHIVES.keys() == ARCHIVE_NAMES.keys()
    assert all(CATEGORIES.values())

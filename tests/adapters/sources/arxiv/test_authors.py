"""Authors, from the one line that arXiv has for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sources.arxiv.authors import author_names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ada Example", ["Ada Example"]),
        ("Ada Example, Ben Sample", ["Ada Example", "Ben Sample"]),
        ("Ada Example and Ben Sample", ["Ada Example", "Ben Sample"]),
        ("Ada Example, Ben Sample, and Cy Case", ["Ada Example", "Ben Sample", "Cy Case"]),
        ("Ada Example, Ben Sample and\n  Cy Case", ["Ada Example", "Ben Sample", "Cy Case"]),
        ("Ada Example & Ben Sample", ["Ada Example", "Ben Sample"]),
        ("Ada Example; Ben Sample", ["Ada Example", "Ben Sample"]),
        ("Ada Example (1), Ben Sample (1 and 2) ((1) Univ. of X, (2) Y Labs)", ["Ada Example", "Ben Sample"]),
        ("Ada Example (Univ. of X, Y), Ben Sample (Z (Paris))", ["Ada Example", "Ben Sample"]),
        ("Ada Example, Ben Sample (never closed, Univ. of X", ["Ada Example", "Ben Sample"]),
        ("Carl Case, Jr., Ada Example III", ["Carl Case Jr.", "Ada Example III"]),
        ("Carl Case, III and Ada Example", ["Carl Case III", "Ada Example"]),
        ("Ada Example et al.", ["Ada Example"]),
        ("Ada Example, et al", ["Ada Example"]),
        ("ATLAS Collaboration", ["ATLAS Collaboration"]),
        ("Chen, Xi", ["Chen", "Xi"]),
        ("Alexander Sandman, Andy Andrews", ["Alexander Sandman", "Andy Andrews"]),
        ("Ada Example, Ada Example", ["Ada Example"]),
        (", ,", []),
        ("", []),
    ],
)
def test_names_are_told_apart(written: str, names: list[str]) -> None:
    assert author_names(written) == names


@given(st.text(st.sampled_from("Ada ,;&()and\n.Jr"), max_size=200))
def test_whatever_is_written_names_are_neither_empty_nor_doubled(written: str) -> None:
    names = author_names(written)
    assert all(name.strip() for name in names)
    assert len(set(names)) == len(names)

"""Which papers a text names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.paper_links import ARCHIVES, paper_ids


@pytest.mark.parametrize(
    "text",
    [
        "2608.01234",
        "2608.01234v2",
        "arXiv:2608.01234",
        "[2608.01234]",
        "_2608.01234_",
        "see 2608.01234.",
        "论文2608.01234很好",
        "https://arxiv.org/abs/2608.01234",
        "arxiv.org/abs/2608.01234v12",
        "https://www.arxiv.org/pdf/2608.01234v2.pdf",
        "https://arxiv.org/html/2608.01234v1#S3",
        "https://export.arxiv.org/abs/2608.01234?context=cs.LG",
        "https://huggingface.co/papers/2608.01234",
        "https://huggingface.co/papers/2608.01234#community",
        "https://huggingface.co/papers/2608.01234.md",
        "http://hub.example:8080/papers/2608.01234",
        "https://www.alphaxiv.org/abs/2608.01234v1",
        "https://alphaxiv.org/overview/2608.01234",
        "https://doi.org/10.48550/arXiv.2608.01234",
        "https://dx.doi.org/10.48550/ARXIV.2608.01234",
        "doi:10.48550/arxiv.2608.01234",
        "<https://arxiv.org/abs/2608.01234|arxiv.org/abs/2608.01234>",
        "https://safe.example/?url=https%3A%2F%2Farxiv.org%2Fabs%2F2608.01234&data=1",
    ],
)
def test_a_link_or_a_bare_identifier_names_a_paper(text: str) -> None:
    assert paper_ids(text) == ("2608.01234",)


@pytest.mark.parametrize(
    ("text", "paper_id"),
    [
        ("0704.0001", "0704.0001"),
        ("https://arxiv.org/abs/1412.9999", "1412.9999"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001"),
        ("https://arxiv.org/pdf/hep-th/9901001.pdf", "hep-th/9901001"),
        ("https://doi.org/10.48550/arXiv.hep-th/9901001", "hep-th/9901001"),
        ("arXiv:math.GT/0309136", "math/0309136"),
        ("COND-MAT/9901001", "cond-mat/9901001"),
        ("https://arxiv.org/abs/hep-th%2F9901001", "hep-th/9901001"),
    ],
)
def test_older_identifiers_are_understood(text: str, paper_id: str) -> None:
    assert paper_ids(text) == (paper_id,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "robots",
        "2613.01234",
        "2600.01234",
        "2608.012",
        "2608.012345",
        "12608.01234",
        "2608.01234.5",
        "1.2608.01234",
        "2608.01234abc",
        "about 1234.5678 dollars",
        "https://huggingface.co/papers/date/2026-08-03",
        "https://github.com/hep/9901001",
        "https://example.com/phys/9901001",
        "hep-th/9913001",
        "٢٦٠٨.٠١٢٣٤",
    ],
)
def test_other_numbers_and_addresses_name_none(text: str) -> None:
    assert paper_ids(text) == ()


def test_several_papers_are_in_the_order_of_the_text_and_each_once() -> None:
    text = "2608.00002,arxiv.org/abs/hep-th/9901001 2608.00001v1 https://arxiv.org/pdf/2608.00002v3"
    assert paper_ids(text) == ("2608.00002", "hep-th/9901001", "2608.00001")


@given(st.text(), st.text())
def test_any_text_may_stand_around_a_link(before: str, after: str) -> None:
    assert "2608.01234" in paper_ids(f"{before} https://arxiv.org/abs/2608.01234 {after}")


@given(
    st.lists(st.sampled_from(["2608", ".", "01234", "v2", "/", "arXiv.", "hep-th", "9901001", "%2F", "%", "a"])).map(
        "".join
    )
)
def test_what_is_found_is_always_an_identifier(text: str) -> None:
    for paper_id in paper_ids(text):
        assert paper_ids(paper_id) == (paper_id,)
        assert paper_id.isascii()
        assert "/" not in paper_id or paper_id.split("/")[0] in ARCHIVES.split()


@pytest.mark.parametrize("part", ["2608.01234", "2608.", "hep-th/", "arxiv.", "%", "%2F", "arxiv.org/abs/"])
def test_a_long_text_takes_time_in_proportion(part: str) -> None:
    began = time.process_time()
    paper_ids(part * 100_000)
    assert time.process_time() - began < 3

"""Where a paper and what belongs to it are found."""

from __future__ import annotations

import pytest

from tests.builders import a_paper


def test_a_paper_is_discussed_on_its_page() -> None:
    paper = a_paper(url="https://huggingface.co/papers/2608.01234")
    assert paper.discussion_url == "https://huggingface.co/papers/2608.01234#community"


def test_a_paper_without_a_page_is_discussed_nowhere() -> None:
    assert a_paper(url="").discussion_url == ""


def test_a_paper_whose_page_is_at_arxiv_is_discussed_nowhere() -> None:
    assert a_paper(id="2608.01234", url="https://arxiv.org/abs/2608.01234").discussion_url == ""


def test_an_arxiv_paper_has_its_page_and_pdf_there() -> None:
    paper = a_paper(id="2608.01234")
    assert (paper.arxiv_url, paper.pdf_url) == ("https://arxiv.org/abs/2608.01234", "https://arxiv.org/pdf/2608.01234")


@pytest.mark.parametrize("paper_id", ["hep-th/9901001", "math/0309136"])
def test_so_has_one_from_before_april_2007(paper_id: str) -> None:
    paper = a_paper(id=paper_id)
    assert (paper.arxiv_url, paper.pdf_url) == (
        f"https://arxiv.org/abs/{paper_id}",
        f"https://arxiv.org/pdf/{paper_id}",
    )


def test_other_papers_are_not_at_arxiv() -> None:
    paper = a_paper(id="acme-7")
    assert (paper.arxiv_url, paper.pdf_url) == ("", "")

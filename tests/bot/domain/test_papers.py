"""Where a paper and what belongs to it are found."""

from __future__ import annotations

from tests.builders import a_paper


def test_a_paper_is_discussed_on_its_page() -> None:
    paper = a_paper(url="https://huggingface.co/papers/2608.01234")
    assert paper.discussion_url == "https://huggingface.co/papers/2608.01234#community"


def test_a_paper_without_a_page_is_discussed_nowhere() -> None:
    assert a_paper(url="").discussion_url == ""


def test_an_arxiv_paper_has_its_page_and_pdf_there() -> None:
    paper = a_paper(id="2608.01234")
    assert (paper.arxiv_url, paper.pdf_url) == ("https://arxiv.org/abs/2608.01234", "https://arxiv.org/pdf/2608.01234")


def test_other_papers_are_not_at_arxiv() -> None:
    paper = a_paper(id="acme-7")
    assert (paper.arxiv_url, paper.pdf_url) == ("", "")

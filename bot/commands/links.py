"""/papers links: where a paper, its code and its discussion are."""

from __future__ import annotations

from bot.commands.abstract import find_paper
from bot.commands.desk import Desk
from bot.domain.commands import Invocation
from bot.domain.messages import Link, Reply
from bot.text.rich import bold


def links(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Give a paper's links, as buttons."""
    paper = find_paper(desk, text)
    every = (
        Link("Paper", paper.url),
        Link("PDF", paper.pdf_url),
        Link("arXiv", paper.arxiv_url),
        Link("Code", paper.code_url),
        Link("Project", paper.project_url),
        Link("Discuss", paper.discussion_url),
    )
    return Reply(bold(paper.title), links=tuple(link for link in every if link.url))

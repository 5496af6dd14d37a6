"""What a card says, in plain text; how it looks is the platforms' affair."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import Card, Digest, Link, Match, Paper
from bot.text import shorten
from bot.wording import counted

FIRST_AUTHORS = 3

SUMMARY = 400
"""Characters of a summary: what a phone shows without scrolling."""

REASONS = 3
"""Pieces of evidence that a card shows at the most."""


def make_card(paper: Paper, matches: Sequence[Match] = ()) -> Card:
    """The paper's card, with the reasons why it is shown."""
    links = (
        Link("Paper", paper.url),
        Link("arXiv", paper.arxiv_url),
        Link("PDF", paper.pdf_url),
        Link("Code", paper.code_url),
        Link("Project", paper.project_url),
    )
    return Card(
        paper_id=paper.id,
        title=paper.title,
        url=paper.url,
        byline=byline(paper),
        listed=paper.list_day,
        summary=shorten(paper.summary or paper.abstract, SUMMARY),
        abstract=paper.abstract,
        matches=tuple(matches),
        upvotes=paper.upvotes,
        comments=paper.comments,
        stars=paper.stars,
        thumbnail_url=paper.thumbnail_url,
        links=tuple(link for link in links if link.url),
    )


def make_digest(cards: Sequence[Card]) -> Digest:
    """One message about several papers: most votes first, then the strongest matches."""
    best = sorted(cards, key=lambda card: (-card.upvotes, -sum(len(match.evidence) for match in card.matches)))
    return Digest(counted(len(best), "paper"), tuple(best))


def byline(paper: Paper) -> str:
    """Who it is from: "Acme Labs · Ada Example, Ben Sample, Cy Test and 9 more"."""
    shown = ", ".join(paper.authors[:FIRST_AUTHORS])
    if len(paper.authors) > FIRST_AUTHORS:
        shown += f" and {len(paper.authors) - FIRST_AUTHORS:,} more"
    return " · ".join(part for part in (paper.organization, shown) if part)


def counts(card: Card) -> str:
    """How it was received: "▲ 58 · 3 comments · ★ 138"; without comments and stars that it does not have."""
    parts = [f"▲ {card.upvotes:,}"]
    if card.comments:
        parts.append(counted(card.comments, "comment"))
    if card.stars:
        parts.append(f"★ {card.stars:,}")
    return " · ".join(parts)


def reasons(card: Card) -> list[tuple[str, str, str, str]]:
    """Why it is here: up to `REASONS` pieces as where, text before, the words, text after; each place once."""
    pieces = dict.fromkeys(evidence for match in card.matches for evidence in match.evidence)
    return [(piece.field, piece.before, piece.words, piece.after) for piece in pieces][:REASONS]

"""The text of cards and digests; platforms decide how they look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import Evidence, Match, Paper
from bot.domain.messages import Button, Card, Digest, Link, Piece, Reason
from bot.query.fields import COUNT, COUNTS, FIELD
from bot.text.figures import counted, day_and_month, days, listed, short_day
from bot.text.shorten import shorten

FIRST_AUTHORS = 3

NAME = 60
"""Longest name of an author or organization, in characters; longer ones are usually lists of names."""

SUMMARY = 400
"""Longest summary, in characters: what a phone shows without scrolling."""

REASONS = 3
"""The most reasons that a card shows."""

OLDER = timedelta(days=7)
"""How much older than its list a paper is when its own date is shown."""

NOTICE = 150
"""Longest notification, in characters: more than a lock screen shows."""


def make_card(
    paper: Paper,
    matches: Sequence[Match] = (),
    *,
    is_posted: bool = True,
    trend: str = "",
    reached: date | None = None,
) -> Card:
    """Make a paper's card.

    Args:
        paper: The paper.
        matches: Why it is shown.
        is_posted: Whether a subscription brought it. If so, and there are matches, a button offers fewer such papers.
        trend: See `Card`.
        reached: See `Card`.
    """
    links = (
        Link("Paper", paper.url),
        Link("arXiv", paper.arxiv_url),
        Link("PDF", paper.pdf_url),
        Link("Code", paper.code_url),
        Link("Project", paper.project_url),
    )
    card = Card(
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
        buttons=(
            Button("Abstract", "papers", f"abstract {paper.id}"),
            Button("Why", "papers", f"why {paper.id}"),
            *((Button("Less like this", "papers", f"less {paper.id}"),) if matches and is_posted else ()),
        ),
        trend=trend,
        reached=reached,
        origin=origin(paper),
    )
    return complete_card(card)


def complete_card(card: Card) -> Card:
    """The card with its figures, reasons and notification filled in."""
    return replace(card, figures=figures(card), reasons=reasons(card), notice=notice(card))


def complete_digest(digest: Digest) -> Digest:
    """The digest with its notification filled in, and its cards completed."""
    return replace(digest, cards=tuple(map(complete_card, digest.cards)), notice=notice(digest))


def make_digest(cards: Sequence[Card]) -> Digest:
    """Make a digest: most votes first, then most evidence. Without cards, it says that there are no new papers."""
    best = sorted(cards, key=lambda card: (-card.upvotes, -sum(len(match.evidence) for match in card.matches)))
    if not best:
        return complete_digest(Digest("No new papers.", ()))
    list_days = [card.listed for card in cards]
    headline = f"{counted(len(best), 'paper')} · {days(min(list_days), max(list_days))}"
    return complete_digest(Digest(headline, tuple(best)))


def byline(paper: Paper) -> str:
    """Who it is from: "Acme Labs · Ada Example, Ben Sample, Cy Test and 9 more"."""
    authors = ", ".join(shorten(name, NAME) for name in paper.authors[:FIRST_AUTHORS])
    if len(paper.authors) > FIRST_AUTHORS:
        authors += f" and {len(paper.authors) - FIRST_AUTHORS:,} more"
    return " · ".join(part for part in (shorten(paper.organization, NAME), authors) if part)


def origin(paper: Paper) -> str:
    """Where it comes from: "published 5 Apr 2023 · submitted by Ada"; the date only if it is `OLDER` than its list."""
    parts = []
    published = paper.published_at.date() if paper.published_at else paper.list_day
    if paper.list_day - published > OLDER:
        parts.append(f"published {short_day(published, paper.list_day)}")
    if paper.submitter:
        parts.append(f"submitted by {shorten(paper.submitter, NAME)}")
    return " · ".join(parts)


def figures(card: Card) -> str:
    """Its counts: "▲ 58 · 3 comments · ★ 138"; comments and stars are left out while there are none."""
    parts = [f"▲ {card.upvotes:,}"]
    if card.comments:
        parts.append(counted(card.comments, "comment"))
    if card.stars:
        parts.append(f"★ {card.stars:,}")
    if card.trend:
        parts.append(card.trend)
    return " · ".join(parts)


def reasons(card: Card) -> tuple[Reason, ...]:
    """Why it is here: up to `REASONS` lines without repetitions; empty for a card that no subscription brought.

    Matched words are in quotation marks, for platforms that cannot emphasize them. The card shows the title anyway, so
    the reason for a title quotes only the words.
    """
    # Two subscriptions often match the same words: the same evidence is shown once.
    found = list(dict.fromkeys(evidence for match in card.matches for evidence in match.evidence))
    milestone = milestone_of(card)
    lines = [_milestone_reason(card, milestone)] if milestone else []
    in_title = dict.fromkeys(evidence.words for evidence in found if evidence.field == "title")
    lines += [_title_reason(tuple(in_title))] if in_title else []
    # The milestone names the counts already.
    lines += [
        _reason(evidence) for evidence in found if evidence.field != "title" and not (milestone and _least(evidence))
    ]
    return tuple(lines[:REASONS])


def milestone_of(card: Card) -> str:
    """The counts it has reached since it was listed: "20 votes and 5 comments"; empty if that is not why it is here."""
    if card.reached is None:
        return ""
    found = [evidence for match in card.matches for evidence in match.evidence]
    # "upvotes>=20" and "upvotes>=50" may both match: the higher one says more.
    reached = []
    for count in COUNTS:
        least = max((_least(evidence) for evidence in found if evidence.field == count.name), default=0)
        if least:
            reached.append(counted(least, count.on_card))
    return listed(reached) if reached else ""


def notice(message: Card | Digest) -> str:
    """The text of the notification: a card's title and byline, a digest's headline and first titles."""
    match message:
        case Card(title=title, byline=by):
            text = f"{title} · {by}" if by else title
            if milestone := milestone_of(message):
                text = f"Reached {milestone}: {text}"
        case Digest(headline, cards):
            text = f"{headline}: {'; '.join(card.title for card in cards)}" if cards else headline
    return shorten(text, NOTICE)


def _milestone_reason(card: Card, milestone: str) -> Reason:
    """Why it arrives after its list day: "reached 20 votes by 14 March, listed on 11 March"."""
    by = f" by {day_and_month(card.reached)}" if card.reached else ""
    return (Piece(f"reached {milestone}", matched=True), Piece(f"{by}, listed on {day_and_month(card.listed)}"))


def _least(evidence: Evidence) -> int:
    """The minimum of a count: 20 for ``upvotes>=20``; 0 for any other evidence."""
    field, _, least = evidence.words.partition(">=")
    return int(least) if field == evidence.field and field in COUNT and least.isdecimal() else 0


def _title_reason(terms: tuple[str, ...]) -> Reason:
    line = [Piece("title: ")]
    for term in terms:
        line += [Piece(f"“{term}”", matched=True), Piece(", ")]
    return tuple(line[:-1])


def _reason(evidence: Evidence) -> Reason:
    field = FIELD.get(evidence.field)
    if field is None:  # a count or a fact, such as "has:code", which is its own reason
        return (Piece(evidence.words, matched=True),)
    before = Piece(f"{field.quoted_as}: {evidence.before}")
    return (before, Piece(f"“{evidence.words}”", matched=True), Piece(evidence.after))

"""What a card says, in plain text; how it looks is the platforms' affair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain import Evidence, Match, Paper
from bot.domain.messages import Button, Card, Digest, Link, Piece, Reason
from bot.query.fields import COUNT, COUNTS, FIELD
from bot.text.figures import counted, day_and_month, days, listed
from bot.text.shorten import shorten

FIRST_AUTHORS = 3

NAME = 60
"""Characters of an author's or organization's name: more is a list in disguise."""

SUMMARY = 400
"""Characters of a summary: what a phone shows without scrolling."""

REASONS = 3
"""Reasons that a card shows at most."""

NOTICE = 150
"""Characters of a notification line: more than a lock screen shows."""


def make_card(
    paper: Paper,
    matches: Sequence[Match] = (),
    *,
    is_posted: bool = True,
    trend: str = "",
    reached: date | None = None,
) -> Card:
    """The paper's card, with the matches for which it is shown; for ``trend`` and ``reached`` see `Card`.

    One that is posted for them has a button to get fewer such papers; one that was asked for has not.
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
    )
    return complete_card(card)


def complete_card(card: Card) -> Card:
    """The card with all that is said of it: its figures, its reasons and its notification line."""
    return replace(card, figures=figures(card), reasons=reasons(card), notice=notice(card))


def complete_digest(digest: Digest) -> Digest:
    """The digest with all that is said of it and of its papers."""
    return replace(digest, cards=tuple(map(complete_card, digest.cards)), notice=notice(digest))


def make_digest(cards: Sequence[Card]) -> Digest:
    """One message about several papers: most votes first, then those with the most evidence; or that there are none."""
    best = sorted(cards, key=lambda card: (-card.upvotes, -sum(len(match.evidence) for match in card.matches)))
    if not best:
        return complete_digest(Digest("No new papers.", ()))
    listed = [card.listed for card in cards]
    return complete_digest(Digest(f"{counted(len(best), 'paper')} · {days(min(listed), max(listed))}", tuple(best)))


def byline(paper: Paper) -> str:
    """Who it is from: "Acme Labs · Ada Example, Ben Sample, Cy Test and 9 more"."""
    shown = ", ".join(shorten(name, NAME) for name in paper.authors[:FIRST_AUTHORS])
    if len(paper.authors) > FIRST_AUTHORS:
        shown += f" and {len(paper.authors) - FIRST_AUTHORS:,} more"
    return " · ".join(part for part in (shorten(paper.organization, NAME), shown) if part)


def figures(card: Card) -> str:
    """How it was received: "▲ 58 · 3 comments · ★ 138"; without comments and stars that it does not have."""
    parts = [f"▲ {card.upvotes:,}"]
    if card.comments:
        parts.append(counted(card.comments, "comment"))
    if card.stars:
        parts.append(f"★ {card.stars:,}")
    if card.trend:
        parts.append(card.trend)
    return " · ".join(parts)


def reasons(card: Card) -> tuple[Reason, ...]:
    """Why it is here: up to `REASONS` lines, each place once; none for a card that nobody subscribed to.

    What matched stands in quotation marks, so that it can be told where nothing can be emphasized. The title stands
    on the card already: of it, only the words are named.
    """
    pieces = list(dict.fromkeys(evidence for match in card.matches for evidence in match.evidence))
    lines = [_second_chance(card, said)] if (said := crossed(card)) else []
    in_title = dict.fromkeys(evidence.words for evidence in pieces if evidence.field == "title")
    lines += [_title_reason(tuple(in_title))] if in_title else []
    lines += [_reason(evidence) for evidence in pieces if evidence.field != "title" and not (said and _least(evidence))]
    return tuple(lines[:REASONS])


def crossed(card: Card) -> str:
    """What it has reached since it was listed: "20 votes and 5 comments"; empty when that is not why it comes."""
    if card.reached is None:
        return ""
    pieces = [evidence for match in card.matches for evidence in match.evidence]
    highest = {each.field: max(_least(other) for other in pieces if other.field == each.field) for each in pieces}
    lines = [counted(highest[count.name], count.on_card) for count in COUNTS if highest.get(count.name)]
    return listed(lines) if lines else ""


def notice(message: Card | Digest) -> str:
    """The notification line: a card's title and byline, a digest's headline and first titles."""
    match message:
        case Card(title=title, byline=by):
            said = f"{title} · {by}" if by else title
            if reached := crossed(message):
                said = f"Reached {reached}: {said}"
        case Digest(headline, cards):
            said = f"{headline}: {'; '.join(card.title for card in cards)}" if cards else headline
    return shorten(said, NOTICE)


def _second_chance(card: Card, said: str) -> Reason:
    """Why it comes after its day: "reached 20 votes by 14 March, listed on 11 March"."""
    by = f" by {day_and_month(card.reached)}" if card.reached else ""
    return (Piece(f"reached {said}", matched=True), Piece(f"{by}, listed on {day_and_month(card.listed)}"))


def _least(evidence: Evidence) -> int:
    """What a count had to reach: 20 for ``upvotes>=20``; 0 for any other evidence."""
    field, _, least = evidence.words.partition(">=")
    return int(least) if field == evidence.field and field in COUNT and least.isdecimal() else 0


def _title_reason(words: tuple[str, ...]) -> Reason:
    line = [Piece("title: ")]
    for each in words:
        line += [Piece(f"“{each}”", matched=True), Piece(", ")]
    return tuple(line[:-1])


def _reason(evidence: Evidence) -> Reason:
    field = FIELD.get(evidence.field)
    if field is None:
        return (Piece(evidence.words, matched=True),)
    before = Piece(f"{field.quoted_as}: {evidence.before}")
    return (before, Piece(f"“{evidence.words}”", matched=True), Piece(evidence.after))

"""The text of cards and digests; platforms decide how they look."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import Counts, Evidence, Match, Nearness, Paper, Part
from bot.domain.messages import Button, Card, Digest, Link, Reason, cards_of
from bot.domain.sources import ARXIV, UNNAMED
from bot.query.fields import COUNT, COUNTS, FIELD
from bot.query.stored import parsed
from bot.text.figures import counted, day_and_month, days, listed, short_day
from bot.text.rich import Piece
from bot.text.shorten import first_sentence, shorten

FIRST_AUTHORS = 3

NAME = 60
"""Longest name of an author or organization, in characters; longer ones are usually lists of names."""

SUMMARY = 400
"""Longest summary, in characters: what a phone shows without scrolling."""

SENTENCE = 140
"""Longest sentence of a digest, in characters: two lines on a desktop, three on a phone."""

QUOTES = 2
"""The most quotations in a reason."""

QUERY = 60
"""Longest query in a reason, in characters."""

NAMED = 2
"""The most subscriptions that a reason names."""

OLDER = timedelta(days=7)
"""How much older than its list a paper is when its own date is shown."""

EVERY_PAPER = "*"
"""The query that matches every paper."""

ENDS = ("?", "!", ".", "…")
"""How a title ends after which its byline is another sentence."""

LIKING = 6.0
"""How often a paper's votes are doubled, in a digest's order, that is wholly to its readers' liking; one that is not at
all has them halved as often. Papers of one subject lie at a cosine of about a quarter: they go as if they had three
times the votes, or a third. docs/measurements.md has what that does."""

CATEGORIES = 3
"""The most categories that a card names."""

COMMENT = 80
"""Longest comment of the authors on a card, in characters: "Accepted at …" comes first."""

WITHDRAWN = "Its authors have withdrawn this paper."

NOTICE = 150
"""Longest notification, in characters: more than a lock screen shows."""


def make_card(
    paper: Paper,
    matches: Sequence[Match] = (),
    *,
    today: date,
    is_posted: bool = True,
    trend: str = "",
    reached: date | None = None,
    note: str = "",
) -> Card:
    """Make a paper's card.

    Args:
        paper: The paper.
        matches: Why it is shown.
        today: The present UTC day; a card of today's list does not name its day.
        is_posted: Whether a subscription brought it. If so, and there are matches, its menu offers fewer such papers,
            and the same subscription for oneself.
        trend: See `Card`.
        reached: See `Card`.
        note: See `Card`.
    """
    is_brought = bool(matches) and is_posted
    listed_on = day_listed(paper, matches)
    row = (Link("PDF", paper.pdf_url), Link("Code", paper.code_url))
    rest = (Link("arXiv", paper.arxiv_url), Link("Project", paper.project_url), Link("Discuss", paper.discussion_url))
    card = Card(
        paper_id=paper.id,
        title=paper.title,
        url=paper.url,
        byline=byline(paper),
        listed=listed_on,
        summary=shorten(paper.summary or paper.abstract, SUMMARY),
        abstract=paper.abstract,
        matches=tuple(matches),
        upvotes=paper.upvotes,
        comments=paper.comments,
        stars=paper.stars,
        thumbnail_url=paper.thumbnail_url,
        links=tuple(link for link in row if link.url),
        buttons=(Button("Abstract", "papers", f"abstract {paper.id}"), Button("Save", "papers", f"save {paper.id}")),
        menu=(
            Button("Why", "papers", f"why {paper.id}"),
            *((Button("Less like this", "papers", f"less {paper.id}"),) if is_brought else ()),
            Button("More like this", "papers", f"like {paper.id}"),
            *((Button("Follow for me", "papers", f"follow {paper.id}"),) if is_brought else ()),
            *(link for link in rest if link.url),
        ),
        trend=trend,
        reached=reached,
        origin=origin(paper, listed_on),
        day=short_day(listed_on, today) if listed_on != today else "",
        summary_by="Hugging Face's summary" if paper.summary else "From the abstract" if paper.abstract else "",
        sentence=first_sentence(paper.summary or paper.abstract, SENTENCE),
        brought_by=brought_by(matches) if is_posted else "",
        note=note or (WITHDRAWN if paper.is_withdrawn else ""),
        is_withdrawn=paper.is_withdrawn,
    )
    complete = replace(card, figures=figures(card), reasons=reasons(card))
    return replace(complete, notice=notice(complete))


def make_digest(
    cards: Sequence[Card],
    *,
    today: date,
    part: Part | None = None,
    rest: Sequence[date] = (),
    buttons: Sequence[Button] = (),
    liking: Mapping[str, float] | None = None,
) -> Digest:
    """Make a digest: most votes first, then most evidence. Without cards, it says that there are no new papers.

    What its readers like comes sooner, and what they do not later, by the logarithm of the votes: the difference
    between 10 votes and 20 counts as much as that between 100 and 200.

    Args:
        cards: The papers that it shows.
        today: The present UTC day, whose year is not named.
        part: Which papers of a longer digest these are; None if they are all.
        rest: The list days of papers that it does not show, although they belong to it.
        buttons: What can be done next.
        liking: How much papers are to the liking of its readers, by paper id: -1 … 1. None, or missing: nobody knows.
    """

    def rank(card: Card) -> tuple[float, int, int]:
        score = math.log2(1 + card.upvotes) + LIKING * (liking or {}).get(card.paper_id, 0.0)
        return -score, -card.upvotes, -sum(len(match.evidence) for match in card.matches)

    best = sorted(cards, key=rank)
    headline = "No new papers."
    if best:
        list_days = [*(card.listed for card in best), *rest]
        headline = f"{_how_many(len(best), part, len(rest))} · {days(min(list_days), max(list_days), beside=today)}"
    digest = Digest(headline, tuple(best), tuple(buttons))
    return replace(digest, notice=notice(digest))


def _how_many(shown: int, part: Part | None, rest: int) -> str:
    """How many papers a digest has: "7 papers", "Top 10 of 23 papers", "Papers 11–20 of 23", "Paper 21 of 21"."""
    if rest:
        return f"Top {shown:,} of {shown + rest:,} papers"
    if part is None:
        return counted(shown, "paper")
    if part.first == part.last:
        return f"Paper {part.first:,} of {part.total:,}"
    return f"Papers {part.first:,}–{part.last:,} of {part.total:,}"


def with_counts(message: Card | Digest, counts: Mapping[str, Counts]) -> Card | Digest:
    """The message with these counts by paper id, and otherwise as it was posted, in its own layout.

    A paper that is no longer stored keeps its counts.
    """
    cards = tuple(_counting(card, counts.get(card.paper_id)) for card in cards_of(message))
    return replace(message, cards=cards) if isinstance(message, Digest) else cards[0]


def _counting(card: Card, counts: Counts | None) -> Card:
    if counts is None:
        return card
    counting = replace(card, upvotes=counts.upvotes, comments=counts.comments, stars=counts.stars)
    if counts.is_withdrawn and not card.is_withdrawn:
        counting = replace(counting, note=WITHDRAWN, is_withdrawn=True)
    return replace(counting, figures=figures(counting))


def byline(paper: Paper) -> str:
    """Who it is from: "Acme Labs · Ada Example, Ben Sample, Cy Test and 9 more"."""
    authors = ", ".join(shorten(name, NAME) for name in paper.authors[:FIRST_AUTHORS])
    if len(paper.authors) > FIRST_AUTHORS:
        authors += f" and {len(paper.authors) - FIRST_AUTHORS:,} more"
    return " · ".join(part for part in (shorten(paper.organization, NAME), authors) if part)


def day_listed(paper: Paper, matches: Sequence[Match]) -> date:
    """The day of the first list that has the paper, of the sources that the queries are about which it matches."""
    stored = [query for match in matches if (query := parsed(match.query))]
    sources = {source for query in stored for source in query.sources} or {UNNAMED}
    return paper.listed_on(sources) or paper.list_day


def origin(paper: Paper, listed: date) -> str:
    """Where it comes from: "arXiv cs.RO, cs.LG · published 5 Apr 2023 · submitted by Ada · “Accepted at ExampleConf”".

    The list is named if it is arXiv's, the date only if it is `OLDER` than the day on which the paper was listed.
    """
    parts = []
    if any(each.source == ARXIV for each in paper.listings):
        both = "Daily Papers and " if paper.listed_on((UNNAMED,)) else ""
        parts.append(f"{both}arXiv {', '.join(paper.categories[:CATEGORIES])}".strip())
    published = paper.published_at.date() if paper.published_at else listed
    if listed - published > OLDER:
        parts.append(f"published {short_day(published, listed)}")
    if paper.submitter:
        parts.append(f"submitted by {shorten(paper.submitter, NAME)}")
    if paper.comment:
        parts.append(f"“{shorten(paper.comment, COMMENT)}”")
    return " · ".join(parts)


def figures(card: Card) -> str:
    """Its day and counts: "24 Nov · ▲ 58 · 3 comments · ★ 138"; what is zero is left out.

    In the first layout the day and the origin are not part of it, and votes are shown even while there are none.
    """
    is_first = card.layout == 1
    parts = [
        "" if is_first else card.day,
        card.votes or ("▲ 0" if is_first else ""),
        counted(card.comments, "comment") if card.comments else "",
        f"★ {card.stars:,}" if card.stars else "",
        card.trend,
        "" if is_first else card.origin,
    ]
    return " · ".join(filter(None, parts))


def brought_by(matches: Sequence[Match]) -> str:
    """The subscriptions that brought a paper: "reinforcement learning and 2 more"; empty if it was every paper's."""
    queries = _queries(matches)
    more = f" and {len(queries) - 1} more" if len(queries) > 1 else ""
    return f"{queries[0]}{more}" if queries else ""


def reasons(card: Card) -> tuple[Reason, ...]:
    """Why it is here, in a line: for “robots”: “…policies that teach robots to fold…”.

    A card that was searched for has only the quotations. Empty without a match, and for one of every paper. What
    matched is emphasized; counts and facts are not repeated, since the query names them.
    """
    queries = [f"“{_without_quotes(query)}”" for query in _queries(card.matches)]
    named = queries[:NAMED] + ([f"{len(queries) - NAMED} more"] if len(queries) > NAMED else [])
    # Two subscriptions often match the same words: these are quoted once.
    found = {
        (evidence.words.casefold(), evidence.field == "title"): evidence
        for match in reversed(card.matches)
        for evidence in reversed(match.evidence)
        if evidence.field in FIELD
    }
    milestone = milestone_of(card)
    quoted = [_milestone_reason(card, milestone)] if milestone else []
    quoted += _quotations(list(reversed(found.values())))
    line = [Piece(f"for {listed(named)}{': ' if quoted else ''}")] if card.brought_by else []
    for number, pieces in enumerate(quoted[:QUOTES] if queries else ()):
        line += [*((Piece("; "),) if number else ()), *pieces]
    return (tuple(line),) if line else ()


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
            reached.append(counted(least, count.noun))
    return listed(reached) if reached else ""


def notice(message: Card | Digest) -> str:
    """The text of the notification, to be read aloud: a card's title and byline, a digest's headline and titles."""
    match message:
        case Card(title=title, byline=byline):
            by = f"by {byline.replace(' · ', ': ', 1)}"
            text = title if not byline else f"{title} B{by[1:]}" if title.endswith(ENDS) else f"{title}, {by}"
            if milestone := milestone_of(message):
                text = f"Reached {milestone}: {text}"
        case Digest(headline, cards):
            titles = "; ".join(card.title for card in cards)
            text = f"{headline.replace(' · ', ', ')}: {titles}" if cards else headline
    return shorten(text, NOTICE)


def _queries(matches: Sequence[Match]) -> list[str]:
    """The queries that brought a paper, without the one for every paper."""
    return [shorten(match.query, QUERY) for match in matches if match.query != EVERY_PAPER]


def _without_quotes(query: str) -> str:
    """The query without quotes around the whole of it: others are about to stand there."""
    whole = query[1:-1]
    return whole if query == f'"{whole}"' and '"' not in whole else query


def _milestone_reason(card: Card, milestone: str) -> Reason:
    """Why it arrives after its list day: "reached 20 votes by 14 March, listed on 11 March"."""
    by = f" by {day_and_month(card.reached)}" if card.reached else ""
    return (Piece(f"reached {milestone}", bold=True), Piece(f"{by}, listed on {day_and_month(card.listed)}"))


def _least(evidence: Evidence) -> int:
    """The minimum of a count: 20 for ``upvotes>=20``; 0 for any other evidence."""
    field, _, least = evidence.words.partition(">=")
    return int(least) if field == evidence.field and field in COUNT and least.isdecimal() else 0


def _quotations(found: Sequence[Evidence]) -> list[Reason]:
    """What matched, with what surrounds it; words of the title, which stands above, together.

    Words that would not do without being close in meaning come last, with how close the paper is.
    """
    said = [one for one in found if one.near is None]
    titles = [evidence.words for evidence in said if evidence.field == "title"][:QUOTES]
    together = [piece for words in titles for piece in (Piece("” and “"), Piece(words, bold=True))][1:]
    in_title = [(Piece("“"), *together, Piece("” in the title"))] if titles else []
    quoted = [_quoted(evidence) for evidence in said if evidence.field != "title"]
    return in_title + quoted + [_near(evidence.words, evidence.near) for evidence in found if evidence.near]


def _near(words: str, near: Nearness) -> Reason:
    """How close it is, and by which words: close to “red teaming” (0.52); it says “jailbreak”: “A jailbreak.”."""
    sentence = f": “{shorten(near.sentence, SENTENCE)}”" if near.sentence else ""
    return (Piece(f"close to “{near.subject}” ({near}); it says “"), Piece(words, bold=True), Piece(f"”{sentence}"))


def _quoted(evidence: Evidence) -> Reason:
    words, field = Piece(evidence.words, bold=True), FIELD[evidence.field]
    if field.is_name:
        return (Piece(f"{field.quoted_as} "), replace(words, text=f"{evidence.before}{evidence.words}{evidence.after}"))
    lead = f"{field.quoted_as} " if field.quoted_as else ""
    return (Piece(f"{lead}“{evidence.before}"), words, Piece(f"{evidence.after}”"))

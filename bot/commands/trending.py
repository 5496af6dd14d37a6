"""/papers trending: the papers that gain votes fastest."""

from __future__ import annotations

from datetime import timedelta

from bot.cards import make_card
from bot.commands.desk import Desk
from bot.commands.pages import PAGE_SIZE
from bot.domain import WATCHED_FOR
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.search.trending import SPAN, rising
from bot.text.figures import counted

HOUR = timedelta(hours=1)


def trending(desk: Desk, _invocation: Invocation, _text: str) -> Reply:
    """Show the recent papers that gain votes fastest."""
    now = desk.now()
    since = now.date() - WATCHED_FOR
    voted, seen = desk.stores.votes.voted(since=since), desk.stores.votes.seen(since=since)
    rises = rising(voted, seen, now=now)[:PAGE_SIZE]
    hours = SPAN // HOUR
    if not rises:
        return Reply(
            f"No paper of the last {WATCHED_FOR.days} days gained votes in the last {hours} hours.",
            buttons=(Button("Today's papers", "papers", "today"),),
        )
    estimated = ""
    tracked = now - min((sightings[0].at for sightings in seen.values()), default=now)
    if tracked < SPAN:
        # Votes from before the first sighting are spread evenly over the paper's age.
        ago = counted(round(tracked / HOUR), "hour") if tracked >= HOUR else "less than an hour"
        estimated = f"Estimated: I started tracking votes {ago} ago."
    return Reply(
        f"Papers of the last {WATCHED_FOR.days} days that gained votes fastest in the last {hours} hours:",
        advice=estimated,
        cards=tuple(
            make_card(paper, today=now.date(), is_posted=False, trend=rise.in_words)
            for rise in rises
            if (paper := desk.stores.papers.get(rise.paper.id))
        ),
    )

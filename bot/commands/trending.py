"""/papers trending."""

from __future__ import annotations

from datetime import timedelta

from bot.cards import make_card
from bot.commands.desk import Desk
from bot.commands.pages import SHOWN
from bot.domain import WATCHED_FOR
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.search.trending import SPAN, rising
from bot.text.figures import counted


def trending(desk: Desk, _invocation: Invocation, _text: str) -> Reply:
    """Show the papers of the last days that gain votes fastest."""
    now = desk.now()
    papers = desk.stores.papers.listed(since=now.date() - WATCHED_FOR)
    seen = desk.stores.votes.seen()
    rises = rising(papers, seen, now=now)[:SHOWN]
    hours = SPAN // timedelta(hours=1)
    if not rises:
        return Reply(
            f"No paper of the last {WATCHED_FOR.days} days gained votes in the last {hours} hours.",
            buttons=(Button("Today’s papers", "papers", "today"),),
        )
    followed = now - min((sightings[0].at for sightings in seen.values()), default=now)
    said = f"Papers of the last {WATCHED_FOR.days} days that gain votes fastest, in the last {hours} hours:"
    if followed < SPAN:
        hour = timedelta(hours=1)
        began = counted(round(followed / hour), "hour") if followed >= hour else "less than an hour"
        said = (
            f"{said}\nI have followed votes for {began}, so this is partly a guess:"
            " earlier votes count as if they had come evenly."
        )
    return Reply(said, cards=tuple(make_card(each.paper, is_posted=False, trend=each.in_words) for each in rises))

"""Every command with its argument, its summary and the function that answers it: one table for every platform."""

from __future__ import annotations

from bot.commands.abstract import abstract, latest
from bot.commands.change import change, changeable
from bot.commands.desk import Argument, Command
from bot.commands.digest import digest, schedules
from bot.commands.less import less
from bot.commands.pause import pause, resume, spans
from bot.commands.search import search
from bot.commands.status import help_, status
from bot.commands.subscribe import subscribe, try_, unsubscribe
from bot.commands.subscriptions import numbered, subscriptions
from bot.commands.today import today
from bot.commands.trending import trending
from bot.commands.why import why

QUERY = Argument("query", "a phrase, or several with commas, AND, NOT", "reinforcement learning")


PAPER = Argument("paper", "its id or link", "2608.01234", shown="ID or LINK", suggest=latest)


COMMANDS: tuple[Command, ...] = (
    Command("subscribe", QUERY, "post every new paper that matches, here", subscribe, changes=True),
    Command(
        "unsubscribe",
        Argument(
            "subscription",
            "its number or its query",
            "reinforcement learning",
            shown="QUERY or NUMBER",
            suggest=numbered,
        ),
        "end one of this channel's subscriptions",
        unsubscribe,
        changes=True,
    ),
    Command("subscriptions", None, "what this channel is subscribed to", subscriptions),
    Command(
        "papers today",
        Argument("day", "another day", "yesterday", required=False),
        "today's papers, or another day's, most votes first",
        today,
    ),
    Command("papers trending", None, "papers that gain votes fastest", trending),
    Command("papers search", QUERY, "all papers I know that match, best first", search),
    Command("papers try", QUERY, "what a query would have brought, without subscribing", try_),
    Command("papers abstract", PAPER, "a paper's whole abstract", abstract),
    Command("papers why", PAPER, "why a paper came here, or did not", why),
    Command("papers less", PAPER, "how to get fewer papers like this one", less),
    Command(
        "papers change",
        Argument(
            "change",
            "a subscription's number and its new query, or + and what to add",
            "1 reinforcement learning -survey",
            shown="NUMBER QUERY",
            suggest=changeable,
        ),
        "change one of this channel's subscriptions",
        change,
        changes=True,
    ),
    Command(
        "papers digest",
        Argument(
            "schedule", "when digests come, or instant", "daily 09:00 Europe/Berlin", required=False, suggest=schedules
        ),
        "how papers come here: as a digest, or instant",
        digest,
        changes=True,
    ),
    Command(
        "papers pause",
        Argument("span", "for how long", "3d", required=False, suggest=spans),
        "post nothing here for a while, or until resumed",
        pause,
        changes=True,
    ),
    Command("papers resume", None, "end the pause: post what waits", resume, changes=True),
    Command("papers status", None, "how polls and deliveries are going", status),
    Command("papers help", None, "this list", help_),
)
"""Every command, in the order that help shows them."""

"""Every command with its argument, its summary and the function that answers it: one table for every platform."""

from __future__ import annotations

from bot.commands.abstract import abstract, latest
from bot.commands.change import change, changeable
from bot.commands.desk import Action
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
from bot.domain.commands import Argument, Command

QUERY = Argument("query", "a phrase, or several with commas, AND, NOT", "reinforcement learning")

PAPER = Argument("paper", "its id or link", "2608.01234", shown="ID or LINK", completes=True)

SUBSCRIPTION = Argument(
    "subscription", "its number or its query", "reinforcement learning", shown="QUERY or NUMBER", completes=True
)

DAY = Argument("day", "another day", "yesterday", required=False)

CHANGE = Argument(
    "change",
    "a subscription's number and its new query, or + and what to add",
    "1 reinforcement learning -survey",
    shown="NUMBER QUERY",
    completes=True,
)

SCHEDULE = Argument(
    "schedule", "when digests come, or instant", "daily 09:00 Europe/Berlin", required=False, completes=True
)

SPAN = Argument("span", "for how long", "3d", required=False, completes=True)

ACTIONS: tuple[Action, ...] = (
    Action(Command("subscribe", QUERY, "post every new paper that matches, here", changes=True), subscribe),
    Action(
        Command("unsubscribe", SUBSCRIPTION, "end one of this channel's subscriptions", changes=True),
        unsubscribe,
        numbered,
    ),
    Action(Command("subscriptions", None, "what this channel is subscribed to"), subscriptions),
    Action(Command("papers today", DAY, "today's papers, or another day's, most votes first"), today),
    Action(Command("papers trending", None, "papers that gain votes fastest"), trending),
    Action(Command("papers search", QUERY, "all papers I know that match, best first"), search),
    Action(Command("papers try", QUERY, "what a query would have brought, without subscribing"), try_),
    Action(Command("papers abstract", PAPER, "a paper's whole abstract"), abstract, latest),
    Action(Command("papers why", PAPER, "why a paper came here, or did not"), why, latest),
    Action(Command("papers less", PAPER, "how to get fewer papers like this one"), less, latest),
    Action(
        Command("papers change", CHANGE, "change one of this channel's subscriptions", changes=True),
        change,
        changeable,
    ),
    Action(
        Command("papers digest", SCHEDULE, "how papers come here: as a digest, or instant", changes=True),
        digest,
        schedules,
    ),
    Action(
        Command("papers pause", SPAN, "post nothing here for a while, or until resumed", changes=True), pause, spans
    ),
    Action(Command("papers resume", None, "end the pause: post what waits", changes=True), resume),
    Action(Command("papers status", None, "how polls and deliveries are going"), status),
    Action(Command("papers help", None, "this list"), help_),
)
"""Every command with what answers it, in the order that help shows them."""

COMMANDS: tuple[Command, ...] = tuple(action.command for action in ACTIONS)
"""Every command, as platforms see it."""

"""Every command with its argument, its summary and its function: one table for every platform."""

from __future__ import annotations

from bot.commands.abstract import abstract, recent_papers
from bot.commands.change import change, editable_subscriptions
from bot.commands.desk import Action
from bot.commands.digest import digest, schedule_choices
from bot.commands.edit import edit
from bot.commands.follow import follow
from bot.commands.help import help_
from bot.commands.less import less
from bot.commands.like import like
from bot.commands.links import links
from bot.commands.pause import length_choices, pause, resume
from bot.commands.pause_subscription import resumable
from bot.commands.query_choices import query_choices
from bot.commands.rest import rest
from bot.commands.saved import save, saved, saved_papers, unsave
from bot.commands.search import search
from bot.commands.show import show
from bot.commands.status import status
from bot.commands.subscribe import subscribe, try_, unsubscribe
from bot.commands.subscriptions import subscription_choices, subscriptions
from bot.commands.today import today
from bot.commands.trending import trending
from bot.commands.why import why
from bot.commands.zone import zone, zone_choices
from bot.domain.commands import Argument, Command

QUERY = Argument("query", "a phrase, or several with commas, AND, NOT", "reinforcement learning", completes=True)

PAPER = Argument("paper", "its arXiv id, or a link", "2608.01234", completes=True)

NUMBER = Argument("number", "the subscription's number", "1", completes=True)

FOLLOWED = Argument(
    "paper", "its arXiv id, a link, or a subscription's number", "2608.01234", shown="PAPER or NUMBER", completes=True
)

SUBSCRIPTION = Argument(
    "subscription",
    "its number or query, or several numbers",
    "reinforcement learning",
    shown="QUERY or NUMBER",
    completes=True,
)

DAY = Argument("day", "which day, such as tuesday or 24 Nov", "yesterday", required=False)

CHANGE = Argument(
    "change",
    "a subscription's number and its new query, or + and what to add",
    "1 reinforcement learning -survey",
    shown="NUMBER QUERY",
    completes=True,
)

SCHEDULE = Argument(
    "schedule", "when to post digests, or off", "daily 09:00 Europe/Berlin", required=False, completes=True
)

ZONE = Argument("zone", "your city, country or time zone", "Europe/Berlin", required=False, completes=True)

DIGEST = Argument("digest", "its key, which is on its button", "0123456789abcdef01234567", shown="KEY")

SPAN = Argument("span", "how long, until when, or which subscription", "3d", required=False, completes=True)

PAUSED = Argument("subscription", "which one, if only that is paused", "subscription 1", required=False, completes=True)

# Discord shows summaries as descriptions of up to 100 characters:
# https://discord.com/developers/docs/interactions/application-commands#application-command-object.
ACTIONS: tuple[Action, ...] = (
    Action(
        Command("subscribe", QUERY, "post every new paper that matches here", changes=True), subscribe, query_choices
    ),
    Action(
        Command("unsubscribe", SUBSCRIPTION, "remove one or more of this channel's subscriptions", changes=True),
        unsubscribe,
        subscription_choices,
    ),
    Action(Command("subscriptions", None, "what this channel is subscribed to"), subscriptions),
    Action(Command("papers today", DAY, "today's papers, or another day's, most votes first"), today),
    Action(Command("papers trending", None, "papers that are gaining votes fastest"), trending),
    Action(Command("papers search", QUERY, "all known papers that match, best first"), search, query_choices),
    Action(Command("papers try", QUERY, "what a query would have brought, without subscribing"), try_, query_choices),
    Action(Command("papers abstract", PAPER, "a paper's full abstract"), abstract, recent_papers),
    Action(Command("papers show", PAPER, "a paper's card"), show, recent_papers),
    Action(Command("papers like", PAPER, "the papers nearest to one in meaning"), like, recent_papers),
    Action(Command("papers links", PAPER, "where a paper, its code and its discussion are"), links, recent_papers),
    Action(Command("papers save", PAPER, "put a paper on this channel's reading list"), save, recent_papers),
    Action(Command("papers unsave", PAPER, "take a paper off the reading list"), unsave, saved_papers),
    Action(Command("papers saved", None, "the reading list: who saved what, and when"), saved),
    Action(
        Command("papers follow", FOLLOWED, "get what brought a paper here as direct messages, too", is_direct=True),
        follow,
        recent_papers,
    ),
    Action(Command("papers why", PAPER, "why a paper was posted here, or wasn't"), why, recent_papers),
    Action(Command("papers less", PAPER, "how to get fewer papers like this one"), less, recent_papers),
    Action(Command("papers edit", NUMBER, "change a subscription in a form", changes=True), edit, subscription_choices),
    Action(
        Command("papers change", CHANGE, "give a subscription another query", changes=True),
        change,
        editable_subscriptions,
    ),
    Action(
        Command("papers digest", SCHEDULE, "when papers are posted here: in digests, or at once", changes=True),
        digest,
        schedule_choices,
    ),
    Action(Command("papers zone", ZONE, "your own time zone, for schedules and pauses"), zone, zone_choices),
    Action(Command("papers rest", DIGEST, "the other papers of a digest that shows the best", by_button=True), rest),
    Action(
        Command("papers pause", SPAN, "post nothing here for a while, or until resumed", changes=True),
        pause,
        length_choices,
    ),
    Action(
        Command("papers resume", PAUSED, "end the pause, and post what is waiting", changes=True), resume, resumable
    ),
    Action(Command("papers status", None, "how polls and deliveries are going"), status),
    Action(Command("papers help", None, "all commands"), help_),
)
"""Every command with its functions, in the order in which help shows them."""

COMMANDS: tuple[Command, ...] = tuple(action.command for action in ACTIONS)
"""Every command, as platforms see them."""

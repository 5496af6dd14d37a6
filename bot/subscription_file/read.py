"""Reads a file of subscriptions, and reports every mistake in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.domain import ChannelPlan, NewSubscription, Quiet
from bot.errors import CommandError
from bot.subscription_file.format import (
    FORMAT,
    LONGEST_NAME,
    REMEMBERED,
    ChannelTable,
    File,
    PauseTable,
    SubscriptionTable,
    parsed_query,
)
from bot.subscription_file.line_numbers import Place, lines_of, table_of, where
from bot.text.characters import hidden_in, one_line
from bot.text.shorten import shorten
from bot.text.toml import tables_in

KEYS = {
    "": tuple(File.model_fields),
    "channels": tuple(ChannelTable.model_fields),
    "pause": tuple(PauseTable.model_fields),
    "subscriptions": tuple(SubscriptionTable.model_fields),
}

ALLOWED = {
    "format": f"{FORMAT}; I cannot read other formats",
    "channels": "tables, each under a line [[channels]]",
    "subscriptions": "tables, each under a line [[channels.subscriptions]]",
    "paused": "true or false",
    "pause": 'written as { by = "ada", since = 2026-03-10T12:00:00Z }',
}
"""What these keys must be, where pydantic itself finds an error; all its other errors are in times."""

A_TIME = "a time with its zone, without quotes: 2026-03-10T12:00:00Z"


MOST_NAMED = 100
"""The most mistakes that an error names."""


class WrongFile(CommandError):
    """A file of subscriptions is wrong; nothing was changed."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        """Name every mistake in it."""
        super().__init__("\n".join(mistakes), repair="Nothing was changed.")
        self.mistakes = tuple(mistakes)


def read(text: str, *, platforms: Sequence[str], by: str, now: datetime) -> list[ChannelPlan]:
    """Read what a file asks for: a plan for each channel.

    Args:
        text: The file's text.
        platforms: The platforms that a channel can be on.
        by: The author of subscriptions and pauses without one.
        now: The time, which no subscription may be later than.

    Raises:
        WrongFile: Something is wrong in it; the error names the mistakes, the first `MOST_NAMED` of them.
    """
    try:
        tables = tables_in(text)
    except ValueError as error:
        raise WrongFile([f"The file is not TOML: {error}"]) from None
    try:
        file = File.model_validate(tables, context={"platforms": platforms, "now": now, "seen": set()})
    except ValidationError as error:
        lines = lines_of(text, tables)
        # An unknown key comes first in its table: it may be why another one is missing.
        found = [(lines.get(table_of(mistake["loc"]), 0), mistake) for mistake in error.errors()]
        found.sort(key=lambda mistake: (mistake[0], mistake[1]["type"] != "extra_forbidden"))
        mistakes = [_explain(mistake, lines) for _, mistake in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            mistakes.append(f"There are {len(found) - MOST_NAMED:,} more mistakes.")
        raise WrongFile(mistakes) from None
    return [_plan(table, by, now) for table in file.channels]


@lru_cache(maxsize=REMEMBERED)
def _canonical(query: str) -> str:
    return parsed_query(query).canonical


def _plan(table: ChannelTable, by: str, now: datetime) -> ChannelPlan:
    pause, schedule = table.pause, table.schedule
    quiet = Quiet(pause.since, pause.until, pause.by or by) if pause else None
    return ChannelPlan(
        table.channel,
        tuple(
            NewSubscription(
                table.channel,
                wanted.query.text,
                _canonical(wanted.query.text),
                wanted.created_by or by,
                wanted.created_at,
                paused_at=(wanted.paused_at or now) if wanted.paused else None,
                paused_by=(wanted.paused_by or by) if wanted.paused else "",
            )
            for wanted in table.subscriptions
        ),
        sets_schedule="schedule" in table.model_fields_set,
        schedule=str(schedule or ""),
        digest_due=schedule.after(now) if schedule else None,
        even_if_empty=schedule.even_if_empty if schedule else False,
        top=schedule.top if schedule else None,
        quiet=quiet if quiet and quiet.lasts(now) else None,
    )


def _explain(details: ErrorDetails, lines: Mapping[Place, int]) -> str:
    names = ["", *(part for part in details["loc"] if isinstance(part, str))]
    table, key = names[-2:]
    if details["type"] == "mistake":
        sentence = details["msg"]
    elif details["type"] == "missing":
        sentence = f"{key} is missing."
    elif details["type"] == "extra_forbidden":
        hidden = f" (a character in it cannot be seen, {found})" if (found := hidden_in(key)) else ""
        name = shorten(one_line(key), LONGEST_NAME)
        sentence = f"“{name}”{hidden} is not a key here; the keys are {', '.join(KEYS[table])}."
    else:
        sentence = f"{key} must be {details.get('ctx', {}).get('error') or ALLOWED.get(key, A_TIME)}."
    return f"{where(details['loc'], lines)}: {sentence}"

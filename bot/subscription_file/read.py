"""Reads a file of subscriptions, and says everything that is wrong in it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.delivery.digest_schedules import INSTANT, Schedule
from bot.domain import Address, ChannelPlan, NewSubscription, Quiet
from bot.errors import CommandError, QueryError
from bot.query import Query, parse
from bot.subscription_file.format import FORMAT, KEYS, Wrong, WrongFile
from bot.subscription_file.line_numbers import Lines
from bot.subscription_file.write import in_toml

LONGEST_NAME = 200
"""Characters of a person's name."""


def read(text: str, *, platforms: Sequence[str], by: str, now: datetime) -> list[ChannelPlan]:
    """What a file asks for, a plan a channel.

    Args:
        text: The file.
        platforms: Those that a channel can be on.
        by: Who made the subscriptions of which the file does not say.
        now: When they were made then, and from when on the others count.

    Raises:
        WrongFile: Something is wrong in it; everything that is wrong is said.
    """
    try:
        file = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongFile([Wrong("The file", f"it is no TOML: {error}")]) from None
    reader = _Reader(tuple(platforms), by, now, Lines.of(text, file))
    plans = reader.file(file)
    if reader.wrongs:
        raise WrongFile(reader.wrongs)
    return plans


@dataclass(slots=True)
class _Reader:
    """Reads a file to its end, whatever is wrong on the way."""

    platforms: tuple[str, ...]
    by: str
    now: datetime
    lines: Lines
    wrongs: list[Wrong] = field(default_factory=list)

    def file(self, file: Mapping[str, Any]) -> list[ChannelPlan]:
        self._keys("The file", file, "file")
        if file.get("format", FORMAT) != FORMAT:
            self._wrong("The file", f"its format is {file['format']!r}, and I know format {FORMAT} alone.")
        tables = self._tables("The file", file, "channels")
        plans: dict[Address, ChannelPlan] = {}
        for number, table in enumerate(tables):
            plan = self._channel(number, table)
            if plan and plan.channel in plans:
                self._wrong(self.lines.channel(number), f"{plan.channel} stands in the file twice.")
            elif plan:
                plans[plan.channel] = plan
        return list(plans.values())

    def _channel(self, number: int, table: Mapping[str, Any]) -> ChannelPlan | None:
        where = self.lines.channel(number)
        self._keys(where, table, "channel")
        address = self._address(where, table)
        schedule = self._schedule(where, table)
        quiet = self._quiet(where, table)
        made = [
            self._subscription(self.lines.subscription(number, place), each, address)
            for place, each in enumerate(self._tables(where, table, "subscriptions"))
        ]
        if address is None:
            return None
        plan = ChannelPlan(address, tuple(each for each in made if each), quiet=quiet)
        if "schedule" not in table:
            return plan
        if schedule is None:
            return replace(plan, sets_schedule=True)
        return replace(
            plan,
            sets_schedule=True,
            schedule=str(schedule),
            digest_due=schedule.after(self.now),
            even_if_empty=schedule.even_if_empty,
        )

    def _address(self, where: str, table: Mapping[str, Any]) -> Address | None:
        written_so = self._string(where, table, "channel")
        if not written_so:
            return None
        try:
            address = Address.parse(written_so)
        except CommandError as error:
            self._wrong(where, f"{error.message} {error.repair}")
            return None
        if address.platform not in self.platforms:
            self._wrong(where, f"there is no platform “{address.platform}”: there are {', '.join(self.platforms)}.")
            return None
        return address

    def _schedule(self, where: str, table: Mapping[str, Any]) -> Schedule | None:
        if "schedule" not in table:
            return None
        try:
            return Schedule.parse(self._string(where, table, "schedule") or INSTANT)
        except CommandError as error:
            self._wrong(where, f"schedule: {error.message} {error.repair}")
            return None

    def _quiet(self, where: str, table: Mapping[str, Any]) -> Quiet | None:
        pause = table.get("pause")
        if pause is None:
            return None
        if not isinstance(pause, dict):
            self._wrong(where, 'pause is written { by = "ada", since = 2026-03-10T12:00:00Z }.')
            return None
        self._keys(f"{where}, pause", pause, "pause")
        where = f"{where}, pause"
        if "since" not in pause:
            self._wrong(where, "since is missing.")
        since, until = self._time(where, pause, "since"), self._time(where, pause, "until")
        by = self._string(where, pause, "by", default=self.by)
        if since is None or by is None:
            return None
        quiet = Quiet(since, until, by)
        return quiet if quiet.lasts(self.now) else None

    def _subscription(self, where: str, table: Mapping[str, Any], address: Address | None) -> NewSubscription | None:
        self._keys(where, table, "subscription")
        query = self._query(where, table)
        created_by = self._string(where, table, "created_by", default=self.by)
        created_at = self._time(where, table, "created_at")
        if created_at and created_at > self.now:
            self._wrong(where, f"created_at is in the future: {in_toml(created_at)}.")
        if query is None or not created_by or address is None:
            return None
        return NewSubscription(address, query.text, query.canonical, created_by, created_at)

    def _query(self, where: str, table: Mapping[str, Any]) -> Query | None:
        written_so = self._string(where, table, "query", longest=None)
        if written_so is None:
            return None
        try:
            return parse(written_so)
        except QueryError as error:
            self._wrong(where, f"{error.message} {error.repair}".strip(), error.code)
            return None

    def _keys(self, where: str, table: Mapping[str, Any], kind: str) -> None:
        known = KEYS[kind]
        for key in table:
            if key not in known:
                self._wrong(where, f"“{key}” is not known here; there are {', '.join(known)}.")

    def _tables(self, where: str, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self._wrong(
                where, f"{key} are tables, each under a line [[{'' if key == 'channels' else 'channels.'}{key}]]."
            )
            return []
        return found

    def _string(
        self,
        where: str,
        table: Mapping[str, Any],
        key: str,
        *,
        default: str = "",
        longest: int | None = LONGEST_NAME,
    ) -> str | None:
        """The text, or the default; None, and a word about it, when there is neither."""
        value = table.get(key, default or None)
        if value is None:
            self._wrong(where, f"{key} is missing.")
            return None
        if not isinstance(value, str) or not value.strip():
            self._wrong(where, f"{key} is a text in quotes.")
            return None
        if longest is not None and (len(value) > longest or not value.isprintable()):
            self._wrong(where, f"{key} is a single line of {longest} characters at most.")
            return None
        return value

    def _time(self, where: str, table: Mapping[str, Any], key: str) -> datetime | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            self._wrong(where, f"{key} is a time with its zone, without quotes: 2026-03-10T12:00:00Z.")
            return None
        try:
            return value.astimezone(UTC)
        except OverflowError:
            self._wrong(where, f"{key} is too far away.")
            return None

    def _wrong(self, where: str, message: str, code: str = "") -> None:
        self.wrongs.append(Wrong(where, message, code))

"""The tables and keys of a file of subscriptions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AliasChoices, AwareDatetime, BaseModel, ConfigDict, Field, PlainValidator, Strict
from pydantic import ValidationInfo as Info
from pydantic_core import PydanticCustomError

from bot.delivery.digest_schedules import Schedule
from bot.domain import Address
from bot.errors import CommandError
from bot.query import Query, parse
from bot.text.characters import hidden_in, visible

FORMAT: Literal[1] = 1

LONGEST_NAME = 200
"""Characters of a person's name."""


REMEMBERED = 10_000
"""Queries and schedules that are read once however many channels have them."""

parsed_query = lru_cache(maxsize=REMEMBERED)(parse)

parsed_schedule = lru_cache(maxsize=REMEMBERED)(Schedule.parse)


def mistake(sentence: str) -> PydanticCustomError:
    """An error in a value that is worded already; only its place is added."""
    return PydanticCustomError("mistake", "{sentence}", {"sentence": sentence})


def _text(read: Callable[[str], Any]) -> PlainValidator:
    def check(value: object) -> Any:  # noqa: ANN401 - what it is depends on the key
        if not isinstance(value, str) or not value.strip():
            raise ValueError("a text in quotes")
        try:
            return read(value)
        except CommandError as error:
            hidden = f"A character in it cannot be seen: {found}." if (found := hidden_in(value)) else ""
            sentence = " ".join(part for part in (visible(error.message), visible(error.repair), hidden) if part)
            code = "".join(f"\n    {line}" for line in error.code.splitlines())
            raise mistake(sentence + code) from None

    return PlainValidator(check)


def _name(value: str) -> str:
    if not value.isprintable():
        raise ValueError(f"a single line of characters that can be seen ({hidden_in(value)} is in it)")
    if len(value) > LONGEST_NAME:
        raise ValueError(f"at most {LONGEST_NAME} characters long")
    return value


def _is_possible(address: Address, info: Info) -> Address:
    """Refuse channels on other platforms, and those that come twice."""
    context = info.context or {}
    platforms, seen = context["platforms"], context["seen"]
    if address.platform not in platforms:
        raise mistake(f"“{address.platform}” is not a platform; the platforms are {', '.join(platforms)}.")
    if address in seen:
        raise mistake(f"{address} is in the file twice.")
    seen.add(address)
    return address


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise mistake("This time is too far away.") from None


def _is_past(value: datetime, info: Info) -> datetime:
    if value > (info.context or {})["now"]:
        raise mistake(f"{info.field_name} is in the future.")
    return value


Name = Annotated[str, _text(_name)]
Time = Annotated[AwareDatetime, Strict(), AfterValidator(_in_utc)]


class Table(BaseModel):
    """A table of the file; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SubscriptionTable(Table):
    """``[[channels.subscriptions]]``."""

    query: Annotated[Query, _text(parsed_query)]
    created_by: Name = ""
    created_at: Annotated[Time, AfterValidator(_is_past)] | None = None
    paused: Annotated[bool, Strict()] = False
    paused_by: Name = ""
    paused_at: Annotated[Time, AfterValidator(_is_past)] | None = None


class PauseTable(Table):
    """``pause = { … }``."""

    by: Name = ""
    since: Time
    until: Time | None = None


class ChannelTable(Table):
    """``[[channels]]``."""

    channel: Annotated[Address, _text(Address.parse), AfterValidator(_is_possible)]
    # Files that earlier versions exported call it rhythm.
    schedule: Annotated[Schedule | None, _text(parsed_schedule)] = Field(
        default=None, validation_alias=AliasChoices("schedule", "rhythm")
    )
    pause: PauseTable | None = None
    subscriptions: list[SubscriptionTable] = []


class File(Table):
    """The whole file."""

    format: Literal[1] = FORMAT
    channels: list[ChannelTable] = []

"""What every platform promises (see `bot.ports.Platform`); another joins this suite by its line in ``PLATFORMS``."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from adapters.terminal import CHANNEL, Terminal
from bot.cards import make_card, make_digest
from bot.domain import Address, Receipt, Reply
from bot.errors import ChannelClosed
from bot.ports import Message, Platform
from tests.builders import a_paper

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Case:
    """A platform to try: how it is opened (again), a channel of it that is open, and one that is not."""

    open: Callable[[Path], Platform]
    channel: Address
    closed: Address


PLATFORMS = {
    "terminal": Case(
        lambda folder: Terminal(folder / "log", output=io.StringIO(), typed=io.StringIO()),
        CHANNEL,
        Address("terminal", "elsewhere"),
    )
}

MESSAGES: list[Message] = [make_card(a_paper()), make_digest([make_card(a_paper())] * 2), Reply("Hello")]


@pytest.fixture(params=PLATFORMS)
def case(request: pytest.FixtureRequest) -> Case:
    """One platform after the other."""
    return PLATFORMS[request.param]


def with_platform(case: Case, folder: Path, use: Callable[[Platform], Coroutine[Any, Any, Result]]) -> Result:
    """Open the platform, use it, and let go of it."""

    async def run() -> Result:
        platform = case.open(folder)
        try:
            return await use(platform)
        finally:
            await platform.aclose()

    return asyncio.run(run())


def recently() -> datetime:
    """Shortly before this test."""
    return datetime.now(UTC) - timedelta(minutes=1)


def test_its_name_is_the_first_part_of_its_addresses(case: Case, tmp_path: Path) -> None:
    assert case.open(tmp_path).name == case.channel.platform


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_every_kind_of_message_can_be_posted(case: Case, tmp_path: Path, message: Message) -> None:
    receipt = with_platform(case, tmp_path, lambda platform: platform.post(case.channel, message, key="k1"))
    assert isinstance(receipt, Receipt)
    assert receipt.id


def test_a_message_is_found_by_its_key_also_after_a_restart(case: Case, tmp_path: Path) -> None:
    with_platform(case, tmp_path, lambda platform: platform.post(case.channel, MESSAGES[0], key="k1"))
    found = with_platform(case, tmp_path, lambda platform: platform.find(case.channel, "k1", since=recently()))
    assert found is not None


def test_a_message_that_was_never_posted_is_not_found(case: Case, tmp_path: Path) -> None:
    with_platform(case, tmp_path, lambda platform: platform.post(case.channel, MESSAGES[0], key="k1"))
    assert with_platform(case, tmp_path, lambda platform: platform.find(case.channel, "k2", since=recently())) is None


def test_a_closed_channel_says_why_and_what_to_do(case: Case, tmp_path: Path) -> None:
    with pytest.raises(ChannelClosed) as caught:
        with_platform(case, tmp_path, lambda platform: platform.post(case.closed, MESSAGES[0], key="k1"))
    assert caught.value.reason
    assert caught.value.repair

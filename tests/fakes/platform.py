"""A platform in memory that keeps the whole contract, and fails on request."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain import Address, Finding, Receipt
from bot.domain.messages import Card, Digest, Message, Reply, papers_in
from bot.errors import DeliveryError
from bot.ports.platform import FrontDesk


@dataclass(slots=True)
class Pinboard:
    """Channels of messages.

    Attributes:
        posted: Every message that arrived: its channel, its key and itself.
        faults: What the next posts raise instead of arriving; None lets one through.
        lost_answers: What the next posts raise *after* the message arrived.
        closed: Channels that raise, and what.
        edited: Every change that arrived, as in ``posted``.
        edit_faults: As ``faults``, for changes.
        tried: The receipts of the messages that were to be changed.
        told: Every direct message: whom it was for, and itself.
        deaf: People to whom none gets, and what is raised.
        blindness: What looking for a message raises; None when it can be looked for.
        on_find: What happens meanwhile when a message is looked for.
        on_post: Told of each message that is about to arrive.
        clock: The board's own clock; None if it does not note when messages arrive.
        times: When messages arrived by that clock, by their keys.
        looked_since: From when on each message was looked for.
    """

    name: str = "terminal"
    trouble: str = ""
    posted: list[tuple[Address, str, Message]] = field(default_factory=list)
    faults: deque[Exception | None] = field(default_factory=deque)
    lost_answers: deque[Exception] = field(default_factory=deque)
    closed: dict[Address, DeliveryError] = field(default_factory=dict)
    edits: bool = True
    edited: list[tuple[Address, str, Message]] = field(default_factory=list)
    edit_faults: deque[Exception | None] = field(default_factory=deque)
    tried: list[str] = field(default_factory=list)
    told: list[tuple[str, Reply]] = field(default_factory=list)
    deaf: dict[str, Exception] = field(default_factory=dict)
    blindness: DeliveryError | None = None
    on_find: Callable[[], object] = lambda: None
    on_post: Callable[[Message], object] = lambda _: None
    clock: Callable[[], datetime] | None = None
    times: dict[str, datetime] = field(default_factory=dict)
    looked_since: list[datetime] = field(default_factory=list)

    async def serve(self, desk: FrontDesk) -> None:  # noqa: ARG002 - the contract's
        """Return: nobody uses commands here."""
        await asyncio.Event().wait()

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Pin the message to the channel."""
        if channel in self.closed:
            raise self.closed[channel]
        if self.faults and (fault := self.faults.popleft()):
            raise fault
        self.on_post(message)
        self.posted.append((channel, key, message))
        if self.clock:
            self.times[key] = self.clock()
        if self.lost_answers:
            raise self.lost_answers.popleft()
        return Receipt(key)

    async def update(self, channel: Address, receipt: Receipt, message: Message, *, key: str) -> None:
        """Replace the posted message, and record the edit."""
        self.tried.append(receipt.id)
        if channel in self.closed:
            raise self.closed[channel]
        if self.edit_faults and (fault := self.edit_faults.popleft()):
            raise fault
        self.edited.append((channel, key, message))

    async def tell(self, person: str, reply: Reply) -> None:
        """Record the message."""
        if person in self.deaf:
            raise self.deaf[person]
        self.told.append((person, reply))

    async def find(self, channel: Address, key: str, *, since: datetime) -> Receipt | None:
        """Look for the key on the board."""
        if self.blindness:
            raise self.blindness
        self.on_find()
        self.looked_since.append(since)
        if self.times.get(key, since) < since:
            return None
        return next((Receipt(key) for where, what, _ in self.posted if (where, what) == (channel, key)), None)

    def posted_at(self, receipt: Receipt) -> datetime | None:
        """When it was pinned, if the board has a clock."""
        return self.times.get(receipt.id)

    async def delivered(
        self,
        channel: Address,
        *,
        since: datetime,  # noqa: ARG002 - the contract's
        until: datetime,  # noqa: ARG002 - the same
    ) -> Mapping[str, Receipt]:
        """Look for papers on the board."""
        if channel in self.closed:
            raise self.closed[channel]
        return {
            paper_id: Receipt(key)
            for where, key, message in self.posted
            if where == channel
            for paper_id in papers_in(message)
        }

    async def check(self, channels: Sequence[Address]) -> Sequence[Finding]:
        """Everything is fine except closed channels."""
        return [Finding(str(channel), "failed" if channel in self.closed else "ok", "") for channel in channels]

    async def aclose(self) -> None:
        """Nothing to close."""

    def titles(self, channel: Address) -> list[str]:
        """The titles of the channel's cards, and the headlines of its digests, in order."""
        messages = [message for where, _, message in self.posted if where == channel]
        return [
            message.title if isinstance(message, Card) else message.headline
            for message in messages
            if isinstance(message, Card | Digest)
        ]

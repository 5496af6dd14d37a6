"""What the core asks of a platform, and the front desk that it offers in return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import (
    Address,
    Channel,
    Finding,
    Receipt,
)
from bot.domain.commands import Choice, Command, Invocation
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed


class FrontDesk(Protocol):
    """Where a platform brings what people say and press, and what happens to its channels; nothing here raises."""

    @property
    def commands(self) -> Sequence[Command]:
        """Every command, in the order that help shows them."""
        ...

    def find(self, name: str, text: str) -> Command | None:
        """The command that ``/name text`` gives; None when there is none."""
        ...

    def needs_admin(self, command: Command) -> bool:
        """Whether only admins may give it here, so that `Invocation.is_admin` is looked at; the desk alone refuses."""
        ...

    async def answer(self, invocation: Invocation) -> Reply:
        """Do what was asked; what cannot be done is a `Reply` that is not ``ok``."""
        ...

    async def suggest(self, invocation: Invocation) -> Sequence[Choice]:
        """Ways to complete the argument of a command that is being typed, best first, `CHOICES` at most."""
        ...

    async def channels(self, platform: str) -> Sequence[Channel]:
        """Every channel of the platform that somebody ever subscribed in."""
        ...

    async def joined(self, channel: Address) -> Reply | None:
        """Take note that the channel can be posted to (again): its pause ends.

        Returns the greeting to post there; None for a channel that was greeted before, or when none is wanted.
        """
        ...

    async def left(self, channel: Address, closed: ChannelClosed, *, is_told: bool = False) -> None:
        """Take note that the channel cannot be posted to: it is paused until it was `joined` again.

        With ``is_told`` whoever subscribed it hears of that already.
        """
        ...


CHOICES = 25
"""The most that Discord shows: https://discord.com/developers/docs/interactions/receiving-and-responding."""


class Platform(Protocol):
    """Somewhere that people talk."""

    name: str
    """The first part of its channels' addresses, such as ``slack``."""

    trouble: str
    """What keeps it from hearing people at present, such as a lost connection; empty when all is well."""

    edits: bool
    """Whether what was posted can be changed; where it cannot, nobody calls `update`."""

    async def serve(self, desk: FrontDesk) -> None:
        """Bring what people say and press to the desk, and answer them, until cancelled or nobody can say any more.

        Raises:
            DeliveryError: The platform turned us away for good, such as for a revoked token.
        """
        ...

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Post ``message``, named ``key`` so that `find` can find it.

        Raises:
            RetryLater: Nothing was posted; try later.
            ChannelClosed: Nothing was posted; nothing can be, until somebody lets us in.
            Rejected: Nothing was posted; this message never will be.
            Uncertain: It may have been posted.
        """
        ...

    async def update(self, channel: Address, receipt: Receipt, message: Message, *, key: str) -> None:
        """Show ``message`` in place of what ``receipt`` names, without notifying anybody; `find` still finds it.

        Doing it again changes nothing, so an answer that was lost does no harm.

        Raises:
            RetryLater: It is not changed, or may not be; try later.
            ChannelClosed: It cannot be changed until somebody lets us in.
            Rejected: It was deleted, put away or is too old, or will never be taken so: leave it alone.
            Uncertain: As `RetryLater`.
        """
        ...

    async def tell(self, person: str, reply: Reply) -> None:
        """Show it to the person with that id alone, in a direct message.

        Raises:
            DeliveryError: As for `post`; `Rejected` where nobody can be told so.
        """
        ...

    async def find(self, channel: Address, key: str, *, since: datetime) -> Receipt | None:
        """Say whether the message named ``key`` was posted at ``since`` or later.

        Raises:
            DeliveryError: The platform cannot tell at present; as for `post`.
        """
        ...

    async def delivered(self, channel: Address, *, since: datetime, until: datetime) -> Mapping[str, Receipt]:
        """Every paper that cards and digests brought to the channel between these moments, by its id.

        Each has the receipt of its message. For a database that does not know it any more.

        Raises:
            DeliveryError: The platform cannot tell at present; as for `post`.
        """
        ...

    async def check(self, channels: Sequence[Address]) -> Sequence[Finding]:
        """Try everything that a host can get wrong: tokens, scopes, permissions, and posting to each of these channels.

        Nothing is posted. Never raises; what could not be tried is a finding too.
        """
        ...

    async def aclose(self) -> None:
        """Let go of connections; nothing may be called afterwards."""
        ...

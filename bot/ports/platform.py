"""What the core needs from a platform, and the front desk that it offers in return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Address, Channel, Finding, Receipt
from bot.domain.commands import Choice, Command, Invocation
from bot.domain.messages import Draft, Message, Reply
from bot.errors import ChannelClosed


class FrontDesk(Protocol):
    """Where a platform takes commands, and reports what happens to its channels. No method raises."""

    @property
    def commands(self) -> Sequence[Command]:
        """Every command, in the order that help shows them."""
        ...

    def find(self, name: str, text: str) -> Command | None:
        """The command that ``/name text`` invokes; None if there is no such command."""
        ...

    def needs_admin(self, command: Command) -> bool:
        """Whether only admins may use the command here.

        Platforms ask in order to look up `Invocation.is_admin` only where it matters; refusing is up to `answer`.
        """
        ...

    async def answer(self, invocation: Invocation) -> Reply:
        """Carry out a command; if that fails, the `Reply` is not ``ok`` and says why."""
        ...

    async def suggest(self, invocation: Invocation) -> Sequence[Choice]:
        """Completions of the argument that is being typed, best first, at most `MAX_CHOICES`."""
        ...

    async def draft(self, invocation: Invocation) -> Draft:
        """What a form starts from that makes a subscription, or edits the one whose number is the invocation's text.

        A number that the channel does not have starts a new one.
        """
        ...

    async def channels(self, platform: str) -> Sequence[Channel]:
        """Every channel of the platform that has, or once had, subscriptions."""
        ...

    async def joined(self, channel: Address) -> Reply | None:
        """Record that the channel can be posted to, which ends its pause.

        Returns the greeting to post there; None if the channel was greeted before.
        """
        ...

    async def left(self, channel: Address, closed: ChannelClosed, *, is_told: bool = False) -> None:
        """Record that the channel cannot be posted to: it stays paused until `joined`.

        With ``is_told`` the person who subscribed knows already, and gets no direct message about it.
        """
        ...

    async def moved(self, source: Address, target: Address) -> None:
        """Record that the channel has another address from now on: its subscriptions, and what waits, go there."""
        ...


MAX_CHOICES = 25
"""The most that Discord shows: https://discord.com/developers/docs/interactions/receiving-and-responding."""


class Platform(Protocol):
    """A chat service."""

    name: str
    """The first part of its channels' addresses, such as ``slack``."""

    trouble: str
    """Why no commands arrive at present, such as a lost connection; empty if nothing is wrong."""

    edits: bool
    """Whether posted messages can be edited; if not, `update` is never called."""

    async def serve(self, desk: FrontDesk) -> None:
        """Pass commands to the desk and post its replies, until cancelled or until no more commands can arrive.

        Raises:
            DeliveryError: The platform refuses us for good, for example because the token was revoked.
            ConnectionError: It cannot be reached, or the connection ended; `serve` is called again after a while.
        """
        ...

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Post ``message``, marked with ``key`` so that `find` can find it.

        Raises:
            RetryLater: Nothing was posted; try later.
            ChannelClosed: Nothing was posted, and nothing can be until someone gives us access.
            Rejected: Nothing was posted, and this message never will be.
            Uncertain: It may have been posted.
        """
        ...

    async def update(self, channel: Address, receipt: Receipt, message: Message, *, key: str) -> None:
        """Replace the message of ``receipt`` with ``message``, without a notification; `find` still finds it.

        Repeating an update changes nothing, so a lost answer does no harm.

        Raises:
            RetryLater: It may not have been updated; try later.
            ChannelClosed: It cannot be updated until someone gives us access.
            Rejected: It was deleted, archived or is too old, or the update will never be accepted: leave it alone.
            Uncertain: As `RetryLater`.
        """
        ...

    async def tell(self, person: str, reply: Reply) -> None:
        """Send ``reply`` as a direct message to the person with that id.

        Raises:
            DeliveryError: As for `post`; `Rejected` if the platform has no direct messages.
        """
        ...

    async def find(self, channel: Address, key: str, *, since: datetime) -> Receipt | None:
        """The receipt of the message marked ``key`` if it was posted at ``since`` or later; None if it was not.

        Raises:
            DeliveryError: The platform cannot tell at present; as for `post`.
        """
        ...

    def posted_at(self, receipt: Receipt) -> datetime | None:
        """When the message of that receipt was posted, by the platform's clock; None if the receipt does not say."""
        ...

    async def delivered(self, channel: Address, *, since: datetime, until: datetime) -> Mapping[str, Receipt]:
        """Every paper in cards and digests posted to the channel in this period: from its id to its message's receipt.

        It is asked for when a restored database does not know what was posted.

        Raises:
            DeliveryError: The platform cannot tell at present; as for `post`.
        """
        ...

    async def check(self, channels: Sequence[Address]) -> Sequence[Finding]:
        """Check everything that a host can get wrong: tokens, scopes, permissions, and access to these channels.

        Nothing is posted. Never raises: what could not be checked is a finding too.
        """
        ...

    async def aclose(self) -> None:
        """Close connections; no method may be called afterwards."""
        ...

"""Every error that Paperwire raises on purpose.

::

    PaperwireError
    ├── ConfigError            a setting is wrong or missing            → exit 2
    ├── CommandError           a person asked for something that cannot be done; shown to them
    │   └── QueryError         the subscription language: the place, and what was expected
    ├── SubscriptionRefused    the store did not make or change a subscription; worded by `bot.commands.limits`
    │   ├── AlreadySubscribed  the channel has an equal one
    │   ├── TooManySubscriptions
    │   ├── NoSubscription     nothing to change or move
    │   └── SameChannel        nothing to move from a channel to itself
    ├── TooManySaved           a channel's reading list is full; worded by `bot.commands.saved`
    ├── SourceError            a list or paper could not be read
    │   ├── NotYetListed       the source has no list for that day yet
    │   └── SourceUnreachable  the source gives no list at all now
    ├── StorageError           the database cannot be used              → exit 1
    │   ├── AlreadyRunning     another service holds the database
    │   ├── NewerDatabase      a later version of Paperwire wrote it
    │   └── FileError          a file cannot be written, or must not be
    └── DeliveryError          a message did not arrive
        ├── RetryLater         the platform cannot take it now; nothing was posted
        ├── ChannelClosed      the channel is closed to us until somebody changes that
        ├── Rejected           this message will never be taken
        ├── UnknownRefusal     it was refused for an unknown reason: tried again, but not for ever
        └── Uncertain          it may have arrived: look before posting it again

Adapters and storage raise these and nothing else: no SDK, HTTP or SQLite exception crosses a port.
Their messages are written for people, and contain neither tokens nor what was posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple


class PaperwireError(Exception):
    """The root of the tree. ``str(error)`` is one clear line (or a line and its repair)."""


class ConfigError(PaperwireError):
    """A setting is unknown, wrong or missing; the message names the key and what is allowed."""


class Instead(NamedTuple):
    """A command to give instead of the one that failed; people get it as a button.

    Attributes:
        label: What the button says.
        command: The command's name without the slash.
        text: What follows the name.
    """

    label: str
    command: str
    text: str


class CommandError(PaperwireError):
    """What a person asked for cannot be done; the message says why and ``repair`` what to do instead."""

    def __init__(self, message: str, *, repair: str = "", code: str = "", instead: Sequence[Instead] = ()) -> None:
        """Word the error.

        Args:
            message: What is wrong, one sentence.
            repair: What to do instead; may be empty.
            code: Lines to show in a fixed-width font, such as a query with a caret under its mistake.
            instead: Commands that would do what was probably meant, best first.
        """
        super().__init__(message)
        self.message = message
        self.repair = repair
        self.code = code
        self.instead = tuple(instead)

    def __str__(self) -> str:
        """The message, the code and the repair, in lines."""
        return "\n".join(part for part in (self.message, self.code, self.repair) if part)


class QueryError(CommandError):
    """A query is not in the subscription language.

    ``code`` holds the query and, under it, a caret at ``position`` (characters from 0).
    """

    def __init__(
        self, message: str, *, query: str, position: int, repair: str = "", examples: Sequence[str] = ()
    ) -> None:
        """Point at the place.

        Args:
            message: What is wrong and what was expected there.
            query: The query as it was written, shown on one line.
            position: Where, in characters from the start of ``query``.
            repair: What to do instead, with an example.
            examples: Queries that are right and mean what was typed, best first.
        """
        shown = "".join(character if character.isprintable() else " " for character in query)
        super().__init__(message, repair=repair, code=f"{shown}\n{' ' * position}^")
        self.query = query
        self.position = position
        self.examples = tuple(examples)


class SubscriptionRefused(PaperwireError):
    """A channel's subscriptions were left as they are; the commands word this for people."""


class AlreadySubscribed(SubscriptionRefused):
    """The channel has an equal subscription, with that number, which may be paused."""

    def __init__(self, number: int, *, is_paused: bool = False) -> None:
        super().__init__(f"the channel has an equal subscription, number {number}")
        self.number = number
        self.is_paused = is_paused


class TooManySubscriptions(SubscriptionRefused):
    """The channel would have more subscriptions than it may."""

    def __init__(self, channel: str, *, count: int, limit: int) -> None:
        """Name the figures.

        Args:
            channel: Which channel, as ``platform:id``.
            count: How many it would have.
            limit: How many it may have.
        """
        super().__init__(f"{channel} would have {count} subscriptions, and may have {limit}")
        self.channel = channel
        self.count = count
        self.limit = limit


class NoSubscription(SubscriptionRefused):
    """The channel does not have that subscription, or any at all."""


class SameChannel(SubscriptionRefused):
    """The channels to move from and to are one and the same."""


class TooManySaved(PaperwireError):
    """A channel's reading list has as many papers as it may."""


class SourceError(PaperwireError):
    """A source could not be read, or its answer makes no sense."""

    def __init__(self, message: str, *, repair: str = "") -> None:
        """Say what happened.

        Args:
            message: As a clause about the source: "it answers 500".
            repair: As a clause, too, where more is known than that it cannot be read.
        """
        super().__init__(message)
        self.repair = repair


class NotYetListed(SourceError):
    """The source does not have the list of that day yet: not a fault; read it again later."""


class SourceUnreachable(SourceError):
    """The source gives no list at present, so the others need not be read before the next poll."""


class StorageError(PaperwireError):
    """The database cannot be read or written; the message names the file and the repair."""


class AlreadyRunning(StorageError):
    """Another service is running on the same database."""


class NewerDatabase(StorageError):
    """The database was written by a later version of Paperwire."""


class FileError(StorageError):
    """A file cannot be written, or must not be overwritten; the message names it and the repair."""


class DeliveryError(PaperwireError):
    """A message was not delivered, for a reason that the platform gave."""

    after: timedelta | None = None
    """How long the platform asked us to wait; None if it did not say."""


class RetryLater(DeliveryError):
    """The platform did not take the message, but may later: a rate limit, an outage, no connection."""

    def __init__(self, message: str, *, after: timedelta | None = None) -> None:
        """Say what happened.

        Args:
            message: What happened.
            after: How long the platform asked us to wait; None leaves that to the courier.
        """
        super().__init__(message)
        self.after = after


class ChannelClosed(DeliveryError):
    """The channel cannot be posted to until somebody changes that: kicked, archived, deleted, no permission."""

    def __init__(self, reason: str, *, repair: str) -> None:
        """Say why, and what people can do about it.

        Args:
            reason: As a clause: "the channel is archived".
            repair: As a clause, too: "unarchive it and /invite @Paperwire".
        """
        super().__init__(reason)
        self.reason = reason
        self.repair = repair


class Rejected(DeliveryError):
    """The platform will never take this message as it is."""


class UnknownRefusal(DeliveryError):
    """The platform refused the message with an error that we do not know.

    Nothing was posted, most likely, but that is not certain: look before posting it again. The refusal may or may not
    pass, so the courier tries again only a few times: one message must not hold up those behind it.
    """


class Uncertain(DeliveryError):
    """The answer was lost: the message may or may not have arrived."""

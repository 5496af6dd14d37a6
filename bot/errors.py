"""Every error that Paperwire raises on purpose.

::

    PaperwireError
    ├── ConfigError            a setting is wrong or missing            → exit 2
    ├── CommandError           a person asked for something that cannot be; shown to them
    │   └── QueryError         the subscription language: the place, and what was expected
    ├── SubscriptionRefused    the store did not make or change a subscription; `bot.commands.limits` words it
    │   ├── AlreadySubscribed  the channel has an equal one
    │   ├── TooManySubscriptions
    │   ├── NoSubscription     there is none to change or move
    │   └── SameChannel        nothing to move from a channel to itself
    ├── SourceError            a list could not be read
    │   ├── NotYetListed       the source has no list for that day yet
    │   └── SourceUnreachable  nor would it give any other list now
    ├── StorageError           the database cannot be used              → exit 1
    │   ├── AlreadyRunning     another service holds the database
    │   └── NewerDatabase      a later version of Paperwire wrote it
    └── DeliveryError          a message did not arrive
        ├── RetryLater         the platform cannot take it now; nothing was posted
        ├── ChannelClosed      the channel is out of reach until somebody lets us in
        ├── Rejected           this message will never be taken
        ├── UnknownRefusal     it was refused for a reason that we do not know: tried again, but not for ever
        └── Uncertain          it may have arrived: ask before sending it again

Adapters and storage raise these and nothing else: no SDK, HTTP or SQLite exception crosses a port.
Messages are written for the person who reads them, and carry no token and no message text.
"""

from __future__ import annotations

from datetime import timedelta


class PaperwireError(Exception):
    """The root of the tree. ``str(error)`` is one clear line (or a line and its repair)."""


class ConfigError(PaperwireError):
    """A setting is unknown, wrong or missing; the message names the key and what is allowed."""


class CommandError(PaperwireError):
    """What a person asked for cannot be done; the message says why and ``repair`` what to do instead."""

    def __init__(self, message: str, *, repair: str = "", code: str = "") -> None:
        """Keep the wording.

        Args:
            message: What is wrong, one sentence.
            repair: What to do instead; may be empty.
            code: Lines to show in a fixed-width font, such as a query with a caret under its mistake.
        """
        super().__init__(message)
        self.message = message
        self.repair = repair
        self.code = code

    def __str__(self) -> str:
        """All there is to say, in lines."""
        return "\n".join(part for part in (self.message, self.code, self.repair) if part)


class QueryError(CommandError):
    """A query is not in the subscription language.

    ``code`` holds the query and, under it, a caret at ``position`` (characters from 0).
    """

    def __init__(self, message: str, *, query: str, position: int, repair: str = "") -> None:
        """Point at the place.

        Args:
            message: What is wrong and what was expected there.
            query: The query as it was written, shown on one line.
            position: Where, in characters from the start of ``query``.
            repair: A corrected example.
        """
        shown = "".join(character if character.isprintable() else " " for character in query)
        super().__init__(message, repair=repair, code=f"{shown}\n{' ' * position}^")
        self.query = query
        self.position = position


class SubscriptionRefused(PaperwireError):
    """A channel's subscriptions were left as they are; what people are told is up to the commands."""


class AlreadySubscribed(SubscriptionRefused):
    """The channel has an equal subscription."""

    def __init__(self, number: int) -> None:
        """Keep the number of the one that it has."""
        super().__init__(f"the channel has an equal subscription, number {number}")
        self.number = number


class TooManySubscriptions(SubscriptionRefused):
    """The channel would have more subscriptions than it may."""

    def __init__(self, channel: str, *, count: int, limit: int) -> None:
        """Keep the figures.

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
    """The channel has no such subscription, or none at all."""


class SameChannel(SubscriptionRefused):
    """The channels to move from and to are the same."""


class SourceError(PaperwireError):
    """A source could not be read, or its answer makes no sense."""


class NotYetListed(SourceError):
    """The source does not have the list of that day yet: no fault, read it again later."""


class SourceUnreachable(SourceError):
    """The source gives no list at present: the others need not be asked for before the next poll."""


class StorageError(PaperwireError):
    """The database cannot be read or written; the message names the file and the repair."""


class AlreadyRunning(StorageError):
    """Another service is at work on the same database."""


class NewerDatabase(StorageError):
    """The database was written by a later version of Paperwire."""


class DeliveryError(PaperwireError):
    """A message was not delivered, for a reason that the platform gave."""


class RetryLater(DeliveryError):
    """The platform cannot take the message now, and has not: a rate limit, an outage, no connection."""

    def __init__(self, message: str, *, after: timedelta | None = None) -> None:
        """Keep the platform's own wish.

        Args:
            message: What happened.
            after: How long the platform asked us to wait; None leaves the pause to the courier.
        """
        super().__init__(message)
        self.after = after


class ChannelClosed(DeliveryError):
    """The channel cannot be written to until somebody changes that: kicked, archived, deleted, no permission."""

    def __init__(self, reason: str, *, repair: str) -> None:
        """Keep what to tell people.

        Args:
            reason: Why, as a clause: "the channel is archived".
            repair: What brings us back: "unarchive it and /invite @Paperwire".
        """
        super().__init__(reason)
        self.reason = reason
        self.repair = repair


class Rejected(DeliveryError):
    """The platform will never take this message as it is."""


class UnknownRefusal(DeliveryError):
    """The platform refused the message, by an error of its own that we do not know; nothing was posted.

    It may pass or may never: the courier tries a bounded number of times, so that one message does not hold up others.
    """


class Uncertain(DeliveryError):
    """The answer was lost: the message may or may not have arrived."""

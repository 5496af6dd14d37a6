"""Brings a channel's next message to it: claim, post, settle.

The one place with a retry policy. An adapter says what happened (see `bot.errors.DeliveryError`), and here it is
decided what follows:

- `RetryLater`, `Uncertain`: tried again after a growing pause, for as long as the delivery is kept (see
  `bot.delivery.retry_and_expiry`): a platform that is down says nothing about the message. After an uncertain attempt,
  or a crash in the middle of one, the platform is asked whether the message arrived before it is posted again.
- A database that was restored from a copy does not know what was posted after that: the platform is asked for it before
  anything is posted that may be among it, however it was put together in messages then.
- `ChannelClosed`: the channel is paused; its next message is tried now and then, which ends the pause once it arrives.
- `Rejected`: the delivery has failed, and the channel's next one goes on.
- `UnknownRefusal`, and any error that nobody foresaw: tried again too, but at most ``max_attempts`` times, so that one
  message does not hold up those behind it. Outages do not count towards that, however many there were.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import make_card, make_digest
from bot.delivery.digests import DIGEST_LIMIT, next_digest
from bot.delivery.edit_policy import followed
from bot.delivery.retry_and_expiry import kept_for, pause_after
from bot.domain import PROBE_EVERY, Address, Claim, Delivery, Gap, Match, Pause, Receipt
from bot.domain.messages import Card, Message
from bot.errors import ChannelClosed, Rejected, RetryLater, StorageError, Uncertain, UnknownRefusal
from bot.matching.glossary import Glossary
from bot.matching.verdicts import matches
from bot.ports.meter import UNMEASURED, Meter
from bot.ports.platform import Platform
from bot.ports.stores import Stores
from bot.text.figures import counted

CLOCK_SKEW = timedelta(hours=1)
"""How much a platform's clock may be behind ours when it is asked for a message."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """What came of deliveries so far."""

    delivered: int = 0
    rescheduled: int = 0
    held: int = 0
    failed: int = 0
    expired: int = 0


class Courier:
    """Delivers from the outbox to the platforms, one message at a time."""

    def __init__(
        self,
        stores: Stores,
        glossary: Glossary,
        platforms: Mapping[str, Platform],
        *,
        max_attempts: int,
        flood_limit: int,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        meter: Meter = UNMEASURED,
    ) -> None:
        """Remember where to take from and where to bring to.

        Args:
            stores: The outbox, and the subscriptions for the reasons on the cards.
            glossary: The acronyms, for the same.
            platforms: By name.
            max_attempts: How often a delivery is tried when it ends in errors that nobody foresaw.
            flood_limit: More than so many cards due at once in a channel come as one digest.
            now: The clock.
            chance: Random numbers, 0 … 1.
            meter: Is told what came of each attempt.
        """
        self._stores = stores
        self._glossary = glossary
        self._outbox = stores.outbox
        self._platforms = platforms
        self._max_attempts = max_attempts
        self._flood_limit = flood_limit
        self._now = now
        self._chance = chance
        self.tally = Tally()
        self._meter = meter

    async def deliver_next(self, channel: Address) -> bool:
        """Bring the channel's next message to it; say whether it can take another one at once.

        Raises:
            StorageError: The database cannot be used. What was posted by then is uncertain.
        """
        claim = await asyncio.to_thread(self._claim, channel)
        if claim is None:
            return False
        try:
            return await self._attempt(claim)
        except RetryLater as error:
            await self._reschedule(claim, str(error), after=error.after, uncertain=claim.uncertain)
        except Uncertain as error:
            await self._reschedule(claim, str(error), uncertain=True)
        except UnknownRefusal as error:
            return await self._refuse(claim, str(error), uncertain=claim.uncertain)
        except ChannelClosed as error:
            await self._hold(claim, error)
        return False

    def _claim(self, address: Address) -> Claim | None:
        now = self._now()
        channel = self._stores.channels.get(address)
        digest = next_digest(channel.schedule, now) if channel and channel.schedule else None
        return self._outbox.claim(
            address, now=now, flood_limit=self._flood_limit, digest_limit=DIGEST_LIMIT, next_digest=digest
        )

    async def _attempt(self, claim: Claim) -> bool:
        """Find or post the claim's message, unless that fails for a reason that passes; say whether to go on."""
        try:
            posted = await self._found_or_posted(claim)
        except (RetryLater, Uncertain, UnknownRefusal, ChannelClosed, StorageError):
            raise
        except Rejected as error:
            await self._fail(claim, str(error))
        except Exception as error:  # whatever a platform's client raises costs this delivery alone
            log.exception("Posting to %s ended in an error that nobody foresaw", claim.channel)
            return await self._refuse(claim, type(error).__name__, uncertain=True)
        else:
            if posted is not None:
                await self._settle(claim, *posted)
        return True

    async def expire(self) -> None:
        """Drop what has waited for too long; see `bot.delivery.retry_and_expiry`.

        Raises:
            StorageError: The database cannot be used.
        """
        now = self._now()
        dropped = await asyncio.to_thread(
            self._outbox.expire,
            enqueued_before=now - kept_for(in_digest=False),
            in_digests_before=now - kept_for(in_digest=True),
            at=now,
        )
        if dropped:
            self.tally.expired += dropped
            self._meter.expired(dropped)
            log.warning("Dropped %d deliveries that had waited for too long", dropped)

    async def _found_or_posted(self, claim: Claim) -> tuple[Receipt, Message] | None:
        """The claim's message and its receipt; None when part was withdrawn or recognized, and nothing was posted."""
        platform = self._platforms[claim.channel.platform]
        if claim.uncertain:
            receipt = await platform.find(claim.channel, claim.key, since=claim.claimed_at - CLOCK_SKEW)
            if receipt is not None:
                log.info("Found the message to %s that was in doubt", claim.channel)
                return receipt, compose(claim, await asyncio.to_thread(self._reasons, claim))
        if claim.gap and await self._recognized(claim, claim.gap):
            return None
        reasons = await asyncio.to_thread(self._reasons, claim)
        unwanted = [paper_id for paper_id, why in reasons.items() if why is None]
        if unwanted:
            await asyncio.to_thread(self._outbox.withdraw, claim, unwanted)
            return None
        message = compose(claim, reasons)
        return await platform.post(claim.channel, message, key=claim.key), message

    async def _recognized(self, claim: Claim, gap: Gap) -> bool:
        """Settle what was posted before the database was restored, in messages it knows nothing of; say if any was."""
        platform = self._platforms[claim.channel.platform]
        since, until = gap.since - CLOCK_SKEW, gap.until + CLOCK_SKEW
        if not claim.deliveries:
            receipt = await platform.find(claim.channel, claim.key, since=since)
            if receipt is not None:
                await self._settle(claim, receipt, compose(claim, {}))
            return receipt is not None
        posted = await platform.delivered(claim.channel, since=since, until=until)
        if not any(delivery.paper.id in posted for delivery in claim.deliveries):
            return False
        settled = await asyncio.to_thread(self._outbox.recognize, claim, posted, at=self._now())
        log.info("Found %d papers in %s that were posted before the database was restored", settled, claim.channel)
        return True

    def _reasons(self, claim: Claim) -> Mapping[str, tuple[Match, ...] | None]:
        """Why the channel gets each paper of the claim, by its id; None where nobody is subscribed to it any more."""
        subscriptions = self._stores.subscriptions.of(claim.channel, now=self._now())
        return {
            delivery.paper.id: matches(subscriptions, delivery.paper, self._glossary.acronyms)
            or (() if delivery.query is not None else None)
            for delivery in claim.deliveries
        }

    async def _settle(self, claim: Claim, receipt: Receipt, message: Message) -> None:
        now = self._now()
        follow = followed(message, at=now) if self._platforms[claim.channel.platform].edits else None
        await asyncio.to_thread(self._outbox.deliver, claim, receipt, at=now, followed=follow)
        log.info("Delivered %s to %s", named(claim), claim.channel)
        self.tally.delivered += len(claim.deliveries)
        self._meter.attempted(claim, "delivered", at=self._now())

    async def _reschedule(
        self, claim: Claim, reason: str, *, uncertain: bool, after: timedelta | None = None, refused: bool = False
    ) -> None:
        pause = max(after or timedelta(), pause_after(claim.attempts + 1, self._chance()))
        await asyncio.to_thread(
            self._outbox.reschedule,
            claim,
            due_at=self._now() + pause,
            reason=reason,
            uncertain=uncertain,
            refused=refused,
        )
        self.tally.rescheduled += len(claim.deliveries)
        self._meter.attempted(claim, "rescheduled", at=self._now())
        log.warning("Posting to %s is tried again in %d s: %s", claim.channel, pause.total_seconds(), reason)

    async def _refuse(self, claim: Claim, reason: str, *, uncertain: bool) -> bool:
        """Try again what ended in an error that nobody foresaw, unless it did so too often; say whether to go on."""
        refusals = claim.refusals + 1
        reason = f"{reason}, {refusals} of {self._max_attempts} times"
        if refusals < self._max_attempts:
            await self._reschedule(claim, reason, uncertain=uncertain, refused=True)
            return False
        await self._fail(claim, reason)
        return True

    async def _hold(self, claim: Claim, closed: ChannelClosed) -> None:
        now = self._now()
        pause = Pause(closed.reason, closed.repair, since=now, probe_at=now + PROBE_EVERY)
        await asyncio.to_thread(self._outbox.hold, claim, pause)
        self.tally.held += len(claim.deliveries)
        self._meter.attempted(claim, "held", at=self._now())
        log.warning("%s is paused: %s. To resume: %s", claim.channel, closed.reason, closed.repair)

    async def _fail(self, claim: Claim, reason: str) -> None:
        await asyncio.to_thread(self._outbox.fail, claim, reason=reason, at=self._now())
        self.tally.failed += len(claim.deliveries)
        self._meter.attempted(claim, "failed", at=self._now())
        log.error("Posting to %s failed for good: %s", claim.channel, reason)


def named(claim: Claim) -> str:
    """What the claim brings, for the log: the paper's id, or how many papers."""
    if len(claim.deliveries) == 1:
        return claim.deliveries[0].paper.id
    return f"a digest of {counted(len(claim.deliveries), 'paper')}"


def compose(claim: Claim, reasons: Mapping[str, tuple[Match, ...] | None]) -> Message:
    """The claim's message: a card for one paper, a digest for several or none."""
    cards = [_card(delivery, reasons[delivery.paper.id] or ()) for delivery in claim.deliveries]
    return cards[0] if len(cards) == 1 else make_digest(cards)


def _card(delivery: Delivery, why: Sequence[Match]) -> Card:
    enqueued_on = delivery.enqueued_at.date()
    is_late = delivery.second_chance and enqueued_on > delivery.paper.list_day
    return make_card(delivery.paper, why, reached=enqueued_on if is_late else None)

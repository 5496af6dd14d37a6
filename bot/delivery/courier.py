"""Delivers a channel's next message: claim, find or post, settle.

This is the one place with a retry policy. An adapter says what happened (see `bot.errors.DeliveryError`), and the
courier decides what follows:

- `RetryLater`, `Uncertain`: the message is tried again after a growing pause, for as long as the delivery is kept (see
  `bot.delivery.retry_and_expiry`), since an outage says nothing about the message. After an uncertain attempt, or a
  crash during one, the platform is asked whether the message arrived before it is posted again. After `PASSED_AFTER`
  attempts the next message is tried too; if that arrives, nothing waits for this one any more.
- After a restore from a backup, the database does not know what was posted since the backup was made. The platform is
  asked for those papers, in whatever messages they were posted, before any that may be among them is posted.
- `ChannelClosed`: the channel is paused. Its next message is tried now and then; once it arrives, the pause ends.
- `Rejected`: the delivery has failed, and the channel's next one follows.
- `UnknownRefusal`, and any unexpected error: uncertain too, but the message is tried only ``max_attempts`` times, so
  that it does not hold up those behind it. Outages do not count, however many there were.
- A digest of the best papers is settled with those that it does not show. What it offers goes on if it fails, and is
  posted if a restored database does not know of it: the platform tells only what was shown.
- A message of several papers does not fail: it is taken apart, so that the paper that is the reason fails alone. That
  is done when it is `Rejected`, or after `TRIED_TOGETHER` of the other refusals, once the platform has said that it
  does not have it. An uncertain attempt counts as one of these once a later message has arrived.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.compose import compose, description_of
from bot.delivery.digests import next_digest
from bot.delivery.edit_policy import follow
from bot.delivery.looking_back import CLOCK_SKEW, not_before
from bot.delivery.posting_outages import PostingOutages
from bot.delivery.reasons import Grounds, Reasons
from bot.delivery.retry_and_expiry import LONGEST_WISH, kept_for, pause_after
from bot.domain import DIGEST_LIMIT, Address, Claim, Gap, Pause, Receipt
from bot.domain.messages import Message
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, StorageError, Uncertain, UnknownRefusal
from bot.ports.meter import UNMEASURED, Meter
from bot.ports.platform import Platform
from bot.ports.stores import Stores

TRIED_TOGETHER = 3
"""How often a message of several papers is tried that is refused for unknown reasons, or that alone is uncertain."""

PASSED_AFTER = 5
"""Attempts without the platform's word after which the channel's next message is tried too: a few minutes."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """How many deliveries had each outcome so far."""

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
        reasons: Reasons,
        platforms: Mapping[str, Platform],
        *,
        max_attempts: int,
        flood_limit: int,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        meter: Meter = UNMEASURED,
    ) -> None:
        """Make a courier.

        Args:
            stores: The outbox.
            reasons: Why papers are posted.
            platforms: The platforms by name.
            max_attempts: How often a delivery is tried when it ends in unknown refusals or unexpected errors.
            flood_limit: The most cards that are posted one by one; if more are due in a channel, they make a digest.
            now: The clock.
            chance: Random numbers, 0 … 1.
            meter: Counts the outcomes.
        """
        self._stores = stores
        self._reasons = reasons
        self._outbox = stores.outbox
        self._platforms = platforms
        self._max_attempts = max_attempts
        self._flood_limit = flood_limit
        self._now = now
        self._chance = chance
        self.tally = Tally()
        self.outages = PostingOutages(stores.outages, now)
        self._meter = meter

    async def deliver_next(self, channel: Address) -> bool:
        """Deliver the channel's next message; return whether to go on with the one after it at once.

        Raises:
            StorageError: The database cannot be used. A message that was posted by then is uncertain.
        """
        claim = await asyncio.to_thread(self._claim, channel)
        if claim is None:
            return False
        try:
            return await self._attempt(claim)
        except RetryLater as error:
            # This attempt posted nothing, but one before it may have.
            return await self._reschedule(claim, str(error), after=error.after, uncertain=claim.uncertain)
        except Uncertain as error:
            # What others did not meet says something about a message of several papers, which are then taken apart.
            is_refused = claim.alone and len(claim.deliveries) > 1
            return await self._reschedule(claim, str(error), uncertain=True, refused=is_refused)
        except UnknownRefusal as error:
            return await self._refuse(claim, str(error))
        except ChannelClosed as error:
            await self._hold(claim, error)
        return False

    def _claim(self, address: Address) -> Claim | None:
        now = self._now()
        channel = self._stores.channels.get(address)
        # The claim of a digest also sets its next one, in the same transaction: a crash in between would double it.
        digest = next_digest(channel.schedule, now) if channel and channel.schedule else None
        return self._outbox.claim(
            address, now=now, flood_limit=self._flood_limit, digest_limit=DIGEST_LIMIT, next_digest=digest
        )

    async def _attempt(self, claim: Claim) -> bool:
        """Find or post the claim's message; return whether to go on with the next one.

        Raises:
            RetryLater: As every other error but `StorageError`: the claim is still to be rescheduled or held.
            Uncertain: The message may have arrived.
            UnknownRefusal: The platform refuses the message, and it is unknown for how long.
            ChannelClosed: The channel cannot be posted to.
            StorageError: The database cannot be used.
        """
        try:
            posted = await self._find_or_post(claim)
        except (RetryLater, Uncertain, UnknownRefusal, ChannelClosed, StorageError):
            raise
        except Rejected as error:  # of the question whether it was posted, not of the message
            return await self._refuse(claim, str(error))
        except Exception as error:  # whatever a platform's client raises costs this delivery alone
            log.exception("Unexpected error while posting to %s", claim.channel)
            return await self._refuse(claim, type(error).__name__)
        else:
            if posted is not None:
                await self._settle(claim, *posted)
        return True

    async def expire(self) -> None:
        """Drop deliveries that have waited too long; see `bot.delivery.retry_and_expiry`.

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
            log.warning("Dropped %d deliveries that had waited too long", dropped)

    async def _find_or_post(self, claim: Claim) -> tuple[Receipt, Message] | None:
        """The receipt of the claim's message, and the message.

        None if nothing was posted because the message is refused, or because papers of the claim turned out to be
        unwanted, or to be posted already: the claim is over, and the rest of it is due again.
        """
        platform = self._platforms[claim.channel.platform]
        if claim.uncertain:
            since = not_before(claim, platform, self._now())
            receipt = await platform.find(claim.channel, claim.key, since=since)
            if receipt is not None:
                log.info("An earlier attempt to post to %s did arrive", claim.channel)
                message = compose(claim, await asyncio.to_thread(self._reasons.of, claim))
                await self._complete(claim, receipt, message)
                return receipt, message
        if len(claim.deliveries) > 1 and claim.refusals >= min(TRIED_TOGETHER, self._max_attempts):
            await self._take_apart(claim, "it was refused for unknown reasons")
            return None
        if claim.gap and await self._settle_posted(claim, claim.gap):
            return None
        # Subscriptions may have changed since the paper was enqueued, so the reasons are looked up only now.
        grounds = await asyncio.to_thread(self._reasons.of, claim)
        unwanted = [paper_id for paper_id, matched in grounds.matches.items() if matched is None]
        if unwanted:
            await asyncio.to_thread(self._outbox.withdraw, claim, unwanted)
            return None
        message = compose(claim, grounds)
        try:
            return await platform.post(claim.channel, message, key=claim.key), message
        except Rejected as error:
            await (self._take_apart if len(claim.deliveries) > 1 else self._fail)(claim, str(error))
            return None

    async def _complete(self, claim: Claim, receipt: Receipt, message: Message) -> None:
        """Bring a message that was found to what it should be: a platform that posts in steps may have been cut off."""
        platform = self._platforms[claim.channel.platform]
        if not platform.edits:
            return
        try:
            await platform.update(claim.channel, receipt, message, key=claim.key)
        except DeliveryError as error:
            log.warning("Could not complete a message in %s: %s", claim.channel, error)
        except Exception:  # whatever a platform's client raises: the message is there
            log.exception("Unexpected error while completing a message in %s", claim.channel)

    async def _settle_posted(self, claim: Claim, gap: Gap) -> bool:
        """Settle what was posted in the gap before the database was restored; return whether there was anything."""
        platform = self._platforms[claim.channel.platform]
        since, until = gap.since - CLOCK_SKEW, gap.until + CLOCK_SKEW
        if not claim.deliveries:  # a digest that says there are no papers: only its key tells it from others
            receipt = await platform.find(claim.channel, claim.key, since=since)
            if receipt is not None:
                await self._settle(claim, receipt, compose(claim, Grounds({}, {})))
            return receipt is not None
        posted = await platform.delivered(claim.channel, since=since, until=until)
        if not any(delivery.paper.id in posted for delivery in claim.all):
            return False
        settled = await asyncio.to_thread(self._outbox.recognize, claim, posted, at=self._now())
        log.info("%d papers had been posted to %s before the database was restored", settled, claim.channel)
        return True

    async def _settle(self, claim: Claim, receipt: Receipt, message: Message) -> None:
        now = self._now()
        followed = follow(message, at=now) if self._platforms[claim.channel.platform].edits else None
        await asyncio.to_thread(self._outbox.deliver, claim, receipt, at=now, followed=followed)
        await self.outages.taken(claim.channel.platform)
        log.info("Delivered %s to %s", description_of(claim), claim.channel)
        self.tally.delivered += len(claim.all)
        self._meter.attempted(claim, "delivered", at=self._now())

    async def _reschedule(
        self, claim: Claim, reason: str, *, uncertain: bool, after: timedelta | None = None, refused: bool = False
    ) -> bool:
        """Let the claim be tried again; return whether to go on with the next one meanwhile."""
        # A platform may ask for a shorter pause, or for none: ours must grow all the same.
        pause = max(min(after or timedelta(), LONGEST_WISH), pause_after(claim.attempts + 1, self._chance()))
        now, may_be_passed = self._now(), uncertain and after is None and claim.attempts + 1 >= PASSED_AFTER
        is_passed = await asyncio.to_thread(
            self._outbox.reschedule,
            claim,
            due_at=now + pause,
            reason=reason,
            uncertain=uncertain,
            refused=refused,
            passed_at=now if may_be_passed else None,
            outage=self.outages.refused(claim.channel.platform, reason, next_try=now + pause),
        )
        self.tally.rescheduled += len(claim.all)
        self._meter.attempted(claim, "rescheduled", at=self._now())
        log.warning("Will try to post to %s again in %d s: %s", claim.channel, pause.total_seconds(), reason)
        if is_passed:
            log.warning("%s goes on without %s", claim.channel, ", ".join(of.paper.id for of in claim.deliveries))
        return is_passed

    async def _refuse(self, claim: Claim, reason: str) -> bool:
        """Reschedule after an unknown refusal or unexpected error, or fail the last time; return whether to go on.

        Several papers do not fail together: they are taken apart once the platform has said that they did not arrive.

        Nobody knows what such an answer says of the message: it is uncertain.
        """
        refusals = claim.refusals + 1
        reason = f"{reason} (attempt {refusals} of {self._max_attempts})"
        if refusals < self._max_attempts or len(claim.deliveries) > 1:
            return await self._reschedule(claim, reason, uncertain=True, refused=True)
        await self._fail(claim, reason)
        return True

    async def _take_apart(self, claim: Claim, reason: str) -> None:
        await asyncio.to_thread(self._outbox.take_apart, claim, at=self._now())
        self.tally.rescheduled += len(claim.all)
        self._meter.attempted(claim, "rescheduled", at=self._now())
        log.warning("Will post %s to %s in smaller messages: %s", description_of(claim), claim.channel, reason)

    async def _hold(self, claim: Claim, closed: ChannelClosed) -> None:
        await asyncio.to_thread(self._outbox.hold, claim, Pause.of(closed, self._now()))
        self.tally.held += len(claim.all)
        self._meter.attempted(claim, "held", at=self._now())
        log.warning("%s is paused: %s. To fix this, %s", claim.channel, closed.reason, closed.repair)

    async def _fail(self, claim: Claim, reason: str) -> None:
        await asyncio.to_thread(self._outbox.fail, claim, reason=reason, at=self._now())
        self.tally.failed += len(claim.deliveries)
        self._meter.attempted(claim, "failed", at=self._now())
        log.error("Posting to %s failed for good: %s", claim.channel, reason)

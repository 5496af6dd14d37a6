"""The nouns: papers, channels, subscriptions, matches, deliveries, cards, replies.

All are frozen dataclasses without behaviour. Times are time-zone aware and in UTC; days are UTC dates.
"""

from __future__ import annotations

from bot.domain.channels import PROBE_EVERY, Address, Channel, Closing, Pause, Quiet
from bot.domain.deliveries import DIGEST_LIMIT, Claim, Delivery, Fate, Gap, Part, Receipt, message_key
from bot.domain.findings import Finding
from bot.domain.opinions import Opinion
from bot.domain.papers import (
    WATCHED_FOR,
    Counts,
    Evidence,
    Listing,
    Match,
    Nearness,
    Paper,
    PaperList,
    Sighting,
    Skipped,
    Voted,
)
from bot.domain.saved import SavedPaper, Saver
from bot.domain.subscriptions import ChannelPlan, MoveResult, NewSubscription, PlanResult, Subscription
from bot.domain.times import utc

__all__ = [
    "DIGEST_LIMIT",
    "PROBE_EVERY",
    "WATCHED_FOR",
    "Address",
    "Channel",
    "ChannelPlan",
    "Claim",
    "Closing",
    "Counts",
    "Delivery",
    "Evidence",
    "Fate",
    "Finding",
    "Gap",
    "Listing",
    "Match",
    "MoveResult",
    "Nearness",
    "NewSubscription",
    "Opinion",
    "Paper",
    "PaperList",
    "Part",
    "Pause",
    "PlanResult",
    "Quiet",
    "Receipt",
    "SavedPaper",
    "Saver",
    "Sighting",
    "Skipped",
    "Subscription",
    "Voted",
    "message_key",
    "utc",
]

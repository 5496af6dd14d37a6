"""Why a channel gets the papers of a claim, and in which order its readers like them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import Claim, Match
from bot.matching.glossary import Glossary
from bot.matching.meaning.learning import Meaning
from bot.matching.meaning.liking import likings
from bot.matching.verdicts import matches
from bot.ports.stores import Stores


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is known of a claim's papers, by their ids.

    Attributes:
        matches: Why the channel gets each paper; None if it was withdrawn, or no subscription wants it any more.
        liking: How much each of those that are shown is to the liking of who reads it: -1 … 1; see `likings`.
    """

    matches: Mapping[str, tuple[Match, ...] | None]
    liking: Mapping[str, float]


class Reasons:
    """Looks up why a claim's papers are posted; belongs in a worker thread."""

    def __init__(self, stores: Stores, glossary: Glossary, meaning: Meaning) -> None:
        """Make one.

        Args:
            stores: The subscriptions, and what people think of papers.
            glossary: The acronyms.
            meaning: What papers are like those that people spoke about.
        """
        self._stores = stores
        self._glossary = glossary
        self._meaning = meaning

    def of(self, claim: Claim) -> Grounds:
        """The grounds on which the claim's papers are posted now.

        Raises:
            StorageError: The database cannot be used.
        """
        found = self._matches(claim)
        return Grounds(found, self._liking(claim, found) if len(claim.deliveries) > 1 else {})

    def _matches(self, claim: Claim) -> dict[str, tuple[Match, ...] | None]:
        subscriptions = self._stores.subscriptions.of(claim.channel)
        asked_for = {subscription.query for subscription in subscriptions if not subscription.is_paused}
        # A paper may no longer match because it has lost votes since: while the query that found it is still wanted, it
        # comes without a reason. A query that was changed, even since the claim, wants what it says now.
        return {
            delivery.paper.id: None
            if delivery.paper.is_withdrawn
            else matches(subscriptions, delivery.paper, self._glossary.known)
            or (() if delivery.query in asked_for else None)
            for delivery in claim.all
        }

    def _liking(self, claim: Claim, found: Mapping[str, tuple[Match, ...] | None]) -> Mapping[str, float]:
        # What is pressed after the claim, perhaps on its own message, which may have arrived, moves nothing in it.
        opinions = [one for one in self._stores.opinions.of(claim.channel) if one.at <= claim.claimed_at]
        shown = [delivery.paper.id for delivery in claim.deliveries]
        return likings({each: [match.query for match in found[each] or ()] for each in shown}, opinions, self._meaning)

"""When a channel's next message is due, as SQL on ``channels``; see `storage.sqlite.migrations` for the columns.

``:at`` is the moment from which on what waits would be due without a digest or a quiet.
"""

from __future__ import annotations

from datetime import UTC, datetime

from storage.columns import stamp

FOR_EVER = stamp(datetime.max.replace(tzinfo=UTC))
"""The end of a quiet that lasts until somebody ends it."""

AT_ONCE = "max(:at, coalesce(quiet_until, ''))"

IS_OPEN = "state IN ('due', 'claimed')"
"""The condition of the index of open deliveries, which SQLite uses only where it is repeated beside a narrower one:
https://sqlite.org/partialindex.html. Without it, all that a channel ever got is looked through."""

IS_DUE = f"state = 'due' AND {IS_OPEN}"

WAITS = f"EXISTS (SELECT 1 FROM outbox WHERE channel = channels.pk AND {IS_DUE}{{}})"  # noqa: S608 - made of the above

WHEN_DUE = f"""
CASE
    WHEN digest_due IS NULL AND {WAITS.format("")} THEN {AT_ONCE}
    WHEN {WAITS.format(" AND outbox.pk <= digest_last")} THEN {AT_ONCE}
    WHEN empty_digests OR {WAITS.format("")} THEN max(digest_due, coalesce(quiet_until, ''))
END
"""
"""For a channel without a claim: the rest of a digest is due at once, later papers with the next digest."""

WAKE_RANGE = """
UPDATE channels SET next_due = max(coalesce(digest_due, :at), coalesce(quiet_until, ''))
WHERE pk BETWEEN :first AND :last AND next_due IS NULL AND claim_key IS NULL
"""

WAKE = f"""
{WAKE_RANGE}
  AND EXISTS (
    SELECT 1 FROM matched JOIN outbox USING (channel, paper) WHERE matched.channel = channels.pk AND state = 'due'
  )
"""  # noqa: S608 - made of the fragment above
"""A channel with a new delivery becomes due, unless it is waiting for its time or for an answer already."""

END_PAUSE = """
UPDATE channels SET pause_reason = NULL, pause_repair = NULL, paused_since = NULL, probe_at = NULL WHERE pk = ?
"""

UNCLAIM = f"""
UPDATE channels SET claim_key = NULL, claimed_at = NULL, uncertain = 0, attempts = 0, refusals = 0,
    alone = 0, next_due = {WHEN_DUE},
    digest_last = CASE WHEN {WAITS.format(" AND outbox.pk <= digest_last")} THEN digest_last END
WHERE pk = :channel
"""  # noqa: S608 - made of the fragments above
"""A channel whose message is settled is due at once if there is another; a digest is over when nothing is left."""

DUE_NOW = f"(SELECT max(outbox.pk) FROM outbox WHERE channel = channels.pk AND {IS_DUE})"  # noqa: S608 - the same

DOUBTED_TOO_LONG = """
SELECT pk FROM channels
WHERE claim_key IS NOT NULL AND claimed_at < :before AND (next_due > :at OR next_due < :before) LIMIT :limit
"""
"""Channels with a claim from before then, of which the platform cannot tell, or for which it was not asked since."""

SHOWN = "CASE WHEN digest_last IS NULL THEN 0 ELSE digest_shown END"
"""How much of a digest was shown: of a new one nothing, but what begins before another is over is one with it."""

BEGIN_DIGEST = f"""
UPDATE channels SET digest_due = :next, digest_last = {DUE_NOW}, digest_shown = {SHOWN}
WHERE pk = :channel RETURNING *
"""  # noqa: S608 - made of the fragment above
"""All that is due now belongs to the digest; what is enqueued from now on belongs to the next one."""

BEGIN_FLOOD = f"""
UPDATE channels SET digest_last = {DUE_NOW}, digest_shown = {SHOWN} WHERE pk = ? RETURNING *
"""  # noqa: S608 - the same
"""All that is due now is posted as one digest, however many messages that takes."""

DUE_AGAIN = f"""
UPDATE channels SET next_due = CASE WHEN claim_key IS NULL THEN {WHEN_DUE} ELSE {AT_ONCE} END
WHERE pk = :channel AND (claim_key IS NULL OR next_due IS NOT NULL)
"""  # noqa: S608 - made of the fragments above
"""For a channel whose pause, quiet or schedule changed; if its message is under way, its settling decides."""

PUT_BACK = f"""
UPDATE channels SET attempts = attempts + 1, refusals = refusals + :refused, uncertain = :uncertain,
    next_due = {AT_ONCE},
    digest_due = CASE WHEN NOT :uncertain AND digest_due IS NOT NULL THEN :at ELSE digest_due END,
    claim_key = CASE WHEN :uncertain THEN claim_key END, claimed_at = CASE WHEN :uncertain THEN claimed_at END
WHERE pk = :channel
"""  # noqa: S608 - made of the fragments above
"""For a channel whose message did not arrive; what may have arrived stays together under its key."""

"""The schema, as the steps that led to it. A step that was released is never changed.

Days are written ``2026-03-10``, moments ``2026-03-10T12:00:00.000000+00:00``: text in their order.

A channel holds its messages back in order, so what is waited for is a matter of the channel, not of its deliveries:
``next_due`` says when its next message is due, and is empty while nothing is open or a message is on its way;
``claim_key``, ``claimed_at``, ``uncertain``, ``attempts`` and ``refusals`` are those of the message that was claimed
last and is not settled, whose deliveries have the state ``claimed``.

A channel with a ``rhythm`` has its next digest at ``digest_due``; ``digest_last`` is the last delivery that the digest
before it brings, which may take several messages; without a rhythm, the last one of a flood. A channel is quiet until
``quiet_until``, however long ago that is; ``next_due`` is never before that, so that nothing else has to look at it.
See `storage.outbox.next_due`.

A paper's folded words are filed in ``papers_folded``, which keeps no text, so nothing can be taken out of it singly: a
paper that is filed anew has a new row there, and ``papers.folded`` names the one that counts; it is empty while the
paper is still to be filed. ``folding`` holds the version with which all of them were folded.

A subscription whose query was changed brings papers listed from ``counts_from`` on; others from ``created_at`` on.

``created_by`` is a name for people to read, ``created_by_id`` what the platform tells people apart by, empty where it
is not known. A pause is told at ``pause_told_at``, which is set before anything is sent.

The outbox is by far the largest table and is written in bursts, so it has few indexes and no foreign keys: a delivery
names the number of its subscription, which is never given again in its channel, and what was settled is counted in
``settled``.

``followed`` has the messages whose counts follow the source's, for a week each, with what they say as JSON that is
compressed; ``followed_papers`` what counts each of them shows of a paper, and from which on that is worth an edit
(``…_from``). A paper has ``matched_at`` once its matches were enqueued for the first time; a delivery that is enqueued
when it has is a ``second_chance``.
A gap is a time of which the database knows nothing, since it was restored from a copy made at ``since``; in such a copy
itself ``until`` is empty. See `storage.gaps`.

Of papers that were removed since they are old, ``forgotten`` keeps the ids. See `storage.retention`.
"""

from __future__ import annotations

from storage.sqlite.migrations import first, later
from storage.sqlite.migrations.steps import MIGRATIONS

__all__ = ["MIGRATIONS", "first", "later"]

"""The schema, as the steps that led to it. A step that was released is never changed.

Days are written ``2026-03-10``, moments ``2026-03-10T12:00:00.000000+00:00``: text in their order.

A channel posts its messages in order, so waiting concerns the channel, not its deliveries: ``next_due`` says when its
next message is due, and is empty while nothing is open or a message is on its way; ``claim_key``, ``claimed_at``,
``uncertain``, ``attempts`` and ``refusals`` belong to the latest message that was claimed and is not settled, whose
deliveries have the state ``claimed``.

A claim of which the platform does not tell for long is moved to ``set_aside``, and its deliveries name it there by its
key; when it is to be tried again, it is the channel's claim once more. It is ``alone`` once a later message has
arrived: then nothing waits for it. See `storage.outbox.set_aside`. ``posted_after`` is the receipt of the message that
was known to have arrived last when a claim was made: the channel's ``last_receipt`` at that time.

``rhythm`` is a channel's schedule. With one, the next digest is due at ``digest_due``; ``digest_last`` is the last
delivery of the digest before it, which may take several messages; without a schedule, the last one of a flood.
``digest_shown`` is how many of its papers are in messages that were claimed. With ``digest_top``, a digest is one
message of so many papers. A channel is quiet until ``quiet_until``, however long ago that is; ``next_due`` is never
before that, so that nothing else has to look at it. See `storage.outbox.next_due`.

A paper's folded words are filed in ``papers_folded``, which stores no text, so single rows cannot be removed from it: a
paper that is filed again gets a new row there, and ``papers.folded`` names the one that counts; it is empty until the
paper is filed. These rows are in the order of list days; see `storage.sqlite.paper_index`. ``paper_words`` has its
words, compressed. ``folding`` holds the version with which all of them were folded.

A subscription that was changed or resumed brings papers listed from ``counts_from`` on; others from ``created_at`` on.
While it has ``paused_at``, it brings none, and may be pending for as long.

``created_by`` is a person's name, ``created_by_id`` their id on the platform, empty if unknown. ``pause_told_at`` says
when people were notified of a pause; it is set before anything is sent.

The outbox is by far the largest table and is written in bursts, so it has few indexes and no foreign keys: a delivery
names the number of its subscription, which is never reused in its channel, and what was settled is counted in
``settled``. ``at_most`` is how many papers a message with this one may have, empty unless a larger one was refused.
What is claimed with others has a ``place`` among the papers of its digest, which are ``out_of`` so many, if it takes
several messages; or is in the ``rest_of`` the message with that key, which does not show it, but offers it. Both are
kept once it is delivered.

Keys of queries and deliveries are never given again (``AUTOINCREMENT``), since somebody may still hold one when its row
goes: papers are matched with queries before they are enqueued, and ``digest_last`` names a delivery. Channels are never
removed, and of papers the last one stays. Other keys are held by nobody from one transaction to the next.

``followed`` has the messages whose counts are followed for a week, as compressed JSON; ``followed_papers`` has the
counts that they show of each paper, and the counts from which on an edit is worth it (``…_from``). A paper has
``matched_at`` once its matches were enqueued for the first time; a delivery that is enqueued later is a
``second_chance``.

A gap is a time of which the database knows nothing, since it was restored from a copy made at ``since``; in the copy
itself, ``until`` is empty. See `storage.gaps`.

``people`` has the time zones of those whose platform does not know it, by their ids there.

``forgotten`` keeps the ids of old papers that were removed. See `storage.papers`.

``space`` has one row at most: the space of meaning, as `bot.matching.meaning` writes it. ``places`` has where papers
lie in it; one ``is_new`` if it was placed after the space was fitted.

``papers.listings`` is a JSON object with the day of the first list on which each source had the paper; ``list_day`` is
the earliest of these days, ``last_listed`` the latest, and ``unnamed_on`` the earliest of the sources that need not be
named, empty if there is none. A paper ``is_wanted`` once a query has matched it. ``queries.sources`` has the sources
that a query is about, with spaces between them; those that need not be named are the empty one. ``forgotten.source`` is
empty, or the one source for which alone the paper stays forgotten.

``saved`` has what people saved, with the paper as JSON. A channel is named there by its address, since nobody may ever
have subscribed in it; a ``person`` is named by their id on the platform, or their name if it gives none.

``opinions`` has what people think of papers, for each subscription that matched them then: the newest opinion alone.

``terms`` has the terms in each paper's title and keywords: ``kinds`` says how it names them, in bits; ``spelling`` is
empty where it is the term. ``uncounted`` has the papers whose terms are still to be found as they are now, and
``counting`` the version with which all others were. See `storage.vocabulary`.
"""

from __future__ import annotations

from storage.sqlite.migrations import first, later, meaning, sources, vocabulary, words
from storage.sqlite.migrations.steps import MIGRATIONS

__all__ = ["MIGRATIONS", "first", "later", "meaning", "sources", "vocabulary", "words"]

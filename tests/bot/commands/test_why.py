"""Why a paper was posted in a channel, or was not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.delivery.digests import next_digest
from bot.domain import Pause, Quiet, Receipt
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from bot.text.rich import pieces_of
from tests.bot.commands.front_desk import desk_of
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe

LATER = NOW + timedelta(minutes=1)


def why(stores: Stores, paper: str = "9901.00001", *, now: datetime = LATER) -> Reply:
    """The answer to /papers why."""
    desk = Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=9, now=lambda: now)
    return desk.reply(Invocation(HERE, "ada", "papers", f"why {paper}"))


def publish(stores: Stores) -> None:
    """List a paper about dancing robots today, and match it."""
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=lambda: NOW).match_papers()


def test_matches_are_quoted_with_their_field(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    [entry] = why(stores).entries
    assert (entry.text, entry.detail) == ("1. robots: matches", "“Walking Robots Learn to Dance” in the title")
    assert [piece.text for piece in pieces_of(entry.detail) if piece.bold] == ["Robots"]


def test_a_subscription_that_does_not_match_says_what_is_missing(stores: Stores) -> None:
    subscribe(stores, HERE, "violins AND upvotes>=20")
    subscribe(stores, HERE, "robots -dance")
    publish(stores)
    reply = why(stores)
    assert "none of this channel's subscriptions matches it" in reply.text
    assert [(entry.text, entry.detail) for entry in reply.entries] == [
        ("1. violins AND upvotes>=20: no match", "It doesn't mention “violins”; it has 0 of 20 votes."),
        ("2. robots -dance: no match", "It mentions “Dance” in its title, which is excluded."),
    ]


def test_a_paper_with_too_few_votes_says_how_long_it_is_watched(stores: Stores) -> None:
    subscribe(stores, HERE, "robots AND upvotes>=20")
    publish(stores)
    reply = why(stores)
    assert "It hasn't been posted here yet, but it may still come until 17 March 2026." in reply.text
    [entry] = reply.entries
    assert entry.text == "1. robots AND upvotes>=20: no match yet"
    assert entry.detail == "It has 0 of 20 votes; I'm watching it until 17 March 2026."
    [entry] = why(stores, now=NOW + timedelta(days=8)).entries
    assert (entry.text, entry.detail) == ("1. robots AND upvotes>=20: no match", "It has 0 of 20 votes.")


def test_a_paper_with_too_few_votes_from_before_the_subscription_is_not_watched(stores: Stores) -> None:
    subscribe(stores, HERE, "robots AND upvotes>=20", at=NOW + timedelta(days=1))
    publish(stores)
    assert why(stores, now=NOW + timedelta(days=1)).entries[0].text.endswith(": no match")


def test_a_paper_waiting_for_a_digest_says_when_that_is_in_the_channels_time_zone(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    schedule = "daily 08:30 Asia/Kolkata"
    stores.channels.set_schedule(HERE, schedule, next_digest(schedule, NOW), at=NOW)
    publish(stores)
    assert "It's waiting for the digest on 11 March 2026, 08:30 Asia/Kolkata." in why(stores).text


def test_a_paper_waiting_in_a_pause_says_who_paused_and_until_when(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    stores.channels.quieten(HERE, Quiet(NOW, NOW + timedelta(days=3), "Ben"))
    publish(stores)
    assert "It's waiting because Ben paused this channel until 13 March 2026, 12:00 UTC." in why(stores).text
    stores.channels.quieten(HERE, Quiet(NOW, None, "Ben"))
    assert "because Ben paused this channel until someone runs /papers resume." in why(stores).text


def test_a_paper_waiting_for_a_closed_channel_says_why_and_what_to_do(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    stores.channels.pause(HERE, Pause("the channel is archived", "unarchive it", NOW, LATER))
    reply = why(stores)
    assert "I haven't been able to post here since 10 March 2026, 12:00 UTC: the channel is archived." in reply.text
    assert reply.advice == "To fix this, unarchive it."


def test_a_paper_being_posted_says_so(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=40)
    assert "It is being posted here right now." in why(stores).text


def test_a_paper_that_was_dropped_says_so(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    stores.outbox.expire(enqueued_before=LATER, in_digests_before=LATER - timedelta(days=7), at=LATER)
    assert "dropped on 10 March 2026, 12:01 UTC because nothing could be posted here for too long" in why(stores).text


def test_a_subscription_that_was_changed_after_the_list_day_says_so(stores: Stores) -> None:
    subscribe(stores, HERE, "violins")
    publish(stores)
    tomorrow = NOW + timedelta(days=1)
    stores.subscriptions.change(HERE, 1, "robots", canonical="robots", since=tomorrow)
    [entry] = why(stores, now=tomorrow).entries
    assert entry.text == (
        "1. robots: matches, but this subscription was changed, resumed or moved here"
        " after it was listed (10 March 2026)"
    )


def test_a_paper_that_was_posted_says_when_and_links_to_the_message(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    claim = stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=40)
    assert claim is not None
    stores.outbox.deliver(claim, Receipt("1", "https://chat.example/1"), at=NOW)
    reply = why(stores)
    assert "It was posted here on 10 March 2026, 12:00 UTC." in reply.text
    assert NOW in [piece.at for piece in pieces_of(reply.text)]
    assert [link.url for link in reply.links] == ["https://chat.example/1"]


def fail(stores: Stores, *, times: int, uncertain: bool) -> None:
    """Let so many attempts to post the paper fail; the next one is in five minutes."""
    for _ in range(times):
        claim = stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=40)
        assert claim is not None
        stores.outbox.reschedule(claim, due_at=LATER, reason="Slack answered 503", uncertain=uncertain)
    claim = stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=40)
    assert claim is not None
    again = LATER + timedelta(minutes=5)
    stores.outbox.reschedule(claim, due_at=again, reason="Slack answered 503", uncertain=uncertain)


def test_a_waiting_paper_says_since_when_how_often_it_was_tried_and_when_it_is_again(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    assert "waiting to be posted since 10 March 2026, 12:00 UTC" in why(stores).text
    fail(stores, times=2, uncertain=False)
    assert why(stores).text.endswith(
        "Posting it has failed 3 times: Slack answered 503. I'll try again on 10 March 2026, 12:06 UTC."
    )


def test_a_paper_that_may_have_arrived_says_that_it_is_asked_for_first(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    fail(stores, times=0, uncertain=True)
    assert why(stores).text.endswith(
        "Posting it has failed once: Slack answered 503. I'll try again on 10 March 2026, 12:06 UTC,"
        " after asking Terminal whether it's already there."
    )


def test_a_paper_that_is_tried_once_more_right_now_says_what_went_wrong_before(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    fail(stores, times=1, uncertain=False)
    stores.outbox.claim(HERE, now=LATER + timedelta(minutes=9), flood_limit=20, digest_limit=40)
    assert why(stores).text.endswith("It is being posted here right now, after it failed twice: Slack answered 503.")


def test_a_paper_that_failed_before_a_pause_says_nothing_of_another_try(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    fail(stores, times=0, uncertain=False)
    stores.channels.quieten(HERE, Quiet(NOW, None, "Ben"))
    assert why(stores).text.endswith("Posting it has failed once: Slack answered 503.")


def test_a_paper_that_failed_says_why(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    publish(stores)
    claim = stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=40)
    assert claim is not None
    stores.outbox.fail(claim, reason="the message is too long", at=NOW)
    assert "It couldn't be posted here: the message is too long." in why(stores).text


def test_a_subscription_added_after_the_list_day_says_so(stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(list_day=TODAY - timedelta(days=1))), at=NOW)
    subscribe(stores, HERE, "robots")
    [entry] = why(stores).entries
    assert entry.text == "1. robots: matches, but you subscribed after it was listed (9 March 2026)"
    assert "it was listed on 9 March 2026, before this channel subscribed to it" in why(stores).text


@pytest.mark.parametrize(
    "argument", ["9901.00001", "https://huggingface.co/papers/9901.00001", "arxiv.org/abs/9901.00001v2", "<9901.00001>"]
)
def test_a_paper_is_named_by_its_id_or_any_link_that_contains_it(stores: Stores, argument: str) -> None:
    publish(stores)
    assert why(stores, argument).ok


OLDER = ["hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001v2", "https://doi.org/10.48550/arXiv.hep-th/9901001"]


@pytest.mark.parametrize("command", ["why", "show", "links", "abstract", "save", "like", "less"])
@pytest.mark.parametrize("named", OLDER)
def test_papers_of_before_april_2007_are_named_by_their_ids_and_links_too(
    stores: Stores, command: str, named: str
) -> None:
    stores.papers.save("sample", list_of(a_paper(id="hep-th/9901001")), at=NOW)
    reply = desk_of(stores).reply(Invocation(HERE, "ada", "papers", f"{command} {named}", person_id="U-ada"))
    assert "can't find" not in reply.text
    assert all("hep-th/9901001" in button.text for button in reply.buttons if button.label in {"Save", "Undo", "Why"})


@pytest.mark.parametrize("argument", ["", "9901.99999", "robots"])
def test_an_unknown_paper_is_refused_with_a_repair(stores: Stores, argument: str) -> None:
    reply = why(stores, argument)
    assert not reply.ok
    assert reply.advice

"""/papers pause and resume for single subscriptions."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.commands.desk import Desk
from bot.commands.pause_subscription import counts_again_from
from bot.domain import Quiet, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import HERE, NOW, a_paper, list_of, subscribe

LAST_WEEK = NOW - timedelta(days=9)


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk whose channel has three subscriptions: robots, teapots and violins."""
    for query in ("robots", "teapots", "violins"):
        subscribe(stores, HERE, query, at=LAST_WEEK)
    return desk_of(stores)


def paused(stores: Stores) -> list[int]:
    """The numbers of the channel's paused subscriptions."""
    return [one.number for one in stores.subscriptions.of(HERE) if one.is_paused]


def press(desk: Desk, button: Button) -> Reply:
    """Press a button."""
    return say(desk, f"/{button.command} {button.text}")


def button(reply: Reply, label: str) -> Button:
    """The reply's button with that label."""
    [found] = [button for button in reply.buttons if button.label == label]
    return found


def completions(desk: Desk, typed: str) -> list[str]:
    """What may be typed instead."""
    return [choice.text for choice in asyncio.run(desk.suggest(Invocation(HERE, "ada", "papers", typed)))]


def test_a_paused_subscription_says_what_becomes_of_its_papers_and_is_announced(desk: Desk, stores: Stores) -> None:
    reply = say(desk, "/papers pause subscription 2")
    assert reply.text == (
        "Paused subscription 2 (teapots). It brings nothing until someone resumes it,"
        " and papers listed in the meantime won't come later."
    )
    assert reply.announcement == "ada paused the subscription “teapots”."
    assert paused(stores) == [2]
    assert stores.channels.get(HERE) is not None
    assert "Paused" not in say(desk, "/subscriptions").text


def test_a_resumed_subscription_says_what_comes_again_and_is_announced(desk: Desk, stores: Stores) -> None:
    say(desk, "/papers pause subscription 2")
    reply = say(desk, "/papers resume subscription 2")
    assert reply.text == "Resumed subscription 2 (teapots). Papers listed today or later come again."
    assert reply.announcement == "ada resumed the subscription “teapots”."
    assert paused(stores) == []


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("subscription 2", [2]),
        ("Subscription #2", [2]),
        ("sub 2", [2]),
        ("the subscription teapots", [2]),
        ("subscriptions 1, 3", [1, 3]),
        ("subs 2-3", [2, 3]),
        ("#2", [2]),
        ("no. 2", [2]),
        ("number 2", [2]),
        ("numbers 2 and 3", [2, 3]),
        ("Teapots", [2]),
        ('"teapots" or violins', []),
    ],
)
def test_a_subscription_is_named_as_people_do(desk: Desk, stores: Stores, typed: str, numbers: list[int]) -> None:
    say(desk, f"/papers pause {typed}")
    assert paused(stores) == numbers
    say(desk, f"/papers resume {typed}")
    assert paused(stores) == []


def test_a_number_alone_resumes_that_subscription(desk: Desk, stores: Stores) -> None:
    say(desk, "/papers pause subscription 2")
    say(desk, "/papers resume 2")
    assert paused(stores) == []


def test_a_number_alone_may_be_a_subscription_or_a_length_of_a_pause(desk: Desk, stores: Stores) -> None:
    reply = say(desk, "/papers pause 2")
    assert (reply.ok, reply.text) == (False, "Do you mean subscription 2 (teapots), 2 hours or 2 days?")
    assert paused(stores) == []
    assert "until 10 March 2026, 14:00 UTC" in press(desk, button(reply, "2 hours")).text
    assert "until 12 March 2026, 12:00 UTC" in press(desk, button(reply, "2 days")).text
    press(desk, button(reply, "Subscription 2"))
    assert paused(stores) == [2]


def test_a_number_that_no_subscription_has_is_a_length_without_a_unit(desk: Desk) -> None:
    assert say(desk, "/papers pause 7").text == "How long? For example 12h, 3d or 2w."


@pytest.mark.parametrize("typed", ["all", "everything", "all subscriptions", "this channel"])
def test_all_subscriptions_together_are_the_channel(desk: Desk, stores: Stores, typed: str) -> None:
    assert say(desk, f"/papers pause {typed}").announcement.startswith("ada paused papers here until someone")
    assert paused(stores) == []
    assert say(desk, f"/papers resume {typed}").announcement == "ada resumed papers here."


@pytest.mark.parametrize("typed", ["subscription 2 for 3d", "subscription 2 3d", "teapots until monday", "#2 2 weeks"])
def test_a_subscription_has_no_pause_with_an_end(desk: Desk, stores: Stores, typed: str) -> None:
    reply = say(desk, f"/papers pause {typed}")
    assert (reply.ok, reply.text) == (False, "A single subscription is paused until someone resumes it.")
    assert paused(stores) == []
    press(desk, button(reply, "Pause teapots"))
    assert paused(stores) == [2]


@pytest.mark.parametrize("word", ["pause", "resume"])
def test_a_subscription_that_is_not_there_is_refused_with_a_repair(desk: Desk, stores: Stores, word: str) -> None:
    numbered, quoted = say(desk, f"/papers {word} subscription 7"), say(desk, f"/papers {word} subscription drums")
    assert numbered.text == "This channel has no subscription 7."
    assert numbered.advice == "/subscriptions lists them with their numbers."
    assert quoted.text == "This channel has no subscription “drums”."
    assert f"/papers {word} alone is for the whole channel." in quoted.advice
    assert button(quoted, f"{word.capitalize()} the whole channel") == Button(
        f"{word.capitalize()} the whole channel", "papers", word
    )
    assert paused(stores) == []


def test_where_none_is_named_those_that_it_can_be_are_buttons(desk: Desk) -> None:
    reply = say(desk, "/papers pause subscription")
    assert (reply.ok, reply.text) == (False, "Which subscription should I pause?")
    assert [button.label for button in reply.buttons] == ["Pause robots", "Pause teapots", "Pause violins"]
    press(desk, button(reply, "Pause violins"))
    assert [button.label for button in say(desk, "/papers resume subscription").buttons] == ["Resume violins"]


def test_one_that_is_paused_already_says_who_did_it_and_is_not_announced(desk: Desk, stores: Stores) -> None:
    stores.subscriptions.pause(HERE, 2, by="Ben", at=NOW - timedelta(days=3))
    reply = say(desk, "/papers pause subscription 2")
    assert reply.text == "Subscription 2 (teapots): already paused by Ben since 7 March 2026."
    assert (reply.ok, reply.announcement) == (True, "")
    press(desk, button(reply, "Resume subscription 2"))
    assert paused(stores) == []


def test_one_that_is_not_paused_says_so_and_is_not_announced(desk: Desk) -> None:
    reply = say(desk, "/papers resume subscription 2")
    assert (reply.text, reply.announcement) == ("Subscription 2 (teapots) isn't paused.", "")


def test_of_several_those_that_change_are_announced(desk: Desk) -> None:
    say(desk, "/papers pause subscription 2")
    reply = say(desk, "/papers pause subscriptions 1-3")
    changed, known = reply.text.splitlines()
    assert changed.startswith("Paused subscriptions 1 (robots) and 3 (violins). They bring nothing until")
    assert known == "Subscription 2 (teapots): already paused by ada since 10 March 2026."
    assert reply.announcement == "ada paused the subscriptions “robots” and “violins”."


def test_undo_restores_what_was_changed_and_nothing_else(desk: Desk, stores: Stores) -> None:
    say(desk, "/papers pause subscription 2")
    pausing = say(desk, "/papers pause subscriptions 1, 2, 3")
    press(desk, button(pausing, "Undo"))
    assert paused(stores) == [2]
    press(desk, button(say(desk, "/papers resume subscription 2"), "Undo"))
    assert paused(stores) == [2]


def test_very_many_are_paused_in_a_reply_that_names_a_few(stores: Stores) -> None:
    for number in range(1, 100):
        subscribe(stores, HERE, f"{'robots ' * 60}{number}")
    reply = say(desk_of(stores), "/papers pause subscriptions 1-99")
    assert "and 94 more" in reply.text
    assert len(reply.text) < 1_000
    assert len(paused(stores)) == 99


def test_in_a_paused_channel_resuming_a_subscription_says_that_the_channel_is_paused(
    desk: Desk, stores: Stores
) -> None:
    say(desk, "/papers pause subscription 2")
    stores.channels.quieten(HERE, Quiet(NOW, NOW + timedelta(days=3), "Ben"))
    reply = say(desk, "/papers resume subscription 2")
    assert reply.text.splitlines()[1] == "The channel itself is paused until 13 March 2026, 12:00 UTC."
    assert press(desk, button(reply, "Resume the channel")).announcement == "ada resumed papers here."


def test_resuming_the_channel_leaves_its_paused_subscriptions_and_offers_them(desk: Desk, stores: Stores) -> None:
    say(desk, "/papers pause subscription 2")
    reply = say(desk, "/papers resume")
    assert reply.text.endswith("Still paused: subscription 2 (teapots).")
    assert paused(stores) == [2]
    press(desk, button(reply, "Resume subscription 2"))
    assert paused(stores) == []


def test_only_what_can_be_paused_or_resumed_is_completed(desk: Desk) -> None:
    say(desk, "/papers pause subscription 2")
    assert completions(desk, "pause subs") == ["subscription 1", "subscription 3"]
    assert completions(desk, "pause viol") == ["subscription 3"]
    assert completions(desk, "resume ") == ["subscription 2"]


def test_where_admins_decide_others_pause_nothing(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    desk = desk_of(stores, who="admins")
    assert not say(desk, "/papers pause subscription 1").ok
    assert paused(stores) == []
    assert say(desk, "/papers pause subscription 1", is_admin=True).ok
    assert not say(desk, "/papers resume subscription 1").ok
    assert paused(stores) == [1]


@pytest.mark.parametrize(
    ("since", "paused_at", "counts_from"),
    [
        (LAST_WEEK, NOW - timedelta(days=1), NOW),
        (LAST_WEEK, NOW - timedelta(hours=2), NOW - timedelta(days=7)),
        (NOW - timedelta(days=2), NOW - timedelta(hours=2), NOW - timedelta(days=2)),
    ],
)
def test_a_subscription_counts_from_its_resuming_unless_it_was_paused_that_day(
    since: datetime, paused_at: datetime, counts_from: datetime
) -> None:
    subscription = Subscription(HERE, 1, "robots", since, "ada", paused_at=paused_at, paused_by="ada")
    assert counts_again_from(subscription, NOW) == counts_from


class TestOtherCommands:
    """What other commands say of a paused subscription."""

    def test_the_list_says_who_paused_it_and_when(self, desk: Desk) -> None:
        say(desk, "/papers pause subscription 2")
        lines = [entry.text + entry.detail for entry in say(desk, "/subscriptions").entries]
        assert ["paused by ada since 10 March 2026" in line for line in lines] == [False, True, False]

    def test_the_status_names_it(self, desk: Desk) -> None:
        assert "Paused" not in say(desk, "/papers status").text
        say(desk, "/papers pause subscription 2")
        assert say(desk, "/papers status").text.endswith("Paused: subscription 2 (teapots).")

    def test_its_query_is_taken_and_is_offered_again(self, desk: Desk, stores: Stores) -> None:
        say(desk, "/papers pause subscription 2")
        reply = say(desk, "/subscribe Teapots")
        assert reply.text == ("This channel is already subscribed to Teapots (number 2). That subscription is paused.")
        press(desk, button(reply, "Resume"))
        assert paused(stores) == []

    def test_so_is_one_that_another_is_changed_to(self, desk: Desk) -> None:
        say(desk, "/papers pause subscription 2")
        reply = say(desk, "/papers change 1 teapots")
        assert reply.text.endswith("(number 2). That subscription is paused.")

    def test_a_changed_one_stays_paused_and_says_so(self, desk: Desk, stores: Stores) -> None:
        say(desk, "/papers pause subscription 2")
        reply = say(desk, "/papers change 2 kettles")
        assert reply.text.endswith("It is still paused.")
        assert paused(stores) == [2]
        press(desk, button(reply, "Resume"))
        assert paused(stores) == []

    def test_a_removed_one_comes_back_by_a_button_that_does_not_promise_its_pause(self, desk: Desk) -> None:
        say(desk, "/papers pause subscription 2")
        alone = say(desk, "/unsubscribe 2")
        assert [one.label for one in alone.buttons] == ["Subscribe to 2 again"]
        press(desk, alone.buttons[0])
        say(desk, "/papers pause subscription 1")
        several = say(desk, "/unsubscribe 1, 3")
        assert [one.label for one in several.buttons][:2] == ["Subscribe to 1 again", "Undo 3"]

    def test_it_is_no_reason_not_to_subscribe_to_something_narrower(self, desk: Desk, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper(title="Teapots in orbit", abstract="")), at=NOW)
        covered = "Subscription 2 (teapots) brings all of these already."
        assert covered in say(desk, "/subscribe teapots in orbit").text
        say(desk, "/unsubscribe teapots in orbit")
        say(desk, "/papers pause subscription 2")
        assert covered not in say(desk, "/subscribe teapots in orbit").text

    def test_its_papers_do_not_wait_in_a_pause_of_the_channel(self, desk: Desk, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper(title="Teapots", abstract="")), at=NOW)
        assert "The last 30 days brought 1 paper" in say(desk, "/papers pause").text
        say(desk, "/papers pause subscription 2")
        assert "The last 30 days brought" not in say(desk, "/papers pause").text

    def test_it_needs_no_narrower_form(self, desk: Desk, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper(title="Teapots", abstract="")), at=NOW)
        say(desk, "/papers pause subscription 2")
        reply = say(desk, "/papers less 9901.00001")
        assert "Only a paused subscription matches it, so nothing like it comes now." in reply.text
        assert reply.entries == ()

    def test_a_paper_that_only_a_paused_one_matches_was_not_posted_for_that_reason(
        self, desk: Desk, stores: Stores
    ) -> None:
        stores.papers.save("sample", list_of(a_paper(title="Teapots", abstract="")), at=NOW)
        say(desk, "/papers pause subscription 2")
        reply = say(desk, "/papers why 9901.00001")
        assert reply.text == "Teapots\nIt wasn't posted here: only a paused subscription matches it."
        assert reply.entries[1].text == "2. teapots: matches, but paused by ada since 10 March 2026"

    def test_a_paper_that_waits_for_a_paused_one_says_that_it_may_not_come(self, desk: Desk, stores: Stores) -> None:
        paper = a_paper(title="Teapots", abstract="")
        stores.papers.save("sample", list_of(paper), at=NOW)
        stores.outbox.enqueue_first(stores.subscriptions.of(HERE)[1], [paper.id], at=NOW)
        say(desk, "/papers pause subscription 2")
        assert say(desk, "/papers why 9901.00001").text.endswith(
            "Only a paused subscription matches it: unless that is resumed by then, it won't be posted."
        )

    def test_a_paper_on_its_way_to_votes_is_not_watched_for_it(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots AND upvotes>=20")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        desk = desk_of(stores)
        assert "may still come" in say(desk, "/papers why 9901.00001").text
        say(desk, "/papers pause subscription 1")
        assert "may still come" not in say(desk, "/papers why 9901.00001").text

    def test_a_channel_that_is_joined_learns_that_it_is_paused(self, desk: Desk) -> None:
        say(desk, "/papers pause subscription 2")
        greeting = asyncio.run(desk.joined(HERE))
        assert greeting is not None
        assert [entry.detail for entry in greeting.entries] == ["", "paused by ada since 10 March 2026", ""]

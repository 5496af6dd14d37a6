"""/papers digest, pause and resume."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.desk import Desk
from bot.domain import Pause
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.ports.stores import Stores
from bot.text.rich import pieces_of
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import HERE, NOW, a_paper, list_of, query_ids, subscribe


def press(desk: Desk, button: Button) -> Reply:
    """Press a button."""
    return desk.reply(Invocation(HERE, "ada", button.command, button.text))


def button(reply: Reply, label: str) -> Button:
    """The reply's button with that label."""
    [found] = [button for button in reply.buttons if button.label == label]
    return found


def let_a_paper_wait(stores: Stores) -> None:
    """Enqueue a paper for the channel."""
    subscribe(stores, HERE, "*")
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    [query] = query_ids(stores)
    stores.outbox.enqueue({"9901.00001": [query]}, at=NOW)


def due_at(stores: Stores) -> datetime | None:
    """When the channel's next message is due."""
    return stores.outbox.next_due(platforms=["terminal"])


def test_a_new_schedule_is_confirmed_in_words_and_announced(desk: Desk, stores: Stores) -> None:
    reply = say(desk, "/papers digest daily 9:00 europe/berlin")
    assert (
        reply.text
        == "Papers are posted as a digest every day at 09:00 (Europe/Berlin). Next: 11 March 2026, 09:00 Europe/Berlin."
    )
    assert (
        reply.announcement == "ada changed how papers are posted here: as a digest every day at 09:00 (Europe/Berlin)."
    )
    channel = stores.channels.get(HERE)
    assert channel is not None
    assert (channel.schedule, channel.digest_due) == ("daily 09:00 Europe/Berlin", datetime(2026, 3, 11, 8, tzinfo=UTC))


def test_the_moment_of_the_next_digest_is_in_its_time_zone_or_the_readers_own(desk: Desk) -> None:
    reply = say(desk, "/papers digest daily 23:30 Pacific/Honolulu")
    assert reply.text.endswith("Next: 10 March 2026, 23:30 Pacific/Honolulu.")
    assert [piece.at for piece in pieces_of(reply.text) if piece.at] == [datetime(2026, 3, 11, 9, 30, tzinfo=UTC)]


def test_without_an_argument_the_present_schedule_is_shown(desk: Desk) -> None:
    assert say(desk, "/papers digest").text == "Papers are posted as soon as they are found."
    say(desk, "/papers digest weekly mon 09:00 even if empty")
    assert say(desk, "/papers digest").text == (
        "Papers are posted as a digest every Monday at 09:00 (UTC), even if there is nothing new."
        " Next: 16 March 2026, 09:00 UTC."
    )


def test_undo_restores_the_schedule_from_before(desk: Desk, stores: Stores) -> None:
    first = say(desk, "/papers digest daily 09:00 Europe/Berlin")
    second = say(desk, "/papers digest instant")
    assert second.announcement == "ada changed how papers are posted here: as soon as they are found."
    press(desk, button(second, "Undo"))
    channel = stores.channels.get(HERE)
    assert channel is not None
    assert channel.schedule == "daily 09:00 Europe/Berlin"
    press(desk, button(first, "Undo"))
    channel = stores.channels.get(HERE)
    assert channel is not None
    assert channel.schedule == ""


def test_the_same_schedule_again_changes_nothing_and_tells_nobody(desk: Desk) -> None:
    say(desk, "/papers digest daily 09:00")
    reply = say(desk, "/papers digest DAILY 9:00 UTC")
    assert reply.text.startswith("Nothing changed. Papers are posted as a digest every day at 09:00 (UTC)")
    assert (reply.announcement, reply.buttons) == ("", ())


def test_a_mistake_in_a_schedule_is_refused_with_a_repair_and_changes_nothing(desk: Desk, stores: Stores) -> None:
    reply = say(desk, "/papers digest daily 09:00 Berlni")
    assert not reply.ok
    assert reply.advice == "Did you mean Europe/Berlin?"
    assert stores.channels.get(HERE) is None
    assert "every day at 09:00 (Europe/Berlin)" in press(desk, button(reply, "daily 09:00 Europe/Berlin")).text


def test_a_time_without_a_zone_is_by_the_clock_of_who_types_it(desk: Desk) -> None:
    reply = desk.reply(Invocation(HERE, "ada", "papers", "digest 9am", time_zone="Asia/Tokyo"))
    assert "every day at 09:00 (Asia/Tokyo)." in reply.text
    assert reply.advice == ""


@pytest.mark.parametrize("unknown", ["", "Mars/Olympus", "../../etc/passwd"])
def test_where_their_zone_is_unknown_it_is_that_of_the_setting(stores: Stores, unknown: str) -> None:
    desk = replace(desk_of(stores), time_zone="Europe/Paris")
    reply = desk.reply(Invocation(HERE, "ada", "papers", "digest 9am", time_zone=unknown))
    assert "every day at 09:00 (Europe/Paris)" in reply.text
    assert reply.advice == "To use your own time zone: /papers digest daily 09:00 Europe/Berlin"


def test_the_example_of_a_zone_keeps_the_schedule(desk: Desk) -> None:
    reply = say(desk, "/papers digest mondays 17:30")
    assert reply.advice == "To use your own time zone: /papers digest weekly mon 17:30 Europe/Berlin"


def test_a_pause_ends_by_the_clock_of_who_types_it(desk: Desk) -> None:
    reply = desk.reply(Invocation(HERE, "ada", "papers", "pause until monday", time_zone="Asia/Tokyo"))
    assert reply.text.startswith("Paused until 16 March 2026, 00:00 Asia/Tokyo.")


def test_a_length_that_may_be_minutes_or_months_is_asked_about(desk: Desk, stores: Stores) -> None:
    reply = say(desk, "/papers pause 3m")
    assert (reply.ok, reply.text) == (False, "Do you mean 3 minutes or 3 months?")
    assert press(desk, button(reply, "3 minutes")).text.startswith("Paused until 10 March 2026, 12:03 UTC.")
    assert stores.channels.get(HERE) is not None


def test_an_end_that_may_be_two_days_is_asked_about(desk: Desk) -> None:
    reply = say(desk, "/papers pause until 4/5")
    assert reply.text == "“until 4/5” can mean 4 May 2026 or 5 April 2026."
    assert press(desk, button(reply, "Until 4 May 2026")).text.startswith("Paused until 4 May 2026, 00:00 UTC.")


def test_a_pause_says_how_many_papers_will_wait_and_how_many_will_be_dropped(desk: Desk, stores: Stores) -> None:
    let_a_paper_wait(stores)
    papers = [a_paper(id=f"9901.1{number:04}", title=f"Paper {number}") for number in range(29)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    text = say(desk, "/papers pause 3d").text
    assert text.endswith("are posted afterwards. Going by the last 30 days, about 3 papers will wait.")
    assert say(desk, "/papers pause 2w").text.endswith("about 7 papers will wait, and 7 will be dropped.")
    assert say(desk, "/papers pause 1h").text.endswith("Going by the last 30 days, probably none will wait.")
    for endless in ("/papers pause", "/papers pause for now"):
        assert say(desk, endless).text.endswith("The last 30 days brought 30 papers, about 1 a day.")


def test_waiting_papers_follow_the_new_schedule(desk: Desk, stores: Stores) -> None:
    let_a_paper_wait(stores)
    say(desk, "/papers digest daily 09:00")
    assert due_at(stores) == datetime(2026, 3, 11, 9, tzinfo=UTC)
    say(desk, "/papers digest instant")
    assert due_at(stores) == NOW


def test_a_new_subscription_can_be_made_a_digest_where_papers_come_at_once(desk: Desk) -> None:
    reply = say(desk, "/subscribe robots")
    assert "every day at 09:00 (UTC)" in press(desk, button(reply, "Make it a digest")).text
    assert [button.label for button in say(desk, "/subscribe dance").buttons] == ["Undo"]


@pytest.mark.parametrize(
    ("length", "until"),
    [
        ("3d", "13 March 2026, 12:00 UTC"),
        ("12h", "11 March 2026, 00:00 UTC"),
        ("2 Weeks", "24 March 2026, 12:00 UTC"),
        ("1 day", "11 March 2026, 12:00 UTC"),
        ("90 minutes", "10 March 2026, 13:30 UTC"),
        ("a week", "17 March 2026, 12:00 UTC"),
        ("for 3 days", "13 March 2026, 12:00 UTC"),
        ("until monday", "16 March 2026, 00:00 UTC"),
        ("tomorrow", "11 March 2026, 00:00 UTC"),
        ("until friday 9am", "13 March 2026, 09:00 UTC"),
        ("until 24 Dec", "24 December 2026, 00:00 UTC"),
    ],
)
def test_a_pause_ends_after_its_length(desk: Desk, stores: Stores, length: str, until: str) -> None:
    let_a_paper_wait(stores)
    reply = say(desk, f"/papers pause {length}")
    assert reply.text.startswith(f"Paused until {until}.")
    assert reply.announcement == f"ada paused papers here until {until}."
    assert due_at(stores) is not None
    assert due_at(stores) != NOW


def test_a_pause_without_a_length_lasts_until_someone_resumes(desk: Desk, stores: Stores) -> None:
    let_a_paper_wait(stores)
    reply = say(desk, "/papers pause")
    assert reply.text.startswith("Paused until someone runs /papers resume.")
    assert due_at(stores) is None
    assert say(desk, "/papers resume").announcement == "ada resumed papers here."
    assert due_at(stores) == NOW


def test_a_pause_says_what_becomes_of_papers_that_wait_too_long(desk: Desk) -> None:
    assert "any that wait longer than 7 days are dropped" in say(desk, "/papers pause").text
    say(desk, "/papers digest weekly mon 09:00")
    assert "any that wait longer than 14 days are dropped" in say(desk, "/papers pause").text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        *((wrong, "How long? For example 12h, 3d or 2w.") for wrong in "0d -1d soon 3 d 3dd".split()),
        ("3 moons", "How long? For example 12h, 3d or 2w."),
        *((long, "A pause can last at most 365 days.") for long in ("366d", "8761h", "2 years", "until 1 Mar 2028")),
    ],
)
def test_a_mistake_in_a_length_is_refused_with_a_repair(desk: Desk, stores: Stores, length: str, text: str) -> None:
    reply = say(desk, f"/papers pause {length}")
    assert not reply.ok
    assert reply.text == text
    assert "Leave it out to pause until someone runs /papers resume." in reply.advice
    assert stores.channels.get(HERE) is None


@pytest.mark.parametrize("ended", ["off", "Stop", "end"])
def test_a_pause_is_ended_by_a_button_if_the_word_is_another(desk: Desk, ended: str) -> None:
    say(desk, "/papers pause 3d")
    reply = say(desk, f"/papers pause {ended}")
    assert (reply.ok, reply.text) == (False, "To end a pause, use /papers resume.")
    assert press(desk, button(reply, "Resume")).text.startswith("Resumed.")


@pytest.mark.parametrize("past", ["until yesterday", "until 1 Jan 2020", "2026-03-01"])
def test_a_pause_does_not_end_in_the_past(desk: Desk, past: str) -> None:
    reply = say(desk, f"/papers pause {past}")
    assert not reply.ok
    assert reply.text.endswith("has passed.")


@pytest.mark.parametrize(("before", "undo"), [("", "resume"), ("3d", "pause 72h"), (" ", "pause")])
def test_undo_restores_the_pause_from_before(desk: Desk, before: str, undo: str) -> None:
    if before:
        say(desk, f"/papers pause {before}")
    assert button(say(desk, "/papers pause 1w"), "Undo").text == undo


def test_undoing_a_resume_restores_the_rest_of_the_pause(desk: Desk, stores: Stores) -> None:
    say(desk, "/papers pause 3d")
    before = stores.channels.get(HERE)
    press(desk, button(say(desk, "/papers resume"), "Undo"))
    assert stores.channels.get(HERE) == before


def test_resuming_a_channel_that_is_not_paused_says_so(desk: Desk) -> None:
    reply = say(desk, "/papers resume")
    assert reply.text == "This channel isn't paused. Papers are posted as soon as they are found."
    assert (reply.announcement, reply.buttons) == ("", ())


def test_resuming_tries_a_closed_channel_at_once(desk: Desk, stores: Stores) -> None:
    let_a_paper_wait(stores)
    stores.channels.pause(HERE, Pause("the channel is archived", "unarchive it", NOW, NOW + timedelta(hours=1)))
    reply = say(desk, "/papers resume")
    assert reply.text.startswith("I couldn't post here because the channel is archived. I'm trying again now.")
    assert reply.advice == "To fix this, unarchive it."
    assert due_at(stores) == NOW


@pytest.mark.parametrize("command", ["/subscriptions", "/papers status"])
def test_the_list_and_the_status_show_schedule_and_pause(desk: Desk, command: str) -> None:
    assert "Papers are posted as soon as they are found." in say(desk, command).text
    say(desk, "/papers digest weekdays 09:00")
    say(desk, "/papers pause 3d")
    text = say(desk, command).text
    assert "Papers are posted as a digest every weekday at 09:00 (UTC)" in text
    assert "Paused by ada until 13 March 2026, 12:00 UTC." in text
    say(desk, "/papers resume")
    assert "Paused" not in say(desk, command).text


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("digest ", "daily 09:00"),
        ("digest we", "weekly mon 09:00"),
        ("digest daily 09:00 berl", "daily 09:00 Europe/Berlin"),
        ("pause ", "3d"),
        ("digest 9am berlin", "daily 09:00 Europe/Berlin"),
        ("digest mondays 5pm", "weekly mon 17:00 UTC"),
        ("pause 2", "2w"),
        ("pause until friday", "until friday"),
    ],
)
def test_schedules_and_lengths_are_completed(desk: Desk, typed: str, offered: str) -> None:
    choices = asyncio.run(desk.suggest(Invocation(HERE, "ada", "papers", typed)))
    assert offered in [choice.text for choice in choices]
    assert len(choices) <= 25


def test_a_mistake_in_a_schedule_has_no_completions(desk: Desk) -> None:
    assert asyncio.run(desk.suggest(Invocation(HERE, "ada", "papers", "digest hourly 09:00 be"))) == []

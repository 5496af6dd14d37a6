"""What a channel with digests, or a channel that people paused, gets and when."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.delivery.retry_and_expiry import KEPT_FOR, LONGEST_PAUSE, SHORTEST_PAUSE
from bot.domain import Quiet
from bot.domain.messages import Digest
from bot.errors import Uncertain
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, a_paper, list_of, subscribe


def test_a_digest_comes_in_its_schedule_and_brings_everything_in_one_message(office: Office) -> None:
    office.set_schedule("daily 09:00 Europe/Berlin")
    office.list_papers("Robots One", "Robots Two")
    assert office.deliver_by_the_hour(20) == ["11 Mar 08:00 2 papers · Tuesday 10 March"]


def test_digests_follow_local_time(office: Office) -> None:
    office.set_schedule("daily 09:00 Europe/Berlin")
    office.clock.time = datetime(2026, 3, 28, 0, tzinfo=UTC)
    shown = []
    for number in range(3):
        office.list_papers(f"Robots {number}", f"Robots {number} again", first=10 * number)
        shown += office.deliver_by_the_hour(24)
    assert shown == [
        "28 Mar 01:00 2 papers · Saturday 28 March",  # missed since 11 March: late, but once
        "29 Mar 07:00 2 papers · Sunday 29 March",
        "30 Mar 07:00 2 papers · Monday 30 March",
    ]


def test_what_comes_in_while_a_digest_is_posted_waits_for_the_next(office: Office) -> None:
    office.set_schedule("daily 13:00")
    office.list_papers("Robots One", "Robots Two")
    office.clock.pass_(timedelta(hours=1))
    office.board.faults.append(Uncertain("the connection broke"))
    office.deliver()
    office.list_papers("Robots Three", first=3)
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.shown == ["2 papers · Tuesday 10 March"]
    assert office.deliver_by_the_hour(24) == ["11 Mar 13:00 Robots Three"]


def test_a_digest_whose_answer_was_lost_comes_once(office: Office) -> None:
    office.set_schedule("daily 13:00")
    office.list_papers("Robots One", "Robots Two")
    office.board.lost_answers.append(Uncertain("the connection broke"))
    assert office.deliver_by_the_hour(30) == ["10 Mar 13:00 2 papers · Tuesday 10 March"]
    assert office.stores.outbox.counts()["delivered"] == 2


def test_more_papers_than_a_message_holds_come_in_several_at_once(office: Office) -> None:
    office.set_schedule("daily 13:00")
    office.list_papers(*(f"Robots {number}" for number in range(23)))
    assert office.deliver_by_the_hour(24) == [
        "10 Mar 13:00 Papers 1–10 of 23 · Tuesday 10 March",
        "10 Mar 13:00 Papers 11–20 of 23 · Tuesday 10 March",
        "10 Mar 13:00 Papers 21–23 of 23 · Tuesday 10 March",
    ]


def test_a_digest_of_several_messages_has_the_best_papers_first(office: Office) -> None:
    office.set_schedule("daily 13:00")
    papers = [a_paper(id=f"9901.{n:05}", title=f"Robots {n}", upvotes=n) for n in range(23)]
    office.stores.papers.save("sample", list_of(*papers), at=NOW)
    Matcher(office.stores, Glossary(office.stores.papers), now=office.clock).match_papers()
    office.deliver_by_the_hour(24)
    votes = [[card.upvotes for card in digest.cards] for _, _, digest in office.board.posted]  # type: ignore[union-attr]
    assert votes == [list(range(22, 12, -1)), list(range(12, 2, -1)), [2, 1, 0]]


def test_an_empty_digest_is_not_posted(office: Office) -> None:
    office.set_schedule("daily 13:00")
    assert office.deliver_by_the_hour(50) == []
    office.list_papers("Robots One")
    assert office.deliver_by_the_hour(24) == ["13 Mar 13:00 Robots One"]


def test_an_empty_digest_is_posted_where_it_is_wanted(office: Office) -> None:
    office.set_schedule("daily 13:00 even if empty")
    assert office.deliver_by_the_hour(48) == ["10 Mar 13:00 No new papers.", "11 Mar 13:00 No new papers."]


def test_an_empty_digest_that_nobody_can_post_is_given_up_like_any_other(office: Office) -> None:
    office.set_schedule("daily 13:00 even if empty")
    office.clock.pass_(timedelta(hours=1))
    for _ in range(3):
        office.board.faults.append(KeyError("surprise"))
        office.deliver()
        office.clock.pass_(LONGEST_PAUSE)
    assert office.deliver_by_the_hour(24) == ["11 Mar 13:45 No new papers."]


def test_a_weekly_digest_keeps_all_of_its_week_even_if_it_is_late(office: Office) -> None:
    office.set_schedule("weekly tue 13:00")
    office.deliver_by_the_hour(2)
    office.list_papers("Robots One", "Robots Two")
    office.clock.pass_(timedelta(days=7, hours=5))
    asyncio.run(office.courier.expire())
    office.deliver()
    assert office.shown == ["2 papers · Tuesday 10 March"]


def test_nothing_comes_in_a_pause_and_everything_afterwards(office: Office) -> None:
    office.stores.channels.quieten(HERE, Quiet(NOW, NOW + timedelta(days=2), "ada"))
    office.list_papers("Robots One", "Robots Two")
    assert office.deliver_by_the_hour(50) == ["12 Mar 12:00 Robots One", "12 Mar 12:00 Robots Two"]


def test_many_papers_that_waited_in_a_pause_come_as_a_digest(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    office = Office(stores, flood_limit=2)
    stores.channels.quieten(HERE, Quiet(NOW, NOW + timedelta(days=2), "ada"))
    office.list_papers("Robots One", "Robots Two", "Robots Three")
    assert office.deliver_by_the_hour(50) == ["12 Mar 12:00 3 papers · Tuesday 10 March"]


def test_papers_that_wait_too_long_in_a_pause_are_dropped_and_counted(office: Office) -> None:
    office.stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
    office.list_papers("Robots One")
    office.clock.pass_(KEPT_FOR + timedelta(seconds=1))
    asyncio.run(office.courier.expire())
    office.stores.channels.wake_up(HERE, office.clock())
    office.deliver()
    assert office.shown == []
    assert office.stores.outbox.counts()["expired"] == 1


def test_a_message_of_a_digest_that_is_found_after_a_crash_is_the_one_that_was_posted(office: Office) -> None:
    office.set_schedule("daily 13:00")
    office.list_papers(*(f"Robots {number}" for number in range(23)))
    office.board.lost_answers.append(Uncertain("no answer"))
    office.clock.pass_(timedelta(hours=1))
    office.deliver()
    office.stores.outbox.release()
    office.list_papers("Robots Late", first=99)
    office.clock.pass_(LONGEST_PAUSE)
    office.deliver()
    headlines = [message.headline for _, _, message in office.board.posted if isinstance(message, Digest)]
    assert headlines == [f"Papers {part} of 23 · Tuesday 10 March" for part in ("1–10", "11–20", "21–23")]
    grown = [a_paper(id=f"9901.{number:05}", title=f"Robots {number - 1}", upvotes=50) for number in range(1, 24)]
    office.stores.papers.save("sample", list_of(*grown), at=office.clock())
    later = office.clock() + timedelta(hours=2)
    followed = [edit.message for edit in office.stores.followed.outdated("terminal", now=later, limit=9)]
    assert {message.headline for message in followed if isinstance(message, Digest)} == {*headlines}

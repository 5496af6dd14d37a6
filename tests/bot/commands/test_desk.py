"""How the desk finds, runs and refuses commands."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.desk import Action, Desk
from bot.commands.table import ACTIONS, COMMANDS
from bot.domain import Address, Pause
from bot.domain.commands import Command, Invocation
from bot.domain.messages import Reply
from bot.domain.polls import Poll
from bot.errors import ChannelClosed
from bot.ports.stores import Stores
from bot.status import Status
from bot.text.rich import pieces_of
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import HERE, NOW, TODAY, a_paper, example_of, list_of, query_ids, subscribe


def test_subscribing_explains_the_query_and_tells_the_channel(desk: Desk) -> None:
    reply = say(desk, "/subscribe rlhf, reward model")
    assert reply.ok
    assert "“rlhf” or “reward model”" in reply.text
    assert reply.announcement.startswith("ada subscribed this channel to")


def test_subscribing_shows_what_the_last_thirty_days_would_have_brought(desk: Desk, stores: Stores) -> None:
    papers = [
        a_paper(id=f"9901.{n:05}", title=f"Robots {n}", list_day=TODAY - timedelta(days=n)) for n in (0, 1, 2, 29, 30)
    ]
    for paper in papers:
        stores.papers.save("sample", list_of(paper), at=NOW)
    reply = say(desk, "/subscribe title:robots")
    assert "In the last 30 days: 4 papers, about 1 a week. The latest:" in reply.text
    assert [line for line in reply.text.splitlines() if line.startswith("•")] == [
        "• Robots 0",
        "• Robots 1",
        "• Robots 2",
    ]


def test_subscribing_twice_is_refused_and_changes_nothing(desk: Desk) -> None:
    say(desk, "/subscribe Dance,  reward model")
    reply = say(desk, "/subscribe dance , Reward Model")
    assert not reply.ok
    assert "already" in reply.text


def test_subscribing_says_which_subscription_already_brings_the_same_papers(desk: Desk, stores: Stores) -> None:
    titles = ["Robots", "Robot Teeth", "Violins"]
    papers = [a_paper(id=f"9901.{number:05}", title=title, abstract="") for number, title in enumerate(titles)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    for query in ("robot", "teeth, violins", "harps"):
        assert "already" not in say(desk, f"/subscribe {query}").text
    reply = say(desk, "/subscribe teeth")
    assert reply.text.endswith("\nSubscription 1 (robot) brings all of these already.")


def test_a_wrong_query_is_shown_with_a_caret_and_a_repair(desk: Desk, stores: Stores) -> None:
    reply = say(desk, "/subscribe (robots")
    assert not reply.ok
    assert reply.code.splitlines() == ["(robots", "^"]
    assert reply.advice
    assert stores.subscriptions.of(HERE) == []


def test_a_channel_with_too_many_subscriptions_gets_no_more(stores: Stores) -> None:
    desk = desk_of(stores, max_subscriptions=1)
    say(desk, "/subscribe robots")
    assert not say(desk, "/subscribe dance").ok


def test_unsubscribing_by_query_ignores_case_and_spaces(desk: Desk) -> None:
    say(desk, "/subscribe Reward Model")
    assert say(desk, "/unsubscribe  reward   model").ok
    assert "no subscriptions" in say(desk, "/subscriptions").text


def test_unsubscribing_by_number_leaves_the_other_numbers_alone(desk: Desk) -> None:
    for query in ("robots", "dance", "music"):
        say(desk, f"/subscribe {query}")
    reply = say(desk, "/unsubscribe 2")
    assert [entry.text for entry in reply.entries] == ["1. robots", "3. music"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("/unsubscribe", "Which subscription should I remove?"),
        ("/unsubscribe 7", "This channel has no subscription 7."),
        ("/unsubscribe robots", "This channel has no subscription “robots”."),
    ],
)
def test_an_unknown_subscription_is_refused_with_a_hint_where_to_look(desk: Desk, words: str, text: str) -> None:
    reply = say(desk, words)
    assert not reply.ok
    assert (reply.text, reply.advice) == (text, "/subscriptions lists them with their numbers.")


def test_unsubscribing_from_a_wrong_query_is_refused_with_a_repair(desk: Desk) -> None:
    reply = say(desk, "/unsubscribe (")
    assert not reply.ok
    assert reply.advice


def test_unsubscribing_is_announced(desk: Desk) -> None:
    say(desk, "/subscribe *")
    assert say(desk, "/unsubscribe 1").announcement == "ada removed the subscription “*”."


def test_the_list_names_who_subscribed_and_when(desk: Desk) -> None:
    say(desk, "/subscribe robots")
    [entry] = say(desk, "/subscriptions").entries
    assert (entry.text, entry.detail) == ("1. robots", "by ada, 10 March · no matches yet")
    assert [piece.text for piece in pieces_of(entry.text) if piece.bold] == ["robots"]


def test_the_list_says_why_a_channel_is_paused(desk: Desk, stores: Stores) -> None:
    say(desk, "/subscribe robots")
    stores.papers.save("sample", list_of(a_paper(title="Robots")), at=NOW)
    [query_id] = query_ids(stores)
    stores.outbox.enqueue({"9901.00001": [query_id]}, at=NOW)
    claim = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40)
    assert claim is not None
    stores.outbox.hold(claim, Pause("the channel is archived", "unarchive it", NOW, NOW))
    reply = say(desk, "/subscriptions")
    assert "Paused since 10 March 2026: the channel is archived." in reply.text
    assert reply.advice == "To fix this, unarchive it."


def test_where_only_admins_may_change_things_others_are_refused(stores: Stores) -> None:
    desk = desk_of(stores, who="admins")
    assert say(desk, "/subscribe robots").text == "Only admins can change what this channel gets."
    assert say(desk, "/subscribe robots", is_admin=True).ok


def test_where_only_admins_may_change_things_everybody_may_look(stores: Stores) -> None:
    assert say(desk_of(stores, who="admins"), "/subscriptions").ok


@pytest.mark.parametrize("words", ["/papers", "/papers help"])
def test_help_shows_every_command(desk: Desk, words: str) -> None:
    text = say(desk, words).text
    assert [one.usage for one in COMMANDS if (one.usage in text) == one.by_button] == []


def test_help_fits_a_screen_and_begins_with_what_is_used_most(desk: Desk) -> None:
    lines = say(desk, "/papers help").text.splitlines()
    assert len(lines) <= 24
    assert [line.split(":")[0] for line in lines[1:4]] == ["/subscribe QUERY", "/subscriptions", "/papers today [DAY]"]


@pytest.mark.parametrize("words", ["/papers dance", "/sing"])
def test_an_unknown_command_is_refused_with_a_hint_to_help(desk: Desk, words: str) -> None:
    reply = say(desk, words)
    assert not reply.ok
    assert reply.text == f"I don't know the command “{words}”."
    assert reply.advice.endswith("/papers help shows every command.")


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("/papers serach robots", "/papers search"),
        ("/papers subscriptions", "/subscriptions"),
        ("/papers unsubscribe 3", "/unsubscribe"),
        ("/subscribtions", "/subscriptions"),
        ("/serach robots", "/papers search"),
    ],
)
def test_a_misspelled_command_is_answered_with_the_nearest_one(desk: Desk, words: str, nearest: str) -> None:
    assert say(desk, words).advice.startswith(f"Did you mean {nearest}?")


@pytest.mark.parametrize("argument", ["1", "#1", "1.", "#1:", "Robots"])
def test_a_subscription_is_removed_by_its_number_or_query_as_people_write_them(desk: Desk, argument: str) -> None:
    say(desk, "/subscribe robots")
    reply = say(desk, f"/unsubscribe {argument}")
    assert reply.text.startswith("Unsubscribed from robots.\nThis channel has no subscriptions left.")


@pytest.mark.parametrize("number", ["0", "2", "9" * 400, "9" * 5000, "٣"])
def test_removing_a_subscription_that_does_not_exist_is_refused(desk: Desk, number: str) -> None:
    say(desk, "/subscribe robots")
    reply = say(desk, f"/unsubscribe {number}")
    assert not reply.ok
    assert len(reply.text) < 200


def test_a_bug_in_a_command_is_reported_and_logged_without_what_people_wrote(
    stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(_desk: Desk, _invocation: Invocation, text: str) -> Reply:
        return Reply(str(int(text)))

    desk = replace(desk_of(stores), actions=(Action(Command("stumble", None, "stumble"), stumble),))
    reply = asyncio.run(desk.answer(Invocation(HERE, "ada", "stumble", "my secret")))
    assert not reply.ok
    assert reply.text.startswith("Something went wrong on my side")
    assert "ValueError in stumble" in caplog.text
    assert "secret" not in caplog.text


def test_every_argument_that_completes_has_suggestions_and_no_other() -> None:
    completing = [action for action in ACTIONS if action.command.argument and action.command.argument.completes]
    assert completing == [action for action in ACTIONS if action.suggest]


def test_every_example_of_the_table_works(desk: Desk, stores: Stores) -> None:
    paper = a_paper(id="2608.01234", abstract="Reinforcement learning for robots.")
    stores.papers.save("sample", list_of(paper), at=NOW)
    replies = []
    for number, command in enumerate(COMMANDS):
        channel = Address("terminal", str(number))
        if command.name != "subscribe":
            desk.reply(Invocation(channel, "ada", "subscribe", "reinforcement learning"))
            desk.reply(Invocation(channel, "ada", "papers", f"save {paper.id}", person_id="U1"))
        direct, text = Address("terminal", f"direct-{number}"), example_of(command)
        replies.append(desk.reply(Invocation(channel, "ada", command.slash, text, person_id="U1", direct=direct)))
    assert [reply.text for reply in replies if not reply.ok] == []


def test_status_shows_the_last_poll_and_the_deliveries(stores: Stores) -> None:
    status = Status(NOW, timedelta(minutes=10))
    status.polled(Poll(NOW, lists=4, papers=88, new=3, newest=TODAY))
    text = say(desk_of(stores, status=status), "/papers status").text
    assert "Read 4 lists with 88 papers, 3 of them new." in text
    assert "0 delivered, 0 waiting" in text


def test_status_distinguishes_an_empty_list_from_an_unreachable_source(stores: Stores) -> None:
    weekend, outage = Status(NOW, timedelta(minutes=10)), Status(NOW, timedelta(minutes=10))
    weekend.polled(Poll(NOW, lists=4, papers=22, newest=TODAY - timedelta(days=2)))
    outage.polled(Poll(NOW, failures=("huggingface, list of 2026-03-10: no connection",)))
    assert "Today's list is empty so far" in say(desk_of(stores, status=weekend), "/papers status").text
    assert "no connection" in say(desk_of(stores, status=outage), "/papers status").text


def test_every_button_of_every_reply_gives_a_command_that_works(desk: Desk, stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(id="2608.01234")), at=NOW)
    for command in COMMANDS:
        reply = say(desk, f"/{command.slash} {example_of(command)}")
        pressed = [*reply.buttons, *(button for entry in reply.entries for button in entry.buttons)]
        pressed += [button for card in reply.cards for button in card.buttons]
        for button in pressed:
            answer = say(desk, f"/{button.command} {button.text}")
            assert answer.ok or "already" in answer.text or "no subscription" in answer.text


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("/unsubscribe rob", "1. robots"),
        ("/papers why walk", "Walking Robots Learn to Dance (9901.00001)"),
        ("/papers digest weekd", "weekdays 09:00"),
        ("/papers zone pari", "Paris (now 13:00)"),
        ("/papers digest daily 09:00 europe/ber", "daily 09:00 Europe/Berlin"),
    ],
)
def test_arguments_are_completed_while_they_are_typed(desk: Desk, stores: Stores, typed: str, label: str) -> None:
    say(desk, "/subscribe robots")
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    command, _, text = typed.removeprefix("/").partition(" ")
    choices = asyncio.run(desk.suggest(Invocation(HERE, "ada", command, text)))
    assert [choice.label for choice in choices] == [label]


@pytest.mark.parametrize("command", ["/subscribe", "/papers search", "/papers try"])
def test_a_query_is_completed_with_subjects_of_papers_then_the_channels_own(
    desk: Desk, stores: Stores, command: str
) -> None:
    subscribe(stores, HERE, "copper kettles of silver")
    papers = [a_paper(id=f"9901.{number:05}", title="Copper Kettles", abstract="") for number in range(3)]
    papers += [a_paper(id=f"9902.{number:05}", title="Violins", abstract="") for number in range(30)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    slash, _, rest = f"{command} cop".removeprefix("/").partition(" ")
    choices = asyncio.run(desk.suggest(Invocation(HERE, "ada", slash, rest)))
    assert [(choice.label, choice.text) for choice in choices] == [
        ("copper kettles (3 papers in 30 days)", "copper kettles"),
        ("copper kettles of silver", "copper kettles of silver"),
    ]


def test_a_channel_that_is_joined_resumes_and_is_greeted_once(desk: Desk) -> None:
    say(desk, "/subscribe robots")
    asyncio.run(desk.left(HERE, ChannelClosed("I was removed", repair="invite me")))
    assert "I was removed" in say(desk, "/subscriptions").text
    greetings = [asyncio.run(desk.joined(HERE)) for _ in range(2)]
    assert "I was removed" not in say(desk, "/subscriptions").text
    assert [greeting is not None for greeting in greetings] == [True, False]


def test_trying_a_query_keeps_titles_as_they_are_and_subscribes_nobody(desk: Desk, stores: Stores) -> None:
    stores.papers.save("sample", list_of(a_paper(title="Robots of MIT")), at=NOW)
    reply = say(desk, "/papers try RLHF, robots")
    assert reply.text.startswith("Papers that mention “RLHF” in capitals or “robots”")
    assert "• Robots of MIT" in reply.text
    assert stores.subscriptions.of(HERE) == []


def test_a_channel_with_subscriptions_is_greeted_with_what_it_gets(desk: Desk) -> None:
    say(desk, "/subscribe robots")
    say(desk, "/subscribe violins")
    welcome = asyncio.run(desk.joined(HERE))
    assert welcome is not None
    assert [entry.text for entry in welcome.entries] == ["1. robots", "2. violins"]
    assert "for example" not in welcome.text
    assert asyncio.run(desk.joined(HERE)) is None


def test_a_channel_with_a_new_address_takes_its_subscriptions_along(desk: Desk, stores: Stores) -> None:
    new = Address(HERE.platform, "elsewhere")
    say(desk, "/subscribe robots")
    asyncio.run(desk.moved(HERE, new))
    assert [subscription.query for subscription in stores.subscriptions.of(new)] == ["robots"]
    assert not stores.subscriptions.of(HERE)
    assert asyncio.run(desk.joined(new)) is None


def test_a_channel_without_subscriptions_may_change_its_address_too(desk: Desk) -> None:
    asyncio.run(desk.moved(HERE, Address(HERE.platform, "elsewhere")))
    asyncio.run(desk.moved(HERE, HERE))

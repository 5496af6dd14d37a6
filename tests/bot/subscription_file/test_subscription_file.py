"""Subscriptions as TOML."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Address, Channel, ChannelPlan, NewSubscription, Quiet, Subscription
from bot.query import parse
from bot.subscription_file import WrongFile, read, written
from bot.subscription_file.format import ChannelTable, SubscriptionTable
from tests.builders import HERE, NOW, ROOT

PLATFORMS = ("slack", "discord", "terminal")
THERE = Address("slack", "C0123456789")


def plans(text: str) -> list[ChannelPlan]:
    """What the file asks for."""
    return read(text, platforms=PLATFORMS, by="ada", now=NOW)


def wrong(text: str) -> list[str]:
    """Every mistake in it."""
    with pytest.raises(WrongFile) as raised:
        plans(text)
    return list(raised.value.mistakes)


def a_subscription(query: str, *, channel: Address = HERE, by: str = "ben", days_ago: int = 3) -> Subscription:
    """A subscription."""
    return Subscription(channel, 1, query, NOW - timedelta(days=days_ago, microseconds=1), by)


def planned(subscription: Subscription) -> NewSubscription:
    """The same, as a plan has it."""
    return NewSubscription(
        subscription.channel,
        subscription.query,
        parse(subscription.query).canonical,
        subscription.created_by,
        subscription.created_at,
        subscription.paused_at,
        subscription.paused_by,
    )


@pytest.mark.parametrize(
    "number", ["9" * 5_000, "0x" + "f" * 5_000, "0o" + "7" * 9_000, "1e" + "9" * 5_000, "nan", "-inf"]
)
@pytest.mark.parametrize("key", ["channel", "schedule", "pause"])
def test_a_number_without_end_is_refused_in_a_line_that_names_the_place(key: str, number: str) -> None:
    others = "" if key == "channel" else 'channel = "terminal:local"\n'
    [mistake] = wrong(f"format = 1\n[[channels]]\n{others}{key} = {number}\n")
    assert "ine 2" in mistake or "line 3" in mistake or "line 4" in mistake
    assert len(mistake) < 200


def test_a_name_without_end_is_shortened_in_the_error() -> None:
    [mistake] = wrong(f"{'x' * 100_000} = 1")
    assert len(mistake) < 400


def test_a_written_file_can_be_read_again() -> None:
    quiet = Quiet(NOW - timedelta(days=1), NOW + timedelta(days=1), "cleo")
    channels = [Channel(HERE, schedule="weekly mon thu 09:00 Asia/Kolkata even if empty", quiet=quiet), Channel(THERE)]
    subscriptions = [a_subscription("rlhf, reward model"), a_subscription('title:"world model" -survey', channel=THERE)]
    text = written(channels, subscriptions, now=NOW)
    here, there = plans(text)
    assert (here.channel, here.subscriptions, here.quiet) == (HERE, (planned(subscriptions[0]),), quiet)
    assert (here.sets_schedule, here.schedule, here.even_if_empty) == (True, channels[0].schedule, True)
    assert here.digest_due
    assert here.digest_due > NOW
    assert there == ChannelPlan(THERE, (planned(subscriptions[1]),), sets_schedule=True)


@given(st.text(min_size=1).map(lambda text: f'"a{text.replace(chr(34), "")}"'), st.text())
def test_any_text_can_be_written_and_read_again(query: str, person: str) -> None:
    if any(0xD800 <= ord(character) < 0xE000 for character in query + person):
        return
    file = tomllib.loads(written([Channel(HERE)], [a_subscription(query, by=person)], now=NOW))
    [table] = file["channels"][0]["subscriptions"]
    assert (table["query"], table["created_by"]) == (query, person)


def test_channels_without_any_choice_are_left_out() -> None:
    over = Quiet(NOW - timedelta(days=2), NOW - timedelta(days=1), "ada")
    assert "[[" not in written([Channel(HERE, quiet=over)], [], now=NOW)


def test_a_pause_until_somebody_ends_it_has_no_end() -> None:
    [plan] = plans(written([Channel(HERE, quiet=Quiet(NOW, None, "ada"))], [], now=NOW))
    assert plan.quiet == Quiet(NOW, None, "ada")


def test_a_paused_subscription_is_written_with_its_pause_and_read_again() -> None:
    paused = replace(a_subscription("robots"), paused_at=NOW - timedelta(days=1), paused_by='Ben "B"')
    text = written([Channel(HERE)], [paused], now=NOW)
    assert "\npaused = true\n" in text
    [plan] = plans(text)
    assert plan.subscriptions == (planned(paused),)
    assert "paused" not in written([Channel(HERE)], [a_subscription("robots")], now=NOW).split("[[channels]]")[1]


@pytest.mark.parametrize(
    ("lines", "pause"),
    [
        ("paused = true", (NOW, "ada")),
        ('paused = true\npaused_by = "ben"\npaused_at = 2026-03-01T00:00:00Z', (NOW - timedelta(days=9.5), "ben")),
        ('paused = false\npaused_by = "ben"\npaused_at = 2026-03-01T00:00:00Z', (None, "")),
        ("", (None, "")),
    ],
)
def test_a_pause_needs_neither_author_nor_time(lines: str, pause: tuple[datetime | None, str]) -> None:
    table = f'[[channels]]\nchannel = "terminal:local"\n[[channels.subscriptions]]\nquery = "robots"\n{lines}'
    [plan] = plans(table)
    [wanted] = plan.subscriptions
    assert (wanted.paused_at, wanted.paused_by) == pause


def test_the_guide_shows_everything_that_a_file_can_say() -> None:
    [shown] = re.findall(r"```text\n(\[\[channels\]\].*?)```", (ROOT / "docs" / "hosting.md").read_text(), re.DOTALL)
    [plan] = read(shown, platforms=PLATFORMS, by="ada", now=NOW + timedelta(days=1))
    [wanted] = plan.subscriptions
    assert (plan.quiet, wanted.paused_by) == (Quiet(NOW, NOW + timedelta(days=3), "ada"), "ada")
    [table] = tomllib.loads(shown)["channels"]
    assert table.keys() == ChannelTable.model_fields.keys()
    assert table["subscriptions"][0].keys() == SubscriptionTable.model_fields.keys()


def test_a_file_that_people_write_needs_little() -> None:
    [plan] = plans('[[channels]]\nchannel = "terminal:local"\n[[channels.subscriptions]]\nquery = "robots"\n')
    assert plan == ChannelPlan(HERE, (NewSubscription(HERE, "robots", "robots", "ada"),))


def test_a_schedule_is_read_by_the_name_that_earlier_versions_wrote() -> None:
    plan_lists = [
        plans(f'[[channels]]\nchannel = "terminal:local"\n{key} = "daily 09:00"') for key in ("schedule", "rhythm")
    ]
    assert plan_lists[0] == plan_lists[1]
    assert plan_lists[0][0].schedule == "daily 09:00 UTC"


def test_a_schedule_by_both_of_its_names_is_refused() -> None:
    both = '[[channels]]\nchannel = "terminal:local"\nrhythm = "instant"\nschedule = "daily 09:00"'
    assert wrong(both) == [
        "Line 1, channel 1: “rhythm” is not a key here; the keys are channel, schedule, pause, subscriptions."
    ]


def test_an_empty_file_asks_for_nothing() -> None:
    assert plans("") == []


def test_every_mistake_is_reported_with_its_place() -> None:
    found = wrong(
        """
[[channels]]
channel = "terminal:local"
schedule = "fortnightly"

[[channels.subscriptions]]
query = "(robots"
[[channels.subscriptions]]
created_by = "ada"

[[channels]]
channel = "irc:lab"
colour = "blue"
"""
    )
    assert [mistake.split(":")[0] for mistake in found] == [
        "Line 2, channel 1",
        "Line 6, subscription 1 of channel 1",
        "Line 8, subscription 2 of channel 1",
        "Line 11, channel 2",
        "Line 11, channel 2",
    ]
    assert found[1].endswith("\n    (robots\n    ^")
    assert "query is missing" in found[2]
    assert "“colour” is not a key here" in found[3]
    assert "“irc” is not a platform" in found[4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[channels", "is not TOML"),
        (f"format = {'9' * 5000}", "is not TOML"),
        (f"format = 0x{'f' * 5000}", "format must be 1;"),
        ("format = 2", "format must be 1;"),
        ("channels = 3", "channels must be tables"),
        ("[[channels]]", "channel is missing"),
        ('[[channels]]\nchannel = "local"', "platform:channel-id"),
        ("[[channels]]\nchannel = 3", "channel must be a text in quotes"),
        ('[[channels]]\nchannel = "terminal:a"\n[[channels]]\nchannel = "terminal:a"', "twice"),
        ('[[channels]]\nchannel = "terminal:a"\npause = true', "pause must be written as {"),
        ('[[channels]]\nchannel = "terminal:a"\npause = {}', "since is missing"),
        ('[[channels]]\nchannel = "terminal:a"\nsubscriptions = ["robots"]', "[[channels.subscriptions]]"),
    ],
)
def test_a_wrong_file_is_refused(text: str, expected: str) -> None:
    assert expected in "\n".join(wrong(text))


@pytest.mark.parametrize(
    "table",
    [
        '[[channels]]\nchannel = "terminal:lo\u202ecal"',
        '[[channels]]\nchannel = "terminal:local"\nschedule = "daily 0\u202e9:00"',
        '[[channels]]\nchannel = "terminal:local"\npause = { by = "a\u202eb", since = 2026-01-01T00:00:00Z }',
        '[[channels]]\nchannel = "terminal:local"\n[[channels.subscriptions]]\nquery = "(rob\u202eots"',
        '[[channels]]\nchannel = "terminal:local"\n"sched\u202eule" = "daily 09:00"',
        '[[channels]]\nchannel = "terminal:local"\n[[channels.subscriptions]]\nquery = "x"\n"created\u202e_by" = "a"',
        '"for\u202emat" = 1',
    ],
)
def test_a_character_that_cannot_be_seen_is_named_and_not_shown(table: str) -> None:
    [mistake] = wrong(table)
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in mistake
    assert "\u202e" not in mistake


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("created_at = 2027-01-01T00:00:00Z", "in the future"),
        ("created_at = 2026-01-01T00:00:00", "with its zone"),
        ('created_at = "2026-01-01"', "with its zone"),
        ("created_at = 0001-01-01T00:00:00+10:00", "too far away"),
        ('created_by = "a\\nb"', "a single line"),
        ('created_by = "a\\u202Eb"', "U+202E RIGHT-TO-LEFT OVERRIDE is in it"),
        ('created_by = " "', "a text in quotes"),
        ('paused = "yes"', "paused must be true or false"),
        ("paused = 1", "paused must be true or false"),
        ("paused = true\npaused_at = 2027-01-01T00:00:00Z", "paused_at is in the future"),
        ("paused = true\npaused_at = 2026-01-01", "a time with its zone"),
        ('paused_by = "a\\nb"', "a single line"),
    ],
)
def test_a_wrong_subscription_is_refused(line: str, expected: str) -> None:
    subscription = f'[[channels]]\nchannel = "terminal:a"\n[[channels.subscriptions]]\nquery = "robots"\n{line}'
    assert expected in "\n".join(wrong(subscription))


def test_tables_whose_lines_are_uncertain_are_named_without_them() -> None:
    inline = 'channels = [{ channel = "terminal:a", subscriptions = [{ query = "(" }] }]'
    assert [mistake.split(":")[0] for mistake in wrong(inline)] == ["Subscription 1 of channel 1"]


def test_the_first_hundred_mistakes_of_very_many_channels_are_named_and_the_rest_are_counted() -> None:
    channels = [f'[[channels]]\nchannel = "slack:C{number:09}"\nschedule = "sometimes"\n' for number in range(20_000)]
    mistakes = wrong("".join(channels))
    assert len(mistakes) == 101
    assert mistakes[0].startswith("Line 1, channel 1:")
    assert mistakes[99].startswith("Line 298, channel 100:")
    assert mistakes[100] == "There are 19,900 more mistakes."


def test_a_query_that_very_many_channels_have_is_read_for_each_of_them() -> None:
    channels = [
        f'[[channels]]\nchannel = "slack:C{number:09}"\nsubscriptions = [{{ query = "Robots" }}]\n'
        for number in range(100)
    ]
    found = {(new.query, new.canonical) for plan in plans("".join(channels)) for new in plan.subscriptions}
    assert found == {("Robots", parse("Robots").canonical)}

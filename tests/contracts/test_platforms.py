"""What every platform promises (see `Platform`); another joins this suite by its line in ``PLATFORMS``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from adapters.platforms.terminal.platform import CHANNEL
from bot.cards import with_counts
from bot.domain import Address, Counts, Evidence, Match, Receipt, message_key
from bot.domain.messages import Card, Digest, Entry, Message, Reply
from bot.errors import ChannelClosed, DeliveryError
from bot.ports.platform import Platform
from tests.builders import a_paper, card_of, digest_of
from tests.contracts.stages import PATIENCE, Stage
from tests.fakes.desk import Reception

Result = TypeVar("Result")

CARD = card_of(a_paper(), [Match("dance", (Evidence("title", "Dance", "Walking Robots Learn to ", ""),))])
MESSAGES: list[Message] = [CARD, digest_of([CARD] * 2), Reply(CARD.title)]
KEY, OTHER_KEY = message_key(CHANNEL, ["9901.00001"]), message_key(CHANNEL, ["9901.00002"])

HOSTILE = [
    "<!channel> <!here> <@U0123456789> <#C0123456789> <https://evil.example|click>",
    "@everyone @here <@123456789012345678> <@&123456789012345678>",
    "[bold red]x[/] [/] :smile: [click](https://evil.example) *bold* _it_ ~no~ `code` ```block``` ||spoiler|| # > -",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x1b\\click\x07 \x9b2J \r overwritten \x08\x7f",
    "\u202egnorw\u202c \u2066hidden\u2069 \ud800 \x00",
    "word " * 1000,
    "👩‍🔬" * 1000,
]


def use(stage: Stage, *steps: Callable[[Platform], Coroutine[Any, Any, Result]]) -> list[Result]:
    """Open the platform, take these steps, and close it."""

    async def run() -> list[Result]:
        platform = stage.open()
        try:
            async with asyncio.timeout(PATIENCE):
                return [await step(platform) for step in steps]
        finally:
            await platform.aclose()

    return asyncio.run(run())


def post(stage: Stage, message: Message, key: str = KEY) -> Receipt:
    """Post a message to the open channel."""
    return use(stage, lambda platform: platform.post(stage.channel, message, key=key))[0]


def found(stage: Stage, key: str, *, since: timedelta = timedelta(minutes=-1)) -> bool:
    """Whether a process that starts now finds the message; ``since`` counts from now."""
    moment = datetime.now(UTC) + since
    return use(stage, lambda platform: platform.find(stage.channel, key, since=moment))[0] is not None


def test_its_name_is_the_first_part_of_its_addresses(stage: Stage) -> None:
    assert stage.open().name == stage.channel.platform


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_every_kind_of_message_can_be_posted_and_has_a_receipt(stage: Stage, message: Message) -> None:
    assert post(stage, message).id
    assert CARD.title in stage.seen()


def test_a_message_is_found_by_its_key_also_after_a_restart(stage: Stage) -> None:
    receipt = post(stage, CARD)
    later = datetime.now(UTC) - timedelta(minutes=1)
    assert use(stage, lambda platform: platform.find(stage.channel, KEY, since=later)) == [receipt]


def test_a_message_is_found_by_the_process_that_posted_it(stage: Stage) -> None:
    since = datetime.now(UTC) - timedelta(minutes=1)
    receipts = use(
        stage,
        lambda platform: platform.post(stage.channel, CARD, key=KEY),
        lambda platform: platform.find(stage.channel, KEY, since=since),
    )
    assert receipts[0] == receipts[1]


def test_a_message_that_was_never_posted_is_not_found(stage: Stage) -> None:
    assert not found(stage, KEY)
    post(stage, CARD)
    assert not found(stage, OTHER_KEY)


def test_an_earlier_message_is_not_found(stage: Stage) -> None:
    post(stage, CARD)
    assert not found(stage, KEY, since=timedelta(minutes=1))


def test_a_receipt_tells_at_most_when_its_message_was_posted(stage: Stage) -> None:
    before = datetime.now(UTC)
    posted_at = stage.open().posted_at(post(stage, CARD))
    if posted_at is not None:
        assert before - timedelta(seconds=1) <= posted_at <= datetime.now(UTC) + timedelta(seconds=1)


@pytest.mark.parametrize("nonsense", ["", "x", ":", "nan", "1e999", "-1", "9" * 40, "7:x"])
def test_a_receipt_that_makes_no_sense_does_not_tell(stage: Stage, nonsense: str) -> None:
    posted_at = stage.open().posted_at(Receipt(nonsense))
    assert posted_at is None or posted_at < datetime.now(UTC)


def test_a_message_is_found_from_the_time_of_the_one_before_it_on(stage: Stage) -> None:
    posted_at = stage.open().posted_at(post(stage, CARD, OTHER_KEY))
    receipt = post(stage, CARD)
    since = posted_at or datetime.now(UTC) - timedelta(minutes=1)
    assert use(stage, lambda platform: platform.find(stage.channel, KEY, since=since)) == [receipt]


def delivered(
    stage: Stage, *, since: timedelta = timedelta(minutes=-1), until: timedelta = timedelta()
) -> dict[str, Receipt]:
    """The papers that a process that starts now finds; the times count from now."""
    now = datetime.now(UTC)
    [found] = use(stage, lambda platform: platform.delivered(stage.channel, since=now + since, until=now + until))
    return dict(found)


def test_papers_are_found_whatever_message_brought_them_also_after_a_restart(stage: Stage) -> None:
    card = post(stage, CARD)
    digest = post(stage, digest_of([card_of(a_paper(id=f"9901.{number:05}")) for number in range(10, 20)]), OTHER_KEY)
    post(stage, Reply("Nothing but words."), f"{KEY[:-1]}0")
    assert delivered(stage) == {CARD.paper_id: card} | {f"9901.{number:05}": digest for number in range(10, 20)}


def test_papers_are_found_by_arxivs_older_ids(stage: Stage) -> None:
    """They have a slash."""
    card = post(stage, card_of(a_paper(id="hep-th/9901001")))
    digest = post(stage, digest_of([card_of(a_paper(id="math/0309136")), CARD]), OTHER_KEY)
    assert delivered(stage) == {"hep-th/9901001": card, "math/0309136": digest, CARD.paper_id: digest}


def test_papers_are_still_found_in_an_edited_message(stage: Stage) -> None:
    digest = digest_of([card_of(a_paper(id=f"9901.{number:05}")) for number in range(10, 20)])

    async def post_and_change(platform: Platform) -> None:
        messages: list[tuple[Message, str]] = [(CARD, KEY), (digest, OTHER_KEY)]
        for message, key in messages:
            receipt = await platform.post(stage.channel, message, key=key)
            await platform.update(stage.channel, receipt, message, key=key)

    use(stage, post_and_change)
    assert set(delivered(stage)) == {CARD.paper_id, *(f"9901.{number:05}" for number in range(10, 20))}


def test_earlier_and_later_papers_are_not_found(stage: Stage) -> None:
    post(stage, CARD)
    assert delivered(stage, since=timedelta(minutes=1), until=timedelta(minutes=2)) == {}
    assert delivered(stage, since=timedelta(hours=-1), until=timedelta(minutes=-1)) == {}


def test_what_was_delivered_to_an_unreachable_channel_is_unknown(stage: Stage) -> None:
    now = datetime.now(UTC)
    elsewhere = Address(stage.channel.platform, "elsewhere")
    with pytest.raises(DeliveryError):
        use(stage, lambda platform: platform.delivered(elsewhere, since=now, until=now))


def test_messages_posted_at_once_all_arrive_whole(stage: Stage) -> None:
    replies = [Reply("\n".join([f"message {number} begins", f"message {number} ends"])) for number in range(9)]

    async def at_once(platform: Platform) -> list[Receipt]:
        posts = [platform.post(stage.channel, reply, key=f"{KEY[:-1]}{at}") for at, reply in enumerate(replies)]
        return await asyncio.gather(*posts)

    [receipts] = use(stage, at_once)
    assert len({receipt.id for receipt in receipts}) == len(replies)
    assert [reply.text for reply in replies if reply.text not in stage.seen()] == []


def test_editing_a_message_does_not_post_another(stage: Stage) -> None:
    receipt = post(stage, CARD)
    before = stage.seen().count(CARD.title)
    use(stage, lambda platform: platform.update(stage.channel, receipt, CARD, key=KEY))
    assert stage.seen().count(CARD.title) == before


@pytest.mark.parametrize("message", MESSAGES[:2], ids=lambda message: type(message).__name__)
def test_an_edited_message_shows_the_change_and_is_still_found(stage: Stage, message: Card | Digest) -> None:
    receipt = post(stage, message)
    changed = with_counts(message, {CARD.paper_id: Counts(upvotes=123, comments=4, stars=567)})
    use(stage, lambda platform: platform.update(stage.channel, receipt, changed, key=KEY))
    shows = "▲ 123" in stage.seen().replace("\u00a0", " ")
    assert shows == stage.open().edits
    assert found(stage, KEY)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_paper_is_obeyed_or_too_long(stage: Stage, text: str) -> None:
    evidence = (Evidence("abstract", text, text, text), Evidence("title", text))
    paper = a_paper(title=f"Robots {text}", abstract=text, summary=text, authors=(text,) * 4, organization=text)
    card = card_of(paper, [Match(text, evidence)])
    messages: list[Message] = [
        card,
        digest_of([card] * 30),
        Reply(text, text, (Entry(text),), text, (card,), announcement=text),
    ]
    for number, message in enumerate(messages):
        assert post(stage, message, f"{KEY[:-1]}{number}").id
    assert "Robots" in stage.seen()
    assert stage.obeyed() == []


def test_a_closed_channel_says_why_and_how_to_repair_it(stage: Stage) -> None:
    with pytest.raises(ChannelClosed) as caught:
        use(stage, lambda platform: platform.post(stage.closed, CARD, key=KEY))
    assert caught.value.reason
    assert caught.value.repair
    assert stage.seen() == ""


def test_a_command_is_answered_where_it_was_given_until_serving_is_cancelled(stage: Stage) -> None:
    reception = Reception()

    async def converse(platform: Platform) -> None:
        serving = asyncio.create_task(platform.serve(reception))
        stage.say("subscribe", "robots, dance -survey")
        stage.say("papers", "help")
        while not ("I heard robots, dance -survey" in stage.seen() and "I heard help" in stage.seen()):
            assert not serving.done()
            await asyncio.sleep(0.01)
        serving.cancel()
        await asyncio.wait([serving])
        assert serving.cancelled()

    use(stage, converse)
    assert [(invocation.command, invocation.text) for invocation in reception.heard] == [
        ("subscribe", "robots, dance -survey"),
        ("papers", "help"),
    ]
    assert {invocation.channel for invocation in reception.heard} == {stage.channel}
    assert all(invocation.person for invocation in reception.heard)


def test_serving_without_any_command_is_cancelled_at_once(stage: Stage) -> None:
    async def wait_in_vain(platform: Platform) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(platform.serve(Reception()), timeout=0.05)

    use(stage, wait_in_vain)

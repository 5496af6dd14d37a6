"""Every command and every button of its replies, with papers and queries as large and strange as they get."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Iterator
from datetime import timedelta

import pytest

from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.views import as_sent
from adapters.platforms.slack.blocks import notification, to_blocks
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.domain import Address, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Message, Reply
from bot.domain.polls import Poll
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from bot.status import Status
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, query_ids, subscribe
from tests.servers.discord.answers import refuse_wrong
from tests.servers.slack.rules import complaints

DIRECT = Address("slack", "D0123456789")

LONG_AGO = NOW - timedelta(days=25)

STRANGE = [
    "<!channel> & @everyone",
    "👩‍🔬" * 60,
    "robots " * 90,
    "\u202eteapots\u202c *bold* [x](https://evil.example)",
]

FIRST = [
    "papers help",
    "papers status",
    "papers today",
    "papers today yesterday",
    "papers trending",
    "papers digest",
    "papers pause 3d",
    "papers pause 2",
    "papers pause subscriptions 1-99",
    "papers pause subscription",
    "papers resume",
    "papers resume subscription",
    "papers search robots",
    "papers search page:999 robots",
    "papers search kettles in orbit",
    'papers search "robots"',
    "papers try *",
    "papers try robots",
    "papers try harpsichords of silver",
    "papers why 9901.00003",
    "papers less 9901.00003",
    "papers abstract 9901.00002",
    "papers show 9901.00002",
    "papers show 9901.00099",
    "papers links 9901.00002",
    *(f"papers save 9901.{number:05}" for number in range(24)),
    "papers save 9901.00002",
    "papers saved",
    "papers unsave 9901.00003",
    "papers unsave 9901.00099",
    "papers follow 9901.00003",
    "papers follow 2",
    "papers follow stop 2",
    "papers change 1 robots -dance",
    "papers edit 1",
    "papers change 1 + -survey",
    "subscriptions",
    "unsubscribe 100",
    "subscribe robots",
    "subscribe robots or kettles",
    "subscribe robots and dance",
    "subscribe robosts",
    "subscribe (robots",
    f"subscribe {', '.join(f'word{number}' for number in range(80))}",
    "papers try #robots #kettles",
    "papers search RLHF/robots",
    "subscribe *",
    "subscribe kettles of copper",
    f"subscribe {'robots, ' * 61}dance",
    f"subscribe {'x' * 501}",
    f"papers search {'y' * 499}",
    f"unsubscribe {'9' * 3000}",
]
"""The commands that are typed; the buttons of their replies are pressed."""

PRESSED = 6
"""How many buttons of a kind, by their first word, are pressed."""


def papers() -> Iterator[Paper]:
    """Papers of two days, as large as papers get."""
    for number in range(24):
        yield a_paper(
            id=f"9901.{number:05}",
            title=f"{STRANGE[number % len(STRANGE)]} robots {number}",
            abstract="We teach robots to dance. " * 100,
            summary="robots\n" * 200,
            authors=tuple(f"{'Ada ' * 20}{number}" for number in range(200)),
            organization="Example " * 40,
            keywords=tuple(f"keyword {'of robots ' * 9}{number}" for number in range(30)),
            list_day=TODAY - timedelta(days=number % 2),
            upvotes=10**9 + number,
            comments=10**6,
            stars=10**7,
        )


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk over large papers and a hundred long subscriptions, half of which bring nothing."""
    every = list(papers())
    for day in (TODAY, TODAY - timedelta(days=1)):
        stores.papers.save("sample", list_of(*(paper for paper in every if paper.list_day == day), day=day), at=NOW)
    for number in range(100):
        words = " ".join(f"word{number}x{place}" for place in range(45))
        subscribe(stores, HERE, f"{words} OR robot*"[-480:] if number % 2 else words, at=LONG_AGO, by="Ada " * 20)
    queries = query_ids(stores)
    stores.outbox.enqueue({paper.id: queries for paper in every[:5]}, at=NOW)
    status = Status(NOW - timedelta(days=1), timedelta(minutes=10), next_poll=NOW, platforms={"slack": "no way " * 99})
    status.polled(Poll(NOW, lists=4, papers=87, new=3, failures=("it could not be reached " * 50,), newest=TODAY))
    return Desk(
        ACTIONS,
        stores,
        Glossary(stores.papers),
        who="everyone",
        max_subscriptions=100,
        now=lambda: NOW,
        status=status,
    )


def answers(desk: Desk) -> Iterator[tuple[str, Reply]]:
    """The replies to everything that is typed, and then to everything that is pressed."""
    waiting = deque(FIRST)
    known = set(FIRST)
    kinds: Counter[str] = Counter()
    while waiting:
        words = waiting.popleft()
        command, _, text = words.partition(" ")
        reply = desk.reply(Invocation(HERE, "ada", command, text, direct=DIRECT))
        yield words, reply
        for button in buttons(reply):
            kind, given = button.label.split()[0], typed(button)
            if given not in known and kinds[kind] < PRESSED:
                kinds[kind] += 1
                known.add(given)
                waiting.append(given)


def buttons(reply: Reply) -> list[Button]:
    """Every button of a reply."""
    own = [*reply.buttons, *(button for entry in reply.entries for button in entry.buttons)]
    return own + [button for card in reply.cards for button in card.buttons]


def typed(button: Button) -> str:
    """The command that the button gives."""
    return f"{button.command} {button.text}".strip()


async def refused(message: Message) -> list[str]:
    """What Slack and Discord find wrong with a message."""
    sent = {name: part for name, part in as_sent(to_payload(message)).items() if part}
    refuse_wrong(sent | {"allowed_mentions": {"parse": []}})
    return complaints({"text": notification(message), "blocks": to_blocks(message)})


def test_whatever_is_typed_and_pressed_both_platforms_take_the_answer(desk: Desk) -> None:
    async def read() -> None:
        for words, reply in answers(desk):
            assert reply.text, words
            assert await refused(reply) == [], words
            if reply.announcement:
                assert await refused(Reply(reply.announcement)) == [], words

    asyncio.run(read())

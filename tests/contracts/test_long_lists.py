"""A channel's subscriptions: whatever they are, every platform shows each line of each page whole."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.views import as_sent
from adapters.platforms.slack.blocks import to_blocks
from bot.commands.desk import Desk
from bot.domain.messages import Reply
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import HERE, NOW, a_paper, list_of, subscribe
from tests.servers.discord.interactions import buttons_of
from tests.servers.discord.markdown import formatted

QUERIES = {
    "short": [f"topic{number}" for number in range(100)],
    "long": [" ".join(f"word{number}x{place}" for place in range(45))[:495] for number in range(20)],
    "Chinese": [f"{'機器學習' * 123} {number}" for number in range(20)],
    "quoted": [f'"{"α→β " * 100}{number}"' for number in range(20)],
    "wider": [f"robots {'very ' * 60}unlikely{number}" for number in range(20)],
    "unlike": [
        f"topic{number}" if number % 3 else " ".join(f"word{number}x{n}" for n in range(45)) for number in range(40)
    ],
}


def pages(desk: Desk) -> Iterator[Reply]:
    """Every page of the channel's list."""
    reply = say(desk, "/subscriptions")
    while True:
        yield reply
        following = [button for button in reply.buttons if button.label == "Next"]
        if not following:
            return
        reply = say(desk, f"/{following[0].command} {following[0].text}")


def texts(value: object) -> str:
    """Every text in a platform's JSON."""
    if isinstance(value, dict):
        return "".join(texts(part) for name, part in value.items() if name != "type")
    if isinstance(value, list):
        return "".join(texts(part) for part in value)
    return value if isinstance(value, str) else ""


def plain(text: str) -> str:
    """The text without blanks, what escapes markup, and what makes text bold."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in "*\\\u200b\u2060")


@pytest.mark.parametrize("kind", QUERIES)
def test_every_line_of_every_page_is_shown_whole_with_its_button(stores: Stores, kind: str) -> None:
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    for query in QUERIES[kind]:
        subscribe(stores, HERE, query, by="Ada " * 10)
    seen = 0
    for reply in pages(desk_of(stores)):
        seen += len(reply.entries)
        payload = to_payload(reply)
        slack = to_blocks(reply)
        shown = {
            "slack": plain(texts(slack)),
            "discord": plain("".join(formatted(as_sent(payload)))),
        }
        for entry in reply.entries:
            assert [name for name, text in shown.items() if plain(entry.text) not in text] == []
        buttons = [
            button.text for button in (*reply.buttons, *(button for one in reply.entries for button in one.buttons))
        ]
        assert len(buttons_of(as_sent(payload))) == len(buttons)
        assert json.dumps(slack).count('"type": "button"') == len(buttons)
    assert seen == len(QUERIES[kind])

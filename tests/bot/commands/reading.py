"""A desk beside a library, for the tests of commands about one paper."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.desk import Desk
from bot.domain import Address, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.errors import SourceUnreachable
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of
from tests.builders import HERE, NOW, list_of

DIRECT = Address("slack", "D0123456789")


def desk_beside(stores: Stores, *papers: Paper, who: str = "everyone", max_subscriptions: int = 100) -> Desk:
    """A desk that fetches these papers."""
    known = {paper.id: paper for paper in papers}
    return replace(desk_of(stores, who=who, max_subscriptions=max_subscriptions), fetch=known.get)


def unreachable(_paper_id: str) -> Paper | None:
    """What is asked of a source that does not answer."""
    raise SourceUnreachable("it answers 503")


def publish(stores: Stores, *papers: Paper) -> None:
    """List these papers."""
    stores.papers.save("sample", list_of(*papers), at=NOW)


def tell(desk: Desk, words: str, *, by: str = "ada", channel: Address = HERE, direct: Address | None = DIRECT) -> Reply:
    """Give a command by its words, as one of several people."""
    invocation = Invocation(channel, by, "papers", words, person_id=f"U-{by}", direct=direct)
    return desk.reply(invocation)


def press(
    desk: Desk, button: Button, *, by: str = "ada", channel: Address = HERE, direct: Address | None = DIRECT
) -> Reply:
    """Press a button."""
    assert button.command == "papers"
    return tell(desk, button.text, by=by, channel=channel, direct=direct)


def labels(reply: Reply) -> list[str]:
    """What the buttons of a reply say."""
    return [button.label for button in reply.buttons]

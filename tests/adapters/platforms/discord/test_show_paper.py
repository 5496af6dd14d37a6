"""“Show paper” beside a message: the papers that it links to."""

from __future__ import annotations

from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from tests.adapters.platforms.discord.asking import ask
from tests.builders import a_paper, card_of
from tests.fakes.desk import Reception
from tests.servers.discord.interactions import Asked
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import papers, text_of


def shows(invocation: Invocation) -> Reply:
    """Show a card that is called after the paper's id."""
    paper_id = invocation.text.removeprefix("show ")
    return Reply("From today:", cards=(card_of(a_paper(id=paper_id, title=f"Paper {paper_id}")),))


def show(server: DiscordServer, reception: Reception, content: str) -> Asked:
    """Let a person use the command beside a message that says this."""

    def act() -> Asked:
        message = server.world.add_message(papers(server)["id"], {"content": content})
        return server.use_on(papers(server), "Show paper", message)

    return ask(server, reception, act)


def test_the_paper_that_a_message_links_to_is_shown_to_who_asks(server: DiscordServer) -> None:
    reception = Reception(shows)
    asked = show(server, reception, "Look: https://arxiv.org/abs/2608.01234v2, nice!")
    assert [invocation.text for invocation in reception.heard] == ["show 2608.01234"]
    assert "Paper 2608.01234" in text_of(asked)
    assert asked.is_private


def test_of_several_papers_the_first_three_are_shown(server: DiscordServer) -> None:
    links = " ".join(f"https://huggingface.co/papers/2608.0000{number}" for number in range(5))
    reception = Reception(shows)
    asked = show(server, reception, links)
    assert [invocation.text[-1] for invocation in reception.heard] == ["0", "1", "2"]
    assert text_of(asked).count("Paper 2608") == 3
    assert "From today" not in text_of(asked)


def test_without_a_link_it_says_so(server: DiscordServer) -> None:
    reception = Reception(shows)
    asked = show(server, reception, "Look at https://example.org/about")
    assert "I see no link to a paper in that message." in text_of(asked)
    assert reception.heard == []

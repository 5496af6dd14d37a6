"""What a query may mean besides is asked about or offered as a button, never guessed in silence."""

from __future__ import annotations

import pytest

from bot.domain.messages import Button, Reply
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import NOW, a_paper, list_of

TITLES = [
    "Robots in Kitchens",
    "Drones over Fields",
    "Search and Rescue by Boats",
    "Reinforcement Learning for Cranes",
    "Transformers for Weather",
    "RLHF at Home",
    "DPO at Work",
]


@pytest.fixture
def papers(stores: Stores) -> Stores:
    """A store with a paper for each of the titles."""
    listed = [
        a_paper(id=f"9901.{number:05}", title=title, abstract="", authors=("Ada Lovelace",))
        for number, title in enumerate(TITLES)
    ]
    stores.papers.save("sample", list_of(*listed), at=NOW)
    return stores


def queries(stores: Stores) -> list[str]:
    """What is subscribed to."""
    return [subscription.query for subscription in stores.subscriptions.all()]


def commands(reply: Reply) -> list[str]:
    """The commands of the buttons."""
    return [f"/{button.command} {button.text}" for button in reply.buttons]


def press(stores: Stores, button: Button) -> Reply:
    """Press a button."""
    return say(desk_of(stores), f"/{button.command} {button.text}")


def test_an_operator_in_lower_case_that_no_paper_has_as_a_word_is_asked_about(papers: Stores) -> None:
    reply = say(desk_of(papers), "/subscribe robots or drones")
    assert not reply.ok
    assert queries(papers) == []
    assert commands(reply) == ["/subscribe robots OR drones", '/subscribe "robots or drones"']
    assert "Did you mean robots OR drones (2 papers)?" in reply.advice
    assert press(papers, reply.buttons[0]).ok
    assert queries(papers) == ["robots OR drones"]


def test_the_phrase_that_was_asked_about_can_be_had(papers: Stores) -> None:
    reply = say(desk_of(papers), "/subscribe robots or drones")
    assert press(papers, reply.buttons[1]).ok
    assert queries(papers) == ['"robots or drones"']


def test_a_phrase_that_papers_have_is_taken_and_the_other_reading_offered(papers: Stores) -> None:
    reply = say(desk_of(papers), "/subscribe search and rescue")
    assert reply.ok
    assert queries(papers) == ["search and rescue"]
    assert "“and” is taken for a word" in reply.text
    assert (
        "the phrase would have brought 1 paper, “search AND rescue” 1 paper and “search, rescue” 1 paper." in reply.text
    )
    assert "/papers change 1 search AND rescue" in commands(reply)
    [button] = [button for button in reply.buttons if button.text.endswith("search AND rescue")]
    press(papers, button)
    assert queries(papers) == ["search AND rescue"]


def test_a_phrase_with_and_is_taken_though_no_paper_has_it_and_the_other_readings_offered(papers: Stores) -> None:
    reply = say(desk_of(papers), "/subscribe robots and drones")
    assert queries(papers) == ["robots and drones"]
    assert "the phrase would have brought no papers" in reply.text
    assert {"/papers change 1 robots AND drones", "/papers change 1 robots, drones"} <= set(commands(reply))


def test_in_an_empty_store_the_phrase_is_taken_and_the_other_reading_offered(stores: Stores) -> None:
    reply = say(desk_of(stores), "/subscribe robots or drones")
    assert queries(stores) == ["robots or drones"]
    assert "/papers change 1 robots OR drones" in commands(reply)


def test_the_full_form_of_an_acronym_is_no_doubt(papers: Stores) -> None:
    reply = say(desk_of(papers), "/subscribe simultaneous localization and mapping")
    assert "taken for a word" not in reply.text


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("subscribe RLHF/DPO", "/subscribe RLHF, DPO"),
        ("subscribe #robots #drones", "/subscribe robots, drones"),
        ("subscribe cs.RO", "/subscribe cat:cs.RO"),
        ("subscribe !robots", "/subscribe * -robots"),
        ("subscribe au:Lovelace", "/subscribe author:Lovelace"),
        ("papers try robots, and drones", "/papers try robots, drones"),
        ("papers search robots not kitchens", "/papers search robots -kitchens"),
        ("papers search (robots", "/papers search (robots)"),
    ],
)
def test_what_was_meant_is_a_button_with_the_same_command(papers: Stores, typed: str, offered: str) -> None:
    reply = say(desk_of(papers), f"/{typed}")
    assert commands(reply)[0] == offered
    assert press(papers, reply.buttons[0]).ok


def test_changing_a_subscription_asks_in_the_same_way(papers: Stores) -> None:
    say(desk_of(papers), "/subscribe robots")
    reply = say(desk_of(papers), "/papers change 1 robots or drones")
    assert queries(papers) == ["robots"]
    assert commands(reply)[0] == "/papers change 1 robots OR drones"


def test_a_query_that_is_too_long_is_offered_in_parts(papers: Stores) -> None:
    reply = say(desk_of(papers), f"/subscribe {', '.join(f'word{number}' for number in range(80))}")
    assert len(reply.buttons) == 2
    assert all(press(papers, button).ok for button in reply.buttons)


def test_nothing_to_look_for_is_answered_with_a_command_to_give(stores: Stores) -> None:
    reply = say(desk_of(stores), "/subscribe")
    assert (reply.text, reply.advice) == ("What should I look for?", "For example /subscribe rlhf, reward model")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("reinforcment learning", "reinforcement learning"),
        ("tranformer", "transformer"),
        ("transfromers", "transformer"),
        ("title:robtos", "title:robot"),
        ("author:Lovelase", "author:Lovelace"),
        ("drones, tranformer", "drones, transformer"),
    ],
)
def test_a_word_one_slip_away_is_offered(papers: Stores, typed: str, meant: str) -> None:
    reply = say(desk_of(papers), f"/subscribe {typed}")
    assert f"Did you mean {meant} (" in reply.text
    assert f"/papers change 1 {meant}" in commands(reply)


def test_a_search_offers_it_too(papers: Stores) -> None:
    reply = say(desk_of(papers), "/papers search reinforcment learning")
    assert "Did you mean reinforcement learning (1 paper)?" in reply.text
    assert len(press(papers, reply.buttons[0]).cards) == 1


@pytest.mark.parametrize("typed", ["robots", "drone", "RLHG", "crane", "GPT", "violins", "DPO -tranformer", "tra*"])
def test_words_that_papers_have_or_that_nothing_is_near_are_left_alone(papers: Stores, typed: str) -> None:
    assert "Did you mean" not in say(desk_of(papers), f"/subscribe {typed}").text

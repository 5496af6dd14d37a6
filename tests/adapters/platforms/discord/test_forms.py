"""Forms: what they ask for, what they would bring, what is kept of a mistake, and what is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.platforms.discord import Discord
from adapters.platforms.discord.components import Payload
from adapters.platforms.discord.forms import Kept, Mistake, keeping, kept_in, subscription_form
from adapters.platforms.discord.subscribing import changes_of, mistake_in
from adapters.platforms.discord.views import as_sent
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Draft, Reply
from tests.adapters.platforms.discord.asking import a_message, heard
from tests.adapters.platforms.discord.messages import LINE, REPLIES, body
from tests.fakes.desk import Reception, announcing, echo
from tests.servers.discord.interactions import Asked, buttons_of, fields_of
from tests.servers.discord.markdown import obeyed
from tests.servers.discord.rules import complaints
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import papers, reaction, text_of
from tests.servers.discord.world import Payload as Json

LONG = "world model, " * 30 + "“"
"""More than a button could carry."""

BERLIN = Draft(zone="Europe/Berlin", zones=("Europe/Paris", "UTC"))

THIRD = Draft(3, "robots", "daily", "09:00", "Europe/Berlin", ("UTC",))

FIELDS = st.dictionaries(st.sampled_from(["query", "days", "at", "zone", "paper"]), LINE)


def unless_wrong(invocation: Invocation) -> Reply:
    """Refuse what says that it is wrong."""
    return echo(invocation) if "wrong" not in invocation.text else Reply("That is wrong.", ok=False)


def filled(asked: Asked) -> dict[str, str]:
    """What the open form holds."""
    assert asked.modal is not None
    chosen = {
        field["custom_id"]: next((option["value"] for option in field.get("options", []) if option.get("default")), "")
        for field in fields_of(asked.modal)
    }
    return {field["custom_id"]: field.get("value") or chosen[field["custom_id"]] for field in fields_of(asked.modal)}


def labelled(asked: Asked, name: str) -> Json:
    """The label of the open form's field with that name."""
    assert asked.modal is not None
    return next(label for label in asked.modal["components"] if label["component"]["custom_id"] == name)


def texts(reception: Reception) -> list[tuple[str, str]]:
    """The commands that the desk heard."""
    return [(invocation.command, invocation.text) for invocation in reception.heard]


def in_form(
    server: DiscordServer, reception: Reception, act: Callable[[Asked], Any], *, button: Button | None = None
) -> Reception:
    """Let somebody open a form by a button, and act; an act is awaited."""
    opener = button or Button("Subscribe…", "subscribe")
    message = a_message(server, opener)

    async def talk(_: Discord) -> None:
        await act(await reaction(server.press(papers(server), message, opener.label)))

    heard(server, reception, talk)
    return reception


def test_an_empty_subscribe_opens_a_form_in_the_person_s_zone(server: DiscordServer) -> None:
    reception = Reception(first=BERLIN)

    async def talk(_: Discord) -> None:
        asked = await reaction(server.slash(papers(server), "subscribe"))
        assert filled(asked) == {"query": "", "days": "instant", "at": "09:00", "zone": "Europe/Berlin"}
        assert asked.modal is not None
        assert asked.modal["title"] == "New subscription"

    heard(server, reception, talk)
    assert [(invocation.text, invocation.locale) for invocation in reception.drafted] == [("", "en-GB")]


def test_a_button_that_edits_opens_the_form_filled(server: DiscordServer) -> None:
    reception = Reception(first=THIRD)

    async def act(asked: Asked) -> None:
        assert filled(asked) == {"query": "robots", "days": "daily", "at": "09:00", "zone": "Europe/Berlin"}
        assert asked.modal is not None
        assert asked.modal["title"] == "Subscription 3"

    in_form(server, reception, act, button=Button("Edit", "papers", "edit 3"))
    assert [invocation.text for invocation in reception.drafted] == ["3"]


def test_what_a_subscription_would_bring_is_shown_before_it_is_saved(server: DiscordServer) -> None:
    async def act(asked: Asked) -> None:
        previewed = await reaction(server.submit(papers(server), asked, "robots"))
        assert previewed.is_private
        assert "I heard try robots" in text_of(previewed)
        assert [button["label"] for button in buttons_of(previewed.answers[-1])] == ["Save", "Edit"]
        await reaction(server.press(papers(server), previewed.answers[-1], "Save"))

    reception = in_form(server, Reception(first=BERLIN), act)
    assert texts(reception) == [("papers", "try robots"), ("subscribe", "robots")]


def test_a_schedule_that_was_chosen_is_saved_too_and_both_are_announced(server: DiscordServer) -> None:
    async def act(asked: Asked) -> None:
        fields = {"query": "robots", "days": "weekdays", "at": "5pm", "zone": "Europe/Paris"}
        previewed = await reaction(server.submit(papers(server), asked, fields))
        await reaction(server.press(papers(server), previewed.answers[-1], "Save"))

    reception = in_form(server, Reception(announcing, first=BERLIN), act)
    assert texts(reception)[-2:] == [("subscribe", "robots"), ("papers", "digest weekdays 17:00 Europe/Paris")]
    said = [payload["content"] for payload in server.asked_for(f"POST /channels/{papers(server)['id']}/messages")]
    assert said.count("ada did it") == 3


def test_only_what_was_changed_is_saved(server: DiscordServer) -> None:
    async def act(asked: Asked) -> None:
        previewed = await reaction(server.submit(papers(server), asked, {"query": "kettles"}))
        await reaction(server.press(papers(server), previewed.answers[-1], "Save"))

    reception = in_form(server, Reception(first=THIRD), act, button=Button("Edit", "papers", "edit 3"))
    assert texts(reception) == [("papers", "try kettles"), ("papers", "change 3 kettles")]


def test_what_was_typed_is_kept_when_it_is_wrong_and_the_mistake_stands_at_its_field(server: DiscordServer) -> None:
    typed = f"wrong {LONG}"

    async def act(asked: Asked) -> None:
        refused = await reaction(server.submit(papers(server), asked, typed))
        assert "That is wrong." in text_of(refused)
        assert [button["label"] for button in buttons_of(refused.answers[-1])] == ["Edit"]
        again = await reaction(server.press(papers(server), refused.answers[-1], "Edit"))
        assert filled(again)["query"] == typed
        assert labelled(again, "query")["description"] == "That is wrong."
        corrected = await reaction(server.submit(papers(server), again, "robots"))
        assert "That is wrong." not in text_of(corrected)

    reception = in_form(server, Reception(unless_wrong, first=BERLIN), act)
    assert texts(reception)[-1] == ("papers", "try robots")


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("at", "25:99", "I can't read “25:99” as a time. For example 09:00 or 5pm."),
        ("at", "", "A digest needs a time, for example 09:00 or 5pm."),
        ("zone", "Xyzzyland", "I don't know the time zone “Xyzzyland”. For example Europe/Berlin."),
    ],
)
def test_a_time_that_cannot_be_read_is_said_at_its_field(
    server: DiscordServer, field: str, typed: str, reason: str
) -> None:
    async def act(asked: Asked) -> None:
        fields = {"query": "robots", "days": "daily", "at": "9am", field: typed}
        refused = await reaction(server.submit(papers(server), asked, fields))
        again = await reaction(server.press(papers(server), refused.answers[-1], "Edit"))
        assert labelled(again, field)["description"] == reason
        assert filled(again)["query"] == "robots"

    assert texts(in_form(server, Reception(first=Draft(at="")), act)) == []


def test_what_the_desk_refuses_to_save_can_be_edited(server: DiscordServer) -> None:
    def taken(invocation: Invocation) -> Reply:
        return Reply("Subscribed already.", ok=False) if invocation.command == "subscribe" else echo(invocation)

    async def act(asked: Asked) -> None:
        previewed = await reaction(server.submit(papers(server), asked, "robots"))
        refused = await reaction(server.press(papers(server), previewed.answers[-1], "Save"))
        assert "Subscribed already." in text_of(refused)
        again = await reaction(server.press(papers(server), refused.answers[-1], "Edit"))
        assert filled(again)["query"] == "robots"

    in_form(server, Reception(taken, first=BERLIN), act)


def test_a_form_that_was_left_as_it_was_changes_nothing() -> None:
    kept = {"query": "robots", "days": "daily", "at": "9:00", "zone": "Europe/Berlin"}
    assert list(changes_of(THIRD, kept)) == []


@pytest.mark.parametrize(
    ("typed", "schedule"),
    [
        ({"days": "weekdays"}, "weekdays 09:00 Europe/Berlin top 10 even if empty"),
        ({"at": "5pm"}, "daily 17:00 Europe/Berlin top 10 even if empty"),
        ({"zone": "UTC"}, "daily 09:00 UTC top 10 even if empty"),
        ({"days": "instant"}, "instant"),
    ],
)
def test_what_a_form_does_not_ask_of_a_schedule_stays(typed: dict[str, str], schedule: str) -> None:
    draft = replace(THIRD, ending="top 10 even if empty")
    kept = {"query": "robots", "days": "daily", "at": "09:00", "zone": "Europe/Berlin"}
    assert list(changes_of(draft, kept)) == []
    assert list(changes_of(draft, kept | typed)) == [("papers", f"digest {schedule}")]


def test_without_digests_neither_time_nor_zone_matter() -> None:
    assert mistake_in({"query": "robots", "days": "instant", "at": "soon", "zone": "Xyzzyland"}) is None


@given(
    st.builds(Draft, st.integers(0, 999), LINE, LINE, LINE, LINE, st.lists(LINE, max_size=40).map(tuple)),
    FIELDS,
    st.none() | st.builds(Mistake, st.sampled_from(["query", "at", "zone"]), LINE),
)
def test_any_form_is_one_that_discord_takes(draft: Draft, typed: dict[str, str], mistake: Mistake | None) -> None:
    modal = subscription_form(draft, "pw:subscribe:", Kept(typed, mistake))
    assert complaints({"type": 9, "data": modal.to_dict()}) == []


@settings(max_examples=60)
@given(REPLIES, FIELDS, st.none() | st.builds(Mistake, st.just("query"), LINE))
def test_any_answer_to_a_form_is_one_that_discord_takes(
    reply: Reply, typed: dict[str, str], mistake: Mistake | None
) -> None:
    sent = body(keeping(reply, Kept(typed, mistake), "pw:papers:edit 999999999", saves=reply.ok))
    assert complaints(sent) == []
    assert obeyed(sent) == []


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\u034f"), min_size=1, max_size=200))
def test_what_was_typed_is_read_back_as_it_was(query: str) -> None:
    kept = Kept({"query": query, "days": "daily", "at": "09:00"}, Mistake("query", "That is wrong."))
    assert kept_in(as_message(keeping(Reply("No.", ok=False), kept, "pw:subscribe:"))).typed["query"] == query[:500]


def as_message(payload: Payload) -> Any:  # noqa: ANN401 - what reads it looks at its components alone
    """The payload as Discord shows it again."""
    parsed = [discord.components._component_factory(part) for part in as_sent(payload)["components"]]  # noqa: SLF001

    class Shown:
        components = parsed

    return Shown()

from __future__ import annotations

from typing import Any

import pytest

from tests.servers.discord.rules import command_complaints, complaints

MESSAGE: dict[str, Any] = {"content": "Hello!", "allowed_mentions": {"parse": []}}
LINK = {"type": 2, "style": 5, "label": "Paper", "url": "https://papers.example"}
PRESS = {"type": 2, "style": 2, "label": "Why", "custom_id": "pw:papers:why 1"}
INPUT = {"type": 4, "style": 1, "custom_id": "query", "label": "Query"}
MODAL: dict[str, Any] = {"custom_id": "a", "title": "Subscribe", "components": [{"type": 1, "components": [INPUT]}]}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    """A row of them."""
    return {"type": 1, "components": list(buttons)}


def embed(**given: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of an embed
    """Changes to a message: that it has this embed."""
    return {"embeds": [given]}


def test_what_discord_takes_has_no_complaints() -> None:
    assert complaints(MESSAGE) == []
    assert (
        complaints(MESSAGE | embed(title="x", url="https://papers.example") | {"components": [row(LINK, PRESS)]}) == []
    )
    assert complaints({"type": 4, "data": MESSAGE | {"flags": 64}}) == []
    assert complaints({"type": 5, "data": {"flags": 64}}) == []
    assert complaints({"type": 8, "data": {"choices": [{"name": "1. robots", "value": "1"}]}}) == []
    assert complaints({"type": 9, "data": MODAL}) == []
    assert complaints({"name": "A paper", "applied_tags": ["1"], "message": MESSAGE}) == []
    assert complaints({"embeds": [], "allowed_mentions": {"parse": []}}, edit=True) == []


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            {"content": ""},
            {"content": " \n"},
            {"content": "x" * 2001},
            {"content": "👩" * 1001},
            {"content": "\ud800"},
        ),
        *({"allowed_mentions": None}, {"allowed_mentions": {}}, {"allowed_mentions": {"parse": ["everyone"]}}),
        *(
            {"allowed_mentions": {"parse": [], "users": ["1"]}},
            {"allowed_mentions": {"parse": [], "replied_user": True}},
        ),
        *({"nonce": "x" * 26}, {"nonce": 1.5}, {"enforce_nonce": True}, {"flags": 1}, {"text": "x"}),
        *({"embeds": [{"title": "x"}] * 11}, {"embeds": [{"description": "x" * 3001}] * 2}, embed(), embed(title=" ")),
        *(embed(title="x" * 257), embed(description="x" * 4097), embed(footer={"text": "x" * 2049}), embed(titel="x")),
        *(embed(title="x", author={"name": ""}), embed(author={"name": "x" * 257}), embed(title="x", color=0x1000000)),
        *(embed(fields=[{"name": "x", "value": "x"}] * 26), embed(fields=[{"name": "x", "value": ""}])),
        *(embed(fields=[{"name": "x" * 257, "value": "x"}]), embed(fields=[{"name": "x", "value": "x" * 1025}])),
        *(embed(title="x", url="ftp://x.example"), embed(title="x", thumbnail={"url": "x.png"}), embed(title=1)),
        *({"components": [row(PRESS)] * 6}, {"components": [row()]}, {"components": [row(*[LINK] * 6)]}),
        *({"components": [row(PRESS, PRESS)]}, {"components": [PRESS]}, {"components": [row(PRESS | {"label": ""})]}),
        *(
            {"components": [row(PRESS | change)]}
            for change in ({"label": "x" * 81}, {"custom_id": "x" * 101}, {"style": 9})
        ),
        *(
            {"components": [row(LINK | change)]}
            for change in ({"url": "javascript:x"}, {"custom_id": "x"}, {"url": None})
        ),
    ],
    ids=lambda wrong: repr(wrong)[:50].encode("ascii", "replace").decode(),
)
def test_a_message_that_discord_refuses_has_a_complaint_with_its_rule(wrong: dict[str, Any]) -> None:
    [complaint, *_] = complaints(MESSAGE | wrong)
    assert "https://discord.com/developers/docs/" in complaint


@pytest.mark.parametrize(
    "payload",
    [
        *({"type": 3}, {"type": 4, "data": {}}, {"type": 5, "data": {"content": "x"}}, {"type": 8, "data": {}}),
        {"type": 8, "data": {"choices": [{"name": "x", "value": "x"}] * 26}},
        {"type": 8, "data": {"choices": [{"name": "x" * 101, "value": "x"}]}},
        {"type": 8, "data": {"choices": [{"name": "x"}]}},
        {"type": 9, "data": MODAL | {"title": "x" * 46}},
        {"type": 9, "data": MODAL | {"components": []}},
        {"type": 9, "data": MODAL | {"custom_id": ""}},
        {"type": 9, "data": MODAL | {"components": [row(INPUT | {"label": "x" * 46})]}},
        {"type": 9, "data": MODAL | {"components": [row(INPUT | {"placeholder": "x" * 101})]}},
        {"type": 9, "data": MODAL | {"components": [row(INPUT | {"min_length": 9, "max_length": 3})]}},
        *({"name": name, "message": MESSAGE} for name in ("", "x" * 101)),
        {"name": "x", "message": MESSAGE, "applied_tags": ["1"] * 6},
    ],
)
def test_another_payload_that_discord_refuses_has_a_complaint(payload: dict[str, Any]) -> None:
    assert complaints(payload)


def test_an_edit_that_leaves_nothing_is_refused() -> None:
    assert complaints({"content": "", "embeds": [], "allowed_mentions": {"parse": []}}, edit=True)


@pytest.mark.parametrize(
    "change",
    [
        *({"name": ""}, {"name": "Subscribe"}, {"name": "a b"}, {"name": "x" * 33}),
        *({"description": ""}, {"description": "x" * 101}, {"options": [{"name": "query"}]}),
        {"options": [{"name": "query", "description": "A query"}] * 26},
    ],
)
def test_a_command_that_discord_does_not_register_has_a_complaint(change: dict[str, Any]) -> None:
    command = {"name": "subscribe", "description": "Post papers here", "options": []}
    assert list(command_complaints(command)) == []
    assert list(command_complaints(command | change))


TEXT = {"type": 10, "content": "Hello!"}
PICTURE = {"type": 11, "media": {"url": "https://t.example/1.png"}, "description": "A picture"}
OPTION = {"label": "Why", "value": "pw:papers:why 1", "description": "Why it is here"}
MENU = {"type": 3, "custom_id": "pw-menu:more", "placeholder": "More…", "options": [OPTION]}


def container(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a container
    """A message of one container with these parts."""
    inside = {"type": 17, "components": list(parts), "accent_color": 0xF2A33A} | more
    return {"flags": 1 << 15, "components": [inside], "allowed_mentions": {"parse": []}}


def section(*texts: dict[str, Any], accessory: dict[str, Any] = PICTURE) -> dict[str, Any]:
    """Texts beside a picture."""
    return {"type": 9, "components": list(texts), "accessory": accessory}


def changed(part: dict[str, Any], *changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The part, once with each change."""
    return [part | change for change in changes]


def test_a_container_that_discord_takes_has_no_complaints() -> None:
    assert complaints(container(TEXT, section(TEXT, TEXT), {"type": 14}, row(LINK, PRESS), row(MENU))) == []
    assert complaints(container(*[TEXT] * 39)) == []
    assert complaints(container(TEXT | {"content": "x" * 4000})) == []
    assert complaints(container(TEXT | {"id": 2}, id=1)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            container(),
            container(*[TEXT] * 40),
            container(TEXT | {"content": "x" * 2001}, TEXT | {"content": "x" * 2000}),
        ),
        *(container(TEXT | {"content": " "}), container(TEXT) | {"content": "x"}, container(TEXT) | {"components": []}),
        *(container(TEXT) | {"embeds": [{"title": "x"}]}, container(TEXT) | {"flags": 0}, container({"type": 17})),
        *(container(section()), container(section(*[TEXT] * 4)), container(section(TEXT, accessory=TEXT))),
        *(
            container(section(TEXT, accessory=picture))
            for picture in changed(PICTURE, {"media": {}}, {"description": "x" * 1025})
        ),
        *(container(row(MENU), row(MENU)), container(row(MENU, PRESS)), container(TEXT, accent_color=1 << 24)),
        *(container(row(MENU | {"options": [OPTION] * count})) for count in (0, 2, 26)),
        *(container(row(menu)) for menu in changed(MENU, {"placeholder": "x" * 151}, {"custom_id": "x" * 101})),
        *(
            container(row(MENU | {"options": [option]}))
            for option in changed(
                OPTION, {"label": "x" * 101}, {"label": ""}, {"value": "x" * 101}, {"description": "x" * 101}
            )
        ),
        *(container(TEXT | {"id": 1}, id=1), container(TEXT | {"id": 1 << 31})),
    ],
    ids=lambda wrong: repr(wrong)[30:90].encode("ascii", "replace").decode(),
)
def test_a_container_that_discord_refuses_has_a_complaint_with_its_rule(wrong: dict[str, Any]) -> None:
    [complaint, *_] = complaints(wrong)
    assert "https://discord.com/developers/docs/" in complaint


def test_a_form_takes_menus_within_the_same_limits() -> None:
    def form(menu: dict[str, Any]) -> dict[str, Any]:
        label = {"type": 18, "label": "When", "component": menu}
        return {"type": 9, "data": MODAL | {"components": [label]}}

    assert complaints(form(MENU)) == []
    assert complaints(form(MENU | {"options": []}))
    assert complaints(form(MENU | {"options": [OPTION | {"default": True}, OPTION | {"value": "2", "default": True}]}))

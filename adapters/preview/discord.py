"""Messages and dialogs as Discord draws them, from the JSON that it is sent.

Everything that `adapters.platforms.discord` sends is drawn; of anything else, the page shows the number of its kind.
https://discord.com/developers/docs/resources/message#create-message
https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from adapters.preview.discord_embeds import colour_class, draw_embed
from adapters.preview.discord_text import markdown
from adapters.preview.html import Html, Mapped, buttons, element, icon, joined, link, menu, picture

STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "opens"}
"""https://discord.com/developers/docs/components/reference#button-button-styles"""

PARAGRAPH = 2
"""The style of an input of several lines."""

LARGE = 2
"""The spacing of a separator that stands far from what is beside it."""


def draw_payload(payload: Mapped) -> Html:
    """Its text, embeds and components under each other."""
    content = [markdown(payload["content"])] if payload.get("content") else []
    embeds = map(draw_embed, payload.get("embeds") or ())
    return joined(*content, *embeds, *map(_component, payload.get("components") or ()))


def draw_modal(modal: Mapped, avatar: Html) -> Html:
    """A dialog; the app's icon stands above its title."""
    top = element("div", avatar, element("h4", modal["title"]), icon("close"), class_="top")
    fields = element("div", *map(_component, modal["components"]), class_="blocks")
    ends = (element("span", name, class_=kind) for name, kind in (("Cancel", "button"), ("Submit", "button primary")))
    return element("div", top, fields, element("div", *ends, class_="ends"), class_="modal")


def colours(payload: Mapped) -> set[int]:
    """The colours of its embeds and containers, 0xRRGGBB: the page's style names them, as it allows none elsewhere."""
    found = [embed.get("color") for embed in payload.get("embeds") or ()]
    found += [part.get("accent_color") for part in payload.get("components") or ()]
    return {colour for colour in found if colour is not None}


def _component(component: Mapped) -> Html:
    draw = DRAWN.get(component["type"])
    return draw(component) if draw else element("span", f"[{component['type']}]", class_="unknown")


def _row(component: Mapped) -> Html:
    return buttons(map(_component, component["components"]))


def _section(component: Mapped) -> Html:
    words = element("div", *map(_component, component["components"]), class_="words")
    return element("div", words, _component(component["accessory"]), class_="section")


def _text(component: Mapped) -> Html:
    return markdown(component["content"])


def _thumbnail(component: Mapped) -> Html:
    return picture(component.get("description") or "Picture")


def _gallery(component: Mapped) -> Html:
    return element("div", *map(_thumbnail, component["items"]), class_="gallery")


def _separator(component: Mapped) -> Html:
    kind = "line" if component.get("divider", True) else "space"
    return element("hr", class_=f"{kind} large" if component.get("spacing") == LARGE else kind)


def _container(component: Mapped) -> Html:
    look = f"container {colour_class(component.get('accent_color'))}".strip()
    return element("div", *map(_component, component["components"]), class_=look)


def _button(component: Mapped) -> Html:
    sign = (component.get("emoji") or {}).get("name") or ""
    shown = " ".join(part for part in (sign, component.get("label") or "") if part)
    style = STYLES.get(component.get("style", 2), "secondary")
    if component.get("url"):
        return link(component["url"], shown, icon("leads out"), class_="button opens")
    look = f"button {style}" + (" off" if component.get("disabled") else "")
    return element("span", shown, class_=look, title=_command(component.get("custom_id", "")))


def _select(component: Mapped) -> Html:
    options = component.get("options") or ()
    chosen = ", ".join(option["label"] for option in options if option.get("default"))
    shown = element("span", chosen) if chosen else element("span", component.get("placeholder") or "", class_="empty")
    return menu(joined(shown, icon("open")), map(_option, options), class_="select")


def _option(option: Mapped) -> Html:
    about = [element("small", option["description"])] if option.get("description") else []
    return joined(element("span", option["label"], title=_command(option["value"])), *about)


def _input(component: Mapped) -> Html:
    kind = "input long" if component.get("style") == PARAGRAPH else "input"
    field = (
        element("div", component["value"], class_=kind)
        if component.get("value")
        else element("div", component.get("placeholder") or "", class_=f"{kind} empty")
    )
    # Before there were labels around inputs, an input had its own.
    return _labelled(component, [field]) if component.get("label") else field


def _label(component: Mapped) -> Html:
    inside = component["component"]
    about = [element("p", component["description"], class_="hint")] if component.get("description") else []
    return _labelled({**component, "required": inside.get("required", True)}, [*about, _component(inside)])


def _labelled(component: Mapped, below: Iterable[Html]) -> Html:
    star = [element("span", " *", class_="required")] if component.get("required", True) else []
    return element("div", element("p", component["label"], *star, class_="label"), *below, class_="field")


def _command(custom_id: str) -> str:
    """What a press is the same as typing."""
    _, _, command = custom_id.partition("#")[0].partition(":")
    return f"/{command.replace(':', ' ', 1)}".strip() if command else ""


DRAWN: dict[int, Callable[[Mapped], Html]] = {
    1: _row,
    2: _button,
    3: _select,
    4: _input,
    9: _section,
    10: _text,
    11: _thumbnail,
    12: _gallery,
    14: _separator,
    17: _container,
    18: _label,
    **dict.fromkeys((5, 6, 7, 8), _select),  # of people, roles and channels, whose options Discord knows
}
"""https://discord.com/developers/docs/components/reference#component-object-component-types"""

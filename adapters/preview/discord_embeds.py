"""Embeds as Discord draws them: https://discord.com/developers/docs/resources/message#embed-object."""

from __future__ import annotations

from adapters.preview.discord_text import inline, markdown
from adapters.preview.html import Html, Mapped, element, link, picture


def draw_embed(embed: Mapped) -> Html:
    """Its author, title, text, fields and footer."""
    parts = []
    if author := embed.get("author"):
        parts.append(element("p", author["name"], class_="author"))
    if title := embed.get("title"):
        drawn = inline(title)
        parts.append(element("h4", link(embed["url"], drawn) if embed.get("url") else drawn))
    if description := embed.get("description"):
        parts.append(markdown(description))
    parts += map(_field, embed.get("fields") or ())
    shown = [element("div", *parts, class_="inside")]
    if embed.get("thumbnail"):
        shown.append(picture(f"Picture of {embed.get('title') or 'the paper'}".replace("\\", "")))
    if footer := embed.get("footer"):
        shown.append(element("p", footer["text"], class_="footer"))
    return element("div", *shown, class_=f"embed {colour_class(embed.get('color'))}".strip())


def colour_class(colour: int | None) -> str:
    """The class of embeds and containers of that colour, 0xRRGGBB: the page's style names them."""
    return "" if colour is None else f"colour-{colour:06x}"


def _field(field: Mapped) -> Html:
    return element("div", element("h5", inline(field["name"])), markdown(field["value"]), class_="field")

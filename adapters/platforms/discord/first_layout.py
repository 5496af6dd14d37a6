"""Cards and digests as embeds, as they were posted before there were containers: messages keep their first look.

Counts are brought up to date for seven days after a message was posted (`bot.delivery.edit_policy`), so this can go,
with the reading of embeds in `posting.py`, once nobody upgrades from a version that posted embeds.
https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import discord

from adapters.platforms.discord.buttons import command_buttons, each_once, link_buttons, rows, with_key
from adapters.platforms.discord.markdown import bold, escape, fit, fit_lines, flat, inert, link, web
from adapters.platforms.discord.parts import Part, Row
from bot.domain.messages import Card, Digest, Reason
from bot.text.characters import units
from bot.text.figures import day
from bot.text.shorten import ELLIPSIS

TITLE, NAME, DESCRIPTION = 256, 256, 4096

GLUE = "\u00a0"
"""A space at which no line is broken: between a figure and its sign."""

ALL_EMBEDS = 6000
"""Code units of all embeds of a message together."""

MOST_ROWS = 5

SUMMARY = 1000
"""Code units of a summary with its backslashes; the core keeps summaries shorter."""

REASON = 330
"""Code units of a reason: as many as a card had fit a field."""

MARK = "https://paperwire.invalid/"
"""An address that leads nowhere and holds a key: an embed without a title does not show its address."""

PAPERS = f"{MARK}?papers="
"""The same for the ids of a digest's papers, separated by commas."""

ADDRESS, KEY_ROOM = 2048, 32
"""Characters of an embed's address, and those reserved for a key."""


def embeds_and_buttons(
    message: Card | Digest, colour: discord.Colour, *, key: str, thumbnails: bool
) -> tuple[tuple[discord.Embed, ...], tuple[Part, ...]]:
    """The message's embeds, and its buttons in rows; its key in a button that has room, else in the first embed."""
    links = message.links if isinstance(message, Card) else ()
    buttons = each_once([*link_buttons(links), *command_buttons(message.buttons)])
    embeds = (_card(message, thumbnails=thumbnails),) if isinstance(message, Card) else _digest(message)
    for embed in embeds:
        embed.colour = colour
    keyed = with_key(buttons, key)
    if key and keyed == buttons:
        embeds[0].url = f"{(embeds[0].url or '').partition('#')[0] or MARK}#{key}"
    return embeds, tuple(map(Row, rows(keyed)[:MOST_ROWS]))


def listed(address: str) -> list[str]:
    """The ids of papers in the address of a digest's embed; an empty list if it is another address."""
    papers = address.partition("#")[0]
    return papers.removeprefix(PAPERS).split(",") if papers.startswith(PAPERS) else []


def _card(card: Card, *, thumbnails: bool) -> discord.Embed:
    embed = discord.Embed(title=fit(flat(card.title), TITLE) or ELLIPSIS, url=web(card.url, 2000) or None)
    embed.description = fit(flat(card.summary), SUMMARY) or None
    if thumbnails and (picture := web(card.thumbnail_url)):
        embed.set_thumbnail(url=picture)
    if byline := fit(flat(card.byline), NAME, str):
        embed.set_author(name=byline)
    if lines := [line for reason in card.reasons if (line := _reason(reason))]:
        embed.add_field(name="Why it is here", value="\n".join(lines), inline=False)
    figures, origin = fit(flat(card.figures), NAME, str), fit(flat(card.origin), NAME, str)
    return embed.set_footer(text=" · ".join(part for part in (figures, day(card.listed), origin) if part))


def _reason(reason: Reason) -> str:
    line = ""
    for piece in reason:
        line += fit(inert(piece.text).replace("\n", " "), REASON - units(line), bold if piece.bold else escape)
    return line.strip()


def _digest(digest: Digest) -> tuple[discord.Embed, ...]:
    titles = [flat(card.title) for card in digest.cards]
    headline = bold(fit(flat(digest.headline), TITLE, str)) or ELLIPSIS

    def line(index: int, room: int) -> str:
        card = digest.cards[index]
        figures = escape(f" · {card.figures}").replace(" ", GLUE).replace(f"·{GLUE}", "· ")
        return f"- {link(titles[index], card.url, room)}{figures}"

    lines = fit_lines(len(digest.cards), line, ALL_EMBEDS - units(headline) - 1, longest=TITLE)
    texts = [headline]
    for text in lines:
        joined = f"{texts[-1]}\n{text}"
        if units(joined) <= DESCRIPTION:
            texts[-1] = joined
        else:
            texts.append(text)
    embeds = tuple(discord.Embed(description=text) for text in texts)
    embeds[0].url = _naming(card.paper_id for card in digest.cards)
    return embeds


def _naming(papers: Iterable[str]) -> str | None:
    """An address with the ids of as many papers as fit beside a key: more than the forty of a digest."""
    address = ""
    for paper_id in papers:
        longer = f"{address},{paper_id}" if address else f"{PAPERS}{paper_id}"
        if re.fullmatch(r"[A-Za-z0-9._/-]+", paper_id) and len(longer) < ADDRESS - KEY_ROOM:
            address = longer
    return address or None

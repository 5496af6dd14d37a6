"""Messages as embeds and buttons, within Discord's limits whatever they hold.

Text from outside never formats, links or mentions. Lengths are counted in UTF-16 code units, which is never less than
what Discord counts.
https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import discord

from adapters.platforms.discord.buttons import (
    MOST_BUTTONS,
    Pressable,
    card_buttons,
    command_buttons,
    each_once,
    reply_buttons,
    with_key,
)
from adapters.platforms.discord.markdown import (
    bold,
    code_block,
    escape,
    fit,
    fit_lines,
    flat,
    inert,
    link,
    web,
)
from bot.domain.messages import Card, Digest, Message, Reason, Reply
from bot.text.characters import units
from bot.text.figures import day
from bot.text.shorten import ELLIPSIS

COLOUR = discord.Colour(0xF2A33A)

TROUBLE = discord.Colour(0xDA373C)
"""The colour of replies to commands that failed."""

TITLE, NAME, DESCRIPTION, FIELD = 256, 256, 4096, 1024

CONTENT = 2000

GLUE = "\u00a0"
"""A space at which no line is broken: between a figure and its sign."""

ALL_EMBEDS = 6000
"""Code units of all embeds of a message together."""

MOST_EMBEDS = 10

THREAD_NAME = 100
"""https://discord.com/developers/docs/resources/channel#channel-object"""

SUMMARY = 1000
"""Code units of a summary with its backslashes; the core keeps summaries shorter."""

REASON = 330
"""Code units of a reason: `bot.cards.REASONS` of them fit a field."""

MARK = "https://paperwire.invalid/"
"""An address that leads nowhere and holds a key: an embed without a title does not show its address."""

PAPERS = f"{MARK}?papers="
"""The same for the ids of a digest's papers, separated by commas."""

ADDRESS, KEY_ROOM = 2048, 32
"""Characters of an embed's address, and those reserved for a key."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A message for Discord.

    Its key stands in the custom_id of one of its buttons or, if none has room for it, in the address of its first
    embed; `marked` reads it from both.

    Attributes:
        content: Text above the embeds, in markdown; empty for most messages.
        embeds: At most 10.
        buttons: At most 25; see `rows`.
    """

    content: str
    embeds: tuple[discord.Embed, ...]
    buttons: tuple[Pressable, ...]


def to_payload(message: Message, *, key: str = "", thumbnails: bool = True) -> Payload:
    """The message as Discord shows it.

    Args:
        message: The message.
        key: 24 hexadecimal digits by which the message is found again; may be empty.
        thumbnails: Whether to show pictures of papers.
    """
    match message:
        case Card():
            payload = Payload("", (to_embed(message, thumbnails=thumbnails),), card_buttons(message))
        case Digest():
            payload = _digest(message)
        case Reply(cards=()):
            payload = Payload(
                "", _texts(_body(message, ALL_EMBEDS), COLOUR if message.ok else TROUBLE), reply_buttons(message)
            )
        case Reply():
            payload = _papers(message, thumbnails=thumbnails)
    return _with_key(replace(payload, buttons=each_once(payload.buttons)[:MOST_BUTTONS]), key)


def to_embed(card: Card, *, thumbnails: bool = True) -> discord.Embed:
    """A paper: byline, title, summary, why it is here, votes and comments."""
    embed = _head(card, TITLE, thumbnails=thumbnails)
    embed.description = fit(flat(card.summary), SUMMARY) or None
    if byline := fit(flat(card.byline), NAME, str):
        embed.set_author(name=byline)
    if lines := [line for reason in card.reasons if (line := _reason(reason))]:
        embed.add_field(name="Why it is here", value="\n".join(lines), inline=False)
    origin = fit(flat(card.origin), NAME, str)
    return embed.set_footer(text=" · ".join(part for part in (card.figures, day(card.listed), origin) if part))


def thread_name(message: Message) -> str:
    """The name of a forum post with the message: 1–100 characters without markdown."""
    match message:
        case Card(title=text) | Digest(headline=text) | Reply(text=text):
            return fit(flat(text), THREAD_NAME, str) or ELLIPSIS


def _head(card: Card, room: int, *, thumbnails: bool) -> discord.Embed:
    """An embed with the paper's title, linked, and its picture."""
    title = fit(flat(card.title), room) or ELLIPSIS
    embed = discord.Embed(colour=COLOUR, title=title, url=web(card.url, 2000) or None)
    if thumbnails and (picture := web(card.thumbnail_url)):
        embed.set_thumbnail(url=picture)
    return embed


def _reason(reason: Reason, room: int = REASON) -> str:
    line = ""
    for piece in reason:
        line += fit(inert(piece.text).replace("\n", " "), room - units(line), bold if piece.bold else escape)
    return line.strip()


def _digest(digest: Digest) -> Payload:
    titles = [flat(card.title) for card in digest.cards]
    headline = bold(fit(flat(digest.headline), TITLE, str)) or ELLIPSIS

    def line(index: int, room: int) -> str:
        card = digest.cards[index]
        figures = escape(f" · {card.figures}").replace(" ", GLUE).replace(f"·{GLUE}", "· ")
        return f"- {link(titles[index], card.url, room)}{figures}"

    lines = fit_lines(len(digest.cards), line, ALL_EMBEDS - units(headline) - 1, longest=TITLE)
    embeds = _texts([headline, *lines], COLOUR)
    embeds[0].url = _naming(card.paper_id for card in digest.cards)
    return Payload("", embeds, tuple(command_buttons(digest.buttons)))


def listed(address: str) -> list[str]:
    """The ids of papers in the address of a digest's embed; an empty list if it is another address."""
    papers = address.partition("#")[0]
    return papers.removeprefix(PAPERS).split(",") if papers.startswith(PAPERS) else []


def _naming(papers: Iterable[str]) -> str | None:
    """An address with the ids of as many papers as fit beside a key: more than the forty of a digest."""
    address = ""
    for paper_id in papers:
        longer = f"{address},{paper_id}" if address else f"{PAPERS}{paper_id}"
        if re.fullmatch(r"[A-Za-z0-9._-]+", paper_id) and len(longer) < ADDRESS - KEY_ROOM:
            address = longer
    return address or None


def _papers(reply: Reply, *, thumbnails: bool) -> Payload:
    """A reply with papers: the text, then an embed for each paper."""
    embeds: tuple[discord.Embed, ...]
    if len(reply.cards) == 1:
        [card] = reply.cards
        embeds, buttons = (to_embed(card, thumbnails=thumbnails),), (*card_buttons(card), *reply_buttons(reply))
    else:
        cards = reply.cards[:MOST_EMBEDS]
        share = ALL_EMBEDS // len(cards)
        embeds = tuple(_small(card, share, thumbnails=thumbnails) for card in cards)
        buttons = reply_buttons(reply)
    return Payload("\n".join(_body(reply, CONTENT)).strip(), embeds, buttons)


def _small(card: Card, share: int, *, thumbnails: bool) -> discord.Embed:
    """A paper among others, with the first reason why it is there, in at most ``share`` code units."""
    why = [line for reason in card.reasons[:1] if (line := _reason(reason, min(REASON, share // 4)))]
    part = share // (4 if why else 3)
    embed = _head(card, min(TITLE, part), thumbnails=thumbnails)
    facts = fit(" · ".join(part for part in (card.figures, flat(card.byline)) if part), min(NAME, part))
    summary = fit(flat(card.summary), min(NAME, part - len("\n\n-# ")))
    embed.description = "\n".join(line for line in (summary, *why, f"-# {facts}") if line)
    return embed


def _body(reply: Reply, room: int) -> list[str]:
    """A reply's text, code, entries and advice, in at most ``room`` code units together."""
    part = room // 6 - 2
    text = fit(reply.text, (2 if reply.entries else 4) * part)
    code, advice = code_block(reply.code, part), fit(reply.advice, part)
    pieces = [piece for piece in (text, code) if piece]
    left = room - sum(units(piece) + 2 for piece in (*pieces, advice))
    entries = [flat(entry.text) for entry in reply.entries]

    def line(index: int, size: int) -> str:
        return fit(entries[index], size) or ELLIPSIS

    pieces += fit_lines(len(entries), line, left, longest=FIELD)
    if advice:
        apart = pieces and pieces[-1] != code  # Discord sets a code block apart by itself
        pieces += ["", advice] if apart else [advice]
    return pieces


def _texts(pieces: Iterable[str], colour: discord.Colour) -> tuple[discord.Embed, ...]:
    """As few embeds as hold the pieces, one under the other."""
    texts = [""]
    for piece in pieces:
        joined = f"{texts[-1]}\n{piece}" if texts[-1] else piece
        if units(joined) <= DESCRIPTION:
            texts[-1] = joined
        else:
            texts.append(piece)
    return tuple(discord.Embed(colour=colour, description=text.strip() or ELLIPSIS) for text in texts)


def _with_key(payload: Payload, key: str) -> Payload:
    if not key:
        return payload
    buttons = with_key(payload.buttons, key)
    if buttons == payload.buttons and payload.embeds:  # no button has room for it
        first = payload.embeds[0]
        first.url = f"{(first.url or '').partition('#')[0] or MARK}#{key}"
    return replace(payload, buttons=buttons)

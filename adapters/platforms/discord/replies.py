"""Replies: text, lists with what can be done about each entry, papers, menus and buttons."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.platforms.discord.buttons import Pressable, command_buttons, each_once, link_buttons, rows, select
from adapters.platforms.discord.cards import act_on, card_parts, listed, ruled
from adapters.platforms.discord.markdown import code_block, fit_lines, quiet
from adapters.platforms.discord.parts import MOST_COMPONENTS, MOST_TEXT, Part, Row, components_in, text_in
from adapters.platforms.discord.pieces import line, lines, quiet_lines
from bot.domain.messages import NEAR, Card, Entry, Reply
from bot.text.shorten import ELLIPSIS

ENTRY = 1024
"""Code units of an entry's line."""

MOST_OWN = 15
"""Buttons of the reply itself; entries have the rest."""

MOST_PAPERS = 11
"""Papers of a reply: so many fit beside everything else that a reply may have."""

CONTAINER = 1
"""Components around everything."""


def reply_parts(
    reply: Reply, *, thumbnails: bool = True, room: int = MOST_TEXT, most: int = MOST_COMPONENTS
) -> list[Part]:
    """A reply, in at most ``room`` code units of text and ``most`` components, the container included."""
    alone = card_parts(reply.cards[0], thumbnails=thumbnails) if len(reply.cards) == 1 else []
    part = (room - text_in(alone)) // 6 - 2
    advice, code = quiet_lines(reply.advice, part), code_block(reply.code, part)
    above = [text for text in (lines(reply.text, (2 if reply.entries else 4) * part), code) if text]
    under: list[Part] = [*([advice] if advice else []), *alone]
    left = room - text_in([*above, *under])
    near = _near(reply.near, left // 2)
    left -= text_in(near)
    papers = [] if alone else _papers(reply.cards, left // 2 if reply.entries else left)
    several = [*([] if alone else reply.cards), *reply.near]
    below = [*([act_on(several)] if several else []), *_below(reply)]
    free = most - CONTAINER - components_in([*above, *under, *papers, *near, *below])
    said = [*above, *_entries(reply.entries, left - text_in(papers), free), *under]
    apart = [*said, *ruled(papers), *near[:1], *ruled(near[1:]), *below]
    fits = CONTAINER + components_in(apart) <= most
    return (apart if fits else [*said, *papers, *near, *below]) or [ELLIPSIS]


def _near(cards: Sequence[Card], room: int) -> Sequence[Part]:
    """Papers that are near in meaning, under their heading; an empty list if there are none."""
    heading = f"**{NEAR}**"
    return [heading, *_papers(cards, room - len(heading))] if cards else []


def _papers(cards: Sequence[Card], room: int) -> Sequence[Part]:
    """Several papers, one under the other."""
    return listed(cards, room, _day_votes_and_who, most=MOST_PAPERS, reasons=True)


def _day_votes_and_who(card: Card) -> str:
    return " · ".join(part for part in (card.day, card.votes, card.trend, card.who) if part)


def _below(reply: Reply) -> list[Part]:
    own = each_once([*link_buttons(reply.links), *command_buttons(reply.buttons)])[:MOST_OWN]
    menu = [select("reply", reply.menu.prompt, reply.menu.options)] if reply.menu else []
    return [*menu, *map(Row, rows(own))]


def _entries(entries: Sequence[Entry], room: int, free: int) -> list[Part]:
    """The entries, each with its buttons as long as there are components for them; entries without are one text."""

    def shown(index: int, size: int) -> str:
        entry = entries[index]
        small = quiet(line(entry.detail, size))
        return "\n".join(filter(None, [line(entry.text, size) or ELLIPSIS, small]))

    parts: list[Part] = []
    plain: list[str] = []
    texts = fit_lines(len(entries), shown, room, longest=ENTRY)
    buttons: list[Sequence[Pressable]] = [command_buttons(entry.buttons) for entry in entries]
    for place, (text, given) in enumerate(zip(texts, [*buttons, ()], strict=False), 1):
        wanted: list[Part] = [text, *map(Row, rows(given))]
        texts_without = bool(plain) + (place < len(texts))  # of the entries before, and of those that come after
        if given and components_in([*parts, *wanted]) + texts_without <= free:
            parts += ["\n".join(plain)] * bool(plain) + wanted
            plain = []
        else:
            plain.append(text)
    return parts + ["\n".join(plain)] * bool(plain)

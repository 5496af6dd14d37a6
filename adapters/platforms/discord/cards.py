"""Papers: one alone on its card, or several in a digest or reply."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from adapters.platforms.discord.buttons import Select, command_buttons, link_buttons, rows, select
from adapters.platforms.discord.markdown import escape, fit, fit_lines, flat, link, more, quiet, web
from adapters.platforms.discord.parts import MOST_COMPONENTS, MOST_TEXT, Part, Pictured, Row, Rule, components_in
from adapters.platforms.discord.pieces import line, line_of
from bot.domain.messages import Button, Card, Digest
from bot.text.characters import units

TITLE, WHO, SUMMARY, WHOSE, REASON, NOTE = 300, 400, 1000, 80, 500, 200
"""Code units of the parts of a card, with their markup; the core keeps them shorter."""

AMONG_OTHERS = 256
"""Code units of a title or sentence among others."""

TALL = 140
"""Characters of a summary beside which a picture stands: with fewer, the picture would be taller than the text."""

ALT = 200
"""Code units of a picture's description; Discord takes 1024."""

MOST_LISTED = 25
"""Papers of a digest: a menu has as many options."""

BEFORE_UNIT = re.compile(r"(?<=[▲★\d]) (?!·)")
"""The blanks of "▲ 58" and "3 comments", at which no line should be broken."""

MORE, ACT = "More…", "Act on a paper…"

Small = Callable[[Card], str]
"""What stands in small print under a paper among others."""


def card_parts(card: Card, *, thumbnails: bool = True) -> list[Part]:
    """A paper alone: title, who and figures; the summary; whose it is and why it is here; what can be done."""
    facts = " · ".join(part for part in (flat(card.byline), flat(card.figures)) if part)
    about = _joined(f"### {link(card.title, card.url, TITLE)}", quiet(fit(facts, WHO, _unbroken)))
    summary = fit(flat(card.summary), SUMMARY)
    whose = quiet(fit(flat(card.summary_by), WHOSE)) if summary else ""
    texts = tuple(text for text in (about, summary) if text)
    picture = web(card.thumbnail_url) if thumbnails and len(card.summary) >= TALL else ""
    parts: list[Part] = list(texts)
    if picture:
        parts = [Pictured(texts, picture, f"Picture of the paper “{fit(flat(card.title), ALT, str)}”")]
    why = [quiet(line_of(reason, REASON)) for reason in card.reasons[:1]]
    return [
        *parts,
        _joined(whose, *why, quiet(line(card.note, NOTE))),
        *map(Row, rows([*link_buttons(card.links), *command_buttons(card.buttons)])[:1]),
        _menu(card),
    ]


def digest_parts(digest: Digest) -> list[Part]:
    """Several papers, best first, with a menu that shows the card of one."""
    headline = f"### {fit(flat(digest.headline), TITLE)}"
    below: list[Part] = [act_on(digest.cards), *map(Row, rows(command_buttons(digest.buttons))[:1])]
    papers = listed(digest.cards, MOST_TEXT - units(headline), _votes_and_query)
    parts: list[Part] = [headline, *papers, *below]
    apart: list[Part] = [headline, *ruled(papers), *below]
    return apart if 1 + components_in(apart) <= MOST_COMPONENTS else parts


def listed(
    cards: Sequence[Card], room: int, small: Small, *, most: int = MOST_LISTED, reasons: bool = False
) -> list[str]:
    """Papers among others, all shortened alike: title, sentence and small print of each.

    Args:
        cards: The papers.
        room: Code units for all of them.
        small: What stands in small print.
        most: How many are shown; the others are counted.
        reasons: Whether each says why it is there.
    """

    def paper(index: int, size: int) -> str:
        card = cards[index]
        why = [quiet(line_of(reason, size)) for reason in card.reasons[:1] if reasons]
        title = f"**{link(card.title, card.url, size)}**"
        sentence = fit(flat(card.sentence), size)
        return _joined(title, sentence, quiet(fit(flat(small(card)), size, _unbroken)), *why)

    count = min(len(cards), most)
    left = [more(len(cards) - count)] if len(cards) > count else []
    return fit_lines(count, paper, room - sum(map(units, left)), longest=AMONG_OTHERS) + left


def ruled(papers: Sequence[Part]) -> list[Part]:
    """The papers, with a line above each."""
    return [part for paper in papers for part in (Rule(), paper)]


def act_on(cards: Sequence[Card]) -> Select:
    """A menu of papers; a choice shows the paper's card, with all that can be done."""
    choices = [(Button(card.title, "papers", f"show {card.paper_id}"), card.byline) for card in cards[:MOST_LISTED]]
    return select("papers", ACT, choices)


def _menu(card: Card) -> Select:
    """What else can be done. Options cannot open addresses, so one of them gives the links as buttons."""
    commands = [choice for choice in card.menu if isinstance(choice, Button)]
    links = " · ".join(choice.label for choice in card.menu if not isinstance(choice, Button))
    choices: list[Button | tuple[Button, str]] = list(commands)
    if links:
        choices.append((Button("Links", "papers", f"links {card.paper_id}"), links))
    return select("more", MORE, choices)


def _votes_and_query(card: Card) -> str:
    return " · ".join(part for part in (card.votes, card.who, card.brought_by) if part)


def _unbroken(text: str) -> str:
    return BEFORE_UNIT.sub("\u00a0", escape(text))


def _joined(*lines: str) -> str:
    return "\n".join(filter(None, lines))

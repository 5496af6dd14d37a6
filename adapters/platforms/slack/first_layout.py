"""Cards and digests as they were laid out before there were menus.

A message that was posted in this layout keeps it while its counts are brought up to date, which is for a week. This
file can go once nobody upgrades any more from a version that posted so.
"""

from __future__ import annotations

from adapters.platforms.slack.buttons import actions
from adapters.platforms.slack.cards import BYLINE, HEADLINE, MESSAGE, REASON, SUMMARY, TITLE, lines, picture, title
from adapters.platforms.slack.elements import Block, context, has_text, header, line, paragraph, quote, rich_text, size
from adapters.platforms.slack.pieces import inline, on_one_line
from bot.domain.messages import Card, Digest
from bot.text.figures import day
from bot.text.rich import Piece, Rich


def first_card(card: Card, *, thumbnails: bool) -> list[Block]:
    """Title, facts, summary, reasons in a quotation, and every button in a row."""
    for share in (1, 2, 4):
        blocks = _card(card, share=share, thumbnails=thumbnails and share == 1)
        if size(blocks) <= MESSAGE:
            break
    return blocks


def first_digest(digest: Digest) -> list[Block]:
    """A headline, and a line for each paper."""
    top = header(line(digest.headline, HEADLINE))
    return [top, *lines(digest.cards, MESSAGE - size([top]))]


def _card(card: Card, *, share: int, thumbnails: bool) -> list[Block]:
    origin = [line(card.origin, BYLINE // share)] if has_text(card.origin) else []
    facts = [line(card.byline, BYLINE // share)] if has_text(card.byline) else []
    blocks = [
        title(card, TITLE // share),
        context("\n".join([*facts, " · ".join([day(card.listed), line(card.figures, BYLINE // share), *origin])])),
    ]
    if has_text(card.summary):
        blocks.append(paragraph(line(card.summary, SUMMARY // share), picture(card) if thumbnails else None))
    why = [piece for reason in card.reasons for piece in (Piece("\n"), *on_one_line(Rich(reason), REASON // share))][1:]
    if why:
        blocks.append(rich_text(quote(*inline(why))))
    return blocks + actions([*card.links, *card.buttons])

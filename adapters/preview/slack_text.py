"""Text as Slack draws it: the elements of rich text, and mrkdwn.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adapters.preview.html import Html, Mapped, element, joined, link
from adapters.preview.moments import slack_moment

STYLES = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "code": "code"}
"""The elements that show a style."""

EMOJI = {"warning": "\N{WARNING SIGN}\ufe0f"}
"""Those whose code points a message leaves out."""

LISTS = {"ordered": "ol", "bullet": "ul"}

DEEPEST = 8
"""Formats within formats that are read."""

FENCED = re.compile(r"```((?:[^`]|`(?!``))++)```")

QUOTED = "&gt;"

MARKS = re.compile(
    r"`(?P<code>[^`\n]++)`"
    r"|<(?P<angle>[^<>\n]++)>"
    r"|(?<![\w*])\*(?=\S)(?P<strong>[^*\n]++)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=\S)(?P<em>[^_\n]++)(?<=\S)_(?![\w_])"
    r"|(?<![\w~])~(?=\S)(?P<s>[^~\n]++)(?<=\S)~(?![\w~])"
    r"|:(?P<emoji>[\w+'-]++):"
)

DATE = re.compile(r"!date\^(\d{1,12})\^([^^|]*+)(?:\^([^|]*+))?(?:\|(.*+))?")

UNESCAPED = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def draw_text(written: Mapped) -> Html:
    """A text object."""
    return mrkdwn(written["text"]) if written["type"] == "mrkdwn" else joined(written["text"])


def rich_text(part: Mapped) -> Html:
    """A part of a rich text block."""
    match part["type"]:
        case "rich_text_section":
            return element("p", *_pieces(part["elements"]))
        case "rich_text_quote":
            return element("blockquote", *_pieces(part["elements"]))
        case "rich_text_preformatted":
            return element("pre", element("code", *_pieces(part["elements"])))
        case "rich_text_list":
            items = (element("li", *_pieces(item["elements"])) for item in part["elements"])
            return element(LISTS[part["style"]], *items)
        case kind:
            return unknown(kind)


def unknown(kind: str) -> Html:
    """The name of what the page cannot draw."""
    return element("span", f"[{kind}]", class_="unknown")


def mrkdwn(text: str) -> Html:
    """A text in Slack's own markup."""
    drawn = []
    for number, part in enumerate(FENCED.split(text)):
        if number % 2:
            drawn.append(element("pre", element("code", _unescaped(part.strip("\n")))))
        else:
            drawn += _lines(part)
    return joined(*drawn)


def _lines(text: str) -> Iterator[Html]:
    plain: list[str] = []
    for line in text.split("\n"):
        if not line.startswith(QUOTED):
            plain.append(line)
            continue
        yield _inline("\n".join(plain))
        yield element("blockquote", _inline(line.removeprefix(QUOTED).removeprefix(" ")))
        plain = []
    yield _inline("\n".join(plain))


def _inline(text: str, depth: int = 0) -> Html:
    drawn: list[str] = []
    place = 0
    for found in MARKS.finditer(text) if depth < DEEPEST else ():
        drawn += [_unescaped(text[place : found.start()]), _mark(found, depth)]
        place = found.end()
    return joined(*drawn, _unescaped(text[place:]))


def _mark(found: re.Match[str], depth: int) -> str:
    kind, inside = found.lastgroup, found[found.lastgroup or 0]
    match kind:
        case "angle":
            return _angle(inside)
        case "emoji":
            return EMOJI.get(inside, found[0])
        case "code":
            return element("code", _unescaped(inside))
        case _:
            return element(str(kind), _inline(inside, depth + 1))


def _angle(inside: str) -> str:
    """What stands in angle brackets: a date, a mention, or a link."""
    if date := DATE.fullmatch(inside):
        moment = slack_moment(int(date[1]), _unescaped(date[2]))
        return link(_unescaped(date[3]), moment) if date[3] else joined(moment)
    address, _, label = inside.partition("|")
    if address[:1] in "!@#":
        name = label.lstrip("@#") or address[1:]
        return element("span", f"{'#' if address[:1] == '#' else '@'}{_unescaped(name)}", class_="mention")
    return link(_unescaped(address), _inline(label, DEEPEST) if label else _unescaped(address))


def _unescaped(text: str) -> str:
    return re.sub("&(?:lt|gt|amp);", lambda found: UNESCAPED[found[0]], text)


def _pieces(pieces: Iterable[Mapped]) -> list[Html]:
    return [_styled(piece) for piece in pieces]


def _styled(piece: Mapped) -> Html:
    drawn = _piece(piece)
    for style, name in STYLES.items():
        if piece.get("style", {}).get(style):
            drawn = element(name, drawn)
    return drawn


def _piece(piece: Mapped) -> Html:
    match piece["type"]:
        case "text":
            return joined(piece["text"])
        case "link":
            return link(piece["url"], piece.get("text") or piece["url"])
        case "emoji":
            return joined(_emoji(piece))
        case "date":
            moment = slack_moment(piece["timestamp"], piece["format"])
            return link(piece["url"], moment) if "url" in piece else joined(moment)
        case "user" | "usergroup" | "channel" | "broadcast" as kind:
            name = piece.get("user_id") or piece.get("usergroup_id") or piece.get("channel_id") or piece.get("range")
            return element("span", f"{'#' if kind == 'channel' else '@'}{name}", class_="mention")
        case kind:
            return unknown(kind)


def _emoji(piece: Mapped) -> str:
    """Its characters, from ``26a0-fe0f`` or from its name; else its name as people type it."""
    try:
        return "".join(chr(int(point, 16)) for point in piece["unicode"].split("-"))
    except (KeyError, ValueError, OverflowError):
        return EMOJI.get(piece["name"], f":{piece['name']}:")

"""Posting messages, changing them, and finding them again.

A message carries its key in two places. As its nonce, it makes Discord drop a repetition within a few minutes
(https://discord.com/developers/docs/resources/message#create-message), but the history does not show nonces. So the key
also stands at the end of one button's custom_id or of the first embed's address (see `embeds.Payload`), where it is
invisible and permanent, and can be found later. The papers of a message are read from the buttons of a card, and from
the address of a digest's first embed.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from typing import Any

import discord

from adapters.platforms.discord.buttons import Pressable, marked, pressed, rows
from adapters.platforms.discord.embeds import Payload, listed, thread_name
from adapters.platforms.discord.rest import Place
from bot.domain import Receipt
from bot.domain.messages import Card, Message

NO_MENTIONS = discord.AllowedMentions.none()

MESSAGE_GONE, CHANNEL_GONE = 10008, 10003
"""Discord's codes for a message, and a channel or thread, that does not exist: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

WHY = "why "
"""The command of a card's button that names the paper begins so."""

A_PAGE = 100
"""https://discord.com/developers/docs/resources/message#get-channel-messages"""

MOST_TAGS = 5
"""https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel"""


def as_view(buttons: Sequence[Pressable]) -> discord.ui.View | None:
    """The buttons as discord.py sends them; None without any.

    The view is stopped at once, so that discord.py does not keep it: presses are understood from their custom_id,
    however old the message is (see `adapters.platforms.discord.answering`).
    """
    if not buttons:
        return None
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows(buttons)):
        for button in row:
            item: discord.ui.Button[discord.ui.View] = discord.ui.Button(
                label=button.label,
                style=discord.ButtonStyle.link if button.url else discord.ButtonStyle.secondary,
                url=button.url or None,
                custom_id=button.custom_id or None,
                row=number,
            )
            view.add_item(item)
    view.stop()
    return view


def as_sent(payload: Payload) -> dict[str, Any]:
    """The payload as the JSON that Discord is sent."""
    view = as_view(payload.buttons)
    return {
        "content": payload.content,
        "embeds": [embed.to_dict() for embed in payload.embeds],
        "components": view.to_components() if view else [],
    }


async def send(place: Place, payload: Payload, message: Message, *, key: str) -> Receipt:
    """Post to a channel of any kind: in a forum, as a new post.

    Raises:
        Exception: One of `adapters.platforms.discord.errors.OUTCOMES`.
    """
    shown: dict[str, Any] = {"embeds": payload.embeds, "allowed_mentions": NO_MENTIONS}
    if payload.content:
        shown["content"] = payload.content
    if view := as_view(payload.buttons):
        shown["view"] = view
    if isinstance(place, discord.ForumChannel):
        name, tags = thread_name(message), fitting_tags(place, message)
        created = await place.create_thread(name=name, applied_tags=tags, **shown)
        return receipt_of(place, created.message.id, thread_id=created.thread.id)
    if not isinstance(place, discord.abc.Messageable):
        raise discord.InvalidData("no messages there")
    sent = await place.send(nonce=key, **shown)
    return receipt_of(place, sent.id)


async def change(client: discord.Client, channel_id: int, receipt: Receipt, payload: Payload) -> None:
    """Replace what was posted with the payload.

    Raises:
        Exception: One of `adapters.platforms.discord.errors.OUTCOMES`.
    """
    thread_id, _, message_id = receipt.id.rpartition(":")
    holder = client.get_partial_messageable(int(thread_id or channel_id))
    await holder.get_partial_message(int(message_id)).edit(
        content=payload.content or None,
        embeds=payload.embeds,
        view=as_view(payload.buttons),
        allowed_mentions=NO_MENTIONS,
    )


async def latest(
    client: discord.Client, place: Place, *, since: datetime
) -> AsyncIterator[tuple[discord.Message, Receipt] | None]:
    """The latest of the messages that `own` yields, newest first, as many as one request brings; none in a forum.

    Raises:
        Exception: One of `adapters.platforms.discord.errors.OUTCOMES`.
    """
    if isinstance(place, discord.abc.Messageable):
        async for message in place.history(limit=A_PAGE, after=since, oldest_first=False):
            yield _if_ours(client, place, message)


async def own(
    client: discord.Client, place: Place, *, since: datetime, until: datetime | None = None
) -> AsyncIterator[tuple[discord.Message, Receipt] | None]:
    """Our messages from ``since`` to ``until`` (None: now), and None for each of the others, however many there are.

    So there is at most one request between two items, and each can have its own time limit.

    Args:
        client: Makes the requests.
        place: Where to look; requested just before, so that it tells which message is the last.
        since: The beginning.
        until: The end.

    Raises:
        Exception: One of `adapters.platforms.discord.errors.OUTCOMES`; also if Discord shows less than it has.
    """
    ours, last = client.user.id if client.user else 0, 0
    if isinstance(place, discord.ForumChannel):
        async for thread in _threads(client, place, since):
            last = max(last, thread.id)
            if thread.owner_id != ours or (until and thread.created_at and thread.created_at > until):
                yield None
                continue
            try:
                message = await client.get_partial_messageable(thread.id).fetch_message(thread.id)
            except discord.NotFound as error:
                if error.code != MESSAGE_GONE:  # a proxy's 404 does not say that the message was deleted
                    raise
                continue
            yield message, receipt_of(place, message.id, thread_id=thread.id)
    elif isinstance(place, discord.abc.Messageable):
        async for message in place.history(limit=None, after=since, oldest_first=True):
            last = message.id
            if until and message.created_at > until:
                return
            yield _if_ours(client, place, message)
    await _ensure_complete(client, place, since=since, latest=last)


def _if_ours(client: discord.Client, place: Place, message: discord.Message) -> tuple[discord.Message, Receipt] | None:
    is_ours = client.user is not None and message.author.id == client.user.id
    return (message, receipt_of(place, message.id)) if is_ours else None


async def _ensure_complete(client: discord.Client, place: Place, *, since: datetime, latest: int) -> None:
    """Make sure that nothing was left out after ``latest``, the last message or post that was shown.

    Something in between may answer with an empty list, and then a message that is there would be posted again. A
    channel names its last message, or post: https://discord.com/developers/docs/resources/channel#channel-object.

    Raises:
        Exception: One of `adapters.platforms.discord.errors.OUTCOMES`.
    """
    last = getattr(place, "last_message_id", None)
    if not last or last <= latest or discord.utils.snowflake_time(last) < since:
        return
    try:
        if isinstance(place, discord.ForumChannel):
            await client.fetch_channel(last)
        else:
            await client.get_partial_messageable(place.id).fetch_message(last)
    except discord.NotFound as error:
        if error.code in {MESSAGE_GONE, CHANNEL_GONE}:
            return
        raise
    raise ValueError("the history lacks the last message")


def keys_of(message: discord.Message) -> Iterator[str]:
    """Every key that the message carries; see the top of this module."""
    yield from map(marked, _custom_ids(message))
    for embed in message.embeds:
        yield marked(embed.url or "")
    yield str(message.nonce or "")


def papers_of(message: discord.Message) -> Iterator[str]:
    """The ids of the papers in the message."""
    for custom_id in _custom_ids(message):
        command, text = pressed(custom_id) or ("", "")
        if command == "papers" and text.startswith(WHY):
            yield text.removeprefix(WHY)
    for embed in message.embeds:
        yield from listed(embed.url or "")


def receipt_of(place: Place, message_id: int, *, thread_id: int = 0) -> Receipt:
    """A message's receipt: its id, after that of its thread if it is a forum post."""
    guild = getattr(place, "guild", None)
    link = f"https://discord.com/channels/{guild.id if guild else '@me'}/{thread_id or place.id}/{message_id}"
    return Receipt(f"{thread_id}:{message_id}" if thread_id else str(message_id), link)


def fitting_tags(forum: discord.ForumChannel, message: Message) -> list[discord.ForumTag]:
    """The forum's tags whose name is a query or term that the card matched; else any tag, if the forum requires one."""
    free = free_tags(forum)
    wanted = set()
    if isinstance(message, Card):
        wanted |= {_folded(match.query) for match in message.matches}
        wanted |= {_folded(evidence.words) for match in message.matches for evidence in match.evidence}
    fitting = [tag for tag in free if _folded(tag.name) in wanted]
    return (fitting or (free[:1] if forum.flags.require_tag else []))[:MOST_TAGS]


def free_tags(forum: discord.ForumChannel) -> list[discord.ForumTag]:
    """The tags that everybody may apply."""
    return [tag for tag in forum.available_tags if not tag.moderated]


async def _threads(
    client: discord.Client, forum: discord.ForumChannel, since: datetime
) -> AsyncIterator[discord.Thread]:
    """The forum's posts that were created since then."""
    guild = await client.fetch_guild(forum.guild.id)
    for thread in await guild.active_threads():
        if thread.parent_id == forum.id and (thread.created_at is None or thread.created_at >= since):
            yield thread
    async for thread in forum.archived_threads(limit=None):
        if thread.archive_timestamp < since:  # the latest are first
            return
        if thread.created_at is None or thread.created_at >= since:
            yield thread


def _custom_ids(message: discord.Message) -> Iterator[str]:
    """The custom_ids of the message's buttons."""
    for row in message.components:
        for button in getattr(row, "children", ()):
            yield getattr(button, "custom_id", None) or ""


def _folded(text: str) -> str:
    """Without case, quotes and hyphens."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())

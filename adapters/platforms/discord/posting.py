"""Posting messages, changing them, and finding them again.

A message is posted in two steps: first as the sentence of its notification with its buttons under it, then laid out as
a container. Discord's notifications show nothing of components, and keep what the message said at first.

A message carries its key in two places. As its nonce, it makes Discord drop a repetition within a few minutes
(https://discord.com/developers/docs/resources/message#create-message), but the history does not show nonces. So the key
also stands at the end of a custom_id, or in the ids of a message without commands (see `views.ids_of`), where it is
invisible and permanent, and can be found later. Messages in the first layout have it in a custom_id or in the address
of their first embed. The papers of a message are read from the commands of its buttons and menus, and from the address
of a digest's first embed.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from typing import Any

import discord
from discord.components import Button, Container, SelectMenu, TextDisplay

from adapters.platforms.discord.buttons import marked, pressed
from adapters.platforms.discord.components import Payload, thread_name
from adapters.platforms.discord.first_layout import listed
from adapters.platforms.discord.rest import Place
from adapters.platforms.discord.views import as_view, ids_of, rows_of
from bot.domain import Receipt
from bot.domain.messages import Card, Message

NO_MENTIONS = discord.AllowedMentions.none()

MESSAGE_GONE, CHANNEL_GONE = 10008, 10003
"""Discord's codes for a message, and a channel or thread, that does not exist: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

NAMING = ("why ", "show ")
"""The commands under a card and a digest that name their papers begin so."""

A_PAGE = 100
"""https://discord.com/developers/docs/resources/message#get-channel-messages"""

MOST_TAGS = 5
"""https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel"""


async def send(place: Place, payload: Payload, message: Message, *, key: str) -> Receipt:
    """Post the first step of a message to a channel of any kind: in a forum, as a new post. `change` is the second.

    Raises:
        Exception: One of `adapters.platforms.discord.errors.OUTCOMES`.
    """
    shown: dict[str, Any] = {"content": payload.notice, "allowed_mentions": NO_MENTIONS}
    if view := rows_of(payload):
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
    # A message becomes a container only if it has neither text nor embeds any more:
    # https://discord.com/developers/docs/components/reference
    await holder.get_partial_message(int(message_id)).edit(
        content=None, embeds=payload.embeds, view=as_view(payload), allowed_mentions=NO_MENTIONS
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


def carries(message: discord.Message, key: str) -> bool:
    """Whether the message carries the key; see the top of this module."""
    addresses = [embed.url or "" for embed in message.embeds]
    if key in {*map(marked, [*_commands(message), *addresses]), str(message.nonce or "")}:
        return True
    ids = [part.id for part in every_component(message.components) if isinstance(part, Container | TextDisplay)]
    return tuple(ids[:2]) == ids_of(key)


def papers_of(message: discord.Message) -> Iterator[str]:
    """The ids of the papers in the message."""
    for custom_id in _commands(message):
        command, text = pressed(custom_id) or ("", "")
        if command == "papers" and text.startswith(NAMING):
            yield text.partition(" ")[2]
    for embed in message.embeds:
        yield from listed(embed.url or "")


def texts_in(message: discord.Message) -> Iterator[str]:
    """Everything that the message says, in markdown, and the addresses of its embeds."""
    yield message.content
    for embed in message.embeds:
        yield from (embed.url or "", embed.title or "", embed.description or "")
    for part in every_component(message.components):
        if isinstance(part, TextDisplay):
            yield part.content
        elif isinstance(part, Button):
            yield part.url or ""


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


def _commands(message: discord.Message) -> Iterator[str]:
    """The custom_ids of the message's buttons and menus, and the values of the menus' options."""
    for part in every_component(message.components):
        if isinstance(part, Button | SelectMenu):
            yield part.custom_id or ""
        if isinstance(part, SelectMenu):
            yield from (option.value for option in part.options)


def every_component(components: Iterable[Any]) -> Iterator[Any]:
    """The components of a message, and all inside them."""
    for component in components:
        yield component
        yield from every_component(getattr(component, "children", ()))


def _folded(text: str) -> str:
    """Without case, quotes and hyphens."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())

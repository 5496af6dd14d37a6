"""Whether somebody may change a channel that a form merely names.

A command or a button comes from where the person is, as Slack itself says. What a form holds is only what their client
sent: any id, also that of somebody else's direct messages.
"""

from __future__ import annotations

from adapters.platforms.slack.errors import MissingScope
from adapters.platforms.slack.payloads import Place, text_of
from adapters.platforms.slack.web_api import WebApi
from bot.domain.messages import Reply
from bot.errors import ChannelClosed, DeliveryError

UNSEEN = Reply(
    "I can't see that channel.", advice="If it is private, type /invite @Paperwire there, then try again.", ok=False
)

NOT_THEIRS = Reply("You are not in that channel.", advice="Choose a channel that you are in.", ok=False)

UNKNOWN = Reply("Slack isn't telling me whether you are in that channel.", advice="Try again in a moment.", ok=False)


async def refusal(web: WebApi, place: Place) -> Reply | None:
    """Why the person may not change the channel; None if they may: they are in it, or could join it."""
    try:
        return None if await _is_theirs(web, place.channel, place.person) else NOT_THEIRS
    except MissingScope:
        return UNKNOWN
    except ChannelClosed:
        return UNSEEN
    except DeliveryError:
        return UNKNOWN


async def _is_theirs(web: WebApi, channel: str, person: str) -> bool:
    info = await web.channel(channel)
    if info.get("is_im") is True:
        return bool(person) and text_of(info, "user") == person
    is_public = not (info.get("is_private") is True or info.get("is_mpim") is True)
    if is_public and not await _is_guest(web, person):
        return True
    return channel in {text_of(own, "id") for own in await web.channels_of(person)}


async def _is_guest(web: WebApi, person: str) -> bool:
    """Whether they see only some channels: https://docs.slack.dev/reference/objects/user-object."""
    user = await web.person(person)
    return any(user.get(mark) is True for mark in ("is_restricted", "is_ultra_restricted"))

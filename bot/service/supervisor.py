"""Restarts a platform that died, without disturbing the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.domain.times import pauses
from bot.errors import DeliveryError
from bot.ports.platform import FrontDesk, Platform
from bot.status import Status

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)

log = logging.getLogger(__name__)


async def supervise(
    platform: Platform,
    desk: FrontDesk,
    status: Status,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Let ``platform`` serve until cancelled, and start it again when it dies, after growing pauses.

    A platform that refuses us for good (see `Platform.serve`) is not started again; ``status`` says why.
    """
    status.serving[platform.name] = platform
    for pause in pauses(FIRST_PAUSE, LONGEST_PAUSE):
        status.platforms[platform.name] = ""
        try:
            await platform.serve(desk)
        except DeliveryError as error:
            status.platforms[platform.name] = f"{error}. Restart the service once that is repaired."
            log.error("%s stopped: %s", platform.name, error)  # noqa: TRY400 - a line says it all
            return
        except ConnectionError as error:
            status.platforms[platform.name] = f"{error}; trying again"
            log.warning("%s: %s; trying again in %d s", platform.name, error, pause.total_seconds())
        except Exception as error:  # whatever a platform's client dies of
            status.platforms[platform.name] = f"stopped by {type(error).__name__}, starting again"
            log.exception("%s died; starting it again in %d s", platform.name, pause.total_seconds())
        else:
            return
        await sleep(pause.total_seconds())

"""Whether the running service is well. Imports little, since container health checks run often."""

from __future__ import annotations

from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from bot import SERVER
from bot.config import Settings
from storage.sqlite.files.service_lock import RunningService, read_service

ANSWERS_WITHIN = 3.0
"""Seconds within which a healthy service answers."""

MOST_READ = 10_000
"""The most bytes of an answer that are read."""


def running_service(settings: Settings) -> RunningService | None:
    """The service that is running on the configured database, if there is one."""
    return read_service(settings.storage.path)


def troubles(settings: Settings) -> list[str]:
    """What is wrong with the running service, one line for each problem; none while it starts."""
    service = running_service(settings)
    if service is None:
        elsewhere = service_elsewhere(settings)
        other = f"; the one that answers at {elsewhere} works with another database" if elsewhere else ""
        return [f"no service is running on this database{other}"]
    # Without an address it is still starting, which may take longer than a container's first health checks.
    return ask(service.http) if service.http else []


def ask(address: str) -> list[str]:
    """What the service at ``http://host:port`` reports as wrong, one line for each problem."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=ANSWERS_WITHIN)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return [] if answer.status == HTTPStatus.OK else answer.read(MOST_READ).decode(errors="replace").splitlines()
    except (HTTPException, OSError) as error:
        return [f"the service does not answer at {address}: {error}"]
    finally:
        connection.close()


def service_elsewhere(settings: Settings) -> str:
    """The address of the service that answers on the configured port, if it is Paperwire; else "".

    It says nothing about its database, so it is elsewhere only where `running_service` finds none.
    """
    host, port = settings.http.host, settings.http.port
    if not port:
        return ""
    connection = HTTPConnection(host, port, timeout=ANSWERS_WITHIN)
    try:
        connection.request("GET", "/healthz")
        is_ours = connection.getresponse().getheader("Server", "").startswith(SERVER)
    except (HTTPException, OSError):
        return ""
    finally:
        connection.close()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}" if is_ours else ""

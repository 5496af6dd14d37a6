"""HTTP clients that go out as the environment says; the only place that makes any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.connections.certificates import certificates
from adapters.connections.proxies import is_usable, proxy_for
from adapters.connections.size_limit import limiting_answers
from bot import USER_AGENT
from bot.errors import ConfigError

if TYPE_CHECKING:
    import aiohttp
    import httpx


def http_client(url: str, setting: str, **options: Any) -> httpx.AsyncClient:  # noqa: ANN401 - httpx's own
    """A client for requests to one address.

    Args:
        url: The address; its scheme and host decide on the proxy.
        setting: The key that it was set by, for errors.
        options: More of httpx's own; ``headers`` are added to ours.

    Raises:
        ConfigError: The address, a proxy's or the certificates cannot be used; the error names the setting or variable.
    """
    import httpx  # noqa: PLC0415 - takes a tenth of a second

    ensure_usable(url, setting)
    proxy = proxy_for(url)
    return httpx.AsyncClient(
        headers={"User-Agent": USER_AGENT, **options.pop("headers", {})},
        proxy=proxy.url if proxy else None,
        verify=certificates(),
        trust_env=False,
        **options,
    )


def connector(**options: Any) -> aiohttp.TCPConnector:  # noqa: ANN401 - aiohttp's own
    """What connects a session of aiohttp; for use in a running loop.

    Raises:
        ConfigError: The certificates cannot be used.
    """
    import aiohttp  # noqa: PLC0415 - takes a tenth of a second

    return aiohttp.TCPConnector(ssl=certificates(), **options)


def session(seconds: float) -> aiohttp.ClientSession:
    """A session of aiohttp that makes a connection for each request; for use in a running loop.

    Args:
        seconds: How long a request may take. Its proxy is given with it; see `proxy_for`.

    Raises:
        ConfigError: The certificates cannot be used.
    """
    import aiohttp  # noqa: PLC0415 - takes a tenth of a second

    return aiohttp.ClientSession(
        connector=connector(force_close=True),
        trace_configs=[limiting_answers()],
        timeout=aiohttp.ClientTimeout(total=seconds),
    )


def ensure_usable(url: str, setting: str) -> None:
    """Make sure that the HTTP clients take the address.

    Raises:
        ConfigError: They do not; the error names the setting.
    """
    if not is_usable(url):
        raise ConfigError(f"{setting}: it is not an address that can be reached. Correct its host.")

"""The proxy that the environment names for an address.

``https_proxy`` (and ``http_proxy``), else ``all_proxy``; each in capitals as well; ``no_proxy`` names exceptions.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from adapters.connections.no_proxy import is_excepted
from bot.errors import ConfigError
from bot.text.addresses import parts_of

SCHEMES = {"http": "http", "ws": "http", "https": "https", "wss": "https"}
"""The scheme of an address, and the one that its proxy's variable is named after."""

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy.

    Attributes:
        url: Its address, which may hold a name and a password: not for logs and errors.
        variable: Where it was named.
    """

    url: str
    variable: str

    @property
    def place(self) -> str:
        """Its host and port, for people."""
        parts = urlsplit(self.url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        return f"{host}:{parts.port}" if parts.port else str(host)


def proxy_for(url: str, environ: Mapping[str, str] = os.environ) -> Proxy | None:
    """The proxy for an address; None to connect directly.

    Raises:
        ConfigError: The variable that names it makes no sense, or names a proxy that Paperwire cannot use.
    """
    parts = urlsplit(url)
    scheme = SCHEMES.get(parts.scheme, parts.scheme)
    variable = _first_set(environ, f"{scheme}_proxy", "all_proxy")
    if not variable:
        return None
    exceptions = environ.get(_first_set(environ, "no_proxy"), "")
    if is_excepted(parts.hostname or "", parts.port or PORTS.get(scheme), exceptions):
        return None
    return Proxy(_checked(environ[variable].strip(), variable), variable)


def _first_set(environ: Mapping[str, str], *names: str) -> str:
    """The first of these variables that is set, in small letters or capitals; "" if none is."""
    variables = (variable for name in names for variable in (name, name.upper()))
    return next((variable for variable in variables if environ.get(variable, "").strip()), "")


def _checked(written: str, variable: str) -> str:
    """The proxy's address with its scheme; errors do not quote it, since a password may be in it."""
    address = written if "://" in written else f"http://{written}"
    if address.lower().startswith("socks"):
        raise ConfigError(
            f"{variable}: it names a SOCKS proxy, which Paperwire cannot use. Name an HTTP proxy, such as"
            " http://proxy.example:3128, or add the hosts that need none to NO_PROXY."
        )
    scheme, _, rest = address.partition("://")
    address = f"{scheme.lower()}://{rest}"
    parts = parts_of(address, "http", "https")
    is_place = parts is not None and parts.path in {"", "/"} and not (parts.query or parts.fragment)
    if not (is_place and address.isascii() and is_usable(address)):
        raise ConfigError(
            f"{variable}: it is not the address of a proxy, such as http://proxy.example:3128. In a name or password"
            " before the host, special signs are written as %40 for @, %3A for :, %2F for / and %23 for #."
        )
    return address


def is_usable(url: str) -> bool:
    """Whether both of our HTTP clients take the address."""
    import httpx  # noqa: PLC0415 - most processes need no proxy
    import yarl  # noqa: PLC0415 - the same

    try:
        return bool(httpx.URL(url).host and yarl.URL(url).host)
    except (httpx.InvalidURL, ValueError):
        return False

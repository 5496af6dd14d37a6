"""Which hosts ``NO_PROXY`` means.

Nobody ever specified it; these are the forms that curl, Go and Python take between them:
https://about.gitlab.com/blog/we-need-to-talk-no-proxy/. An entry that means nothing is passed over.
"""

from __future__ import annotations

import ipaddress
import re

SEPARATORS = re.compile(r"[,;\s]+")

WITH_PORT = re.compile(r"(\[[^\]]*\]|[^:\[\]]*):(\d{1,5})")
"""A host and a port; an IPv6 address with a port is in brackets."""


def is_excepted(host: str, port: int | None, exceptions: str) -> bool:
    """Whether a host is reached without the proxy.

    Args:
        host: A name or an IP address, without brackets.
        port: The port, given or by the scheme.
        exceptions: What ``NO_PROXY`` holds: names (with the hosts below them), addresses, networks such as
            ``10.0.0.0/8``, each of these with or without a port, and ``*`` for every host.
    """
    name = host.lower().rstrip(".")
    return any(_means(entry, name, port) for entry in SEPARATORS.split(exceptions.lower()) if entry)


def _means(entry: str, host: str, port: int | None) -> bool:
    entry = entry.rpartition("://")[2]
    if found := WITH_PORT.fullmatch(entry):
        entry = found[1]
        if int(found[2]) != port:
            return False
    entry = entry.removeprefix("[").removesuffix("]")
    if entry == "*":
        return True
    address = _address(host)
    if address is not None:
        return _holds(entry, address)
    name = _ascii(entry.removeprefix("*").strip("."))
    return bool(name) and f".{host}".endswith(f".{name}")


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _holds(entry: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return address in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False


def _ascii(name: str) -> str:
    """The name as it stands in addresses: ``bücher.example`` is ``xn--bcher-kva.example``."""
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name

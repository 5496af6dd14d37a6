"""Whether a web address is safe to link, and which parts it has."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.text.characters import units, visible

NOWHERE = re.compile(r"[\s<>\"\\^`{|}]")
"""What stands nowhere in an address: https://www.rfc-editor.org/rfc/rfc3986#appendix-A."""


NAME = re.compile(r"[0-9A-Za-z_-]{1,63}(\.[0-9A-Za-z_-]{1,63})*\.?")
"""The name of a host in ASCII; a part has 63 characters at the most: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4."""


def is_host(written: str) -> bool:
    """Whether it is an IP address, without brackets, or could be the name of a host."""
    try:
        return NAME.fullmatch(written) is not None or bool(ip_address(written))
    except ValueError:
        return False


def parts_of(address: str, *schemes: str) -> SplitResult | None:
    """The parts of an address; None if it has no host, no valid port, or none of the ``schemes``."""
    if address != visible(address) or NOWHERE.search(address):
        return None
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket that is not closed, or a port that is not a number
        return None
    return parts if is_whole else None


def is_web(address: str, longest: int) -> bool:
    """Whether it opens in a browser and shows where it leads, in at most ``longest`` UTF-16 code units."""
    if units(address) > longest:
        return False
    parts = parts_of(address, "http", "https")
    # A name before the host is there to deceive: https://huggingface.co@elsewhere.example leads elsewhere.
    return parts is not None and "@" not in parts.netloc

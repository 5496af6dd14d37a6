"""How every connection leaves this machine: through which proxy, trusting whom, and with how long an answer.

The libraries each read the environment in a way of their own, and fail in ways of their own; here it is read once.
"""

from __future__ import annotations

from adapters.connections.certificates import certificates
from adapters.connections.clients import connector, ensure_usable, http_client, session
from adapters.connections.proxies import Proxy, proxy_for
from adapters.connections.size_limit import LARGEST_ANSWER, TooLarge, limiting_answers

__all__ = [
    "LARGEST_ANSWER",
    "Proxy",
    "TooLarge",
    "certificates",
    "connector",
    "ensure_usable",
    "http_client",
    "limiting_answers",
    "proxy_for",
    "session",
]

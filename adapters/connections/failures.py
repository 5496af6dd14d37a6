"""What became of a request, by what aiohttp raised, in words for people."""

from __future__ import annotations

import aiohttp

NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError)
"""No connection came about, so nothing that was asked for can have happened."""


def why_not_sent(error: aiohttp.ClientConnectorError | aiohttp.ClientHttpProxyError) -> str:
    """Why there was no connection, as a clause; neither a password nor the request is in it."""
    match error:
        case aiohttp.ClientHttpProxyError():
            return f"the proxy refuses us (status {error.status})"
        case aiohttp.ClientProxyConnectionError():
            return f"the proxy at {error.host}:{error.port} does not answer"
        case aiohttp.ClientConnectorCertificateError():
            return "its certificate is not trusted"
        case aiohttp.ClientSSLError():
            return f"{error.host} does not speak TLS as we do"
        case aiohttp.ClientConnectorDNSError():
            return f"the name {error.host} is not known"
    return f"no connection to {error.host}"

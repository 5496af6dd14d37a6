"""slack_sdk's clients, going out as `adapters.connections` says."""

from __future__ import annotations

import copy
import logging
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from adapters.connections import certificates, ensure_usable, proxy_for, session

SDK_LOG = logging.getLogger("adapters.platforms.slack.sdk")
SDK_LOG.setLevel(logging.CRITICAL + 1)  # slack_sdk and Bolt would quote requests and answers; we log what matters


class Client(AsyncWebClient):
    """Calls the Web API, each time over a connection of its own."""

    def __init__(self, token: str, *, api_url: str, timeout: int) -> None:
        """Prepare.

        Raises:
            ConfigError: The address, the proxy or the certificates cannot be used.
        """
        ensure_usable(api_url, "platforms.slack.api_url")
        # slack_sdk repeats a request after a lost connection unless told otherwise: a message would appear twice.
        super().__init__(token, base_url=api_url, timeout=timeout, logger=SDK_LOG, retry_handlers=[])
        self.ssl = certificates()
        self.proxy = proxy_address(api_url)  # slack_sdk looks at HTTPS_PROXY, but not at NO_PROXY

    async def _request(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - slack_sdk's own
        """Give slack_sdk a session, so that it makes none: an answer of its own could be of any size.

        Redirects are not followed, as Slack does not use them: a post would be sent to somebody else, or once more.
        """
        request["req_args"] = {**request["req_args"], "allow_redirects": False}
        async with session(self.timeout) as opened:
            calling = copy.copy(self)
            calling.session = opened
            return await AsyncWebClient._request(calling, **request)  # noqa: SLF001 - what this overrides


async def send_to_hook(url: str, body: dict[str, Any], seconds: int) -> WebhookResponse:
    """Post to an address that Slack gave us for answers, within so many seconds.

    Raises:
        ConfigError: The proxy or the certificates cannot be used.
    """
    async with session(seconds) as opened:
        hook = AsyncWebhookClient(url, timeout=seconds, session=opened, logger=SDK_LOG, retry_handlers=[])
        hook.proxy = proxy_address(url)
        return await hook.send_dict(body)


def proxy_address(url: str) -> str | None:
    """The address of the proxy for this one; None to connect directly.

    Raises:
        ConfigError: The proxy cannot be used.
    """
    proxy = proxy_for(url)
    return proxy.url if proxy else None

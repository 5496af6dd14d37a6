"""No token gets into a log, an error, a table or a reply, whatever platforms and sources say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.bot.cli.host import PATIENCE, Host, wait_until
from tests.servers.huggingface import HuggingFaceServer
from tests.servers.slack.server import SlackServer

BOT, APP, DISCORD, SOURCE = "xoxb-planted-bot", "xapp-planted-app", "planted.discord.token", "hf_planted"
PLANTED = (BOT, APP, DISCORD, SOURCE)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host with every token set, whose Slack answers with one of our tokens, and whose other servers only fail."""
    with HuggingFaceServer() as hub, SlackServer() as slack:
        slack.outage = BOT
        hub.broken[None] = 401
        yield Host(
            tmp_path,
            hub,
            {
                "SLACK_BOT_TOKEN": BOT,
                "SLACK_APP_TOKEN": APP,
                "DISCORD_TOKEN": DISCORD,
                "HF_TOKEN": SOURCE,
                "PAPERWIRE_PLATFORMS__SLACK__API_URL": slack.api_url,
                "PAPERWIRE_PLATFORMS__DISCORD__API_URL": f"{hub.base_url}/{DISCORD}",
                "PAPERWIRE_PLATFORMS__DISCORD__GATEWAY_URL": "ws://127.0.0.1:9/",
            },
        )


@pytest.mark.parametrize("command", [["check"], ["check", "--json"], ["run", "--once"], ["health"]])
def test_no_command_prints_a_token(host: Host, command: list[str]) -> None:
    process = host.start(*command)
    printed, errors = process.communicate(timeout=PATIENCE)
    assert [token for token in PLANTED if token in printed + errors] == []


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_log_and_no_health_answer_has_a_token(host: Host, log_format: str) -> None:
    host.settings |= {"PAPERWIRE_LOG_FORMAT": log_format, "PAPERWIRE_POLL__INTERVAL": "1s"}
    process = host.start("run")
    try:
        lock = host.folder / "data" / "paperwire.db.lock"
        wait_until(lambda: lock.exists() and "http://" in lock.read_text())
        address = lock.read_text().split('"http": "')[1].split('"')[0]
        answer = httpx.get(f"{address}/healthz").text
        wait_until(lambda: len(host.hub.requests) > 1)
    finally:
        process.terminate()
        printed, errors = process.communicate(timeout=PATIENCE)
    assert errors
    assert [token for token in PLANTED if token in printed + errors + answer] == []

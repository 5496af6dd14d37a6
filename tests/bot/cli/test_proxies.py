"""A proxy that does not do its work: whoever needs it says so in a line, and goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.bot.cli.host import Host
from tests.servers.impostor import GARBAGE, REFUSING, SIGN_IN, Impostor

PROXIES = {
    "refuses": (REFUSING, b""),
    "talks nonsense": (GARBAGE, b""),
    "hangs up": (b"", b""),
    "answers itself": (SIGN_IN, b""),
    "never ends": (b"HTTP/1.1 200 OK\r\n", b"X-Again: and again\r\n" * 1_000),
    "is not there": None,
}
TOLD = {"discord: ", "Slack is disconnected"}
"""What begins the lines of those who keep a connection; the source is tried for a quarter of a minute first."""


@pytest.fixture(params=list(PROXIES.values()), ids=list(PROXIES))
def proxied(host: Host, request: pytest.FixtureRequest) -> Iterator[Host]:
    """A host behind a proxy like this."""
    with Impostor() as proxy:
        if request.param is None:
            proxy.stop()
        else:
            proxy.says, proxy.on_and_on = request.param
        host.settings |= {
            "HTTPS_PROXY": proxy.base_url.replace("//", "//me:planted@"),
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": "https://huggingface.co",
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "DISCORD_TOKEN": "MTIz.b.c",
        }
        yield host


def lines_until(process: subprocess.Popen[str], told: set[str]) -> list[str]:
    """The log until all of these stood in it."""
    assert process.stderr is not None
    lines, missing = list[str](), set(told)
    for line in process.stderr:
        lines.append(line)
        missing -= {words for words in missing if words in line}
        if not missing:
            break
    return lines


def test_the_service_says_so_in_a_line_for_each_and_goes_on(proxied: Host) -> None:
    process = proxied.start("run")
    try:
        lines = lines_until(process, TOLD)
        process.terminate()
        _, rest = process.communicate(timeout=20)
    finally:
        process.kill()
    log = "".join(lines) + rest
    assert process.returncode == 0, log
    assert {words for words in TOLD if words in log} == TOLD
    assert "Traceback" not in log
    assert "planted" not in log


def test_the_check_says_so_in_its_table(proxied: Host) -> None:
    printed = proxied.do("check", code=1)
    assert printed.count("failed") >= 3
    assert "planted" not in printed

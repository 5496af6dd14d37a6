"""``paperwire check`` on broken set-ups: each mistake is named with its repair, and nothing is left behind."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.matching.subject_table import BUILT_IN, built_in
from tests.bot.app.broken_set_ups import Case, assert_found, config, secret, setting
from tests.builders import ROOT
from tests.machine import Machine

NOWHERE = "http://127.0.0.1:1"
"""An address where nothing listens."""
HF = "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL"


def port_is_taken(machine: Machine) -> None:
    taken = machine.stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    machine.settings["PAPERWIRE_HTTP__PORT"] = str(taken.getsockname()[1])


def hub_meets(fault: int | str) -> Callable[[Machine], object]:
    """Let the source answer with a fault."""
    return lambda machine: machine.hub.faults.append(fault)


def clock_off(minutes: int) -> Callable[[Machine], object]:
    """Set the source's clock ahead of ours."""
    return lambda machine: setattr(machine.hub, "clock_off", timedelta(minutes=minutes))


CASES = [
    Case(
        "a source that cannot be reached",
        setting(**{HF: NOWHERE}),
        "huggingface",
        "failed",
        "no answer",
        "if it needs a proxy, set HTTP_PROXY",
    ),
    Case(
        "a proxy that is wrong",
        setting(**{HF: "http://papers.example", "HTTP_PROXY": "http://me:planted@127.0.0.1:1"}),
        "huggingface",
        "failed",
        "no answer",
        "check that the proxy in HTTP_PROXY works (127.0.0.1:1), or add papers.ex",
    ),
    Case(
        "a source that answers with a page",
        hub_meets("html"),
        "huggingface",
        "failed",
        "its answer is not JSON",
        "a proxy or a sign-in page may be answering instead",
    ),
    Case(
        "a source at another address",
        hub_meets(404),
        "huggingface",
        "failed",
        "it answers 404; check sources.huggingface.base_url",
        "open http://127.0.0.1",
    ),
    Case(
        "a source that refuses the token",
        hub_meets(401),
        "huggingface",
        "failed",
        "it refuses us (401); check sources.huggingface.token",
        "a new token from https://huggingface.co/settings/tokens, or leave it out",
    ),
    Case(
        "a source that forbids the token",
        hub_meets(403),
        "huggingface",
        "failed",
        "it refuses us (403)",
        "a new token from https://huggingface.co/settings/tokens, or leave it out",
    ),
    Case(
        "a source that limits us",
        hub_meets("429"),
        "huggingface",
        "failed",
        "too many requests (429); wait a minute",
        "try again in a minute",
    ),
    Case(
        "a source that limits us for a day",
        hub_meets("429 next week"),
        "huggingface",
        "failed",
        "too many requests (429)",
        "try again in a minute",
    ),
    Case(
        "a proxy that is not an address",
        setting(HTTP_PROXY="http://me:planted"),
        "connections",
        "failed",
        "HTTP_PROXY: it is not the address of a proxy",
        "%40 for @",
    ),
    Case(
        "a SOCKS proxy",
        setting(ALL_PROXY="socks5://proxy.example:1080"),
        "connections",
        "failed",
        "ALL_PROXY: it names a SOCKS proxy",
        "Name an HTTP proxy",
    ),
    Case(
        "a file of certificates that is missing",
        setting(SSL_CERT_FILE="/nonexistent"),
        "connections",
        "failed",
        "SSL_CERT_FILE: /nonexistent cannot be read (No such file or directory)",
        "or unset SSL_CERT_FILE",
    ),
    Case(
        "a folder of certificates that is missing",
        setting(SSL_CERT_DIR="/nonexistent"),
        "connections",
        "failed",
        "SSL_CERT_DIR: /nonexistent is not a folder",
        "or unset SSL_CERT_DIR",
    ),
    Case(
        "a port that is taken",
        port_is_taken,
        "HTTP address",
        "failed",
        "Address already in use",
        "set http.port to a free port",
    ),
    Case(
        "an address of another machine",
        setting(PAPERWIRE_HTTP__HOST="192.0.2.1"),
        "HTTP address",
        "failed",
        "cannot listen on 192.0.2.1:0",
        "http.host to an address of this machine",
    ),
    Case(
        "a clock that is behind",
        clock_off(7),
        "clock",
        "warning",
        "is 7 minutes behind huggingface",
        "timedatectl set-ntp true",
    ),
    Case(
        "a clock that is ahead",
        clock_off(-180),
        "clock",
        "warning",
        "is 180 minutes ahead of huggingface",
        "timedatectl set-ntp true",
    ),
    Case(
        "a file that is not TOML",
        config("[poll"),
        "configuration",
        "failed",
        "config.toml is not TOML",
        "config.example.toml shows how",
    ),
    Case(
        "an unknown key",
        config('[poll]\nintervall = "5m"'),
        "configuration",
        "failed",
        "Did you mean poll.interval?",
        "correct it in the configuration file",
    ),
    Case(
        "a wrong duration",
        setting(PAPERWIRE_POLL__INTERVAL="10 minutes"),
        "configuration",
        "failed",
        "a duration such as 30s, 10m, 2h or 1d",
        "correct it in the configuration file",
    ),
    Case(
        "a file of subjects that is missing",
        setting(PAPERWIRE_MEANING__SUBJECTS="/nonexistent/subjects.toml"),
        "subjects",
        "failed",
        "meaning.subjects: /nonexistent/subjects.toml cannot be read: No such file or directory",
        "correct the file, or set meaning.subjects to another",
    ),
    Case(
        "a file of subjects that is none",
        setting(PAPERWIRE_MEANING__SUBJECTS=str(ROOT / "config.example.toml")),
        "subjects",
        "failed",
        "“storage”: “path” is not a key here; the keys are “also” and “narrower”",
        "correct the file, or set meaning.subjects to another",
    ),
    Case(
        "a secret's file that is missing",
        setting(DISCORD_TOKEN_FILE="/run/secrets/nothing"),  # noqa: S106 - none
        "configuration",
        "failed",
        "DISCORD_TOKEN_FILE: the file that it names cannot be read",
        "correct it",
    ),
    Case(
        "a secret's file that is empty",
        secret("DISCORD_TOKEN", "\n"),
        "configuration",
        "failed",
        "the file that it names is empty",
        "correct it",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_broken_is_named_with_its_repair(machine: Machine, case: Case) -> None:
    assert_found(machine, case)


def test_a_set_up_that_works_is_well_before_its_first_start_and_leaves_nothing_behind(machine: Machine) -> None:
    machine.slack()
    machine.discord()
    found = machine.check()
    assert [finding for finding in found if finding["state"] != "ok"] == []
    assert "will be created at the first start" in next(
        finding["detail"] for finding in found if finding["subject"] == "database"
    )
    assert {finding["subject"] for finding in found} >= {"configuration", "clock", "huggingface", "HTTP address"}
    assert not machine.database.parent.exists()


def test_a_hosts_own_subjects_are_counted_with_the_built_in_ones(machine: Machine) -> None:
    machine.slack()
    machine.settings["PAPERWIRE_MEANING__SUBJECTS"] = str(BUILT_IN)
    row = next(finding for finding in machine.check() if finding["subject"] == "subjects")
    assert (row["state"], row["detail"]) == ("ok", f"{len(built_in().subjects)} subjects with those of {BUILT_IN}")


@pytest.mark.parametrize("exceptions", ["localhost,fd00::/8", "*", "127.0.0.0/8", "[::1]:80, ,é,127.0.0.1"])
def test_no_proxy_may_hold_anything(machine: Machine, exceptions: str) -> None:
    machine.slack()
    machine.discord()
    if exceptions != "localhost,fd00::/8":
        machine.settings["ALL_PROXY"] = NOWHERE
    machine.settings["NO_PROXY"] = exceptions
    assert {finding["state"] for finding in machine.check()} == {"ok"}


def test_a_clock_is_right_if_one_server_agrees_with_it(machine: Machine) -> None:
    machine.slack()
    machine.hub.clock_off = timedelta(minutes=12)
    row = next(finding for finding in machine.check() if finding["subject"] == "clock")
    assert (row["state"], row["detail"]) == ("ok", "agrees with slack")

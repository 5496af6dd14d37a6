"""``paperwire check`` on broken set-ups: each mistake is named with its repair, and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.app.check import check_room
from bot.config import Settings
from bot.domain import Address
from storage import open_database, stores_of
from storage.sqlite.files.service_lock import ServiceLock
from tests.builders import HERE, NOW, a_paper, list_of
from tests.machine import Machine
from tests.servers.discord.server import TOKEN
from tests.servers.discord.world import EMBED, GIVEN
from tests.servers.huggingface import HuggingFaceServer, an_item
from tests.servers.slack.things import CLOSED

NOWHERE = "http://127.0.0.1:1"
"""An address where nothing listens."""


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine with an empty folder."""
    with contextlib.ExitStack() as stack, HuggingFaceServer() as hub:
        hub.lists[(datetime.now(UTC) - timedelta(days=1)).date()] = [an_item("9901.00001")]
        yield Machine(tmp_path, hub, stack)


class Case(NamedTuple):
    """A way to break a set-up, and the finding that it gives."""

    name: str
    broken: Callable[[Machine], object]
    subject: str
    state: str
    detail: str
    repair: str


def setting(**settings: str) -> Callable[[Machine], object]:
    """Set these variables."""
    return lambda machine: machine.settings.update(settings)


def config(text: str) -> Callable[[Machine], object]:
    """Write this to the configuration file."""

    def broken(machine: Machine) -> None:
        machine.config = text

    return broken


def slack_token(name: str, token: str) -> Callable[[Machine], object]:
    """Start Slack, and set one of its tokens like this."""

    def broken(machine: Machine) -> None:
        machine.slack()
        machine.settings[name] = token

    return broken


def no_connections_write(machine: Machine) -> None:
    machine.slack().faults["apps.connections.open"].append("missing_scope")


def scope_missing(machine: Machine) -> None:
    machine.slack().workspace.scopes.remove("chat:write")


def socket_mode_off(machine: Machine) -> None:
    machine.slack().socket.disabled = True


def not_in_slack_channel(machine: Machine) -> None:
    machine.slack()
    machine.make_database(Address("slack", CLOSED))


def wrong_discord_token(machine: Machine) -> None:
    machine.discord()
    machine.settings["DISCORD_TOKEN"] = "another.bots.token"  # noqa: S105 - nobody's


def in_no_server(machine: Machine) -> None:
    discord = machine.discord()
    discord.kick(next(iter(discord.world.guilds.values())))


def permission_missing(machine: Machine) -> None:
    discord = machine.discord()
    [guild], [channel] = discord.world.guilds.values(), discord.world.channels.values()
    discord.allow(guild, GIVEN & ~EMBED)
    machine.make_database(Address("discord", channel["id"]))


def unknown_discord_channel(machine: Machine) -> None:
    machine.discord()
    machine.make_database(Address("discord", "1234567890"))


def unwritable_folder(machine: Machine) -> None:
    """Make the database's folder one where even root cannot write."""
    machine.settings["PAPERWIRE_STORAGE__PATH"] = "/proc/paperwire/paperwire.db"


def path_is_a_folder(machine: Machine) -> None:
    machine.database.mkdir(parents=True)


def folder_is_a_file(machine: Machine) -> None:
    (machine.folder / "data").write_text("")


def damaged_page(machine: Machine) -> None:
    machine.make_database()
    database = open_database(machine.database)
    papers = [a_paper(id=f"9901.{number:05}", abstract="robots " * 200) for number in range(50)]
    stores_of(database).papers.save("sample", list_of(*papers), at=NOW)
    with database.reading() as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'papers'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    database.close()
    with machine.database.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)


def no_database(machine: Machine) -> None:
    machine.database.parent.mkdir()
    machine.database.write_text("Dear diary, " * 1000)


def newer_database(machine: Machine) -> None:
    machine.make_database()
    machine.sql("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('paperwire', 'tomorrow', '')")


def zone_is_gone(machine: Machine) -> None:
    machine.make_database(HERE)
    machine.sql("UPDATE channels SET rhythm = 'daily 09:00 Atlantis/Capital', digest_due = '2026-03-10'")


def service_is_running(machine: Machine) -> None:
    machine.make_database()
    machine.stack.enter_context(ServiceLock(machine.database)).announce(http="http://127.0.0.1:8765")


def port_is_taken(machine: Machine) -> None:
    taken = machine.stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    machine.settings["PAPERWIRE_HTTP__PORT"] = str(taken.getsockname()[1])


def hub_meets(fault: int | str) -> Callable[[Machine], object]:
    """Let the source answer with a fault."""
    return lambda machine: machine.hub.faults.append(fault)


def clock_off(minutes: int) -> Callable[[Machine], object]:
    """Set the source's clock ahead of ours."""

    def broken(machine: Machine) -> None:
        machine.hub.clock_off = timedelta(minutes=minutes)

    return broken


def secret(name: str, text: str) -> Callable[[Machine], object]:
    """Put this secret into a file."""
    return lambda machine: machine.secret(name, text)


def newline_behind_the_token(machine: Machine) -> None:
    machine.discord()
    del machine.settings["DISCORD_TOKEN"]
    machine.secret("DISCORD_TOKEN", f"{TOKEN}\n")


HF = "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL"

CASES = [
    Case(
        "a wrong bot token",
        slack_token("SLACK_BOT_TOKEN", "xoxb-wrong"),
        "Slack bot token",
        "failed",
        "does not accept SLACK_BOT_TOKEN",
        "from “OAuth & Permissions”",
    ),
    Case(
        "swapped tokens",
        setting(SLACK_BOT_TOKEN="xapp-1", SLACK_APP_TOKEN="xoxb-1"),  # noqa: S106 - none
        "configuration",
        "failed",
        "SLACK_BOT_TOKEN: it must be the bot token, which begins with xoxb-",
        "correct it",
    ),
    Case(
        "one token without the other",
        setting(SLACK_BOT_TOKEN="xoxb-1"),  # noqa: S106 - none
        "configuration",
        "failed",
        "Slack needs both. Set it, or SLACK_APP_TOKEN",
        "correct it",
    ),
    Case(
        "a wrong app token",
        slack_token("SLACK_APP_TOKEN", "xapp-wrong"),
        "Slack app token",
        "failed",
        "does not accept SLACK_APP_TOKEN",
        "from “Basic Information”",
    ),
    Case(
        "an app token without its scope",
        no_connections_write,
        "Slack app token",
        "failed",
        "lacks the scope",
        "connections:write",
    ),
    Case(
        "a scope that is missing",
        scope_missing,
        "Slack scopes",
        "failed",
        "missing: chat:write",
        "paperwire slack-manifest",
    ),
    Case(
        "Socket Mode that is off",
        socket_mode_off,
        "Slack app token",
        "failed",
        "Socket Mode is off",
        "turn on “Enable Socket Mode”",
    ),
    Case(
        "a channel that the bot is not in",
        not_in_slack_channel,
        f"slack:{CLOSED}",
        "failed",
        "I am not in the channel",
        "/invite @Paperwire",
    ),
    Case(
        "a wrong Discord token",
        wrong_discord_token,
        "Discord token",
        "failed",
        "Discord refuses it",
        "into DISCORD_TOKEN",
    ),
    Case(
        "a bot that was not invited",
        in_no_server,
        "Discord servers",
        "warning",
        "the bot is in no server",
        "paperwire discord-invite",
    ),
    Case(
        "a permission that is missing",
        permission_missing,
        "discord:",
        "failed",
        "I may not post in #papers",
        "give me “Embed Links” in #papers",
    ),
    Case(
        "a channel that is gone",
        unknown_discord_channel,
        "discord:1234567890",
        "failed",
        "channel",
        "subscribe another channel",
    ),
    Case(
        "no platform",
        setting(PAPERWIRE_PLATFORMS__TERMINAL__ENABLED="false"),
        "platforms",
        "failed",
        "No platform is configured",
        "set SLACK_BOT_TOKEN",
    ),
    Case(
        "a folder that cannot be written",
        unwritable_folder,
        "database",
        "failed",
        "The folder /proc cannot be written",
        "Let the user who runs Paperwire write to it",
    ),
    Case(
        "a folder in the place of the database",
        path_is_a_folder,
        "database",
        "failed",
        "is a folder",
        "Name a file in storage.path",
    ),
    Case(
        "a file in the place of its folder",
        folder_is_a_file,
        "database",
        "failed",
        "cannot be accessed: Not a directory",
        "Name another file in storage.path",
    ),
    Case("a damaged database", damaged_page, "database", "failed", "is damaged", "Restore a backup"),
    Case(
        "a file that is not a database",
        no_database,
        "database",
        "failed",
        "file is not a database",
        "name another file in storage.path",
    ),
    Case(
        "a newer database",
        newer_database,
        "database",
        "failed",
        "was written by a later version of Paperwire",
        "Install that version",
    ),
    Case(
        "another program's database",
        lambda machine: machine.sql("CREATE TABLE photos (id INTEGER)"),
        "database",
        "failed",
        "is another program's database",
        "Name another file in storage.path",
    ),
    Case(
        "a service that runs already",
        service_is_running,
        "service",
        "ok",
        f"process {os.getpid()} is running on this database, and answers at http://127.0.0.1:8765",
        "",
    ),
    Case(
        "a time zone that is gone",
        zone_is_gone,
        "digests of terminal:local",
        "warning",
        "“daily 09:00 Atlantis/Capital” can no longer be read",
        "/papers digest",
    ),
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
        "check sources.huggingface.token",
        "correct the source's address",
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
        "is 7 minutes behind that of huggingface",
        "timedatectl set-ntp true",
    ),
    Case(
        "a clock that is ahead",
        clock_off(-180),
        "clock",
        "warning",
        "is 180 minutes ahead of that of huggingface",
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
        "correct it where it is set",
    ),
    Case(
        "a wrong duration",
        setting(PAPERWIRE_POLL__INTERVAL="10 minutes"),
        "configuration",
        "failed",
        "a duration such as 30s, 10m, 2h or 1d",
        "correct it where it is set",
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
    Case(
        "a secret's file with a line break", newline_behind_the_token, "Discord token", "ok", "is that of Paperwire", ""
    ),
    Case(
        "a channel of a platform that is off",
        lambda machine: machine.make_database(Address("slack", "C0123456789")),
        "slack:C0123456789",
        "warning",
        "slack is not configured",
        "configure it, or unsubscribe",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_broken_is_named_with_its_repair(machine: Machine, case: Case) -> None:
    case.broken(machine)
    found = machine.check()
    row = next(finding for finding in found if finding["subject"].startswith(case.subject))
    assert row["state"] == case.state
    assert case.detail in row["detail"]
    assert case.repair in row["repair"]
    assert bool(row["repair"]) == (row["state"] != "ok")
    assert "planted" not in str(found)


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


def test_a_database_of_an_earlier_version_is_not_upgraded(machine: Machine) -> None:
    machine.make_database(HERE)
    machine.sql("DELETE FROM _sqlite_migrations WHERE rowid = (SELECT max(rowid) FROM _sqlite_migrations)")
    before = machine.database.read_bytes()
    row = next(finding for finding in machine.check() if finding["subject"] == "database")
    assert row["state"] == "ok"
    assert row["detail"].endswith("1 subscription in 1 channel; the next start upgrades it")
    assert machine.database.read_bytes() == before


def test_a_clock_is_right_if_one_server_agrees_with_it(machine: Machine) -> None:
    machine.slack()
    machine.hub.clock_off = timedelta(minutes=12)
    row = next(finding for finding in machine.check() if finding["subject"] == "clock")
    assert (row["state"], row["detail"]) == ("ok", "agrees with that of slack")


def test_a_disk_with_little_room_is_a_warning(tmp_path: Path) -> None:
    settings = Settings.model_validate({"storage": {"path": str(tmp_path / "data" / "paperwire.db")}})
    assert check_room(settings) == []
    [finding] = check_room(settings, room=10**18)
    assert (finding.state, finding.repair) == ("warning", "free some space")

"""What a person at a terminal reads: every command in its main situations, in one table (`tests.bot.cli.texts`).

``python -m tests.bot.cli.test_texts`` writes the table anew after a text was changed; read it before it is kept.
"""

from __future__ import annotations

import calendar
import contextlib
import os
import re
import shlex
import sqlite3
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner

from bot import __version__
from bot.cli import cli
from bot.cli.subscriptions import LIST, subscriptions
from bot.domain.polls import Outage, Poll
from bot.domain.posting import PostingOutage
from bot.status import Status
from storage.sqlite.files.service_lock import ServiceLock
from tests.bot.cli.host import today
from tests.bot.cli.texts import TABLE
from tests.builders import NOW
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.discord.world import SEND
from tests.servers.huggingface import HuggingFaceServer, an_item
from tests.servers.slack.server import SlackServer

MONTHS = calendar.month_name[1:]

WIDTH = 100
"""Columns of the terminal."""

DATABASE = Path("data", "paperwire.db")

HELP = (
    "--version",
    "--help",
    *(f"{name} --help" for name in cli.commands),
    *(f"subscriptions {name} --help" for name in subscriptions.commands if name != LIST),
)

MISTAKES = (
    "sing",
    "subscirbe terminal:local robots",
    "--halp",
    "subscribe",
    "subscribe terminal:local",
    "subscribe nowhere robots",
    "subscribe irc:lab robots",
    "subscribe terminal:local '(robots'",
    "subscribe terminal:local 'robots AND'",
    "try",
    "try foo:bar",
    "try robots --days 0",
    "try robots --dyas 3",
    "subscriptions exprot",
    "subscriptions --config missing.toml",
    "subscriptions --config broken.toml",
    "subscriptions --config wrong.toml",
    "discord-invite",
    "discord-invite --application 0",
    "discord-invite --application 123456789012345678",
)

IN_A_NEW_FOLDER = (
    "run",
    "health",
    "health --json",
    "check",
    "subscriptions",
    "subscriptions terminal:local",
    "subscriptions move slack:C0123456789 slack:C9876543210",
    "unsubscribe terminal:local robots",
    "try robots",
    "backup copy.db",
    "restore missing.db",
    "preview kettles",
    "preview 'reinforcement learning'",
)

WITH_PAPERS = (
    "backfill --days 3",
    "subscribe terminal:local robots",
    "subscribe terminal:local robots",
    "subscribe terminal:local 'robot or kettle'",
    "subscribe terminal:local kettels",
    "subscribe terminal:elsewhere robots",
    "subscribe slack:C0123456789 'robots upvotes>=5'",
    "subscribe slack:general robots",
    "subscribe discord:123456789012345678 robots",
    "subscribe discord:general robots",
    "subscriptions",
    "subscriptions terminal:local",
    "subscriptions slack:C9876543210",
    "subscriptions move slack:general slack:C0123456789",
    "subscriptions move slack:general slack:C0123456789",
    "unsubscribe terminal:local 9",
    "unsubscribe terminal:local violins",
    "unsubscribe terminal:local 2",
    "try robots",
    "try kettles AND tea",
    "try robot or kettle",
    "try humming violins",
    "try robots --days 3 --json",
    "preview robots",
    "preview robots --output letter.txt",
    "preview robots --output data/paperwire.db --force",
    "preview violins",
    "check",
)

FILES = (
    "subscriptions export",
    "subscriptions export all.toml",
    "subscriptions export all.toml",
    "subscriptions export nowhere/all.toml",
    "subscriptions import all.toml",
    "subscriptions import missing.toml",
    "subscriptions import broken.toml",
    "subscriptions import mistakes.toml",
    "subscriptions import binary.toml",
    "subscriptions import good.toml",
    "backup",
    "backup copy.db",
    "backup copy.db",
    "backup data/paperwire.db",
    "restore letter.txt",
    "restore empty.db",
    "restore data",
    "restore data/paperwire.db",
    "restore missing.db",
    "restore copy.db",
)

WRITTEN: Mapping[str, str | bytes] = {
    "letter.txt": "Dear aunt, this is no database.\n" * 50,
    "empty.db": "",
    "broken.toml": "[poll\n",
    "wrong.toml": '[poll]\ninterval = "soon"\nintervall = "1h"\n\n[platforms.slack]\nbot_token = "xapp-1"\n',
    "binary.toml": b"\xff\xfe",
    "mistakes.toml": """\
[[channels]]
channel = "slack:C0123456789"
schedule = "someday"
colour = "red"

[[channels.subscriptions]]
query = "robots AND"

[[channels.subscriptions]]
created_by = "ada\u202e"

[[channels]]
channel = "irc:lab"
""",
    "good.toml": """\
[[channels]]
channel = "slack:C0PAUSED00"
schedule = "daily 09:00 UTC"
pause = { by = "ada", since = 2026-03-10T12:00:00Z }

[[channels.subscriptions]]
query = "violins"
paused = true
""",
}

WRONG_ENVIRONMENT: tuple[Mapping[str, str], ...] = (
    {"SLACK_BOT_TOKEN": "xoxb-only-one"},
    {"DISCORD_TOKEN": "a token with blanks"},
    {"PAPERWIRE_POLL__INTERVALL": "10m"},
    {"PAPERWIRE_LOG_FORMAT": "xml"},
    {"PAPERWIRE_SECRETS": "nowhere"},
    {"PAPERWIRE_HTTP__PORT": "many"},
    {"SSL_CERT_FILE": "nowhere.pem"},
    {"HTTP_PROXY": "socks9://proxy"},
    {"PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": "http://127.0.0.1:1"},
)

PAPERS = (
    ("Robots Dance", "We teach robots to dance. Their kettles hum, and tea is made."),
    ("Robots Rest", "After work, robots rest."),
    ("Copper Kettles", "Kettles of copper hum."),
)


@dataclass(slots=True)
class Terminal:
    """A terminal in a folder of its own; what differs from run to run is replaced in what it shows."""

    hub: HuggingFaceServer
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def show(self, line: str, **more: str) -> str:
        """What was typed, and all that is then read."""
        environment = {
            "COLUMNS": str(WIDTH),
            "LOGNAME": "ada",
            "PAPERWIRE_HTTP__PORT": "0",
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": self.hub.base_url,
            **self.settings,
            **more,
        }
        done = CliRunner().invoke(cli, shlex.split(line), env=environment, prog_name="paperwire")
        output = self.without_what_differs(done.output)
        variables = "".join(f"{name}={shlex.quote(value)} " for name, value in more.items())
        printed = [f"    {part}".rstrip() for read in output.splitlines() for part in broken(read)]
        code = [f"    [exit {done.exit_code}]"] if done.exit_code else []
        return "\n".join([f"$ {variables}paperwire {line}", *printed, *code, ""])

    def without_what_differs(self, text: str) -> str:
        """The text with the folder, ports, processes, days and times of every run alike."""
        for pattern, same in (
            (re.escape(str(self.folder)), "/home/ada"),
            (r"127\.0\.0\.1:[0-9]{5}", "127.0.0.1:50000"),
            (r"\bprocess [0-9]+", "process 4711"),
            (rf"\b{re.escape(__version__)}\b", "1.2.3"),
            (r"replaced-[0-9]{8}-[0-9]{6}", "replaced-20260310-120000"),
            (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "2026-03-10"),
            (r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(?=Z)", "T12:00:00"),
            (rf"\b[0-9]{{1,2}} ({'|'.join(MONTHS)})\b", "10 March"),
            (rf"(?<=March ){today().year}, [0-9]{{2}}:[0-9]{{2}}", "2026, 12:00"),
            (rf"(?<=March ){today().year}", "2026"),
            (r"(?<=2026-03-10 )[0-9]{2}:[0-9]{2}:[0-9]{2}", "12:00:00"),
        ):
            text = re.sub(pattern, same, text)
        return text


def table(folder: Path) -> str:
    """Every text."""
    with HuggingFaceServer() as hub, contextlib.chdir(folder):
        for name, content in WRITTEN.items():
            data = content.encode() if isinstance(content, str) else content
            Path(name).write_bytes(data)
        return "\n".join(parts(Terminal(hub, folder.resolve())))


def parts(terminal: Terminal) -> Iterator[str]:
    """The parts of the table."""
    yield heading("Help")
    yield from map(terminal.show, HELP)
    yield heading("Mistakes")
    yield from map(terminal.show, MISTAKES)
    yield heading("A new folder")
    yield from map(terminal.show, IN_A_NEW_FOLDER)
    Path("preview.html").unlink()
    yield heading("Papers and subscriptions")
    terminal.settings["PAPERWIRE_PLATFORMS__TERMINAL__ENABLED"] = "true"
    fill(terminal.hub)
    yield from map(terminal.show, WITH_PAPERS)
    yield heading("Files")
    yield from map(terminal.show, FILES)
    yield heading("A running service")
    yield from beside_a_service(terminal)
    yield heading("Wrong settings")
    yield from (terminal.show("check", **wrong) for wrong in WRONG_ENVIRONMENT)
    yield heading("Slack and Discord")
    yield from on_platforms(terminal)
    yield heading("Databases that cannot be used")
    yield from with_wrong_databases(terminal)


def fill(hub: HuggingFaceServer) -> None:
    """Put a paper on each list of the last days."""
    for number, (title, abstract) in enumerate(PAPERS):
        day = today().date() - timedelta(days=number)
        hub.lists[day] = [an_item(f"9901.0000{number}", title=title, summary=abstract, ai_summary="")]


def beside_a_service(terminal: Terminal) -> Iterator[str]:
    """What commands say while a service runs, and what health says of one that is not well."""
    with ServiceLock(DATABASE) as lock:
        yield terminal.show("health")
        lock.announce(http="http://127.0.0.1:1")
        for line in ("health", "run --once", "restore copy.db"):
            yield terminal.show(line)
    status = Status(NOW - timedelta(hours=2), timedelta(minutes=10), platforms={"slack": "the token was revoked"})
    refused = PostingOutage("discord", NOW - timedelta(minutes=40), "Discord answered 503", NOW + timedelta(minutes=1))
    status.posting = {"discord": refused}
    yield framed("/healthz, before a poll ended", status.troubles(now=NOW))
    outage = Outage("huggingface", NOW - timedelta(hours=2), "no connection")
    status.polled(Poll(NOW, failures=(str(outage),), outages=(outage,)))
    yield framed("/healthz, with a source that is out", status.troubles(now=NOW))


def on_platforms(terminal: Terminal) -> Iterator[str]:
    """Checks of tokens and channels."""
    DATABASE.unlink()
    with SlackServer() as slack, DiscordServer() as discord:
        discord.invite(channels=("papers", "staff"))
        papers, staff = discord.world.channels.values()
        discord.overwrite(staff, deny=SEND)
        terminal.settings |= {
            "SLACK_BOT_TOKEN": "xoxb-bot-token",
            "SLACK_APP_TOKEN": "xapp-app-token",
            "DISCORD_TOKEN": TOKEN,
            "PAPERWIRE_PLATFORMS__SLACK__API_URL": slack.api_url,
            "PAPERWIRE_PLATFORMS__DISCORD__API_URL": discord.api_url,
            "PAPERWIRE_PLATFORMS__DISCORD__GATEWAY_URL": discord.gateway_url,
        }
        channels = {papers["id"]: "1010101010101010101", staff["id"]: "2020202020202020202"}
        for place in ("slack:C0OPEN", "slack:C0CLOSED", "slack:C0GONE", *(f"discord:{known}" for known in channels)):
            terminal.show(f"subscribe {place} robots")
        shown = [terminal.show("check")]
        shown += [terminal.show("check", **wrong) for wrong in wrong_tokens()]
        slack.socket.disabled = True
        shown.append(terminal.show("check"))
    for text in shown:
        yield re.sub("|".join(channels), lambda found: channels[found[0]], text)


def wrong_tokens() -> Iterator[dict[str, str]]:
    """Tokens that do not work, or were put in the wrong place."""
    yield {"SLACK_BOT_TOKEN": "xoxb-wrong", "DISCORD_TOKEN": "a.wrong.token"}
    yield {"SLACK_APP_TOKEN": "xapp-wrong"}


def with_wrong_databases(terminal: Terminal) -> Iterator[str]:
    """What is said of a database of a newer release, and of files that are none."""
    terminal.settings = {"PAPERWIRE_PLATFORMS__TERMINAL__ENABLED": "true"}
    DATABASE.unlink()
    terminal.show("subscribe terminal:local robots")
    with contextlib.closing(sqlite3.connect(DATABASE)) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('paperwire', 'of_tomorrow', '')"
        )
        newer.commit()
    for line in ("subscriptions", "run --once", "check"):
        yield terminal.show(line)
    for path in ("letter.txt", "data", "letter.txt/paperwire.db"):
        for line in ("subscriptions", "check"):
            yield terminal.show(line, PAPERWIRE_STORAGE__PATH=path)


def broken(line: str) -> list[str]:
    """The line as a narrow terminal breaks it."""
    line = line.rstrip()
    return textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) if len(line) > WIDTH else [line]


def heading(text: str) -> str:
    """A heading of the table."""
    return f"{text}\n{'=' * len(text)}\n"


def framed(what: str, lines: list[str]) -> str:
    """Lines that are read elsewhere than at a terminal."""
    return "\n".join([what, *(f"    {line}" for line in lines), ""])


def test_every_text_is_the_one_in_the_table(tmp_path: Path) -> None:
    assert table(tmp_path) == TABLE.lstrip("\n")


if __name__ == "__main__":
    target = Path(__file__).with_name("texts.py")
    with tempfile.TemporaryDirectory() as made:
        written = table(Path(os.path.realpath(made))).replace("\\", "\\\\")
    target.write_text(
        f'"""What a person at a terminal reads, as `tests.bot.cli.test_texts` renders it."""\n\nTABLE = """\n'
        f'{written}"""\n'
    )

"""A machine that Paperwire is set up on, with the servers it talks to on loopback."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from bot.cli import cli
from bot.domain import Address
from storage import open_database, stores_of
from tests.builders import subscribe
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.huggingface import HuggingFaceServer
from tests.servers.slack.server import SlackServer


@dataclass(slots=True)
class Machine:
    """A machine with a set-up that works, until a test breaks it."""

    folder: Path
    hub: HuggingFaceServer
    stack: contextlib.ExitStack
    settings: dict[str, str] = field(default_factory=dict)
    config: str = ""

    @property
    def database(self) -> Path:
        """Where the database is, or will be."""
        return self.folder / "data" / "paperwire.db"

    def make_database(self, *channels: Address) -> None:
        """A database, with a subscription in each of these channels."""
        database = open_database(self.database)
        for channel in channels:
            subscribe(stores_of(database), channel, "robots")
        database.close()

    def sql(self, statement: str) -> None:
        """Do this to the database."""
        self.database.parent.mkdir(exist_ok=True)
        with contextlib.closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute(statement)

    def slack(self) -> SlackServer:
        """A Slack, with its tokens in the settings."""
        slack = self.stack.enter_context(SlackServer())
        self.settings |= {
            "SLACK_BOT_TOKEN": slack.workspace.bot_token,
            "SLACK_APP_TOKEN": slack.workspace.app_token,
            "PAPERWIRE_PLATFORMS__SLACK__API_URL": slack.api_url,
        }
        return slack

    def discord(self) -> DiscordServer:
        """A Discord that the bot was let in, with its token in the settings."""
        discord = self.stack.enter_context(DiscordServer())
        discord.invite()
        self.settings |= {"DISCORD_TOKEN": TOKEN, "PAPERWIRE_PLATFORMS__DISCORD__API_URL": discord.api_url}
        return discord

    def secret(self, name: str, text: str) -> None:
        """A file that holds a secret, named in the settings."""
        (self.folder / name).write_text(text)
        self.settings[f"{name}_FILE"] = str(self.folder / name)

    def check(self) -> list[dict[str, str]]:
        """What was found; the exit code agrees with it, and the files are the same as before."""
        (self.folder / "config.toml").write_text(self.config)
        environment = {
            "PAPERWIRE_CONFIG": str(self.folder / "config.toml"),
            "PAPERWIRE_STORAGE__PATH": str(self.database),
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": self.hub.base_url,
            "PAPERWIRE_PLATFORMS__TERMINAL__ENABLED": "true",
            "PAPERWIRE_HTTP__PORT": "0",
            "NO_PROXY": "",
            **self.settings,
        }
        before = self.files()
        result = CliRunner().invoke(cli, ["check", "--json"], env=environment, prog_name="paperwire")
        assert self.files() == before
        found: list[dict[str, str]] = json.loads(result.output)
        assert result.exit_code == any(each["state"] == "failed" for each in found)
        secrets = [value for name, value in self.settings.items() if name.endswith("_TOKEN")]
        assert not [secret for secret in secrets if secret in result.output]
        return found

    def files(self) -> dict[str, int]:
        """Every file with its size."""
        return {str(path): path.stat().st_size for path in self.folder.rglob("*") if path.is_file()}

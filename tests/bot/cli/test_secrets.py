"""Where secrets must not appear while a real service uses them."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import httpx

from tests.bot.cli.host import PATIENCE, Host, is_up, wait_until
from tests.machine import Machine
from tests.servers.discord.server import TOKEN
from tests.servers.huggingface import HuggingFaceServer
from tests.servers.monitor import Monitor


def shown(host: Host, pid: int) -> dict[str, bytes]:
    """Everything that others could read on the machine, in the network or in a backup, by its name."""
    lock = json.loads((host.folder / "data" / "paperwire.db.lock").read_text())
    process = Path("/proc") / str(pid)
    return {
        "process list": (process / "cmdline").read_bytes(),
        "environment": (process / "environ").read_bytes(),
        "metrics": httpx.get(f"{lock['http']}/metrics").content,
        "health": httpx.get(f"{lock['http']}/healthz").content,
        **{path.name: path.read_bytes() for path in (host.folder / "data").iterdir()},
    }


def test_no_secret_is_in_process_list_environment_log_metrics_database_or_backup(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        hub, monitor = stack.enter_context(HuggingFaceServer()), stack.enter_context(Monitor())
        machine = Machine(tmp_path, hub, stack)
        slack, discord = machine.slack(), machine.discord()
        secrets = {
            "slack_bot_token": slack.workspace.bot_token,
            "slack_app_token": slack.workspace.app_token,
            "discord_token": TOKEN,
            "hf_token": "hf_planted",
            "heartbeat_url": monitor.url,
        }
        folder = tmp_path / "secrets"
        folder.mkdir()
        for name, secret in secrets.items():
            (folder / name).write_text(f"{secret}\n")
        host = Host(tmp_path, hub, {"PAPERWIRE_SECRETS": str(folder)})
        host.settings |= {name: value for name, value in machine.settings.items() if name.endswith("_URL")}
        host.settings["PAPERWIRE_PLATFORMS__DISCORD__GATEWAY_URL"] = discord.gateway_url
        process = host.start("run")
        try:
            wait_until(lambda: is_up(host))
            wait_until(lambda: bool(slack.socket.connected and discord.gateway.is_heard and monitor.calls))
            places = shown(host, process.pid)
        finally:
            process.terminate()
            printed, errors = process.communicate(timeout=PATIENCE)
        places |= {"log": errors.encode(), "output": printed.encode()}
    assert {"paperwire.db", "paperwire.db-wal", "paperwire.db.lock"} <= set(places)
    assert "hf_planted" in str(hub.requests)
    found = [
        (place, name)
        for place, content in places.items()
        for name, secret in secrets.items()
        if secret.encode() in content
    ]
    assert found == []

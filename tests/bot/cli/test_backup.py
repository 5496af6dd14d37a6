"""``backup`` and ``restore``, as hosts use them."""

from __future__ import annotations

import json

from tests.bot.cli.host import Host, addresses, is_up, today, wait_until
from tests.servers.huggingface import an_item


def queries(host: Host) -> list[str]:
    """The queries of all subscriptions."""
    return [subscription["query"] for subscription in json.loads(host.command("subscriptions", "--json"))]


def test_a_backup_of_a_running_service_is_restored_and_nothing_is_shown_twice(host: Host) -> None:
    copy = host.folder / "copy.db"
    host.hub.lists[today().date()] = [an_item("9901.00001", title="Robots Walk")]
    host.command("subscribe", "terminal:local", "robots")
    service = host.start("run")
    assert service.stdout is not None
    assert service.stdout.readline() == "Robots Walk\n"
    wait_until(lambda: is_up(host))
    assert "1 paper, 1 subscription" in host.command("backup", str(copy))
    assert "is running on" in host.fail("restore", str(copy))
    service.terminate()
    service.communicate()
    host.hub.lists[today().date()] += [an_item(f"9901.{number:05}", title="Robots Run") for number in range(2, 25)]
    host.command("subscribe", "terminal:local", "kettles")
    assert host.do("run", "--once").startswith("23 papers · ")
    output = host.command("restore", str(copy))
    assert "1 subscription." in output
    assert "paperwire.db.replaced-" in output
    assert queries(host) == ["robots"]
    host.hub.lists[today().date()].append(an_item("9901.00025", title="Robots Fly"))
    assert addresses(host, host.do("run", "--once")) == ["9901.00025"]
    assert host.do("run", "--once") == ""


def test_a_failed_backup_is_one_line_with_its_repair(host: Host) -> None:
    missing, copy = str(host.folder / "missing.db"), str(host.folder / "copy.db")
    assert host.complaint("backup", copy).startswith("paperwire: There is no database at ")
    assert host.complaint("restore", missing) == f"paperwire: There is no database at {missing}.\n"
    host.command("subscribe", "terminal:local", "robots")
    host.command("backup", copy)
    assert "--force" in host.complaint("backup", copy)
    host.command("backup", copy, "--force")
    assert "Usage" in host.complaint("backup", code=2)

"""What was shown, found again after a crash."""

from __future__ import annotations

import json
import logging
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain import utc

log = logging.getLogger(__name__)

REMEMBERED = 10_000
"""Messages whose keys are kept when the log is opened: far more than can be in doubt at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """When a message was shown, and the papers that it delivered."""

    at: datetime
    papers: tuple[str, ...]


class Shown:
    """What was shown, by each message's key: in a file, so that a new process knows too."""

    def __init__(self, path: Path) -> None:
        """Prepare; the file is read when it is needed."""
        self._path = path
        self._entries: dict[str, Entry] = {}
        self._is_read = False
        self._lock = threading.Lock()

    def when(self, key: str) -> datetime | None:
        """When the message was shown; None if it was not.

        Raises:
            OSError: The file cannot be read.
        """
        with self._lock:
            self._read()
            entry = self._entries.get(key)
            return entry.at if entry else None

    def papers(self, since: datetime, until: datetime) -> Mapping[str, str]:
        """The papers that were shown between these moments, by their ids, and the keys of their messages.

        Raises:
            OSError: The file cannot be read.
        """
        with self._lock:
            self._read()
            return {
                paper_id: key
                for key, entry in self._entries.items()
                if since <= entry.at <= until
                for paper_id in entry.papers
            }

    def note(self, key: str, entry: Entry) -> None:
        """Remember that the message was shown: if the file cannot be written, as long as the process lives."""
        with self._lock:
            self._entries[key] = entry
            try:
                self._read()
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(_noted(key, entry))
            except OSError as error:
                log.warning("The terminal's log cannot be written, so a restart may repeat a card: %s", error.strerror)

    def _read(self) -> None:
        """Read the file once, and write it anew if it is long or was torn by a crash."""
        if self._is_read:
            return
        written = self._path.read_text(encoding="utf-8", errors="replace") if self._path.exists() else ""
        latest = deque((entry for line in written.splitlines() if (entry := _entry(line))), maxlen=REMEMBERED)
        whole = "".join(_noted(key, entry) for key, entry in latest)
        if whole != written:
            fresh = self._path.with_name(f"{self._path.name}.new")
            fresh.write_text(whole, encoding="utf-8")
            fresh.replace(self._path)
        self._entries = {**dict(latest), **self._entries}
        self._is_read = True


def _noted(key: str, entry: Entry) -> str:
    return json.dumps({"key": key, "at": entry.at.isoformat(), "papers": entry.papers}) + "\n"


def _entry(line: str) -> tuple[str, Entry] | None:
    """A line of the log; None for one that was torn when its process was killed."""
    try:
        entry = json.loads(line)
        papers = tuple(str(each) for each in entry.get("papers", ()))
        return str(entry["key"]), Entry(utc(datetime.fromisoformat(entry["at"])), papers)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None

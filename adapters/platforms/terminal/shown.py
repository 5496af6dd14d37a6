"""A log of shown messages, so that they are found again after a crash."""

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
"""Entries kept when the log is opened: far more than can be in doubt at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """When a message was shown, and the papers in it."""

    at: datetime
    papers: tuple[str, ...]


class Shown:
    """The shown messages by their keys, kept in a file for the next process."""

    def __init__(self, path: Path) -> None:
        """Prepare; the file is read when first needed."""
        self._path = path
        self._entries: dict[str, Entry] = {}
        self._is_read = False
        self._lock = threading.Lock()

    def when(self, key: str) -> datetime | None:
        """When the message with that key was shown; None if it was not.

        Raises:
            OSError: The file cannot be read.
        """
        with self._lock:
            self._read()
            entry = self._entries.get(key)
            return entry.at if entry else None

    def papers(self, since: datetime, until: datetime) -> Mapping[str, str]:
        """The ids of papers that were shown between these moments, with the keys of their messages.

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
        """Note that the message was shown; if the file cannot be written, for as long as the process lives."""
        with self._lock:
            self._entries[key] = entry
            try:
                self._read()
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(_as_line(key, entry))
            except OSError as error:
                log.warning("The terminal's log cannot be written, so a restart may repeat a card: %s", error.strerror)

    def _read(self) -> None:
        """Read the file once, and rewrite it if it has grown long or a crash has torn its last line."""
        if self._is_read:
            return
        written = self._path.read_text(encoding="utf-8", errors="replace") if self._path.exists() else ""
        latest = deque((entry for line in written.splitlines() if (entry := _from_line(line))), maxlen=REMEMBERED)
        whole = "".join(_as_line(key, entry) for key, entry in latest)
        if whole != written:
            # Written beside the log and moved into its place, so that a crash leaves one of the two whole.
            fresh = self._path.with_name(f"{self._path.name}.new")
            fresh.write_text(whole, encoding="utf-8")
            fresh.replace(self._path)
        self._entries = {**dict(latest), **self._entries}
        self._is_read = True


def _as_line(key: str, entry: Entry) -> str:
    return json.dumps({"key": key, "at": entry.at.isoformat(), "papers": entry.papers}) + "\n"


def _from_line(line: str) -> tuple[str, Entry] | None:
    """The key and entry in a line; None for a line that was torn when the process was killed."""
    try:
        entry = json.loads(line)
        papers = tuple(map(str, entry.get("papers", ())))
        return str(entry["key"]), Entry(utc(datetime.fromisoformat(entry["at"])), papers)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None

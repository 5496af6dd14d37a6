"""The log: one line for each event, for people or for machines, and never a secret."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Collection
from datetime import UTC, datetime

QUIET = ("apscheduler", "httpx", "httpcore", "aiohttp.access", "discord")
"""Libraries that log every step; only their warnings matter."""


class Redacting(logging.Formatter):
    """Removes secrets from whatever is logged, tracebacks included."""

    def __init__(self, secrets: Collection[str], *, as_json: bool) -> None:
        """Format lines without these secrets.

        Args:
            secrets: Tokens; empty ones are ignored.
            as_json: Whether a line is a JSON object instead of plain text.
        """
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", datefmt="%Y-%m-%d %H:%M:%S")
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Format the record as a line (and its traceback), without secrets."""
        line = super().format(record)
        if self._as_json:
            fields = {
                "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname.lower(),
                "logger": record.name,
                "message": record.getMessage(),
            }
            if record.exc_info:
                fields["traceback"] = self.formatException(record.exc_info)
            line = json.dumps(fields, ensure_ascii=False)
        for secret in self._secrets:
            line = line.replace(secret, "…")
        return line


def set_up_logging(*, secrets: Collection[str], as_json: bool, level: int = logging.INFO) -> None:
    """Send the log to stderr; call this once, before anything is logged."""
    to_stderr = logging.StreamHandler(sys.stderr)
    to_stderr.setFormatter(Redacting(secrets, as_json=as_json))
    logging.basicConfig(level=level, handlers=[to_stderr], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)

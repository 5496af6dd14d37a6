"""Reads TOML that somebody else wrote."""

from __future__ import annotations

import re
import tomllib
from typing import Any

LONGEST_NUMBER = 1_000
"""Digits; Python itself refuses to read some thousands of them, without saying where they are."""

LONG_NUMBER = re.compile(rf"[0-9](?:_?[0-9]){{{LONGEST_NUMBER}}}")


def tables_in(text: str) -> dict[str, Any]:
    """What the text holds.

    Raises:
        ValueError: It is not TOML, or cannot be read; the message says why, and where.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise ValueError("brackets are nested too deeply") from None
    except ValueError:
        number = LONG_NUMBER.search(text)
        line = f" (at line {text.count(chr(10), 0, number.start()) + 1})" if number else ""
        raise ValueError(f"a number has thousands of digits{line}") from None

"""The icon that hosts upload is the one that the script draws and the preview shows."""

from __future__ import annotations

import re
import zlib

from adapters.preview.avatar import AVATAR
from scripts.icon import SIZE, SVG, rows
from tests.builders import ROOT

PNG = (ROOT / "docs" / "icon.png").read_bytes()
HOSTING = (ROOT / "docs" / "hosting.md").read_text()


def test_the_files_are_what_the_script_draws() -> None:
    """Compared without their compression, which differs among versions of zlib."""
    start = PNG.index(b"IDAT")
    size = int.from_bytes(PNG[start - 4 : start])
    drawn = zlib.decompress(PNG[start + 4 : start + 4 + size])
    assert drawn == b"".join(b"\0" + row for row in rows())
    assert (ROOT / "docs" / "icon.svg").read_text() == SVG


def test_slack_and_discord_take_it() -> None:
    """A square of 512 to 2000 pixels, and small."""
    assert (int.from_bytes(PNG[16:20]), int.from_bytes(PNG[20:24])) == (SIZE, SIZE)
    assert 512 <= SIZE <= 2000
    assert len(PNG) < 20_000


def test_it_is_the_one_of_the_preview() -> None:
    shown, drawn = (re.findall(r"<path[^>]+>", text) for text in (AVATAR, SVG))
    assert shown == drawn
    assert len(drawn) > 5


def test_the_guides_say_where_it_is_uploaded() -> None:
    for guide in ("Slack, in five minutes", "Discord, in five minutes"):
        assert "(icon.png)" in HOSTING.split(f"## {guide}")[1].split("\n## ")[0]

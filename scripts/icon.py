"""Draws the app's icon for Slack and Discord, docs/icon.svg and docs/icon.png: the sheet that the preview shows too.

Run from the top folder: ``.venv/bin/python -m scripts.icon``. It needs nothing else.
"""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path("docs")

GRID = 40
"""Units of the drawing's width and height."""

GROUND, SHEET, LINES = "#f2a33a", "#ffffff", "#b06a08"

SVG = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}" width="512" height="512">
  <title>Paperwire</title>
  <path fill="{GROUND}" d="M0 0h40v40H0z"/>
  <path fill="{SHEET}" d="M11 8h13l6 6v18H11z"/>
  <path fill="none" stroke="{LINES}" stroke-width="2" d="M15 18h11M15 22h11M15 26h7"/>
</svg>
"""

SHAPES = (
    (SHEET, ((11, 8), (24, 8), (30, 14), (30, 32), (11, 32))),
    (LINES, ((15, 17), (26, 17), (26, 19), (15, 19))),
    (LINES, ((15, 21), (26, 21), (26, 23), (15, 23))),
    (LINES, ((15, 25), (22, 25), (22, 27), (15, 27))),
)
"""The same as convex polygons on the ground, the last one on top."""

SIZE = 512
"""Pixels of the picture's width and height, the least that Slack takes: https://docs.slack.dev/reference/methods/apps.icon.set."""

SAMPLES = 4
"""Points in a pixel, in each direction, whose colours are averaged."""


def main() -> None:
    """Write both files."""
    (FOLDER / "icon.svg").write_text(SVG, encoding="utf-8")
    (FOLDER / "icon.png").write_bytes(png())
    sys.stdout.write(f"{FOLDER / 'icon.png'}: {(FOLDER / 'icon.png').stat().st_size} bytes\n")


def png() -> bytes:
    """The picture (https://www.w3.org/TR/png-3/)."""
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)  # 8 bits of red, green and blue
    data = zlib.compress(b"".join(b"\0" + row for row in rows()), 9)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", data), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def rows() -> Iterator[bytes]:
    """The rows of the picture, from the top: red, green and blue for each pixel."""
    for y in range(SIZE):
        samples = [_sampled((y + (place + 0.5) / SAMPLES) / SIZE * GRID) for place in range(SAMPLES)]
        row = bytearray()
        for x in range(0, SIZE * SAMPLES, SAMPLES):
            seen = [colour for sampled in samples for colour in sampled[x : x + SAMPLES]]
            row += bytes(round(sum(channel) / len(seen)) for channel in zip(*seen, strict=True))
        yield bytes(row)


def _sampled(y: float) -> list[tuple[int, ...]]:
    """The colours of the points on a line through the drawing."""
    points = [_rgb(GROUND)] * (SIZE * SAMPLES)
    for colour, corners in SHAPES:
        crossed = sorted(_crossings(corners, y))
        if crossed:
            left, right = (round(x / GRID * len(points)) for x in (crossed[0], crossed[-1]))
            points[left:right] = [_rgb(colour)] * (right - left)
    return points


def _crossings(corners: tuple[tuple[int, int], ...], y: float) -> Iterator[float]:
    """Where the edges of a polygon cross the line."""
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if min(y1, y2) <= y < max(y1, y2):
            yield x1 + (x2 - x1) * (y - y1) / (y2 - y1)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


if __name__ == "__main__":
    main()

"""Draws the app's icon for Slack and Discord, docs/icon.svg and docs/icon.png: the avatar of the preview.

Run from the top folder: ``.venv/bin/python -m scripts.icon``. It needs nothing else.
"""

from __future__ import annotations

import re
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from pathlib import Path

from adapters.preview.avatar import GRID, PATHS, SHAPES

FOLDER = Path("docs")

_PATHS = "\n".join(f"  {path}/>" for path in PATHS.split("/>") if path)

SVG = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}" width="512" height="512">
  <title>Paperwire</title>
{_PATHS}
</svg>
"""

SIZE = 512
"""Pixels of the picture's width and height, the least that Slack takes: https://docs.slack.dev/reference/methods/apps.icon.set."""

SAMPLES = 4
"""Lines in a row of pixels, whose colours are averaged."""

STEPS = 16
"""Straight pieces that stand for a curve."""

Point = tuple[float, float]


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
    shapes = [(_rgb(colour), list(corners(path))) for colour, path in SHAPES]
    for y in range(SIZE):
        row: list[tuple[float, ...]] = [(0, 0, 0)] * SIZE
        for colour, shape in shapes:
            spans = [_span(shape, (y + (place + 0.5) / SAMPLES) / SIZE * GRID) for place in range(SAMPLES)]
            _paint(row, colour, [span for span in spans if span])
        yield bytes(round(part) for pixel in row for part in pixel)


def _paint(row: list[tuple[float, ...]], colour: tuple[float, ...], spans: Sequence[Point]) -> None:
    """Mix the colour into each pixel by how much of it the spans cover."""
    if not spans:
        return
    for x in range(int(min(left for left, _ in spans)), min(SIZE, int(max(right for _, right in spans)) + 1)):
        covered = sum(max(0.0, min(right, x + 1) - max(left, x)) for left, right in spans) / SAMPLES
        row[x] = tuple(old + (new - old) * covered for old, new in zip(row[x], colour, strict=True))


def _span(shape: Sequence[Point], y: float) -> Point | None:
    """Where a line through a convex shape enters and leaves it, in pixels; None if it does not meet it."""
    crossed = [
        x1 + (x2 - x1) * (y - y1) / (y2 - y1)
        for (x1, y1), (x2, y2) in zip(shape, (*shape[1:], shape[0]), strict=True)
        if min(y1, y2) <= y < max(y1, y2)
    ]
    return (min(crossed) / GRID * SIZE, max(crossed) / GRID * SIZE) if crossed else None


def corners(path: str) -> Iterator[Point]:
    """The corners of a shape that looks like the path (https://www.w3.org/TR/SVG2/paths.html)."""
    x = y = 0.0
    for command, written in re.findall(r"([MLHVQA])([^A-Za-z]+)", path):
        numbers = [float(number) for number in written.split()]
        came = (x, y)
        x = numbers[-2] if command in "MLQA" else numbers[0] if command == "H" else x
        y = numbers[-1] if command in "MLQAV" else y
        for step in range(1, STEPS) if command in "QA" else ():
            part = step / STEPS
            yield _curve(came, (numbers[0], numbers[1]), (x, y), part) if command == "Q" else _arc(came, (x, y), part)
        yield x, y


def _curve(start: Point, towards: Point, end: Point, part: float) -> Point:
    first, second, third = (1 - part) ** 2, 2 * part * (1 - part), part**2
    x, y = (first * a + second * b + third * c for a, b, c in zip(start, towards, end, strict=True))
    return x, y


def _arc(start: Point, end: Point, part: float) -> Point:
    """A point on the half circle from ``start`` to ``end``, clockwise."""
    (x1, y1), (x2, y2) = start, end
    x, y, turn = (x1 + x2) / 2, (y1 + y2) / 2, part * pi
    return (
        x + (x1 - x) * cos(turn) - (y1 - y) * sin(turn),
        y + (x1 - x) * sin(turn) + (y1 - y) * cos(turn),
    )


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


if __name__ == "__main__":
    main()

"""The app's icon: a paper on a wire that runs on as one of its lines; `scripts.icon` makes files of it."""

from __future__ import annotations

from adapters.preview.html import Html

GRID = 48
"""Units of the drawing's width and height: the pixels that it mostly has, so that its edges are sharp."""

GROUND, SHEET, FOLD, INK = "#f2a33a", "#ffffff", "#fbdcae", "#2b2640"

SHAPES = (
    (GROUND, "M0 0H48V48H0z"),
    (INK, "M0 27H48V30H0z"),
    (SHEET, "M12 9Q12 7 14 7H27L36 16V39Q36 41 34 41H14Q12 41 12 39z"),
    (FOLD, "M27 7L36 16H29Q27 16 27 14z"),
    (GROUND, "M18 17H22A1 1 0 0 1 22 19H18A1 1 0 0 1 18 17z"),
    (GROUND, "M18 22H30A1 1 0 0 1 30 24H18A1 1 0 0 1 18 22z"),
    (INK, "M18 27H30A1.5 1.5 0 0 1 30 30H18A1.5 1.5 0 0 1 18 27z"),
    (GROUND, "M18 33H26A1 1 0 0 1 26 35H18A1 1 0 0 1 18 33z"),
)
"""Colours and paths, the last one on top. Each is convex, of lines, curves, and arcs that are half a circle."""

PATHS = Html("".join(f'<path fill="{colour}" d="{path}"/>' for colour, path in SHAPES))

AVATAR = Html(f'<svg class="avatar" viewBox="0 0 {GRID} {GRID}" aria-hidden="true">{PATHS}</svg>')

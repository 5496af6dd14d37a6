"""Sets of small numbers as integers: a number is in the set if that bit is 1, counted from the lowest.

Two sets of a hundred numbers are then intersected in a single operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


FEW = 6
"""Numbers of a set that are quicker found one by one."""

NUMBERS_OF_BYTE = [[number for number in range(8) if byte >> number & 1] for byte in range(256)]


def numbers_in(numbers: int) -> Iterator[int]:
    """The numbers in a set, rising."""
    if numbers.bit_count() > FEW:
        for index, byte in enumerate(numbers.to_bytes((numbers.bit_length() + 7) // 8, "little")):
            for number in NUMBERS_OF_BYTE[byte]:
                yield 8 * index + number
        return
    while numbers:
        lowest = numbers & -numbers
        yield lowest.bit_length() - 1
        numbers ^= lowest


def first_in(numbers: int) -> int:
    """The lowest number in a set that is not empty."""
    return (numbers & -numbers).bit_length() - 1


def set_of(numbers: range) -> int:
    """The set of these adjacent numbers."""
    return (1 << numbers.stop) - (1 << numbers.start)


def those_of(numbers: int, items: Sequence[T], passes: Callable[[T], bool]) -> int:
    """Those of a set of numbers whose items pass, each tried on its own."""
    passing = 0
    for number in numbers_in(numbers):
        if passes(items[number]):
            passing |= 1 << number
    return passing

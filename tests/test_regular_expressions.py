"""Every regular expression takes time in proportion to the text: a text may be hostile, and somebody waits for it.

Each is given long texts made of what it looks for. In proportion, one of them takes milliseconds; with the square of
its length, many seconds. What is limited is the processor's time, so that other work on the machine does not count.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from re import _parser as grammar  # type: ignore[attr-defined]  # its tree says what an expression looks for
from types import FrameType, ModuleType

import pytest

PACKAGES = ("bot", "adapters", "storage")

LENGTH = 50_000

LIMIT = 1.0
"""Seconds of the processor for one text."""

SHORTER = {"adapters.preview.discord_markdown": 4_096}
"""Modules that read only what is already laid out: an embed's description has no more characters."""

USUAL = " \n\t1aA.,-_&<[("


class TooSlow(Exception):
    """An expression took too long."""


def modules() -> Iterator[ModuleType]:
    """Every module of the program."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield importlib.import_module(found.name)


def compiled() -> dict[str, re.Pattern[str]]:
    """Every compiled expression that a module keeps, by its name; those in tables, too."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules():
        for name, value in vars(module).items():
            table = value if isinstance(value, dict) else {"": value}
            for key, each in table.items():
                if isinstance(each, re.Pattern) and each not in found.values():
                    found[f"{module.__name__}.{name} {key}".rstrip()] = each
    return found


def ways_of_use() -> dict[int, set[str]]:
    """What is done by each compiled expression that a module keeps, such as ``fullmatch``, by its identity."""
    ways: dict[int, set[str]] = {}
    for module in modules():
        for part in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            match part:
                case ast.Attribute(value=ast.Name(id=name), attr=done) if isinstance(
                    expression := vars(module).get(name), re.Pattern
                ):
                    ways.setdefault(id(expression), set()).add(done)
    return ways


def written_out() -> dict[str, tuple[str, str]]:
    """Every expression that is written where it is used, such as ``re.sub("…", …)``, with what is done by it."""
    found: dict[str, tuple[str, str]] = {}
    for module in modules():
        for call in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            match call:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=done),
                    args=[ast.Constant(value=str(expression)), *_],
                ) if done != "compile":
                    found[f"{module.__name__}, line {call.lineno}"] = (done, expression)
    return found


def sought(expression: re.Pattern[str]) -> list[str]:
    """The characters that stand in the expression, other signs before letters, and a few usual ones."""
    found: set[str] = set()

    def look(part: object) -> None:
        match part:
            case (opcode, int(character)) if str(opcode) in {"LITERAL", "NOT_LITERAL"}:
                found.add(chr(character))
            case (opcode, (int(first), int(_))) if str(opcode) == "RANGE":
                found.add(chr(first))
            case str():
                pass
            case tuple() | list() | grammar.SubPattern():
                for inner in part:
                    look(inner)

    look(grammar.parse(expression.pattern, expression.flags & ~re.UNICODE))
    return sorted(found, key=lambda character: (character.isalnum(), character))[:12]


def hostile_texts(expression: re.Pattern[str], length: int) -> Iterator[str]:
    """Long texts of what the expression looks for: one character, two in turn, and with something else at the end."""
    characters = sought(expression)
    for character in dict.fromkeys([*characters, *USUAL]):
        yield character * length
        yield character * length + "\x00"
    for pair in permutations([*characters[:5], "a", " "], 2):
        yield "".join(pair) * (length // 2)


@contextmanager
def in_time(limit: float) -> Iterator[None]:
    """Interrupt what takes more of the processor's time than that, in seconds."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def slow_texts(expression: re.Pattern[str], done: str, length: int, limit: float = LIMIT) -> Iterator[str]:
    """How the texts begin for which the expression takes too long."""
    for text in hostile_texts(expression, length):
        try:
            with in_time(limit):
                if done in {"match", "fullmatch"}:
                    getattr(expression, done)(text)
                else:
                    for _ in expression.finditer(text):
                        pass
        except TooSlow:
            yield text[:6]


WAYS = ways_of_use()


@pytest.mark.parametrize(("name", "expression"), compiled().items(), ids=list(compiled()))
def test_a_compiled_expression_takes_time_in_proportion_to_the_text(name: str, expression: re.Pattern[str]) -> None:
    length = SHORTER.get(name.rpartition(".")[0], LENGTH)
    # One that is only ever tried on a whole word need not be quick to look for.
    done = "fullmatch" if WAYS.get(id(expression)) == {"fullmatch"} else "finditer"
    assert list(slow_texts(expression, done, length)) == []


@pytest.mark.parametrize(("done", "expression"), written_out().values(), ids=list(written_out()))
def test_an_expression_where_it_is_used_takes_time_in_proportion_to_the_text(done: str, expression: str) -> None:
    assert list(slow_texts(re.compile(expression), done, LENGTH)) == []


def test_one_that_does_not_is_found_out() -> None:
    for expression in (re.compile(r"[!+&]+(?=[^\W\d])"), re.compile(r"^(\s*)#", re.MULTILINE)):
        assert next(slow_texts(expression, "finditer", LENGTH), None) is not None

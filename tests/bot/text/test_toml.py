"""TOML that somebody else wrote."""

from __future__ import annotations

import pytest

from bot.text.toml import tables_in

MANY = 5_000


def test_tables_are_read() -> None:
    assert tables_in('[a]\nb = "c"') == {"a": {"b": "c"}}


@pytest.mark.parametrize("number", ["9" * MANY, "-" + "9" * MANY, "1_" * MANY + "1", "[1, " + "9" * MANY + "]"])
def test_a_number_of_thousands_of_digits_is_an_error_that_names_its_line(number: str) -> None:
    with pytest.raises(ValueError, match=r"^a number has thousands of digits \(at line 3\)$"):
        tables_in(f"a = 1\nb = 2\nc = {number}")


@pytest.mark.parametrize("number", ["0x" + "f" * MANY, "0o" + "7" * 2 * MANY, "0b" + "1" * 4 * MANY, "1e" + "9" * MANY])
def test_a_number_that_python_reads_is_left_to_whoever_asked_for_it(number: str) -> None:
    assert tables_in(f"a = {number}")["a"] > 10**308


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "{b = " * 100_000, "a = " + "[" * MANY + "]" * MANY])
def test_brackets_that_are_nested_too_deeply_are_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="brackets are nested too deeply"):
        tables_in(text)


@pytest.mark.parametrize("text", ["a", "a = 9999-99-99", "a = 1\na = 2", 'a = "\x00"', "a = 12:61:00"])
def test_what_is_not_toml_is_an_error_that_names_its_place(text: str) -> None:
    with pytest.raises(ValueError, match=r"\(at (line \d+, column \d+|end of document)\)"):
        tables_in(text)

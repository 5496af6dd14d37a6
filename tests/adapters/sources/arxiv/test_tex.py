"""TeX in names and titles of arXiv."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sources.arxiv.tex import without_accents_in_tex


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"Paul Erd\H{o}s", "Paul Erdős"),
        (r"Erd{\H o}s", "Erdős"),
        (r"G{\"o}del", "Gödel"),
        (r"Schr\"odinger", "Schrödinger"),
        (r"\'Etienne", "Étienne"),
        (r"Jos{\' e}", "José"),
        (r"S{\o}ren \O{}rsted", "Søren Ørsted"),
        (r"\L ukasz {\L}ukasz", "Łukasz Łukasz"),
        (r"Stra{\ss}e Stra\ss e", "Straße Straße"),
        (r"Fran\c{c}ois Fran\c cois", "François François"),
        (r"\v{S}ime \v Cech", "Šime Čech"),
        (r"Garc\'{\i}a Garc{\'\i}a na\"{\i}ve Mart\'\i n", "García García naïve Martín"),
        (r"\AA ngstr\"om {\AA}ngstr{\"o}m", "Ångström Ångström"),
        (r"\.{I}lker \.Ilker", "İlker İlker"),
        (r"Nguy\~{\^e}n", "Nguyễn"),
        (r"M\=aori \u{g} \k{a} \r{u}", "Māori ğ ą ů"),
        (r"{\ae}on \oe uvre", "æon œuvre"),
    ],
)
def test_accents_and_letters_are_characters(written: str, shown: str) -> None:
    assert without_accents_in_tex(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "plain",
        r"$\b x + \'a$ stays",
        r"\beta and \leq",
        r"\url{x}",
        r"Bell\'s inequality",
        r"\"",
        r"\c",
        r"100\% \& co",
        r"\\ new line",
    ],
)
def test_everything_else_stays_as_it_is(written: str) -> None:
    assert without_accents_in_tex(written) == written


@given(st.text(st.sampled_from("\\{}'\"^cHuvo aeiL$"), max_size=200))
def test_anything_can_be_read(written: str) -> None:
    without_accents_in_tex(written)


@pytest.mark.parametrize("part", ["\\", "{", "\\'", "{\\'", "\\c ", "$", "\\'{"])
def test_a_long_text_takes_time_in_proportion(part: str) -> None:
    began = time.process_time()
    without_accents_in_tex("\\" + part * 50_000)
    assert time.process_time() - began < 3

"""The authors of a paper, from the one line of free text that arXiv has: https://info.arxiv.org/help/prep.html#author."""

from __future__ import annotations

import re

SEPARATOR = re.compile(r" ?[,;](?: ?and )? ?| (?:and|&) ", re.IGNORECASE)
"""Between two names, in text with single blanks."""

SUFFIX = re.compile(r"(?i:jr|sr)\.?|[IVX]{2,4}|(?i:m\.?d|ph\.?d)\.?")
"""What belongs to the name before the comma, and is written without one here."""

NOBODY = re.compile(r"et al\.?|and|others|", re.IGNORECASE)


def author_names(written: str) -> list[str]:
    """The names in their order, without the affiliations in brackets; each once."""
    names: list[str] = []
    for part in SEPARATOR.split(_without_brackets(written)):
        name = re.sub(r"^and | et al\.?$", "", part.strip(), flags=re.IGNORECASE)
        if names and SUFFIX.fullmatch(name):
            names[-1] += f" {name}"
        elif not NOBODY.fullmatch(name):
            names.append(name)
    return list(dict.fromkeys(names))


def _without_brackets(written: str) -> str:
    """Without what stands in round brackets, one within the other; one that is never closed ends the names."""
    kept: list[str] = []
    depth = 0
    for character in written:
        if character == ")" and depth:
            depth -= 1
            continue
        depth += character == "("
        if not depth:
            kept.append(character)
    return " ".join("".join(kept).split())

"""The categories of arXiv: https://arxiv.org/category_taxonomy."""

from __future__ import annotations

import re

PHYSICS = "astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th physics quant-ph".split()
"""The archives of the group "physics", …"""

OTHERS = "cs econ eess math q-bio q-fin stat".split()
"""… and those that are groups of their own."""

UNDIVIDED = frozenset("gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph".split())
"""Archives without subjects: they are categories themselves."""

IN_WORDS = frozenset({"cond-mat", "physics"})
"""Archives whose subjects are words (``cond-mat.str-el``); those of the others are two capitals (``cs.LG``)."""


def category(written: str) -> str:
    """The category or archive that is meant, as arXiv writes it: ``cs.LG``, ``hep-th``, ``cs``; "" if there is none.

    Subjects are not looked up, since arXiv adds some now and then.
    """
    archive, dot, subject = written.strip().partition(".")
    archive = archive.lower()
    if archive not in PHYSICS and archive not in OTHERS:
        return ""
    if not dot:
        return archive
    if archive in UNDIVIDED:
        return ""
    if archive in IN_WORDS:
        return f"{archive}.{subject.lower()}" if re.fullmatch(r"[A-Za-z]{2,10}(-[A-Za-z]{2,10})*", subject) else ""
    return f"{archive}.{subject.upper()}" if re.fullmatch(r"[A-Za-z]{2}", subject) else ""


def group_of(archive: str) -> str:
    """The group that an archive is in: ``physics`` for ``hep-th``, ``cs`` for ``cs``."""
    return "physics" if archive in PHYSICS else archive

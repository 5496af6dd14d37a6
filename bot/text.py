"""Text from outside made plain: one line of characters that mean themselves.

LaTeX is read by pylatexenc, and only where it is recognised: formulas between dollars, commands with a known plain
form, escaped signs. Whatever has no plain form stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

ELLIPSIS = "…"

JOINER = "\u200d"
"""Joins emoji into one; the one invisible character that is kept."""

PASSES = 8
"""What is unwrapped may be LaTeX itself; so many layers are taken off."""

HTML = re.compile(
    r"</?(?:a|b|i|u|p|br|em|strong|sub|sup|span|div|code|tt|ul|ol|li)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)
"""Tags that sources leave in abstracts; others, such as <think>, are the paper's own words."""

FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])([^$]{1,200})(?<![\s\\])\$(?![\d$])")
MATHEMATICAL = re.compile(r"[\\^_{}=+<>|]|\A[A-Za-z](?:['′]|\([A-Za-z, ]{1,8}\))?\Z|\A[\d.,]+%?\Z")
WRAPPER = re.compile(
    r"\\(?:text(?:bf|it|sc|tt|rm|sf|sl|md|up|normal)?|emph|underline|math(?:rm|bf|it|sf|tt)|operatorname|boldsymbol)"
    r"\s?\{([^{}]*)\}"
)
COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\})?(?![A-Za-z{])")
ACCENT = re.compile(r"""\\(["'`^~=.])(?:\{([A-Za-z])\}|([A-Za-z]))""")
ESCAPED = re.compile(r"\\([%&#_${}])")
SCRIPT = re.compile(r"([_^])(?:\{([^{}]{1,40})\}|([A-Za-z0-9*+-]))")

FUNCTIONS = frozenset({"cos", "exp", "inf", "lim", "ln", "log", "max", "min", "sin", "sup", "tanh"})

SUPERSCRIPTS = dict(zip("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ", strict=True))
SUBSCRIPTS = dict(zip("0123456789+-=()aeijoruvxtn", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₒᵣᵤᵥₓₜₙ", strict=True))


def plain(text: str) -> str:
    """One line of plain text: white space, control characters, LaTeX and left-over HTML made plain.

    Doing it again changes nothing.
    """
    line = _clean(text)
    for _ in range(PASSES):
        read = _clean(_unlatex(HTML.sub("", line)))
        if read == line:
            break
        line = read
    return line


def shorten(text: str, limit: int) -> str:
    """``text``, or as much of its beginning as ``limit`` characters hold, with an ellipsis.

    It ends after a sentence if one ends in the second half, else after a word if one does, and never inside of a
    character that is made of several code points.
    """
    if len(text) <= limit:
        return text
    room = text[: limit - 2]
    sentence = max((match.end() for match in re.finditer(r"[.!?](?=\s)", text[: limit - 1])), default=0)
    if sentence > limit // 2 and sentence <= len(room):
        return f"{text[:sentence]} {ELLIPSIS}"
    cut = limit - 1
    word = text.rfind(" ", 0, cut + 1)
    if word > limit // 2:
        cut = word
    while cut > 0 and _joins(text[cut - 1], text[cut]):
        cut -= 1
    return text[:cut].rstrip(" ,;:") + ELLIPSIS


def _joins(before: str, after: str) -> bool:
    """Whether two code points belong to one character."""
    return bool(
        unicodedata.combining(after) or JOINER in (before, after) or "\ufe00" <= after <= "\ufe0f" or _modifies(after)
    )


def _modifies(character: str) -> bool:
    """Whether it is a skin tone or a variation of the emoji before it."""
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _clean(text: str) -> str:
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category[0] == "Z" or character in "\t\n\r\v\f\x85":
            kept.append(" ")
        elif category[0] != "C" or character == JOINER:
            kept.append(character)
    return " ".join("".join(kept).split())


def _unlatex(line: str) -> str:
    line = FORMULA.sub(lambda found: _formula(found[1]) if MATHEMATICAL.search(found[1]) else found[0], line)
    line = WRAPPER.sub(r"\1", line)
    line = ACCENT.sub(lambda found: _accented(found[0], found[1], found[2] or found[3]), line)
    line = COMMAND.sub(lambda found: _symbol(found[1]) or found[0], line)
    return ESCAPED.sub(r"\1", line)


def _formula(formula: str) -> str:
    read = SCRIPT.sub(lambda found: _script(found[1], found[2] or found[3]), WRAPPER.sub(r"\1", formula))
    read = COMMAND.sub(lambda found: _symbol(found[1]) or found[0], read)
    if "\\" in ESCAPED.sub("", read):
        return f"${formula}$"
    return re.sub(r"(?<!\\)[{}]", "", read)


def _script(kind: str, characters: str) -> str:
    """Raised or lowered characters, where all of them exist."""
    if "\\" in characters:
        return f"{kind}{{{characters}}}"
    forms = SUPERSCRIPTS if kind == "^" else SUBSCRIPTS
    if all(character in forms for character in characters):
        return "".join(forms[character] for character in characters)
    return f"{kind}{characters}"


def _accented(written: str, accent: str, letter: str) -> str:
    read = _read_latex(f"\\{accent}{{{letter}}}")
    return read if len(read) == 1 else written


@cache
def _symbol(command: str) -> str:
    """The sign that a command without arguments stands for; "" if there is none."""
    read = _read_latex(f"\\{command}")
    is_sign = len(read) == 1 and not unicodedata.combining(read)
    return read if is_sign or command in FUNCTIONS else ""


def _read_latex(source: str) -> str:
    try:
        return str(LatexNodes2Text().latex_to_text(source)).strip()
    except (LatexWalkerError, ValueError, IndexError):
        return ""

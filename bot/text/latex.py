"""LaTeX as plain text, where it has a plain form; the rest stays as it was written.

What sources send is neither LaTeX throughout nor free of it: a dollar may be money. So LaTeX is read only where it is
recognized: formulas, commands with a known meaning, accents, escaped signs. The signs are pylatexenc's.

Every pattern is bounded or looks at a character once, so the time grows only linearly with the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

LAYERS = 8
"""How deep commands in a formula are read."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW∘′⊤",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ°′ᵀ",
        strict=True,
    )
)
SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")

OPERATORS = frozenset(
    """
    Pr arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max
    min sec sin sinh sup tan tanh
    """.split()
)
"""Functions with names; TeX sets them apart from what they stand beside."""

MORE_SYMBOLS = {
    "ne": "≠",
    "lt": "<",
    "gt": ">",
    "ast": "*",
    "lvert": "|",
    "rvert": "|",
    "prime": "′",
    "degree": "°",
    "checkmark": "✓",
    "ddag": "‡",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
}
"""What pylatexenc does not have, or has in another way."""

SIZES = re.compile(r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits)(?![A-Za-z])\s?|\\!")
"""Commands that a formula does without."""

WRAPPERS = (
    r"text(?:bf|it|sc|tt|rm|sf|sl|md|up|normal)?|emph|underline|[mh]box|ensuremath|url"
    r"|math(?:rm|bf|it|sf|tt|normal)|boldsymbol|bm"
)
ACCENT = r"""\\(?:["'`^~](?:\{\\?[A-Za-z]\}|\\[ij](?![A-Za-z])|[A-Za-z])|[cvHkurdb=.]\{\\?[A-Za-z]\})"""
SCRIPT = r"[_^](?:\{[^{}\\]{1,40}\}|[A-Za-z0-9*+\-∘′⊤])"

PIECE = re.compile(
    rf"""
      \\(?:{WRAPPERS})\s?\{{(?P<wrapped>[^{{}}]*)\}}
    | \\href\s?\{{[^{{}}]*\}}\s?\{{(?P<linked>[^{{}}]*)\}}
    | \{{\\(?:bf|it|sc|tt|rm|sf|sl|em)\s(?P<styled>[^{{}}]*)\}}
    | (?<=[A-Za-z])\\(?P<apostrophe>')(?=(?:s|t|d|m|re|ve|ll)\b)
    | (?P<accented>\{{{ACCENT}\}}|{ACCENT})
    | (?P<lettered>\\(?:math(?:bb|cal|frak|scr)|hat|bar|tilde|vec|d?dot)(?:\{{[A-Za-z]\}}|\s[A-Za-z](?![A-Za-z])))
    | \\[dt]?frac\{{(?P<above>[^{{}}\\]{{1,40}})\}}\{{(?P<below>[^{{}}\\]{{1,40}})\}}
    | \\sqrt\{{(?P<radicand>[^{{}}\\]{{1,40}})\}}
    | \\operatorname\*?\s?\{{(?P<named>[^{{}}\\]+)\}}(?P<named_scripts>(?:{SCRIPT}){{0,2}})
    | \\(?P<operator>{"|".join(sorted(OPERATORS))})(?![A-Za-z])(?:\{{\}})?(?P<limits>(?:{SCRIPT}){{0,2}})
    | \\(?P<command>[A-Za-z]+)(?:\{{\}}|(?![A-Za-z{{]))(?P<scripts>(?:{SCRIPT}){{0,2}})
    | \\(?P<sign>[%&\#_$])
    | \\(?P<space>[,;:\ ]|\\(?=\s|$))
    | (?<=\d)\{{(?P<comma>,)\}}(?=\d)
    | ``(?P<quoted>[^`']{{1,300}})''
    | (?<=[^\W_])(?P<bare>[_^]\{{[-+=.,\d]{{1,12}}\}})
    | (?<=[\u0370-\u03ff])(?P<greek>[_^]\d)(?!\w)
    """,
    re.VERBOSE,
)
"""LaTeX that has a plain form, outside of a formula as within.

Outside, scripts count only where nobody would write them but in LaTeX: with braces around figures (``10^{19}``), or on
Greek letters (``π_0``). ``RL^2`` and ``N_0`` are names.
"""

LINE = re.compile(
    rf"""
      (?P<dollars>(?<![\\$])\$(?![\s$])(?P<formula>[^$]{{1,300}})(?<![\s\\])\$(?![\d$]))
    | (?P<parentheses>\\\((?P<inline>(?:[^\\]|\\[^()]){{1,300}})\\\))
    | \\(?P<brace>[{{}}])
    |{PIECE.pattern}
    """,
    re.VERBOSE,
)
SCRIPTS = re.compile(SCRIPT)

MATHEMATICAL = re.compile(r"[\\^_{}=+<>|*/]|\A[A-Za-z]{1,12}(?:['′]|\([A-Za-z, ]{1,8}\))?\Z|\A-?[\d.,]+%?\Z")
"""What stands between two dollars only if they enclose a formula: "5 and" in "$5 and $x" does not."""


def without_latex(line: str) -> str:
    """The line with one layer of its LaTeX made plain; commands around commands need another reading."""
    return LINE.sub(_shown, line)


def _shown(found: re.Match[str]) -> str:
    """What a piece of a line shows."""
    groups = found.groupdict()
    if groups["formula"]:
        return _formula(groups["formula"], found[0]) if MATHEMATICAL.search(groups["formula"]) else found[0]
    if groups["inline"]:
        return _formula(groups["inline"], found[0])
    if groups["brace"]:
        return groups["brace"]
    return _piece(found)


def _formula(formula: str, written: str) -> str:
    """What a formula shows; as it was ``written`` if that is not known."""
    read = SIZES.sub("", formula).replace("\\|", "‖")
    for _ in range(LAYERS):
        before = read
        read = PIECE.sub(_piece, read)
        if read == before:
            break
    read = SCRIPTS.sub(lambda script: _script(script[0]), read)
    if "\\" in re.sub(r"\\[{}]", "", read):
        return written
    return re.sub(r"\\([{}])", r"\1", re.sub(r"(?<!\\)[{}]", "", read))


def _piece(found: re.Match[str]) -> str:
    """What a command, accent or script shows; itself if that is not known."""
    kind = found.lastgroup or ""
    value = found[kind]
    if kind in {"wrapped", "linked", "styled", "apostrophe", "sign", "comma"}:
        return value
    if kind == "space":
        return " "
    if kind == "quoted":
        return f"“{value}”"
    if kind in {"accented", "lettered"}:
        return _composed(value) or value
    if kind == "below":
        return f"{_grouped(found['above'])}/{_grouped(value)}"
    if kind == "radicand":
        return f"√{_grouped(value)}"
    if kind in {"bare", "greek"}:
        return _script(value, otherwise=value)
    name = found["operator"] or found["named"]
    return _apart(found, name + _scripts(value)) if name else _command(found["command"], found["scripts"]) or found[0]


def _apart(found: re.Match[str], shown: str) -> str:
    """A named operator, apart from letters, numbers and brackets beside it that it would run into: "n log n"."""
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 2]
    is_led = before.isalnum() or before in set(")]}")
    is_followed = after[:1].isalnum() or after[:1] == "{" or re.match(r"\\[A-Za-z]", after) is not None
    return f"{' ' if is_led else ''}{shown}{' ' if is_followed else ''}"


def _scripts(scripts: str) -> str:
    """Scripts in raised or lowered characters."""
    return SCRIPTS.sub(lambda script: _script(script[0]), scripts)


def _command(name: str, scripts: str) -> str:
    """The sign for a command, with its scripts; "" if it is not known."""
    symbol = MORE_SYMBOLS.get(name) or _symbols().get(name, "")
    return symbol and symbol + _scripts(scripts)


def _script(script: str, *, otherwise: str = "") -> str:
    """A script such as ``_{0.5}`` in raised or lowered characters, where all of them exist."""
    kind, characters = script[0], script[1:].removeprefix("{").removesuffix("}")
    forms = SUPERSCRIPTS if kind == "^" else SUBSCRIPTS
    if NUMBER.fullmatch(characters) or all(character in forms for character in characters):
        return "".join(forms.get(character, character) for character in characters)
    return otherwise or f"{kind}{characters}"


def _grouped(term: str) -> str:
    """The term, in parentheses if it has more than one part."""
    return term if re.fullmatch(r"\w+|[\d.,]+", term) else f"({term})"


@cache
def _symbols() -> dict[str, str]:
    """The commands of pylatexenc without arguments that stand for one character."""
    symbols: dict[str, str] = {}
    known = get_default_latex_context_db()
    for spec in known.iter_macro_specs(known.categories()):
        sign = spec.simplify_repl
        if isinstance(sign, str) and re.fullmatch(r"\s+|[^\s\\${}\u0300-\u036f\u20d0-\u20ff]", sign):
            symbols.setdefault(spec.macroname, sign.strip() or " ")
    return symbols


@lru_cache(maxsize=1024)
def _composed(source: str) -> str:
    """A letter with its accent or in its alphabet; "" if Unicode has no such letter."""
    try:
        read = unicodedata.normalize("NFC", str(LatexNodes2Text().latex_to_text(source)).strip())
    except (LatexWalkerError, ValueError, IndexError):
        return ""
    return read if len(read) == 1 or unicodedata.combining(read[-1:] or " ") else ""

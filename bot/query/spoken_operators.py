"""Operators as people say them, which the language takes for words: `robots or drones`, `agents not survey`.

Whether they are words can only be seen in what papers write: “search and rescue” is a phrase, and so is “TCP/IP”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.query.acronym_definitions import FUNCTION_WORDS
from bot.query.lexer import Kind, Lexeme
from bot.query.notations import Rewritten
from bot.query.runs import Run
from bot.text.folding import ALONE

OPERATORS = {
    "or": "OR",
    "and": "AND",
    "not": "NOT",
    "without": "NOT",
    "except": "NOT",
    "excluding": "NOT",
    "minus": "NOT",
    "plus": "AND",
    "vs": "OR",
    "vs.": "OR",
    "versus": "OR",
    "and/or": "OR",
    "andnot": "NOT",
    "w/o": "NOT",
}

FOREIGN = re.compile(r"(?:NEAR|ADJ)/?\d+|(?:PRE|SAME|W|N)/\d+|NEAR|ANDNOT|w/o|and/or")
"""What is no word at all, such as the operators of distance that bibliographic search engines have."""

NATURAL = {"and", "without", "plus", "minus"}
"""Those that are as likely to be words of a phrase."""

BEFORE_NOT = {"and", "but"}
"""Words that may come before a spoken NOT."""

SENTENCE = ALONE | FUNCTION_WORDS | set("be been being do does did is it just only if or even there what".split())
"""Words that make a sentence of those around them: what joins such words joins no subjects."""

OPERANDS = {Kind.QUOTED, Kind.CLOSE, Kind.WORD}
OPENERS = {Kind.QUOTED, Kind.OPEN, Kind.WORD, Kind.NOT}

SHORTEST_PART = 3
"""Letters of each part around a slash; with fewer it is a name: A/B, I/O, TCP/IP, L1/L2."""

SLASHED = re.compile(r"[^\W\d_][\w-]*(?:/[^\W\d_][\w-]*)+")

PREAMBLE = re.compile(
    r"(?:(?:please )?(?:send|show|give|find) (?:me |us )?)?(?:all |any |the |new |latest |recent )*"
    r"(?:papers?|articles?|preprints?|research|work|news|anything|everything|something)"
    r" (?:about|on|regarding|concerning|related to|that mentions?)\s+|what(?:['’]s| is) new (?:in|on|with)\s+"
    r"|(?:(?:me|us|(?:this|the|our) channel|everyone) )?to (?!be\b)",
    re.IGNORECASE,
)
"""What people say to a bot before the subject: “new papers about”."""


def with_operators(run: Run) -> Rewritten | None:
    """The run with spoken operators as the language writes them; None if it has none."""
    words = run.words
    places = [index for index in range(len(words)) if _is_operator(run, index)]
    if not places:
        return None
    first = words[places[0]]
    is_edge = places[0] == 0 or places[-1] == len(words) - 1
    is_certain = is_edge or any(FOREIGN.fullmatch(words[index].text) for index in places)
    message = f"“{first.text}” is taken for a word; operators are written AND, OR and NOT, in capitals."
    # “Trial and error”, “learning without forgetting”: these join words to phrases more often than the others do.
    is_natural = not _in_list(run) and all(words[index].text.casefold() in NATURAL for index in places)
    return Rewritten(first.start, message, tuple(_forms(run, places)), is_certain, is_natural)


def _is_operator(run: Run, index: int) -> bool:
    """Whether the word may join what is before it to what is after it."""
    words = run.words
    text = words[index].text
    if FOREIGN.fullmatch(text) is None and text.casefold() not in OPERATORS:
        return False
    before = words[index - 1] if index else run.before
    after = words[index + 1] if index + 1 < len(words) else run.after
    # At an end of the run it joins something else than words, or follows the last comma of a list.
    if index == 0 and (before is None or before.kind not in OPERANDS | {Kind.OR, Kind.AND}):
        return False
    if index == len(words) - 1 and after.kind not in OPENERS:
        return False
    if FOREIGN.fullmatch(text):
        return True
    near_before = words[index - 1].text.casefold() if index else ""
    near_after = words[index + 1].text.casefold() if index + 1 < len(words) else ""
    if (near_before in BEFORE_NOT and text.casefold() == "not") or (text.casefold() == "and" and near_after == "not"):
        return True
    return near_before not in SENTENCE and near_after not in SENTENCE


def _forms(run: Run, places: Sequence[int]) -> list[str]:
    """What to write instead of the run, best first."""
    operators = [_operator(run.words[index]) for index in places]
    forms = [_written(run, places, operators)]
    # “A and B” is as often meant to find papers about either, above all at the end of a list.
    is_between = 0 not in places and len(run.words) - 1 not in places
    if is_between and all(run.words[index].text.casefold() == "and" for index in places):
        either = _written(run, places, [","] * len(operators))
        forms = [either, *forms] if _in_list(run) else [*forms, either]
    return forms


def _in_list(run: Run) -> bool:
    """Whether it is the end of a list: A, B and C."""
    return run.before is not None and run.before.kind is Kind.OR


def _operator(word: Lexeme) -> str:
    return OPERATORS.get(word.text.casefold(), "AND")


def _written(run: Run, places: Sequence[int], operators: Sequence[str]) -> str:
    """The run with these operators at these places."""
    text, operator = "", ""
    segment: list[str] = []
    for index, word in enumerate(run.words):
        if index not in places:
            segment.append(word.text)
            continue
        following = operators[places.index(index)]
        if following == "NOT" and segment and segment[-1].casefold() in BEFORE_NOT:
            segment.pop()
        # “and not” is one operator.
        if segment or not operator:
            text = _joined(text, operator, segment, run)
        operator, segment = following, []
    if operator == "NOT" or segment:
        text = _joined(text, operator, segment, run)
    elif run.after.kind is not Kind.NOT:
        text = f"{text} {operator}"
    is_joined = "OR" in operators or "," in operators
    needs_brackets = is_joined and not run.is_alone and 0 not in places and len(run.words) - 1 not in places
    return f"({text})" if needs_brackets else text


def _joined(text: str, operator: str, segment: Sequence[str], run: Run) -> str:
    """What was written so far, the operator, and the words that follow it."""
    words = " ".join(segment)
    if operator == "NOT":
        return f"{text} -({run.field}{words})" if len(segment) > 1 else f"{text} -{run.field}{words}"
    phrase = f"{run.field}{words}" if words else ""
    is_first = not text
    if is_first and operator and run.before is not None and run.before.kind in {Kind.OR, Kind.AND}:
        return phrase
    if not operator:
        return f"{text}{phrase}"
    return f"{text}, {phrase}" if operator == "," else f"{text} {operator} {phrase}".strip()


def with_alternatives(run: Run) -> Rewritten | None:
    """The run with a slash between words read as “or”; None if it has none, or only in names."""
    for index, word in enumerate(run.words):
        parts = word.text.split("/")
        if SLASHED.fullmatch(word.text) is None or min(map(len, parts)) < SHORTEST_PART:
            continue
        # zero/few-shot is zero-shot, few-shot.
        ending = parts[-1].partition("-")[2]
        whole = [part if "-" in part or not ending else f"{part}-{ending}" for part in parts]
        texts = [word.text for word in run.words]
        phrases = [run.field + " ".join([*texts[:index], part, *texts[index + 1 :]]) for part in whole]
        either = ", ".join(phrases)
        message = f"“{word.text}” is taken for its words side by side; a comma looks for either."
        form = either if run.is_alone else f"({either})"
        return Rewritten(word.start, message, (form,), is_certain=False)
    return None


def without_preamble(run: Run) -> Rewritten | None:
    """The run without “papers about” before its subject; None if it does not begin like that."""
    words = " ".join(word.text for word in run.words)
    found = None if run.field else PREAMBLE.match(words)
    if not found or found.end() == len(words):
        return None
    message = f"“{words[: found.end()].strip()}” is taken for words of a phrase; the subject is enough."
    return Rewritten(run.start, message, (words[found.end() :].rstrip("?!. "),), is_certain=False)

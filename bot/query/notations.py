"""The notation of other search engines within a word: `#robotics`, `cs.LG`, `agent^2`, `agent~2`, `/agent.*/`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.query.fields import CATEGORY
from bot.query.foreign_fields import field_of_tag, subject_of
from bot.query.runs import Run
from bot.text.arxiv_categories import known_category


@dataclass(frozen=True, slots=True)
class Notation:
    """A notation that fills a word.

    Attributes:
        written: What it looks like.
        instead: What to write instead, given the match; empty to leave it out.
        message: What to say of it, with a place for what was written.
    """

    written: re.Pattern[str]
    instead: Callable[[re.Match[str]], str]
    message: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A run of words that can be written in another way.

    Attributes:
        position: Where it differs, in characters from the start of the query.
        message: What the language takes it for, and what it may be.
        forms: What to write instead of the run, best first.
        is_certain: Whether nobody would look for it as it is.
        is_natural: Whether it is as likely to be a phrase that no paper has yet.
    """

    position: int
    message: str
    forms: tuple[str, ...]
    is_certain: bool
    is_natural: bool = False


HASHTAG = Notation(
    re.compile(r"#(?P<word>[^\W\d][\w-]+)"),
    lambda found: found["word"].replace("_", " "),
    "“{}” is a hashtag; the word is enough, and a comma looks for either of two.",
)

NOTATIONS = (
    HASHTAG,
    Notation(
        re.compile(r"(?P<word>[^\W\d_]{3,}\*?)\^\d+(?:\.\d+)?"),
        lambda found: found["word"],
        "“{}” gives a word more weight in other search engines; here every word counts the same.",
    ),
    Notation(
        re.compile(r"(?P<word>[^\W\d_][\w-]+)~\d?(?:\.\d+)?"),
        lambda found: found["word"],
        "“{}” also finds other spellings in other search engines; here a star stands for any ending.",
    ),
    Notation(
        re.compile(r"/(?P<word>[^\W\d_]{3,})(?P<any>\.?\*)?/i?"),
        lambda found: f"{found['word']}{'*' if found['any'] else ''}",
        "“{}” is a regular expression in other search engines; here a star stands for any ending of a word.",
    ),
)

TAGGED = re.compile(r"(?P<word>\w[\w-]*)\[(?P<tag>[A-Za-z]+(?:/[A-Za-z]+)?)\]")
"""A phrase with its field at the end, as PubMed takes it: `protein folding[ti]`."""

WITH_INITIAL = re.compile(r"(?P<word>[^\W\d_]{2,})(?:_[^\W\d_])+")
"""A family name with initials, as arXiv takes it: `bengio_y`."""


def in_own_notation(run: Run) -> Rewritten | None:
    """The run with the notation of other search engines replaced; None if it has none."""
    position, message, forms, field, categories = -1, "", list[str](), run.field, list[str]()
    for word in run.words:
        if "." in word.text and (category := known_category(word.text)):
            categories.append(f"{CATEGORY}:{category}")
            form, told = "", f"“{word.text}” is a category of arXiv, which is written “{CATEGORY}:{category}” here."
        elif tagged := TAGGED.fullmatch(word.text):
            form, told = (
                tagged["word"],
                f"“{word.text}” names a field behind the words; here it comes first, with a colon.",
            )
            field = f"{named}:" if (named := field_of_tag(tagged["tag"])) and word is run.words[-1] else field
        elif run.field == "author:" and (name := WITH_INITIAL.fullmatch(word.text)):
            form, told = name["word"], f"“{word.text}” is how arXiv takes a name; here the family name is enough."
        else:
            form, told = _replaced(word.text)
        if told and not message:
            position, message = word.start, told
        forms.append(form)
    if not message:
        return None
    tags = [form for form, word in zip(forms, run.words, strict=True) if HASHTAG.written.fullmatch(word.text)]
    others = " ".join(form for form in forms if form not in tags)
    separate = [form for form in (others, *tags) if form]
    joined = ", ".join(separate) if not others else " AND ".join(separate)
    text = f"({joined})" if len(separate) > 1 and not others and not run.is_alone else joined
    found = f"{field}{text}" if text else ""
    if categories:
        # Where arXiv's papers are not wanted, the words that people use for a subject do instead.
        in_words = subject_of(run.words[0].text) if run.is_alone and len(run.words) == 1 else ""
        found = " AND ".join([*categories, *filter(None, [found])])
        return Rewritten(position, message, tuple(filter(None, [found, in_words])), is_certain=True)
    return Rewritten(position, message, (found,), is_certain=True)


def _replaced(word: str) -> tuple[str, str]:
    """What to write instead of a word, and what to say of it; the word and nothing if it is in no other notation."""
    for notation in NOTATIONS:
        if found := notation.written.fullmatch(word):
            return notation.instead(found), notation.message.format(word)
    return word, ""

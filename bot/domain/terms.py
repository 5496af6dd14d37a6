"""Terms by which papers name their subjects, and how often they do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A term in the title or the keywords of a paper.

    Attributes:
        term: Its folded words, with spaces between.
        spelling: As it is written there, in lower case but for acronyms.
        in_title: Whether the title has it.
        is_keyword: Whether it is a keyword of the paper.
        is_subject: Whether it is a whole keyword, or stands in the title between words that are not part of it.
        is_head: Whether it is one of these, or the end of one: image generation in controllable image generation.
            Pieces of compounds are neither: self in self-play, or horizon tasks in long-horizon tasks.
    """

    term: str
    spelling: str
    in_title: bool
    is_keyword: bool
    is_subject: bool
    is_head: bool


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How many papers of some days name a term, and how.

    Attributes:
        spelling: Its most common spelling; of equally common ones, the latest.
        naming: Papers with the term in their title or keywords.
        titles: Those that have it in their title; the others as in `NamedTerm`.
    """

    spelling: str
    naming: int
    titles: int
    keywords: int
    subjects: int
    heads: int

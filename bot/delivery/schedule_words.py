"""Which words of a schedule are days, which its time, and which a time zone, in whatever order people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time

from bot.text.clock import time_of_day
from bot.text.dates import WEEKDAYS, weekday_named
from bot.text.numbers import NUMBER_WORDS

WEEK = frozenset(range(7))

WORKING_DAYS = frozenset(range(5))

WEEKEND = frozenset({5, 6})

GROUPS = {
    **dict.fromkeys("daily everyday day days".split(), WEEK),
    **dict.fromkeys("weekday weekdays workday workdays".split(), WORKING_DAYS),
    **dict.fromkeys("weekend weekends".split(), WEEKEND),
}
"""Words that stand for several days."""

WEEKLY = {"weekly", "week"}

MORNING = {"morning", "mornings"}
"""Words that stand for every day, unless others name the days: ``every friday morning``."""

TOP = re.compile(
    r"(?:\b(?:the|only|with)\b ?)*\b(?:top|best|max|limit|at most|up to) ?"
    rf"([0-9]{{1,9}}|\b(?:{'|'.join(NUMBER_WORDS)}))\b ?(?:papers?\b)?"
)
"""How many papers a digest is to show."""

FILLERS = set("every each on at @ in the a an and & + post send digest digests papers please".split())

EVEN_IF_EMPTY = re.compile(
    r" ?\b(?:even|also) (?:if|when) (?:it(?:'s| is) )?(?:empty|there(?:'s| is) nothing(?: new)?)$"
)

REPLACED = (
    (re.compile(r"([0-9])\s+([ap])\.?m\b\.?"), r"\1\2m"),
    (re.compile(r"([0-9])\s*o'?clock\b"), r"\1:00"),
    (re.compile(r"\b(?:working|business|work|week) days?\b"), "weekdays"),
    (re.compile(r"\b(?:in )?(?:my|our|local) (?:own |local )?time(?: ?zone)?\b"), " "),
    (re.compile(r"[,;]"), " "),
)
"""What is written in two words, the person's own time zone, which need not be said, and the marks between words."""

EVERY_FEW = re.compile(
    r"\bevery (?:other|second|third|fourth|two|three|four|[0-9]{1,2}(?:nd|rd|th)?) ?"
    r"(?:hour|day|week|month|mon|tue|wed|thu|fri|sat|sun)"
)
"""A rhythm that leaves out days or weeks."""

RANGE = re.compile(r"\b([a-z]{2,10}) ?(?:-|–|\b(?:to|through|thru|until|till)\b) ?([a-z]{2,10})\b")


@dataclass(slots=True)
class ScheduleWords:
    """What the words of a schedule say.

    Attributes:
        weekdays: The days that are named, Monday being 0.
        is_weekly: Whether it says that it is weekly.
        times: The times that are named.
        zone: Words that are neither, and so may name a time zone.
        strange: Words that are none of these, since the zone is elsewhere.
        leads: Whether the zone stands before the time.
        even_if_empty: Whether it asks for digests without papers.
        top: How many papers it says that a digest is to show; None if it says nothing of that.
        skips: Whether it leaves out days or weeks: ``every other day``.
        says_nothing: Whether it only asks for digests, in whatever words: ``on``, ``digest please``, ``top 5``.
    """

    weekdays: set[int] = field(default_factory=set)
    is_weekly: bool = False
    times: list[time] = field(default_factory=list)
    zone: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    leads: bool = False
    even_if_empty: bool = False
    top: int | None = None
    skips: bool = False
    says_nothing: bool = False


def words_of(text: str) -> ScheduleWords:
    """Sort the words of a schedule; what they are together is for the caller to judge."""
    text = " ".join(text.lower().replace("’", "'").split())
    found = ScheduleWords(even_if_empty=bool(EVEN_IF_EMPTY.search(text)), skips=bool(EVERY_FEW.search(text)))
    text = EVEN_IF_EMPTY.sub("", text)
    if top := TOP.search(text):
        found.top = NUMBER_WORDS.get(top[1]) or int(top[1])
        text = TOP.sub(" ", text)
    for pattern, replacement in REPLACED:
        text = pattern.sub(replacement, text)
    in_zone = is_morning = False
    for word in RANGE.sub(_range, text).split():
        # A zone may have a filler within it, as the Isle of Man has; at its ends they are left out below.
        if word in FILLERS and not in_zone:
            continue
        if word in MORNING:
            is_morning = True
            continue
        is_other = not _take(found, word)
        if is_other and found.zone and not in_zone:
            found.strange.append(word)
        elif is_other:
            found.zone.append(word)
            found.leads = found.leads or not found.times
        in_zone = is_other and not found.strange
    while found.zone and found.zone[-1] in FILLERS:
        found.zone.pop()
    if is_morning and not found.is_weekly:
        found.weekdays = found.weekdays or set(WEEK)
    found.says_nothing = bool(text) and not (found.zone or found.even_if_empty or found.weekdays or found.times)
    return found


def _take(found: ScheduleWords, word: str) -> bool:
    """Take the word for days or a time, if it is either."""
    weekday = weekday_named(word)
    # A second number is part of a zone: UTC + 2.
    at = time_of_day(word, bare=not found.times)
    if word in WEEKLY:
        found.is_weekly = True
    elif word in GROUPS:
        found.weekdays |= GROUPS[word]
    elif weekday is not None:
        found.weekdays.add(weekday)
    elif at:
        found.times.append(at)
    else:
        return False
    return True


def _range(found: re.Match[str]) -> str:
    """The days from one to another, as words; what is no range of days as it was."""
    first, last = weekday_named(found[1]), weekday_named(found[2])
    if first is None or last is None:
        return found[0]
    return " ".join(WEEKDAYS[(first + number) % 7] for number in range((last - first) % 7 + 1))

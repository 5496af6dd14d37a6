"""What arXiv holds: papers that are submitted, announced, replaced, cross-listed, withdrawn and edited, by a clock."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")

DAY = timedelta(days=1)

DEADLINE, RECORDED = time(14), time(22, 30)
"""In New York: until when papers are taken for the evening's announcement, and when they are among the records."""

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6

LAST_ANNOUNCED_VERSION = 5

BEGINNING = datetime.min.replace(tzinfo=UTC)


def any_in(categories: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether any of these categories is a wanted one, or one of a wanted archive."""
    return any(each == wish or each.startswith(f"{wish}.") for wish in wanted for each in categories)


@dataclass(slots=True)
class Version:
    """A version: when it was submitted, and the code of its source (with an I, there is nothing to read)."""

    at: datetime
    source_type: str = "D"


@dataclass(slots=True)
class Entry:
    """A paper.

    Attributes:
        id: Its id.
        primary: Its primary category.
        crosses: The other categories.
        versions: Its versions, first to last.
        changed: The UTC day on which anything of it was last changed.
        seen_from: When that can be seen.
        fields: Elements of its record, by their names.
    """

    id: str
    primary: str
    crosses: list[str]
    versions: list[Version]
    changed: date = date.min
    seen_from: datetime = BEGINNING
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def categories(self) -> list[str]:
        """Its categories, the primary one first."""
        return [self.primary, *self.crosses]

    def is_in(self, category: str) -> bool:
        """Whether it is in that category, or one of that archive."""
        return any_in(self.categories, [category])


@dataclass(slots=True)
class Change:
    """What waits for an announcement: a new paper, a new version, or a new category.

    Once it has been announced, ``categories`` are those that the paper was in then.
    """

    at: datetime
    kind: str
    entry: Entry
    version: Version | None = None
    category: str = ""
    categories: tuple[str, ...] = ()


@dataclass(slots=True)
class World:
    """All papers, at a time that only moves on by `advance`.

    Attributes:
        now: The time.
        holidays: Evenings, in New York, on which nothing is announced.
        entries: The papers that have been announced, by id.
        announced: By the day of the feed, what it announced.
        waiting: What was submitted since the last announcement.
        edits: Records that will change, and when.
        records_late: How long after 22:30 in New York what was announced is among the records.
        feeds_late: How long after midnight in New York feeds are made.
    """

    now: datetime
    holidays: set[date] = field(default_factory=set)
    entries: dict[str, Entry] = field(default_factory=dict)
    announced: dict[date, list[Change]] = field(default_factory=dict)
    waiting: list[Change] = field(default_factory=list)
    edits: list[tuple[datetime, str, dict[str, str]]] = field(default_factory=list)
    records_late: timedelta = timedelta()
    feeds_late: timedelta = timedelta()
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def submit(
        self, at: datetime | None = None, primary: str = "cs.LG", crosses: tuple[str, ...] = (), **fields: str
    ) -> str:
        """Submit a paper, at once or at a later time; return its id. ``fields`` are elements of its record."""
        at = at or self.now
        paper_id = fields.pop("id", None) or f"{at:%y%m}.{next(self._numbers):05}"
        content = {
            "title": f"Walking Robots Learn to Dance, Part {paper_id}",
            "authors": "Ada Example, Ben Sample",
            "abstract": "We teach robots to dance.",
        }
        entry = Entry(paper_id, primary, list(crosses), [Version(at)], fields=content | fields)
        self.waiting.append(Change(at, "new", entry))
        return paper_id

    def has_had(self, at: datetime, primary: str = "cs.LG", crosses: tuple[str, ...] = (), **fields: str) -> str:
        """Have had a paper since that time, which was announced two days later; return its id."""
        paper_id = self.submit(at, primary, crosses, **fields)
        entry = self.waiting.pop().entry
        entry.changed = (at + 2 * DAY).date()
        self.entries[paper_id] = entry
        return paper_id

    def replace(self, paper_id: str, at: datetime | None = None) -> None:
        """Submit a new version."""
        at = at or self.now
        self.waiting.append(Change(at, "replace", self._entry(paper_id), Version(at)))

    def withdraw(self, paper_id: str, at: datetime | None = None) -> None:
        """Submit a version without anything to read, and say so."""
        at = at or self.now
        self.waiting.append(Change(at, "replace", self._entry(paper_id), Version(at, "I")))

    def cross_list(self, paper_id: str, category: str, at: datetime | None = None) -> None:
        """List a paper in another category, too."""
        self.waiting.append(Change(at or self.now, "cross", self._entry(paper_id), category=category))

    def edit(self, paper_id: str, at: datetime | None = None, **fields: str) -> None:
        """Change a record, such as its journal reference; that is never announced."""
        self.edits.append((at or self.now, paper_id, fields or {"journal-ref": "J. Ex. 1 (2026) 1"}))
        self.advance(self.now)

    def hold(self, paper_id: str, days: int) -> None:
        """Look at a paper more closely: its announcement waits for so many days, while its date stays."""
        for change in self.waiting:
            if change.entry.id == paper_id:
                change.at += days * DAY

    def advance(self, until: datetime) -> None:
        """Let time pass: what is due meanwhile is announced and edited."""
        moments = [*((moment, None) for moment in self._evenings(until)), *((edit[0], edit) for edit in self.edits)]
        for moment, edit in sorted(moments, key=lambda each: each[0]):
            if moment > until:
                continue
            if edit is None:
                self._announce(moment)
            elif edit[1] in self.entries:
                entry = self.entries[edit[1]]
                entry.fields |= edit[2]
                entry.changed = max(entry.changed, moment.date())
        self.edits = [edit for edit in self.edits if edit[0] > until or edit[1] not in self.entries]
        self.now = until

    def feed_day(self) -> date:
        """The day of the feeds at present."""
        return (self.now - self.feeds_late).astimezone(NEW_YORK).date()

    def _evenings(self, until: datetime) -> Iterator[datetime]:
        day = self.now.astimezone(NEW_YORK).date() - DAY
        while day <= until.astimezone(NEW_YORK).date():
            moment = datetime.combine(day, RECORDED, NEW_YORK).astimezone(UTC)
            is_evening = day.weekday() not in {FRIDAY, SATURDAY} and day not in self.holidays
            if is_evening and self.now < moment <= until:
                yield moment
            day += DAY

    def _announce(self, moment: datetime) -> None:
        evening = moment.astimezone(NEW_YORK).date()
        last = evening - 2 * DAY if evening.weekday() == SUNDAY else evening
        deadline = datetime.combine(last, DEADLINE, NEW_YORK)
        # What concerns a paper waits until the paper itself has been announced.
        ready = [
            change
            for change in self.waiting
            if change.at < deadline and (change.kind == "new" or change.entry.id in self.entries)
        ]
        self.waiting = [change for change in self.waiting if change not in ready]
        for change in sorted(ready, key=lambda change: change.at):
            if change.version:
                change.entry.versions.append(change.version)
            if change.version and "I" in change.version.source_type:
                change.entry.fields["comments"] = "This paper has been withdrawn by the authors"
            if change.category:
                change.entry.crosses.append(change.category)
            change.categories = tuple(change.entry.categories)
            change.entry.changed = moment.date()
            change.entry.seen_from = moment + self.records_late
            self.entries[change.entry.id] = change.entry
        self.announced.setdefault(evening + DAY, []).extend(ready)

    def _entry(self, paper_id: str) -> Entry:
        waiting = {change.entry.id: change.entry for change in self.waiting}
        return self.entries.get(paper_id) or waiting[paper_id]

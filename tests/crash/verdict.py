"""What one or more lives came to."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.crash.odds import Tried

COUNTS = (
    "starts",
    "messages",
    "posted",
    "offered",
    "refused",
    "lost",
    "twice",
    "disordered",
    "strange",
    "tracebacks",
)
"""The numbers of a `Verdict`."""

GOES_ON = re.compile(r"goes on without ([\d., ]+\d)")


def passed_in(log: str) -> set[str]:
    """Papers that the next ones passed, by the program's log."""
    return {paper for papers in GOES_ON.findall(log) for paper in papers.split(", ")}


@dataclass(slots=True)
class Verdict:
    """The counts of one or more lives.

    Attributes:
        kills: How often processes were killed, by step.
        faults: How often requests met each fault.
        tried: How often requests met each kind of odd answer.
        events: How often each other event happened.
        starts: How many processes were started.
        posted: How many papers arrived, in how many ``messages``.
        messages: See ``posted``.
        offered: Papers that a digest offered instead of showing them.
        lost: Papers that never arrived, although the platform would have taken them.
        refused: Papers that the platform refused for good.
        twice: Papers that arrived more than once.
        disordered: Messages with a paper that should have come before the previous message.
        strange: Papers that arrived in a channel that did not want them, and tokens that came to somebody else.
        tracebacks: Errors in the log that nobody foresaw.
        seconds: How long it took.
    """

    kills: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    tried: Counter[Tried] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    posted: int = 0
    offered: int = 0
    messages: int = 0
    lost: int = 0
    refused: int = 0
    twice: int = 0
    disordered: int = 0
    strange: int = 0
    tracebacks: int = 0
    seconds: float = 0.0

    def add(self, other: Verdict) -> None:
        """Add another verdict's counts to this one's."""
        self.kills += other.kills
        self.faults += other.faults
        self.tried += other.tried
        self.events += other.events
        for name in (*COUNTS, "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_good(self) -> bool:
        """Whether every paper came once, and in order."""
        return not (self.lost or self.twice or self.disordered or self.strange)

    def count(
        self,
        messages: Sequence[Sequence[str]],
        offered: Sequence[str] = (),
        *,
        wanted: set[str],
        refused: set[str],
        log: str,
    ) -> str:
        """Count a channel's messages in; return what is wrong there, "" for nothing.

        Args:
            messages: The papers of each message, in the order of the messages.
            offered: Papers that messages do not show, but offer. They may come later, after a restore or a refusal of
                what was shown, so nothing is said of the order of such messages.
            wanted: The papers that belong there.
            refused: Papers that the platform refuses for good.
            log: The program's.
        """
        shown = Counter([*(paper for message in messages for paper in message), *offered])
        missing, strange = wanted - set(shown), set(shown) - wanted
        lost, twice = missing - refused, [paper for paper, times in shown.items() if times > 1]
        # What was passed may come late, and what was refused: after a restore it is tried again, behind what was not.
        late = refused | passed_in(log)
        taken = [[paper for paper in message if paper not in late] for message in messages]
        pairs = itertools.pairwise([message for message in taken if message] if not offered else [])
        disordered = [later for earlier, later in pairs if min(later) < max(earlier)]
        self.posted += len(shown) - len(set(offered))
        self.offered += len(offered)
        self.messages += len(messages)
        self.refused += len(missing & refused)
        self.lost += len(lost)
        self.strange += len(strange)
        self.twice += sum(shown[paper] - 1 for paper in twice)
        self.disordered += len(disordered)
        wrong = {"lost": sorted(lost), "twice": twice, "out of order": disordered, "strange": sorted(strange)}
        return "; ".join(f"{name}: {papers}" for name, papers in wrong.items() if papers)

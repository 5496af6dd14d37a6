"""Which requests are answered oddly during the life of a process, and what was tried so far."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import NamedTuple

from tests.crash.answers import Deck, OddAnswer

CHANNEL = re.compile(rb"(?:/channels/|\bchannel\"?[=:]\s*\"?)(\w+)")

PAPER = re.compile(rb"9901\.\d{5}")


class Kind(NamedTuple):
    """A kind of request.

    Attributes:
        step: ``post``, ``find``, ``edit``, ``ask`` or ``list``.
        name: What it is for on this platform, for the table.
    """

    step: str
    name: str


class Dealt(NamedTuple):
    """An odd answer, and whether the platform carries the request out before."""

    answer: OddAnswer
    done: bool


class Tried(NamedTuple):
    """What a request met: a key of the counts."""

    request: str
    family: str
    done: bool


WRITING = {"post", "edit"}
"""Steps that change something, so that it matters whether they were carried out."""


@dataclass(slots=True)
class Odds:
    """Deals odd answers.

    Attributes:
        deck: Where they come from.
        random: Decides which requests get them.
        most_refusals: How often, at most, a message may meet an answer that counts towards giving it up.
        channels: The ids of the channels that the program posts to.
        share: How many of the requests of each step get one, 0 … 1.
        planned: What the next requests of each step get, whatever the share.
        outage: The step of which every request gets a page instead; "" for none.
        refused: Papers that the platform refuses for good, alone and with others, with a code that no table has.
        obstructed: Papers whose posts get nothing but pages when they come alone, whatever the share.
        tried: What was tried, and how often.
        story: What became of the requests about each channel, to find the cause of a failure.
    """

    deck: Deck
    random: Random
    most_refusals: int = 2
    channels: set[str] = field(default_factory=set)
    share: Mapping[str, float] = field(default_factory=dict)
    planned: defaultdict[str, deque[Dealt]] = field(default_factory=lambda: defaultdict(deque))
    outage: str = ""
    refused: set[str] = field(default_factory=set)
    obstructed: set[str] = field(default_factory=set)
    tried: Counter[Tried] = field(default_factory=Counter)
    story: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _refusals: Counter[str] = field(default_factory=Counter)

    def deal(self, kind: Kind, path: str, body: bytes) -> Dealt | None:
        """What to answer to this request; None for the platform's own answer."""
        if self.planned[kind.step]:
            return self._count(kind, path, body, self.planned[kind.step].popleft())
        papers = {paper.decode() for paper in PAPER.findall(body)} if kind.step == "post" else set()
        if papers & self.refused:
            return self._count(kind, path, body, Dealt(self.deck.refusal(), done=False))
        done = kind.step in WRITING and self.random.random() < 0.5
        if self.outage in {kind.step, "everything"} or (len(papers) == 1 and papers <= self.obstructed):
            return self._count(kind, path, body, Dealt(self.deck.deal(pages=True), done=done))
        if self.random.random() >= self.share.get(kind.step, 0.0):
            return None
        channel = _channel(path, body)
        may_refuse = channel in self.channels and self._refusals[channel] < self.most_refusals
        answer = self.deck.deal(refusals=may_refuse)
        self._refusals[channel] += answer.is_refusal
        return self._count(kind, path, body, Dealt(answer, done=done and not answer.undone))

    def answered(self, kind: Kind, path: str, body: bytes) -> None:
        """Note that the platform itself took a request: after a post, the next message may be refused anew."""
        if kind.step == "post":
            self._refusals[_channel(path, body)] = 0
        self._tell(kind, path, body, "its own answer")

    def _count(self, kind: Kind, path: str, body: bytes, dealt: Dealt) -> Dealt:
        self.tried[Tried(kind.name, dealt.answer.family, dealt.done)] += 1
        what = f"{dealt.answer.family}: {dealt.answer.name}{', done' if dealt.done else ''}"
        self._tell(kind, path, body, what)
        return dealt

    def _tell(self, kind: Kind, path: str, body: bytes, what: str) -> None:
        papers = b" ".join(dict.fromkeys(PAPER.findall(body))).decode()
        self.story[_channel(path, body)].append(f"{datetime.now(UTC):%H:%M:%S.%f} {kind.name} {papers}: {what}")


def _channel(path: str, body: bytes) -> str:
    """The id of the channel that a request is about; "" if it does not say."""
    found = CHANNEL.search(f"{path} ".encode() + body)
    return found[1].decode() if found else ""

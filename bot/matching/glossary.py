"""What is known besides the words of a query: acronyms, names of subjects, and how close papers are to these."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain import Paper
from bot.matching.meaning.judging import Judge
from bot.matching.subject_table import SubjectTable, built_in
from bot.ports.stores import PaperStore
from bot.query import COMMON, Acronyms, Knowledge, definitions, learn
from bot.text.folding import FOLDING_VERSION

TABLE_BITS = 32
"""Bits of the version of the table of subjects."""


class Glossary:
    """Learns acronyms from papers as they come; may be used from any thread."""

    def __init__(self, papers: PaperStore, subjects: SubjectTable | None = None, judge: Judge | None = None) -> None:
        """Begin with the common acronyms, and these subjects; without a judge nobody can tell what is near to them."""
        self._papers = papers
        self._subjects = subjects or built_in()
        self._judge = judge
        self._acronyms: Acronyms | None = None
        self._lock = threading.Lock()

    @property
    def acronyms(self) -> Acronyms:
        """Every acronym with its full form.

        Raises:
            StorageError: The database cannot be used.
        """
        with self._lock:
            if self._acronyms is None:
                self._acronyms = COMMON.updated(learn(self._papers.definitions()))
            return self._acronyms

    @property
    def known(self) -> Knowledge:
        """What queries are read with now.

        Raises:
            StorageError: The database cannot be used.
        """
        known = Knowledge(self.acronyms, self._subjects.related)
        return replace(known, nearness=self._judge, can_tell=self._judge.can_tell) if self._judge else known

    @property
    def index_version(self) -> int:
        """Another number when words are folded in another way or subjects have other names: queries are filed anew."""
        return FOLDING_VERSION << TABLE_BITS | self._subjects.version

    @contextlib.contextmanager
    def deciding(self) -> Iterator[Knowledge]:
        """What queries are read with where it counts: how close papers are is decided once, and kept at the end.

        Raises:
            StorageError: The database cannot be used.
        """
        if self._judge is None:
            yield self.known
            return
        with self._judge.deciding() as nearness:
            yield replace(self.known, nearness=nearness)

    def read(self, papers: Iterable[Paper]) -> None:
        """Learn the acronyms that the papers define.

        Raises:
            StorageError: The database cannot be used.
        """
        defined = {paper.id: definitions(f"{paper.title}\n{paper.abstract}") for paper in papers}
        self._papers.define(defined)
        # Learning reads every stored definition again: papers that define nothing are not worth it.
        if any(defined.values()):
            with self._lock:
                self._acronyms = None

"""The acronyms in force: the common ones, and those that the stored papers agree on."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from bot.domain import Paper
from bot.ports.stores import PaperStore
from bot.query import COMMON, Acronyms, definitions, learn


class Glossary:
    """Learns acronyms from papers as they come; may be used from any thread."""

    def __init__(self, papers: PaperStore) -> None:
        self._papers = papers
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

"""The acronyms that are understood: the common ones, and those that the stored papers agree on."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from bot.domain import Paper
from bot.ports.stores import PaperStore
from bot.query import COMMON, Acronyms, definitions, learn


class Glossary:
    """What papers call things, learned as they come; may be asked from any thread."""

    def __init__(self, papers: PaperStore) -> None:
        self._papers = papers
        self._acronyms: Acronyms | None = None
        self._reading = threading.Lock()

    @property
    def acronyms(self) -> Acronyms:
        """Every acronym with its full form.

        Raises:
            StorageError: The database cannot be used.
        """
        with self._reading:
            if self._acronyms is None:
                self._acronyms = COMMON.and_learned(learn(self._papers.definitions()))
            return self._acronyms

    def read(self, papers: Iterable[Paper]) -> None:
        """Learn from the papers what they define.

        Raises:
            StorageError: The database cannot be used.
        """
        defined = {paper.id: definitions(f"{paper.title}\n{paper.abstract}") for paper in papers}
        self._papers.define(defined)
        if any(defined.values()):
            with self._reading:
                self._acronyms = None

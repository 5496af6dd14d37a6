"""arXiv's records by the day on which they were last changed: https://info.arxiv.org/help/oa/index.html.

The protocol is OAI-PMH: https://www.openarchives.org/OAI/openarchivesprotocol.html.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from adapters.sources.arxiv.answers import LONGEST_WAIT, Answer, Asking, Passing
from adapters.sources.arxiv.records import NAMESPACES, Record, Unreadable, read_record
from adapters.sources.arxiv.xml import read_xml, text_of
from bot.domain import Skipped
from bot.errors import SourceError
from bot.text.arxiv_categories import group_of
from bot.text.plain import plain
from bot.text.shorten import shorten

ROOT = f"{{{NAMESPACES['oai']}}}OAI-PMH"

FORMAT = "arXivRaw"

MOST_PAGES = 200
"""Pages of one set and day; a page has more than a thousand records."""

MOST_RESTARTS = 2
"""How often a harvest begins again whose token has expired: at 00:00 UTC all of them do."""

LONGEST_TOKEN = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the records that were asked for, those that make no sense, and the token for more; "" after the last."""

    records: tuple[Record, ...]
    skipped: tuple[Skipped, ...]
    token: str


class Refused(SourceError):
    """arXiv answers with an error of the protocol; ``code`` is which."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"it says {code}: {message}" if message else f"it says {code}")
        self.code = code


def set_of(category: str) -> str:
    """The set of a category or archive: ``cs:cs:LG``, ``physics:hep-th``, ``cs:cs``."""
    archive, _, subject = category.partition(".")
    return ":".join(part for part in (group_of(archive), archive, subject) if part)


class Records:
    """Reads records."""

    def __init__(self, url: str, asking: Asking) -> None:
        self._url = url
        self._asking = asking

    async def identify(self) -> str:
        """What the repository calls itself.

        Raises:
            SourceError: It does not answer, or with something else.
        """
        root = await self._ask({"verb": "Identify"})
        return shorten(plain(text_of(root, "oai:Identify/oai:repositoryName", NAMESPACES)), 80)

    async def changed_on(self, day: date, category: str) -> tuple[list[Record], list[Skipped]]:
        """The records of a category that were last changed on that day, each once, and those that make no sense.

        Raises:
            SourceError: They could not be read completely.
        """
        for _ in range(MOST_RESTARTS):
            try:
                return await self._harvest(day, category)
            except Refused as error:
                if error.code != "badResumptionToken":
                    raise
        return await self._harvest(day, category)

    async def record(self, paper_id: str, *, longest: float) -> Record | None:
        """The record of a paper, while somebody waits for it; None if there is none.

        Raises:
            SourceError: It could not be read.
        """
        wish = {"verb": "GetRecord", "metadataPrefix": FORMAT, "identifier": f"oai:arXiv.org:{paper_id}"}
        try:
            root = await self._ask(wish, is_urgent=True, longest=longest)
        except Refused as error:
            if error.code == "idDoesNotExist":
                return None
            raise
        page = await asyncio.to_thread(_page, root, "GetRecord")
        if page.skipped:
            raise SourceError(f"its answer makes no sense ({page.skipped[0].reason})")
        return next(iter(page.records), None)

    async def _harvest(self, day: date, category: str) -> tuple[list[Record], list[Skipped]]:
        records: dict[str, Record] = {}
        skipped: list[Skipped] = []
        wish = {"metadataPrefix": FORMAT, "from": f"{day}", "until": f"{day}", "set": set_of(category)}
        for _ in range(MOST_PAGES):
            try:
                root = await self._ask({"verb": "ListRecords", **wish})
            except Refused as error:
                if error.code != "noRecordsMatch":
                    raise
                return list(records.values()), skipped
            page = await asyncio.to_thread(_page, root, "ListRecords")
            # Pages may overlap: what is changed meanwhile moves, and the others with it.
            records |= {record.paper.id: record for record in page.records}
            skipped += page.skipped
            if not page.token:
                return list(records.values()), skipped
            if wish == {"resumptionToken": page.token}:
                break
            wish = {"resumptionToken": page.token}
        raise SourceError("its pages do not end")

    async def _ask(self, wish: Mapping[str, str], *, is_urgent: bool = False, longest: float = LONGEST_WAIT) -> Element:
        url = f"{self._url}?{urlencode(wish)}"
        answer = await self._asking.get(url, is_urgent=is_urgent, longest=longest, check=_ensure_whole)
        root = await asyncio.to_thread(_root, answer.body)
        refusal = root.find("oai:error", NAMESPACES)
        if refusal is not None:
            message = "".join(refusal.itertext())
            raise Refused(shorten(plain(refusal.get("code", "")), 40), shorten(plain(message[:1_000]), 200))
        return root


def _ensure_whole(answer: Answer) -> None:
    """Raise `Passing` if an answer was cut off on the way."""
    if answer.body.lstrip()[:5] == b"<?xml" and not answer.body.rstrip().endswith(b">"):
        raise Passing("its answer was cut off")


def _root(body: bytes) -> Element:
    try:
        root = read_xml(body)
    except ValueError as error:
        raise SourceError(f"its answer makes no sense ({error}); check sources.arxiv.oai_url") from error
    if root.tag != ROOT:
        raise SourceError("its answer is not of OAI-PMH; check sources.arxiv.oai_url")
    return root


def _page(root: Element, verb: str) -> Page:
    records: list[Record] = []
    skipped: list[Skipped] = []
    for element in root.iterfind(f"oai:{verb}/oai:record", NAMESPACES):
        try:
            record = read_record(element)
        except Unreadable as error:
            skipped.append(Skipped(error.id, error.reason))
        else:
            records += [record] if record else []
    token = text_of(root, f"oai:{verb}/oai:resumptionToken", NAMESPACES)
    if len(token) > LONGEST_TOKEN:
        raise SourceError("the address of its next page is too long")
    return Page(tuple(records), tuple(skipped), token)

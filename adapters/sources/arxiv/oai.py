"""arXiv's records by the day on which they were last changed: https://info.arxiv.org/help/oa/index.html.

The protocol is OAI-PMH: https://www.openarchives.org/OAI/openarchivesprotocol.html.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from adapters.sources.arxiv.answers import LONGEST_WAIT, OPEN, Asking
from adapters.sources.arxiv.records import NAMESPACES, Record, Unreadable, read_record
from adapters.sources.arxiv.xml import read_xml, text_of
from bot.domain import Skipped
from bot.errors import SourceError, SourceUnreachable
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
class Harvest:
    """Records by the ids of their papers, those that make no sense, and how many pages they came in."""

    records: Mapping[str, Record] = field(default_factory=dict)
    skipped: frozenset[Skipped] = frozenset()
    pages: int = 0

    def __or__(self, other: Harvest) -> Harvest:
        """Both together, each record once, as it was read last."""
        return Harvest({**self.records, **other.records}, self.skipped | other.skipped, self.pages + other.pages)


class Refused(SourceUnreachable):
    """It answers with an error of the protocol, as it would for other days; ``code`` is which."""

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

    async def changed_on(self, day: date, category: str, *, is_over: bool) -> Harvest:
        """The records of a category that were last changed on that day.

        What is changed while pages are read leaves them, and the others move up: one can slip from a page that is still
        to be read to one that was read. So a day that is over, which is not read again, is read twice if it has pages.

        Raises:
            SourceError: They could not be read completely.
        """
        harvest = await self._begun_again(day, category)
        if is_over and harvest.pages > 1:
            harvest |= await self._begun_again(day, category)
        return harvest

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
        page, _ = await asyncio.to_thread(_page, root, "GetRecord")
        for nonsense in page.skipped:
            raise SourceError(f"its answer makes no sense ({nonsense.reason})")
        return next(iter(page.records.values()), None)

    async def _begun_again(self, day: date, category: str) -> Harvest:
        """A harvest; a token that has expired makes it begin again."""
        for _ in range(MOST_RESTARTS):
            try:
                return await self._harvest(day, category)
            except Refused as error:
                if error.code != "badResumptionToken":
                    raise
        return await self._harvest(day, category)

    async def _harvest(self, day: date, category: str) -> Harvest:
        harvest = Harvest()
        wish = {"metadataPrefix": FORMAT, "from": f"{day}", "until": f"{day}", "set": set_of(category)}
        for _ in range(MOST_PAGES):
            try:
                root = await self._ask({"verb": "ListRecords", **wish})
            except Refused as error:
                if error.code != "noRecordsMatch":
                    raise
                return harvest
            page, token = await asyncio.to_thread(_page, root, "ListRecords")
            harvest |= page
            if not token:
                return harvest
            if wish == {"resumptionToken": token}:
                break
            wish = {"resumptionToken": token}
        raise SourceError("its pages do not end")

    async def _ask(self, wish: Mapping[str, str], *, is_urgent: bool = False, longest: float = LONGEST_WAIT) -> Element:
        url = f"{self._url}?{urlencode(wish)}"
        answer = await self._asking.get(url, is_urgent=is_urgent, longest=longest, root=b"OAI-PMH")
        root = await asyncio.to_thread(_root, answer.body)
        refusal = root.find("oai:error", NAMESPACES)
        if refusal is not None:
            message = "".join(refusal.itertext())
            raise Refused(shorten(plain(refusal.get("code", "")), 40), shorten(plain(message[:1_000]), 200))
        return root


def _root(body: bytes) -> Element:
    try:
        root = read_xml(body)
    except ValueError as error:
        raise SourceUnreachable(f"its answer makes no sense ({error})", repair=OPEN.format("oai_url")) from error
    if root.tag != ROOT:
        raise SourceUnreachable("its answer is not of OAI-PMH", repair=OPEN.format("oai_url"))
    return root


def _page(root: Element, verb: str) -> tuple[Harvest, str]:
    """A page, and the token for the next one; "" after the last."""
    records: dict[str, Record] = {}
    skipped: set[Skipped] = set()
    for element in root.iterfind(f"oai:{verb}/oai:record", NAMESPACES):
        try:
            record = read_record(element)
        except Unreadable as error:
            skipped.add(Skipped(error.id, error.reason))
        else:
            records |= {record.paper.id: record} if record else {}
    token = text_of(root, f"oai:{verb}/oai:resumptionToken", NAMESPACES)
    if len(token) > LONGEST_TOKEN:
        raise SourceError("the address of its next page is too long")
    return Harvest(records, frozenset(skipped), 1), token

"""Records as arXiv's repository gives them: https://info.arxiv.org/help/oa/index.html."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qsl, quote, unquote, urlencode
from xml.sax.saxutils import escape, quoteattr

from tests.servers.arxiv.world import Entry, World

ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/'
    ' http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">\n<responseDate>{at}</responseDate>\n'
    '<request verb="{verb}">http://oaipmh.arxiv.org/oai</request>\n{content}</OAI-PMH>\n'
)

RAW = 'xmlns="http://arxiv.org/OAI/arXivRaw/" xsi:schemaLocation="http://arxiv.org/OAI/arXivRaw/ arXivRaw.xsd"'

ORDER = "title authors categories comments proxy report-no acm-class msc-class journal-ref doi license abstract".split()

ALLOWED = {
    "Identify": {"verb"},
    "GetRecord": {"verb", "identifier", "metadataPrefix"},
    "ListRecords": {"verb", "metadataPrefix", "from", "until", "set"},
}

EARLIEST = date(2005, 9, 16)


class Refusal(Exception):
    """An error of the protocol; its message is the code."""


def answer(world: World, query: Mapping[str, str], page_size: int) -> str:
    """The answer to a request; errors are answers, too."""
    verb = query.get("verb", "")
    try:
        content = _content(world, verb, dict(query), page_size)
    except Refusal as refusal:
        content = f"<error code={quoteattr(str(refusal))}>Described in the protocol</error>\n"
    return ENVELOPE.format(at=f"{world.now:%Y-%m-%dT%H:%M:%SZ}", verb=escape(verb), content=content)


def _content(world: World, verb: str, query: dict[str, str], page_size: int) -> str:
    if verb not in ALLOWED:
        raise Refusal("badVerb")
    if verb == "Identify":
        return (
            "<Identify><repositoryName>arXiv</repositoryName><baseURL>http://oaipmh.arxiv.org/oai</baseURL>"
            "<protocolVersion>2.0</protocolVersion><earliestDatestamp>2005-09-16</earliestDatestamp>"
            "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify>\n"
        )
    skip = 0
    if "resumptionToken" in query:
        if set(query) != {"verb", "resumptionToken"}:
            raise Refusal("badArgument")
        query, skip = _resumed(world, query["resumptionToken"])
    if not set(query) <= ALLOWED[verb]:
        raise Refusal("badArgument")
    if query.get("metadataPrefix") != "arXivRaw":
        raise Refusal("cannotDisseminateFormat")
    if verb == "GetRecord":
        entry = world.entries.get(query["identifier"].removeprefix("oai:arXiv.org:"))
        if entry is None:
            raise Refusal("idDoesNotExist")
        return f"<GetRecord>{_record(entry)}</GetRecord>\n"
    return _list(world, query, skip, page_size)


def _list(world: World, query: dict[str, str], skip: int, page_size: int) -> str:
    begin, end = _day(query.get("from", f"{EARLIEST}")), _day(query.get("until", f"{world.now.date()}"))
    if begin < EARLIEST or end > world.now.date() + timedelta(days=1) or begin > end:
        raise Refusal("badArgument")
    category = _category(query["set"])
    seen = [entry for entry in world.entries.values() if entry.seen_from <= world.now]
    found = [entry for entry in seen if begin <= entry.changed <= end and entry.is_in(category)]
    found.sort(key=lambda entry: (entry.changed, entry.id))
    if not found:
        raise Refusal("noRecordsMatch")
    page, rest = found[skip : skip + page_size], found[skip + page_size :]
    token = ""
    if rest:
        # The next page begins on the last day of this one, after the records of that day.
        last = page[-1].changed
        read = sum(entry.changed == last for entry in found[: skip + page_size])
        token = quote(urlencode({**query, "from": f"{last}", "skip": read, "for": f"{world.now.date()}"}))
    expires = f"{world.now.date() + timedelta(days=1)}T00:00:00Z"
    resumption = ""
    if rest:
        resumption = f'<resumptionToken expirationDate="{expires}">{token}</resumptionToken>'
    elif skip:
        resumption = "<resumptionToken/>"
    return f"<ListRecords>{''.join(map(_record, page))}{resumption}</ListRecords>\n"


def _resumed(world: World, token: str) -> tuple[dict[str, str], int]:
    query = dict(parse_qsl(unquote(token)))
    if query.pop("for", "") != f"{world.now.date()}" or "skip" not in query:
        raise Refusal("badResumptionToken")
    return query, int(query.pop("skip"))


def _record(entry: Entry) -> str:
    fields = {"categories": " ".join(entry.categories)} | entry.fields
    if "msc-class" in fields:
        fields["acm-class"] = fields["msc-class"]  # as arXiv does
    versions = "".join(
        f'<version version="v{number}"><date>{_rfc822(version.at)}</date><size>127kb</size>'
        f"<source_type>{version.source_type}</source_type></version>"
        for number, version in enumerate(entry.versions, start=1)
    )
    content = "".join(f"<{name}>{escape(fields[name])}</{name}>" for name in ORDER if name in fields)
    sets = "".join(f"<setSpec>{_set(category)}</setSpec>" for category in entry.categories)
    return (
        f"<record><header><identifier>oai:arXiv.org:{entry.id}</identifier><datestamp>{entry.changed}</datestamp>{sets}"
        f"</header><metadata><arXivRaw {RAW}><id>{entry.id}</id><submitter>Ada Example</submitter>{versions}{content}"
        "</arXivRaw></metadata></record>\n"
    )


PHYSICS = {"hep-th", "quant-ph", "astro-ph", "cond-mat", "physics"}

ARCHIVES = {"cs", "stat", "math", *PHYSICS}


def _set(category: str) -> str:
    archive, _, subject = category.partition(".")
    group = "physics" if archive in PHYSICS else archive
    return ":".join(filter(None, (group, archive, subject)))


def _category(written: str) -> str:
    group, _, rest = written.partition(":")
    archive, _, subject = rest.partition(":")
    if group not in {"physics", *ARCHIVES} or (archive and _set(archive) != f"{group}:{archive}"):
        raise Refusal("badArgument")
    return f"{archive}.{subject}" if subject else archive or group


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refusal("badArgument") from None


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)

"""What is made of a record of arXiv."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import escape

import pytest

from adapters.sources.arxiv.oai import set_of
from adapters.sources.arxiv.records import Unreadable, read_record
from adapters.sources.arxiv.xml import read_xml
from bot.domain import Paper
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer

HEADER = "<identifier>oai:arXiv.org:2608.01234</identifier><datestamp>2026-09-01</datestamp>"

VERSION = '<version version="v1"><date>Fri, 28 Aug 2026 22:22:10 GMT</date><size>9kb</size></version>'


def element(
    content: str = "", *, header: str = HEADER, status: str = "", versions: str = VERSION, **fields: str
) -> Element:
    """A record; ``fields`` replace the elements of one that is in order."""
    values = {
        "id": "2608.01234",
        "title": "Walking Robots",
        "authors": "Ada Example",
        "categories": "cs.LG cs.AI",
    } | fields
    raw = "".join(
        f"<{name.replace('_', '-')}>{escape(value)}</{name.replace('_', '-')}>" for name, value in values.items()
    )
    metadata = (
        f'<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">{raw}{versions}{content}</arXivRaw></metadata>'
    )
    return read_xml(
        f'<record xmlns="http://www.openarchives.org/OAI/2.0/"><header{status}>{header}</header>{metadata}</record>'.encode()
    )


def paper(**given: str) -> Paper:
    """The paper in such a record."""
    record = read_record(element(**given))
    assert record is not None
    return record.paper


def test_a_record_has_all_that_is_known_of_a_paper(server: ArxivServer) -> None:
    submitted = server.world.now
    server.world.submit(
        id="2603.00007",
        primary="cs.LG",
        crosses=("cs.CL", "stat.ML"),
        title="Robots that\n  {\\it walk}\\\\ and dance",
        authors="Ada Example (1), Paul Erd\\H{o}s and Ren\\'e~Sample ((1) Univ. of X)",
        abstract="  We teach $\\pi_0$\n  to dance.",
        comments="12 pages, accepted at ICML",
    )
    server.world.advance(submitted + timedelta(days=1))
    assert Reader(server).fetch().papers == (
        Paper(
            id="2603.00007",
            title="Robots that walk and dance",
            url="https://arxiv.org/abs/2603.00007",
            list_day=date(2026, 3, 11),
            abstract="We teach π₀ to dance.",
            authors=("Ada Example", "Paul Erdős", "René Sample"),
            published_at=submitted,
            categories=("cs.LG", "cs.CL", "stat.ML"),
            comment="12 pages, accepted at ICML",
        ),
    )


def test_its_time_is_that_of_the_first_version() -> None:
    later = '<version version="v2"><date>Mon, 31 Aug 2026 10:00:00 GMT</date></version>'
    assert paper(versions=VERSION + later).published_at == datetime(2026, 8, 28, 22, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize("when", ["", "soon", "Fri, 28 Aug 1985 22:22:10 GMT", "Fri, 28 Aug 9999 22:22:10 -9999"])
def test_without_a_time_that_makes_sense_its_list_is_that_of_its_last_change(when: str) -> None:
    found = paper(versions=f"<version><date>{when}</date></version>")
    assert (found.published_at, found.list_day) == (None, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("written", "paper_id"),
    [
        ("2608.01234", "2608.01234"),
        ("0704.0001", "0704.0001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136", "math/0309136"),
        ("2608.01234v3", "2608.01234"),
    ],
)
def test_ids_of_every_age_are_read_without_version_and_subject(written: str, paper_id: str) -> None:
    found = paper(id=written)
    assert (found.id, found.url) == (paper_id, f"https://arxiv.org/abs/{paper_id}")


@pytest.mark.parametrize(
    "comments",
    [
        "Withdrawn by the authors",
        "This paper has been withdrawn due to an error in Lemma 2",
        "12 pages. This paper has been withdrawn",
        "This submission has been withdrawn by arXiv administrators",
        "The article is temporarily withdrawn",
        "arXiv admin note: This paper has been withdrawn",
    ],
)
def test_a_comment_may_say_that_a_paper_is_withdrawn(comments: str) -> None:
    assert paper(comments=comments).is_withdrawn


@pytest.mark.parametrize(
    "comments",
    ["12 pages", "supersedes arXiv:2608.00001, which has been withdrawn", "We discuss how papers are withdrawn", ""],
)
def test_other_comments_do_not(comments: str) -> None:
    assert not paper(comments=comments).is_withdrawn


def test_so_does_a_last_version_without_anything_to_read() -> None:
    gone = '<version version="v2"><date>Mon, 31 Aug 2026 10:00:00 GMT</date><source_type>I</source_type></version>'
    assert paper(versions=VERSION + gone).is_withdrawn
    assert not paper(versions=gone + VERSION).is_withdrawn


def test_so_does_a_header_of_a_deleted_record() -> None:
    assert paper(status=' status="deleted"').is_withdrawn


def test_a_deleted_record_that_holds_nothing_is_passed_over() -> None:
    record = element(status=' status="deleted"')
    record.remove(record[1])
    assert read_record(record) is None


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"id": "robots"}, "id: not an id"),
        ({"id": "2608.01234 2608.01235"}, "id: not an id"),
        ({"id": "../2608.01234"}, "id: not an id"),
        ({"title": " "}, "title: empty"),
        ({"header": "<identifier>oai:arXiv.org:2608.01234</identifier>"}, "datestamp: not a day"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused_with_its_id(given: dict[str, str], reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        read_record(element(**given))
    assert caught.value.id == "oai:arXiv.org:2608.01234"


def test_a_record_in_another_format_is_refused() -> None:
    record = element()
    record[1].remove(record[1][0])
    with pytest.raises(Unreadable, match="no arXivRaw"):
        read_record(record)


def test_what_is_too_much_is_cut() -> None:
    found = paper(
        title="long " * 1_000,
        abstract="long " * 20_000,
        comments="long " * 1_000,
        authors=", ".join(f"Ada {number}" for number in range(9_000)),
        categories=" ".join(f"cs.A{chr(65 + number % 26)}" for number in range(900)),
    )
    assert (len(found.title), len(found.abstract), len(found.comment)) < (1_001, 20_001, 1_001)
    assert len(found.authors) <= 2_000
    assert len(found.categories) == 26


def test_what_is_hidden_in_fields_does_not_get_out() -> None:
    found = paper(
        title="Robots \u202e<b>bold</b> @everyone", categories="cs.LG <script> ../etc", comments="\x1b[31mred"
    )
    assert "\u202e" not in found.title
    assert found.categories == ("cs.LG",)
    assert "\x1b" not in found.comment


def test_records_that_make_no_sense_cost_only_themselves(server: ArxivServer) -> None:
    for title in ("", "Robots"):
        server.world.submit(title=title)
    server.world.advance(server.world.now + timedelta(days=1))
    read = Reader(server).fetch()
    assert [found.title for found in read.papers] == ["Robots"]
    assert [str(skipped) for skipped in read.skipped] == ["oai:arXiv.org:2603.00001: title: empty"]


def test_an_element_is_read_as_it_is_sent() -> None:
    assert b"arXivRaw" in tostring(element())


@pytest.mark.parametrize(
    ("category", "name"),
    [
        ("cs.LG", "cs:cs:LG"),
        ("stat.ML", "stat:stat:ML"),
        ("math.NA", "math:math:NA"),
        ("hep-th", "physics:hep-th"),
        ("cond-mat.str-el", "physics:cond-mat:str-el"),
        ("physics.optics", "physics:physics:optics"),
        ("cs", "cs:cs"),
        ("astro-ph", "physics:astro-ph"),
    ],
)
def test_every_category_has_a_set(category: str, name: str) -> None:
    assert set_of(category) == name

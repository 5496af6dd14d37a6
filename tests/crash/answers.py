"""Answers that are not the platform's own: what a proxy, a firewall, a sign-in page or a broken server may send."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from random import Random

ELSEWHERE, HERE = b"{elsewhere}", b"{here}"
"""Stand for an address of somebody else, and for the request's own, in a Location."""

PAGE = b"<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in to go on.</h1></body></html>"

JSON, HTML = "application/json", "text/html; charset=utf-8"

UNOFFICIAL = (218, 299, 306, 399, 419, 420, 430, 444, 460, 463, 494, 495, 496, 497, 498, 499, 520, 521, 522, 523, 524)
"""Statuses that no standard knows, and some proxies use."""

STATUSES = tuple(
    sorted({*(status.value for status in HTTPStatus if status >= HTTPStatus.OK), *UNOFFICIAL, 525, 526, 530})
)

UNKNOWN = "an unknown code"
"""The platform itself may have answered so: it refuses, with a code that no table has."""

TOO_LONG = "a wait too long"
"""The platform itself asks to wait, for longer than a request may take."""

RARE = 0.15
"""How often such a wait is dealt, if other families count 1: it takes the time of many other answers."""


@dataclass(frozen=True, slots=True)
class OddAnswer:
    """An answer as it goes over the wire.

    Attributes:
        family: What kind of answer it is, for the table.
        name: What exactly it is.
        raw: Everything that is sent before the connection ends.
        undone: Whether it is only given to requests that were not carried out, since the platform itself gives it so.
    """

    family: str
    name: str
    raw: bytes
    undone: bool = False

    @property
    def is_refusal(self) -> bool:
        """Whether the program may count it against ``delivery.max_attempts``."""
        return self.family == UNKNOWN


SHAPES = (
    "{}",
    "[]",
    "null",
    "true",
    "7",
    '"text"',
    "[[]]",
    "[{}]",
    "[null, 7]",
    '{"ok": "yes"}',
    '{"ok": 1}',
    '{"ok": true}',
    '{"ok": false}',
    '{"ok": null, "error": null}',
    '{"ok": "yes", "messages": [], "ts": "", "channel": 7}',
    '{"ok": 1, "messages": [], "response_metadata": {"next_cursor": ""}}',
    '{"ok": true, "messages": {}}',
    '{"ok": true, "messages": [7]}',
    '{"ok": false, "error": 7}',
    '{"ok": false, "error": ["channel_not_found"]}',
    '{"ok": "false", "error": "channel_not_found"}',
    '{"error": "channel_not_found"}',
    '{"error": {"code": 403, "message": "Forbidden"}}',
    '{"message": "Forbidden"}',
    '{"message": "403: Forbidden", "code": 0}',
    '{"message": "Unknown Channel", "code": "10003"}',
    '{"message": "Unknown Message", "code": [10008]}',
    '{"message": "Unknown Channel", "code": {"10003": true}}',
    '{"message": "Missing Permissions", "code": true}',
    '{"message": "Missing Permissions", "code": null}',
    '{"message": "Missing Permissions", "code": 50013.5}',
    '{"message": ["Missing Permissions"], "code": 403}',
    '{"message": "Unauthorized", "code": 401, "errors": []}',
    '{"code": 9007199254740993000, "errors": {"a": {"_errors": 7}}}',
    '{"id": null, "type": 0}',
    '{"id": "7", "type": "text"}',
    '{"threads": {}, "members": null}',
    '{"threads": [7]}',
    "[" * 20_000,
    "NaN",
)
"""JSON in which nothing is as the platform would have it."""

SHAPED_WITH = (200, 201, 202, 206, 300, 400, 401, 403, 404, 405, 407, 408, 409, 410, 413, 421, 425, 451, 500, 502, 503)

NO_WAITS = ("{}", "[]", '"later"', '{"retry_after": "soon"}', '{"retry_after": null}', '{"retry_after": [1]}', "null")

GARBAGE = {
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "another status line": b"HTTP/9.9 abc What\r\n\r\n",
    "an endless header": b"HTTP/1.1 200 OK\r\nX-Header: " + b"x" * 200_000 + b"\r\n\r\n",
    "a header without a colon": b"HTTP/1.1 200 OK\r\nthis makes no sense\r\n\r\n{}",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 7\r\n\r\n{}",
    "a length that is not a number": b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}",
    "a chunk without an end": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\n{}",
    "a chunk that makes no sense": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    "half a status line": b"HTTP/1.1 40",
    "a page without a header": PAGE,
    "zeros": bytes(1_000),
}


CODES_OF_TOMORROW = ((400, 19_999), (400, 999_999), (403, 59_999), (404, 19_998), (409, 40_999), (422, 70_707))
"""Statuses and codes of Discord that no table has."""


def raw(
    status: int, content: bytes, kind: str = "", *, length: int | None = None, headers: Mapping[str, str] | None = None
) -> bytes:
    """A response as bytes; ``length`` is the Content-Length, if it is not the content's."""
    lines = [f"HTTP/1.1 {status} {phrase(status)}", "Connection: close"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"Content-Length: {len(content) if length is None else length}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def phrase(status: int) -> str:
    """What a status is called."""
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unheard Of"


def answers_for(platform: str) -> Iterator[OddAnswer]:
    """Every odd answer, on that platform."""
    yield from _pages()
    yield from _shapes()
    yield from _limits(platform)
    yield from _broken()
    yield from _redirects()
    for name, content in GARBAGE.items():
        yield OddAnswer("not HTTP", name, content)
    if platform == "slack":
        for code in ("a_code_of_tomorrow", "slack_connect_of_another_kind_blocked"):
            content = json.dumps({"ok": False, "error": code}).encode()
            yield OddAnswer(UNKNOWN, code, raw(200, content, JSON))
    else:
        for status, number in (
            (400, 19_999),
            (400, 999_999),
            (403, 59_999),
            (404, 19_998),
            (409, 40_999),
            (422, 70_707),
        ):
            content = json.dumps({"message": "Something of tomorrow", "code": number}).encode()
            yield OddAnswer(UNKNOWN, f"{status} {number}", raw(status, content, JSON))


def _pages() -> Iterator[OddAnswer]:
    for status in STATUSES:
        more = (
            {"Proxy-Authenticate": 'Basic realm="proxy"'} if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED else {}
        )
        family = f"a page, {status // 100}xx" if status != HTTPStatus.TOO_MANY_REQUESTS else "429 of another kind"
        yield OddAnswer(family, f"{status}", raw(status, PAGE, HTML, headers=more))
        yield OddAnswer(family, f"{status}, said to be JSON", raw(status, PAGE, JSON, headers=more))
        yield OddAnswer("empty", f"{status}", raw(status, b""))
        yield OddAnswer("empty", f"{status}, said to be JSON", raw(status, b"", JSON))


def _shapes() -> Iterator[OddAnswer]:
    for status in SHAPED_WITH:
        for shape in SHAPES:
            family = f"another JSON, {status // 100}xx"
            yield OddAnswer(family, f"{status} {shape[:60]}", raw(status, shape.encode(), JSON))
        yield OddAnswer(family, f"{status} in text", raw(status, b"{}", "text/plain"))
        yield OddAnswer(family, f"{status} in nothing", raw(status, b'{"ok": true}'))


def _limits(platform: str) -> Iterator[OddAnswer]:
    family = "429 of another kind"
    for wait in ("0", "1", "soon", "-1", "999999999", "Tue, 10 Mar 2026 12:00:09 GMT"):
        yield OddAnswer(
            family, f"a page, wait {wait}", raw(429, PAGE, HTML, headers={"Retry-After": wait, "Via": "1.1 proxy"})
        )
    for shape in NO_WAITS if platform == "discord" else NO_WAITS[:3]:
        yield OddAnswer(family, shape, raw(429, shape.encode(), JSON, headers={"Via": "1.1 proxy"}))
    if platform == "discord":
        for is_global in ("true", "false"):
            content = (
                f'{{"message": "You are being rate limited.", "retry_after": 0.6, "global": {is_global}}}'.encode()
            )
            limited = raw(429, content, JSON, headers={"Via": "1.1 google"})
            yield OddAnswer(TOO_LONG, f"global {is_global}", limited, undone=True)


def _broken() -> Iterator[OddAnswer]:
    for status in (200, 201, 400, 403, 404):
        yield OddAnswer("cut short", f"{status}, a page", raw(status, PAGE, HTML, length=9_999))
        yield OddAnswer("cut short", f"{status}, JSON", raw(status, b'{"ok": true}', JSON, length=9_999))
        yield OddAnswer("cut short", f"{status}, an empty list", raw(status, b"[]", JSON, length=3))
        yield OddAnswer("cut short", f"{status}, half of it", raw(status, b'{"ok": true, "mess', JSON))
        yield OddAnswer(
            "cut short", f"{status}, half of a code", raw(status, b'{"message": "Unknown", "code": 100', JSON)
        )
        for encoding in ("gzip", "deflate", "br", "zstd", "aes128gcm"):
            encoded = raw(status, b"[]", JSON, headers={"Content-Encoding": encoding})
            yield OddAnswer("another encoding", f"{status}, not {encoding}", encoded)
        squeezed = gzip.compress(PAGE)[:-9]
        cut = raw(status, squeezed, HTML, headers={"Content-Encoding": "gzip"})
        yield OddAnswer("another encoding", f"{status}, half a gzip", cut)
        for name, content in (("UTF-16", '{"ok": true}'.encode("utf-16")), ("Latin-1", b'{"ok": "\xe9\xff"}')):
            yield OddAnswer("another encoding", f"{status}, {name}", raw(status, content, JSON))
        yield OddAnswer("huge", f"{status}, a page", raw(status, PAGE * 30_000, HTML))
        yield OddAnswer("huge", f"{status}, a list", raw(status, b"[" + b"{}," * 300_000 + b"{}]", JSON))


def _redirects() -> Iterator[OddAnswer]:
    for status in (301, 302, 303, 307, 308):
        for where in ("page", "object", "list", "ok", "403"):
            address = (ELSEWHERE + b"/" + where.encode()).decode()
            away = raw(status, PAGE, HTML, headers={"Location": address})
            yield OddAnswer("a redirect", f"{status} to {where}", away)
        itself = raw(status, PAGE, HTML, headers={"Location": HERE.decode()})
        yield OddAnswer("a redirect", f"{status} to itself", itself)
        for nowhere in ("http://127.0.0.1:9/", "ftp://example.org/", "http://[", "javascript:alert(1)", ""):
            astray = raw(status, PAGE, HTML, headers={"Location": nowhere})
            yield OddAnswer("a redirect", f"{status} to “{nowhere}”", astray)


ELSEWHERE_ANSWERS: Mapping[str, bytes] = {
    "page": raw(200, PAGE, HTML),
    "object": raw(200, b"{}", JSON),
    "list": raw(200, b"[]", JSON),
    "ok": raw(200, b'{"ok": true}', JSON),
    "403": raw(403, PAGE, HTML),
}
"""What somebody else answers, by the address's last part."""


class Deck:
    """Deals odd answers: families at random, and of each family every answer once before one comes again."""

    def __init__(self, platform: str, random: Random) -> None:
        """Shuffle the platform's answers."""
        self._random = random
        self._families: dict[str, list[OddAnswer]] = {}
        for answer in answers_for(platform):
            self._families.setdefault(answer.family, []).append(answer)
        for family in self._families.values():
            random.shuffle(family)
        self._at: dict[str, int] = dict.fromkeys(self._families, 0)

    def deal(self, *, refusals: bool = False, pages: bool = False) -> OddAnswer:
        """The next answer.

        Args:
            refusals: Whether it may be one that counts against ``delivery.max_attempts``.
            pages: Whether it is a page, as in an outage.
        """
        names = [name for name in self._families if refusals or name != UNKNOWN]
        names = [name for name in names if not pages or name.startswith("a page")]
        return self._next(self._random.choices(names, [RARE if name == TOO_LONG else 1 for name in names])[0])

    def refusal(self) -> OddAnswer:
        """An answer of the family `UNKNOWN`."""
        return self._next(UNKNOWN)

    def _next(self, family: str) -> OddAnswer:
        answers = self._families[family]
        self._at[family] += 1
        return answers[self._at[family] % len(answers)]

"""XML from outside, read without what makes XML dangerous: entities, and files and hosts that it names."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

UNREADABLE = re.compile(
    r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));",
    re.IGNORECASE,
)
"""Characters that XML does not allow, as such or by number: one in an abstract must not cost a page of records."""


def read_xml(body: bytes) -> Element:
    """The root of a document in UTF-8.

    Raises:
        ValueError: It is no XML, or cut off; or it has a document type of its own, which could define anything.
    """
    text = UNREADABLE.sub("\ufffd", body.decode("utf-8-sig", "replace"))
    try:
        return fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError("it is no XML, or cut off") from error


def text_of(element: Element, path: str, namespaces: dict[str, str]) -> str:
    """The text of the first element at that path, without white space around it; "" if there is none."""
    found = element.find(path, namespaces)
    return "" if found is None else "".join(found.itertext()).strip()

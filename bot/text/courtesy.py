"""Courtesies before a request, as people speak to each other: “hi, could you please …”."""

from __future__ import annotations

import re

COURTESIES = re.compile(
    r"(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|thanks|thank you|thx|sorry|great|nice|cool|perfect"
    r"|ok|okay|yes|please|pls|plz|kindly|now|then|and|also|there|all|bot"
    r"|(?:can|could|would|will) you|(?:i|we)(?:['’]d| would) like to|(?:i|we) want to|let['’]?s|let us)"
    r"(?![\w'’])[\s,.!:;–—-]*)+",
    re.IGNORECASE,
)


def without_courtesies(text: str) -> str:
    """What is said behind the courtesies that ``text`` begins with; all of it if there are none."""
    return COURTESIES.sub("", text, count=1) if COURTESIES.match(text) else text

"""A page as a browser reads it: its elements, well nested, and its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "input", "meta"})


@dataclass(frozen=True, slots=True)
class Element:
    """An element.

    Attributes:
        name: In lower case.
        attributes: Their values; "" for one without.
        text: What stands in it and in what it holds.
        holds: The elements in it, in their order.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    holds: list[Element] = field(default_factory=list)

    def every(self, name: str = "", /, **attributes: str) -> list[Element]:
        """The elements with that name and these attributes, in their order."""
        here = self.name == name if name else bool(self.name)
        given = {key.rstrip("_"): value for key, value in attributes.items()}
        found = [self] if here and given.items() <= self.attributes.items() else []
        return found + [element for inner in self.holds for element in inner.every(name, **attributes)]

    @property
    def content(self) -> str:
        """Its text in one piece."""
        return "".join(self.text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Element("")
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute stands twice in <{tag}>"
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].holds.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> ends <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text.append(data)


def read(html: str) -> Element:
    """What the HTML holds, in an element without a name.

    Raises:
        AssertionError: Something is not closed, or closed in another's place.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.top], f"<{reader.open[-1].name}> is not closed"
    return reader.top

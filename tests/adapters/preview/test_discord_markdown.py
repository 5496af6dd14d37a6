"""Discord's markdown, as the preview reads it."""

from __future__ import annotations

import pytest

from adapters.preview.discord_markdown import Node, parse


def depth(pieces: tuple[Node, ...]) -> int:
    """How deep markup is within markup."""
    return max((1 + depth(piece.inside) for piece in pieces), default=0)


@pytest.mark.parametrize("mark", ["> ", "**a", "[a](", "~~", "||", "_ ", "`", "<", "\\*"])
def test_markup_within_markup_is_read_to_a_certain_depth(mark: str) -> None:
    assert depth(parse(mark * 2_000)) < 30

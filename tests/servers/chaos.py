"""Broken payloads: genuine ones with parts removed, replaced or renamed."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TEXTS = st.sampled_from(
    ["", "U0ADA", "C0OPEN", "<!channel>", "@everyone", "\x00", "\ud800", "\u202e", "9" * 30, "a" * 5000]
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "value"]), inner),
    max_leaves=4,
)


def mutated(genuine: Any, draw: Any) -> Any:  # noqa: ANN401 - any JSON; hypothesis' draw
    """The payload with one part, at any depth, replaced by anything or removed."""
    if isinstance(genuine, dict) and genuine and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(genuine)))
        if not draw(st.integers(0, 3)):
            return {name: value for name, value in genuine.items() if name != key}
        return genuine | {key: mutated(genuine[key], draw)}
    if isinstance(genuine, list) and genuine and draw(st.integers(0, 3)):
        place = draw(st.integers(0, len(genuine) - 1))
        return [*genuine[:place], mutated(genuine[place], draw), *genuine[place + 1 :]]
    return draw(ANYTHING)


@st.composite
def spoiled(draw: Any, genuine: Any) -> Any:  # noqa: ANN401
    """`mutated`, as a strategy."""
    return mutated(genuine, draw)

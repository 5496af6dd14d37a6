"""A space in which texts that mean much the same lie in much the same direction.

Latent semantic analysis: what is known of terms is in which papers they stand together, and the hundred directions in
which papers differ most are what is left of that. S. Deerwester et al., "Indexing by Latent Semantic Analysis", Journal
of the American Society for Information Science 41(6), 1990,
https://doi.org/10.1002/(SICI)1097-4571(199009)41:6%3C391::AID-ASI1%3E3.0.CO;2-9.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.meaning.words import terms_in

SPACE_VERSION = 1
"""Changes whenever the same papers may give another space: what was stored is then computed anew."""

DIMENSIONS = 100
"""Directions, at most."""

Vectors = npt.NDArray[np.float32]
"""A row for each text: of length 1, or 0 for a text of which no term is known."""


@dataclass(frozen=True, slots=True)
class Space:
    """The space of some papers.

    Attributes:
        terms: The row of each term in ``weights``.
        weights: Where each term lies, times how rare it is.
    """

    terms: Mapping[str, int]
    weights: Vectors

    @property
    def dimensions(self) -> int:
        """How many there are."""
        return int(self.weights.shape[1])

    def place(self, texts: Sequence[str]) -> Vectors:
        """Where these texts lie."""
        placed = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for place, text in enumerate(texts):
            counts = Counter(row for term in terms_in(text) if (row := self.terms.get(term)) is not None)
            if counts:
                often = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
                placed[place] = often @ self.weights[list(counts)]
        return unit(placed)

    def written(self) -> tuple[bytes, bytes]:
        """The terms, and their weights in half precision: for a database."""
        return zlib.compress("\n".join(self.terms).encode()), self.weights.astype(np.float16).tobytes()


def space_of(terms: bytes, weights: bytes) -> Space:
    """What `Space.written` wrote.

    Raises:
        ValueError: Something else wrote it.
    """
    try:
        names = zlib.decompress(terms).decode().split("\n")
    except zlib.error as error:
        raise ValueError("the terms of a space cannot be read") from error
    numbers = np.frombuffer(weights, dtype=np.float16).astype(np.float32).reshape(len(names), -1)
    return Space({name: row for row, name in enumerate(names)}, numbers)


def unit(vectors: Vectors) -> Vectors:
    """The rows, each of length 1; rows without direction stay 0."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled


def vector_written(vector: Vectors) -> bytes:
    """A row in half precision, for a database."""
    return vector.astype(np.float16).tobytes()


def vectors_of(written: bytes, dimensions: int) -> Vectors:
    """The rows that `vector_written` wrote one after the other, each of so many dimensions.

    Raises:
        ValueError: Something else wrote them.
    """
    rows: Vectors = np.frombuffer(written, dtype=np.float16).reshape(-1, dimensions).astype(np.float32)
    return rows

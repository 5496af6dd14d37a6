"""Fits the space to papers.

The singular vectors are found by subspace iteration from a random start, which takes memory for a few hundred numbers
per paper and per term, whatever the papers are: N. Halko, P. G. Martinsson, J. A. Tropp, "Finding Structure with
Randomness", SIAM Review 53(2), 2011, algorithm 4.4, https://doi.org/10.1137/090771806.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.meaning.space import DIMENSIONS, Space, Vectors
from bot.matching.meaning.words import words_in

PAPERS_NEEDED = 2
"""Papers that must have a term."""

MOST_TERMS = 30_000
"""Terms of a space; of more, those that most papers have. It takes 12 MB."""

BESIDE = 20
"""Directions that are followed beside those that are wanted, so that these are right."""

ROUNDS = 4
"""How often the directions are sharpened."""

SEED = 15
"""Where the random start comes from, so that the same papers give the same space."""

NOTHING = 1e-6
"""The share of the heaviest direction's weight below which a direction is only rounding."""

AT_ONCE = 10_000
"""Entries of the matrix that are multiplied at once, in 10 MB."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix of which most entries are 0.

    Attributes:
        starts: Where the entries of each row begin, and where the last one's end; no row is empty.
        columns: The column of each entry.
        values: Each entry.
    """

    starts: Integers
    columns: Integers
    values: npt.NDArray[np.float32]

    def times(self, other: Vectors) -> Vectors:
        """The product with a dense matrix."""
        product = np.empty((len(self.starts) - 1, other.shape[1]), dtype=np.float32)
        row = 0
        while row < len(product):
            begin = self.starts[row]
            last = max(int(np.searchsorted(self.starts, begin + AT_ONCE, side="right")) - 1, row + 1)
            entries = slice(begin, self.starts[last])
            scaled = self.values[entries, None] * other[self.columns[entries]]
            product[row:last] = np.add.reduceat(scaled, self.starts[row:last] - begin, axis=0)
            row = last
        return product


def fit(texts: Sequence[str]) -> Space | None:
    """The space of these texts; None if no term stands in two of them.

    The order of the texts makes no difference to where texts lie beside each other but by rounding.
    """
    terms, owners, counts = _counted(texts)
    if not terms:
        return None
    _, rows, having = np.unique(owners[0], return_inverse=True, return_counts=True)
    columns = owners[1]
    papers_with = np.bincount(columns, minlength=len(terms))
    rarity = (np.log((1 + len(texts)) / (1 + papers_with)) + 1).astype(np.float32)
    values = ((1 + np.log(counts)) * rarity[columns]).astype(np.float32)
    lengths = np.sqrt(np.bincount(rows, weights=values.astype(np.float64) ** 2))
    values /= lengths[rows].astype(np.float32)
    by_term = np.argsort(columns, kind="stable")
    by_paper = Matrix(_starts(having), columns, values)
    transposed = Matrix(_starts(papers_with), rows[by_term], values[by_term])
    return Space({term: row for row, term in enumerate(terms)}, _directions(by_paper, transposed) * rarity[:, None])


def _directions(by_paper: Matrix, by_term: Matrix) -> Vectors:
    """Where each term lies: the right singular vectors of the matrix of papers, as columns."""
    papers, terms = len(by_paper.starts) - 1, len(by_term.starts) - 1
    wanted = min(DIMENSIONS, papers, terms)
    followed = min(DIMENSIONS + BESIDE, papers, terms)
    basis = np.random.default_rng(SEED).standard_normal((terms, followed), dtype=np.float32)
    for _ in range(ROUNDS):
        basis = _upright(by_term.times(_upright(by_paper.times(basis))))
    placed = by_paper.times(basis)
    # Their scatter is a small matrix, whose own directions come in the order of what they weigh.
    rotation = np.linalg.eigh(_scatter(placed)).eigenvectors[:, ::-1]
    directions: Vectors = basis @ rotation[:, :wanted].astype(np.float32)
    return directions


def _upright(columns: Vectors) -> Vectors:
    """Columns of length 1 at right angles that span the same; 0 where there is nothing more to span.

    By way of their scatter this takes two products, where numpy's own decomposition takes twenty times as long.
    """
    weights, rotation = np.linalg.eigh(_scatter(columns))
    # What is less than rounding makes of nothing is nothing.
    is_there = weights > weights[-1] * NOTHING
    scale = np.where(is_there, 1 / np.sqrt(np.where(is_there, weights, 1)), 0)
    upright: Vectors = columns @ (rotation * scale).astype(np.float32)
    return upright


def _scatter(columns: Vectors) -> npt.NDArray[np.float64]:
    return (columns.T @ columns).astype(np.float64)


def _counted(texts: Sequence[str]) -> tuple[list[str], tuple[Integers, Integers], Integers]:
    """The terms in alphabetical order; the text and the term of each entry, in the order of texts; how often it occurs.

    Words are numbers while they are counted: pairs as strings would take ten times the memory.
    """
    numbers: dict[str, int] = {}
    words, lengths = array("q"), []
    for text in texts:
        own = words_in(text)
        words.extend(numbers.setdefault(word, len(numbers)) for word in own)
        lengths.append(len(own))
    written, word = list(numbers), np.array(words, dtype=np.int64)
    if not written:
        return [], (word, word), word
    owner = np.repeat(np.arange(len(texts)), lengths)
    # A pair is numbered behind all single words.
    pairs = (word[:-1] + 1) * len(written) + word[1:]
    is_pair = owner[:-1] == owner[1:]
    coded, code = np.unique(np.concatenate([word, pairs[is_pair]]), return_inverse=True)
    owner = np.concatenate([owner, owner[:-1][is_pair]])
    entries, counts = np.unique(owner * len(coded) + code, return_counts=True)
    owner, code = np.divmod(entries, len(coded))
    having = np.bincount(code, minlength=len(coded))
    names = {int(term): _name(int(coded[term]), written) for term in np.flatnonzero(having >= PAPERS_NEEDED)}
    commonest = sorted(names, key=lambda term: (-having[term], names[term]))[:MOST_TERMS]
    kept = sorted(commonest, key=names.__getitem__)
    column = np.full(len(coded), -1)
    column[kept] = np.arange(len(kept))
    column = column[code]
    is_kept = column >= 0
    owner, column, counts = owner[is_kept], column[is_kept], counts[is_kept]
    order = np.lexsort((column, owner))
    return [names[term] for term in kept], (owner[order], column[order]), counts[order]


def _name(code: int, written: Sequence[str]) -> str:
    first, second = divmod(code, len(written))
    return written[second] if first == 0 else f"{written[first - 1]} {written[second]}"


def _starts(lengths: Integers) -> Integers:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

"""How many slips of the hand are between two words."""

from __future__ import annotations


def slips(word: str, other: str, *, most: int) -> int | None:
    """The letters left out, added, replaced or exchanged with their neighbour between two words; None if over ``most``.

    It is the optimal string alignment distance: https://doi.org/10.1145/363958.363994.
    """
    # Letters that only one of them has take a slip for every two at least, which rules out nearly all words at once.
    if abs(len(word) - len(other)) > most or len({*word} ^ {*other}) > 2 * most:
        return None
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for index, letter in enumerate(word, 1):
        following = [index]
        for place, right in enumerate(other, 1):
            cost = min(row[place] + 1, following[-1] + 1, row[place - 1] + (letter != right))
            if index > 1 and place > 1 and letter == other[place - 2] and word[index - 2] == right:
                cost = min(cost, before[place - 2] + 1)
            following.append(cost)
        if min(following) > most:
            return None
        before, row = row, following
    return row[-1] if row[-1] <= most else None

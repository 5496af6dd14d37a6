"""Reading lists: what people saved, channel by channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain import Address, Paper, SavedPaper, Saver


class SavedStore(Protocol):
    """The reading list of each channel; in direct messages it is the person's own.

    A list keeps whole papers: they need not be in the store of papers, and stay when that forgets them.
    """

    def save(self, channel: Address, paper: Paper, saver: Saver, *, limit: int) -> bool:
        """Put the paper on the channel's list; return whether this person had not saved it before.

        Somebody who saves it again keeps the time of the first.

        Raises:
            TooManySaved: The paper is not on the list, and the list has ``limit`` papers.
        """
        ...

    def unsave(self, channel: Address, paper_id: str, person: str | None = None) -> bool:
        """Take the paper off the channel's list for that person, for everybody if it is None; return whether it was.

        A paper stays on the list while somebody else has saved it.
        """
        ...

    def get(self, channel: Address, paper_id: str) -> SavedPaper | None:
        """The paper on the channel's list; None if it is not there."""
        ...

    def of(self, channel: Address) -> Sequence[SavedPaper]:
        """The channel's list: what most people saved first, then what was saved last."""
        ...

    def paper(self, paper_id: str) -> Paper | None:
        """The paper as it was saved last in any channel; None if nobody has saved it."""
        ...

"""Which message is the latest that is known to have arrived."""

from __future__ import annotations

from bot.domain import Address, Receipt
from storage.sqlite.engine import Database

LAST_RECEIPT = """
SELECT receipt, link, max(settled_at) FROM outbox
WHERE channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?) AND receipt IS NOT NULL
"""


def last_receipt(database: Database, channel: Address) -> Receipt | None:
    """The receipt of that message; see `Outbox.last_receipt`."""
    with database.reading() as connection:
        row = connection.execute(LAST_RECEIPT, (channel.platform, channel.id)).fetchone()
        return Receipt(row["receipt"], row["link"] or "") if row["receipt"] else None

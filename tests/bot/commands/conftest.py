"""What the tests of commands share."""

from __future__ import annotations

import pytest

from bot.commands.desk import Desk
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk over a new database, where everyone may subscribe."""
    return desk_of(stores)

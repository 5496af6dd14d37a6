"""A service learns what papers mean from those that it polls, and counts their terms."""

from __future__ import annotations

from datetime import timedelta

from bot.matching.meaning.learning import Meaning
from bot.matching.terms import TERMS_VERSION
from bot.ports.stores import Stores
from tests.bot.delivery.test_second_chance import Town
from tests.invented import invented, keep


def test_a_pass_learns_what_the_stored_papers_mean(stores: Stores) -> None:
    keep(stores, invented(150))
    town = Town(stores)
    town.run_once()
    fitting = Meaning(stores, lambda: town.time).fitting()
    assert fitting is not None
    assert (fitting.fitted_at, fitting.papers) == (town.time, 150)
    town.run_once(later=timedelta(hours=1))
    assert Meaning(stores, lambda: town.time).fitting() == fitting


def test_a_pass_counts_the_terms_of_stored_papers(stores: Stores) -> None:
    keep(stores, invented(10))
    assert stores.vocabulary.uncounted(TERMS_VERSION, limit=1)
    Town(stores).run_once()
    assert not stores.vocabulary.uncounted(TERMS_VERSION, limit=1)

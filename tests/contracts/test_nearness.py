"""Every database keeps the contract of `NearnessStore`."""

from __future__ import annotations

from bot.domain import Nearness
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, list_of

CLOSE = Nearness("red teaming", 0.52, "We jailbreak kettles.")
FAR = Nearness("tea", 0.1)


def test_what_was_decided_is_kept_by_subject(stores: Stores) -> None:
    paper = a_paper()
    stores.papers.save("sample", list_of(paper), at=NOW)
    stores.nearness.keep({paper.id: [CLOSE, FAR]})
    assert stores.nearness.of(paper.id) == {"red teaming": CLOSE, "tea": FAR}


def test_the_first_decision_stays(stores: Stores) -> None:
    paper = a_paper()
    stores.papers.save("sample", list_of(paper), at=NOW)
    stores.nearness.keep({paper.id: [CLOSE]})
    stores.nearness.keep({paper.id: [Nearness("red teaming", 0.1)]})
    assert stores.nearness.of(paper.id) == {"red teaming": CLOSE}


def test_nothing_is_kept_of_a_paper_that_is_not_stored(stores: Stores) -> None:
    stores.nearness.keep({"9901.99999": [CLOSE]})
    assert stores.nearness.of("9901.99999") == {}

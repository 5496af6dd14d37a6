"""Gaps: times of which a restored database knows nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import Gap
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from storage.gaps import UNCERTAIN
from storage.sqlite.files.backup import back_up, restore
from tests.builders import HERE, NOW
from tests.storage.sqlite.opened import stores_at

LATER = NOW + timedelta(days=2)
WIDE = Gap(NOW - UNCERTAIN, LATER + UNCERTAIN)


def gap_of(path: Path) -> Gap | None:
    """The gap of a claim for a paper of the day of ``NOW``."""
    with stores_at(path) as stores:
        Matcher(stores, Glossary(stores.papers), now=lambda: LATER).match_papers()
        claim = stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=40)
        assert claim is not None
        return claim.gap


def test_a_restored_database_knows_when_its_gap_begins_and_ends(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    restore(copy, path, at=LATER)
    assert gap_of(path) == WIDE


def test_a_copy_that_was_put_in_place_by_hand_has_the_gap_too(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    with stores_at(copy, now=lambda: LATER):
        pass
    assert gap_of(copy) == WIDE


def test_a_copy_without_a_date_counts_as_old_as_its_latest_entry(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    assert restore(copy, path, at=LATER).backup.made_at == NOW
    assert gap_of(path) == WIDE


def test_papers_listed_after_the_restore_are_not_in_the_gap(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW - timedelta(days=9))
    restore(copy, path, at=NOW - timedelta(days=3))
    assert gap_of(path) is None


@pytest.mark.parametrize("wrong", [timedelta(hours=26), timedelta(hours=-26)])
def test_a_gap_covers_what_was_posted_whatever_the_clock_was_when_it_began_and_ended(
    path: Path, tmp_path: Path, wrong: timedelta
) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW + wrong)
    restore(copy, path, at=LATER - wrong)
    gap = gap_of(path)
    assert gap is not None
    assert gap.since < NOW < LATER < gap.until


def test_a_gap_stays_wide_enough_when_what_is_stored_is_set_right_by_a_clock_that_is_behind(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    restore(copy, path, at=LATER)
    with stores_at(path) as stores:
        behind = LATER - timedelta(hours=26)
        stores.moments.set_right(now=behind, soon=behind + timedelta(hours=1), digests={})
    gap = gap_of(path)
    assert gap is not None
    assert gap.since < NOW < LATER < gap.until

"""Gaps: times of which a restored database knows nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.domain import Gap
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from storage.sqlite.files.backup import back_up, restore
from tests.builders import HERE, NOW
from tests.storage.sqlite.opened import stores_at

LATER = NOW + timedelta(days=2)


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
    assert gap_of(path) == Gap(NOW, LATER)


def test_a_copy_that_was_put_in_place_by_hand_has_the_gap_too(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    with stores_at(copy, now=lambda: LATER):
        pass
    assert gap_of(copy) == Gap(NOW, LATER)


def test_a_copy_without_a_date_counts_as_old_as_its_latest_entry(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    assert restore(copy, path, at=LATER).backup.made_at == NOW
    assert gap_of(path) == Gap(NOW, LATER)


def test_papers_listed_after_the_restore_are_not_in_the_gap(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW - timedelta(days=9))
    restore(copy, path, at=NOW - timedelta(days=1))
    assert gap_of(path) is None
